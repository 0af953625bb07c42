// Rules by which a project needs no total amount of its own (总量豁免), each with its dates (capability FX-07).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { day, decimal, flag, longText, text } from '../dictionary/field.ts';
import { isNotPositive } from '../values/decimal.ts';
import { codesIn } from './classify.ts';

export const exemptionRule = defineEntity({
  name: 'exemptionRule',
  label: '总量豁免规则',
  home: 'g',
  title: 'code',
  offer: { detail: '{pollutant} {threshold}' },
  facets: {
    ...INNER,
    attach: ['document'],
    page: { route: '/exemption-rules', room: 'knowledge', order: 4 },
    write: 'plain',
    travels: 'always',
    since: 8,
  },
  fields: {
    code: text({ label: '规则编号', required: 'F', max: 40, list: true }),
    pollutant: text({
      label: '污染物',
      required: 'F',
      level: 'must',
      max: 40,
      list: true,
      help: '如化学需氧量、氨氮、挥发性有机物、氮氧化物',
    }),
    threshold: decimal({
      label: '门槛',
      required: 'F',
      level: 'must',
      unit: 't',
      list: true,
      help: '每年多少吨，少于它就豁免',
    }),
    isInclusive: flag({ label: '含本数', help: '正好等于门槛的也豁免' }),
    industryCodes: text({
      label: '限于行业',
      max: 200,
      list: true,
      help: '2～4 位代码，几个用顿号隔开；不写就不限行业',
    }),
    validFrom: day({ label: '施行日期', required: 'F', level: 'must', list: true }),
    validTo: day({ label: '废止日期', level: 'must', list: true }),
    basis: text({ label: '依据', max: 200, list: true }),
    note: longText({ label: '说明', max: 1000 }),
  },
  indexes: [['pollutant', 'validFrom']],
  checks: [
    daysInOrder({
      code: 'RULE_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '废止日期早于施行日期，请核对',
      severity: { form: 'error', handoff: 'warn' },
    }),
    {
      code: 'RULE_THRESHOLD',
      field: 'threshold',
      severity: { form: 'error', handoff: 'warn' },
      run: (r) => (isNotPositive(r.threshold) ? '门槛应大于 0' : null),
    },
    {
      code: 'RULE_CODES',
      field: 'industryCodes',
      severity: { form: 'error', handoff: 'warn' },
      run: (r) =>
        r.industryCodes && codesIn(r.industryCodes).length === 0
          ? '行业代码要写 2～4 位数字，几个用顿号隔开，如“3311、336”'
          : null,
    },
  ],
});
