// Pages, ids and counts of the list of any kind: the ids of a page are chosen first, then the columns of its rows alone are computed.
import { isAny, isHas, isNamed, type Filter } from '../../domain/dictionary/filter.ts';
import { isPathColumn, type ListColumn } from '../../domain/dictionary/list.ts';
import { childOf, conditionOf, metaOfField, type PathEnd } from '../../domain/dictionary/path.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { DICTIONARY, listedKind, filterFault, listOf, mentionedIds, pathEnd } from '../../domain/lists.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { percent } from '../../domain/statistics/percent.ts';
import type { ListPage, ListRow } from '../../contract/lists.ts';
import { inList, listParameter, named, tableOf, type SqlReader } from '../../db/index.ts';
import type { Asked } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { refused } from '../errors.ts';
import { compilation } from './compile.ts';
import { countOf } from './counts.ts';
import { kindsOfRow } from './live.ts';
import { idsOf, pageOf } from './page.ts';
import { planOf, ROW, type Chosen } from './plan.ts';
import { joinSql, sql, within, type Sql } from './sql.ts';

/** The day and the settings that conditions and columns are asked under. */
export async function askedNow(ctx: Context): Promise<Asked> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return { today: ctx.today(), ...(project && { trainingBasis: project.trainingDenominator }) };
}

/** Refuses a filter that does not fit its kind, in one sentence. @throws REFUSED */
export function requireFilter(kind: string, filter: Filter): void {
  const fault = filterFault(kind, filter);
  if (fault) throw refused(fault);
}

/** Whether something of a filter looks through the whole store: then a thread of its own asks it. */
function isSlow(kind: string, filter: Filter): boolean {
  const entity = listedKind(kind);
  return filter.some((c) => {
    if (isNamed(c)) {
      const condition = conditionOf(entity, c.is);
      return condition?.slow === true || (Array.isArray(condition?.where) && isSlow(kind, condition.where as Filter));
    }
    if (isHas(c)) return isSlow(childOf(DICTIONARY, entity, c.has)?.entity.name ?? kind, c.where ?? []);
    return isAny(c) && c.any.some((one) => isSlow(kind, one));
  });
}

/** The reader that a filter is asked by. */
export const readerFor = (ctx: Context, kind: string, filter: Filter): SqlReader =>
  isSlow(kind, filter) ? ctx.store.slow : ctx.store.read;

/** A column that is computed: what it says, the name of what it refers to, how exactly its day is known. */
interface Computed {
  readonly key: string;
  readonly end: PathEnd;
}

const dueKeys = (due: ListColumn['due']): string[] => (due ? [due.left, ...(due.overdue ? [due.overdue] : [])] : []);

/** Columns by their keys with those that their cells need; all that are shown at first for null. @throws REFUSED for an unknown one */
function computedColumns(kind: string, keys: readonly string[] | null): Computed[] {
  const { columns } = listOf(kind);
  const asked = keys ?? columns.filter((c) => !c.hidden).map((c) => c.key);
  const all = asked.flatMap((key) => {
    const column = columns.find((c) => c.key === key);
    return [key, ...(column?.with ?? []), ...dueKeys(column?.due)];
  });
  return [...new Set(all)].map((key) => {
    const column = columns.find((c) => c.key === key);
    const end = pathEnd(kind, column && isPathColumn(column) ? column.path : key);
    if (!end) throw refused(`没有“${key}”这一列`);
    return { key, end };
  });
}

/** Day fields, and numbers that may be bounds, whose exactness is kept beside them. */
const precisionOf = ({ end }: Computed): PathEnd | null => {
  const { sign, kind } = end.meta;
  const field = sign ?? `${end.field}Precision`;
  const meta = (sign || kind === 'day') && !end.column ? metaOfField(end.entity, field) : null;
  return meta ? { ...end, field, meta } : null;
};

/** Columns of rows by their ids, in the order of the ids. */
export async function rowsById(
  ctx: Context,
  kind: string,
  ids: readonly string[],
  keys: readonly string[] | null,
  read: SqlReader = ctx.store.read,
): Promise<ListRow[]> {
  if (ids.length === 0) return [];
  const [entity, columns, make] = [listedKind(kind), computedColumns(kind, keys), compilation(await askedNow(ctx))];
  const parts: Sql[] = [sql(`${ROW}.id AS id`), sql(`${ROW}.deleted_at AS deleted`)];
  const say = (as: string, value: Sql | null): void => {
    if (value) parts.push(within('', value, ` AS ${as}`));
  };
  for (const [n, column] of columns.entries()) {
    const { end } = column;
    if (end.column && 'rate' in end.column) {
      const [top, bottom] = end.column.rate.map((path) => pathEnd(kind, path));
      say(`v${n}`, top ? make.scalar(ROW, top) : null);
      say(`n${n}`, bottom ? make.scalar(ROW, bottom) : null);
      continue;
    }
    say(`v${n}`, make.scalar(ROW, end));
    say(`n${n}`, make.nameOf(ROW, end));
    const precision = precisionOf(column);
    if (precision) say(`p${n}`, make.scalar(ROW, precision));
  }
  const select = joinSql(parts, ', ');
  const found = await read.sql<Record<string, string | number | null>>(
    `SELECT ${select.sql} FROM ${named(tableOf(entity))} ${ROW} WHERE ${inList(`${ROW}.id`)}`,
    [...select.parameters, listParameter(ids)],
  );
  const byId = new Map(found.map((r) => [r.id, toRow(columns, r)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function toRow(columns: readonly Computed[], r: Record<string, string | number | null>): ListRow {
  const row: ListRow = { id: String(r.id), deletedAt: r.deleted as string | null, values: {}, names: {} };
  for (const [n, { key, end }] of columns.entries()) {
    const [value, name, precision] = [r[`v${n}`] ?? null, r[`n${n}`], r[`p${n}`]];
    if (end.column && 'rate' in end.column) row.values[key] = percent(Number(value ?? 0), Number(name ?? 0));
    else {
      row.values[key] = end.meta.kind === 'flag' && value !== null ? value === 1 : value;
      if (name !== null && name !== undefined) row.names[key] = nameText(end, String(name));
      if (precision !== undefined) row.values[`${key}Precision`] = precision;
    }
  }
  return row;
}

/** A title as people read it: that of a kind may be a choice or a day. */
function nameText(end: PathEnd, name: string): string {
  const target = DICTIONARY.find(end.meta.target ?? '');
  const meta = target?.title ? metaOfField(target, target.title) : null;
  return meta ? valueText(meta, name) : name;
}

/** One page of a list. @throws REFUSED for a filter, an order or a column that does not fit the kind */
export async function listPage(
  ctx: Context,
  chosen: Chosen & { columns: readonly string[] | null; page: { offset: number; limit: number } },
): Promise<ListPage> {
  const { kind, filter, page } = chosen;
  requireFilter(kind, filter);
  const asked = await askedNow(ctx);
  const read = readerFor(ctx, kind, filter);
  const every = planOf({ kind, filter: [], sort: null }, asked);
  const all = await countOf(ctx.store, read, { ...every, of: kindsOfRow(kind) });
  const { ids, total } = await pageOf(ctx.store, read, planOf(chosen, asked), page);
  return { rows: await rowsById(ctx, kind, ids, chosen.columns), total, all };
}

/** How many rows a filter takes, asked by a reader of the caller's where it names one. @throws REFUSED */
export async function countRows(ctx: Context, kind: string, filter: Filter, read?: SqlReader): Promise<number> {
  requireFilter(kind, filter);
  const plan = planOf({ kind, filter, sort: null }, await askedNow(ctx));
  return await countOf(ctx.store, read ?? readerFor(ctx, kind, filter), plan);
}

/** Whether there is a row that a filter takes; asked in the thread of long queries. @throws REFUSED */
export async function hasRow(ctx: Context, kind: string, filter: Filter): Promise<boolean> {
  requireFilter(kind, filter);
  const { from, where } = planOf({ kind, filter, sort: null }, await askedNow(ctx));
  const rows = await ctx.store.slow.sql(`SELECT ${ROW}.id FROM ${from} WHERE ${where.sql} LIMIT 1`, where.parameters);
  return rows.length > 0;
}

/** Ids of all rows of a choice, in order; `limit`: of the first ones. @throws REFUSED */
export async function listIds(ctx: Context, chosen: Chosen, limit?: number): Promise<string[]> {
  requireFilter(chosen.kind, chosen.filter);
  const plan = planOf(chosen, await askedNow(ctx));
  return await idsOf(
    readerFor(ctx, chosen.kind, chosen.filter),
    plan,
    limit === undefined ? null : { offset: 0, limit },
  );
}

/** Names of the rows that a filter mentions, by id. */
export async function filterNames(ctx: Context, kind: string, filter: Filter): Promise<Record<string, string>> {
  const ids = mentionedIds(kind, filter);
  const names: Record<string, string> = {};
  if (ids.length === 0) return names;
  const asked = await askedNow(ctx);
  const targets = DICTIONARY.entities.filter((e) => e.title !== null && e.scope !== 'local');
  const query = targets
    .map(
      (e) =>
        `SELECT ${ROW}.id AS id, CAST(${compilation(asked).titleOf(e, ROW)} AS TEXT) AS name, '${e.name}' AS kind FROM ${named(tableOf(e))} ${ROW} WHERE ${inList(`${ROW}.id`)}`,
    )
    .join(' UNION ALL ');
  const list = listParameter(ids);
  for (const r of await ctx.store.read.sql<{ id: string; name: string | null; kind: string }>(
    query,
    targets.map(() => list),
  )) {
    const entity = listedKind(r.kind);
    const meta = metaOfField(entity, entity.title as string);
    names[r.id] = meta ? valueText(meta, r.name) : (r.name ?? '');
  }
  return names;
}
