// Enterprises to be visited and visits done, as SQL (domain reference 4.2 coverageRate).
import type { StatisticsScope } from '../../contract/statistics.ts';
import { OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { statusOn, visited } from '../conditions/index.ts';
import { IN_DENOMINATOR } from '../rounds/index.ts';
import { enterpriseScope, type Sql } from './cohort.ts';

const OUT = OUT_OF_SCOPE_STATUSES.map((s) => `'${s}'`).join(', ');

/** Last day of the period that counts. */
export const lastDay = (scope: StatisticsScope): string => (scope.to < scope.asOf ? scope.to : scope.asOf);

/** Operating status of enterprise `e` on a day: as stored for today, else by its history. */
export const statusAsOf = (day: string, today: string): string => (day >= today ? 'e.operating_status' : statusOn(`'${day}'`));

/** Ids of the enterprises that should be visited: the round's own targets, or those in scope, both as of the day. Why a target was skipped has no day, but an enterprise that was not yet closed then is none that was skipped for it. */
export function targets(scope: StatisticsScope, today: string): Sql {
  const owner = enterpriseScope(scope);
  const inScope = `${statusAsOf(scope.asOf, today)} NOT IN (${OUT})`;
  const later = scope.asOf < today ? ` OR (t.skip_reason IN (${OUT}) AND ${inScope})` : '';
  if (scope.roundId) {
    return {
      sql: `SELECT e.id, coalesce(e.village_id, e.park_id) AS village_id FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id
        WHERE t.round_id = ? AND t.deleted_at IS NULL AND (${IN_DENOMINATOR}${later}) AND ${owner.sql}`,
      parameters: [scope.roundId, ...owner.parameters],
    };
  }
  return {
    sql: `SELECT e.id, coalesce(e.village_id, e.park_id) AS village_id FROM enterprise e WHERE ${inScope} AND ${owner.sql}`,
    parameters: owner.parameters,
  };
}

/** Visits that count: completed or partial, in the period, of the scope. */
export function countedVisits(scope: StatisticsScope): Sql {
  const owner = enterpriseScope(scope);
  return {
    sql: `SELECT v.id, v.enterprise_id, coalesce(e.village_id, e.park_id) AS village_id, v.is_night, v.date FROM visit v JOIN enterprise e ON e.id = v.enterprise_id
      WHERE ${visited()} AND v.date BETWEEN ? AND ?${scope.roundId ? ' AND v.round_id = ?' : ''} AND ${owner.sql}`,
    parameters: [scope.from, lastDay(scope), ...(scope.roundId ? [scope.roundId] : []), ...owner.parameters],
  };
}
