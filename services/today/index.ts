// Today: what has to be done, each row with the rule that put it there (product, screen 1).
import type { TodayGroup, TodayPage, TodayRow } from '../../contract/today.ts';
import { EXPIRY_HORIZON_DAYS } from '../../domain/formalities/entities.ts';
import { VISIT_PURPOSES, VISIT_STATES } from '../../domain/visits/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { addDays, daysBetween, formatDayShort, weekStart } from '../../domain/values/day.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { noticesOf } from '../backup/index.ts';
import { overdue } from '../enterprises/index.ts';

/** Rows shown per group; the rest is counted by village. */
const SHOWN = 5;
const SOON_DAYS = 3;
const FOLLOW_UP_DAYS = 7;

interface FindingRecord { id: string; enterpriseId: string; enterpriseName: string; village: string | null; status: string; description: string; who: string | null; deadline: string | null; original: string | null; extensions: number; reportDate: string | null }

const FINDINGS = `SELECT f.id, f.enterprise_id AS enterpriseId, e.name AS enterpriseName, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS village, f.status, f.description,
  (SELECT s.name FROM staff s WHERE s.id = e.responsible_staff_id) AS who, f.deadline, f.original_deadline AS original, f.extension_count AS extensions, f.report_date AS reportDate
  FROM finding f JOIN enterprise e ON e.id = f.enterprise_id WHERE f.deleted_at IS NULL AND e.deleted_at IS NULL`;

/** How often each label comes, in the order they come first. */
function counted(labels: readonly string[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count }));
}

/** The villages of the rows that are not shown, those with most first. */
const restBy = (rows: readonly FindingRecord[]) => counted(rows.map((r) => r.village ?? '未划分')).sort((a, b) => b.count - a.count).slice(0, 6);

/** How near the end of a paper is. */
function band(day: string, today: string): string {
  const left = daysBetween(today, day);
  return left < 0 ? '已到期' : left <= 30 ? '30 天内' : left <= 60 ? '60 天内' : '90 天内';
}

/** Builds the page for everybody or for the operator alone. */
export async function todayPage(ctx: Context, mine: boolean): Promise<TodayPage> {
  const { read } = ctx.store;
  const today = ctx.today();
  const short = (day: string | null): string => (day ? formatDayShort(day, today) : '');
  const me = ctx.operator().id;
  const own = mine ? ' AND e.responsible_staff_id = ?' : '';
  const p = (...values: SqlValue[]): SqlValue[] => [...values, ...(mine ? [me] : [])];
  const groups: TodayGroup[] = [];
  const done: TodayPage['done'] = [];

  const findingGroup = (id: string, title: string, rule: string, rows: FindingRecord[], row: (r: FindingRecord) => Pick<TodayRow, 'rule' | 'tail' | 'tone'> & { lead?: string }): void => {
    if (rows.length === 0) { done.push({ title, note: '没有' }); return; }
    groups.push({
      id, title, rule, count: rows.length, rest: restBy(rows.slice(SHOWN)),
      rows: rows.slice(0, SHOWN).map((r) => ({ entity: 'finding', id: r.id, enterpriseId: r.enterpriseId, enterpriseName: r.enterpriseName, lead: '', status: r.status, text: r.description, who: r.who, day: r.deadline, ...row(r) })),
    });
  };

  const late = await read.sql<FindingRecord>(`${FINDINGS} AND ${overdue('f', today)}${own} ORDER BY f.deadline, f.no`, p());
  findingGroup('overdue', '逾期问题', '期限已过且未销号', late, (r) => ({
    rule: r.extensions > 0 ? `延期 ${r.extensions} 次，至 ${short(r.deadline)}` : `期限 ${short(r.deadline)}`,
    tail: r.status === 'submitted' && r.reportDate && r.deadline ? `迟交 ${daysBetween(r.deadline, r.reportDate)} 天` : `逾期 ${daysBetween(r.deadline ?? today, today)} 天`, tone: 'red',
  }));
  const soon = await read.sql<FindingRecord>(`${FINDINGS} AND f.status IN ('open', 'in_progress') AND f.deadline BETWEEN ? AND ?${own} ORDER BY f.deadline, f.no`, p(today, addDays(today, SOON_DAYS)));
  findingGroup('due', '即将到期的问题', `${SOON_DAYS} 天内到期`, soon, (r) => {
    const left = daysBetween(today, r.deadline ?? today);
    return { rule: `期限 ${short(r.deadline)}`, tail: left === 0 ? '今天到期' : `剩 ${left} 天`, tone: 'amber' };
  });

  const visits = await read.sql<{ id: string; target: string | null; enterpriseId: string; enterpriseName: string; time: string | null; state: string | null; purpose: string | null; who: string | null; round: string | null; open: number }>(
    `SELECT v.id, NULL AS target, e.id AS enterpriseId, e.name AS enterpriseName, v.time_from AS time, v.state, (SELECT group_concat(x.purpose) FROM visit_purpose x WHERE x.visit_id = v.id AND x.deleted_at IS NULL) AS purpose,
       (SELECT group_concat(s.name, '、') FROM visit_staff y JOIN staff s ON s.id = y.staff_id WHERE y.visit_id = v.id AND y.deleted_at IS NULL) AS who, (SELECT r.name FROM round r WHERE r.id = v.round_id) AS round,
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND f.status NOT IN ('draft', 'closed', 'voided')) AS open
     FROM visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE v.deleted_at IS NULL AND (v.date = ?1 OR (v.state = 'draft' AND v.date < ?1))${own.replace('?', '?2')}
     UNION ALL SELECT t.id, t.id, e.id, e.name, NULL, NULL, 'routine', (SELECT s.name FROM staff s WHERE s.id = t.staff_id), (SELECT r.name FROM round r WHERE r.id = t.round_id),
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND f.status NOT IN ('draft', 'closed', 'voided'))
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE t.deleted_at IS NULL AND t.status = 'pending' AND t.planned_date <= ?1 AND t.planned_date > ?3${mine ? ' AND t.staff_id = ?2' : ''}
       AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.round_target_id = t.id AND v.deleted_at IS NULL AND v.state = 'draft')`, [today, me, addDays(today, -14)]);
  if (visits.length === 0) done.push({ title: '今天检查', note: '没有安排' });
  else {
    groups.push({
      id: 'visits', title: '今天检查', rule: '计划在今天或之前、还没有做完', count: visits.length, rest: [],
      rows: visits.map((v) => ({
        entity: v.target ? 'roundTarget' : 'visit', id: v.id, enterpriseId: v.enterpriseId, enterpriseName: v.enterpriseName, lead: v.time ?? '', status: null, who: v.who, day: today,
        text: [v.purpose?.split(',').map((x) => labelOf(VISIT_PURPOSES, x)).join('、'), v.open > 0 ? `未销号 ${v.open} 项` : null].filter(Boolean).join('　'), rule: v.round ?? '单次检查',
        tail: v.state ? labelOf(VISIT_STATES, v.state) : '未开始', tone: v.state === 'draft' ? 'blue' : v.state ? 'green' : 'plain',
      })),
    });
  }

  const waiting = await read.sql<FindingRecord>(`${FINDINGS} AND f.status = 'submitted'${own} ORDER BY f.report_date, f.no`, p());
  findingGroup('verify', '待复核的整改回复', '企业已提交，等待复核', waiting, (r) => ({ lead: short(r.reportDate ?? today), rule: `已等 ${daysBetween(r.reportDate ?? today, today)} 天`, tail: '去复核', tone: 'violet' }));

  const expiring = await read.sql<{ entity: TodayRow['entity']; id: string; enterpriseId: string; enterpriseName: string; text: string; rule: string; day: string; who: string | null }>(
    `SELECT * FROM (
      SELECT 'permit' AS entity, x.id, e.id AS enterpriseId, e.name AS enterpriseName, CASE WHEN x.renew_due_date IS NULL THEN '排污许可' ELSE '排污许可延续申请' END || '（' || x.valid_to || ' 到期）' AS text,
        CASE WHEN x.renew_due_date IS NULL THEN '有效期' WHEN x.management_class = 'registration' THEN '届满前 20 天' ELSE '届满前 60 天' END AS rule, coalesce(x.renew_due_date, x.valid_to) AS day, (SELECT s.name FROM staff s WHERE s.id = e.responsible_staff_id) AS who, e.responsible_staff_id AS staff
        FROM permit x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.deleted_at IS NULL AND e.deleted_at IS NULL AND e.operating_status NOT IN ('closed', 'relocated') AND coalesce(x.renew_due_date, x.valid_to) <= ?1
      UNION ALL SELECT 'emergencyPlan', x.id, e.id, e.name, '应急预案三年复审（备案 ' || x.filing_date || '）', '备案满 3 年', x.review_due_date, (SELECT s.name FROM staff s WHERE s.id = e.responsible_staff_id), e.responsible_staff_id
        FROM emergency_plan x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.deleted_at IS NULL AND e.deleted_at IS NULL AND e.operating_status NOT IN ('closed', 'relocated') AND x.review_due_date <= ?1
      UNION ALL SELECT 'hazWasteProfile', x.id, e.id, e.name, '危废处置合同（' || x.contract_end || ' 到期）', '合同到期日', x.contract_end, (SELECT s.name FROM staff s WHERE s.id = e.responsible_staff_id), e.responsible_staff_id
        FROM haz_waste_profile x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.deleted_at IS NULL AND e.deleted_at IS NULL AND e.operating_status NOT IN ('closed', 'relocated') AND x.contract_end <= ?1) q
     WHERE (?2 = '' OR q.staff = ?2) ORDER BY q.day`, [addDays(today, EXPIRY_HORIZON_DAYS), mine ? me : '']);
  if (expiring.length === 0) done.push({ title: '即将到期', note: `${EXPIRY_HORIZON_DAYS} 天内没有` });
  else {
    groups.push({
      id: 'expiring', title: '即将到期', rule: '许可、预案、处置合同：已到期、30、60、90 天', count: expiring.length, rest: counted(expiring.slice(SHOWN).map((x) => band(x.day, today))),
      rows: expiring.slice(0, SHOWN).map((x) => {
        const left = daysBetween(today, x.day);
        return { entity: x.entity, id: x.id, enterpriseId: x.enterpriseId, enterpriseName: x.enterpriseName, lead: band(x.day, today), status: null, text: x.text, who: x.who, rule: x.rule, tail: left < 0 ? `过期 ${-left} 天` : `剩 ${left} 天`, tone: left < 0 ? 'red' : left <= 60 ? 'amber' : 'blue', day: x.day };
      }),
    });
  }

  const stale = await read.sql<FindingRecord & { last: string | null }>(
    `${FINDINGS.replace(' FROM finding f', ", coalesce((SELECT max(u.date) FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL), f.issued_date) AS last FROM finding f")}
     AND f.status IN ('open', 'in_progress') AND coalesce((SELECT max(u.date) FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL), f.issued_date) < ? AND NOT ${overdue('f', today)}${own} ORDER BY last`, p(addDays(today, -FOLLOW_UP_DAYS)));
  findingGroup('followUp', '该跟踪的问题', `超过 ${FOLLOW_UP_DAYS} 天没有跟踪`, stale, (r) => ({
    rule: `上次 ${short((r as FindingRecord & { last: string | null }).last ?? today)}`, tail: `${daysBetween((r as FindingRecord & { last: string | null }).last ?? today, today)} 天未跟踪`, tone: 'amber',
  }));

  const monday = weekStart(today);
  const week = [];
  for (let i = 0; i < 5; i += 1) {
    const day = addDays(monday, i);
    const n = await read.sqlOne<{ planned: number; done: number }>(
      `SELECT (SELECT count(*) FROM round_target t WHERE t.deleted_at IS NULL AND t.planned_date = ?1) AS planned,
         (SELECT count(*) FROM visit v WHERE v.deleted_at IS NULL AND v.date = ?1 AND v.outcome IN ('completed', 'partial')) AS done`, [day]);
    week.push({ day, planned: Math.max(n?.planned ?? 0, n?.done ?? 0), done: n?.done ?? 0, today: day === today });
  }
  const follow = await read.sqlOne<{ open: number; done: number }>(
    `SELECT (SELECT count(*) FROM finding f WHERE f.deleted_at IS NULL AND f.status IN ('open', 'in_progress')) AS open,
       (SELECT count(DISTINCT u.finding_id) FROM follow_up u JOIN finding f ON f.id = u.finding_id WHERE u.deleted_at IS NULL AND u.date >= ? AND f.status IN ('open', 'in_progress')) AS done`, [addDays(today, -FOLLOW_UP_DAYS)]);
  const next = await read.sqlOne<{ day: string; count: number }>("SELECT planned_date AS day, count(*) AS count FROM round_target WHERE deleted_at IS NULL AND status = 'pending' AND planned_date > ? GROUP BY 1 ORDER BY 1 LIMIT 1", [today]);
  const total = groups.reduce((n, g) => n + g.count, 0);
  return { today, groups, done, total, mine: mine ? total : await mineCount(ctx), week, followUps: { due: follow?.open ?? 0, done: follow?.done ?? 0, late: stale.length }, next, backup: await noticesOf(ctx) };
}

/** How many rows would be the operator's own. */
async function mineCount(ctx: Context): Promise<number> {
  const me = ctx.operator().id;
  if (!me) return 0;
  return (await todayPage(ctx, true)).total;
}

/** How many things Today lists, for the navigation. */
export async function todayCount(ctx: Context): Promise<number> {
  return (await todayPage(ctx, true)).total;
}
