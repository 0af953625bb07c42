// What a rule of Today says of its rows, in words.
import { daysOf, rowToken, RULE_DAY, type RowCases, type TodayRule } from '../../domain/dictionary/today.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { listedKind, shownColumn } from '../../domain/lists.ts';
import { daysBetween, formatDayShort } from '../../domain/values/day.ts';
import { inList, listParameter, tableOf } from '../../db/index.ts';
import type { ListRow } from '../../contract/lists.ts';
import type { Context } from '../context.ts';
import { askedNow, columnText, compilation, joinSql, rowsById, sql, within } from '../lists/index.ts';

/** Words by what they are for, each a list of cases. */
export type Pieces<K extends string> = Readonly<Record<K, RowCases>>;

/** A row in words: what is said of it, and the row itself. */
export interface Said<K extends string> {
  readonly row: ListRow;
  readonly day: string | null;
  readonly words: Readonly<Record<K, string>>;
}

/** How far a day is, in words. */
function distance(left: number): string {
  if (left === 0) return '今天';
  return left < 0 ? `已过 ${-left} 天` : `剩 ${left} 天`;
}

function dayWords(day: string | null, today: string, format: ReturnType<typeof rowToken>['format']): string {
  const left = daysBetween(today, day ?? today);
  if (format === 'left') return String(left);
  if (format === 'past') return String(-left);
  if (format === 'distance') return distance(left);
  return day && format === 'short' ? formatDayShort(day, today) : (day ?? '');
}

/** Which of the filters hold for each row. */
async function holding(
  ctx: Context,
  kind: string,
  ids: readonly string[],
  filters: readonly Filter[],
): Promise<(id: string, filter: Filter) => boolean> {
  if (filters.length === 0) return () => false;
  const [entity, make] = [listedKind(kind), compilation(await askedNow(ctx))];
  const columns = filters.map((filter, n) =>
    within('CASE WHEN ', make.filter(entity, 't', filter), ` THEN 1 ELSE 0 END AS c${n}`),
  );
  const select = joinSql([sql('t.id AS id'), ...columns], ', ');
  const rows = await ctx.store.read.sql<Record<string, string | number>>(
    `SELECT ${select.sql} FROM "${tableOf(entity)}" t WHERE ${inList('t.id')}`,
    [...select.parameters, listParameter(ids)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id, filter) => byId.get(id)?.[`c${filters.indexOf(filter)}`] === 1;
}

/** Rows of a rule in words, in the order of their ids; `more` paths are read beside. */
export async function said<K extends string>(
  ctx: Context,
  rule: TodayRule,
  ids: readonly string[],
  pieces: Pieces<K>,
  more: readonly string[] = [],
): Promise<Said<K>[]> {
  const all = Object.entries<RowCases>(pieces);
  const cases = all.flatMap(([, list]) => list);
  const tokens = cases.flatMap((one) => templatePaths(one.is)).map((token) => rowToken(token).path);
  const paths = [...new Set([...tokens.filter((path) => path !== RULE_DAY), ...daysOf(rule), ...more])];
  const rows = await rowsById(ctx, rule.of, ids, paths);
  const holds = await holding(ctx, rule.of, ids, [...new Set(cases.flatMap((one) => (one.when ? [one.when] : [])))]);
  const today = ctx.today();
  return rows.map((row) => {
    const day = daysOf(rule).flatMap((path) => (row.values[path] as string | null) ?? [])[0] ?? null;
    const value = (token: string): string => {
      const { path, format } = rowToken(token);
      if (path === RULE_DAY || format)
        return dayWords(path === RULE_DAY ? day : text(row, path) || null, today, format);
      return text(row, path);
    };
    const text = (of: ListRow, path: string): string => {
      const column = shownColumn(rule.of, path);
      return column ? columnText(column, of) : '';
    };
    const chosen = all.map(([name, list]) => {
      const one = list.find(({ when }) => !when || holds(row.id, when));
      return [name, fillTemplate(one?.is ?? '', value)];
    });
    return { row, day, words: Object.fromEntries(chosen) as Record<K, string> };
  });
}
