// The dashboard: the figures of a scope, and the same figures by village, category, class, state and month.
import type { Overview, StatisticsScope, VillageLine } from '../../contract/statistics.ts';
import { figureNamed } from '../../domain/statistics/figures.ts';
import { DIMENSIONS } from '../../domain/statistics/figures.ts';
import { meetsTarget, missingToTarget } from '../../domain/statistics/percent.ts';
import { daysBetween } from '../../domain/values/day.ts';
import { leftWords } from '../../domain/rounds/vocabulary.ts';
import { leftRound } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { askedUnder, lastDay, type Asked } from './asked.ts';
import { checkAsOf, cohort, CONDITIONS } from './cohort.ts';
import { leftTargets, statusAsOf } from './cohorts.ts';
import { figureOf, figuresOf } from './figure.ts';
import { measure, type Cell } from './measure.ts';
import { q, raw } from './sql.ts';

const counted = (cell: Cell | undefined, code: string): number => cell?.counts.get(code)?.n ?? 0;

/** Counts of figures by one dimension. */
async function by(ctx: Context, asked: Asked, dimension: string, codes: readonly string[]): Promise<Cell[]> {
  const d = DIMENSIONS.get(dimension);
  return d ? await measure(ctx.store.slow, asked, codes.map(figureNamed), [d]) : [];
}

const OF_VILLAGE = [
  'inScopeEnterprises',
  'coverageRate',
  'visitedEnterprises',
  'foundCount',
  'rectificationRate',
  'rectifiedCount',
  'overdueCount',
] as const;

/** Name and officer of each village. */
async function villages(ctx: Context): Promise<Map<string, { name: string; officer: string | null }>> {
  const rows = await ctx.store.slow.sql<{ id: string; name: string; officer: string | null }>(
    `SELECT a.id, a.name, (SELECT s.name FROM staff s WHERE s.area_id = a.id AND s.role = 'village_officer' AND s.deleted_at IS NULL AND s.is_active = 1
       ORDER BY s.created_at LIMIT 1) AS officer FROM area a`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The figures of a village, or of all of them. */
function lineOf(cell: Cell | undefined, asked: Asked): Omit<VillageLine, 'villageId' | 'name' | 'officer'> {
  const figure = (code: string) => figureOf(figureNamed(code), cell, asked.settings);
  const [coverage, rate] = [figure('coverageRate'), figure('rectificationRate')];
  return {
    enterprises: coverage.denominator ?? 0,
    visited: coverage.numerator,
    coverage: coverage.printed,
    visitedEnterprises: counted(cell, 'visitedEnterprises'),
    found: rate.denominator ?? 0,
    closed: rate.numerator,
    open: (rate.denominator ?? 0) - rate.numerator,
    overdue: counted(cell, 'overdueCount'),
    rate: rate.printed,
  };
}

async function villageLines(ctx: Context, asked: Asked): Promise<VillageLine[]> {
  const known = await villages(ctx);
  return (await by(ctx, asked, 'village', OF_VILLAGE))
    .map((cell): VillageLine => {
      const [villageId = null] = cell.keys;
      const village = known.get(villageId ?? '');
      return {
        villageId,
        name: village?.name ?? DIMENSIONS.get('village')?.none ?? '',
        officer: village?.officer ?? null,
        ...lineOf(cell, asked),
      };
    })
    .sort((a, b) => b.found - a.found || b.enterprises - a.enterprises || a.name.localeCompare(b.name, 'zh'));
}

/** Months from the first to the last day, at most 36, newest kept. */
function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  for (
    let [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
    `${y}-${String(m).padStart(2, '0')}` <= to.slice(0, 7);
    m === 12 ? ((y += 1), (m = 1)) : (m += 1)
  )
    months.push(`${y}-${String(m).padStart(2, '0')}`);
  return months.slice(-36);
}

async function byMonth(ctx: Context, asked: Asked): Promise<Overview['byMonth']> {
  const { scope } = asked;
  const rows = (await by(ctx, asked, 'month', ['foundCount', 'closedCount'])).map((cell) => ({
    month: cell.keys[0] ?? '',
    found: counted(cell, 'foundCount'),
    closed: counted(cell, 'closedCount'),
  }));
  const byName = new Map(rows.map((r) => [r.month, r]));
  const end = lastDay(scope);
  const months = monthsOf(scope.from, end);
  let open = rows
    .filter((r) => months[0] !== undefined && r.month < months[0])
    .reduce((n, r) => n + r.found - r.closed, 0);
  return months.map((month) => {
    const r = byName.get(month) ?? { month, found: 0, closed: 0 };
    open += r.found - r.closed;
    return {
      ...r,
      openAtEnd: open,
      partial: month === end.slice(0, 7) && scope.asOf.slice(0, 7) === month,
    };
  });
}

async function byCategory(ctx: Context, asked: Asked): Promise<Overview['byCategory']> {
  const cells = await by(ctx, asked, 'category', ['foundCount', 'rectifiedCount', 'problemEnterprises']);
  return cells
    .map((cell) => ({
      category: cell.keys[0] ?? '',
      found: counted(cell, 'foundCount'),
      closed: counted(cell, 'rectifiedCount'),
      open: counted(cell, 'foundCount') - counted(cell, 'rectifiedCount'),
      enterprises: counted(cell, 'problemEnterprises'),
    }))
    .sort((a, b) => b.found - a.found || (a.category < b.category ? -1 : 1));
}

/** What is overdue, longest first, at most 200. */
async function overdueRows(ctx: Context, asked: Asked): Promise<Overview['overdue']> {
  const base = cohort(asked.scope, asked.today);
  const rows = await ctx.store.slow.sql<Omit<Overview['overdue'][number], 'days'>>(
    `${base.sql} SELECT c.id, f.no, c.enterprise_id AS "enterpriseId", e.name AS "enterpriseName", (SELECT a.name FROM area a WHERE a.id = c.place_id) AS "villageName", f.description, c.deadline, c.status
     FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${CONDITIONS.overdue(asked.scope.asOf)} ORDER BY c.deadline, f.no LIMIT 200`,
    base.parameters,
  );
  return rows.map((o) => ({ ...o, days: daysBetween(o.deadline, asked.scope.asOf) }));
}

/** How many need no visit any more, by reason, in words; the list is that of `leftEnterprises`. */
async function left(ctx: Context, asked: Asked): Promise<string> {
  const { scope, today } = asked;
  const { from, where } = leftTargets(asked);
  const reason = scope.roundId
    ? `coalesce(${leftRound('t', scope.asOf, today)}, t.skip_reason)`
    : statusAsOf(scope.asOf, today);
  const { sql, parameters } =
    q`SELECT ${raw(reason)} AS reason, count(*) AS count FROM ${from} WHERE ${where} GROUP BY ${raw(reason)} ORDER BY count(*) DESC`;
  return leftWords(await ctx.store.slow.sql<{ reason: string | null; count: number }>(sql, parameters));
}

/** Everything the dashboard shows. @throws REFUSED for an as-of day to come */
export async function overview(ctx: Context, scope: StatisticsScope): Promise<Overview> {
  checkAsOf(scope.asOf, ctx.today());
  const asked = await askedUnder(ctx, scope);
  const figures = await figuresOf(ctx, asked);
  const n = (code: string): number => figures.get(code)?.numerator ?? 0;
  const d = (code: string): number => figures.get(code)?.denominator ?? 0;
  const all: Cell = {
    keys: [],
    counts: new Map([...figures].map(([code, f]) => [code, { n: f.numerator, d: f.denominator ?? 0 }])),
  };
  const { target } = asked.settings;
  return {
    scope,
    figures: Object.fromEntries(figures),
    target,
    targetMet: meetsTarget(n('rectificationRate'), d('rectificationRate'), target),
    missingToTarget: missingToTarget(n('rectificationRate'), d('rectificationRate'), target),
    voided: n('voidedCount'),
    byStatus: (await by(ctx, asked, 'status', ['foundCount'])).map((cell) => ({
      status: cell.keys[0] ?? '',
      count: counted(cell, 'foundCount'),
    })),
    byCategory: await byCategory(ctx, asked),
    byClass: (await by(ctx, asked, 'handlingClass', ['foundCount', 'rectifiedCount'])).map((cell) => ({
      handlingClass: cell.keys[0] ?? '',
      found: counted(cell, 'foundCount'),
      closed: counted(cell, 'rectifiedCount'),
    })),
    byMonth: await byMonth(ctx, asked),
    byVillage: await villageLines(ctx, asked),
    total: { villageId: null, name: '合计', officer: null, ...lineOf(all, asked) },
    left: await left(ctx, asked),
    overdue: await overdueRows(ctx, asked),
  };
}
