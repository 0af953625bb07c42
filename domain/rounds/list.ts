// The lists of rounds and of their targets: columns, ready views, conditions with a name.
import { defineCondition, type Filter, type NamedCondition } from '../dictionary/filter.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';
import { TARGET_STATUSES } from './vocabulary.ts';

export const targetConditions: readonly NamedCondition[] = [
  /** Domain reference 2.7: out of the denominator of coverage, skipped for such a reason or because its enterprise left. */
  defineCondition({
    id: 'outOfDenominator',
    of: 'roundTarget',
    label: '不计入覆盖率分母',
    no: '计入',
    where: 'sql',
  }),
  /** Domain reference 8.2: its enterprise closed or moved away while the round ran. */
  defineCondition({ id: 'left', of: 'roundTarget', label: '期间关停、搬离', yes: '是', no: '否', where: 'sql' }),
];

/** Targets whose enterprise is not in the bin. */
const LIVE = { field: 'enterpriseId.deletedAt', op: 'empty' } as const;
const inState = (status: string) => ({
  child: 'roundTarget',
  where: [{ field: 'status', op: 'eq' as const, value: status }, { is: 'left', not: true } as const, LIVE],
});
/** Not visited, by a person's word or because the enterprise left. */
const SKIPPED: Filter = [{ any: [[{ field: 'status', op: 'eq', value: 'skipped' }], [{ is: 'left' }]] }, LIVE];

export const roundConditions: readonly NamedCondition[] = [
  defineCondition({
    id: 'unfinished',
    of: 'round',
    label: '未完成的轮次',
    no: '已完成',
    where: [{ field: 'state', op: 'ne', value: 'finished' }],
  }),
];

export const roundList = defineList({
  of: 'round',
  title: '轮次',
  counted: '轮',
  placeholder: '名称',
  order: ['-startDate', '-no', 'id'],
  search: ['name'],
  columns: [
    { path: 'name', width: 'minmax(160px,1fr)', fixed: true },
    { path: 'startDate', width: 172, with: ['endDate'], chars: 12 },
    { path: 'state', width: 88 },
    { path: 'scopeRule', width: 150, with: ['baseRoundId'], chars: 18 },
    {
      key: 'coverage',
      label: '检查覆盖率',
      width: 'minmax(160px,1fr)',
      with: ['visited', 'inDenominator'],
      rate: ['visited', 'inDenominator'],
    },
    { key: 'pending', label: TARGET_STATUSES.labels.pending, width: 58, align: 'right', count: inState('pending') },
    { key: 'refused', label: TARGET_STATUSES.labels.refused, width: 58, align: 'right', count: inState('refused') },
    {
      key: 'closedDoor',
      label: TARGET_STATUSES.labels.closed_door,
      width: 58,
      align: 'right',
      count: inState('closed_door'),
    },
    {
      key: 'skipped',
      label: TARGET_STATUSES.labels.skipped,
      width: 58,
      align: 'right',
      count: { child: 'roundTarget', where: SKIPPED },
    },
    {
      key: 'findings',
      label: '发现',
      width: 60,
      align: 'right',
      count: { child: 'finding', where: [{ is: 'counted' }, LIVE] },
    },
    {
      key: 'openFindings',
      label: '未销号',
      width: 76,
      align: 'right',
      count: { child: 'finding', where: [{ is: 'open' }, LIVE] },
    },
    { path: 'no', width: 64, align: 'right', hidden: true },
    { path: 'endDate', width: 100, hidden: true, chars: 12 },
    { path: 'baseRoundId', width: 140, hidden: true },
    { path: 'projectId', width: 140, hidden: true },
    {
      key: 'targets',
      label: '企业',
      width: 64,
      align: 'right',
      hidden: true,
      count: { child: 'roundTarget', where: [LIVE] },
    },
    {
      key: 'visited',
      label: TARGET_STATUSES.labels.visited,
      width: 58,
      align: 'right',
      hidden: true,
      count: inState('visited'),
    },
    {
      key: 'inDenominator',
      label: '计入分母',
      width: 76,
      align: 'right',
      hidden: true,
      count: { child: 'roundTarget', where: [{ is: 'outOfDenominator', not: true }, LIVE] },
    },
  ],
  filters: ['state', 'startDate', 'scopeRule', 'projectId'],
  views: [ALL_VIEW, { id: 'unfinished', label: '未完成', filter: [{ is: 'unfinished' }] }],
});
