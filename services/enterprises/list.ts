// The enterprise list: pages and ids, filtered and sorted in SQL.
import type { EnterpriseListRow } from '../../contract/enterprises.ts';
import type { Page } from '../../contract/shared.ts';
import type { SqlReader, SqlValue, Store } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { CONTACT_PHONE, currentPermit, liveEnterprise, mainContact, openFindingsOf, overdue, staffName } from '../conditions/index.ts';
import { currentLabel, enterpriseClause, type EnterpriseConditions } from './filter.ts';

/** Sort columns by the field names of the list; everything else falls back to the name. */
const SORTS: Readonly<Record<string, string>> = {
  name: 'e.pinyin', creditCode: 'e.credit_code', objectKind: 'e.object_kind', industryCode: 'e.industry_code', operatingStatus: 'e.operating_status',
  completeness: 'e.completeness', villageName: 'e.village_id', internalCode: 'e.internal_code', responsibleName: 'e.responsible_staff_id',
  openFindings: openFindingsOf(),
  lastVisitDate: "(SELECT max(v.date) FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.state <> 'draft')",
  permitValidTo: currentPermit('valid_to'),
};

const order = (sort: { field: string; descending: boolean } | null): string => {
  const column = SORTS[sort?.field ?? 'name'] ?? SORTS.name;
  return `ORDER BY ${column} ${sort?.descending ? 'DESC' : 'ASC'}, e.id`;
};

const lastVisit = (column: string) => `(SELECT v.${column} FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.outcome IS NOT NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;

/** Columns of a list row over alias `e`. */
export function listColumns(today: string): string {
  return `e.id, e.name, e.short_name AS shortName, e.sign_name AS signName, e.credit_code AS creditCode, e.credit_code_quarantine AS creditCodeQuarantine,
    e.credit_code_missing_reason AS creditCodeMissingReason, e.object_kind AS objectKind, e.industry_code AS industryCode, e.industry_name AS industryName,
    e.operating_status AS operatingStatus, ${currentLabel('overall_risk', today)} AS overallRisk, ${currentPermit('management_class')} AS permitClass, ${currentPermit('valid_to')} AS permitValidTo,
    e.completeness, ${openFindingsOf()} AS openFindings,
    (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND ${overdue('f', today)}) AS overdueFindings,
    ${lastVisit('date')} AS lastVisitDate, ${lastVisit('outcome')} AS lastVisitOutcome,
    (SELECT a.name FROM area a WHERE a.id = e.town_id) AS townName, (SELECT a.name FROM area a WHERE a.id = e.village_id) AS villageName,
    (SELECT a.name FROM area a WHERE a.id = e.park_id) AS parkName, e.address, ${staffName('e.responsible_staff_id')} AS responsibleName,
    ${mainContact('c.name')} AS contactName, ${mainContact(CONTACT_PHONE)} AS contactPhone, e.suspected_duplicate AS suspectedDuplicate, e.site_no AS siteNo,
    e.internal_code AS internalCode, e.deleted_at AS deletedAt`;
}

/** Rows of the given ids or clause, decoded. */
export async function listRows(ctx: Context, where: string, parameters: readonly SqlValue[], tail: string, read: SqlReader = ctx.store.read): Promise<EnterpriseListRow[]> {
  // The page is chosen by id first, so that the costly columns are computed for its rows only.
  const rows = await read.sql<EnterpriseListRow & { suspectedDuplicate: number | boolean }>(
    `SELECT ${listColumns(ctx.today())} FROM enterprise e WHERE ${where} ${tail}`, parameters);
  return rows.map((r) => ({ ...r, suspectedDuplicate: Number(r.suspectedDuplicate) === 1 }));
}

/** Count of each store, and how often it has gone out of date: a count begun before a commit must not outlive it. */
const counts = new WeakMap<Store, { value: number | null; stale: number }>();

/** How many enterprises there are; counted again only after one was written. */
async function countAll(store: Store): Promise<number> {
  let count = counts.get(store);
  if (!count) {
    const fresh = { value: null, stale: 0 };
    counts.set(store, (count = fresh));
    store.onCommit((touched) => { if (touched.has('enterprise')) Object.assign(fresh, { value: null, stale: fresh.stale + 1 }); });
  }
  if (count.value !== null) return count.value;
  const { stale } = count;
  const n = (await store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM enterprise WHERE deleted_at IS NULL'))?.n ?? 0;
  if (count.stale === stale) count.value = n;
  return n;
}

/** Twins are looked for in the whole store, in a thread of its own: the more there are, the longer it takes. */
const readerFor = (ctx: Context, filter: EnterpriseConditions): SqlReader => (filter.suspectedDuplicate ? ctx.store.slow : ctx.store.read);

/** One page of the list, how many match, and how many there are in all. */
export async function listEnterprises(
  ctx: Context, input: { filter: EnterpriseConditions; sort: { field: string; descending: boolean } | null; page: { offset: number; limit: number } },
): Promise<Page<EnterpriseListRow> & { all: number }> {
  const clause = enterpriseClause(input.filter, ctx.today());
  const read = readerFor(ctx, input.filter);
  const all = await countAll(ctx.store);
  const total = clause.sql === liveEnterprise() ? all
    : (await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM enterprise e WHERE ${clause.sql}`, clause.parameters))?.n ?? 0;
  const rows = await listRows(ctx, clause.sql, clause.parameters, `${order(input.sort)} LIMIT ${input.page.limit} OFFSET ${input.page.offset}`, read);
  return { rows, total, all };
}

/** Ids of all rows that match, in list order. */
export async function listEnterpriseIds(
  ctx: Context, input: { filter: EnterpriseConditions; sort: { field: string; descending: boolean } | null },
): Promise<string[]> {
  const clause = enterpriseClause(input.filter, ctx.today());
  const rows = await readerFor(ctx, input.filter).sql<{ id: string }>(`SELECT e.id FROM enterprise e WHERE ${clause.sql} ${order(input.sort)}`, clause.parameters);
  return rows.map((r) => r.id);
}
