// What is to be monitored, where and how often (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { defineCondition } from '../dictionary/filter.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { MONITORING_FREQUENCIES } from './vocabulary.ts';

/** Measurements whose period ends this soon are announced. */
const DUE_HORIZON_DAYS = 30;

export const monitoringPlan = defineEntity({
  name: 'monitoringPlan',
  label: '监测方案',
  ...ofEnterprise,
  title: 'pollutant',
  alike: ['outletId', 'point', 'frequency', 'method', 'basis', 'from', 'to'],
  today: [
    defineTodayRule({
      id: 'measurementDue',
      of: 'monitoringPlan',
      title: '自行监测',
      rule: `监测方案的一期 ${DUE_HORIZON_DAYS} 天内结束或已结束，还没有结果`,
      where: [{ field: 'nextDueDate', op: 'le', value: { today: DUE_HORIZON_DAYS } }, OF_ENTERPRISE_IN_SCOPE],
      day: 'nextDueDate',
      text: [
        { when: [{ is: 'missed' }], is: '{outletId|{point|}} {pollutant}缺测（{frequency}，至 {nextDueDate}）' },
        { is: '{outletId|{point|}} {pollutant}（{frequency}，{nextDueDate} 前）' },
      ],
      why: '监测方案的频次',
      enterprise: 'enterpriseId',
      owner: 'enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'amber',
      tones: redAfter('nextDueDate'),
      glyph: 'clock',
      rest: { by: '{frequency}' },
    }),
  ],
  facets: fileFacets({
    file: { tab: 'monitoring', order: 1, count: true },
    dossier: { section: 'monitoring', order: 1 },
    attach: ['document', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    outletId: reference('outlet', { label: '排放口', list: true }),
    point: text({ label: '点位', max: 60, list: true, help: '没有排放口的写这里，如厂界 N1' }),
    pollutant: text({ label: '监测因子', required: 'F', max: 100, list: true }),
    frequency: choice(MONITORING_FREQUENCIES, { label: '频次', required: 'F', level: 'must', list: true }),
    method: text({ label: '方法', max: 100, list: true }),
    basis: text({ label: '依据', max: 200, list: true, help: '如许可证副本、HJ 819、环评批复' }),
    from: day({ label: '开始日期' }),
    to: day({ label: '结束日期' }),
    nextDueDate: day({ label: '应测截止', derived: true, list: true }),
  },
  indexes: [['enterpriseId', 'nextDueDate', 'deletedAt'], ['nextDueDate']],
  conditions: [
    defineCondition({
      id: 'missed',
      of: 'monitoringPlan',
      label: '缺测',
      yes: '有缺测',
      no: '没有缺测',
      where: [{ field: 'nextDueDate', op: 'lt', value: { today: 0 } }],
    }),
  ],
  checks: [daysInOrder({ code: 'PLAN_DAYS', from: 'from', to: 'to', sentence: '结束日期早于开始日期' })],
});
