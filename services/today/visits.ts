// Inspections of today: begun, done today, or planned and not begun.
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { VISIT_PURPOSES, VISIT_STATES } from '../../domain/visits/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { inScope, liveEnterprise, openFindingsOf, staffName } from '../conditions/index.ts';
import type { Answer, Ask } from './ask.ts';

/** A plan that is older is no plan for today. */
const PLAN_DAYS = 14;

interface VisitRecord {
  id: string; target: string | null; enterpriseId: string; enterpriseName: string; time: string | null; state: string | null; purpose: string | null; who: string | null; round: string | null; open: number;
}

/** Drafts, visits of today, and targets planned up to today at enterprises that are still there. */
export async function visitsGroup(ask: Ask): Promise<Answer> {
  const round = (row: string): string => `(SELECT r.name FROM round r WHERE r.id = ${row}.round_id)`;
  const rows = await ask.read.sql<VisitRecord>(
    `SELECT v.id, NULL AS target, e.id AS enterpriseId, e.name AS enterpriseName, v.time_from AS time, v.state, (SELECT group_concat(x.purpose) FROM visit_purpose x WHERE x.visit_id = v.id AND x.deleted_at IS NULL) AS purpose,
       (SELECT group_concat(s.name, '、') FROM visit_staff y JOIN staff s ON s.id = y.staff_id WHERE y.visit_id = v.id AND y.deleted_at IS NULL) AS who, ${round('v')} AS round, ${openFindingsOf()} AS open
     FROM visit v JOIN enterprise e ON e.id = v.enterprise_id WHERE v.deleted_at IS NULL AND ${liveEnterprise()} AND (v.date = ?1 OR (v.state = 'draft' AND v.date < ?1)) AND (?2 IS NULL OR e.responsible_staff_id = ?2)
     UNION ALL SELECT t.id, t.id, e.id, e.name, NULL, NULL, 'routine', ${staffName('t.staff_id')}, ${round('t')}, ${openFindingsOf()}
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE t.deleted_at IS NULL AND ${inScope()} AND t.status = 'pending' AND t.planned_date <= ?1 AND t.planned_date > ?3 AND (?2 IS NULL OR t.staff_id = ?2)
       AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.round_target_id = t.id AND v.deleted_at IS NULL AND v.state = 'draft')`, [ask.today, ask.mine, addDays(ask.today, -PLAN_DAYS)]);
  if (rows.length === 0) return { nothing: { title: '今天检查', note: '没有安排' } };
  return {
    group: {
      id: 'visits', title: '今天检查', rule: '计划在今天或之前、还没有做完', count: rows.length, rest: [],
      rows: rows.map((v) => ({
        entity: v.target ? 'roundTarget' : 'visit', id: v.id, enterpriseId: v.enterpriseId, enterpriseName: v.enterpriseName, lead: v.time ?? '', status: null, who: v.who, day: ask.today,
        text: [v.purpose?.split(',').map((x) => labelOf(VISIT_PURPOSES, x)).join('、'), v.open > 0 ? `未销号 ${v.open} 项` : null].filter(Boolean).join('　'), rule: v.round ?? '单次检查',
        tail: v.state ? labelOf(VISIT_STATES, v.state) : '未开始', tone: v.state === 'draft' ? 'blue' : v.state ? 'green' : 'plain',
      })),
    },
  };
}
