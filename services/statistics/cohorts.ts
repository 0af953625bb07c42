// Cohorts that only SQL can say, by the names that definitions of figures give.
import { lookup } from '../../domain/values/lookup.ts';
import { OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { addDays } from '../../domain/values/day.ts';
import { atTrainings, listed, outOfDenominator, statusOn } from '../conditions/index.ts';
import { lastDay, type Asked, type Source } from './asked.ts';
import { cohortTables, enterpriseScope, placeThen, strikingOff, type CohortTables } from './cohort.ts';
import { all, param, q, raw, type Sql } from './sql.ts';

const OUT = listed(OUT_OF_SCOPE_STATUSES);

/** Operating status of enterprise `e` on a day: as stored for today, else by its history. */
export const statusAsOf = (day: string, today: string): string =>
  day >= today ? 'e.operating_status' : statusOn(`'${day}'`);

/** Findings of a table of `cohortTables`, all of them or those issued. The state of a past day is dear. */
function findings(asked: Asked, name: string, tables: CohortTables, only: 'issued' | 'every', where: Sql): Source {
  const every = { name: `${name}_all`, sql: tables.every, once: asked.scope.asOf < asked.today };
  return {
    tables: only === 'every' ? [every] : [every, { name, sql: raw(tables.issued(every.name)), once: false }],
    from: raw(`${only === 'every' ? every.name : name} c`),
    joins: [],
    alias: 'c',
    where,
    day: 'c.found_date',
    place: 'c.place_id',
    enterprise: null,
  };
}

const issuedFindings = (asked: Asked): Source =>
  findings(asked, 'found', cohortTables(asked.scope, asked.today), 'issued', all([]));

const everyFinding = (asked: Asked): Source =>
  findings(asked, 'found', cohortTables(asked.scope, asked.today), 'every', all([]));

/** Whenever found, struck off in the period. */
function struckOffFindings(asked: Asked): Source {
  const { scope, today } = asked;
  const tables = cohortTables({ ...scope, from: '0001-01-01' }, today, strikingOff(scope, today));
  const where = q`c.closed_date BETWEEN ${param(scope.from)} AND ${param(scope.to)}`;
  return findings(asked, 'struck_off', tables, 'issued', where);
}

/** Found before the year that the figures are about. */
function earlierFindings(asked: Asked): Source {
  const days = { from: '0001-01-01', to: addDays(asked.settings.yearFrom, -1) };
  return findings(asked, 'earlier', cohortTables({ ...asked.scope, ...days }, asked.today), 'issued', all([]));
}

const enterprises = ({ scope, today }: Asked, from: Sql, where: Sql): Source => ({
  tables: [],
  from,
  joins: [],
  alias: 'e',
  where,
  day: null,
  place: placeThen(scope, today, null),
  enterprise: { of: 'enterprise', alias: 'e' },
});

/** Enterprises that should be visited: the round's own targets, or those in scope, both as of the day. */
function targets(asked: Asked): Source {
  const { scope, today } = asked;
  const owner = enterpriseScope(scope);
  if (!scope.roundId)
    return enterprises(asked, raw('enterprise e'), all([raw(`${statusAsOf(scope.asOf, today)} NOT IN ${OUT}`), owner]));
  return ofRound(asked, scope.roundId, `NOT ${outOfDenominator('t', scope.asOf, today)}`);
}

/** Enterprises that need no visit any more: targets out of the denominator of the round, or those that left scope in the period. */
export function leftTargets(asked: Asked): Source {
  const { scope, today } = asked;
  if (scope.roundId) return ofRound(asked, scope.roundId, outOfDenominator('t', scope.asOf, today));
  const left = `${statusAsOf(scope.asOf, today)} IN ${OUT} AND ${statusOn(`'${addDays(scope.from, -1)}'`)} NOT IN ${OUT}`;
  return enterprises(asked, raw('enterprise e'), all([raw(left), enterpriseScope(scope)]));
}

/** Enterprises of the targets of a round. */
function ofRound(asked: Asked, roundId: string, condition: string): Source {
  return enterprises(
    asked,
    raw('round_target t JOIN enterprise e ON e.id = t.enterprise_id'),
    all([
      q`t.round_id = ${param(roundId)}`,
      raw(`t.deleted_at IS NULL AND ${condition}`),
      enterpriseScope(asked.scope),
    ]),
  );
}

/** Enterprises expected at a training held in the period, or of these those that came. */
const trainings =
  (which: 'expected' | 'reached') =>
  (asked: Asked): Source => {
    const { scope, settings } = asked;
    const at = atTrainings(settings.trainingDenominator, which, scope.from, lastDay(scope));
    return enterprises(asked, raw('enterprise e'), all([at, enterpriseScope(scope)]));
  };

/** Every cohort by name. */
export const COHORTS: Readonly<Record<string, (asked: Asked) => Source>> = lookup({
  issuedFindings,
  everyFinding,
  struckOffFindings,
  earlierFindings,
  targets,
  leftTargets,
  expectedAtTrainings: trainings('expected'),
  reachedByTrainings: trainings('reached'),
});
