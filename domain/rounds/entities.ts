// Inspection rounds and their targets (domain reference 2.7, 3.1, 3.2).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, integer, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { ROUND_DIMENSIONS } from './figures.ts';
import { roundConditions, roundList, targetConditions } from './list.ts';
import { TARGET_TODAY } from './today.ts';
import { ROUND_STATES, SCOPE_RULES, TARGET_STATUSES, SKIP_REASONS } from './vocabulary.ts';

import { targetWorkflow } from './target-workflow.ts';
import { roundWorkflow } from './workflow.ts';

export * from './vocabulary.ts';

export const round = defineEntity({
  name: 'round',
  label: '轮次',
  home: 'self',
  title: 'name',
  offer: { detail: '{startDate} 至 {endDate}' },
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: { order: 3, icon: 'insp', title: '{name}', detail: '{startDate}', tail: '', spelled: ['name'], words: [] },
    page: { route: '/rounds', room: 'inspections', order: 1, label: '计划与轮次' },
    write: ['rounds.create', 'rounds.update', 'workflow.act', 'rounds.remove'],
    travels: 'enterprises',
    since: 1,
  },
  workflow: roundWorkflow,
  dimensions: ROUND_DIMENSIONS,
  fields: {
    projectId: reference('serviceProject', { label: '服务项目' }),
    no: integer({ label: '序号', required: 'F', min: 1, level: 'must', list: true }),
    name: text({ label: '名称', required: 'F', level: 'must', list: true }),
    startDate: day({ label: '开始日期', required: 'F', level: 'must', list: true }),
    endDate: day({ label: '结束日期', required: 'F', level: 'must', list: true }),
    state: choice(ROUND_STATES, { label: '状态', required: 'F', level: 'must', initial: 'planned', list: true }),
    baseRoundId: reference('round', { label: '上一轮' }),
    scopeRule: choice(SCOPE_RULES, { label: '范围规则', required: 'F', initial: 'custom', list: true }),
    finishedDate: day({ label: '完成日期', since: 4, happened: true }),
  },
  indexes: [['projectId']],
  list: roundList,
  conditions: roundConditions,
  checks: [
    daysInOrder({ code: 'ROUND_PERIOD', from: 'startDate', to: 'endDate', sentence: '结束日期早于开始日期，请核对' }),
  ],
});

export const roundTarget = defineEntity({
  name: 'roundTarget',
  label: '轮次对象',
  shape: 'child',
  home: { follow: ['enterpriseId', 'roundId'] },
  parent: 'roundId',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: { within: 'roundId' },
    write: ['rounds.addTargets', 'rounds.assign', 'workflow.act'],
    travels: 'enterprises',
    since: 1,
  },
  workflow: targetWorkflow,
  fields: {
    roundId: reference('round', { label: '轮次', required: 'F' }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    staffId: reference('staff', { label: '检查人', level: 'may', list: true }),
    plannedDate: day({ label: '计划日期', list: true }),
    status: choice(TARGET_STATUSES, { label: '状态', required: 'F', level: 'must', initial: 'pending', list: true }),
    skipReason: choice(SKIP_REASONS, { label: '原因', level: 'must', list: true }),
    skipNote: text({ label: '说明', max: 300 }),
    attempts: integer({ label: '未进门次数', required: 'F', initial: 0, min: 0 }),
  },
  indexes: [['roundId', 'status'], ['enterpriseId'], ['plannedDate']],
  conditions: targetConditions,
  today: TARGET_TODAY,
});

export const ROUND_ENTITIES = [round, roundTarget] as const;
