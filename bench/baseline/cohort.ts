// The tables of every statement of the baseline, as commit 1e812e8 had them in services/statistics/cohort.ts and
// visits-side.ts: hand-written, for a scope without kinds of object, villages and round (which add no condition there
// either). Words of the domain are written out as they stood; no column has changed its name since, so nothing is adapted.

/** Days that are counted. */
export interface Days {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
}

/** A statement with its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly (string | number | null)[];
}

export const PLACE = 'coalesce(e.village_id, e.park_id)';
export const PLACE_NAME = `(SELECT a.name FROM area a WHERE a.id = ${PLACE})`;
const OUT = "'closed', 'relocated'";

const RANK = `CASE s."to" WHEN 'draft' THEN 0 WHEN 'open' THEN 1 WHEN 'in_progress' THEN 2 WHEN 'suspended' THEN 3 WHEN 'transferred' THEN 4 WHEN 'submitted' THEN 5 WHEN 'closed' THEN 6 WHEN 'voided' THEN 7 END`;
const DEADLINES = "('issue', 'verify_fail', 'extend', 'resume', 'send_back', 'reopen')";
const REASON =
  "CASE s.event WHEN 'fix_on_site' THEN 'fixed_on_site' WHEN 'verify_pass' THEN 'verified' WHEN 'source_removed' THEN 'source_removed' WHEN 'close_transferred' THEN 'after_transfer' END";
const REPORTS = `((s."to" = 'submitted' AND s.event NOT IN ('unvoid', 'reconcile')) OR (s."to" IN ('in_progress', 'open', 'suspended') AND s.event NOT IN ('extend', 'reconcile')))`;
const CLOSES = `s."to" = 'closed' AND s.event NOT IN ('unvoid', 'reconcile')`;

function asOfColumns(day: string): string {
  const upto = `s.finding_id = f.id AND s.deleted_at IS NULL AND s.date <= '${day}'`;
  const head = (expression: string) => `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND NOT EXISTS (
      SELECT 1 FROM finding_step_prev p JOIN finding_step n ON n.id = p.step_id WHERE p.prev_id = s.id AND p.deleted_at IS NULL AND n.deleted_at IS NULL AND n.date <= '${day}')
    ORDER BY ${RANK}, s.date DESC, s.at DESC LIMIT 1)`;
  const last = (expression: string, condition: string, direction = 'DESC') =>
    `(SELECT ${expression} FROM finding_step s WHERE ${upto} AND ${condition} ORDER BY s.date ${direction}, s.at ${direction}, s.id ${direction} LIMIT 1)`;
  return `coalesce(${head('s."to"')}, 'none') AS status,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINES}`)} AS deadline,
    ${last('s.deadline', `s.deadline IS NOT NULL AND s.event IN ${DEADLINES}`, 'ASC')} AS original_deadline,
    ${last(`CASE s."to" WHEN 'submitted' THEN s.date END`, REPORTS)} AS report_date,
    ${last('s.date', CLOSES)} AS closed_date,
    ${last(REASON, CLOSES)} AS close_reason`;
}

const CURRENT_COLUMNS = 'f.status, f.deadline, f.original_deadline, f.report_date, f.closed_date, f.close_reason';

/** `WITH cohort AS (…)`: findings of the days that count; `only` cuts the findings `f` down before their state is asked. */
export function cohort(days: Days, today: string, only?: Statement): Statement {
  return {
    sql: `WITH every AS (
      SELECT f.id, f.enterprise_id, f.category, f.handling_class, f.found_date, f.round_id, f.recurrence_of_id, ${PLACE} AS village_id,
        ${days.asOf < today ? asOfColumns(days.asOf) : CURRENT_COLUMNS}
      FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
      WHERE f.deleted_at IS NULL AND f.found_date BETWEEN ? AND ? AND f.found_date <= ? AND e.deleted_at IS NULL${only ? ` AND ${only.sql}` : ''}),
    cohort AS (SELECT * FROM every WHERE status NOT IN ('draft', 'voided', 'none'))`,
    parameters: [days.from, days.to, days.asOf, ...(only?.parameters ?? [])],
  };
}

/** Findings of whenever that may have been struck off in the days. */
export function cohortOfClosing(days: Days, today: string): Statement {
  const sql =
    days.asOf >= today
      ? 'f.closed_date BETWEEN ? AND ?'
      : `EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = f.id AND s.deleted_at IS NULL AND s."to" = 'closed' AND s.date BETWEEN ? AND ?)`;
  return cohort({ ...days, from: '0001-01-01' }, today, { sql, parameters: [days.from, days.to] });
}

/** Conditions over alias `c` of the cohort, under the settings of a new project: what is gone with its source does not count. */
export const CLOSED = "c.status = 'closed'";
export const RECTIFIED = "(c.status = 'closed' AND coalesce(c.close_reason, '') <> 'source_removed')";
export const UNRECTIFIED = "(c.status <> 'closed' OR coalesce(c.close_reason, '') = 'source_removed')";
export const SOURCE_REMOVED = "(c.status = 'closed' AND c.close_reason = 'source_removed')";
export const overdue = (day: string, f = 'c'): string =>
  `((${f}.status IN ('open', 'in_progress') AND ${f}.deadline < '${day}')
    OR (${f}.status = 'submitted' AND ${f}.report_date > ${f}.deadline))`;
export const due = (day: string): string => `(c.original_deadline IS NOT NULL AND c.original_deadline <= '${day}')`;
export const onTime = (day: string): string =>
  `(c.status = 'closed' AND c.original_deadline IS NOT NULL AND c.original_deadline <= '${day}'
    AND coalesce(c.report_date, c.closed_date) <= c.original_deadline)`;
export const closedIn = ({ from, to }: Days): string =>
  `(c.status = 'closed' AND c.closed_date BETWEEN '${from}' AND '${to}')`;

/** Operating status on a day, as SQL for it, by the history. */
export const statusOn = (day: string): string =>
  `coalesce((SELECT h.status FROM status_history h WHERE h.enterprise_id = e.id AND h.deleted_at IS NULL AND h.date <= ${day} ORDER BY h.date DESC, h.id DESC LIMIT 1),
    CASE WHEN e.operating_status_date > ${day} OR EXISTS (SELECT 1 FROM status_history h WHERE h.enterprise_id = e.id AND h.deleted_at IS NULL) THEN 'unknown' ELSE e.operating_status END)`;

/** Enterprises that should be visited. */
export const targets = (days: Days, today: string): Statement => ({
  sql: `SELECT e.id, ${PLACE} AS village_id FROM enterprise e WHERE ${days.asOf >= today ? 'e.operating_status' : statusOn(`'${days.asOf}'`)} NOT IN (${OUT}) AND e.deleted_at IS NULL`,
  parameters: [],
});

/** Visits that count. */
export const visits = (days: Days): Statement => ({
  sql: `SELECT v.id, v.enterprise_id, ${PLACE} AS village_id, v.is_night, v.date FROM visit v JOIN enterprise e ON e.id = v.enterprise_id
      WHERE (v.deleted_at IS NULL AND v.outcome IN ('completed', 'partial')) AND v.date BETWEEN ? AND ? AND e.deleted_at IS NULL`,
  parameters: [days.from, days.to < days.asOf ? days.to : days.asOf],
});
