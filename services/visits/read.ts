// Visits: list, and everything the inspection screen shows.
import type { AnswerResult, VisitFinding, VisitItem, VisitListRow, VisitPage } from '../../contract/visits.ts';
import { visit } from '../../domain/visits/entities.ts';
import { enterprise as enterpriseEntity } from '../../domain/enterprises/entities.ts';
import { finishGuard } from '../../domain/visits/workflow.ts';
import { ASSIST_ONLY_ITEMS } from '../../domain/visits/vocabulary.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { differs, joined, type Reader, type SqlReader, type SqlValue } from '../../db/index.ts';
import { attachmentsOf } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { CONTACT_PHONE, currentLabel, environmentContact, placeName, placeNameOn } from '../conditions/index.ts';
import { notFound } from '../errors.ts';
import { issueDoubts, missingToIssue } from '../findings/index.ts';
import { applicabilityIn, citationsOf, focusOf, requirementOf, tradesOf } from '../knowledge/index.ts';
import { scoresOf } from './scores.ts';
import { referenceNames } from '../records/index.ts';
import { contractProblems } from '../contract-days.ts';
import { roundsFor } from './joining.ts';
import { basisOnDay, openingPointsOf } from './opening.ts';

const STAFF_NAMES = `(SELECT ${joined('s.name', '、')} FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL)`;

/** Visits of a WHERE clause over alias `v` (their enterprise: `e`). */
export async function visitRows(
  ctx: Context,
  where: string,
  parameters: readonly SqlValue[],
  tail: string,
  read: SqlReader = ctx.store.read,
): Promise<VisitListRow[]> {
  const rows = await read.sql<Omit<VisitListRow, 'purposes'> & { purposes: string | null }>(
    `SELECT v.id, v.no, v.date, v.enterprise_id AS "enterpriseId", e.name AS "enterpriseName", ${placeNameOn('v.date')} AS "villageName",
       (SELECT r.name FROM round r WHERE r.id = v.round_id) AS "roundName", v.state, v.outcome, coalesce(${STAFF_NAMES}, '') AS "staffNames",
       (SELECT count(*) FROM finding f WHERE f.visit_id = v.id AND f.deleted_at IS NULL AND f.status <> 'voided') AS findings,
       (SELECT ${joined('p.purpose', ',')} FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL) AS purposes
     FROM visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE ${where} ${tail}`,
    parameters,
  );
  return rows.map((r) => ({ ...r, purposes: r.purposes?.split(',') ?? [] }));
}

interface ItemRecord extends Omit<VisitItem, 'laws' | 'history' | 'result' | 'remark' | 'unknownFacts' | 'focus'> {
  result: AnswerResult | null;
  remark: string | null;
  requires: string | null;
  applies: number;
}

/** Why items do not belong to a visit, and what of the file is not known of those that do. */
async function judgedBy(
  ctx: Context,
  v: { enterpriseId: string; objectKind: string; nature: string; byFacts: boolean },
): Promise<(r: ItemRecord) => { reason: string | null; unknownFacts: string[] }> {
  const judge = await applicabilityIn(ctx.store.read, ctx.resources, v.enterpriseId);
  return (r) => {
    if (r.applies === 0) return { reason: `不适用于${labelOf(OBJECT_KINDS, v.objectKind)}`, unknownFacts: [] };
    if (v.byFacts && v.nature !== 'assist' && ASSIST_ONLY_ITEMS.includes(r.code))
      return { reason: '只在协助执法时评，服务巡查按不涉及', unknownFacts: [] };
    const { applies, because } = judge(requirementOf(r.requires));
    const labels = [...new Set(because)];
    if (applies === false && v.byFacts) return { reason: `按档案不适用：没有“${labels.join('”“')}”`, unknownFacts: [] };
    return { reason: null, unknownFacts: applies === null ? labels : [] };
  };
}

/** Why items matter in the trade of an enterprise, by their codes. */
async function focusOfEnterprise(ctx: Context, id: string): Promise<ReturnType<typeof focusOf>> {
  const of = await ctx.store.read.get(enterpriseEntity, id);
  return focusOf(of ? tradesOf(ctx.resources, of) : []);
}

/**
 * Items of a visit's checklists, and those that are left out with the reason. An item that was answered or taken in stays listed; what
 * was signed keeps all of its items whatever the file says since.
 */
export async function itemsOf(
  ctx: Context,
  v: { id: string; enterpriseId: string; objectKind: string; date: string; state: string; nature: string },
): Promise<{ items: VisitItem[]; leftOut: VisitPage['leftOut'] }> {
  const { read } = ctx.store;
  const { id: visitId, enterpriseId, objectKind, date: day } = v;
  const records = await read.sql<ItemRecord>(
    `SELECT i.id, i.code, i.aspect_id AS "aspectId", a.name AS "aspectName", c.id AS "checklistId", c.name AS "checklistName", c.version, i.text, i.how_to_check AS "howToCheck", i.condition, i.requires, i.category, i.handling_class AS "handlingClass",
       i.finding_wording AS "findingWording", i.suggestion, i.weight, w.result, w.remark,
       EXISTS (SELECT 1 FROM checklist_item_kind k WHERE k.item_id = i.id AND k.object_kind = ?2) AS applies
     FROM visit_checklist vc JOIN checklist c ON c.id = vc.checklist_id JOIN checklist_item i ON i.checklist_id = c.id JOIN checklist_aspect a ON a.id = i.aspect_id
       LEFT JOIN checklist_answer w ON w.visit_id = ?1 AND w.item_id = i.id AND w.deleted_at IS NULL
     WHERE vc.visit_id = ?1 AND vc.deleted_at IS NULL ORDER BY c.seq, c.id, a.seq, i.seq`,
    [visitId, objectKind],
  );
  const judge = await judgedBy(ctx, { ...v, byFacts: v.state === 'draft' || v.state === 'recorded' });
  const judged = new Map(records.map((r) => [r, judge(r)]));
  const shown = records.filter((r) => r.result !== null || judged.get(r)?.reason === null);
  const laws = await citationsOf(
    read,
    { table: 'checklist_item_basis', owner: 'item_id' },
    shown.map((r) => r.id),
    day,
  );
  const past = await read.sql<{
    itemId: string;
    findingId: string;
    roundName: string | null;
    foundDate: string;
    description: string;
    status: string;
  }>(
    `SELECT f.checklist_item_id AS "itemId", f.id AS "findingId", (SELECT r.name FROM round r WHERE r.id = f.round_id) AS "roundName", f.found_date AS "foundDate", f.description, f.status
     FROM finding f WHERE f.enterprise_id = ? AND ${differs('f.visit_id', '?')} AND f.checklist_item_id IS NOT NULL AND f.deleted_at IS NULL AND f.status NOT IN ('draft', 'voided') ORDER BY f.found_date DESC`,
    [enterpriseId, visitId],
  );
  const focus = await focusOfEnterprise(ctx, enterpriseId);
  const history = new Map<string, VisitItem['history']>();
  for (const { itemId, ...h } of past) history.set(itemId, [...(history.get(itemId) ?? []), h]);
  return {
    items: shown.map(({ applies: _applies, requires: _requires, ...r }, at) => ({
      ...r,
      unknownFacts: judged.get(shown[at] as ItemRecord)?.unknownFacts ?? [],
      laws: laws.get(r.id) ?? [],
      focus: focus.get(r.code) ?? [],
      result: r.result ?? 'unchecked',
      history: history.get(r.id) ?? [],
    })),
    leftOut: records
      .filter((r) => !shown.includes(r))
      .map((r) => ({ id: r.id, code: r.code, text: r.text, reason: judged.get(r)?.reason ?? '' })),
  };
}

interface Alike {
  recurrenceOfId: string | null;
  suspectedRepeatOfId: string | null;
}

const earlierOne = async (read: Reader, id: string | null): Promise<VisitFinding['recurrence']> =>
  id === null ? null : await read.sqlOne('SELECT id, no, found_date AS "foundDate" FROM finding WHERE id = ?', [id]);

/** Findings of a visit as the growing notice shows them. */
export async function findingsOfVisit(ctx: Context, visitId: string, day: string): Promise<VisitFinding[]> {
  const { read } = ctx.store;
  const rows = await read.sql<Omit<VisitFinding, 'laws' | 'photos' | 'recurrence' | 'suspected' | 'missing'> & Alike>(
    `SELECT f.id, f.no, f.checklist_item_id AS "itemId", f.category, f.handling_class AS "handlingClass", f.status, f.description, f.place_id AS "placeId", (SELECT p.name FROM enterprise_place p WHERE p.id = f.place_id) AS "placeName", f.location, f.measure, f.suggestion, f.responsible_unit AS "responsibleUnit",
       f.responsible_person AS "responsiblePerson", f.proposed_deadline AS "proposedDeadline", f.deadline, f.photo_exemption AS "photoExemption", f.told_to_name AS "toldToName", f.told_at AS "toldAt", f.told_reply AS "toldReply", f.recurrence_of_id AS "recurrenceOfId",
       f.suspected_repeat_of_id AS "suspectedRepeatOfId"
     FROM finding f WHERE f.visit_id = ? AND f.deleted_at IS NULL AND f.status <> 'voided' ORDER BY f.no`,
    [visitId],
  );
  const ids = rows.map((r) => r.id);
  const laws = await citationsOf(read, { table: 'finding_law', owner: 'finding_id' }, ids, day);
  const photos = await attachmentsOf(ctx, ids);
  return await Promise.all(
    rows.map(async ({ recurrenceOfId, suspectedRepeatOfId, ...r }) => ({
      ...r,
      laws: laws.get(r.id) ?? [],
      photos: photos.get(r.id) ?? [],
      missing: await missingToIssue(read, r.id),
      recurrence: await earlierOne(read, recurrenceOfId),
      suspected: await earlierOne(read, suspectedRepeatOfId),
    })),
  );
}

/** Earlier findings that this visit has to deal with: those of the base round, and all that are still open (domain reference 3.2). */
export async function oldFindingsOf(
  read: Reader,
  v: { id: string; enterpriseId: string; roundId: string | null; date: string },
): Promise<VisitPage['oldFindings']> {
  const rows = await read.sql<Omit<VisitPage['oldFindings'][number], 'handledInThisVisit'> & { handled: number }>(
    `SELECT f.id, f.no, f.description, f.status, f.found_date AS "foundDate", f.deadline, (SELECT r.name FROM round r WHERE r.id = f.round_id) AS "roundName",
       (EXISTS (SELECT 1 FROM verification x WHERE x.finding_id = f.id AND x.deleted_at IS NULL AND x.date >= ?3) OR EXISTS (SELECT 1 FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL AND u.date >= ?3)) AS handled
     FROM finding f WHERE f.enterprise_id = ?1 AND ${differs('f.visit_id', '?2')} AND f.deleted_at IS NULL AND f.found_date <= ?3
       AND ((f.status NOT IN ('draft', 'voided', 'closed')) OR (f.status = 'closed' AND f.round_id = (SELECT r.base_round_id FROM round r WHERE r.id = ?4)))
     ORDER BY f.status = 'closed', f.found_date DESC`,
    [v.enterpriseId, v.id, v.date, v.roundId],
  );
  return rows.map(({ handled, ...r }) => ({ ...r, handledInThisVisit: handled === 1 }));
}

/** Does an earlier finding still wait for being looked at in this visit? */
export const isWaiting = (old: VisitPage['oldFindings'][number]): boolean =>
  old.status !== 'closed' && !old.handledInThisVisit;

/** Everything the inspection screen shows. @throws NOT_FOUND */
export async function getVisit(ctx: Context, id: string): Promise<VisitPage> {
  const { read } = ctx.store;
  const row = await read.get(visit, id);
  if (!row || row.deletedAt) throw notFound('现场检查');
  const [names] = await referenceNames(read, visit, [row as unknown as Record<string, unknown>]);
  const enterprise = await read.sqlOne<VisitPage['enterprise']>(
    `SELECT e.id, e.name, e.address, e.credit_code AS "creditCode", e.object_kind AS "objectKind", ${currentLabel('overall_risk', row.date)} AS "overallRisk", e.legal_rep AS "legalRep",
       ${placeName()} AS "villageName", ${environmentContact('c.name')} AS "contactName", ${environmentContact(CONTACT_PHONE)} AS "contactPhone"
     FROM enterprise e WHERE e.id = ?`,
    [row.enterpriseId],
  );
  if (!enterprise) throw notFound('企业');
  const { items, leftOut } = await itemsOf(ctx, { ...row, objectKind: enterprise.objectKind });
  const findings = await findingsOfVisit(ctx, id, row.date);
  const oldFindings = await oldFindingsOf(read, row);
  const purposes = await read.sql<{ purpose: string }>(
    'SELECT purpose FROM visit_purpose WHERE visit_id = ? AND deleted_at IS NULL',
    [id],
  );
  return {
    id,
    values: Object.fromEntries(
      Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k)),
    ) as VisitPage['values'],
    names: names ?? {},
    enterprise,
    roundName: names?.roundId ?? null,
    rounds: await roundsFor(read, row.enterpriseId, row.date),
    warnings: await contractProblems(read, row.projectId, row.date),
    issueDoubts: await issueDoubts(
      ctx,
      findings.map((f) => f.id),
    ),
    purposes: purposes.map((p) => p.purpose),
    openingPoints: await openingPointsOf(read, id),
    basis: await basisOnDay(read, row.projectId, row.date),
    staff: await read.sql(
      'SELECT s.id, s.name FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = ? AND x.deleted_at IS NULL',
      [id],
    ),
    checklists: await read.sql(
      'SELECT c.id, c.code, c.name, c.version FROM visit_checklist x JOIN checklist c ON c.id = x.checklist_id WHERE x.visit_id = ? AND x.deleted_at IS NULL ORDER BY c.seq, c.id',
      [id],
    ),
    items,
    leftOut,
    scores: await scoresOf(read, items, findings),
    oldFindings,
    findings,
    notices: await read.sql(
      'SELECT id, no, kind, issued_date AS "issuedDate", state, NULL AS url FROM rectification_notice WHERE visit_id = ? AND deleted_at IS NULL ORDER BY no',
      [id],
    ),
    finishProblems: finishGuard({
      answered: items.filter((i) => i.result !== 'unchecked').length,
      findings: findings.length,
      // What officers found stays a note for them.
      drafts: row.nature === 'assist' ? 0 : findings.filter((f) => f.status === 'draft').length,
      waiting: oldFindings.filter(isWaiting).length,
      roundOpen: row.roundChoice === 'asked',
    }),
    today: ctx.today(),
  };
}
