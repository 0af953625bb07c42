// The cohort of findings with their state as of a day, as SQL: the one source of every figure (domain reference 4.1).
import type { StatisticsScope } from '../../contract/statistics.ts';
import { FINDING_STATES } from '../../domain/findings/machine.ts';
import { CLEARS_REPORT, CLOSE_REASONS, SETS_DEADLINE } from '../../domain/findings/steps.ts';
import { overdue } from '../conditions/index.ts';
import type { SqlValue } from '../../db/index.ts';
import { refused } from '../errors.ts';

/** What is not yet known can't be counted. @throws REFUSED for an as-of day to come */
export function checkAsOf(asOf: string, today: string): void {
  if (asOf > today) throw refused(`截至日 ${asOf} 还没有到，今天是 ${today}。请把截至日改为今天或以前`);
}

/** SQL with its parameters. */
export interface Sql { sql: string; parameters: SqlValue[] }

/** The enterprises' side of a scope over alias `e`. */
export function enterpriseScope(scope: StatisticsScope): Sql {
  const parts: string[] = ['e.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  if (scope.objectKinds.length > 0) { parts.push('e.object_kind IN (SELECT value FROM json_each(?))'); parameters.push(JSON.stringify(scope.objectKinds)); }
  if (scope.villageIds.length > 0) { parts.push('coalesce(e.village_id, e.park_id) IN (SELECT value FROM json_each(?))'); parameters.push(JSON.stringify(scope.villageIds)); }
  return { sql: parts.join(' AND '), parameters };
}

const RANK = `CASE s."to" ${FINDING_STATES.map((s, i) => `WHEN '${s.id}' THEN ${i}`).join(' ')} END`;
const quoted = (words: readonly string[]): string => `(${words.map((w) => `'${w}'`).join(', ')})`;
const DEADLINE_EVENTS = quoted(SETS_DEADLINE);
const REASON = `CASE s.event ${Object.entries(CLOSE_REASONS).map(([event, reason]) => `WHEN '${event}' THEN '${reason}'`).join(' ')} END`;
/** Steps that give a report, or take it back: the last of them decides (`foldSteps`). */
const REPORTS = `((s."to" = 'submitted' AND s.event NOT IN ('unvoid', 'reconcile')) OR (s."to" IN ${quoted(CLEARS_REPORT)} AND s.event NOT IN ('extend', 'reconcile')))`;
const CLOSES = "s.\"to\" = 'closed' AND s.event NOT IN ('unvoid', 'reconcile')";

/** Columns of a finding as of a past day, from its steps dated by then: state of the least finished head. */
function asOfColumns(day: string): string {
  const upto = `s.finding_id = f.id AND s.deleted_at IS NULL AND s.date <= '${day}'`;
  const head = (expression: string) => `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND NOT EXISTS (
      SELECT 1 FROM finding_step_prev p JOIN finding_step n ON n.id = p.step_id WHERE p.prev_id = s.id AND p.deleted_at IS NULL AND n.deleted_at IS NULL AND n.date <= '${day}')
    ORDER BY ${RANK}, s.date DESC, s.at DESC LIMIT 1)`;
  const last = (expression: string, condition: string, direction = 'DESC') => `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND ${condition} ORDER BY s.date ${direction}, s.at ${direction}, s.id ${direction} LIMIT 1)`;
  return `coalesce(${head('s."to"')}, 'none') AS status,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINE_EVENTS}`)} AS deadline,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINE_EVENTS}`, 'ASC')} AS original_deadline,
    ${last(`CASE s."to" WHEN 'submitted' THEN s.date END`, REPORTS)} AS report_date,
    ${last('s.date', CLOSES)} AS closed_date,
    ${last(REASON, CLOSES)} AS close_reason`;
}

const CURRENT_COLUMNS = 'f.status, f.deadline, f.original_deadline, f.report_date, f.closed_date, f.close_reason';

/**
 * `WITH cohort AS (…)`: findings of the scope that count, with `status`, `deadline`, `closed_date` … as of `scope.asOf`.
 * For today and later the stored columns are the answer; for a past day the steps are. `only` cuts the findings `f` down before their state is asked.
 */
export function cohort(scope: StatisticsScope, today: string, only?: Sql): Sql {
  const owner = enterpriseScope(scope);
  const past = scope.asOf < today;
  const parameters: SqlValue[] = [scope.from, scope.to, scope.asOf, ...(scope.roundId ? [scope.roundId] : []), ...owner.parameters, ...(only?.parameters ?? [])];
  return {
    sql: `WITH every AS (
      SELECT f.id, f.enterprise_id, f.category, f.handling_class, f.found_date, f.round_id, f.recurrence_of_id, coalesce(e.village_id, e.park_id) AS village_id,
        ${past ? asOfColumns(scope.asOf) : CURRENT_COLUMNS}
      FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
      WHERE f.deleted_at IS NULL AND f.found_date BETWEEN ? AND ? AND f.found_date <= ?${scope.roundId ? ' AND f.round_id = ?' : ''} AND ${owner.sql}${only ? ` AND ${only.sql}` : ''}),
    cohort AS (SELECT * FROM every WHERE status NOT IN ('draft', 'voided', 'none'))`,
    parameters,
  };
}

/** The cohort of whenever found that may have been struck off in the period of the scope; `CONDITIONS.closedIn` decides. */
export function cohortOfClosing(scope: StatisticsScope, today: string): Sql {
  const sql = scope.asOf >= today ? 'f.closed_date BETWEEN ? AND ?' : "EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = f.id AND s.deleted_at IS NULL AND s.\"to\" = 'closed' AND s.date BETWEEN ? AND ?)";
  return cohort({ ...scope, from: '0001-01-01' }, today, { sql, parameters: [scope.from, scope.to] });
}

/** Conditions over alias `c` of the cohort. */
export const CONDITIONS = {
  closed: "c.status = 'closed'",
  closedIn: (period: Pick<StatisticsScope, 'from' | 'to'>) => `(c.status = 'closed' AND c.closed_date BETWEEN '${period.from}' AND '${period.to}')`,
  rectified: (countSourceRemoved: boolean) => (countSourceRemoved ? "c.status = 'closed'" : "(c.status = 'closed' AND coalesce(c.close_reason, '') <> 'source_removed')"),
  unrectified: (countSourceRemoved: boolean) => (countSourceRemoved ? "c.status <> 'closed'" : "(c.status <> 'closed' OR coalesce(c.close_reason, '') = 'source_removed')"),
  overdue: (asOf: string) => overdue('c', asOf),
  sourceRemoved: "(c.status = 'closed' AND c.close_reason = 'source_removed')",
  due: (asOf: string) => `(c.original_deadline IS NOT NULL AND c.original_deadline <= '${asOf}')`,
  onTime: (asOf: string) => `(c.status = 'closed' AND c.original_deadline IS NOT NULL AND c.original_deadline <= '${asOf}' AND coalesce(c.report_date, c.closed_date) <= c.original_deadline)`,
} as const;
