// Duties that are due soon or were not done in time.
import { defineTodayRule, redAfter, type TodayRule } from '../dictionary/today.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { DUTY_HORIZON_DAYS } from './vocabulary.ts';

export const DUTY_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    id: 'dutyDue',
    of: 'openDuty',
    title: '定期义务',
    rule: `企业的定期义务 ${DUTY_HORIZON_DAYS} 天内到期或已过期，还没有凭证`,
    where: [
      { field: 'dueDate', op: 'le', value: { today: DUTY_HORIZON_DAYS } },
      { field: 'isToldElsewhere', op: 'eq', value: false },
      OF_ENTERPRISE_IN_SCOPE,
    ],
    day: 'dueDate',
    text: '{ruleId}（{dueDate} 前，凭证：{ruleId.proof|记录}）',
    why: '{ruleId.rule}',
    enterprise: 'enterpriseId',
    owner: 'enterpriseId.responsibleStaffId',
    severity: 'watch',
    tone: 'amber',
    tones: redAfter('dueDate'),
    glyph: 'clock',
    rest: { by: '{ruleId}' },
  }),
];
