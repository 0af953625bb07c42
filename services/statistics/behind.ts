// The list behind a number: the same cohort, the same conditions, so that its length is the number.
import type { z } from 'zod';
import type { FindingListRow } from '../../contract/findings.ts';
import type { BehindGroup, drill } from '../../contract/statistics.ts';
import { FIGURES, type FigureId } from '../../domain/statistics/figures.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { listRows } from '../enterprises/index.ts';
import { refused } from '../errors.ts';
import { findingRows, timing } from '../findings/index.ts';
import { visitRows } from '../visits/index.ts';
import { checkAsOf, cohort, cohortOfClosing, CONDITIONS, type Sql } from './cohort.ts';
import { figureSettings, type FigureSettings } from './overview.ts';
import { countedVisits, statusAsOf, targets } from './visits-side.ts';

export type Drill = z.output<typeof drill>;

/** Which findings of the cohort a figure counts (for a rate: its numerator's complement is asked for by its own figure). */
function findingCondition(figure: FigureId, scope: Drill['scope'], s: FigureSettings): string {
  switch (figure) {
    case 'rectifiedCount': case 'rectificationRate': return CONDITIONS.rectified(s.countSourceRemoved);
    case 'closedCount': return CONDITIONS.closed;
    case 'closedInPeriod': return CONDITIONS.closedIn(scope);
    case 'unrectified': return CONDITIONS.unrectified(s.countSourceRemoved);
    case 'sourceRemovedCount': return CONDITIONS.sourceRemoved;
    case 'overdueCount': case 'overdueRate': return CONDITIONS.overdue(scope.asOf);
    case 'onTimeRate': return CONDITIONS.onTime(scope.asOf);
    case 'immediateShare': return "c.handling_class = 'immediate'";
    case 'recurrenceRate': return 'c.recurrence_of_id IS NOT NULL';
    case 'returnRate': return `c.id IN (SELECT v.finding_id FROM verification v WHERE v.deleted_at IS NULL AND v.result <> 'pass' AND v.date <= '${scope.asOf}')`;
    default: return '1';
  }
}

function findingIds(d: Drill, today: string, s: FigureSettings): Sql {
  const base = (d.figure === 'closedInPeriod' ? cohortOfClosing : cohort)(d.scope, today);
  const parts = [findingCondition(d.figure as FigureId, d.scope, s)];
  const parameters: SqlValue[] = [...base.parameters];
  const add = (sql: string, value: SqlValue): void => { parts.push(sql); parameters.push(value); };
  if (d.villageId === 'none') parts.push('c.village_id IS NULL');
  else if (d.villageId) add('c.village_id = ?', d.villageId);
  if (d.category) add('c.category = ?', d.category);
  if (d.handlingClass) add('c.handling_class = ?', d.handlingClass);
  if (d.status) add('c.status = ?', d.status);
  if (d.month) add(d.figure === 'closedCount' || d.figure === 'rectifiedCount' || d.figure === 'closedInPeriod' ? 'substr(c.closed_date, 1, 7) = ?' : 'substr(c.found_date, 1, 7) = ?', d.month);
  return { sql: `${base.sql} SELECT c.id FROM cohort c WHERE ${parts.join(' AND ')}`, parameters };
}

function enterpriseIds(d: Drill, today: string, s: FigureSettings): Sql {
  const [t, v, base] = [targets(d.scope, today), countedVisits(d.scope), cohort(d.scope, today)];
  const village = d.villageId === 'none' ? ' AND x.village_id IS NULL' : d.villageId ? ' AND x.village_id = ?' : '';
  const more: SqlValue[] = d.villageId && d.villageId !== 'none' ? [d.villageId] : [];
  const target = (condition: string): Sql => ({
    sql: `WITH target AS (${t.sql}), done AS (${v.sql}) SELECT x.id FROM target x WHERE ${condition}${village}`, parameters: [...t.parameters, ...v.parameters, ...more],
  });
  const category = d.category ? ' AND c.category = ?' : '';
  const found = (having: string): Sql => ({
    sql: `${base.sql} SELECT x.enterprise_id AS id FROM (SELECT c.enterprise_id, c.village_id, count(*) FILTER (WHERE ${CONDITIONS.unrectified(s.countSourceRemoved)}) AS open FROM cohort c WHERE 1${category} GROUP BY 1) x WHERE ${having}${village}`,
    parameters: [...base.parameters, ...(d.category ? [d.category] : []), ...more],
  });
  switch (d.figure as FigureId) {
    case 'inScopeEnterprises': return target('1');
    case 'unvisitedEnterprises': return target('x.id NOT IN (SELECT enterprise_id FROM done)');
    case 'coverageRate': return target('x.id IN (SELECT enterprise_id FROM done)');
    case 'fileRate': return target(`x.id IN (SELECT e.id FROM enterprise e WHERE e.file_established_date <= '${d.scope.asOf}')`);
    case 'visitedEnterprises': return { sql: `SELECT DISTINCT x.enterprise_id AS id FROM (${v.sql}) x WHERE 1${village}`, parameters: [...v.parameters, ...more] };
    case 'problemEnterpriseRate': return { sql: `${base.sql}, done AS (${v.sql}) SELECT DISTINCT enterprise_id AS id FROM done WHERE enterprise_id IN (SELECT enterprise_id FROM cohort)`, parameters: [...base.parameters, ...v.parameters] };
    case 'enterpriseRectificationRate': return found('x.open = 0');
    default: return found('1');
  }
}

/** Where an enterprise `e` belongs: its village, else its park. */
const PLACE = 'coalesce(e.village_id, e.park_id)';

/** Order of the lists: villages by their number of rows, the largest first. */
const byVillage = (rest: string): string => `ORDER BY count(*) OVER (PARTITION BY ${PLACE}) DESC, ${PLACE}, ${rest}`;

/** How many rows each village has, in the order of the list. `from`: rows with their enterprise as `e`. */
async function groupsOf(ctx: Context, from: string, parameters: readonly SqlValue[]): Promise<BehindGroup[]> {
  return await ctx.store.slow.sql<BehindGroup>(`SELECT (SELECT a.name FROM area a WHERE a.id = ${PLACE}) AS village, count(*) AS rows FROM ${from} GROUP BY ${PLACE} ORDER BY count(*) DESC, ${PLACE}`, parameters);
}

type PastFinding = Pick<FindingListRow, 'id' | 'status' | 'deadline' | 'closedDate' | 'closeReason'> & { reportDate: string | null };

/** Rows as they stood on the as-of day, where that is past: what was done later is not told. */
async function asOfThen(ctx: Context, d: Drill, rows: FindingListRow[]): Promise<FindingListRow[]> {
  if (d.scope.asOf >= ctx.today() || rows.length === 0) return rows;
  const base = cohort({ ...d.scope, from: '0001-01-01' }, ctx.today(), { sql: 'f.id IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(rows.map((row) => row.id))] });
  const then = await ctx.store.slow.sql<PastFinding>(
    `${base.sql} SELECT id, status, deadline, report_date AS reportDate, CASE status WHEN 'closed' THEN closed_date END AS closedDate, CASE status WHEN 'closed' THEN close_reason END AS closeReason FROM cohort`, base.parameters);
  const byId = new Map(then.map(({ reportDate, ...f }) => [f.id, { ...f, ...timing({ ...f, reportDate }, d.scope.asOf) }]));
  return rows.map((row) => ({ ...row, ...byId.get(row.id) }));
}

/** Operating status of listed enterprises on the as-of day. */
async function statusThen<Row extends { id: string; operatingStatus: string }>(ctx: Context, d: Drill, rows: Row[]): Promise<Row[]> {
  if (d.scope.asOf >= ctx.today() || rows.length === 0) return rows;
  const then = await ctx.store.slow.sql<{ id: string; status: string }>(`SELECT e.id, ${statusAsOf(d.scope.asOf, ctx.today())} AS status FROM enterprise e WHERE e.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(rows.map((row) => row.id))]);
  const byId = new Map(then.map((one) => [one.id, one.status]));
  return rows.map((row) => ({ ...row, operatingStatus: byId.get(row.id) ?? row.operatingStatus }));
}

/** The rows behind a number, with the villages on the first page. `total` equals the number the dashboard prints. @throws REFUSED for an unknown figure, for an as-of day to come */
export async function behind(ctx: Context, d: Drill, page: { offset: number; limit: number }) {
  const definition = FIGURES[d.figure as FigureId];
  if (!definition) throw refused('没有这个指标');
  const settings = await figureSettings(ctx);
  const today = ctx.today();
  checkAsOf(d.scope.asOf, today);
  const tail = `LIMIT ${page.limit} OFFSET ${page.offset}`;
  const groups = async (from: string, parameters: readonly SqlValue[]): Promise<BehindGroup[]> => (page.offset === 0 ? await groupsOf(ctx, from, parameters) : []);
  if (definition.of === 'finding') {
    const ids = findingIds(d, today, settings);
    const total = await ctx.store.slow.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM (${ids.sql})`, ids.parameters);
    return {
      entity: 'finding' as const, definition: definition.definition, total: total?.n ?? 0,
      groups: await groups(`finding f JOIN enterprise e ON e.id = f.enterprise_id WHERE f.id IN (${ids.sql})`, ids.parameters),
      rows: await asOfThen(ctx, d, await findingRows(ctx, `f.id IN (${ids.sql})`, ids.parameters, `${byVillage('e.pinyin, f.no')} ${tail}`, ctx.store.slow)),
    };
  }
  if (definition.of === 'enterprise') {
    const ids = enterpriseIds(d, today, settings);
    const total = await ctx.store.slow.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM (${ids.sql})`, ids.parameters);
    return {
      entity: 'enterprise' as const, definition: definition.definition, total: total?.n ?? 0,
      groups: await groups(`enterprise e WHERE e.id IN (${ids.sql})`, ids.parameters),
      rows: await statusThen(ctx, d, await listRows(ctx, `e.id IN (${ids.sql})`, ids.parameters, `${byVillage('e.pinyin, e.id')} ${tail}`, ctx.store.slow)),
    };
  }
  const v = countedVisits(d.scope);
  const where = `v.id IN (SELECT x.id FROM (${v.sql}) x${d.figure === 'nightVisitCount' ? ' WHERE x.is_night = 1' : ''})`;
  return {
    entity: 'visit' as const, definition: definition.definition, groups: await groups(`visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE ${where}`, v.parameters),
    ...(await visitRows(ctx, where, v.parameters, page, ctx.store.slow, byVillage('v.date DESC, v.id DESC'))),
  };
}
