// The cohort of findings with their state as of a day, as SQL: the one source of every figure (domain reference 4.1).
import type { StatisticsScope } from '../../contract/statistics.ts';
import { FINDING_STATES } from '../../domain/findings/machine.ts';
import { overdue } from '../conditions/index.ts';
import type { SqlValue } from '../../db/index.ts';

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
const DEADLINE_EVENTS = "('issue', 'verify_fail', 'extend', 'resume', 'send_back', 'reopen')";

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
    ${last('s.date', "s.\"to\" = 'submitted' AND s.event <> 'unvoid'")} AS report_date,
    ${last('s.date', "s.\"to\" = 'closed' AND s.event <> 'unvoid'")} AS closed_date,
    ${last('CASE s.event WHEN \'source_removed\' THEN \'source_removed\' ELSE \'other\' END', "s.\"to\" = 'closed' AND s.event <> 'unvoid'")} AS close_reason`;
}

const CURRENT_COLUMNS = 'f.status, f.deadline, f.original_deadline, f.report_date, f.closed_date, f.close_reason';

/**
 * `WITH cohort AS (…)`: findings of the scope that count, with `status`, `deadline`, `closed_date` … as of `scope.asOf`.
 * For today and later the stored columns are the answer; for a past day the steps are.
 */
export function cohort(scope: StatisticsScope, today: string): Sql {
  const owner = enterpriseScope(scope);
  const past = scope.asOf < today;
  const parameters: SqlValue[] = [scope.from, scope.to, scope.asOf, ...(scope.roundId ? [scope.roundId] : []), ...owner.parameters];
  return {
    sql: `WITH every AS (
      SELECT f.id, f.enterprise_id, f.category, f.handling_class, f.found_date, f.round_id, f.recurrence_of_id, coalesce(e.village_id, e.park_id) AS village_id,
        ${past ? asOfColumns(scope.asOf) : CURRENT_COLUMNS}
      FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
      WHERE f.deleted_at IS NULL AND f.found_date BETWEEN ? AND ? AND f.found_date <= ?${scope.roundId ? ' AND f.round_id = ?' : ''} AND ${owner.sql}),
    cohort AS (SELECT * FROM every WHERE status NOT IN ('draft', 'voided', 'none'))`,
    parameters,
  };
}

/** Conditions over alias `c` of the cohort. */
export const CONDITIONS = {
  closed: "c.status = 'closed'",
  rectified: (countSourceRemoved: boolean) => (countSourceRemoved ? "c.status = 'closed'" : "(c.status = 'closed' AND coalesce(c.close_reason, '') <> 'source_removed')"),
  unrectified: (countSourceRemoved: boolean) => (countSourceRemoved ? "c.status <> 'closed'" : "(c.status <> 'closed' OR coalesce(c.close_reason, '') = 'source_removed')"),
  overdue: (asOf: string) => overdue('c', asOf),
  sourceRemoved: "(c.status = 'closed' AND c.close_reason = 'source_removed')",
  due: (asOf: string) => `(c.original_deadline IS NOT NULL AND c.original_deadline <= '${asOf}')`,
  onTime: (asOf: string) => `(c.status = 'closed' AND c.original_deadline IS NOT NULL AND c.original_deadline <= '${asOf}' AND coalesce(c.report_date, c.closed_date) <= c.original_deadline)`,
} as const;
