// The list of complaints, the conditions that it and others name, and what of them comes to Today.
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';

const of = 'complaint';

/** States in which nothing more is to be done. */
export const ENDED_STATES = ['closed', 'not_accepted'] as const;

export const complaintConditions: readonly NamedCondition[] = [
  defineCondition({
    id: 'pending',
    of,
    label: '办理中',
    yes: '是',
    no: '否',
    where: [{ field: 'state', op: 'notIn', value: ENDED_STATES }],
  }),
  defineCondition({
    id: 'overdue',
    of,
    label: '超期未办结',
    yes: '是',
    no: '否',
    where: [{ is: 'pending' }, { field: 'dueDate', op: 'lt', value: { today: 0 } }],
  }),
  defineCondition({
    id: 'dueSoon',
    of,
    label: '即将到期',
    takes: { kind: 'days', initial: 3 },
    words: (days) => `${days} 天内到期`,
    where: [{ is: 'pending' }, { field: 'dueDate', op: 'between', value: [{ today: 0 }, { today: 'given' }] }],
  }),
  defineCondition({
    id: 'repeat',
    of,
    label: '重复信访',
    yes: '是',
    no: '否',
    where: [{ field: 'previousId', op: 'filled' }],
  }),
  defineCondition({
    id: 'relapsed',
    of,
    label: '办结后返潮',
    yes: '是',
    no: '否',
    where: [{ has: 'complaint.relapseOfId' }],
  }),
];

export const complaintList = defineList({
  of,
  title: '信访',
  counted: '件',
  placeholder: '编号、工单号、内容、地点、单位',
  order: ['-receivedDate', '-no'],
  search: ['no', 'orderNo', 'content', 'place', 'enterpriseId'],
  columns: [
    { path: 'state', width: 88, fixed: true },
    { path: 'receivedDate', width: 100, chars: 12 },
    { path: 'medium', width: 104 },
    { path: 'content', width: 'minmax(220px,2fr)', chars: 40 },
    { path: 'enterpriseId', width: 'minmax(150px,1fr)', chars: 28 },
    { path: 'place', width: 100 },
    { path: 'source', width: 96 },
    { path: 'dueDate', width: 112, due: { left: 'daysLeft' }, chars: 12 },
    { path: 'handlerId', width: 80 },
    { path: 'no', width: 132, chars: 18 },
    {
      key: 'daysLeft',
      label: '离期限',
      width: 84,
      align: 'right',
      hidden: true,
      until: { day: 'dueDate', where: [{ is: 'pending' }] },
    },
    { path: 'orderNo', width: 120, hidden: true },
    { path: 'areaId', width: 96, hidden: true },
    { path: 'conclusion', width: 84, hidden: true },
    { path: 'surveyDate', width: 100, hidden: true },
    { path: 'answeredDate', width: 100, hidden: true },
    { path: 'closedDate', width: 100, hidden: true },
    { path: 'previousId', width: 132, hidden: true },
    { path: 'relapseOfId', width: 132, hidden: true },
    { path: 'complainantName', width: 84, hidden: true },
    { path: 'complainantPhone', width: 116, hidden: true },
  ],
  filters: [
    'state',
    'source',
    'medium',
    'receivedDate',
    'enterpriseId',
    'areaId',
    'handlerId',
    'is:pending',
    'is:overdue',
    'is:dueSoon',
    'is:repeat',
    'is:relapsed',
  ],
  initial: 'pending',
  views: [
    { id: 'pending', label: '办理中', filter: [{ is: 'pending' }] },
    { id: 'overdue', label: '超期', filter: [{ is: 'overdue' }] },
    { id: 'repeat', label: '重复', filter: [{ is: 'repeat' }] },
    { id: 'closed', label: '已办结', filter: [{ field: 'state', op: 'eq', value: 'closed' }] },
    ALL_VIEW,
  ],
});

/** What complaints bring to Today (domain reference 3.6). */
export const COMPLAINT_TODAY = [
  defineTodayRule({
    id: 'complaintDue',
    of: 'complaint',
    title: '信访办理',
    rule: '办理中，3 天内到期或已超期',
    where: [{ is: 'pending' }, { field: 'dueDate', op: 'le', value: { today: 3 } }],
    day: 'dueDate',
    text: '{medium}：{content}',
    why: '{state}',
    enterprise: 'enterpriseId',
    owner: 'handlerId',
    severity: 'due',
    tone: 'amber',
    tones: redAfter('dueDate'),
    glyph: 'clock',
  }),
  defineTodayRule({
    id: 'complaintNew',
    of: 'complaint',
    title: '待派发的信访',
    rule: '已登记，还没有派发',
    where: [{ field: 'state', op: 'eq', value: 'received' }],
    day: 'receivedDate',
    text: '{medium}：{content}',
    why: '{source}',
    enterprise: 'enterpriseId',
    owner: 'handlerId',
    severity: 'work',
    tone: 'blue',
    tones: redAfter('receivedDate'),
    glyph: 'clock',
  }),
] as const;
