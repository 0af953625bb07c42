// The statements of the dashboard, as commit 1e812e8 had them in services/statistics/overview.ts. Nothing is adapted.
import {
  CLOSED,
  closedIn,
  cohort,
  cohortOfClosing,
  due,
  onTime,
  overdue,
  RECTIFIED,
  SOURCE_REMOVED,
  targets,
  UNRECTIFIED,
  visits,
  type Days,
  type Statement,
} from './cohort.ts';

/** A statement over the cohort; `sql` may say more tables before its SELECT. */
const over = (days: Days, today: string, sql: string, parameters: Statement['parameters'] = []): Statement => {
  const base = cohort(days, today);
  return { sql: `${base.sql}${sql}`, parameters: [...base.parameters, ...parameters] };
};

const totals = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT count(*) AS found, count(*) FILTER (WHERE ${RECTIFIED}) AS rectified, count(*) FILTER (WHERE ${CLOSED}) AS closed,
      count(*) FILTER (WHERE ${SOURCE_REMOVED}) AS sourceRemoved, count(*) FILTER (WHERE ${overdue(days.asOf)}) AS overdue,
      count(*) FILTER (WHERE c.handling_class = 'immediate') AS immediate, count(*) FILTER (WHERE c.recurrence_of_id IS NOT NULL) AS recurrent,
      count(*) FILTER (WHERE ${due(days.asOf)}) AS due, count(*) FILTER (WHERE ${onTime(days.asOf)}) AS onTime, count(DISTINCT c.enterprise_id) AS enterprises,
      (SELECT count(*) FROM every WHERE status = 'voided') AS voided FROM cohort c`,
  );

const reach = (days: Days, today: string): Statement => {
  const [target, done] = [targets(days, today), visits(days)];
  return over(
    days,
    today,
    `, target AS (${target.sql}), done AS (${done.sql})
      SELECT (SELECT count(*) FROM target) AS inScope, (SELECT count(*) FROM target WHERE id IN (SELECT enterprise_id FROM done)) AS visitedTargets,
        (SELECT count(DISTINCT enterprise_id) FROM done) AS visitedEnterprises, (SELECT count(*) FROM done) AS visits, (SELECT count(*) FROM done WHERE is_night = 1) AS night,
        (SELECT count(DISTINCT enterprise_id) FROM done WHERE enterprise_id IN (SELECT enterprise_id FROM cohort)) AS problemVisited,
        (SELECT count(*) FROM target t JOIN enterprise e ON e.id = t.id WHERE e.file_established_date IS NOT NULL AND e.file_established_date <= ?) AS established`,
    [...target.parameters, ...done.parameters, days.asOf],
  );
};

const returns = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT count(*) FILTER (WHERE v.result <> 'pass') AS fails, count(*) AS "all" FROM verification v WHERE v.deleted_at IS NULL AND v.date <= ? AND v.finding_id IN (SELECT id FROM cohort)`,
    [days.asOf],
  );

const clean = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT count(*) AS n FROM (SELECT c.enterprise_id FROM cohort c GROUP BY 1 HAVING count(*) FILTER (WHERE ${UNRECTIFIED}) = 0)`,
  );

/** Struck off in the days; `since` counts those found from then on. */
export function struckOff(days: Days, today: string, since = '0001-01-01'): Statement {
  const base = cohortOfClosing(days, today);
  return {
    sql: `${base.sql} SELECT count(*) AS n FROM cohort c WHERE ${closedIn(days)} AND c.found_date >= ?`,
    parameters: [...base.parameters, since],
  };
}

/** The named figures. */
export const figures = (days: Days, today: string): Statement[] => [
  totals(days, today),
  reach(days, today),
  returns(days, today),
  clean(days, today),
  struckOff(days, today),
];

/** By village. */
export function byVillage(days: Days, today: string): Statement {
  const [target, done] = [targets(days, today), visits(days)];
  return over(
    days,
    today,
    `, target AS (${target.sql}), done AS (${done.sql}),
     lines AS (
       SELECT village_id, 1 AS enterprises, id IN (SELECT enterprise_id FROM done) AS visited, 0 AS reached, 0 AS found, 0 AS closed, 0 AS overdue FROM target
       UNION ALL SELECT DISTINCT village_id, 0, 0, enterprise_id, 0, 0, 0 FROM done
       UNION ALL SELECT c.village_id, 0, 0, 0, 1, ${RECTIFIED}, coalesce(${overdue(days.asOf)}, 0) FROM cohort c),
     here AS (SELECT village_id, sum(enterprises) AS enterprises, sum(visited) AS visited, count(DISTINCT nullif(reached, 0)) AS reached, sum(found) AS found, sum(closed) AS closed, sum(overdue) AS overdue FROM lines GROUP BY 1)
     SELECT h.village_id AS id, (SELECT a.name FROM area a WHERE a.id = h.village_id) AS name,
       (SELECT s.name FROM staff s WHERE s.area_id = h.village_id AND s.role = 'village_officer' AND s.deleted_at IS NULL AND s.is_active = 1 ORDER BY s.created_at LIMIT 1) AS officer,
       h.enterprises, h.visited, h.reached, h.found, h.closed, h.overdue
     FROM here h ORDER BY found DESC, enterprises DESC`,
    [...target.parameters, ...done.parameters],
  );
}

export const byStatus = (days: Days, today: string): Statement =>
  over(days, today, ' SELECT c.status, count(*) AS count FROM cohort c GROUP BY 1');

export const byCategory = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT c.category, count(*) AS found, count(*) FILTER (WHERE ${RECTIFIED}) AS closed, count(*) - count(*) FILTER (WHERE ${RECTIFIED}) AS open, count(DISTINCT c.enterprise_id) AS enterprises
      FROM cohort c GROUP BY 1 ORDER BY found DESC, c.category`,
  );

export const byClass = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT c.handling_class AS handlingClass, count(*) AS found, count(*) FILTER (WHERE ${RECTIFIED}) AS closed FROM cohort c GROUP BY 1`,
  );

export const byMonth = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT month, sum(found) AS found, sum(closed) AS closed FROM (
       SELECT substr(c.found_date, 1, 7) AS month, 1 AS found, 0 AS closed FROM cohort c UNION ALL SELECT substr(c.closed_date, 1, 7), 0, 1 FROM cohort c WHERE ${CLOSED})
     GROUP BY month ORDER BY month`,
  );

/** What is overdue, the longest first. */
export const overdueRows = (days: Days, today: string): Statement =>
  over(
    days,
    today,
    ` SELECT c.id, f.no, c.enterprise_id AS enterpriseId, e.name AS enterpriseName, (SELECT a.name FROM area a WHERE a.id = c.village_id) AS villageName, f.description, c.deadline, c.status
     FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${overdue(days.asOf)} ORDER BY c.deadline, f.no LIMIT 200`,
  );

/** Everything that the dashboard asked. */
export const dashboard = (days: Days, today: string): Statement[] => [
  ...figures(days, today),
  byVillage(days, today),
  overdueRows(days, today),
  byStatus(days, today),
  byCategory(days, today),
  byClass(days, today),
  byMonth(days, today),
];
