// What treats it: treatment facilities with what they use up, and their upkeep (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, fourState, integer, longText, reference, text } from '../dictionary/field.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { enterpriseId, fileFacets, ofEnterprise, unseen } from '../enterprises/part.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { addDays } from '../values/day.ts';
import { FACILITY_MEDIA } from './vocabulary.ts';

/** Consumables whose change is this near are announced. */
const REPLACE_HORIZON_DAYS = 14;

/** Day by which the consumable is to be changed next; null where the last change or the interval is not known. */
export const nextReplaceDate = (row: {
  lastReplacedDate: string | null;
  replaceEveryDays: number | null;
}): string | null =>
  row.lastReplacedDate && row.replaceEveryDays ? addDays(row.lastReplacedDate, row.replaceEveryDays) : null;

export const treatmentFacility = defineEntity({
  name: 'treatmentFacility',
  label: '治理设施',
  ...ofEnterprise,
  title: 'name',
  unseen: 'unseen',
  approved: [{ found: 'consistent', by: '环评' }],
  offer: { detail: '{processName}', order: 'medium' },
  once: [['code']],
  derive: (row) => ({ nextReplaceDate: nextReplaceDate(row as never) }),
  today: [
    defineTodayRule({
      id: 'consumableDue',
      of: 'treatmentFacility',
      title: '耗材更换',
      rule: `治理设施的耗材 ${REPLACE_HORIZON_DAYS} 天内到更换日期`,
      where: [
        { field: 'nextReplaceDate', op: 'le', value: { today: REPLACE_HORIZON_DAYS } },
        { field: 'running', op: 'notIn', value: ['no', 'not_applicable'] },
        OF_ENTERPRISE_IN_SCOPE,
      ],
      day: 'nextReplaceDate',
      text: '{name}：{consumable|耗材}更换（上次 {lastReplacedDate}）',
      why: '每 {replaceEveryDays}更换',
      enterprise: 'enterpriseId',
      owner: 'enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'amber',
      tones: redAfter('nextReplaceDate'),
      glyph: 'clock',
    }),
  ],
  facets: fileFacets({
    file: { tab: 'production', order: 7, count: true },
    dossier: {
      section: 'waste',
      order: 11,
      columns: [
        { path: 'code', weight: 2, align: 'center' },
        { path: 'name', weight: 3 },
        { path: 'processName', weight: 4 },
        { path: 'capacity', text: '{capacity} {capacityUnit}', weight: 2, align: 'center' },
        { path: 'servedOutletId', heading: '排放口', weight: 2, align: 'center' },
        { path: 'consumable', weight: 2, align: 'center' },
        { path: 'lastReplacedDate', weight: 3, align: 'center' },
        { path: 'nextReplaceDate', weight: 3, align: 'center' },
      ],
    },
    register: {
      order: 32,
      find: ['code', 'name'],
      ledger: {
        only: true,
        called: ['设施', '处理设施', '废气治理设施', '废水治理设施', '活性炭', '耗材'],
        headings: { name: ['设备名称', '治理设备'], code: ['设备编号'] },
        told: [
          {
            field: 'medium',
            by: 'code',
            as: [
              [/^TA/iu, 'air'],
              [/^TW/iu, 'wastewater'],
              [/^TN/iu, 'noise'],
              [/^TS/iu, 'solid'],
            ],
          },
          ...['processName', 'name'].map((by) => ({
            field: 'medium',
            by,
            as: [
              [/活性炭|除尘|喷淋|油烟|催化燃烧|脱硫|脱硝|RTO|RCO/iu, 'air'],
              [/污水|废水|生化|混凝|沉淀|隔油|气浮|MBR/iu, 'wastewater'],
            ] as const,
          })),
          { field: 'consumable', by: 'processName', as: [[/活性炭/iu, '活性炭']] },
        ],
        remark: 'detail',
      },
    },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    code: text({
      label: '设施编号',
      cell: 'code',
      headings: ['治理设施编号', '污染治理设施编号', '处理设施编号'],
      max: 20,
      list: true,
      help: '如 TA001（废气）、TW001（废水）',
    }),
    medium: choice(FACILITY_MEDIA, {
      label: '治理类别',
      required: 'F',
      level: 'must',
      list: true,
      headings: ['设施类别', '设施类型'],
    }),
    name: text({
      label: '设施名称',
      required: 'F',
      max: 100,
      list: true,
      headings: ['治理设施名称', '污染治理设施名称', '治理设施', '处理设施'],
    }),
    processName: text({
      label: '处理工艺',
      headings: ['治理工艺', '污染治理设施工艺', '废气治理设施及工艺', '废水治理设施及工艺', '工艺'],
      max: 200,
      list: true,
      help: '如“二级活性炭吸附”“混凝沉淀”',
    }),
    capacity: decimal({
      label: '处理能力',
      list: true,
      unitIn: 'capacityUnit',
      headings: ['设计处理能力', '设计风量', '风量', '处理规模', '设计处理规模'],
    }),
    capacityUnit: text({ label: '能力单位', max: 20, list: true, help: '如 m³/h、t/d' }),
    servedOutletId: reference('outlet', {
      label: '对应排放口',
      list: true,
      headings: ['对应排口', '排放口编号', '对应排放口编号'],
    }),
    servedEquipment: text({ label: '服务工段', max: 200, headings: ['对应工段', '对应生产设施', '服务设备'] }),
    pollutants: text({ label: '去除污染物', max: 200, headings: ['主要污染物', '处理污染物名称', '处理污染物'] }),
    efficiency: decimal({
      label: '设计去除率',
      unit: '%',
      headings: ['设计治理效率', '处理效率', '去除效率', '设计效率'],
    }),
    installedDate: day({ label: '投运日期', happened: true, headings: ['安装时间', '安装日期', '投运时间'] }),
    running: fourState({ label: '正常运行', list: true, headings: ['运行情况', '运行状态', '是否正常运行'] }),
    consistent: fourState({ label: '与环评一致', headings: ['与现场一致', '是否与环评一致', '工艺与现场是否一致'] }),
    consumable: text({
      label: '耗材',
      headings: ['耗材名称', '耗材种类', '吸附剂'],
      max: 60,
      list: true,
      help: '如活性炭、药剂、滤袋',
    }),
    consumableAmountKg: decimal({
      label: '装填量',
      unit: 'kg',
      headings: ['填充量', '活性炭填充量', '装填量', '活性炭装填量', '充装量'],
    }),
    lastReplacedDate: day({
      label: '上次更换',
      happened: true,
      list: true,
      headings: ['最近更换日期', '上次更换日期', '换炭日期', '更换日期', '最近更换时间', '耗材更换日期'],
    }),
    replaceEveryDays: integer({ label: '更换周期', unit: '天', min: 1, max: 3650, headings: ['更换频次', '换炭周期'] }),
    nextReplaceDate: day({ label: '下次更换', derived: true, list: true }),
    maintenanceLedger: fourState({ label: '运维台账', headings: ['运行台账', '是否有运维台账'] }),
    lastMaintainedDate: day({ label: '上次维护', happened: true, headings: ['最近维护日期', '上次维护日期'] }),
    detail: longText({ label: '说明', max: 1000 }),
    unseen,
  },
  indexes: [['enterpriseId'], ['nextReplaceDate']],
  checks: [
    {
      code: 'FACILITY_CODE',
      field: 'code',
      severity: { form: 'warn', import: 'warn' },
      run: ({ code }) =>
        code && !/^T[WANS]\d{3}$/.test(code) ? '设施编号一般为 T + W/A/N/S + 三位数字，如 TA001，请对照许可证' : null,
    },
  ],
});
