// The statements of a monthly report, as commit 1e812e8 had them in services/reports/figures.ts and comparison.ts and
// services/training/figures.ts, with the training denominator of a new project (audience). Nothing is adapted.
import { cohort, overdue, PLACE, PLACE_NAME, statusOn, type Days, type Statement } from './cohort.ts';
import { dashboard, figures, struckOff } from './dashboard.ts';

const LIST = `f.id, f.no, ${PLACE_NAME} AS village, e.name AS enterprise, e.credit_code AS creditCode, f.found_date AS foundDate,
  (SELECT r.name FROM round r WHERE r.id = f.round_id) AS round, f.category, f.description, f.handling_class AS handlingClass, coalesce(f.responsible_person, f.responsible_unit) AS responsible,
  f.measure, c.deadline, c.status, c.closed_date AS closedDate, c.report_date AS reportDate,
  (SELECT v.result || '|' || v.date || '|' || v.method FROM verification v WHERE v.finding_id = f.id AND v.deleted_at IS NULL AND v.date <= ? ORDER BY v.date DESC, v.id DESC LIMIT 1) AS verification`;
const IN_ORDER = `${PLACE}, e.pinyin, f.no`;

function findings(days: Days, today: string, condition: string, order: string): Statement {
  const base = cohort(days, today);
  return {
    sql: `${base.sql} SELECT ${LIST} FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${condition} ORDER BY ${order}`,
    parameters: [...base.parameters, days.asOf],
  };
}

function overdueBy(days: Days, today: string): Statement {
  const base = cohort(days, today);
  return {
    sql: `${base.sql} SELECT c.category, c.handling_class AS handlingClass, count(*) AS n FROM cohort c WHERE ${overdue(days.asOf)} GROUP BY 1, 2`,
    parameters: base.parameters,
  };
}

const HELD = "t.deleted_at IS NULL AND t.state IN ('held', 'summarised', 'archived') AND t.date BETWEEN ? AND ?";
const LIVE = 'e.deleted_at IS NULL';
const EXPECTED = `((${LIVE} AND ${statusOn('t.date')} NOT IN ('closed', 'relocated')) AND EXISTS (SELECT 1 FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL AND (a.audience = 'all' OR a.audience = e.object_kind)))`;
const ATTENDED = `(${LIVE} AND EXISTS (SELECT 1 FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL))`;
const SIGNED = `x.training_id = t.id AND x.deleted_at IS NULL AND (x.enterprise_id IS NULL OR EXISTS (SELECT 1 FROM enterprise e WHERE e.id = x.enterprise_id AND ${LIVE}))`;
const COUNTS = `(SELECT count(*) FROM training_invitation i JOIN enterprise e ON e.id = i.enterprise_id WHERE i.training_id = t.id AND i.deleted_at IS NULL AND ${LIVE}) AS invited,
  (SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x WHERE ${SIGNED}) AS attended,
  (SELECT count(DISTINCT coalesce(x.enterprise_id, '') || '|' || x.person_name) FROM training_attendance x WHERE ${SIGNED}) AS persons,
  (SELECT count(DISTINCT e.id) FROM training_attendance x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.training_id = t.id AND x.deleted_at IS NULL AND ${EXPECTED}) AS n,
  (SELECT count(*) FROM enterprise e WHERE ${EXPECTED}) AS d`;

const trainings = ({ from, to }: Days): Statement[] => [
  {
    sql: `SELECT t.title, t.kind, t.date, t.place, (SELECT group_concat(a.audience) FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL) AS audience, ${COUNTS}
     FROM training t WHERE ${HELD} ORDER BY t.date, t.id`,
    parameters: [from, to],
  },
  {
    sql: `SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM training t WHERE ${HELD} AND ${EXPECTED} AND ${ATTENDED})) AS n, count(*) AS d
     FROM enterprise e WHERE EXISTS (SELECT 1 FROM training t WHERE ${HELD} AND ${EXPECTED})`,
    parameters: [from, to, from, to],
  },
];

const changes = ({ from, to }: Days): Statement => ({
  sql: `SELECT e.name AS enterprise, ${PLACE_NAME} AS village, h.status AS "to", h.date,
       (SELECT p.status FROM status_history p WHERE p.enterprise_id = h.enterprise_id AND p.deleted_at IS NULL AND (p.date, p.id) < (h.date, h.id) ORDER BY p.date DESC, p.id DESC LIMIT 1) AS "from"
     FROM status_history h JOIN enterprise e ON e.id = h.enterprise_id
     WHERE h.deleted_at IS NULL AND e.deleted_at IS NULL AND h.date BETWEEN ? AND ? ORDER BY h.date, e.pinyin LIMIT 100`,
  parameters: [from, to],
});

/** Findings as the report lists them: overdue and major ones of the year, all of the month. */
export const lists = (year: Days, month: Days, today: string): Statement[] => [
  findings(year, today, overdue(year.asOf), 'c.deadline, f.no'),
  findings(year, today, "c.handling_class = 'major' AND c.status <> 'closed'", IN_ORDER),
  findings(month, today, '1', IN_ORDER),
];

/** Everything that a monthly report asked: `before` is the month that it is compared with. */
export const report = (year: Days, month: Days, before: Days, today: string): Statement[] => [
  ...dashboard(year, today),
  ...dashboard(month, today),
  overdueBy(year, today),
  struckOff(month, today, year.from),
  ...trainings(month),
  changes(month),
  ...figures(before, today),
  ...lists(year, month, today),
];
