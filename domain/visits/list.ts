// The list of inspections: columns, ready views, conditions with a name.
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';
import { VISIT_STATES, VISITED_OUTCOMES } from './vocabulary.ts';

const of = 'visit';

export const visitConditions: readonly NamedCondition[] = [
  defineCondition({
    id: 'visited',
    of,
    label: '查到',
    yes: '是',
    no: '否',
    where: [{ field: 'outcome', op: 'in', value: VISITED_OUTCOMES }],
  }),
];

export const visitList = defineList({
  of,
  title: '现场检查',
  counted: '次',
  placeholder: '企业、编号、人员',
  order: ['-date', '-id'],
  search: ['enterpriseId', 'no', 'staff'],
  columns: [
    { path: 'date', width: 104, chars: 12 },
    { path: 'enterpriseId', width: 'minmax(200px,2fr)', sort: ['enterpriseId.pinyin'], chars: 28 },
    { key: 'village', label: '村居', width: 96, chars: 14, first: ['enterpriseId.villageId', 'enterpriseId.parkId'] },
    { path: 'roundId', width: 'minmax(120px,1fr)' },
    {
      key: 'purposes',
      label: '检查目的',
      width: 110,
      sortable: false,
      join: { child: 'visitPurpose', field: 'purpose' },
    },
    { path: 'nature', width: 88, hidden: true },
    { path: 'consent', width: 96, hidden: true },
    { path: 'state', width: 92 },
    { path: 'outcome', width: 88 },
    {
      key: 'findings',
      label: '问题',
      width: 64,
      align: 'right',
      count: {
        child: 'finding',
        where: [
          { field: 'status', op: 'ne', value: 'voided' },
          { field: 'owner', op: 'ne', value: 'authority' },
        ],
      },
    },
    { key: 'files', label: '附件', width: 64, align: 'right', hidden: true, kind: 'integer', sql: 'files' },
    {
      key: 'staff',
      label: '检查人员',
      width: 'minmax(120px,1fr)',
      sortable: false,
      join: { child: 'visitStaff', field: 'staffId' },
    },
    { path: 'no', width: 140, chars: 20 },
  ],
  filters: [
    'date',
    'state',
    'outcome',
    'roundId',
    'village',
    'has:visitPurpose',
    'has:visitStaff',
    'nature',
    'consent',
    'isNight',
  ],
  views: [
    ALL_VIEW,
    ...VISIT_STATES.ids.map((id) => ({
      id,
      label: VISIT_STATES.labels[id],
      filter: [{ field: 'state', op: 'eq' as const, value: id }],
    })),
  ],
});
