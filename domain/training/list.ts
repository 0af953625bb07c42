// The list of trainings: columns, ready views, conditions with a name.
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';
import { HELD_STATES } from './vocabulary.ts';

const of = 'training';

export const trainingConditions: readonly NamedCondition[] = [
  defineCondition({
    id: 'held',
    of,
    label: '已举办',
    yes: '是',
    no: '否',
    where: [{ field: 'state', op: 'in', value: HELD_STATES }],
  }),
];

const number = { width: 76, align: 'right', kind: 'integer' } as const;

export const trainingList = defineList({
  of,
  title: '培训',
  counted: '场',
  placeholder: '主题、地点、讲师',
  order: ['-date', '-id'],
  search: ['title', 'topic', 'place', 'trainer'],
  columns: [
    { path: 'date', width: 108, chars: 12 },
    { path: 'title', width: 'minmax(220px,2fr)', chars: 32 },
    { path: 'kind', width: 110 },
    { path: 'state', width: 88 },
    { path: 'mode', width: 80 },
    { path: 'place', width: 'minmax(120px,1fr)' },
    { path: 'trainer', width: 100 },
    { key: 'invited', label: '受邀企业', ...number, sql: 'trainingInvited' },
    { key: 'attended', label: '到会企业', ...number, sql: 'trainingAttended' },
    { key: 'persons', label: '人次', ...number, width: 60, sql: 'trainingPersons' },
    { key: 'coverage', label: '覆盖率', width: 76, align: 'right', rate: ['reached', 'expected'] },
    { key: 'reached', label: '应到且到会', ...number, hidden: true, sql: 'trainingReached' },
    { key: 'expected', label: '应到企业', ...number, hidden: true, sql: 'trainingExpected' },
    { path: 'hours', width: 64, align: 'right', hidden: true },
    { path: 'satisfaction', width: 72, align: 'right', hidden: true },
    {
      key: 'audience',
      label: '面向对象',
      width: 140,
      hidden: true,
      sortable: false,
      join: { child: 'trainingAudience', field: 'audience' },
    },
  ],
  filters: ['date', 'kind', 'state', 'mode', 'is:held', 'has:trainingAudience', 'has:trainingInvitation'],
  views: [ALL_VIEW],
});
