// The list of findings: columns, ready views, conditions with a name.
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';
import { AWAITING_STATES, NOT_COUNTED_STATES, NOT_OPEN_STATES } from './machine.ts';
import { verificationText } from './vocabulary.ts';

const of = 'finding';

/** What officers found while they were assisted is theirs: in no count, on a list of its own (domain reference 8.1). */
const STEWARDS_OWN = { field: 'owner', op: 'ne', value: 'authority' } as const;

export const findingConditions: readonly NamedCondition[] = [
  defineCondition({
    id: 'counted',
    of,
    label: '计入统计',
    no: '不计入',
    where: [{ field: 'status', op: 'notIn', value: NOT_COUNTED_STATES }, STEWARDS_OWN],
  }),
  defineCondition({
    id: 'open',
    of,
    label: '未销号',
    where: [{ field: 'status', op: 'notIn', value: NOT_OPEN_STATES }, STEWARDS_OWN],
  }),
  defineCondition({
    id: 'awaitingReport',
    of,
    label: '企业还没有提交整改',
    where: [{ field: 'status', op: 'in', value: AWAITING_STATES }, STEWARDS_OWN],
  }),
  /** As `isOverdue` of steps.ts says it: unreported past the deadline, or reported after it and not verified (domain reference 3.3). */
  defineCondition({
    id: 'overdue',
    of,
    label: '逾期',
    where: [
      {
        any: [
          [{ is: 'awaitingReport' }, { field: 'deadline', op: 'lt', value: { today: 0 } }],
          [
            { field: 'status', op: 'eq', value: 'submitted' },
            { field: 'reportDate', op: 'gt', value: { field: 'deadline' } },
          ],
        ],
      },
    ],
  }),
  defineCondition({
    id: 'dueWithinDays',
    of,
    label: '几天内到期',
    takes: { kind: 'days', initial: 7 },
    words: (days) => `${days} 天内`,
    where: [{ is: 'awaitingReport' }, { field: 'deadline', op: 'between', value: [{ today: 0 }, { today: 'given' }] }],
  }),
  defineCondition({
    id: 'suspectedRepeat',
    of,
    label: '疑似重复',
    where: [{ field: 'suspectedRepeatOfId', op: 'filled' }, STEWARDS_OWN],
  }),
  /** Since the last follow-up, or else since it was issued (domain reference 3.4). */
  defineCondition({
    id: 'notFollowedUp',
    of,
    label: '没有跟踪',
    takes: { kind: 'days', initial: 7 },
    words: (days) => `超过 ${days} 天`,
    where: [
      {
        any: [
          [{ field: 'lastFollowUp', op: 'lt', value: { today: '-given' } }],
          [
            { field: 'lastFollowUp', op: 'empty' },
            { field: 'issuedDate', op: 'lt', value: { today: '-given' } },
          ],
        ],
      },
    ],
  }),
];

export const findingList = defineList({
  of,
  title: '问题清单',
  counted: '项',
  placeholder: '企业、编号、问题、责任人',
  order: ['-foundDate', '-no', 'id'],
  search: ['description', 'no', 'responsiblePerson', 'enterpriseId'],
  columns: [
    { path: 'status', width: 88, fixed: true, chars: 12 },
    { path: 'enterpriseId', width: 'minmax(172px,1.3fr)', sort: ['enterpriseId.pinyin'], chars: 28 },
    { path: 'description', width: 'minmax(220px,2.4fr)', sortable: false, with: ['placeId', 'location'], chars: 40 },
    { key: 'village', label: '村居', width: 84, chars: 14, first: ['enterpriseId.villageId', 'enterpriseId.parkId'] },
    { path: 'category', width: 112, chars: 16 },
    { path: 'handlingClass', width: 84, chars: 12 },
    { path: 'deadline', width: 112, due: { overdue: 'overdueDays', left: 'daysLeft' }, chars: 12 },
    { path: 'responsiblePerson', width: 76, sortable: false },
    { path: 'foundDate', width: 84, chars: 12 },
    { path: 'no', width: 132, chars: 20 },
    { path: 'roundId', width: 120, hidden: true, chars: 10 },
    {
      key: 'lastFollowUp',
      label: '最近跟踪',
      width: 100,
      hidden: true,
      pick: { child: 'followUp', field: 'date', order: ['-date', '-id'] },
    },
    {
      key: 'nextFollowUp',
      label: '下次跟踪',
      width: 100,
      hidden: true,
      pick: { child: 'followUp', field: 'nextDate', order: ['-date', '-id'] },
    },
    { path: 'closedDate', width: 100, hidden: true, chars: 12 },
    { path: 'closeReason', width: 96, hidden: true },
    { path: 'extensionCount', width: 84, align: 'right', hidden: true },
    { path: 'returnCount', width: 84, align: 'right', hidden: true },
    { path: 'placeId', width: 120, hidden: true },
    { path: 'location', width: 120, hidden: true },
    { path: 'owner', width: 84, hidden: true },
    { path: 'suspectedRepeatOfId', width: 160, hidden: true },
    { path: 'recurrenceOfId', width: 160, hidden: true },
    { path: 'measure', width: 160, hidden: true, chars: 32 },
    {
      key: 'overdueDays',
      label: '逾期天数',
      width: 84,
      align: 'right',
      hidden: true,
      kind: 'integer',
      unit: '天',
      sql: 'overdueDays',
    },
    {
      key: 'daysLeft',
      label: '离时限',
      width: 84,
      align: 'right',
      hidden: true,
      kind: 'integer',
      unit: '天',
      sql: 'daysLeft',
    },
    { key: 'creditCode', path: 'enterpriseId.creditCode', label: '信用代码', width: 166, hidden: true, chars: 22 },
    {
      key: 'responsible',
      label: '责任人或单位',
      width: 120,
      hidden: true,
      chars: 16,
      first: ['responsiblePerson', 'responsibleUnit'],
    },
    { key: 'due', label: '整改时限', width: 100, hidden: true, chars: 12, first: ['deadline', 'proposedDeadline'] },
    {
      key: 'verification',
      label: '复核结果/日期',
      width: 140,
      hidden: true,
      chars: 18,
      kind: 'text',
      sql: 'latestVerification',
      text: (packed) => verificationText(packed) ?? '',
    },
  ],
  filters: [
    'status',
    'category',
    'handlingClass',
    'village',
    'roundId',
    'enterpriseId.responsibleStaffId',
    'is:dueWithinDays',
    'foundDate',
    'is:overdue',
  ],
  views: [
    { id: 'open', label: '未销号', filter: [{ is: 'open' }] },
    { id: 'overdue', label: '逾期', filter: [{ is: 'overdue' }] },
    { id: 'due', label: '7 天内到期', filter: [{ is: 'dueWithinDays', value: 7 }] },
    { id: 'submitted', label: '待复核', filter: [{ field: 'status', op: 'in', value: ['submitted'] }] },
    { id: 'repeats', label: '疑似重复', filter: [{ is: 'suspectedRepeat' }] },
    { id: 'draft', label: '草稿', filter: [{ field: 'status', op: 'in', value: ['draft'] }, STEWARDS_OWN] },
    { id: 'closed', label: '已销号', filter: [{ field: 'status', op: 'in', value: ['closed'] }] },
    { id: 'authority', label: '执法机关的', filter: [{ field: 'owner', op: 'eq', value: 'authority' }] },
    ALL_VIEW,
  ],
  // Columns of the annex of a report (domain reference 5.6), and the number by which a finding comes back in.
  sheet: {
    order: ['village', 'enterpriseId.pinyin', 'no'],
    columns: [
      '#',
      { key: 'village', heading: '村居/园区' },
      { key: 'enterpriseId', heading: '企业名称' },
      'creditCode',
      { key: 'foundDate', heading: '检查日期' },
      'roundId',
      'category',
      { key: 'description', heading: '问题描述' },
      'handlingClass',
      { key: 'responsible', heading: '责任人' },
      { key: 'measure', heading: '整改措施' },
      'due',
      { key: 'status', heading: '整改状态' },
      { key: 'closedDate', heading: '完成日期' },
      'verification',
      { key: '', heading: '备注' },
      'no',
    ],
  },
});
