// The list of outlets: what is given off where, as inventories of emissions ask for it (capability WG-10).
import { ALL_VIEW, defineList } from '../dictionary/list.ts';

const of = 'outlet';
/** Columns of both inventories, in the order of their sheets. */
const WHO = ['enterpriseId', 'enterpriseId.villageId', 'enterpriseId.industryName', 'code', 'name'] as const;
const WHAT = ['pollutants', 'facilities', 'standardName', 'lastResult', 'lastResultDate'] as const;

export const outletList = defineList({
  of,
  title: '排放口清单',
  counted: '个',
  placeholder: '企业、编号、名称',
  order: ['enterpriseId.pinyin', 'code', 'id'],
  search: ['enterpriseId', 'code', 'name'],
  columns: [
    { path: 'enterpriseId', width: 'minmax(170px,1.4fr)', fixed: true, sort: ['enterpriseId.pinyin'], chars: 32 },
    { path: 'enterpriseId.villageId', width: 88, chars: 14 },
    { path: 'enterpriseId.industryName', width: 130, hidden: true, chars: 24 },
    { path: 'code', width: 88 },
    { path: 'name', width: 'minmax(110px,1fr)', chars: 20 },
    { path: 'medium', width: 76 },
    { path: 'heightM', width: 76, align: 'right' },
    { path: 'diameterM', width: 76, align: 'right', hidden: true },
    { path: 'destination', width: 110, hidden: true },
    {
      key: 'pollutants',
      label: '污染因子',
      width: 'minmax(110px,1fr)',
      sortable: false,
      chars: 24,
      join: { child: 'outletLimit', field: 'pollutant' },
    },
    {
      key: 'facilities',
      label: '治理设施',
      width: 'minmax(110px,1fr)',
      sortable: false,
      chars: 24,
      join: { child: 'treatmentFacility', field: 'name' },
    },
    { path: 'standardName', width: 130, hidden: true, chars: 24 },
    {
      key: 'lastResult',
      label: '最近监测结果',
      width: 100,
      pick: { child: 'monitoringRecord', field: 'value', order: ['-date', '-id'] },
    },
    {
      key: 'lastResultDate',
      label: '最近监测日期',
      width: 100,
      pick: { child: 'monitoringRecord', field: 'date', order: ['-date', '-id'] },
    },
    { path: 'signPosted', width: 76 },
    { path: 'samplingPort', width: 76, hidden: true },
    { path: 'autoMonitored', width: 84, hidden: true },
  ],
  filters: ['medium', 'signPosted', 'enterpriseId.villageId', 'enterpriseId.industryCode'],
  views: [
    {
      id: 'air',
      label: '大气排放清单',
      filter: [{ field: 'medium', op: 'eq', value: 'air' }],
      columns: [...WHO, 'heightM', 'diameterM', ...WHAT],
    },
    {
      id: 'wastewater',
      label: '废水排放清单',
      filter: [{ field: 'medium', op: 'eq', value: 'wastewater' }],
      columns: [...WHO, 'destination', ...WHAT],
    },
    ALL_VIEW,
  ],
});
