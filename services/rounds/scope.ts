// Which enterprises a round takes, by its rule (domain reference 3.2).
import type { Filter } from '../../domain/dictionary/filter.ts';
import { OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { Context } from '../context.ts';
import { inScope, liveEnterprise } from '../conditions/index.ts';
import { countRows, listIds, rowsById } from '../lists/index.ts';
import { refused } from '../errors.ts';

/** A scope as asked for. */
export interface ScopeRequest {
  scopeRule: string;
  baseRoundId: string | null;
  startDate: string;
  filter: Filter | null;
  enterpriseIds: readonly string[];
}

/** A scope as a filter of enterprises, with the reason given for each of them. */
interface Scope {
  filter: Filter;
  why: string;
}

/** What a rule asks of an enterprise. @throws REFUSED where its round is missing */
function scopeOf(r: ScopeRequest): Scope {
  const within = (filter: Filter, why: string): Scope => ({ filter: [...(r.filter ?? []), ...filter], why });
  switch (r.scopeRule) {
    case 'all':
      return within([{ is: 'inScope' }], '在册');
    case 'with_finding_in_base':
      if (!r.baseRoundId) throw refused('请选择上一轮');
      return within([{ is: 'foundInRound', value: r.baseRoundId }], '上一轮有问题');
    case 'with_open_finding':
      return within([{ is: 'openSince', value: r.startDate }], '有未销号问题');
    case 'by_risk':
      return within([{ is: 'inScope' }, { is: 'belowMinimumVisits', value: r.startDate }], '未达年度频次');
    default:
      return { filter: chosen(r), why: '自选' };
  }
}

/** Enterprises that were chosen one by one, else those of a filter; none where neither was given. */
const chosen = (r: ScopeRequest): Filter =>
  r.filter && r.enterpriseIds.length === 0 ? r.filter : [{ field: 'id', op: 'in', value: r.enterpriseIds }];

/** Whether a scope can't take any enterprise. */
const isNone = (r: ScopeRequest): boolean => r.scopeRule === 'custom' && !r.filter && r.enterpriseIds.length === 0;

/** Ids a scope takes, by village and name. @throws REFUSED for a filter that does not fit */
export async function scopeIds(ctx: Context, r: ScopeRequest): Promise<string[]> {
  if (isNone(r)) return [];
  return await listIds(ctx, { kind: 'enterprise', filter: scopeOf(r).filter, sort: null, order: BY_VILLAGE });
}

const BY_VILLAGE = ['villageId', 'pinyin', 'id'];
const SHOWN = 8;

/** How many a scope takes, the first of them, and who is left out by status. @throws REFUSED for a filter that does not fit */
export async function previewScope(ctx: Context, r: ScopeRequest) {
  const { filter, why } = isNone(r) ? { filter: [], why: '' } : scopeOf(r);
  const count = isNone(r) ? 0 : await countRows(ctx, 'enterprise', filter);
  const ids = count > 0 ? await listIds(ctx, { kind: 'enterprise', filter, sort: null, order: BY_VILLAGE }, SHOWN) : [];
  const sample = await rowsById(ctx, 'enterprise', ids, ['name']);
  const excluded =
    r.scopeRule === 'all'
      ? await ctx.store.read.sql<{ status: string; count: number }>(
          `SELECT e.operating_status AS status, count(*) AS count FROM enterprise e WHERE ${liveEnterprise()} AND NOT ${inScope()} GROUP BY e.operating_status`,
        )
      : [];
  return {
    count,
    sample: sample.map(({ id, values }) => ({ id, name: String(values.name), why })),
    excluded: excluded.map((x) => ({ reason: labelOf(OPERATING_STATUSES, x.status), count: x.count })),
  };
}
