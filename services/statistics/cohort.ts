// The cohort of findings with their state as of a day, as SQL: the one source of every figure (domain reference 4.1).
import type { StatisticsScope } from '../../contract/statistics.ts';
import { FINDING_STATES } from '../../domain/findings/machine.ts';
import { CLEARS_REPORT, CLOSE_REASONS, SETS_DEADLINE } from '../../domain/findings/steps.ts';
import { overdue, placeId, placeOn } from '../conditions/index.ts';
import { ALWAYS, inList, listParameter, type SqlValue } from '../../db/index.ts';
import { refused } from '../errors.ts';
import { filterSql } from './filter-sql.ts';
import { q, raw, type Sql } from './sql.ts';

/** What is not yet known can't be counted. @throws REFUSED for an as-of day to come */
export function checkAsOf(asOf: string, today: string): void {
  if (asOf > today) throw refused(`截至日 ${asOf} 还没有到，今天是 ${today}。请把截至日改为今天或以前`);
}

/** Where an enterprise lay on a day given as SQL; without one as of the day of the scope, which may be past. */
export const placeThen = (scope: Pick<StatisticsScope, 'asOf'>, today: string, day: string | null, e = 'e'): string =>
  day === null && scope.asOf >= today ? placeId(e) : placeOn(day ?? `'${scope.asOf}'`, e);

/**
 * The enterprises' side of a scope over an alias. `day`: SQL of the day on which a row that belongs to one happened; without it the
 * enterprises are asked as of the day of the scope.
 */
export function enterpriseScope(scope: StatisticsScope, e = 'e', day: string | null = null): Sql {
  const on = day ?? `'${scope.asOf}'`;
  const parts: string[] = [`${e}.deleted_at IS NULL`];
  const parameters: SqlValue[] = [];
  if (scope.objectKinds.length > 0) {
    parts.push(inList(`${e}.object_kind`));
    parameters.push(listParameter(scope.objectKinds));
  }
  if (scope.villageIds.length > 0) {
    parts.push(inList(placeOn(on, e)));
    parameters.push(listParameter(scope.villageIds));
  }
  if (scope.filter?.length) {
    const filter = filterSql(scope.filter, { of: 'enterprise', alias: e, day: scope.asOf, areasOn: on });
    parts.push(filter.sql);
    parameters.push(...filter.parameters);
  }
  return { sql: parts.join(' AND '), parameters };
}

/** Whether a scope speaks of some enterprises only. */
export const isNarrowed = (scope: Pick<StatisticsScope, 'objectKinds' | 'villageIds' | 'filter'>): boolean =>
  scope.objectKinds.length + scope.villageIds.length + (scope.filter?.length ?? 0) > 0;

/** Condition on a column with ids of enterprises: those of the scope, where it is narrowed; `day` as in `enterpriseScope`. */
export function inNarrowed(scope: StatisticsScope, column: string, day: string | null = null): Sql {
  if (!isNarrowed(scope)) return raw(ALWAYS);
  const owner = enterpriseScope(scope, 'e', day);
  if (day) return q`EXISTS (SELECT 1 FROM enterprise e WHERE e.id = ${raw(column)} AND ${owner})`;
  return q`${column} IN (SELECT e.id FROM enterprise e WHERE ${owner})`;
}

const RANK = `CASE s."to" ${FINDING_STATES.map((s, i) => `WHEN '${s.id}' THEN ${i}`).join(' ')} END`;
const quoted = (words: readonly string[]): string => `(${words.map((w) => `'${w}'`).join(', ')})`;
const DEADLINE_EVENTS = quoted(SETS_DEADLINE);
const REASON = `CASE s.event ${Object.entries(CLOSE_REASONS)
  .map(([event, reason]) => `WHEN '${event}' THEN '${reason}'`)
  .join(' ')} END`;
/** Steps that give a report, or take it back: the last of them decides (`foldSteps`). */
const REPORTS = `((s."to" = 'submitted' AND s.event NOT IN ('unvoid', 'reconcile')) OR (s."to" IN ${quoted(CLEARS_REPORT)} AND s.event NOT IN ('extend', 'reconcile')))`;
const CLOSES = "s.\"to\" = 'closed' AND s.event NOT IN ('unvoid', 'reconcile')";

/** Columns of a finding as of a past day, from its steps dated by then: state of the least finished head. */
function asOfColumns(day: string): string {
  const upto = `s.finding_id = f.id AND s.deleted_at IS NULL AND s.date <= '${day}'`;
  const head = (expression: string) => `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND NOT EXISTS (
      SELECT 1 FROM finding_step_prev p JOIN finding_step n ON n.id = p.step_id WHERE p.prev_id = s.id AND p.deleted_at IS NULL AND n.deleted_at IS NULL AND n.date <= '${day}')
    ORDER BY ${RANK}, s.date DESC, s.at DESC LIMIT 1)`;
  const last = (expression: string, condition: string, direction = 'DESC') =>
    `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND ${condition} ORDER BY s.date ${direction}, s.at ${direction}, s.id ${direction} LIMIT 1)`;
  return `coalesce(${head('s."to"')}, 'none') AS status,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINE_EVENTS}`)} AS deadline,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINE_EVENTS}`, 'ASC')} AS original_deadline,
    ${last(`CASE s."to" WHEN 'submitted' THEN s.date END`, REPORTS)} AS report_date,
    ${last('s.date', CLOSES)} AS closed_date,
    ${last(REASON, CLOSES)} AS close_reason`;
}

const CURRENT_COLUMNS = 'f.status, f.deadline, f.original_deadline, f.report_date, f.closed_date, f.close_reason';

/** Findings of the scope with their state as of its day, and those of them that count, as two common tables. */
export interface CohortTables {
  /** All of them, drafts and voided ones too; not those of an authority that was assisted. */
  every: Sql;
  /** Of the table `from`: issued and not voided. */
  issued(from: string): string;
}

/**
 * Findings of the scope with `status`, `deadline`, `closed_date` … as of `scope.asOf`. For today and later the stored columns are the
 * answer; for a past day the steps are. `only` cuts the findings `f` down before their state is asked.
 */
export function cohortTables(scope: StatisticsScope, today: string, only?: Sql): CohortTables {
  const owner = enterpriseScope(scope, 'e', 'f.found_date');
  const past = scope.asOf < today;
  return {
    every: {
      sql: `SELECT f.id, f.enterprise_id, f.category, f.handling_class, f.found_date, f.round_id, f.owner, f.recurrence_of_id, ${placeOn('f.found_date')} AS place_id,
        ${past ? asOfColumns(scope.asOf) : CURRENT_COLUMNS}
      FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
      WHERE f.deleted_at IS NULL AND f.owner <> 'authority' AND f.found_date BETWEEN ? AND ? AND f.found_date <= ?${scope.roundId ? ' AND f.round_id = ?' : ''} AND ${owner.sql}${only ? ` AND ${only.sql}` : ''}`,
      parameters: [
        scope.from,
        scope.to,
        scope.asOf,
        ...(scope.roundId ? [scope.roundId] : []),
        ...owner.parameters,
        ...(only?.parameters ?? []),
      ],
    },
    issued: (from) => `SELECT * FROM ${from} WHERE status NOT IN ('draft', 'voided', 'none')`,
  };
}

/** What may have been struck off in the period of the scope, whenever it was found: cuts `cohortTables` of all days down. */
export function strikingOff(scope: StatisticsScope, today: string): Sql {
  return {
    sql:
      scope.asOf >= today
        ? 'f.closed_date BETWEEN ? AND ?'
        : 'EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = f.id AND s.deleted_at IS NULL AND s."to" = \'closed\' AND s.date BETWEEN ? AND ?)',
    parameters: [scope.from, scope.to],
  };
}

/** `WITH cohort AS (…)`: the findings of the scope that count, for lists of their own. */
export function cohort(scope: StatisticsScope, today: string, only?: Sql): Sql {
  const { every, issued } = cohortTables(scope, today, only);
  return { sql: `WITH every AS (${every.sql}), cohort AS (${issued('every')})`, parameters: every.parameters };
}

/** Conditions over alias `c` of the cohort, for lists of their own. */
export const CONDITIONS = { overdue: (asOf: string) => overdue('c', asOf) } as const;
