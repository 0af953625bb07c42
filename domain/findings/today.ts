// Findings that want something today: overdue, due soon, to be verified, not followed up.
import type { Filter } from '../dictionary/filter.ts';
import { defineTodayRule, type TodayRule } from '../dictionary/today.ts';

const SOON_DAYS = 3;
/** Without a follow-up for longer, a finding is to be followed up (domain reference 3.4). */
export const FOLLOW_UP_DAYS = 7;

/** A follow-up on an agreed day is told so long before. */
const AHEAD_DAYS = 1;
const AGREED: Filter = [{ field: 'nextFollowUp', op: 'filled' }];

const ofFinding = {
  of: 'finding',
  then: 'no',
  text: '{description}',
  status: 'status',
  enterprise: 'enterpriseId',
  owner: 'enterpriseId.responsibleStaffId',
  rest: { by: '{village|未划分}' },
  none: '没有',
} as const;

export const FINDING_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...ofFinding,
    id: 'overdue',
    title: '逾期问题',
    rule: '期限已过且未销号',
    severity: 'late',
    tone: 'red',
    glyph: 'over',
    where: [{ is: 'overdue' }],
    day: 'deadline',
    why: [
      {
        when: [{ field: 'extensionCount', op: 'gt', value: 0 }],
        is: '延期 {extensionCount} 次，至 {deadline:short}',
      },
      { is: '期限 {deadline:short}' },
    ],
    tail: [
      { when: [{ field: 'status', op: 'eq', value: 'submitted' }], is: '迟交 {overdueDays}' },
      { is: '逾期 {overdueDays}' },
    ],
  }),
  defineTodayRule({
    ...ofFinding,
    id: 'due',
    title: '即将到期的问题',
    rule: `${SOON_DAYS} 天内到期`,
    severity: 'due',
    tone: 'amber',
    glyph: 'clock',
    where: [{ is: 'dueWithinDays', value: SOON_DAYS }],
    day: 'deadline',
    why: '期限 {deadline:short}',
    tail: [
      { when: [{ field: 'deadline', op: 'eq', value: { today: 0 } }], is: '今天到期' },
      { is: '剩 {deadline:left} 天' },
    ],
  }),
  defineTodayRule({
    ...ofFinding,
    id: 'verify',
    title: '待复核的整改回复',
    rule: '企业已提交，等待复核',
    severity: 'work',
    tone: 'violet',
    glyph: 'sub',
    where: [{ field: 'status', op: 'in', value: ['submitted'] }],
    day: 'reportDate',
    why: [
      { when: [{ field: 'reportDate', op: 'eq', value: { today: 0 } }], is: '今天提交' },
      { is: '已等 {day:past} 天' },
    ],
    tail: '去复核',
  }),
  /** The agreed day has come or is the next, or none was agreed and nobody has asked for a week; the overdue have their own group. */
  defineTodayRule({
    ...ofFinding,
    id: 'followUp',
    title: '该跟踪的问题',
    rule: `约定的跟踪日就到，或没有约定、超过 ${FOLLOW_UP_DAYS} 天没有跟踪`,
    severity: 'watch',
    tone: 'amber',
    glyph: 'prog',
    where: [
      { is: 'awaitingReport' },
      {
        any: [
          [{ field: 'nextFollowUp', op: 'le', value: { today: AHEAD_DAYS } }],
          [
            { field: 'nextFollowUp', op: 'empty' },
            { is: 'notFollowedUp', value: FOLLOW_UP_DAYS },
          ],
        ],
      },
      { is: 'overdue', not: true },
    ],
    day: ['nextFollowUp', 'lastFollowUp', 'issuedDate'],
    why: [{ when: AGREED, is: '约定 {nextFollowUp:short}' }, { is: '上次 {day:short}' }],
    tail: [{ when: AGREED, is: '{nextFollowUp:distance}' }, { is: '{day:past} 天未跟踪' }],
  }),
];
