// Where an enterprise lets out water and air, and within which limits (domain reference 2.6).
import { outletList } from './outlet-list.ts';
import { defineEntity } from '../dictionary/entity.ts';
import { choice, decimal, fourState, reference, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { compareDecimals, isDecimal, isNotPositive } from '../values/decimal.ts';
import { LIMIT_UNITS, OUTLET_DESTINATIONS, OUTLET_MEDIA } from './vocabulary.ts';

/** Codes of HJ 608-2017 by medium; rain outlets as offices number them. */
const CODES: Readonly<Record<string, { pattern: RegExp; example: string }>> = {
  wastewater: { pattern: /^DW\d{3}$/, example: 'DW001' },
  air: { pattern: /^DA\d{3}$/, example: 'DA001' },
  stormwater: { pattern: /^YS\d{3}$/, example: 'YS001' },
};

export const outlet = defineEntity({
  name: 'outlet',
  label: '排放口',
  ...ofEnterprise,
  title: 'code',
  offer: { detail: '{name}', order: 'medium' },
  once: [['code']],
  list: outletList,
  facets: fileFacets({
    file: { tab: 'production', order: 6, count: true },
    dossier: { section: 'waste', order: 10 },
    register: {
      order: 30,
      find: ['code'],
      ledger: {
        only: true,
        called: ['排口', '废气排口', '废水排口', '排气筒', '监测点位'],
        headings: { longitude: ['东经'], latitude: ['北纬'] },
        told: [
          {
            field: 'medium',
            by: 'code',
            as: [
              [/^(?:DA|FQ)/iu, 'air'],
              [/^(?:DW|WS)/iu, 'wastewater'],
              [/^YS/iu, 'stormwater'],
            ],
          },
        ],
      },
    },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    code: text({
      label: '排放口编号',
      required: 'F',
      level: 'must',
      max: 20,
      list: true,
      help: '如 DW001、DA001',
      cell: 'code',
      headings: [
        '排口编号',
        '废气排放口编号',
        '废水排放口编号',
        '有组织排放口编号',
        '废气排口编号',
        '废水排口编号',
        '排气筒编号',
        '排放口',
        '排口',
      ],
    }),
    medium: choice(OUTLET_MEDIA, {
      label: '排放类别',
      required: 'F',
      level: 'must',
      list: true,
      headings: ['排放口类型', '排放口类别', '排口类型', '类型'],
    }),
    name: text({
      label: '排放口名称',
      max: 100,
      list: true,
      headings: ['排口名称', '废气排放口名称', '废水排放口名称', '有组织排放口名称', '废气排口名称', '废水排口名称'],
    }),
    destination: choice(OUTLET_DESTINATIONS, {
      label: '排放去向',
      list: true,
      headings: ['废水排放去向', '废水去向', '去向'],
    }),
    sewageWorks: text({
      label: '受纳污水厂或水体',
      max: 100,
      headings: ['受纳污水处理厂', '受纳水体', '排入污水处理厂名称'],
    }),
    heightM: decimal({
      label: '高度',
      unit: 'm',
      list: true,
      headings: ['排气筒高度', '排放口高度', '废气排口高度', '高度/M'],
    }),
    diameterM: decimal({ label: '内径', unit: 'm', headings: ['出口内径', '排气筒内径', '内径/M'] }),
    standardName: text({
      label: '执行标准',
      max: 200,
      list: true,
      headings: ['废气排放标准', '废水排放标准', '排放标准'],
    }),
    signPosted: fourState({ label: '标识牌', list: true, headings: ['标志牌', '标志牌安装', '排放口标志牌', '标识'] }),
    samplingPort: fourState({ label: '采样口', headings: ['采样孔', '采样平台', '是否有采样口'] }),
    autoMonitored: fourState({ label: '自动监测', headings: ['在线监测', '自动监测设备安装情况', '是否联网'] }),
    longitude: decimal({
      label: '经度',
      unit: '°',
      axis: 'longitude',
      cell: 'position',
      headings: ['排放口经度', '地理坐标', '经纬度', '坐标', '地理位置', '地理坐标经度', '排放口地理坐标经度'],
    }),
    latitude: decimal({
      label: '纬度',
      unit: '°',
      axis: 'latitude',
      headings: ['排放口纬度', '地理坐标纬度', '排放口地理坐标纬度'],
    }),
  },
  indexes: [['enterpriseId', 'medium', 'deletedAt']],
  checks: [
    {
      code: 'OUTLET_CODE',
      field: 'code',
      severity: { form: 'warn', import: 'warn' },
      run: ({ code, medium }) => {
        const rule = CODES[medium];
        return rule && !rule.pattern.test(code)
          ? `${OUTLET_MEDIA.labels[medium]}排放口一般编作 ${rule.example}（HJ 608-2017），请对照许可证`
          : null;
      },
    },
    {
      code: 'OUTLET_HEIGHT',
      field: 'heightM',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ heightM }) => (isNotPositive(heightM) ? '排放口高度应大于 0' : null),
    },
  ],
});

export const outletLimit = defineEntity({
  name: 'outletLimit',
  label: '排放限值',
  shape: 'child',
  home: { follow: ['outletId'] },
  parent: 'outletId',
  listOfParent: 'pollutants',
  title: 'pollutant',
  once: [['pollutant']],
  alike: ['unit', 'standardName'],
  facets: fileFacets({
    file: null,
    dossier: {
      section: 'waste',
      order: 13,
      by: 'outletId',
      columns: [
        { path: 'outletId', weight: 2, align: 'center' },
        { path: 'pollutant', weight: 3 },
        { path: 'low', weight: 2, align: 'center' },
        { path: 'high', weight: 2, align: 'center' },
        { path: 'unit', weight: 2, align: 'center' },
        { path: 'yearlyTotal', weight: 2, align: 'center' },
      ],
    },
    page: { within: 'outletId' },
    register: {
      order: 31,
      find: ['pollutant'],
      ledger: { only: true, called: ['限值', '排放限值', '许可限值'] },
    },
    attach: null,
    since: 4,
  }),
  fields: {
    outletId: reference('outlet', { label: '排放口', required: 'F' }),
    pollutant: text({
      label: '污染物',
      required: 'F',
      max: 60,
      list: true,
      cell: 'pollutant',
      headings: ['污染物种类', '污染物名称', '污染因子', '监测因子', '监测项目'],
    }),
    low: decimal({ label: '下限', list: true, unitIn: 'unit', help: 'pH 等有下限的才填' }),
    high: decimal({
      label: '限值',
      list: true,
      unitIn: 'unit',
      cell: 'limit',
      headings: ['许可排放浓度限值', '排放浓度限值', '浓度限值', '排放限值', '许可限值', '标准限值'],
    }),
    unit: choice(LIMIT_UNITS, { label: '单位', list: true, headings: ['浓度单位', '计量单位', '限值单位'] }),
    yearlyTotal: decimal({
      label: '许可年排放量',
      unit: 't',
      list: true,
      headings: ['许可排放量', '年许可排放量', '许可年排放量限值'],
    }),
    standardName: text({ label: '依据标准', max: 200, list: true, headings: ['执行标准', '标准名称', '排放标准'] }),
  },
  indexes: [['outletId']],
  checks: [
    {
      code: 'LIMIT_ORDER',
      field: 'high',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ low, high }) =>
        isDecimal(low) && isDecimal(high) && compareDecimals(low, high) > 0 ? '限值小于下限，请核对' : null,
    },
  ],
});
