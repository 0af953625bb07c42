// What makes a visit of the demonstration town a service: consent, key quantities; beside it visits that assisted officers,
// and the client's consent to notices in its name.
import { attachment } from '../../domain/attachments/entities.ts';
import { finding, findingStep, noticeFinding, rectificationNotice } from '../../domain/findings/entities.ts';
import { projectBasis } from '../../domain/projects/basis.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { trainingAttendance } from '../../domain/training/entities.ts';
import {
  visit,
  visitAttendee,
  visitOfficer,
  visitOpeningPoint,
  visitPurpose,
  visitStaff,
} from '../../domain/visits/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import type { DemoEnterprise } from './enterprises.ts';
import type { Town } from './territory.ts';

/** Since then enterprises are asked for their consent. */
const ASKED_SINCE = '2025-01-01';

/** Consent to a visit, as it was asked for on its day. */
export function consentOn(e: DemoEnterprise, date: string, time: string) {
  return date < ASKED_SINCE
    ? {}
    : {
        consent: 'agreed' as const,
        consentBy: e.person,
        consentPost: '环保负责人',
        consentAt: `${date} ${time}`,
        cardLeft: true,
      };
}

/** What was talked over and measured on a visit; `turn` varies it. */
export function notedOn(date: string, turn: number) {
  return {
    openingTalk: '说明来意、服务内容和保密约定，企业介绍了近期生产情况',
    productionLoad: 55 + (turn % 9) * 5,
    facilityState: turn % 7 === 0 ? ('abnormal' as const) : ('normal' as const),
    ...(turn % 2 === 0 && { wasteStock: `0.${1 + (turn % 9)}`, wasteOldestDate: addDays(date, -20 - (turn % 60)) }),
    enterpriseOpinion: turn % 3 === 0 ? '无异议，会按建议改进' : '无异议',
  };
}

interface Making {
  tx: Writer;
  town: Town;
  today: string;
  letter: { sha256: string; size: number };
}

const UNIT = '云州区生态环境局执法大队';

/** A visit beside officers: what was seen stays theirs. */
async function assisted({ tx, town, today }: Making, e: DemoEnterprise, turn: number): Promise<void> {
  const date = addDays(today, -(30 + turn * 50));
  const v = await tx.insert(visit, {
    no: await tx.nextNumber('visit', date),
    enterpriseId: e.id,
    projectId: town.projectId,
    date,
    timeFrom: '09:30',
    timeTo: '11:00',
    nature: 'assist',
    inspectionCode: `YZ-${date.replaceAll('-', '')}-0${turn + 1}`,
    approvalNo: `云环检〔${date.slice(0, 4)}〕${12 + turn}号`,
    state: 'recorded',
    outcome: 'completed',
    summary: '执法人员现场查看，我方在场协助',
  });
  await tx.insert(visitPurpose, { visitId: v.id, purpose: 'special' } as never);
  for (const { id } of town.inspectors.slice(0, 1))
    await tx.insert(visitStaff, { visitId: v.id, staffId: id } as never);
  for (const [n, name] of ['周正', '吴海'].entries())
    await tx.insert(visitOfficer, { visitId: v.id, name, unit: UNIT, certificateNo: `31000${turn}0${n + 1}` });
  const row = await tx.insert(finding, {
    no: await tx.nextNumber('finding', date),
    enterpriseId: e.id,
    visitId: v.id,
    foundDate: date,
    owner: 'authority',
    category: 'wastewater',
    description: '雨水口附近有油渍，执法人员已取样',
    location: '厂区北侧',
  });
  await tx.insert(findingStep, {
    findingId: row.id,
    event: 'record',
    to: 'draft',
    date,
    at: tx.now,
    by: town.inspectors[0]?.name ?? '',
  });
}

/** The client's consent for this year, and a notice under it. */
async function inTheClientsName({ tx, town, today, letter }: Making, e: DemoEnterprise): Promise<void> {
  const year = today.slice(0, 4);
  const file = await tx.insert(attachment, {
    ownerEntity: 'serviceProject',
    ownerId: town.projectId,
    kind: 'consent',
    seq: 1,
    name: '委托方同意函.txt',
    mime: 'text/plain',
    ...letter,
  });
  const consent = { by: '镇环保办 顾主任', at: `${year}-01-06` };
  await tx.update(serviceProject, town.projectId, {
    noticeConsentBy: consent.by,
    noticeConsentAt: consent.at,
    noticeConsentFrom: `${year}-01-06`,
    noticeConsentTo: `${year}-12-31`,
    noticeConsentAttachmentId: file.id,
  });
  const [open] = await tx.read.sql<{ id: string; visitId: string | null }>(
    `SELECT f.id, f.visit_id AS "visitId" FROM finding f WHERE f.enterprise_id = ? AND f.status NOT IN ('draft', 'voided') AND f.owner <> 'authority'
       AND f.found_date >= ? ORDER BY f.found_date DESC LIMIT 1`,
    [e.id, consent.at],
  );
  if (!open) return;
  const notice = await tx.insert(rectificationNotice, {
    no: await tx.nextNumber('notice', today),
    kind: 'notice',
    enterpriseId: e.id,
    visitId: open.visitId,
    state: 'issued',
    issuedDate: today,
    issuedBy: town.inspectors[0]?.name ?? '',
    replyDate: addDays(today, 15),
    clientConsentBy: consent.by,
    clientConsentAt: consent.at,
    clientConsentAttachmentId: file.id,
  });
  await tx.insert(noticeFinding, { noticeId: notice.id, findingId: open.id } as never);
}

/** By which papers the project works, and what the visit card says of it. */
const BASIS = [
  { name: '环保管家工作手册', version: '2026 年版' },
  { name: '服务巡查规程', version: 'V2.1' },
  { name: '服务巡查记录表', version: 'V3.0' },
  { name: '一企一表', version: '2026 年版' },
];

/** What is said before a visit: the papers of the project, and the openings of the newest visits. */
async function openings({ tx, town }: Making): Promise<void> {
  await tx.update(serviceProject, town.projectId, {
    clientDept: '生态环境办公室',
    complaintPhone: '021-55550123',
    serviceBoundary: '不作处罚决定，不向企业收取费用',
    declineText: '贵单位可以改约或不接受本次到访',
  });
  for (const paper of BASIS) await tx.insert(projectBasis, { projectId: town.projectId, ...paper });
  const newest = await tx.read.sql<{ id: string; at: string | null; by: string | null }>(
    `SELECT id, time_from AS at, consent_by AS by FROM visit WHERE nature = 'service' AND deleted_at IS NULL
       AND outcome IN ('completed', 'partial') ORDER BY date DESC, id DESC LIMIT 40`,
  );
  for (const { id, at, by } of newest) {
    await tx.update(visit, id, { openingAt: at });
    await tx.insert(visitAttendee, { visitId: id, name: by ?? '当班负责人', post: '环保负责人' });
    await tx.setMembers(visitOpeningPoint, id, ['purpose', 'content', 'follow_up', 'service']);
  }
}

/** Village officers at the newest training that was held, and at those that were held for them. */
async function villageOfficers({ tx, today }: Making): Promise<void> {
  const newest = await tx.read.sqlOne<{ id: string }>(
    "SELECT id FROM training WHERE state = 'summarised' AND date < ? ORDER BY date DESC LIMIT 1",
    [today],
  );
  const theirs = await tx.read.sql<{ id: string }>(
    "SELECT training_id AS id FROM training_audience WHERE audience = 'village_officer' AND deleted_at IS NULL",
  );
  const officers = await tx.read.sql<{ name: string; villageId: string; phone: string | null }>(
    `SELECT name, area_id AS "villageId", phone FROM staff WHERE role = 'village_officer' AND deleted_at IS NULL ORDER BY id LIMIT 4`,
  );
  for (const id of new Set([newest, ...theirs].flatMap((one) => one?.id ?? [])))
    for (const { name, ...officer } of officers)
      await tx.insert(trainingAttendance, { trainingId: id, personName: name, post: '村环保干部', ...officer });
}

/** Writes what is no service of the steward's own, and what the client consented to. */
export async function writeService(m: Making, enterprises: readonly DemoEnterprise[]): Promise<void> {
  const withFindings = await m.tx.read.sql<{ id: string }>(
    `SELECT DISTINCT f.enterprise_id AS id FROM finding f WHERE f.status IN ('open', 'in_progress') ORDER BY f.enterprise_id LIMIT 1`,
  );
  const industrial = enterprises.filter((e) => e.kind === 'industrial' && e.status === 'operating');
  for (const [turn, e] of industrial.slice(0, 2).entries()) await assisted(m, e, turn);
  const one = enterprises.find((e) => e.id === withFindings[0]?.id);
  if (one) await inTheClientsName(m, one);
  await villageOfficers(m);
  await openings(m);
}
