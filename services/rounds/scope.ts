// Which enterprises a round takes, by its rule (domain reference 3.2).
import { enterpriseFilter, type EnterpriseFilter } from '../../contract/enterprises.ts';
import { MINIMUM_VISITS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { countedFinding, inScope, liveEnterprise, openFinding } from '../conditions/index.ts';
import { currentLabel, enterpriseClause } from '../enterprises/index.ts';
import { refused } from '../errors.ts';

/** A scope as asked for. */
export interface ScopeRequest { scopeRule: string; baseRoundId: string | null; startDate: string; filter: EnterpriseFilter | null; enterpriseIds: readonly string[] }

/** The clause of a scope over alias `e`, with the reason given for each enterprise. */
function scopeClause(ctx: Context, r: ScopeRequest): { sql: string; parameters: SqlValue[]; why: string } {
  const filter = r.filter ? enterpriseClause(enterpriseFilter.parse(r.filter), ctx.today()) : { sql: liveEnterprise(), parameters: [] };
  const within = (sql: string, parameters: SqlValue[], why: string) => ({ sql: `${filter.sql} AND ${sql}`, parameters: [...filter.parameters, ...parameters], why });
  switch (r.scopeRule) {
    case 'all': return within(inScope(), [], '在册');
    case 'with_finding_in_base':
      if (!r.baseRoundId) throw refused('请选择上一轮');
      return within(`e.id IN (SELECT f.enterprise_id FROM finding f WHERE f.round_id = ? AND ${countedFinding()})`, [r.baseRoundId], '上一轮有问题');
    case 'with_open_finding':
      return within(`e.id IN (SELECT f.enterprise_id FROM finding f WHERE ${openFinding()} AND f.found_date <= ?)`, [r.startDate], '有未销号问题');
    case 'by_risk': {
      const year = r.startDate.slice(0, 4);
      const done = `(SELECT count(*) FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.outcome = 'completed' AND v.date BETWEEN ? AND ?
        AND EXISTS (SELECT 1 FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL AND p.purpose = 'routine'))`;
      const least = `CASE ${currentLabel('overall_risk', r.startDate)} ${Object.entries(MINIMUM_VISITS).map(([grade, visits]) => `WHEN '${grade}' THEN ${visits}`).join(' ')} ELSE 0 END`;
      return within(`${inScope()} AND ${done} < ${least}`, [`${year}-01-01`, `${year}-12-31`], '未达年度频次');
    }
    default:
      if (r.enterpriseIds.length > 0) return { sql: 'e.deleted_at IS NULL AND e.id IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(r.enterpriseIds)], why: '自选' };
      if (r.filter) return { ...filter, why: '自选' };
      return { sql: '0', parameters: [], why: '自选' };
  }
}

/** Ids a scope takes, in the order of the list. */
export async function scopeIds(ctx: Context, r: ScopeRequest): Promise<string[]> {
  const clause = scopeClause(ctx, r);
  return (await ctx.store.read.sql<{ id: string }>(`SELECT e.id FROM enterprise e WHERE ${clause.sql} ORDER BY e.village_id, e.pinyin, e.id`, clause.parameters)).map((x) => x.id);
}

/** How many a scope takes, the first of them, and who is left out by status. */
export async function previewScope(ctx: Context, r: ScopeRequest) {
  const clause = scopeClause(ctx, r);
  const count = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM enterprise e WHERE ${clause.sql}`, clause.parameters);
  const sample = await ctx.store.read.sql<{ id: string; name: string }>(`SELECT e.id, e.name FROM enterprise e WHERE ${clause.sql} ORDER BY e.village_id, e.pinyin LIMIT 8`, clause.parameters);
  const excluded = r.scopeRule === 'all' ? await ctx.store.read.sql<{ status: string; count: number }>(
    `SELECT e.operating_status AS status, count(*) AS count FROM enterprise e WHERE ${liveEnterprise()} AND NOT ${inScope()} GROUP BY 1`) : [];
  return { count: count?.n ?? 0, sample: sample.map((s) => ({ ...s, why: clause.why })), excluded: excluded.map((x) => ({ reason: labelOf(OPERATING_STATUSES, x.status), count: x.count })) };
}
