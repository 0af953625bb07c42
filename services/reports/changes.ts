// What changed with the enterprises of a report: operating states and labels, each with the state before it.
import type { StatisticsScope } from '../../contract/statistics.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import {
  FORMER_STATUS,
  LABEL_MEDIA,
  LABEL_SYSTEMS,
  LABEL_VALUES,
  OPERATING_STATUSES,
} from '../../domain/enterprises/vocabulary.ts';
import type { ChangeCount, ChangeRow, ReportFigures } from '../../domain/reports/index.ts';
import { placeNameOn } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { FIGURES } from '../../domain/statistics/figures.ts';
import { askedUnder, enterpriseScope, idsBehind, lastDay } from '../statistics/index.ts';

type Changed = { enterprise: string; village: string | null; date: string; from: string | null; to: string };

const NAMED = `e.name AS enterprise, ${placeNameOn('t.date')} AS village`;

/** Changes of operating state from the first to the last day; the first entry of a history has 状态不详 before it. */
async function statusChanges(ctx: Context, scope: StatisticsScope): Promise<ChangeRow[]> {
  const owner = enterpriseScope(scope, 'e', 't.date');
  const rows = await ctx.store.slow.sql<Changed>(
    `WITH told AS (SELECT h.enterprise_id, h.date, h.id, h.note, h.status AS "to",
         lag(h.status) OVER (PARTITION BY h.enterprise_id ORDER BY h.date, h.id) AS "from"
       FROM status_history h WHERE h.deleted_at IS NULL)
     SELECT ${NAMED}, t.date, t."from", t."to" FROM told t JOIN enterprise e ON e.id = t.enterprise_id
     WHERE ${owner.sql} AND t.date BETWEEN ? AND ? AND coalesce(t.note, '') <> ? AND coalesce(t."from", 'unknown') <> t."to"
     ORDER BY t.date, e.pinyin, t.id`,
    [...owner.parameters, scope.from, lastDay(scope), FORMER_STATUS],
  );
  return rows.map((row) => ({
    ...row,
    what: '经营状态',
    from: labelOf(OPERATING_STATUSES, row.from ?? 'unknown'),
    to: labelOf(OPERATING_STATUSES, row.to),
  }));
}

/** Labels that were assessed anew with another value; the first assessment of an enterprise is no change. */
async function labelChanges(ctx: Context, scope: StatisticsScope): Promise<ChangeRow[]> {
  const owner = enterpriseScope(scope, 'e', 't.date');
  const rows = await ctx.store.slow.sql<Changed & { system: string; medium: string | null }>(
    `WITH told AS (SELECT l.enterprise_id, l.assessed_date AS date, l.id, l.system, l.medium, l.value AS "to",
         lag(l.value) OVER (PARTITION BY l.enterprise_id, l.system, coalesce(l.medium, '') ORDER BY l.assessed_date, l.id) AS "from"
       FROM label l WHERE l.deleted_at IS NULL)
     SELECT ${NAMED}, t.date, t."from", t."to", t.system, t.medium FROM told t JOIN enterprise e ON e.id = t.enterprise_id
     WHERE ${owner.sql} AND t.date BETWEEN ? AND ? AND t."from" <> t."to" ORDER BY t.date, e.pinyin, t.id`,
    [...owner.parameters, scope.from, lastDay(scope)],
  );
  return rows.map(({ system, medium, ...row }) => ({
    ...row,
    what: `${labelOf(LABEL_SYSTEMS, system)}${medium ? `（${labelOf(LABEL_MEDIA, medium)}）` : ''}`,
    from: labelOf(LABEL_VALUES, row.from ?? ''),
    to: labelOf(LABEL_VALUES, row.to),
  }));
}

/** How often what became what, most frequent first. */
function counted(of: ChangeCount['of'], rows: readonly ChangeRow[], period: StatisticsScope): ChangeCount[] {
  const alike = Map.groupBy(rows, ({ what, from, to }) => JSON.stringify([what, from, to]));
  return [...alike.values()]
    .flatMap(([first, ...rest]): ChangeCount[] => {
      if (!first) return [];
      const { what, from, to } = first;
      const all = [first, ...rest];
      return [{ of, what, from, to, period: within(all, period).length, year: all.length }];
    })
    .toSorted((a, b) => b.year - a.year || b.period - a.period);
}

const within = (rows: readonly ChangeRow[], { from, to }: StatisticsScope): ChangeRow[] =>
  rows.filter(({ date }) => date !== null && date >= from && date <= to);

/** Changes of the period one by one, and how many there were of each kind in it and in the year. */
export async function changesOf(
  ctx: Context,
  year: StatisticsScope,
  period: StatisticsScope,
): Promise<Required<Pick<ReportFigures, 'statusChanges' | 'changeCounts'>> & Pick<ReportFigures, 'labelChanges'>> {
  const [status, labels] = [await statusChanges(ctx, year), await labelChanges(ctx, year)];
  return {
    statusChanges: within(status, period),
    ...(labels.length > 0 && { labelChanges: within(labels, period) }),
    changeCounts: [...counted('status', status, period), ...counted('label', labels, period)],
  };
}

/** Enterprises in scope that have not filled in their sheet in a span; absent where the figure is not told. */
export async function withoutSheet(
  ctx: Context,
  scope: StatisticsScope,
  told: boolean,
): Promise<Pick<ReportFigures, 'withoutSheet'>> {
  const figure = FIGURES.get('sheetMissing');
  if (!told || !figure) return {};
  const ids = idsBehind(await askedUnder(ctx, scope), figure, {});
  const rows = await ctx.store.slow.sql<{ enterprise: string; village: string | null }>(
    `SELECT e.name AS enterprise, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS village
     FROM enterprise e WHERE e.id IN (${ids.sql}) ORDER BY e.pinyin, e.id`,
    ids.parameters,
  );
  return { withoutSheet: rows };
}
