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

/** The index that has the rows of a choice in its order, or null. */
function indexInOrder({ kind, order }: Plan): string | null {
  const { path } = orderTerm(order[0] ?? 'id');
  const entity = listedKind(kind);
  const column = columnsOf(entity).find(
    (c) => c.field === path && c.meta?.kind !== 'reference' && c.meta?.kind !== 'decimal',
  );
  return (column && indexesOf(entity).find((i) => i.fields[0] === path && i.where === null)?.name) ?? null;
}

/** A page is looked for in the first rows of the list, in the order of an index: so many for each row that it reaches to. */
const WALK_PART = 10;

/** Of more rows a pass of its own counts them, where an index has them in order: to sort them all costs more than to find them again. */
const FEW = 20_000;

/** The page, if the first rows of the whole list fill it; else null: the choice is thin there. */
async function amongFirst(read: SqlReader, plan: Plan, range: Range, index: string): Promise<string[] | null> {
  const order = orderBy(plan.terms);
  const first = within(
    `(SELECT ${ROW}.* FROM ${inOrderOf(plan.from, index)} ORDER BY `,
    order,
    ` LIMIT ${(range.offset + range.limit) * WALK_PART}) ${ROW} WHERE `,
  );
  const parts = [
    within(`SELECT ${ROW}.id AS id FROM `, first, ''),
    plan.where,
    within(' ORDER BY ', order, rangeSql(range)),
  ];
  const query = joinSql(parts, '');
  const rows = await read.sql<{ id: string }>(query.sql, query.parameters);
  return rows.length === range.limit ? rows.map((r) => r.id) : null;
}

/** A page with the count, in one pass; the count is null where there are more rows than `most`, or none on this page. */
async function atOnce(
  read: SqlReader,
  { from, where, terms }: Plan,
  range: Range,
  most: number | null,
): Promise<{ ids: string[]; total: number | null }> {
  const keys = joinSql(
    terms.map(({ value }, n) => within(', ', value, ` AS k${n}`)),
    '',
  );
  const inner = joinSql(
    [
      within(`SELECT ${ROW}.id AS id`, keys, ` FROM ${from} WHERE `),
      within('', where, most === null ? '' : ` LIMIT ${most + 1}`),
    ],
    '',
  );
  const order = terms.map(({ by }, n) => by(`few.k${n}`)).join(', ');
  const query = within(
    'SELECT few.id AS id, count(*) OVER () AS n FROM (',
    inner,
    `) few ORDER BY ${order}${rangeSql(range)}`,
  );
  const rows = await read.sql<{ id: string; n: number }>(query.sql, query.parameters);
  const n = rows[0]?.n ?? (range.offset === 0 ? 0 : null);
  return n === null || (most !== null && n > most)
    ? { ids: [], total: null }
    : { ids: rows.map((r) => r.id), total: n };
}

/** One page of a choice and how many rows it has. */
export async function pageOf(
  store: Store,
  read: SqlReader,
  plan: Plan,
  range: Range,
): Promise<{ ids: string[]; total: number }> {
  const index = indexInOrder(plan);
  const first = index === null || plan.gathered ? null : await amongFirst(read, plan, range, index);
  if (first) return { ids: first, total: await countOf(store, read, plan) };
  if (plan.of === null && knownCount(store, plan) === null) {
    const { ids, total } = await keepingCount(store, plan, () =>
      atOnce(read, plan, range, index === null ? null : FEW),
    );
    if (total !== null) return { ids, total };
  }
  const total = await countOf(store, read, plan);
  if (total <= range.offset) return { ids: [], total };
  return { ids: await idsOf(read, plan, range, total > FEW ? index : null), total };
}
