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
  alike: ['date', 'kind', 'outletId', 'point', 'labName', 'reportNo'],
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
        { path: 'value', weight: 2, align: 'center' },
        { path: 'limitHigh', weight: 2, align: 'center' },
        { path: 'unit', weight: 2, align: 'center' },
        { path: 'judgement', weight: 2, align: 'center' },
        { path: 'reportNo', weight: 3 },
      ],
    },
    register: {
      order: 36,
      find: ['date', 'pollutant', 'outletId', 'point'],
      together: true,
      ledger: {
        only: true,
        called: ['监测', '监测结果', '检测结果', '监测数据'],
        unlinked: { outletId: 'point' },
        across: { by: 'date', value: 'value' },
      },
    },
    attach: ['document', 'photo', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    date: day({
      label: '监测日期',
      required: 'F',
      level: 'must',
      happened: true,
      list: true,
      headings: ['采样日期', '监测时间', '采样时间', '检测日期', '日期'],
    }),
    kind: choice(MONITORING_KINDS, {
      label: '类型',
      required: 'F',
      initial: 'self',
      list: true,
      headings: ['监测类型', '监测性质', '监测类别'],
    }),
    outletId: reference('outlet', {
      label: '排放口',
      list: true,
      headings: [
        '监测点位编号',
        '监测点编号',
        '点位编号',
        '排放口编号',
        '监测点位',
        '点位',
        '排口',
        '排口编号',
        '监测点',
        '采样点位',
        '监测点位名称',
        '测点',
        '检测点位',
        '点位名称',
        '测点位置',
        '监测位置',
        '测点名称',
        '采样点',
        '采样位置',
        '排口名称',
        '排放口名称',
      ],
    }),
    point: text({ label: '点位', max: 60, help: '没有排放口的写这里，如厂界 N1' }),
    pollutant: text({
      label: '监测因子',
      required: 'F',
      max: 60,
      list: true,
      cell: 'pollutant',
      headings: [
        '监测项目',
        '检测项目',
        '污染物',
        '污染物名称',
        '污染物种类',
        '项目',
        '因子',
        '检测因子',
        '监测指标',
        '检测指标',
        '指标',
        '分析项目',
      ],
    }),
    operator: choice(VALUE_OPERATORS, { label: '小于/大于', help: '结果写成“<0.05”时自动选上；一般不填' }),
    value: decimal({
      label: '结果',
      level: 'must',
      list: true,
      cell: 'measured',
      sign: 'operator',
      unitIn: 'unit',
      help: '未检出写“<检出限”，如 <0.05',
      headings: [
        '监测结果',
        '检测结果',
        '监测值',
        '检测值',
        '结果值',
        '实测浓度',
        '监测浓度',
        '排放浓度',
        '实测值',
        '浓度',
      ],
    }),
    unit: choice(LIMIT_UNITS, {
      label: '单位',
      list: true,
      headings: ['监测结果单位', '浓度单位', '计量单位', '结果单位'],
    }),
    limitLow: decimal({ label: '限值下限', help: 'pH 等有下限的才填' }),
    limitHigh: decimal({
      label: '限值',
      list: true,
      unitIn: 'limitUnit',
      cell: 'limit',
      headings: [
        '标准限值',
        '排放限值',
        '执行标准限值',
        '排放标准限值',
        '执行限值',
        '浓度限值',
        '标准值',
        '限值标准',
        '控制限值',
      ],
      help: '不填时按排放口的限值',
    }),
    limitUnit: choice(LIMIT_UNITS, {
      label: '限值单位',
      headings: ['限值单位'],
      help: '与结果不同的才填：单位不同不作判定',
    }),
    judgement: choice(JUDGEMENTS, { label: '判定', derived: true, list: true }),
    labName: text({ label: '监测单位', max: 100, list: true, headings: ['检测机构', '检测单位', '监测机构'] }),
    reportNo: text({ label: '报告编号', max: 60, list: true, headings: ['检测报告编号', '监测报告编号', '报告号'] }),
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
