// What was measured, against which limit (domain reference 2.6, 8.2 item 15).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, reference, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { LIMIT_UNITS } from '../production/vocabulary.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';
import { judge, type Measured } from './judgement.ts';
import { JUDGEMENTS, MONITORING_KINDS, VALUE_OPERATORS } from './vocabulary.ts';

/** What no instrument reads: outside these bounds a value was mistyped. */
const HARD: readonly { pollutant: RegExp; low: string; high: string }[] = [{ pollutant: /^pH/i, low: '0', high: '14' }];

const isNegative = (value: string | null): boolean => isDecimal(value) && compareDecimals(value, '0') < 0;

export const monitoringRecord = defineEntity({
  name: 'monitoringRecord',
  label: '监测结果',
  ...ofEnterprise,
  title: 'pollutant',
  borrows: [
    {
      from: 'outletLimit',
      by: { outletId: 'outletId', pollutant: 'pollutant' },
      fields: { limitLow: 'low', limitHigh: 'high', limitUnit: 'unit' },
    },
  ],
  derive: (row) => ({ judgement: judge(row as unknown as Measured) }),
  facets: fileFacets({
    file: { tab: 'monitoring', order: 2, count: true },
    timeline: {
      day: 'date',
      title: '{kind}：{pollutant} {judgement}',
      detail: '{reportNo}',
      who: '{labName}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
      unless: { judgement: ['within', 'unjudged'] },
    },
    dossier: {
      section: 'monitoring',
      order: 2,
      by: 'date',
      columns: [
        { path: 'date', weight: 3, align: 'center' },
        { path: 'kind', weight: 2, align: 'center' },
        { path: 'outletId', weight: 2, align: 'center' },
        { path: 'pollutant', weight: 3 },
        { path: 'value', text: '{operator}{value}', weight: 2, align: 'center' },
        { path: 'limitHigh', weight: 2, align: 'center' },
        { path: 'unit', weight: 2, align: 'center' },
        { path: 'judgement', weight: 2, align: 'center' },
        { path: 'reportNo', weight: 3 },
      ],
    },
    attach: ['document', 'photo', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    date: day({ label: '监测日期', required: 'F', level: 'must', happened: true, list: true }),
    kind: choice(MONITORING_KINDS, { label: '类型', required: 'F', initial: 'self', list: true }),
    outletId: reference('outlet', { label: '排放口', list: true }),
    point: text({ label: '点位', max: 60, help: '没有排放口的写这里，如厂界 N1' }),
    pollutant: text({ label: '监测因子', required: 'F', max: 60, list: true }),
    operator: choice(VALUE_OPERATORS, { label: '小于/大于', help: '未检出选“<”，结果填检出限；一般不填' }),
    value: decimal({ label: '结果', level: 'must', list: true }),
    unit: choice(LIMIT_UNITS, { label: '单位', list: true }),
    limitLow: decimal({ label: '限值下限', help: 'pH 等有下限的才填' }),
    limitHigh: decimal({ label: '限值', list: true, help: '不填时按排放口的限值' }),
    limitUnit: choice(LIMIT_UNITS, { label: '限值单位', help: '与结果不同的才填：单位不同不作判定' }),
    judgement: choice(JUDGEMENTS, { label: '判定', derived: true, list: true }),
    labName: text({ label: '监测单位', max: 100, list: true }),
    reportNo: text({ label: '报告编号', max: 60, list: true }),
  },
  indexes: [['enterpriseId', 'date'], ['date'], ['judgement', 'date']],
  checks: [
    {
      code: 'VALUE_IMPOSSIBLE',
      field: 'value',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ pollutant, value }) => {
        const hard = HARD.find((one) => one.pollutant.test(pollutant));
        if (!isDecimal(value)) return null;
        if (hard && (compareDecimals(value, hard.low) < 0 || compareDecimals(value, hard.high) > 0))
          return `${pollutant} 的结果应在 ${hard.low} 到 ${hard.high} 之间，请核对监测报告`;
        return isNegative(value) ? '结果不能是负数，请核对监测报告' : null;
      },
    },
    {
      code: 'UNIT_MISSING',
      field: 'unit',
      severity: { form: 'warn', import: 'warn' },
      run: ({ value, unit, limitHigh, limitLow }) =>
        value && !unit && (limitHigh || limitLow) ? '没有单位，不与限值比较；请选结果的单位' : null,
    },
    {
      code: 'LIMIT_RANGE',
      field: 'limitHigh',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ limitLow, limitHigh }) =>
        isDecimal(limitLow) && isDecimal(limitHigh) && compareDecimals(limitLow, limitHigh) > 0
          ? '限值小于下限，请核对'
          : null,
    },
  ],
});
