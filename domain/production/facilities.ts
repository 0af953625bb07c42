// What treats it: treatment facilities with what they use up, and their upkeep (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, fourState, integer, longText, reference, text } from '../dictionary/field.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
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
      why: '每 {replaceEveryDays} 天更换',
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
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    code: text({ label: '设施编号', max: 20, list: true, help: '如 TA001（废气）、TW001（废水）' }),
    medium: choice(FACILITY_MEDIA, { label: '治理类别', required: 'F', level: 'must', list: true }),
    name: text({ label: '设施名称', required: 'F', max: 100, list: true }),
    processName: text({ label: '处理工艺', max: 200, list: true, help: '如“二级活性炭吸附”“混凝沉淀”' }),
    capacity: decimal({ label: '处理能力', list: true }),
    capacityUnit: text({ label: '能力单位', max: 20, list: true, help: '如 m³/h、t/d' }),
    servedOutletId: reference('outlet', { label: '对应排放口', list: true }),
    servedEquipment: text({ label: '服务工段', max: 200 }),
    pollutants: text({ label: '去除污染物', max: 200 }),
    efficiency: decimal({ label: '设计去除率', unit: '%' }),
    installedDate: day({ label: '投运日期', happened: true }),
    running: fourState({ label: '正常运行', list: true }),
    consistent: fourState({ label: '与环评一致' }),
    consumable: text({ label: '耗材', max: 60, list: true, help: '如活性炭、药剂、滤袋' }),
    consumableAmountKg: decimal({ label: '装填量', unit: 'kg' }),
    lastReplacedDate: day({ label: '上次更换', happened: true, list: true }),
    replaceEveryDays: integer({ label: '更换周期', unit: '天', min: 1, max: 3650 }),
    nextReplaceDate: day({ label: '下次更换', derived: true, list: true }),
    maintenanceLedger: fourState({ label: '运维台账' }),
    lastMaintainedDate: day({ label: '上次维护', happened: true }),
    detail: longText({ label: '说明', max: 1000 }),
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
