// Where wastes are kept, and since when (domain reference 2.6: storage time is advice, not a verdict).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, fourState, text } from '../dictionary/field.ts';
import { defineTodayRule } from '../dictionary/today.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';
import { STORAGE_KINDS, WASTE_KINDS } from './vocabulary.ts';

/** Longer than this is worth a look: the law limits it for units in the business, many hold it for the limit of everybody. */
const STORAGE_DAYS = 365;
/** What a storage point holds at most (HJ 1259-2022 as offices read it; not verified). */
const POINT_TONNES = '3';

export const wasteStorage = defineEntity({
  name: 'wasteStorage',
  label: '贮存场所',
  ...ofEnterprise,
  title: 'name',
  today: [
    defineTodayRule({
      id: 'storedLong',
      of: 'wasteStorage',
      title: '贮存超过一年',
      rule: '最早入库日期距今超过一年，请核实依据',
      where: [{ field: 'oldestDate', op: 'lt', value: { today: -STORAGE_DAYS } }, OF_ENTERPRISE_IN_SCOPE],
      day: 'oldestDate',
      text: '{name|贮存场所}：最早入库 {oldestDate}',
      why: '贮存超过一年，请核实依据',
      tail: '已 {day:past} 天',
      enterprise: 'enterpriseId',
      owner: 'enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'amber',
      glyph: 'clock',
    }),
  ],
  facets: fileFacets({
    file: { tab: 'waste', order: 3, count: true },
    dossier: { section: 'waste', order: 3 },
    register: {
      order: 34,
      find: ['name'],
      ledger: { only: true, called: ['贮存设施', '贮存场所', '贮存', '危废仓库', '危废间', '暂存间'] },
    },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    name: text({
      label: '名称',
      max: 60,
      list: true,
      headings: [
        '贮存设施名称',
        '贮存场所名称',
        '贮存设施',
        '贮存场所',
        '贮存间',
        '暂存间',
        '暂存场所',
        '危废库',
        '危废仓库',
        '危废间',
      ],
    }),
    kind: choice(STORAGE_KINDS, { label: '类型', required: 'F', level: 'must', list: true }),
    waste: choice(WASTE_KINDS, { label: '贮存的废物', required: 'F', list: true }),
    areaM2: decimal({
      label: '面积',
      unit: 'm²',
      list: true,
      headings: ['贮存面积', '贮存设施面积', '贮存场所面积', '暂存面积'],
    }),
    capacityT: decimal({
      label: '贮存能力',
      unit: 't',
      list: true,
      headings: ['最大贮存量', '贮存容量', '最大暂存量'],
    }),
    currentT: decimal({ label: '现存量', unit: 't', list: true, headings: ['当前贮存量', '贮存量', '库存量'] }),
    oldestDate: day({ label: '最早入库', happened: true, list: true, headings: ['最早入库日期', '入库日期'] }),
    seepageProof: fourState({ label: '防渗' }),
    spillTray: fourState({ label: '防泄漏托盘或围堰' }),
    signPosted: fourState({ label: '标志牌' }),
    labels: fourState({ label: '包装标签' }),
    camera: fourState({ label: '视频监控' }),
    ledger: fourState({ label: '出入库台账' }),
    separated: fourState({ label: '分区存放' }),
  },
  indexes: [['enterpriseId'], ['oldestDate']],
  checks: [
    {
      code: 'STORAGE_FULL',
      field: 'currentT',
      severity: { form: 'warn', import: 'warn' },
      run: ({ currentT, capacityT }) =>
        isDecimal(currentT) && isDecimal(capacityT) && compareDecimals(currentT, capacityT) > 0
          ? '现存量大于贮存能力，请核对'
          : null,
    },
    {
      code: 'POINT_LIMIT',
      field: 'currentT',
      severity: { form: 'warn', import: 'warn' },
      run: ({ kind, waste, currentT }) =>
        kind === 'point' && waste === 'hazardous' && isDecimal(currentT) && compareDecimals(currentT, POINT_TONNES) > 0
          ? `贮存点一般不超过 ${POINT_TONNES} 吨，请核实`
          : null,
    },
  ],
});
