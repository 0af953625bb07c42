// Ids of a list in their order, all or one page, in as few passes over the store as can be.
import { orderTerm } from '../../domain/dictionary/list.ts';
import { listedKind } from '../../domain/lists.ts';
import { columnsOf, indexesOf, inOrderOf, type SqlReader, type Store } from '../../db/index.ts';
import { orderBy } from './compile.ts';
import { countOf, keepingCount, knownCount } from './counts.ts';
import { ROW, type Plan } from './plan.ts';
import { joinSql, within } from './sql.ts';

interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** Numbers of our own, as text: the planner takes a limit that it can see into account. */
const rangeSql = ({ offset, limit }: Range): string => ` LIMIT ${limit} OFFSET ${offset}`;

/** Ids of a choice in their order, all or a range of them; `index`: read in the order of that index. */
export async function idsOf(
  read: SqlReader,
  { from, where, terms }: Plan,
  range: Range | null,
  index: string | null = null,
): Promise<string[]> {
  const rows = index ? inOrderOf(from, index) : from;
  const order = within(' ORDER BY ', orderBy(terms), range ? rangeSql(range) : '');
  const query = joinSql([within(`SELECT ${ROW}.id FROM ${rows} WHERE `, where, ''), order], '');
  return (await read.sql<{ id: string }>(query.sql, query.parameters)).map((r) => r.id);
}

/** A page is read in order when it is expected to be full within this part of all rows. */
const WALK_PART = 8;

/**
 * Index in whose order a page is read row by row until it is full, or null. That is the quicker way where the order begins with a
 * column that has an index and enough rows match for the page to be full soon; else all that match are sorted.
 */
function indexInOrder({ kind, order }: Plan, wanted: number, total: number): string | null {
  const { path, descending } = orderTerm(order[0] ?? 'id');
  const entity = listedKind(kind);
  const column = columnsOf(entity).find(
    (c) => c.field === path && c.meta?.kind !== 'reference' && c.meta?.kind !== 'decimal',
  );
  if (!column || (column.nullable && !descending)) return null;
  if (wanted * WALK_PART > total) return null;
  return indexesOf(entity).find((i) => i.fields[0] === path && i.where === null)?.name ?? null;
}

/** So many rows are sorted and counted in one pass; of more, a pass of its own counts them. */
const FEW = 20_000;

/** A page with the count, in one pass; the count is null where there are more rows than a few, or none on this page. */
async function fewAtOnce(
  read: SqlReader,
  { from, where, terms }: Plan,
  range: Range,
): Promise<{ ids: string[]; total: number | null }> {
  const keys = joinSql(
    terms.map(({ value }, n) => within(', ', value, ` AS k${n}`)),
    '',
  );
  const inner = joinSql(
    [within(`SELECT ${ROW}.id AS id`, keys, ` FROM ${from} WHERE `), within('', where, ` LIMIT ${FEW + 1}`)],
    '',
  );
  const order = terms.map(({ by }, n) => by(`few.k${n}`)).join(', ');
  const query = within(
    'SELECT few.id AS id, count(*) OVER () AS n FROM (',
    inner,
    `) few ORDER BY ${order}${rangeSql(range)}`,
  );
  const rows = await read.sql<{ id: string; n: number }>(query.sql, query.parameters);
  const n = rows[0]?.n ?? (range.offset === 0 ? 0 : FEW + 1);
  return n > FEW ? { ids: [], total: null } : { ids: rows.map((r) => r.id), total: n };
}

/** One page of a choice and how many rows it has. */
export async function pageOf(
  store: Store,
  read: SqlReader,
  plan: Plan,
  range: Range,
): Promise<{ ids: string[]; total: number }> {
  if (plan.of === null && knownCount(store, plan) === null) {
    const { ids, total } = await keepingCount(store, plan, () => fewAtOnce(read, plan, range));
    if (total !== null) return { ids, total };
  }
  const total = await countOf(store, read, plan);
  if (total <= range.offset) return { ids: [], total };
  return { ids: await idsOf(read, plan, range, indexInOrder(plan, range.offset + range.limit, total)), total };
}
