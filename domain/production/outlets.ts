// Where an enterprise lets out water and air, and within which limits (domain reference 2.6).
import { outletList } from './outlet-list.ts';
import { defineEntity } from '../dictionary/entity.ts';
import { choice, decimal, fourState, reference, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';
import { LIMIT_UNITS, OUTLET_DESTINATIONS, OUTLET_MEDIA } from './vocabulary.ts';

/** Codes of HJ 608-2017 by medium; rain outlets as offices number them. */
const CODES: Readonly<Record<string, { pattern: RegExp; example: string }>> = {
  wastewater: { pattern: /^DW\d{3}$/, example: 'DW001' },
  air: { pattern: /^DA\d{3}$/, example: 'DA001' },
  stormwater: { pattern: /^YS\d{3}$/, example: 'YS001' },
};

const isNotPositive = (value: string | null): boolean => isDecimal(value) && compareDecimals(value, '0') <= 0;

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
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    code: text({ label: '排放口编号', required: 'F', level: 'must', max: 20, list: true, help: '如 DW001、DA001' }),
    medium: choice(OUTLET_MEDIA, { label: '排放类别', required: 'F', level: 'must', list: true }),
    name: text({ label: '排放口名称', max: 100, list: true }),
    destination: choice(OUTLET_DESTINATIONS, { label: '排放去向', list: true }),
    sewageWorks: text({ label: '受纳污水厂或水体', max: 100 }),
    heightM: decimal({ label: '高度', unit: 'm', list: true }),
    diameterM: decimal({ label: '内径', unit: 'm' }),
    standardName: text({ label: '执行标准', max: 200, list: true }),
    signPosted: fourState({ label: '标识牌', list: true }),
    samplingPort: fourState({ label: '采样口' }),
    autoMonitored: fourState({ label: '自动监测' }),
    longitude: decimal({ label: '经度', unit: '°' }),
    latitude: decimal({ label: '纬度', unit: '°' }),
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
    attach: null,
    since: 4,
  }),
  fields: {
    outletId: reference('outlet', { label: '排放口', required: 'F' }),
    pollutant: text({ label: '污染物', required: 'F', max: 60, list: true }),
    low: decimal({ label: '下限', list: true, help: 'pH 等有下限的才填' }),
    high: decimal({ label: '限值', list: true }),
    unit: choice(LIMIT_UNITS, { label: '单位', list: true }),
    yearlyTotal: decimal({ label: '许可年排放量', unit: 't', list: true }),
    standardName: text({ label: '依据标准', max: 200, list: true }),
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
