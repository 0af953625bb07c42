// Named conditions and columns of lists that no filter can say, as SQL by their names.
import { lookup } from '../../domain/values/lookup.ts';
import { MINIMUM_VISITS } from '../../domain/enterprises/vocabulary.ts';
import { AWAITING_STATES } from '../../domain/findings/machine.ts';
import type { Operand } from '../../domain/dictionary/filter.ts';
import { daysBetween, mayBeOne } from '../../db/index.ts';
import {
  creditCodeWrong,
  farFromTown,
  industryCodeUnknown,
  nameWaits,
  siteWaits,
  objectKindGuessed,
  valueWaits,
} from './quality.ts';
import {
  currentLabel,
  currentPermit,
  currentPlan,
  isLastingContract,
  isLastingLicence,
  leftRound,
  listed,
  outOfDenominator,
} from './rules.ts';
import { trainingCounts, type Basis } from './training.ts';

/** When and under which settings something is asked. */
export interface Asked {
  /** The day that is today; figures give their as-of day. */
  readonly today: string;
  /** Denominator of training coverage; without it the audience. */
  readonly trainingBasis?: Basis;
}

/** Live enterprises that share a value of an indexed column with one that they may be: few share any, so few are looked at. */
const twinsBy = (column: string): string => `SELECT x.id FROM enterprise x WHERE x.deleted_at IS NULL
  AND x.${column} IN (SELECT ${column} FROM enterprise WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1)
  AND EXISTS (SELECT 1 FROM enterprise o WHERE o.${column} = x.${column} AND o.id <> x.id AND o.deleted_at IS NULL AND ${mayBeOne('x', 'o')})`;

/** Enterprises that look like another one that is here, or that somebody marked. */
const suspectedDuplicate = (e: string): string =>
  `(${e}.suspected_duplicate = 1 OR ${e}.id IN (${twinsBy('credit_code')} UNION ${twinsBy('name_key')}))`;

/** Fewer routine visits in the year of the day than its risk asks for (domain reference 2.8a, 3.2). */
function belowMinimumVisits(e: string, day: string): string {
  const year = day.slice(0, 4);
  const done = `(SELECT count(*) FROM visit v WHERE v.enterprise_id = ${e}.id AND v.deleted_at IS NULL AND v.outcome = 'completed'
    AND v.date BETWEEN '${year}-01-01' AND '${year}-12-31'
    AND EXISTS (SELECT 1 FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL AND p.purpose = 'routine'))`;
  const least = Object.entries(MINIMUM_VISITS)
    .map(([grade, visits]) => `WHEN '${grade}' THEN ${visits}`)
    .join(' ');
  return `${done} < CASE ${currentLabel('overall_risk', day, e)} ${least} ELSE 0 END`;
}

/** Conditions whose definition says `where: 'sql'`, by `kind.id`. Values are days, numbers and ids that were checked. */
export const SQL_CONDITIONS: Readonly<
  Record<string, (alias: string, asked: Asked, value: Operand | undefined) => string>
> = {
  'enterprise.suspectedDuplicate': suspectedDuplicate,
  'enterprise.creditCodeWrong': creditCodeWrong,
  'enterprise.industryCodeUnknown': industryCodeUnknown,
  'enterprise.farFromTown': farFromTown,
  'enterprise.objectKindGuessed': objectKindGuessed,
  'importQuestion.waits': valueWaits,
  'importRow.nameWaits': nameWaits,
  'importRow.siteWaits': siteWaits,
  'permit.inForce': (p) => `${p}.id = ${currentPermit('id', `${p}.enterprise_id`)}`,
  'emergencyPlan.inForce': (p) => `${p}.id = ${currentPlan('id', `${p}.enterprise_id`)}`,
  'otherLicence.inForce': isLastingLicence,
  'hazWasteProfile.inForce': isLastingContract,
  'roundTarget.left': (t, { today }) => `${leftRound(t, today, today)} IS NOT NULL`,
  'roundTarget.outOfDenominator': (t, { today }) => outOfDenominator(t, today, today),
  ...lookup(
    Object.fromEntries(
      ['key', 'simplified', 'registration'].map((id) => [
        `openDuty.${id}Permit`,
        (d: string) => `${currentPermit('management_class', `${d}.enterprise_id`)} = '${id}'`,
      ]),
    ),
  ),
  'enterprise.belowMinimumVisits': (e, _, day) => belowMinimumVisits(e, String(day)),
};

/** Days that a finding is late: up to its report when there is one. As `overdueDays` of the domain says it. */
const overdueDays = (f: string, today: string): string =>
  `CASE WHEN ${f}.status IN ${listed(AWAITING_STATES)} AND ${f}.deadline < '${today}' THEN ${daysBetween(`${f}.deadline`, `'${today}'`)}
    WHEN ${f}.status = 'submitted' AND ${f}.report_date > ${f}.deadline THEN ${daysBetween(`${f}.deadline`, `${f}.report_date`)} END`;

/** Days that are left to a finding whose deadline runs. */
const daysLeft = (f: string, today: string): string =>
  `CASE WHEN ${f}.status IN ${listed(AWAITING_STATES)} AND ${f}.deadline >= '${today}' THEN ${daysBetween(`'${today}'`, `${f}.deadline`)} END`;

const training = (part: keyof ReturnType<typeof trainingCounts>) => (t: string, asked: Asked) =>
  trainingCounts(asked.trainingBasis ?? 'audience', t)[part];

/** Columns whose definition says `sql`, by that name. */
export const SQL_COLUMNS: Readonly<Record<string, (alias: string, asked: Asked) => string>> = lookup({
  permitClassOfOwner: (row) => currentPermit('management_class', `${row}.enterprise_id`),
  files: (row) => `(SELECT count(*) FROM attachment fa WHERE fa.owner_id = ${row}.id AND fa.deleted_at IS NULL)`,
  overdueDays: (f, { today }) => overdueDays(f, today),
  daysLeft: (f, { today }) => daysLeft(f, today),
  latestVerification: (f) =>
    `(SELECT v.result || '|' || v.date || '|' || v.method FROM verification v WHERE v.finding_id = ${f}.id AND v.deleted_at IS NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`,
  trainingInvited: training('invited'),
  trainingAttended: training('attended'),
  trainingPersons: training('persons'),
  trainingReached: training('reached'),
  trainingExpected: training('expected'),
});
