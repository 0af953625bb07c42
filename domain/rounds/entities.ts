// Inspection rounds and their targets (domain reference 2.7, 3.1, 3.2).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, integer, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const ROUND_STATES = vocabulary({ planned: '计划', running: '进行中', reviewing: '核对中', finished: '已完成' });
export const SCOPE_RULES = vocabulary({
  all: '全部在册企业', with_finding_in_base: '上一轮有问题的企业', with_open_finding: '有未销号问题的企业', by_risk: '未达年度频次的企业', custom: '自选名单',
});
export const TARGET_STATUSES = vocabulary({ pending: '待查', visited: '已查', refused: '拒查', closed_door: '关门', skipped: '不查' });
export const SKIP_REASONS = vocabulary({
  closed: '已关停', relocated: '已搬离', not_found: '查无', duplicate: '重复', refused: '多次拒查', closed_door: '多次关门', other: '其他',
});

/** Reasons that take a target out of the denominator of coverage (domain reference 2.7). */
export const SKIPS_OUT_OF_DENOMINATOR = ['closed', 'relocated', 'not_found', 'duplicate'] as const;

/** A refused or closed-door target is retried at most this often (domain reference 3.1). */
export const MAX_RETRIES = 3;

export const round = defineEntity({
  name: 'round', label: '轮次', home: 'self', title: 'name',
  fields: {
    projectId: reference('serviceProject', { label: '服务项目' }),
    no: integer({ label: '序号', required: 'F', min: 1, level: 'must', list: true }),
    name: text({ label: '名称', required: 'F', level: 'must', list: true }),
    startDate: day({ label: '开始日期', required: 'F', level: 'must', list: true }),
    endDate: day({ label: '结束日期', required: 'F', level: 'must', list: true }),
    state: choice(ROUND_STATES, { label: '状态', required: 'F', level: 'must', initial: 'planned', list: true }),
    baseRoundId: reference('round', { label: '上一轮' }),
    scopeRule: choice(SCOPE_RULES, { label: '范围规则', required: 'F', initial: 'custom', list: true }),
  },
  indexes: [['projectId']],
  checks: [{
    code: 'ROUND_PERIOD', field: 'endDate', severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) => (r.startDate && r.endDate && r.endDate < r.startDate ? '结束日期早于开始日期，请核对' : null),
  }],
});

export const roundTarget = defineEntity({
  name: 'roundTarget', label: '轮次对象', shape: 'child', home: { follow: ['enterpriseId', 'roundId'] }, parent: 'roundId',
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
});

export const ROUND_ENTITIES = [round, roundTarget];
