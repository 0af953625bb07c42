// The rules of the domain as SQL, each under its name: services compose these and write none of them again.
// Arguments are aliases of a query (`e` an enterprise, `f` a finding …) or columns; days are `YYYY-MM-DD` from the clock or the contract.
import { OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { AWAITING_STATES, NOT_COUNTED_STATES, NOT_OPEN_STATES } from '../../domain/findings/machine.ts';
import { VISITED_OUTCOMES } from '../../domain/visits/entities.ts';

/** Ids as a list of SQL: `('a', 'b')`. */
export const listed = (ids: readonly string[]): string => `(${ids.map((id) => `'${id}'`).join(', ')})`;

/** The enterprise is not in the bin, and not shown as another one. Every list and every figure is of these. */
export const liveEnterprise = (e = 'e'): string => `${e}.deleted_at IS NULL`;

/** The row, live itself, belongs to a live enterprise: for queries that do not join it. */
export const ofLiveEnterprise = (row: string): string =>
  `(${row}.deleted_at IS NULL AND EXISTS (SELECT 1 FROM enterprise le WHERE le.id = ${row}.enterprise_id AND ${liveEnterprise('le')}))`;

/** The enterprise counts in denominators: live, and neither closed nor moved away (domain reference 3.2). */
export const inScope = (e = 'e'): string => `(${liveEnterprise(e)} AND ${e}.operating_status NOT IN ${listed(OUT_OF_SCOPE_STATUSES)})`;

/**
 * Operating status on a day given as SQL, by the history. Before the first change that is on record it is `unknown`, which is in scope:
 * what was closed later was not closed then.
 */
export const statusOn = (day: string, e = 'e'): string =>
  `coalesce((SELECT h.status FROM status_history h WHERE h.enterprise_id = ${e}.id AND h.deleted_at IS NULL AND h.date <= ${day} ORDER BY h.date DESC, h.id DESC LIMIT 1),
    CASE WHEN ${e}.operating_status_date > ${day} OR EXISTS (SELECT 1 FROM status_history h WHERE h.enterprise_id = ${e}.id AND h.deleted_at IS NULL) THEN 'unknown' ELSE ${e}.operating_status END)`;

/** In scope on a day given as SQL. */
export const inScopeOn = (day: string, e = 'e'): string => `(${liveEnterprise(e)} AND ${statusOn(day, e)} NOT IN ${listed(OUT_OF_SCOPE_STATUSES)})`;

/** The finding counts: live, issued and not voided (domain reference 4.1). */
export const countedFinding = (f = 'f'): string => `(${f}.deleted_at IS NULL AND ${f}.status NOT IN ${listed(NOT_COUNTED_STATES)})`;

/** The finding counts and is not closed. */
export const openFinding = (f = 'f'): string => `(${f}.deleted_at IS NULL AND ${f}.status NOT IN ${listed(NOT_OPEN_STATES)})`;

/** The enterprise has not reported on the finding, so its deadline runs. */
export const awaitingReport = (f = 'f'): string => `${f}.status IN ${listed(AWAITING_STATES)}`;

/** Overdue as of a day, as `isOverdue` of the domain says it (domain reference 3.3). */
export const overdue = (f: string, day: string): string =>
  `((${awaitingReport(f)} AND ${f}.deadline < '${day}') OR (${f}.status = 'submitted' AND ${f}.report_date > ${f}.deadline))`;

/** The inspection took place: others do not count as visits (domain reference 2.7). */
export const visited = (v = 'v'): string => `(${v}.deleted_at IS NULL AND ${v}.outcome IN ${listed(VISITED_OUTCOMES)})`;

/** Area by which enterprises are grouped: the village, or else the park. */
export const placeId = (e = 'e'): string => `coalesce(${e}.village_id, ${e}.park_id)`;

/** Name of that area. */
export const placeName = (e = 'e'): string => `(SELECT a.name FROM area a WHERE a.id = ${placeId(e)})`;

/** Name of a person of the office. */
export const staffName = (column: string): string => `(SELECT s.name FROM staff s WHERE s.id = ${column})`;

/** A column of the permit that counts: of several, the one that runs longest. */
export const currentPermit = (column: string, enterpriseId = 'e.id'): string =>
  `(SELECT cp.${column} FROM permit cp WHERE cp.enterprise_id = ${enterpriseId} AND cp.deleted_at IS NULL ORDER BY cp.valid_to IS NULL, cp.valid_to DESC, cp.id DESC LIMIT 1)`;

/** A column of the emergency plan that counts: of several, the one to be reviewed last. */
export const currentPlan = (column: string, enterpriseId = 'e.id'): string =>
  `(SELECT ep.${column} FROM emergency_plan ep WHERE ep.enterprise_id = ${enterpriseId} AND ep.deleted_at IS NULL ORDER BY ep.review_due_date IS NULL, ep.review_due_date DESC, ep.id DESC LIMIT 1)`;

/** Phone of a contact, for `mainContact`. */
export const CONTACT_PHONE = 'coalesce(c.mobile, c.landline)';

/** What the first of an enterprise's contacts says; the expression is over alias `c`. */
export const mainContact = (expression: string, enterpriseId = 'e.id'): string =>
  `(SELECT ${expression} FROM contact c WHERE c.enterprise_id = ${enterpriseId} AND c.deleted_at IS NULL ORDER BY c.is_primary DESC, c.seq, c.id LIMIT 1)`;

/** Name of the organisation that keeps this workspace. */
export const OWN_ORGANISATION = '(SELECT o.name FROM organisation o JOIN office oo ON oo.organisation_id = o.id ORDER BY oo.created_at LIMIT 1)';

/** How many of the enterprise's findings are open. */
export const openFindingsOf = (enterpriseId = 'e.id'): string => `(SELECT count(*) FROM finding ofi WHERE ofi.enterprise_id = ${enterpriseId} AND ${openFinding('ofi')})`;
