// Counts figures, and finds the rows that they count: both from the same pieces, so that a number equals its list.
import type { Counted, DimensionDefinition, FigureDefinition, SettledFilter } from '../../domain/dictionary/figure.ts';
import { settled } from '../../domain/dictionary/figure.ts';
import { DIMENSIONS } from '../../domain/statistics/figures.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { inList, listParameter, type SqlReader, type SqlValue } from '../../db/index.ts';
import { refused } from '../errors.ts';
import type { Asked, Source } from './asked.ts';
import { monthOf, splitBy, type Split } from './dimension-sql.ts';
import { filterSql } from './filter-sql.ts';
import { sourceOf } from './source.ts';
import { all, joined, param, q, raw, type Sql } from './sql.ts';
import { joinSql } from './ways.ts';

/** Groups by which a number is cut down: a value of a dimension, several, or null for rows without one. */
export type At = Readonly<Record<string, string | null | readonly string[]>>;

/** One group with the two sides of every figure that was asked. */
export interface Cell {
  readonly keys: readonly (string | null)[];
  readonly counts: ReadonlyMap<string, { n: number; d: number }>;
}

/** Tables of one statement, by name, each written once. */
class Tables {
  readonly #named = new Map<string, { sql: Sql; once: boolean }>();
  readonly #among = new Map<Counted, string>();

  add(source: Source): void {
    for (const { name, ...table } of source.tables) this.#named.set(name, table);
  }

  /** The ids that a set counts, as a table. */
  idsOf(counted: Counted, asked: Asked, figure: FigureDefinition): string {
    const known = this.#among.get(counted);
    if (known) return known;
    const name = `among_${this.#among.size + 1}`;
    this.#among.set(counted, name);
    const source = sourceOf(counted, asked, figure.scope === 'asOf' ? 'period' : figure.scope);
    this.add(source);
    const where = all([source.where, ...conditionsOf(counted, source, asked, figure, this)]);
    const sql = q`SELECT ${idOf(counted, source)} AS id FROM ${source.from} WHERE ${where}`;
    this.#named.set(name, { sql, once: false });
    return name;
  }

  with(): Sql {
    if (this.#named.size === 0) return raw('');
    const tables = [...this.#named].map(
      ([name, { sql, once }]) => q`${name} AS ${once ? 'MATERIALIZED ' : ''}(${sql})`,
    );
    return q`WITH ${joined(tables, ', ')} `;
  }
}

/** Expression of what is counted: the row, or what it leads to. */
const idOf = (counted: Counted, source: Source): string =>
  `${source.alias}.${counted.through ? `"${snake(counted.through)}"` : 'id'}`;

/** A filter of the set over its rows. */
const whereOf = (where: SettledFilter, counted: Counted, source: Source, asked: Asked): Sql =>
  filterSql(settled(where, asked.settings), { of: counted.of, alias: source.alias, day: asked.scope.asOf });

/** What a row must fulfil beside being of the source. */
function conditionsOf(counted: Counted, source: Source, asked: Asked, figure: FigureDefinition, tables: Tables): Sql[] {
  const conditions: Sql[] = [];
  const filter = settled(counted.where, asked.settings);
  if (filter.length > 0) conditions.push(whereOf(filter, counted, source, asked));
  if (counted.among) {
    const ids = tables.idsOf(counted.among.in, asked, figure);
    const by = `${source.alias}.${counted.among.by === 'id' ? 'id' : `"${snake(counted.among.by)}"`}`;
    conditions.push(raw(`${by} ${counted.among.not ? 'NOT IN' : 'IN'} (SELECT id FROM ${ids})`));
  }
  return conditions;
}

/** How rows of a set are told apart by the dimensions. @throws REFUSED where they do not have one of them */
function splitsOf(
  figure: FigureDefinition,
  counted: Counted,
  source: Source,
  dimensions: readonly DimensionDefinition[],
  asked: Asked,
): Split[] {
  return dimensions.map((d) => {
    const split = splitBy(d, figure, counted, source, asked.scope.asOf);
    if (split) return split;
    const fitting = [...DIMENSIONS.values()].filter((other) => fits(figure, other, asked)).map((other) => other.label);
    throw refused(`“${figure.label}”不能按${d.label}分。可以按${fitting.join('、')}分`);
  });
}

/** Whether a figure can be split by a dimension: both its sides must have it. */
export function fits(figure: FigureDefinition, d: DimensionDefinition, asked: Asked): boolean {
  return [figure.numerator, ...(figure.denominator ? [figure.denominator] : [])].every(
    (counted) => splitBy(d, figure, counted, sourceOf(counted, asked, figure.scope), asked.scope.asOf) !== null,
  );
}

/** What the dimensions join beside what the source has joined. */
const joinsOf = (source: Source, splits: readonly Split[]): string =>
  joinSql(splits.flatMap((s) => s.joins).filter((join) => !source.joins.some((own) => own.alias === join.alias)));

/** What one side of a figure adds to a statement: how often the condition holds. */
function countSql(counted: Counted, source: Source, condition: Sql, several: boolean): Sql {
  const what =
    counted.once.length > 0
      ? `DISTINCT ${counted.once.map((f) => `coalesce(${source.alias}."${snake(f)}", '')`).join(` || '|' || `)}`
      : counted.through || several
        ? `DISTINCT ${idOf(counted, source)}`
        : '*';
  return condition.sql === '' ? raw(`count(${what})`) : q`count(${what}) FILTER (WHERE ${condition})`;
}

/** One side of a figure. */
interface Side {
  readonly figure: FigureDefinition;
  readonly side: 'n' | 'd';
  readonly counted: Counted;
}

/** Sides that are counted in one pass over the same rows have one key; months are told by days that differ from figure to figure. */
const passOf = ({ figure, counted }: Side, byDay: boolean): string =>
  counted.every
    ? figure.code
    : JSON.stringify([
        counted.cohort ?? [counted.of, counted.day],
        figure.scope,
        counted.cohort === null && counted.among !== null && !counted.among.not,
        byDay && monthOf(figure, counted),
      ]);

type Row = Record<string, SqlValue>;

async function pass(
  read: SqlReader,
  asked: Asked,
  sides: readonly Side[],
  dimensions: readonly DimensionDefinition[],
): Promise<Row[]> {
  const [first] = sides;
  if (!first) return [];
  const tables = new Tables();
  const source = sourceOf(first.counted, asked, first.figure.scope);
  tables.add(source);
  const splits = splitsOf(first.figure, first.counted, source, dimensions, asked);
  const keys = splits.map((s, at) => `${s.expression} AS k${at}`);
  const from = q`${source.from}${joinsOf(source, splits)} WHERE ${source.where}`;
  const groupBy = (columns: readonly string[]): string => (columns.length > 0 ? ` GROUP BY ${columns.join(', ')}` : '');
  if (first.counted.every) {
    const conditions = conditionsOf(first.counted, source, asked, first.figure, tables);
    const rows = q`SELECT ${[...keys, `${idOf(first.counted, source)} AS id`].join(', ')}, min(CASE WHEN ${whereOf(first.counted.every, first.counted, source, asked)} THEN 1 ELSE 0 END) AS ok
      FROM ${conditions.length > 0 ? q`${from} AND ${all(conditions)}` : from} GROUP BY ${[...splits.map((s) => s.expression), idOf(first.counted, source)].join(', ')}`;
    const { sql, parameters } =
      q`${tables.with()}SELECT ${[...keys.map((_, at) => `k${at}`), `count(*) FILTER (WHERE ok = 1) AS c0`].join(', ')} FROM (${rows})${groupBy(keys.map((_, at) => `k${at}`))}`;
    return await read.sql<Row>(sql, parameters);
  }
  const several = splits.some((s) => s.several);
  const counts = sides.map(({ counted, figure }, at) => {
    const conditions = conditionsOf(counted, source, asked, figure, tables);
    return q`${countSql(counted, source, conditions.length > 0 ? all(conditions) : raw(''), several)} AS c${at}`;
  });
  const { sql, parameters } =
    q`${tables.with()}SELECT ${joined([...keys.map(raw), ...counts], ', ')} FROM ${from}${groupBy(splits.map((s) => s.expression))}`;
  return await read.sql<Row>(sql, parameters);
}

const keyOf = (row: Row, dimensions: readonly DimensionDefinition[]): (string | null)[] =>
  dimensions.map((_, at) => (row[`k${at}`] === null || row[`k${at}`] === undefined ? null : String(row[`k${at}`])));

/**
 * Counts figures, group by group of the dimensions given; without dimensions there is one group. Groups without anything are left out.
 * @throws REFUSED where a figure's rows do not have a dimension
 */
export async function measure(
  read: SqlReader,
  asked: Asked,
  figures: readonly FigureDefinition[],
  dimensions: readonly DimensionDefinition[] = [],
): Promise<Cell[]> {
  const sides = figures.flatMap((figure): Side[] => [
    { figure, side: 'n', counted: figure.numerator },
    ...(figure.denominator ? [{ figure, side: 'd' as const, counted: figure.denominator }] : []),
  ]);
  const cells = new Map<string, { keys: (string | null)[]; counts: Map<string, { n: number; d: number }> }>();
  const byDay = dimensions.some((d) => 'day' in d.by);
  for (const group of Map.groupBy(sides, (side) => passOf(side, byDay)).values()) {
    for (const row of await pass(read, asked, group, dimensions)) {
      const keys = keyOf(row, dimensions);
      const cell = cells.get(JSON.stringify(keys)) ?? { keys, counts: new Map<string, { n: number; d: number }>() };
      cells.set(JSON.stringify(keys), cell);
      group.forEach(({ figure, side }, at) => {
        const counts = cell.counts.get(figure.code) ?? { n: 0, d: 0 };
        counts[side] = Number(row[`c${at}`] ?? 0);
        cell.counts.set(figure.code, counts);
      });
    }
  }
  return [...cells.values()].filter((cell) => [...cell.counts.values()].some(({ n, d }) => n > 0 || d > 0));
}

/** Ids of the rows that a figure's numerator counts, cut down to groups of dimensions. @throws REFUSED as `measure` does */
export function idsBehind(asked: Asked, figure: FigureDefinition, at: At): Sql {
  const counted = figure.numerator;
  const tables = new Tables();
  const source = sourceOf(counted, asked, figure.scope);
  tables.add(source);
  const names = Object.keys(at);
  const dimensions = names.map((name) => {
    const d = DIMENSIONS.get(name);
    if (!d) throw refused(`没有“${name}”这个维度`);
    return d;
  });
  const splits = splitsOf(figure, counted, source, dimensions, asked);
  const within = splits.map(({ expression }, n) => {
    const value = at[names[n] ?? ''] ?? null;
    return typeof value === 'object' && value !== null
      ? { sql: inList(expression), parameters: [listParameter(value)] }
      : value === null
        ? raw(`${expression} IS NULL`)
        : q`CAST(${expression} AS TEXT) = ${param(value)}`;
  });
  const id = idOf(counted, source);
  const where = all([
    source.where,
    ...conditionsOf(counted, source, asked, figure, tables),
    ...within,
    ...(counted.through ? [raw(`${id} IS NOT NULL`)] : []),
  ]);
  const from = q`${source.from}${joinsOf(source, splits)} WHERE ${where}`;
  if (counted.every) {
    const rectified = whereOf(counted.every, counted, source, asked);
    return q`${tables.with()}SELECT ${id} AS id FROM ${from} GROUP BY ${id} HAVING min(CASE WHEN ${rectified} THEN 1 ELSE 0 END) = 1`;
  }
  if (counted.once.length > 0) {
    const alike = counted.once.map((f) => `${source.alias}."${snake(f)}"`).join(', ');
    return q`${tables.with()}SELECT min(${id}) AS id FROM ${from} GROUP BY ${alike}`;
  }
  const distinct = counted.through !== null || splits.some((s) => s.several);
  return q`${tables.with()}SELECT ${distinct ? 'DISTINCT ' : ''}${id} AS id FROM ${from}`;
}
