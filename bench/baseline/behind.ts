// The statements of a list behind a number (its count, its villages, its first page), as commit 1e812e8 had them in
// services/statistics/behind.ts with the columns of services/findings/read.ts, enterprises/list.ts and visits/read.ts.
// Nothing is adapted.
import {
  cohort,
  overdue,
  PLACE,
  PLACE_NAME,
  targets,
  UNRECTIFIED,
  visits,
  type Days,
  type Statement,
} from './cohort.ts';

const PAGE = 50;
const tail = (rest: string): string =>
  `ORDER BY count(*) OVER (PARTITION BY ${PLACE}) DESC, ${PLACE}, ${rest} LIMIT ${PAGE} OFFSET 0`;

const FINDING = `f.id, f.no, f.enterprise_id AS enterpriseId, e.name AS enterpriseName, ${PLACE_NAME} AS villageName,
  (SELECT r.name FROM round r WHERE r.id = f.round_id) AS roundName, f.found_date AS foundDate, f.category, f.handling_class AS handlingClass, f.description, f.location,
  f.responsible_person AS responsiblePerson, f.status, f.deadline, f.extension_count AS extensionCount, f.closed_date AS closedDate, f.close_reason AS closeReason, f.return_count AS returnCount, f.report_date AS reportDate,
  (SELECT max(u.date) FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL) AS lastFollowUp,
  (SELECT u.next_date FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL ORDER BY u.date DESC, u.id DESC LIMIT 1) AS nextFollowUp`;

const permit = (column: string): string =>
  `(SELECT cp.${column} FROM permit cp WHERE cp.enterprise_id = e.id AND cp.deleted_at IS NULL ORDER BY cp.valid_to IS NULL, cp.valid_to DESC, cp.id DESC LIMIT 1)`;
const contact = (expression: string): string =>
  `(SELECT ${expression} FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL ORDER BY c.is_primary DESC, c.seq, c.id LIMIT 1)`;
const visit = (column: string): string =>
  `(SELECT v.${column} FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.outcome IS NOT NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;

const enterpriseColumns = (
  today: string,
): string => `e.id, e.name, e.short_name AS shortName, e.sign_name AS signName, e.credit_code AS creditCode, e.credit_code_quarantine AS creditCodeQuarantine,
    e.credit_code_missing_reason AS creditCodeMissingReason, e.object_kind AS objectKind, e.industry_code AS industryCode, e.industry_name AS industryName,
    e.operating_status AS operatingStatus, (SELECT lb.value FROM label lb WHERE lb.enterprise_id = e.id AND lb.system = 'overall_risk'
      AND lb.deleted_at IS NULL AND lb.assessed_date <= '${today}' AND (lb.valid_to IS NULL OR lb.valid_to >= '${today}') ORDER BY lb.assessed_date DESC, lb.id DESC LIMIT 1) AS overallRisk,
    ${permit('management_class')} AS permitClass, ${permit('valid_to')} AS permitValidTo,
    e.completeness, (SELECT count(*) FROM finding ofi WHERE ofi.enterprise_id = e.id AND (ofi.deleted_at IS NULL AND ofi.status NOT IN ('draft', 'voided', 'closed'))) AS openFindings,
    (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND ${overdue(today, 'f')}) AS overdueFindings,
    ${visit('date')} AS lastVisitDate, ${visit('outcome')} AS lastVisitOutcome,
    (SELECT a.name FROM area a WHERE a.id = e.town_id) AS townName, (SELECT a.name FROM area a WHERE a.id = e.village_id) AS villageName,
    (SELECT a.name FROM area a WHERE a.id = e.park_id) AS parkName, e.address, (SELECT s.name FROM staff s WHERE s.id = e.responsible_staff_id) AS responsibleName,
    ${contact('c.name')} AS contactName, ${contact('coalesce(c.mobile, c.landline)')} AS contactPhone, e.suspected_duplicate AS suspectedDuplicate, e.site_no AS siteNo,
    e.internal_code AS internalCode, e.deleted_at AS deletedAt`;

const VISIT = `v.id, v.no, v.date, v.enterprise_id AS enterpriseId, e.name AS enterpriseName, ${PLACE_NAME} AS villageName,
       (SELECT r.name FROM round r WHERE r.id = v.round_id) AS roundName, v.state, v.outcome,
       coalesce((SELECT group_concat(s.name, '、') FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL), '') AS staffNames,
       (SELECT count(*) FROM finding f WHERE f.visit_id = v.id AND f.deleted_at IS NULL AND f.status <> 'voided') AS findings,
       (SELECT group_concat(p.purpose) FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL) AS purposes`;

/** Count, villages and first page of rows `from` that a condition takes. */
const list = (
  count: string,
  from: string,
  where: string,
  columns: string,
  order: string,
  parameters: Statement['parameters'],
): Statement[] => [
  { sql: count, parameters },
  {
    sql: `SELECT ${PLACE_NAME} AS village, count(*) AS rows FROM ${from} WHERE ${where} GROUP BY ${PLACE} ORDER BY count(*) DESC, ${PLACE}`,
    parameters,
  },
  { sql: `SELECT ${columns} FROM ${from} WHERE ${where} ${tail(order)}`, parameters },
];

/** Findings that are not rectified. */
export function unrectified(days: Days, today: string): Statement[] {
  const base = cohort(days, today);
  const ids = `${base.sql} SELECT c.id FROM cohort c WHERE ${UNRECTIFIED}`;
  const from = 'finding f JOIN enterprise e ON e.id = f.enterprise_id';
  return list(
    `SELECT count(*) AS n FROM (${ids})`,
    from,
    `f.id IN (${ids})`,
    FINDING,
    'e.pinyin, f.no',
    base.parameters,
  );
}

const enterprises = (ids: Statement, today: string): Statement[] =>
  list(
    `SELECT count(*) AS n FROM (${ids.sql})`,
    'enterprise e',
    `e.id IN (${ids.sql})`,
    enterpriseColumns(today),
    'e.pinyin, e.id',
    ids.parameters,
  );

/** Enterprises that should be visited and were not. */
export function unvisitedEnterprises(days: Days, today: string): Statement[] {
  const [target, done] = [targets(days, today), visits(days)];
  const sql = `WITH target AS (${target.sql}), done AS (${done.sql}) SELECT x.id FROM target x WHERE x.id NOT IN (SELECT enterprise_id FROM done)`;
  return enterprises({ sql, parameters: [...target.parameters, ...done.parameters] }, today);
}

/** Enterprises all of whose findings are rectified. */
export function enterpriseRectificationRate(days: Days, today: string): Statement[] {
  const base = cohort(days, today);
  const sql = `${base.sql} SELECT x.enterprise_id AS id FROM (SELECT c.enterprise_id, c.village_id, count(*) FILTER (WHERE ${UNRECTIFIED}) AS open FROM cohort c WHERE 1 GROUP BY 1) x WHERE x.open = 0`;
  return enterprises({ sql, parameters: base.parameters }, today);
}

/** Visits. */
export function visitCount(days: Days): Statement[] {
  const done = visits(days);
  const where = `v.id IN (SELECT x.id FROM (${done.sql}) x)`;
  const from = 'visit v JOIN enterprise e ON e.id = v.enterprise_id';
  return list(
    `SELECT count(*) AS n FROM ${from} WHERE ${where}`,
    from,
    where,
    VISIT,
    'v.date DESC, v.id DESC',
    done.parameters,
  );
}
