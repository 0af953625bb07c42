// What a notice prints: as it was issued, and what has come of it since.
import { actWordOf } from '../act-word.ts';
import { finding, rectificationNotice } from '../../domain/findings/entities.ts';
import {
  DELIVERY_KINDS,
  FINDING_CATEGORIES,
  HANDLING_CLASSES_ON_PAPER,
  NOTICE_STATES,
  PHOTO_EXEMPTIONS,
  VERIFICATION_METHODS,
  VERIFICATION_RESULTS,
} from '../../domain/findings/vocabulary.ts';
import { noticePhotos } from '../../domain/attachments/shown.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { AttachmentRow } from '../../contract/attachments.ts';
import { inList, joined, listParameter } from '../../db/index.ts';
import type { NoticeFinding, RectificationNoticeData } from '../documents/index.ts';
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { CONTACT_PHONE, mainContact, OWN_ORGANISATION } from '../conditions/index.ts';
import { notFound } from '../errors.ts';
import { referenceNames } from '../records/index.ts';
import { citationsOf } from '../knowledge/index.ts';

const CONSEQUENCE = '以上问题如未改进，可能不符合所列法规依据的要求，存在环境风险，建议按期落实';

/** A notice with the bytes of its photos. */
export interface PrintedNotice {
  data: RectificationNoticeData;
  photos: Record<string, Uint8Array>;
}

const refOf = (photo: AttachmentRow, fallback: string): NoticeFinding['photos'][number] => {
  const caption = captionOnPaper(photo, photo.caption ?? fallback);
  return { id: photo.id, ...(caption && { caption }) };
};

/** Bytes of all photos that a notice names. */
async function bytesOf(ctx: Context, data: RectificationNoticeData): Promise<Record<string, Uint8Array>> {
  const photos: Record<string, Uint8Array> = {};
  for (const { id } of data.findings.flatMap((one) => [...one.photos, ...(one.after?.photos ?? [])])) {
    const bytes = await photoForPaper(ctx, { id });
    if (bytes) photos[id] = bytes;
  }
  return photos;
}

interface Outcome {
  id: string;
  evidence: string | null;
  date: string | null;
  method: string | null;
  result: string | null;
  comment: string | null;
}

/** What was said of putting findings right: the newest report or closing on the spot, and the newest verification. */
async function outcomesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Outcome>> {
  const newest = (column: string): string =>
    `(SELECT v.${column} FROM verification v WHERE v.finding_id = f.id AND v.deleted_at IS NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;
  const rows = await ctx.store.read.sql<Outcome>(
    `SELECT f.id, (SELECT s.evidence FROM finding_step s WHERE s.finding_id = f.id AND s.deleted_at IS NULL AND s.event IN ('report', 'fix_on_site')
         ORDER BY s.date DESC, s.at DESC LIMIT 1) AS evidence,
       ${newest('date')} AS date, ${newest('method')} AS method, ${newest('result')} AS result, ${newest('comment')} AS comment
     FROM finding f WHERE ${inList('f.id')}`,
    [listParameter(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const verified = ({ date, method, result, comment }: Outcome): string | null =>
  date &&
  `${date} ${labelOf(VERIFICATION_METHODS, method)}复核${labelOf(VERIFICATION_RESULTS, result)}${comment ? `：${comment}` : ''}`;

type FindingRow = RowOf<typeof finding>;

/** What has come of a finding; undefined while nothing has. */
function afterOf(
  row: FindingRow,
  photos: readonly AttachmentRow[],
  outcome: Outcome | undefined,
): NoticeFinding['after'] {
  const after = noticePhotos(photos, 'after');
  if (!row.reportDate && !row.rectifiedDate && after.length === 0) return undefined;
  const text = [row.rectifiedDate && `${row.rectifiedDate} 完成整改`, outcome?.evidence, outcome && verified(outcome)];
  return {
    text: text.filter(Boolean).join('；') || null,
    photos: after.map((photo) => refOf(photo, photo.takenAt?.slice(0, 10) ?? row.rectifiedDate ?? '')),
  };
}

/** How the enterprise took the notice. */
function acknowledgedOf(notice: RowOf<typeof rectificationNotice>): RectificationNoticeData['acknowledged'] {
  if (notice.state === 'issued') return {};
  const how = [
    notice.signerName,
    notice.deliveredDate,
    notice.deliveredBy && labelOf(DELIVERY_KINDS, notice.deliveredBy),
  ];
  const said = how.filter(Boolean).join('，');
  return {
    name: notice.signerName,
    date: notice.deliveredDate,
    state: `${labelOf(NOTICE_STATES, 'acknowledged')}${said && `（${said}）`}${notice.state === 'cleared' ? '，已办结' : ''}`,
  };
}

async function rowsOf(ctx: Context, noticeId: string): Promise<FindingRow[]> {
  const links = await ctx.store.read.sql<{ id: string }>(
    'SELECT l.finding_id AS id FROM notice_finding l JOIN finding f ON f.id = l.finding_id WHERE l.notice_id = ? AND l.deleted_at IS NULL ORDER BY f.no',
    [noticeId],
  );
  const rows = await ctx.store.read.find(finding, { id: links.map((link) => link.id) });
  return links.flatMap(({ id }) => rows.find((row) => row.id === id) ?? []);
}

/** What has come of the findings of a notice and how it was received, upon what it said when it was issued. */
export async function noticeNow(
  ctx: Context,
  noticeId: string,
  issued: RectificationNoticeData,
): Promise<PrintedNotice> {
  const notice = await ctx.store.read.get(rectificationNotice, noticeId);
  if (!notice) throw notFound('整改单');
  const rows = new Map((await rowsOf(ctx, noticeId)).map((row) => [row.no, row]));
  const ids = [...rows.values()].map((row) => row.id);
  const attachments = await attachmentsOf(ctx, ids);
  const outcomes = await outcomesOf(ctx, ids);
  const data = {
    ...issued,
    acknowledged: acknowledgedOf(notice),
    findings: issued.findings.map(({ after: _, rectifiedDate: __, ...said }) => {
      const row = rows.get(said.no);
      const after = row && afterOf(row, attachments.get(row.id) ?? [], outcomes.get(row.id));
      return { ...said, ...(after && { after }), ...(row?.rectifiedDate && { rectifiedDate: row.rectifiedDate }) };
    }),
  };
  return { data, photos: await bytesOf(ctx, data) };
}

function findingOnPaper(
  row: FindingRow,
  photos: readonly AttachmentRow[],
  place: string | null,
  laws: readonly { lawTitle: string; documentNumber: string | null; label: string; verified: boolean }[],
): NoticeFinding {
  const where = [place, row.location].filter(Boolean).join('，') || null;
  return {
    no: row.no,
    category: labelOf(FINDING_CATEGORIES, row.category),
    handlingClass: labelOf(HANDLING_CLASSES_ON_PAPER, row.handlingClass),
    location: where,
    description: row.description,
    photos: noticePhotos(photos, 'before').map((photo) =>
      refOf(photo, [where, photo.takenAt?.slice(0, 10) ?? row.foundDate].filter(Boolean).join(' ')),
    ),
    photoExemptReason: row.photoExemption ? labelOf(PHOTO_EXEMPTIONS, row.photoExemption) : null,
    legalBasis: laws.map((law) => ({
      lawTitle: law.lawTitle,
      documentNo: law.documentNumber,
      article: law.label,
      verified: law.verified,
    })),
    suggestion: row.suggestion,
    measure: row.measure,
    responsible: [row.responsibleUnit, row.responsiblePerson].filter(Boolean).join(' ') || null,
    deadline: row.deadline ?? row.proposedDeadline,
  };
}

/** What a notice says when it is issued. @throws NOT_FOUND */
export async function noticeIssued(ctx: Context, noticeId: string): Promise<RectificationNoticeData> {
  const { read } = ctx.store;
  const notice = await read.get(rectificationNotice, noticeId);
  if (!notice) throw notFound('整改单');
  const enterprise = await read.sqlOne<{
    name: string;
    creditCode: string | null;
    address: string | null;
    contact: string | null;
    phone: string | null;
  }>(
    `SELECT e.name, e.credit_code AS "creditCode", e.address, ${mainContact('c.name')} AS contact,
       ${mainContact(CONTACT_PHONE)} AS phone
     FROM enterprise e WHERE e.id = ?`,
    [notice.enterpriseId],
  );
  const visit = await read.sqlOne<{
    date: string;
    round: string | null;
    inspectors: string | null;
    projectId: string | null;
  }>(
    `SELECT v.date, v.project_id AS "projectId", (SELECT r.name FROM round r WHERE r.id = v.round_id) AS round,
       (SELECT ${joined('s.name', '、')} FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL) AS inspectors
     FROM visit v WHERE v.id = ?`,
    [notice.visitId],
  );
  const rows = await rowsOf(ctx, noticeId);
  const ids = rows.map((row) => row.id);
  const laws = await citationsOf(read, { table: 'finding_law', owner: 'finding_id' }, ids, notice.issuedDate);
  const names = await referenceNames(read, finding, rows as unknown as Record<string, unknown>[]);
  const attachments = await attachmentsOf(ctx, ids);
  const people = await read.sqlOne<{ org: string | null; client: string | null; phone: string | null }>(
    `SELECT ${OWN_ORGANISATION} AS org,
       (SELECT c.name FROM service_project p JOIN organisation c ON c.id = p.client_id WHERE p.id = ?) AS client,
       (SELECT s.phone FROM staff s WHERE s.id = ?) AS phone`,
    [ctx.projectId(), ctx.operator().id],
  );
  return {
    kind: notice.kind,
    clientAgreed: notice.clientConsentBy !== null && notice.clientConsentAt !== null,
    no: notice.no,
    issuedDate: notice.issuedDate,
    clientName: people?.client ?? null,
    orgName: people?.org ?? '',
    enterprise: {
      name: enterprise?.name ?? '',
      creditCode: enterprise?.creditCode ?? null,
      address: enterprise?.address ?? null,
      contact: enterprise?.contact ?? null,
      phone: enterprise?.phone ?? null,
    },
    act: await actWordOf(ctx, visit?.projectId),
    visitDate: visit?.date ?? rows[0]?.foundDate ?? null,
    round: visit?.round ?? null,
    inspectors: visit?.inspectors?.split('、') ?? [notice.issuedBy ?? ''].filter(Boolean),
    findings: rows.map((row, at) =>
      findingOnPaper(row, attachments.get(row.id) ?? [], names[at]?.placeId ?? null, laws.get(row.id) ?? []),
    ),
    consequences: [CONSEQUENCE],
    feedback: { person: ctx.operator().name, phone: people?.phone ?? null },
    replyBy: notice.replyDate,
  };
}
