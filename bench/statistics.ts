// The dashboard, lists behind numbers and a report's figures at 100,000 enterprises with 300,000 findings: each against the
// hand-written statements of bench/baseline, which count the same; and how long they hold the window.
import type { StatisticsScope } from '../contract/statistics.ts';
import { DIMENSIONS, figureNamed } from '../domain/statistics/figures.ts';
import type { Context } from '../services/context.ts';
import { reportFigures } from '../services/reports/figures.ts';
import {
  askedUnder,
  behind,
  figuresOf,
  measure,
  overview,
  type Cell,
  type Drill,
} from '../services/statistics/index.ts';
import * as oldBehind from './baseline/behind.ts';
import type { Days, Statement } from './baseline/cohort.ts';
import * as oldDashboard from './baseline/dashboard.ts';
import * as oldReport from './baseline/report.ts';
import { fillStore } from './lib/filled.ts';
import { alternated, measurement, median, percentile, type Measurement, type Runs } from './lib/measure.ts';
import { openBenchDesk, TODAY } from './lib/workspace.ts';

const RUNS = 10;
/** All years are dear: fewer runs. */
const DEAR_RUNS = 4;
const HELD_RUNS = 3;
const TICK_MS = 5;
const TARGET = 1.3;
const YEAR: Days = { from: '2026-01-01', to: TODAY, asOf: TODAY };
const ALL_YEARS: Days = { ...YEAR, from: '2023-01-01' };
const MONTH: Days = { from: '2026-02-01', to: '2026-02-28', asOf: TODAY };
/** The month before, looked at equally long after its end. */
const MONTH_BEFORE: Days = { from: '2026-01-01', to: '2026-01-31', asOf: '2026-02-02' };
const REPORT = { ...MONTH, kind: 'monthly_report', objectKinds: [], plan: ['继续检查'] } as const;
const PAGE = { offset: 0, limit: 50 };

/** Figures that the hand-written statements counted. */
const COUNTED = [
  ...['foundCount', 'rectifiedCount', 'closedCount', 'closedInPeriod', 'unrectified', 'sourceRemovedCount'],
  ...['rectificationRate', 'overdueCount', 'overdueRate', 'onTimeRate', 'immediateShare', 'recurrenceRate'],
  ...['returnRate', 'problemEnterprises', 'enterpriseRectificationRate', 'inScopeEnterprises', 'visitedEnterprises'],
  ...['unvisitedEnterprises', 'coverageRate', 'visitCount', 'nightVisitCount', 'problemEnterpriseRate'],
  ...['findingsPerEnterprise', 'fileRate', 'voidedCount'],
];
const OF_VILLAGE = [
  ...['inScopeEnterprises', 'coverageRate', 'visitedEnterprises', 'foundCount', 'rectificationRate', 'rectifiedCount'],
  'overdueCount',
];

type Rows = Record<string, string | number | null>[];
/** Two ways to the same numbers. */
interface Pair {
  readonly name: string;
  readonly ours: () => Promise<unknown>;
  readonly bare: () => Promise<unknown>;
}

const scopeOf = (days: Days): StatisticsScope => ({ ...days, objectKinds: [], villageIds: [], roundId: null });

/** Statements one after another, on the connection that ours run on. */
async function run(ctx: Context, statements: readonly Statement[]): Promise<Rows[]> {
  const rows: Rows[] = [];
  for (const { sql, parameters } of statements) rows.push(await ctx.store.slow.sql(sql, parameters));
  return rows;
}

const n = (cell: Cell, code: string): number => cell.counts.get(code)?.n ?? 0;
const sorted = (lines: readonly unknown[][]): string[] => lines.map((line) => line.join(' ')).sort();

/** A table of the dashboard: figures by a dimension against one statement; both tell the key and the columns named. */
function table(
  ctx: Context,
  days: Days,
  [dimension, key]: readonly [string, string],
  codes: readonly string[],
  columns: Readonly<Record<string, string>>,
  statement: (days: Days, today: string) => Statement,
): Pair {
  const d = DIMENSIONS.get(dimension);
  if (!d) throw new Error(`no dimension named ${dimension}`);
  return {
    name: `by ${dimension}`,
    ours: async () => {
      const asked = await askedUnder(ctx, scopeOf(days));
      const cells = await measure(ctx.store.slow, asked, codes.map(figureNamed), [d]);
      return sorted(cells.map((cell) => [cell.keys[0], ...Object.values(columns).map((code) => n(cell, code))]));
    },
    bare: async () => {
      const [rows = []] = await run(ctx, [statement(days, TODAY)]);
      return sorted(rows.map((row) => [row[key], ...Object.keys(columns).map((column) => row[column])]));
    },
  };
}

/** What the dashboard asks, piece by piece and as a whole. */
function dashboardPairs(ctx: Context, days: Days): Pair[] {
  return [
    {
      name: 'figures of the scope',
      ours: async () => {
        const figures = await figuresOf(ctx, await askedUnder(ctx, scopeOf(days)), COUNTED);
        const told = ['foundCount', 'rectifiedCount', 'overdueCount', 'coverageRate', 'visitCount', 'closedInPeriod'];
        return told.map((code) => figures.get(code)?.numerator);
      },
      bare: async () => {
        const [[t], [r], , , [c]] = (await run(ctx, oldDashboard.figures(days, TODAY))) as [
          Rows,
          Rows,
          Rows,
          Rows,
          Rows,
        ];
        return [t?.found, t?.rectified, t?.overdue, r?.visitedTargets, r?.visits, c?.n];
      },
    },
    table(
      ctx,
      days,
      ['village', 'id'],
      OF_VILLAGE,
      { found: 'foundCount', closed: 'rectifiedCount', overdue: 'overdueCount', enterprises: 'inScopeEnterprises' },
      oldDashboard.byVillage,
    ),
    table(
      ctx,
      days,
      ['category', 'category'],
      ['foundCount', 'rectifiedCount', 'problemEnterprises'],
      { found: 'foundCount', closed: 'rectifiedCount', enterprises: 'problemEnterprises' },
      oldDashboard.byCategory,
    ),
    table(
      ctx,
      days,
      ['handlingClass', 'handlingClass'],
      ['foundCount', 'rectifiedCount'],
      { found: 'foundCount', closed: 'rectifiedCount' },
      oldDashboard.byClass,
    ),
    table(ctx, days, ['status', 'status'], ['foundCount'], { count: 'foundCount' }, oldDashboard.byStatus),
    table(
      ctx,
      days,
      ['month', 'month'],
      ['foundCount', 'closedCount'],
      { found: 'foundCount', closed: 'closedCount' },
      oldDashboard.byMonth,
    ),
    {
      name: 'all of it, with the figures that came since',
      ours: async () => (await overview(ctx, scopeOf(days))).overdue.map(({ id }) => id),
      bare: async () => {
        const rows = await run(ctx, oldDashboard.dashboard(days, TODAY));
        return rows[6]?.map(({ id }) => id);
      },
    },
  ];
}

/** Lists behind numbers of each kind of row: findings, enterprises, visits. */
function behindPairs(ctx: Context, days: Days): Pair[] {
  const at = { villageId: null, category: null, handlingClass: null, status: null, month: null };
  const statements = {
    unrectified: oldBehind.unrectified,
    unvisitedEnterprises: oldBehind.unvisitedEnterprises,
    enterpriseRectificationRate: oldBehind.enterpriseRectificationRate,
    visitCount: oldBehind.visitCount,
  };
  return Object.entries(statements).map(([figure, statement]) => ({
    name: figure,
    ours: async () => {
      const page = await behind(ctx, { figure, scope: scopeOf(days), ...at } as unknown as Drill, PAGE);
      return [page.total, page.groups.length, page.rows.map(({ id }) => id)];
    },
    bare: async () => {
      const [count, groups, rows] = await run(ctx, statement(days, TODAY));
      return [count?.[0]?.n, groups?.length, rows?.map(({ id }) => id)];
    },
  }));
}

const reportPair = (ctx: Context): Pair => ({
  name: 'figures of a monthly report, with those that came since',
  ours: async () => (await reportFigures(ctx, structuredClone(REPORT) as never)).findings.map(({ id }) => id),
  bare: async () => {
    const rows = await run(ctx, oldReport.report(YEAR, MONTH, MONTH_BEFORE, TODAY));
    return rows.at(-1)?.map(({ id }) => id);
  },
});

/** Median, p95 and processor time of a pair; both ways must tell the same. */
async function* measurePair(what: string, { name, ours, bare }: Pair, runs = RUNS): AsyncGenerator<Measurement> {
  const [a, b] = [JSON.stringify(await ours()), JSON.stringify(await bare())];
  if (a !== b) throw new Error(`${what}, ${name}: ours ${a.slice(0, 200)}, by hand ${b.slice(0, 200)}`);
  const took = await alternated(runs, ours, bare);
  const line = (how: string, by: (runs: Runs) => number): Measurement =>
    measurement(`${what}: ${name}${how}`, by(took.ours), 'ms', by(took.bare), TARGET);
  yield line('', ({ clock }) => median(clock));
  yield line(', p95', ({ clock }) => percentile(clock, 0.95));
  yield line(', processor time', ({ processor }) => median(processor));
}

/** The longest time for which the event loop did not turn while `work` ran. */
async function heldBy(work: () => Promise<unknown>): Promise<number> {
  let [due, longest] = [performance.now() + TICK_MS, 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - due);
    due = now + TICK_MS;
  }, TICK_MS);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  } finally {
    clearInterval(timer);
  }
  return longest;
}

async function* measureHeld(ctx: Context): AsyncGenerator<Measurement> {
  const [dashboard, list] = [dashboardPairs(ctx, YEAR).at(-1), behindPairs(ctx, YEAR)[0]];
  const works: [string, Pair | undefined][] = [
    ['dashboard', dashboard],
    ['list behind a number', list],
    ['monthly report', reportPair(ctx)],
  ];
  for (const [name, pair] of works) {
    const held: number[] = [];
    for (let turn = 0; turn < HELD_RUNS; turn += 1) held.push(await heldBy(async () => await pair?.ours()));
    yield measurement(`statistics: ${name}, window held for`, median(held), 'ms', null, 50);
  }
}

export async function* measureStatistics(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  const { ctx } = bench;
  try {
    await fillStore(ctx);
    for (const pair of dashboardPairs(ctx, YEAR)) yield* measurePair('dashboard of the year', pair);
    for (const pair of dashboardPairs(ctx, ALL_YEARS)) yield* measurePair('dashboard of all years', pair, DEAR_RUNS);
    for (const pair of behindPairs(ctx, YEAR)) yield* measurePair('list behind a number of the year', pair);
    for (const pair of behindPairs(ctx, ALL_YEARS))
      yield* measurePair('list behind a number of all years', pair, DEAR_RUNS);
    yield* measurePair('report', reportPair(ctx));
    yield* measureHeld(ctx);
  } finally {
    await bench.close();
  }
}
