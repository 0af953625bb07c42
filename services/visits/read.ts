// Visits: list, and everything the inspection screen shows.
import type { VisitFinding, VisitItem, VisitListRow, VisitPage } from '../../contract/visits.ts';
import type { Page } from '../../contract/shared.ts';
import { visit } from '../../domain/visits/entities.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { Reader, SqlReader, SqlValue } from '../../db/index.ts';
import { attachmentsOf } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { currentLabel } from '../enterprises/index.ts';
import { notFound } from '../errors.ts';
import { missingToIssue } from '../findings/index.ts';
import { citationsOf } from '../knowledge/index.ts';
import { referenceNames } from '../records/index.ts';

const STAFF_NAMES = "(SELECT group_concat(s.name, '、') FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL)";

/** Visits, newest first, filtered and paged. */
export async function listVisits(ctx: Context, input: {
  enterpriseId: string | null; roundId: string | null; from: string | null; to: string | null; state: string | null; text: string; page: { offset: number; limit: number };
}): Promise<Page<VisitListRow>> {
  const parts = ['v.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  const add = (sql: string, value: SqlValue | null): void => { if (value) { parts.push(sql); parameters.push(value); } };
  add('v.enterprise_id = ?', input.enterpriseId);
  add('v.round_id = ?', input.roundId);
  add('v.date >= ?', input.from);
  add('v.date <= ?', input.to);
  add('v.state = ?', input.state);
  add("v.enterprise_id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)", input.text.trim().toLowerCase() || null);
  return await visitRows(ctx, parts.join(' AND '), parameters, input.page);
}

/** Visits of a WHERE clause over alias `v` (their enterprise: `e`). */
export async function visitRows(
  ctx: Context, where: string, parameters: readonly SqlValue[], page: { offset: number; limit: number }, read: SqlReader = ctx.store.read, order = 'ORDER BY v.date DESC, v.id DESC',
): Promise<Page<VisitListRow>> {
  const total = await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE ${where}`, parameters);
  const rows = await read.sql<Omit<VisitListRow, 'purposes'> & { purposes: string | null }>(
    `SELECT v.id, v.no, v.date, v.enterprise_id AS enterpriseId, e.name AS enterpriseName, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS villageName,
       (SELECT r.name FROM round r WHERE r.id = v.round_id) AS roundName, v.state, v.outcome, coalesce(${STAFF_NAMES}, '') AS staffNames,
       (SELECT count(*) FROM finding f WHERE f.visit_id = v.id AND f.deleted_at IS NULL AND f.status <> 'voided') AS findings,
       (SELECT group_concat(p.purpose) FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL) AS purposes
     FROM visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE ${where} ${order} LIMIT ? OFFSET ?`, [...parameters, page.limit, page.offset]);
  return { rows: rows.map((r) => ({ ...r, purposes: r.purposes?.split(',') ?? [] })), total: total?.n ?? 0 };
}

interface ItemRecord extends Omit<VisitItem, 'laws' | 'history' | 'result' | 'remark'> { result: string | null; remark: string | null; applies: number }

async function itemsOf(ctx: Context, visitId: string, enterpriseId: string, objectKind: string, day: string): Promise<{ items: VisitItem[]; leftOut: VisitPage['leftOut'] }> {
  const { read } = ctx.store;
  const records = await read.sql<ItemRecord>(
    `SELECT i.id, i.code, i.aspect_id AS aspectId, a.name AS aspectName, c.name AS checklistName, c.version, i.text, i.how_to_check AS howToCheck, i.condition, i.category, i.handling_class AS handlingClass,
       i.finding_wording AS findingWording, i.suggestion, i.deadline_days AS deadlineDays, i.weight, w.result, w.remark,
       EXISTS (SELECT 1 FROM checklist_item_kind k WHERE k.item_id = i.id AND k.object_kind = ?2) AS applies
     FROM visit_checklist vc JOIN checklist c ON c.id = vc.checklist_id JOIN checklist_item i ON i.checklist_id = c.id JOIN checklist_aspect a ON a.id = i.aspect_id
       LEFT JOIN checklist_answer w ON w.visit_id = ?1 AND w.item_id = i.id AND w.deleted_at IS NULL
     WHERE vc.visit_id = ?1 AND vc.deleted_at IS NULL ORDER BY c.rowid, a.seq, i.seq`, [visitId, objectKind]);
  // An item that was answered stays listed although the kind of the object has changed since.
  const shown = records.filter((r) => r.applies === 1 || (r.result !== null && r.result !== 'unchecked'));
  const laws = await citationsOf(read, { table: 'checklist_item_basis', owner: 'item_id' }, shown.map((r) => r.id), day);
  const past = await read.sql<{ itemId: string; findingId: string; roundName: string | null; foundDate: string; description: string; status: string }>(
    `SELECT f.checklist_item_id AS itemId, f.id AS findingId, (SELECT r.name FROM round r WHERE r.id = f.round_id) AS roundName, f.found_date AS foundDate, f.description, f.status
     FROM finding f WHERE f.enterprise_id = ? AND f.visit_id IS NOT ? AND f.checklist_item_id IS NOT NULL AND f.deleted_at IS NULL AND f.status NOT IN ('draft', 'voided') ORDER BY f.found_date DESC`, [enterpriseId, visitId]);
  const history = new Map<string, VisitItem['history']>();
  for (const { itemId, ...h } of past) history.set(itemId, [...(history.get(itemId) ?? []), h]);
  return {
    items: shown.map(({ applies: _applies, ...r }) => ({ ...r, laws: laws.get(r.id) ?? [], result: r.result ?? 'unchecked', history: history.get(r.id) ?? [] })),
    leftOut: records.filter((r) => !shown.includes(r)).map((r) => ({ code: r.code, text: r.text, reason: `不适用于${labelOf(OBJECT_KINDS, objectKind)}` })),
  };
}

/** Findings of a visit as the growing notice shows them. */
export async function findingsOfVisit(ctx: Context, visitId: string, day: string): Promise<VisitFinding[]> {
  const { read } = ctx.store;
  const rows = await read.sql<Omit<VisitFinding, 'laws' | 'photos' | 'recurrence' | 'missing'> & { recurrenceOfId: string | null }>(
    `SELECT f.id, f.no, f.checklist_item_id AS itemId, f.category, f.handling_class AS handlingClass, f.status, f.description, f.location, f.measure, f.suggestion, f.responsible_unit AS responsibleUnit,
       f.responsible_person AS responsiblePerson, f.proposed_deadline AS proposedDeadline, f.deadline, f.photo_exemption AS photoExemption, f.told_to_name AS toldToName, f.recurrence_of_id AS recurrenceOfId
     FROM finding f WHERE f.visit_id = ? AND f.deleted_at IS NULL AND f.status <> 'voided' ORDER BY f.no`, [visitId]);
  const ids = rows.map((r) => r.id);
  const laws = await citationsOf(read, { table: 'finding_law', owner: 'finding_id' }, ids, day);
  const photos = await attachmentsOf(ctx, ids);
  return await Promise.all(rows.map(async ({ recurrenceOfId, ...r }) => ({
    ...r, laws: laws.get(r.id) ?? [], photos: photos.get(r.id) ?? [], missing: await missingToIssue(read, r.id),
    recurrence: recurrenceOfId ? await read.sqlOne<{ id: string; no: string; foundDate: string }>('SELECT id, no, found_date AS foundDate FROM finding WHERE id = ?', [recurrenceOfId]) : null,
  })));
}

/** Earlier findings that this visit has to deal with: those of the base round, and all that are still open (domain reference 3.2). */
export async function oldFindingsOf(read: Reader, v: { id: string; enterpriseId: string; roundId: string | null; date: string }): Promise<VisitPage['oldFindings']> {
  const rows = await read.sql<Omit<VisitPage['oldFindings'][number], 'handledInThisVisit'> & { handled: number }>(
    `SELECT f.id, f.no, f.description, f.status, f.found_date AS foundDate, f.deadline, (SELECT r.name FROM round r WHERE r.id = f.round_id) AS roundName,
       (EXISTS (SELECT 1 FROM verification x WHERE x.finding_id = f.id AND x.deleted_at IS NULL AND x.date >= ?3) OR EXISTS (SELECT 1 FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL AND u.date >= ?3)) AS handled
     FROM finding f WHERE f.enterprise_id = ?1 AND f.visit_id IS NOT ?2 AND f.deleted_at IS NULL AND f.found_date <= ?3
       AND ((f.status NOT IN ('draft', 'voided', 'closed')) OR (f.status = 'closed' AND f.round_id = (SELECT r.base_round_id FROM round r WHERE r.id = ?4)))
     ORDER BY f.status = 'closed', f.found_date DESC`, [v.enterpriseId, v.id, v.date, v.roundId]);
  return rows.map(({ handled, ...r }) => ({ ...r, handledInThisVisit: handled === 1 }));
}

/** What stands in the way of ending a visit as completed. */
export function finishProblemsOf(findings: readonly VisitFinding[], old: VisitPage['oldFindings'], answered: number): { code: string; sentence: string }[] {
  const drafts = findings.filter((f) => f.status === 'draft');
  const waiting = old.filter((f) => f.status !== 'closed' && !f.handledInThisVisit);
  return [
    ...(answered === 0 && findings.length === 0 ? [{ code: 'NOTHING_CHECKED', sentence: '还没有检查任何一项' }] : []),
    ...(drafts.length > 0 ? [{ code: 'DRAFTS', sentence: `${drafts.length} 项问题还没有开单：请补全后开具整改建议单，或删除草稿` }] : []),
    ...(waiting.length > 0 ? [{ code: 'OLD_FINDINGS', sentence: `${waiting.length} 项以往问题还没有复核或跟踪` }] : []),
  ];
}

/** Everything the inspection screen shows. @throws NOT_FOUND */
export async function getVisit(ctx: Context, id: string): Promise<VisitPage> {
  const { read } = ctx.store;
  const row = await read.get(visit, id);
  if (!row || row.deletedAt) throw notFound('现场检查');
  const [names] = await referenceNames(read, visit, [row as unknown as Record<string, unknown>]);
  const contact = (column: string) => `(SELECT ${column} FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL ORDER BY c.post = 'env_manager' DESC, c.is_primary DESC, c.seq LIMIT 1)`;
  const enterprise = await read.sqlOne<VisitPage['enterprise']>(
    `SELECT e.id, e.name, e.address, e.credit_code AS creditCode, e.object_kind AS objectKind, ${currentLabel('overall_risk', row.date)} AS overallRisk, e.legal_rep AS legalRep,
       (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS villageName, ${contact('c.name')} AS contactName, ${contact('coalesce(c.mobile, c.landline)')} AS contactPhone
     FROM enterprise e WHERE e.id = ?`, [row.enterpriseId]);
  if (!enterprise) throw notFound('企业');
  const { items, leftOut } = await itemsOf(ctx, id, row.enterpriseId, enterprise.objectKind, row.date);
  const findings = await findingsOfVisit(ctx, id, row.date);
  const oldFindings = await oldFindingsOf(read, row);
  const purposes = await read.sql<{ purpose: string }>('SELECT purpose FROM visit_purpose WHERE visit_id = ? AND deleted_at IS NULL', [id]);
  return {
    id, values: Object.fromEntries(Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k))) as VisitPage['values'], names: names ?? {}, enterprise,
    roundName: names?.roundId ?? null, purposes: purposes.map((p) => p.purpose),
    staff: await read.sql('SELECT s.id, s.name FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = ? AND x.deleted_at IS NULL', [id]),
    checklists: await read.sql('SELECT c.id, c.code, c.name, c.version FROM visit_checklist x JOIN checklist c ON c.id = x.checklist_id WHERE x.visit_id = ? AND x.deleted_at IS NULL ORDER BY c.rowid', [id]),
    items, leftOut, oldFindings, findings,
    notices: await read.sql('SELECT id, no, kind, issued_date AS issuedDate, state, NULL AS url FROM rectification_notice WHERE visit_id = ? AND deleted_at IS NULL ORDER BY no', [id]),
    finishProblems: finishProblemsOf(findings, oldFindings, items.filter((i) => i.result !== 'unchecked').length), today: ctx.today(),
  };
}
