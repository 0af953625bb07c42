// Findings: rows, page, what the guards look at.
import type { FindingEvent, FindingListRow, FindingPage } from '../../contract/findings.ts';
import { ATTACHMENT_KINDS } from '../../domain/attachments/entities.ts';
import { finding, FINDING_EVENT_VOCABULARY } from '../../domain/findings/entities.ts';
import {
  FOLLOW_UP_CHANNELS,
  NOTICE_KINDS,
  VERIFICATION_METHODS,
  VERIFICATION_RESULTS,
} from '../../domain/findings/vocabulary.ts';
import type { FindingState } from '../../domain/findings/machine.ts';
import { issueGuard, type TransitionFacts } from '../../domain/findings/workflow.ts';
import { flagSteps } from '../../domain/findings/step-checks.ts';
import { foldSteps, isAwaiting, overdueDays, type Step } from '../../domain/findings/steps.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { serviceProject } from '../../domain/projects/entities.ts';
import type { Missing } from '../../domain/dictionary/workflow.ts';
import { daysBetween } from '../../domain/values/day.ts';
import { localDay } from '../../domain/values/clock.ts';
import { creatorsOf, localDay as dayHere, type Reader, type SqlReader, type SqlValue } from '../../db/index.ts';
import { listAttachments } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { stepsOf } from '../derived/index.ts';
import { CONTACT_PHONE, mainContact, placeName, placeNameOn } from '../conditions/index.ts';
import { notFound } from '../errors.ts';
import { fileSettled } from '../settled.ts';
import { citationsOf } from '../knowledge/index.ts';
import { earlierFindings } from './recurrence.ts';
import { referenceNames } from '../records/index.ts';

const COLUMNS = `f.id, f.no, f.enterprise_id AS "enterpriseId", e.name AS "enterpriseName", ${placeNameOn('f.found_date')} AS "villageName",
  (SELECT r.name FROM round r WHERE r.id = f.round_id) AS "roundName", f.found_date AS "foundDate", f.category, f.handling_class AS "handlingClass", f.description, f.location,
  f.responsible_person AS "responsiblePerson", f.status, f.deadline, f.extension_count AS "extensionCount", f.closed_date AS "closedDate", f.close_reason AS "closeReason", f.return_count AS "returnCount", f.report_date AS "reportDate",
  (SELECT max(u.date) FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL) AS "lastFollowUp",
  (SELECT u.next_date FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL ORDER BY u.date DESC, u.id DESC LIMIT 1) AS "nextFollowUp"`;

type Raw = Omit<FindingListRow, 'overdueDays' | 'daysLeft'> & { reportDate: string | null };

/** How a finding stands against its deadline on a day. */
export function timing(
  r: { status: string; deadline: string | null; reportDate: string | null },
  today: string,
): { overdueDays: number | null; daysLeft: number | null } {
  const late = overdueDays(r, today) || null;
  return {
    overdueDays: late,
    daysLeft: r.deadline && isAwaiting(r.status) && !late ? daysBetween(today, r.deadline) : null,
  };
}

/** Rows of a WHERE clause over alias `f`, decoded. */
export async function findingRows(
  ctx: Context,
  where: string,
  parameters: readonly SqlValue[],
  tail: string,
  read: SqlReader = ctx.store.read,
): Promise<FindingListRow[]> {
  const today = ctx.today();
  const rows = await read.sql<Raw>(
    `SELECT ${COLUMNS} FROM finding f JOIN enterprise e ON e.id = f.enterprise_id WHERE ${where} ${tail}`,
    parameters,
  );
  return rows.map(({ reportDate, ...r }) => ({ ...r, ...timing({ ...r, reportDate }, today) }));
}

/** The project in force, as the setting of the workspace names it. */
const CURRENT_PROJECT = "(SELECT s.value FROM store_setting s WHERE s.key = 'project')";

/** Whether the project of a visit (without one: the project in force) has a switch on. */
const projectLets = (field: keyof typeof serviceProject.fields, visit: string): string =>
  `EXISTS (SELECT 1 FROM service_project p WHERE p.${snake(field)} = 1
     AND p.id = coalesce((SELECT v.project_id FROM visit v WHERE v.id = ${visit}), ${CURRENT_PROJECT}))`;

/** Everything the guards of the state machine look at. */
export async function factsOf(
  read: Reader,
  id: string,
): Promise<{ facts: TransitionFacts; steps: Step[]; row: Record<string, unknown> }> {
  const row = (await read.get(finding, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('问题');
  const steps = (await stepsOf(read, [id])).get(id) ?? [];
  const folded = foldSteps(steps);
  const counts = await read.sqlOne<{ laws: number; photosBefore: number; after: number; village: number | null }>(
    `SELECT (SELECT count(*) FROM finding_law WHERE finding_id = ?1 AND deleted_at IS NULL) AS laws,
       (SELECT count(*) FROM attachment WHERE owner_id = ?1 AND kind = 'photo_before' AND deleted_at IS NULL) AS "photosBefore",
       (SELECT count(*) FROM attachment WHERE owner_id = ?1 AND kind IN ('photo_after', 'evidence') AND deleted_at IS NULL) AS after,
       (SELECT i.village_may_verify FROM checklist_item i WHERE i.id = ?2 AND ${projectLets('ownVillageMayClose', '?3')}) AS village`,
    [id, row.checklistItemId as string | null, row.visitId as string | null],
  );
  const s = (key: string): string | null => row[key] as string | null;
  return {
    row,
    steps,
    facts: {
      state: (folded?.status ?? 'draft') as FindingState,
      description: s('description'),
      category: s('category'),
      handlingClass: s('handlingClass'),
      responsible: s('responsiblePerson') ?? s('responsibleUnit'),
      measure: s('measure'),
      foundDate: s('foundDate') ?? '',
      deadline: folded?.deadline ?? null,
      proposedDeadline: s('proposedDeadline'),
      laws: counts?.laws ?? 0,
      photosBefore: counts?.photosBefore ?? 0,
      photoExempt: s('photoExemption') !== null,
      evidenceGiven: (counts?.after ?? 0) > 0,
      helpPlan: s('helpPlan'),
      enforcementContact: s('enforcementContact'),
      reportDate: folded?.reportDate ?? null,
      lastStepDate: folded?.lastDate ?? null,
      stateBeforeVoid: folded?.stateBeforeVoid ?? null,
      villageMayVerify: counts?.village === 1,
      owner: s('owner') ?? 'service',
    },
  };
}

const stepDetail = (s: Step): string =>
  [
    s.reason,
    s.evidence,
    s.deadline && ['extend', 'issue', 'verify_fail', 'resume', 'send_back', 'reopen'].includes(s.event)
      ? `时限 ${s.deadline}`
      : null,
  ]
    .filter(Boolean)
    .join('；');

/** A verification that made a step is told once, with the step. */
function withoutTwins(events: readonly FindingEvent[]): FindingEvent[] {
  const steps = events.filter((event) => event.kind === 'step' && event.event.startsWith('verify_'));
  const isTwin = ({ day, event }: FindingEvent): boolean =>
    steps.some((step) => step.day === day && step.event.endsWith(event));
  return events.filter((event) => event.kind !== 'verification' || !isTwin(event));
}

async function eventsOf(ctx: Context, id: string, steps: readonly Step[]): Promise<FindingEvent[]> {
  const { read } = ctx.store;
  const flags = flagSteps(steps);
  const flagOf = (stepId: string): string =>
    flags
      .filter((one) => one.stepId === stepId)
      .map((one) => one.sentence)
      .join('；');
  const events: FindingEvent[] = steps.map((s) => ({
    at: s.at,
    day: s.date,
    kind: 'step',
    event: s.event,
    title: labelOf(FINDING_EVENT_VOCABULARY, s.event),
    detail: stepDetail(s),
    who: s.by,
    glyph: s.to,
    rowId: s.id,
    ...(flagOf(s.id) && { flag: flagOf(s.id) }),
  }));
  const followUps = await read.sql<{
    id: string;
    at: string;
    date: string;
    channel: string;
    content: string;
    who: string;
    progress: number | null;
  }>(
    'SELECT id, created_at AS at, date, channel, content, by_name AS who, progress_percent AS progress FROM follow_up WHERE finding_id = ? AND deleted_at IS NULL',
    [id],
  );
  for (const u of followUps) {
    events.push({
      at: u.at,
      day: u.date,
      kind: 'followUp',
      event: 'follow_up',
      title: `${labelOf(FOLLOW_UP_CHANNELS, u.channel)}跟进${u.progress === null ? '' : `，进度 ${u.progress}%`}`,
      detail: u.content,
      who: u.who,
      glyph: 'followUp',
      rowId: u.id,
    });
  }
  const verifications = await read.sql<{
    id: string;
    at: string;
    date: string;
    method: string;
    result: string;
    comment: string | null;
    who: string;
  }>(
    'SELECT id, created_at AS at, date, method, result, comment, by_name AS who FROM verification WHERE finding_id = ? AND deleted_at IS NULL',
    [id],
  );
  for (const v of verifications) {
    events.push({
      at: v.at,
      day: v.date,
      kind: 'verification',
      event: v.result,
      title: `${labelOf(VERIFICATION_METHODS, v.method)}复核${labelOf(VERIFICATION_RESULTS, v.result)}`,
      detail: v.comment ?? '',
      who: v.who,
      glyph: v.result === 'pass' ? 'closed' : 'in_progress',
      rowId: v.id,
    });
  }
  const notices = await read.sql<{
    id: string;
    at: string;
    date: string;
    kind: string;
    no: string;
    who: string | null;
    signer: string | null;
  }>(
    `SELECT n.id, n.created_at AS at, n.issued_date AS date, n.kind, n.no, n.issued_by AS who, n.signer_name AS signer FROM notice_finding l JOIN rectification_notice n ON n.id = l.notice_id
     WHERE l.finding_id = ? AND l.deleted_at IS NULL AND n.deleted_at IS NULL`,
    [id],
  );
  for (const n of notices) {
    events.push({
      at: n.at,
      day: n.date,
      kind: 'notice',
      event: 'notice',
      title: `${labelOf(NOTICE_KINDS, n.kind)}${n.signer ? '签收' : ''}`,
      detail: [n.no, n.signer ? `${n.signer} 签收` : null].filter(Boolean).join('，'),
      who: n.who,
      glyph: 'notice',
      rowId: n.id,
    });
  }
  const photos = await read.sql<{ id: string; at: string; kind: string; count: number }>(
    `SELECT min(a.id) AS id, min(a.created_at) AS at, a.kind, count(*) AS count FROM attachment a
     WHERE a.owner_id = ? AND a.deleted_at IS NULL GROUP BY a.kind, ${dayHere('a.created_at')}`,
    [id],
  );
  const takenBy = await creatorsOf(
    read,
    photos.map((p) => p.id),
  );
  for (const p of photos) {
    events.push({
      at: p.at,
      day: localDay(p.at),
      kind: 'photo',
      event: p.kind,
      title: `${labelOf(ATTACHMENT_KINDS, p.kind)} ${p.count} 份`,
      detail: '',
      who: takenBy.get(p.id) ?? null,
      glyph: 'photo',
      rowId: p.id,
    });
  }
  return withoutTwins(events).sort((a, b) => (a.day === b.day ? (a.at < b.at ? 1 : -1) : a.day < b.day ? 1 : -1));
}

/** Everything the finding page shows. @throws NOT_FOUND */
export async function getFinding(ctx: Context, id: string): Promise<FindingPage> {
  const { read } = ctx.store;
  const { facts, steps, row } = await factsOf(read, id);
  const [names] = await referenceNames(read, finding, [row]);
  const enterprise = await read.sqlOne<FindingPage['enterprise']>(
    `SELECT e.id, e.name, ${placeName()} AS "villageName",
       ${mainContact('c.name')} AS "contactName",
       ${mainContact(CONTACT_PHONE)} AS "contactPhone"
     FROM enterprise e WHERE e.id = ?`,
    [row.enterpriseId as string],
  );
  const photos = await listAttachments(ctx, id);
  const values = Object.fromEntries(
    Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k)),
  ) as FindingPage['values'];
  return {
    id,
    values,
    names: names ?? {},
    deletedAt: row.deletedAt as string | null,
    enterprise: enterprise ?? { id: '', name: '', villageName: null, contactName: null, contactPhone: null },
    laws:
      (await citationsOf(read, { table: 'finding_law', owner: 'finding_id' }, [id], row.foundDate as string)).get(id) ??
      [],
    signed: await isSigned(read, row.visitId as string | null),
    photosSettled: await fileSettled(read, finding.name, id, 'photo_before'),
    photosBefore: photos.filter((p) => p.kind === 'photo_before'),
    photosAfter: photos.filter((p) => p.kind === 'photo_after'),
    evidence: photos.filter((p) => !['photo_before', 'photo_after'].includes(p.kind)),
    ...timing({ status: facts.state, deadline: facts.deadline, reportDate: facts.reportDate }, ctx.today()),
    heads: foldSteps(steps)?.heads ?? 0,
    events: await eventsOf(ctx, id, steps),
    followUps: await read.sql(
      'SELECT id, date, by_name AS "byName", channel, content, progress_percent AS "progressPercent", next_date AS "nextDate" FROM follow_up WHERE finding_id = ? AND deleted_at IS NULL ORDER BY date DESC, id DESC',
      [id],
    ),
    notices: await read.sql(
      `SELECT n.id, n.no, n.issued_date AS "issuedDate", n.state FROM notice_finding l JOIN rectification_notice n ON n.id = l.notice_id WHERE l.finding_id = ? AND l.deleted_at IS NULL AND n.deleted_at IS NULL`,
      [id],
    ),
    item: await read.sqlOne('SELECT code, text FROM checklist_item WHERE id = ?', [
      row.checklistItemId as string | null,
    ]),
    recurrence: await read.sqlOne('SELECT id, no, found_date AS "foundDate" FROM finding WHERE id = ?', [
      row.recurrenceOfId as string | null,
    ]),
    earlier: await earlierFindings(ctx, { ...row, id }),
    today: ctx.today(),
  };
}

/** Has the enterprise signed the record of this visit? */
export async function isSigned(read: Reader, visitId: string | null): Promise<boolean> {
  return (
    (
      await read.sqlOne<{ n: number }>(
        "SELECT count(*) AS n FROM visit WHERE id = ? AND state IN ('signed', 'locked')",
        [visitId],
      )
    )?.n === 1
  );
}

/** Missing pieces for issuing a draft, for the growing notice of a visit. */
export async function missingToIssue(read: Reader, id: string): Promise<Missing[]> {
  const { facts } = await factsOf(read, id);
  return facts.state === 'draft' ? issueGuard(facts, null) : [];
}
