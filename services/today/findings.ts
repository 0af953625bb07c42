// Findings that want something today: overdue, due soon, to be verified, not followed up.
import type { TodayRow } from '../../contract/today.ts';
import { overdueDays } from '../../domain/findings/steps.ts';
import { addDays, daysBetween } from '../../domain/values/day.ts';
import type { SqlValue } from '../../db/index.ts';
import { awaitingReport, liveEnterprise, overdue, placeName, staffName } from '../conditions/index.ts';
import { counted, short, SHOWN, type Answer, type Ask } from './ask.ts';

const SOON_DAYS = 3;
/** Without a follow-up for longer, a finding is to be followed up (domain reference 3.4). */
export const FOLLOW_UP_DAYS = 7;

interface FindingRecord {
  id: string; enterpriseId: string; enterpriseName: string; village: string | null; status: string; description: string; who: string | null;
  deadline: string | null; extensions: number; reportDate: string | null; last: string | null;
}

/** The last follow-up, or else the day on which the finding was issued. */
const LAST = '(coalesce((SELECT max(u.date) FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL), f.issued_date))';

async function findings(ask: Ask, where: string, order: string, parameters: SqlValue[] = []): Promise<FindingRecord[]> {
  return await ask.read.sql<FindingRecord>(
    `SELECT f.id, f.enterprise_id AS enterpriseId, e.name AS enterpriseName, ${placeName()} AS village, f.status, f.description, ${staffName('e.responsible_staff_id')} AS who,
       f.deadline, f.extension_count AS extensions, f.report_date AS reportDate, ${LAST} AS last
     FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
     WHERE f.deleted_at IS NULL AND ${liveEnterprise()} AND ${where}${ask.mine === null ? '' : ' AND e.responsible_staff_id = ?'} ORDER BY ${order}`,
    ask.mine === null ? parameters : [...parameters, ask.mine]);
}

type Own = Pick<TodayRow, 'rule' | 'tail' | 'tone'> & { lead?: string };

function groupOf(head: { id: string; title: string; rule: string }, rows: readonly FindingRecord[], own: (r: FindingRecord) => Own): Answer {
  if (rows.length === 0) return { nothing: { title: head.title, note: '没有' } };
  return {
    group: {
      ...head, count: rows.length,
      // The villages of the rows that are not shown, those with most first.
      rest: counted(rows.slice(SHOWN).map((r) => r.village ?? '未划分')).sort((a, b) => b.count - a.count).slice(0, 6),
      rows: rows.slice(0, SHOWN).map((r) => ({
        entity: 'finding', id: r.id, enterpriseId: r.enterpriseId, enterpriseName: r.enterpriseName, lead: '', status: r.status, text: r.description, who: r.who, day: r.deadline, ...own(r),
      })),
    },
  };
}

/** Past the deadline, or reported after it and not verified. */
export async function overdueGroup(ask: Ask): Promise<Answer> {
  const rows = await findings(ask, overdue('f', ask.today), 'f.deadline, f.no');
  return groupOf({ id: 'overdue', title: '逾期问题', rule: '期限已过且未销号' }, rows, (r) => ({
    rule: r.extensions > 0 ? `延期 ${r.extensions} 次，至 ${short(r.deadline, ask.today)}` : `期限 ${short(r.deadline, ask.today)}`,
    tail: `${r.status === 'submitted' ? '迟交' : '逾期'} ${overdueDays(r, ask.today)} 天`, tone: 'red',
  }));
}

/** The deadline is near. */
export async function dueGroup(ask: Ask): Promise<Answer> {
  const rows = await findings(ask, `${awaitingReport()} AND f.deadline BETWEEN ? AND ?`, 'f.deadline, f.no', [ask.today, addDays(ask.today, SOON_DAYS)]);
  return groupOf({ id: 'due', title: '即将到期的问题', rule: `${SOON_DAYS} 天内到期` }, rows, (r) => {
    const left = daysBetween(ask.today, r.deadline ?? ask.today);
    return { rule: `期限 ${short(r.deadline, ask.today)}`, tail: left === 0 ? '今天到期' : `剩 ${left} 天`, tone: 'amber' };
  });
}

/** The enterprise has reported. */
export async function verifyGroup(ask: Ask): Promise<Answer> {
  const rows = await findings(ask, "f.status = 'submitted'", 'f.report_date, f.no');
  return groupOf({ id: 'verify', title: '待复核的整改回复', rule: '企业已提交，等待复核' }, rows, (r) => {
    const since = r.reportDate ?? ask.today;
    return { lead: short(since, ask.today), rule: `已等 ${daysBetween(since, ask.today)} 天`, tail: '去复核', tone: 'violet' };
  });
}

/** Nobody has asked for a week; those overdue stand in their own group. */
export async function followUpGroup(ask: Ask): Promise<Answer> {
  const rows = await findings(ask, `${awaitingReport()} AND ${LAST} < ? AND NOT ${overdue('f', ask.today)}`, 'last', [addDays(ask.today, -FOLLOW_UP_DAYS)]);
  return groupOf({ id: 'followUp', title: '该跟踪的问题', rule: `超过 ${FOLLOW_UP_DAYS} 天没有跟踪` }, rows, (r) => {
    const last = r.last ?? ask.today;
    return { rule: `上次 ${short(last, ask.today)}`, tail: `${daysBetween(last, ask.today)} 天未跟踪`, tone: 'amber' };
  });
}
