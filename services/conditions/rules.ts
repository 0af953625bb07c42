// The rules of the domain as SQL, each under its name: services compose these and write none of them again.
// Arguments are aliases of a query (`e` an enterprise, `f` a finding …) or columns; days are `YYYY-MM-DD` from the clock or the contract.
import { LETTING_KINDS, OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { AWAITING_STATES, NOT_COUNTED_STATES, NOT_OPEN_STATES } from '../../domain/findings/machine.ts';
import { SKIPS_OUT_OF_DENOMINATOR } from '../../domain/rounds/vocabulary.ts';
import { HAZARDOUS_KINDS } from '../../domain/waste/vocabulary.ts';
import { VISITED_OUTCOMES } from '../../domain/visits/entities.ts';

const OUT_OF_SCOPE: readonly string[] = OUT_OF_SCOPE_STATUSES;

/** Ids as a list of SQL: `('a', 'b')`. */
export const listed = (ids: readonly string[]): string => `(${ids.map((id) => `'${id}'`).join(', ')})`;

/** The enterprise is not in the bin, and not shown as another one. Every list and every figure is of these. */
export const liveEnterprise = (e = 'e'): string => `${e}.deleted_at IS NULL`;

/** The row, live itself, belongs to a live enterprise: for queries that do not join it. */
export const ofLiveEnterprise = (row: string): string =>
  `(${row}.deleted_at IS NULL AND EXISTS (SELECT 1 FROM enterprise le WHERE le.id = ${row}.enterprise_id AND ${liveEnterprise('le')}))`;

/** The enterprise counts in denominators: live, and neither closed nor moved away (domain reference 3.2). */
export const inScope = (e = 'e'): string =>
  `(${liveEnterprise(e)} AND ${e}.operating_status NOT IN ${listed(OUT_OF_SCOPE_STATUSES)})`;

/** Those inside of an enterprise (`?1`): who says so, and all others that lie in its building (`?2`, where it lets one). */
export const inside = (e = 'e'): string =>
  `(${e}.id <> ?1 AND ${liveEnterprise(e)} AND ${e}.id IN (
    SELECT h.id FROM enterprise h WHERE h.host_enterprise_id = ?1
    UNION SELECT b.id FROM enterprise b WHERE b.building_id = ?2 AND b.object_kind NOT IN ${listed(LETTING_KINDS)}))`;

/** What `inside` is asked with. */
export const insideParameters = (row: Readonly<Record<string, unknown>>): [string, string | null] => [
  String(row.id),
  LETTING_KINDS.includes(String(row.objectKind)) ? ((row.buildingId as string | null) ?? null) : null,
];

/**
 * Operating status on a day given as SQL, by the history. Before the first change that is on record it is `unknown`, which is in scope:
 * what was closed later was not closed then.
 */
export const statusOn = (day: string, e = 'e'): string =>
  `coalesce((SELECT h.status FROM status_history h WHERE h.enterprise_id = ${e}.id AND h.deleted_at IS NULL AND h.date <= ${day} ORDER BY h.date DESC, h.id DESC LIMIT 1),
    CASE WHEN ${e}.operating_status_date > ${day} OR EXISTS (SELECT 1 FROM status_history h WHERE h.enterprise_id = ${e}.id AND h.deleted_at IS NULL) THEN 'unknown' ELSE ${e}.operating_status END)`;

/** SQL that tells of round `r` whether it had ended by a day, and when: what becomes of enterprises later is none of its business. */
const endOf = (r: string): string =>
  `CASE WHEN ${r}.state = 'finished' THEN coalesce(${r}.finished_date, ${r}.end_date) END`;

/**
 * The status that took the enterprise of target `t` out of its round by a day (`YYYY-MM-DD`): from the day that it closed or moved away,
 * while the round ran (domain reference 8.2, 6). NULL where nothing did.
 */
export const leftRound = (t: string, day: string, today: string): string => {
  const now = day >= today ? 'le.operating_status' : statusOn(`'${day}'`, 'le');
  const status = `CASE WHEN ${endOf('lr')} < '${day}' THEN ${statusOn(endOf('lr'), 'le')} ELSE ${now} END`;
  return `(SELECT x.status FROM (SELECT ${status} AS status FROM enterprise le JOIN round lr ON lr.id = ${t}.round_id WHERE le.id = ${t}.enterprise_id) x
    WHERE x.status IN ${listed(OUT_OF_SCOPE_STATUSES)})`;
};

/** What has become of a target by today: one whose enterprise left its round is not visited. */
export const targetStatus = (t: string, today: string): string =>
  `CASE WHEN ${leftRound(t, today, today)} IS NULL THEN ${t}.status ELSE 'skipped' END`;

/** Why it is not visited. */
export const targetReason = (t: string, today: string): string =>
  `coalesce(${leftRound(t, today, today)}, ${t}.skip_reason)`;

/**
 * Target `t` does not count in the denominator of coverage as of a day (domain reference 2.7). Why one was skipped has no day, but an
 * enterprise that was not yet closed then is none that was skipped for it.
 */
export const outOfDenominator = (t: string, day: string, today: string): string => {
  const reasons =
    day >= today ? SKIPS_OUT_OF_DENOMINATOR : SKIPS_OUT_OF_DENOMINATOR.filter((r) => !OUT_OF_SCOPE.includes(r));
  return `((${t}.status = 'skipped' AND ${t}.skip_reason IN ${listed(reasons)}) OR ${leftRound(t, day, today)} IS NOT NULL)`;
};

/** In scope on a day given as SQL. */
export const inScopeOn = (day: string, e = 'e'): string =>
  `(${liveEnterprise(e)} AND ${statusOn(day, e)} NOT IN ${listed(OUT_OF_SCOPE_STATUSES)})`;

/** The finding counts: live, issued and not voided (domain reference 4.1). */
export const countedFinding = (f = 'f'): string =>
  `(${f}.deleted_at IS NULL AND ${f}.owner <> 'authority' AND ${f}.status NOT IN ${listed(NOT_COUNTED_STATES)})`;

/** The finding counts and is not closed. */
export const openFinding = (f = 'f'): string =>
  `(${f}.deleted_at IS NULL AND ${f}.owner <> 'authority' AND ${f}.status NOT IN ${listed(NOT_OPEN_STATES)})`;

/** The enterprise has not reported on the finding, so its deadline runs. */
export const awaitingReport = (f = 'f'): string => `${f}.status IN ${listed(AWAITING_STATES)}`;

/** Overdue as of a day, as `isOverdue` of the domain says it (domain reference 3.3). */
export const overdue = (f: string, day: string): string =>
  `((${awaitingReport(f)} AND ${f}.deadline < '${day}') OR (${f}.status = 'submitted' AND ${f}.report_date > ${f}.deadline))`;

/** The inspection took place: others do not count as visits (domain reference 2.7). */
export const visited = (v = 'v'): string => `(${v}.deleted_at IS NULL AND ${v}.outcome IN ${listed(VISITED_OUTCOMES)})`;

/** Area by which enterprises are grouped: the village, or else the park. */
export const placeId = (e = 'e'): string => `coalesce(${e}.village_id, ${e}.park_id)`;

/** Where the enterprise lay on a day given as SQL, if that was elsewhere than today; the expression is over alias `pa`, an assignment. */
const layOn = (day: string, e: string, expression = 'pa.area_id'): string =>
  `(SELECT ${expression} FROM assignment pa WHERE pa.enterprise_id = ${e}.id AND pa.kind = 'area' AND pa.deleted_at IS NULL
    AND pa.valid_to >= ${day} ORDER BY pa.valid_to LIMIT 1)`;

/** The area of `placeId` on a day given as SQL: moving never moves the past (domain reference 8.2, 7). */
export const placeOn = (day: string, e = 'e'): string => `coalesce(${layOn(day, e)}, ${e}.village_id, ${e}.park_id)`;

/** Name of an area that an expression gives. */
export const placeNamed = (place: string): string => `(SELECT a.name FROM area a WHERE a.id = ${place})`;

/** Name of the place on a day given as SQL. */
export const placeNameOn = (day: string, e = 'e'): string => placeNamed(placeOn(day, e));

/** The area of that level on a day given as SQL where `column` of the enterprise holds it today. */
export const areaOn = (day: string, level: string, column: string, e = 'e'): string =>
  `CASE WHEN ${layOn(day, e, '1')} IS NULL THEN ${e}.${column} ELSE ${layOn(
    day,
    e,
    `(WITH RECURSIVE up(id, level, parent_id) AS (SELECT a.id, a.level, a.parent_id FROM area a WHERE a.id = pa.area_id
      UNION SELECT a.id, a.level, a.parent_id FROM area a JOIN up ON a.id = up.parent_id) SELECT up.id FROM up WHERE up.level = '${level}' LIMIT 1)`,
  )} END`;

/** Name of that area. */
export const placeName = (e = 'e'): string => placeNamed(placeId(e));

/** Name of a person of the office. */
export const staffName = (column: string): string => `(SELECT s.name FROM staff s WHERE s.id = ${column})`;

/** A column of the permit that counts: of several, the one that runs longest. */
export const currentPermit = (column: string, enterpriseId = 'e.id'): string =>
  `(SELECT cp.${column} FROM permit cp WHERE cp.enterprise_id = ${enterpriseId} AND cp.deleted_at IS NULL ORDER BY cp.valid_to IS NULL, cp.valid_to DESC, cp.id DESC LIMIT 1)`;

/** A column of the emergency plan that counts: of several, the one to be reviewed last. */
export const currentPlan = (column: string, enterpriseId = 'e.id'): string =>
  `(SELECT ep.${column} FROM emergency_plan ep WHERE ep.enterprise_id = ${enterpriseId} AND ep.deleted_at IS NULL ORDER BY ep.review_due_date IS NULL, ep.review_due_date DESC, ep.id DESC LIMIT 1)`;

/** No other licence of its kind runs longer; what 其他 means differs, so that each counts. */
export const isLastingLicence = (l: string): string =>
  `(${l}.kind = 'other' OR NOT EXISTS (SELECT 1 FROM other_licence ol WHERE ol.enterprise_id = ${l}.enterprise_id
    AND ol.kind = ${l}.kind AND ol.deleted_at IS NULL AND ol.valid_to > ${l}.valid_to))`;

/** No contract that stands with a hazardous waste itself runs longer. */
export const isLastingContract = (p: string): string =>
  `NOT EXISTS (SELECT 1 FROM waste_stream ws WHERE ws.enterprise_id = ${p}.enterprise_id AND ws.kind IN ${listed(HAZARDOUS_KINDS)}
    AND ws.unseen = 0 AND ws.deleted_at IS NULL AND ws.contract_end > ${p}.contract_end)`;

/** Phone of a contact, for `mainContact`. */
export const CONTACT_PHONE = 'coalesce(c.mobile, c.landline)';

/** Contacts of an enterprise over alias `c`; whoever left, whose last day is told, stays on file and is called no more. */
const contactsNow = (enterpriseId: string): string =>
  `FROM contact c WHERE c.enterprise_id = ${enterpriseId} AND c.deleted_at IS NULL AND c.valid_to IS NULL`;

/** What the first of an enterprise's contacts says; the expression is over alias `c`. */
export const mainContact = (expression: string, enterpriseId = 'e.id'): string =>
  `(SELECT ${expression} ${contactsNow(enterpriseId)} ORDER BY c.is_primary DESC, c.seq, c.id LIMIT 1)`;

/** What the contact says who looks after the environment, else the first. */
export const environmentContact = (expression: string, enterpriseId = 'e.id'): string =>
  `(SELECT ${expression} ${contactsNow(enterpriseId)} ORDER BY c.post = 'env_manager' DESC, c.is_primary DESC, c.seq, c.id LIMIT 1)`;

/** How many contacts an enterprise has; `of` narrows them down. */
export const contactCount = (of = '', enterpriseId = 'e.id'): string =>
  `(SELECT count(*) ${contactsNow(enterpriseId)}${of && ` AND ${of}`})`;

/** Name of the organisation that keeps this workspace. */
export const OWN_ORGANISATION =
  '(SELECT o.name FROM organisation o JOIN office oo ON oo.organisation_id = o.id ORDER BY oo.created_at LIMIT 1)';

/** How many of the enterprise's findings are open. */
export const openFindingsOf = (enterpriseId = 'e.id'): string =>
  `(SELECT count(*) FROM finding ofi WHERE ofi.enterprise_id = ${enterpriseId} AND ${openFinding('ofi')})`;

/** Current label of a system on a day: the newest assessed by then and not expired (domain reference 2.8). */
export const currentLabel = (system: string, day: string, e = 'e'): string =>
  `(SELECT lb.value FROM label lb WHERE lb.enterprise_id = ${e}.id AND lb.system = '${system}'
  AND lb.deleted_at IS NULL AND lb.assessed_date <= '${day}' AND (lb.valid_to IS NULL OR lb.valid_to >= '${day}') ORDER BY lb.assessed_date DESC, lb.id DESC LIMIT 1)`;
