// The figures of a scope: counted in SQL, printed by the rules of domain reference 4.1.
import type { Figure, Overview, StatisticsScope, VillageLine } from '../../contract/statistics.ts';
import { FIGURES, type FigureId } from '../../domain/statistics/figures.ts';
import { meetsTarget, missingToTarget, percent, percentAgainstTarget } from '../../domain/statistics/percent.ts';
import { daysBetween } from '../../domain/values/day.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import type { Context } from '../context.ts';
import { checkAsOf, cohort, cohortOfClosing, CONDITIONS, type Sql } from './cohort.ts';
import { countedVisits, targets } from './visits-side.ts';

/** Settings of the project that figures depend on. */
export interface FigureSettings { countSourceRemoved: boolean; target: string | null }

/** Settings in force. */
export async function figureSettings(ctx: Context): Promise<FigureSettings> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return { countSourceRemoved: project?.countSourceRemoved ?? false, target: project?.rectificationTarget ?? null };
}

const count = (code: FigureId, n: number): Figure => ({ code, label: FIGURES[code].label, numerator: n, denominator: null, printed: String(n), unit: FIGURES[code].unit, definition: FIGURES[code].definition });
const rate = (code: FigureId, n: number, d: number, target: string | null = null): Figure => ({
  code, label: FIGURES[code].label, numerator: n, denominator: d, printed: target ? percentAgainstTarget(n, d, target) : percent(n, d), unit: FIGURES[code].unit, definition: FIGURES[code].definition,
});

/** One decimal, rounded half up from the integers. */
const average = (n: number, d: number): string => (d === 0 ? '－' : `${Math.floor(Math.floor((n * 20) / d + 1) / 2) / 10}`);

async function one<T>(ctx: Context, sql: Sql): Promise<T> {
  return (await ctx.store.slow.sqlOne<T>(sql.sql, sql.parameters)) as T;
}

interface Totals { found: number; rectified: number; closed: number; sourceRemoved: number; overdue: number; immediate: number; recurrent: number; due: number; onTime: number; enterprises: number; voided: number }

async function findingTotals(ctx: Context, scope: StatisticsScope, settings: FigureSettings): Promise<Totals> {
  const base = cohort(scope, ctx.today());
  return await one<Totals>(ctx, {
    sql: `${base.sql} SELECT count(*) AS found, count(*) FILTER (WHERE ${CONDITIONS.rectified(settings.countSourceRemoved)}) AS rectified, count(*) FILTER (WHERE ${CONDITIONS.closed}) AS closed,
      count(*) FILTER (WHERE ${CONDITIONS.sourceRemoved}) AS sourceRemoved, count(*) FILTER (WHERE ${CONDITIONS.overdue(scope.asOf)}) AS overdue,
      count(*) FILTER (WHERE c.handling_class = 'immediate') AS immediate, count(*) FILTER (WHERE c.recurrence_of_id IS NOT NULL) AS recurrent,
      count(*) FILTER (WHERE ${CONDITIONS.due(scope.asOf)}) AS due, count(*) FILTER (WHERE ${CONDITIONS.onTime(scope.asOf)}) AS onTime, count(DISTINCT c.enterprise_id) AS enterprises,
      (SELECT count(*) FROM every WHERE status = 'voided') AS voided FROM cohort c`,
    parameters: base.parameters,
  });
}

/** Numbers of the enterprises' side. */
interface Reach { inScope: number; visitedTargets: number; visitedEnterprises: number; visits: number; night: number; problemVisited: number; established: number }

async function reach(ctx: Context, scope: StatisticsScope): Promise<Reach> {
  const [t, v] = [targets(scope, ctx.today()), countedVisits(scope)];
  const base = cohort(scope, ctx.today());
  // `cohort` opens the WITH clause; the other two join it.
  return await one<Reach>(ctx, {
    sql: `${base.sql}, target AS (${t.sql}), done AS (${v.sql})
      SELECT (SELECT count(*) FROM target) AS inScope, (SELECT count(*) FROM target WHERE id IN (SELECT enterprise_id FROM done)) AS visitedTargets,
        (SELECT count(DISTINCT enterprise_id) FROM done) AS visitedEnterprises, (SELECT count(*) FROM done) AS visits, (SELECT count(*) FROM done WHERE is_night = 1) AS night,
        (SELECT count(DISTINCT enterprise_id) FROM done WHERE enterprise_id IN (SELECT enterprise_id FROM cohort)) AS problemVisited,
        (SELECT count(*) FROM target t JOIN enterprise e ON e.id = t.id WHERE e.file_established_date IS NOT NULL AND e.file_established_date <= ?) AS established`,
    parameters: [...base.parameters, ...t.parameters, ...v.parameters, scope.asOf],
  });
}

async function verificationReturns(ctx: Context, scope: StatisticsScope): Promise<{ fails: number; all: number }> {
  const base = cohort(scope, ctx.today());
  return await one(ctx, {
    sql: `${base.sql} SELECT count(*) FILTER (WHERE v.result <> 'pass') AS fails, count(*) AS "all" FROM verification v WHERE v.deleted_at IS NULL AND v.date <= ? AND v.finding_id IN (SELECT id FROM cohort)`,
    parameters: [...base.parameters, scope.asOf],
  });
}

/** Findings struck off in the period, whenever they were found; `since` counts only those found from that day on. */
export async function struckOff(ctx: Context, scope: StatisticsScope, since = '0001-01-01'): Promise<number> {
  const base = cohortOfClosing(scope, ctx.today());
  return (await one<{ n: number }>(ctx, { sql: `${base.sql} SELECT count(*) AS n FROM cohort c WHERE ${CONDITIONS.closedIn(scope)} AND c.found_date >= ?`, parameters: [...base.parameters, since] })).n;
}

async function enterprisesAllRectified(ctx: Context, scope: StatisticsScope, settings: FigureSettings): Promise<number> {
  const base = cohort(scope, ctx.today());
  return (await one<{ n: number }>(ctx, {
    sql: `${base.sql} SELECT count(*) AS n FROM (SELECT c.enterprise_id FROM cohort c GROUP BY 1 HAVING count(*) FILTER (WHERE ${CONDITIONS.unrectified(settings.countSourceRemoved)}) = 0)`, parameters: base.parameters,
  })).n;
}

/** The named figures of a scope. Every number that is printed anywhere comes from here. */
export async function figuresOf(ctx: Context, scope: StatisticsScope, settings: FigureSettings): Promise<{ figures: Record<FigureId, Figure>; voided: number }> {
  const t = await findingTotals(ctx, scope, settings);
  const r = await reach(ctx, scope);
  const back = await verificationReturns(ctx, scope);
  const clean = await enterprisesAllRectified(ctx, scope, settings);
  return {
    voided: t.voided,
    figures: {
      foundCount: count('foundCount', t.found), rectifiedCount: count('rectifiedCount', t.rectified), closedCount: count('closedCount', t.closed), closedInPeriod: count('closedInPeriod', await struckOff(ctx, scope)), unrectified: count('unrectified', t.found - t.rectified),
      sourceRemovedCount: count('sourceRemovedCount', t.sourceRemoved), rectificationRate: rate('rectificationRate', t.rectified, t.found, settings.target),
      overdueCount: count('overdueCount', t.overdue), overdueRate: rate('overdueRate', t.overdue, t.found - t.rectified), onTimeRate: rate('onTimeRate', t.onTime, t.due),
      immediateShare: rate('immediateShare', t.immediate, t.found), recurrenceRate: rate('recurrenceRate', t.recurrent, t.found), returnRate: rate('returnRate', back.fails, back.all),
      problemEnterprises: count('problemEnterprises', t.enterprises), enterpriseRectificationRate: rate('enterpriseRectificationRate', clean, t.enterprises),
      inScopeEnterprises: count('inScopeEnterprises', r.inScope), visitedEnterprises: count('visitedEnterprises', r.visitedEnterprises), unvisitedEnterprises: count('unvisitedEnterprises', r.inScope - r.visitedTargets),
      coverageRate: rate('coverageRate', r.visitedTargets, r.inScope), visitCount: count('visitCount', r.visits), nightVisitCount: count('nightVisitCount', r.night),
      problemEnterpriseRate: rate('problemEnterpriseRate', r.problemVisited, r.visitedEnterprises),
      findingsPerEnterprise: { ...count('findingsPerEnterprise', t.found), denominator: r.visitedEnterprises, printed: average(t.found, r.visitedEnterprises) },
      fileRate: rate('fileRate', r.established, r.inScope),
    },
  };
}

async function villageLines(ctx: Context, scope: StatisticsScope, settings: FigureSettings): Promise<VillageLine[]> {
  const [t, v, base] = [targets(scope, ctx.today()), countedVisits(scope), cohort(scope, ctx.today())];
  const rows = await ctx.store.slow.sql<{ id: string | null; name: string | null; officer: string | null; enterprises: number; visited: number; reached: number; found: number; closed: number; overdue: number }>(
    `${base.sql}, target AS (${t.sql}), done AS (${v.sql}),
     lines AS (
       SELECT village_id, 1 AS enterprises, id IN (SELECT enterprise_id FROM done) AS visited, 0 AS reached, 0 AS found, 0 AS closed, 0 AS overdue FROM target
       UNION ALL SELECT DISTINCT village_id, 0, 0, enterprise_id, 0, 0, 0 FROM done
       UNION ALL SELECT c.village_id, 0, 0, 0, 1, ${CONDITIONS.rectified(settings.countSourceRemoved)}, coalesce(${CONDITIONS.overdue(scope.asOf)}, 0) FROM cohort c),
     here AS (SELECT village_id, sum(enterprises) AS enterprises, sum(visited) AS visited, count(DISTINCT nullif(reached, 0)) AS reached, sum(found) AS found, sum(closed) AS closed, sum(overdue) AS overdue FROM lines GROUP BY 1)
     SELECT h.village_id AS id, (SELECT a.name FROM area a WHERE a.id = h.village_id) AS name,
       (SELECT s.name FROM staff s WHERE s.area_id = h.village_id AND s.role = 'village_officer' AND s.deleted_at IS NULL AND s.is_active = 1 ORDER BY s.created_at LIMIT 1) AS officer,
       h.enterprises, h.visited, h.reached, h.found, h.closed, h.overdue
     FROM here h ORDER BY found DESC, enterprises DESC`, [...base.parameters, ...t.parameters, ...v.parameters]);
  return rows.map((r) => ({
    villageId: r.id, name: r.name ?? '未划分', officer: r.officer, enterprises: r.enterprises, visited: r.visited, coverage: percent(r.visited, r.enterprises), visitedEnterprises: r.reached,
    found: r.found, closed: r.closed, open: r.found - r.closed, overdue: r.overdue, rate: percentAgainstTarget(r.closed, r.found, settings.target),
  }));
}

/** Months from the first to the last day, at most 36, newest kept. */
function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  for (let [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]; `${y}-${String(m).padStart(2, '0')}` <= to.slice(0, 7); m === 12 ? (y += 1, m = 1) : (m += 1)) months.push(`${y}-${String(m).padStart(2, '0')}`);
  return months.slice(-36);
}

async function byMonth(ctx: Context, scope: StatisticsScope): Promise<Overview['byMonth']> {
  const base = cohort(scope, ctx.today());
  const rows = await ctx.store.slow.sql<{ month: string; found: number; closed: number }>(
    `${base.sql} SELECT month, sum(found) AS found, sum(closed) AS closed FROM (
       SELECT substr(c.found_date, 1, 7) AS month, 1 AS found, 0 AS closed FROM cohort c UNION ALL SELECT substr(c.closed_date, 1, 7), 0, 1 FROM cohort c WHERE ${CONDITIONS.closed})
     GROUP BY month ORDER BY month`, base.parameters);
  const byName = new Map(rows.map((r) => [r.month, r]));
  const end = scope.to < scope.asOf ? scope.to : scope.asOf;
  const months = monthsOf(scope.from, end);
  let open = rows.filter((r) => months[0] !== undefined && r.month < months[0]).reduce((n, r) => n + r.found - r.closed, 0);
  return months.map((month) => {
    const r = byName.get(month) ?? { found: 0, closed: 0 };
    open += r.found - r.closed;
    return { month, found: r.found, closed: r.closed, openAtEnd: open, partial: month === end.slice(0, 7) && scope.asOf.slice(0, 7) === month };
  });
}

/** Everything the dashboard shows. @throws REFUSED for an as-of day to come */
export async function overview(ctx: Context, scope: StatisticsScope): Promise<Overview> {
  checkAsOf(scope.asOf, ctx.today());
  const settings = await figureSettings(ctx);
  const base = cohort(scope, ctx.today());
  const read = ctx.store.slow;
  const { figures, voided } = await figuresOf(ctx, scope, settings);
  const rectified = CONDITIONS.rectified(settings.countSourceRemoved);
  const byVillage = await villageLines(ctx, scope, settings);
  const { rectificationRate: r, coverageRate: k } = figures;
  const overdueRows = await read.sql<Omit<Overview['overdue'][number], 'days'>>(
    `${base.sql} SELECT c.id, f.no, c.enterprise_id AS enterpriseId, e.name AS enterpriseName, (SELECT a.name FROM area a WHERE a.id = c.village_id) AS villageName, f.description, c.deadline, c.status
     FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${CONDITIONS.overdue(scope.asOf)} ORDER BY c.deadline, f.no LIMIT 200`, base.parameters);
  return {
    scope, figures, target: settings.target, targetMet: meetsTarget(r.numerator, r.denominator ?? 0, settings.target), missingToTarget: missingToTarget(r.numerator, r.denominator ?? 0, settings.target), voided,
    byStatus: await read.sql(`${base.sql} SELECT c.status, count(*) AS count FROM cohort c GROUP BY 1`, base.parameters),
    byCategory: await read.sql(`${base.sql} SELECT c.category, count(*) AS found, count(*) FILTER (WHERE ${rectified}) AS closed, count(*) - count(*) FILTER (WHERE ${rectified}) AS open, count(DISTINCT c.enterprise_id) AS enterprises
      FROM cohort c GROUP BY 1 ORDER BY found DESC, c.category`, base.parameters),
    byClass: await read.sql(`${base.sql} SELECT c.handling_class AS handlingClass, count(*) AS found, count(*) FILTER (WHERE ${rectified}) AS closed FROM cohort c GROUP BY 1`, base.parameters),
    byMonth: await byMonth(ctx, scope), byVillage,
    total: {
      villageId: null, name: '合计', officer: null, enterprises: k.denominator ?? 0, visited: k.numerator, coverage: k.printed, visitedEnterprises: figures.visitedEnterprises.numerator, found: r.denominator ?? 0, closed: r.numerator,
      open: (r.denominator ?? 0) - r.numerator, overdue: figures.overdueCount.numerator, rate: r.printed,
    },
    overdue: overdueRows.map((o) => ({ ...o, days: daysBetween(o.deadline, scope.asOf) })),
  };
}
