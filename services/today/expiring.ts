// Papers that end: the permit and the emergency plan that count, and the contract for hazardous waste.
import type { TodayRow } from '../../contract/today.ts';
import { EXPIRY_HORIZON_DAYS } from '../../domain/formalities/entities.ts';
import { addDays, daysBetween } from '../../domain/values/day.ts';
import { currentPermit, currentPlan, inScope, staffName } from '../conditions/index.ts';
import { counted, SHOWN, type Answer, type Ask } from './ask.ts';

interface PaperRecord { entity: TodayRow['entity']; id: string; enterpriseId: string; enterpriseName: string; text: string; rule: string; /** What is to be done by when, and when the paper ends: a permit is renewed before its end. */ day: string; ends: string; who: string | null }

/** How near the end of a paper is. */
function band({ day, ends }: PaperRecord, today: string): string {
  const left = daysBetween(today, day);
  return ends < today ? '已到期' : left < 0 ? '应已申请' : left <= 30 ? '30 天内' : left <= 60 ? '60 天内' : '90 天内';
}

function tail({ day, ends }: PaperRecord, today: string): string {
  if (ends < today) return `过期 ${daysBetween(ends, today)} 天`;
  const left = daysBetween(today, day);
  return left < 0 ? `申请迟 ${-left} 天` : `剩 ${left} 天`;
}

/** Over, or ends within the horizon, at enterprises that are still there. */
export async function expiringGroup(ask: Ask): Promise<Answer> {
  const paper = (entity: string, table: string, text: string, rule: string, day: string, only = '', ends = day): string =>
    `SELECT '${entity}' AS entity, x.id, e.id AS enterpriseId, e.name AS enterpriseName, ${text} AS text, ${rule} AS rule, ${day} AS day, ${ends} AS ends, ${staffName('e.responsible_staff_id')} AS who
     FROM ${table} x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.deleted_at IS NULL AND ${inScope()} AND ${day} <= ?1${only} AND (?2 IS NULL OR e.responsible_staff_id = ?2)`;
  const rows = await ask.read.sql<PaperRecord>([
    paper('permit', 'permit', "CASE WHEN x.renew_due_date IS NULL THEN '排污许可' ELSE '排污许可延续申请' END || '（' || x.valid_to || ' 到期）'",
      "CASE WHEN x.renew_due_date IS NULL THEN '有效期' WHEN x.management_class = 'registration' THEN '届满前 20 天' ELSE '届满前 60 天' END", 'coalesce(x.renew_due_date, x.valid_to)', ` AND x.id = ${currentPermit('id', 'x.enterprise_id')}`, 'coalesce(x.valid_to, x.renew_due_date)'),
    paper('emergencyPlan', 'emergency_plan', "'应急预案三年复审（备案 ' || x.filing_date || '）'", "'备案满 3 年'", 'x.review_due_date', ` AND x.id = ${currentPlan('id', 'x.enterprise_id')}`),
    paper('hazWasteProfile', 'haz_waste_profile', "'危废处置合同（' || x.contract_end || ' 到期）'", "'合同到期日'", 'x.contract_end'),
  ].join(' UNION ALL ') + ' ORDER BY day', [addDays(ask.today, EXPIRY_HORIZON_DAYS), ask.mine]);
  if (rows.length === 0) return { nothing: { title: '即将到期', note: `${EXPIRY_HORIZON_DAYS} 天内没有` } };
  return {
    group: {
      id: 'expiring', title: '即将到期', rule: '许可、预案、处置合同：已到期、30、60、90 天', count: rows.length, rest: counted(rows.slice(SHOWN).map((x) => band(x, ask.today))),
      rows: rows.slice(0, SHOWN).map((x) => {
        const left = daysBetween(ask.today, x.day);
        return { ...x, lead: band(x, ask.today), status: null, tail: tail(x, ask.today), tone: left < 0 ? 'red' : left <= 60 ? 'amber' : 'blue' };
      }),
    },
  };
}
