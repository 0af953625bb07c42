// The list of what catalogues say of enterprises: who changes class under a new edition, who is open, whose papers are of another class.
import type { Filter } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';

/** Of editions that are in force today. */
const IN_FORCE: Filter = [
  { field: 'catalogueId.validFrom', op: 'le', value: { today: 0 } },
  {
    any: [
      [{ field: 'catalogueId.validTo', op: 'empty' }],
      [{ field: 'catalogueId.validTo', op: 'ge', value: { today: 0 } }],
    ],
  },
];

export const classificationList = defineList({
  of: 'classification',
  title: '名录归类',
  counted: '条',
  placeholder: '企业、名录、理由',
  order: ['-catalogueId.validFrom', 'enterpriseId', 'id'],
  search: ['enterpriseId', 'catalogueId', 'reason'],
  columns: [
    { path: 'enterpriseId', width: 'minmax(180px,1.2fr)', fixed: true, chars: 32 },
    { path: 'catalogueId', width: 'minmax(230px,1.4fr)', chars: 32 },
    { path: 'outcome', width: 92 },
    { path: 'before', width: 92 },
    { path: 'change', width: 84 },
    { path: 'held', width: 92 },
    { path: 'standing', width: 72 },
    { path: 'reason', width: 'minmax(180px,1.2fr)', chars: 50 },
    { path: 'enterpriseId.industryCode', label: '行业代码', width: 76 },
    { path: 'enterpriseId.subIndustry', label: '细分行业', width: 110 },
    { path: 'enterpriseId.villageId', width: 96, hidden: true },
  ],
  filters: ['catalogueId', 'catalogueId.subject', 'outcome', 'before', 'change', 'standing', 'enterpriseId.villageId'],
  views: [
    { id: 'changed', label: '换版后类别变了', filter: [{ field: 'change', op: 'eq', value: 'changed' }] },
    { id: 'open', label: '待定', filter: [{ field: 'outcome', op: 'eq', value: 'undecided' }] },
    {
      id: 'differs',
      label: '与手续不一致',
      filter: [{ field: 'standing', op: 'eq', value: 'differs' }, ...IN_FORCE],
    },
    ALL_VIEW,
  ],
});
