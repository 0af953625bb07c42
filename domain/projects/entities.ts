// A service contract: client, period, territory, targets and the settings that a project may change.
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { choice, day, decimal, flag, integer, money, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';

/** What "a year" means in minimum-visit rules and yearly targets (domain reference 2.1). */
export const STATISTICS_YEARS = vocabulary({ calendar: '自然年', contract: '合同年' });

/** Denominator of training coverage (domain reference 4.6). */
export const TRAINING_DENOMINATORS = vocabulary({ audience: '面向对象', invited: '受邀企业', all: '全部在册企业' });

export const serviceProject = defineEntity({
  name: 'serviceProject', label: '服务项目', home: 'self', title: 'name',
  fields: {
    name: text({ label: '项目名称', required: 'F', level: 'must', list: true }),
    code: text({ label: '项目编号', max: 40, list: true }),
    clientId: reference('organisation', { label: '委托方', list: true }),
    organisationId: reference('organisation', { label: '服务单位' }),
    contractAmount: money({ label: '合同金额' }),
    startDate: day({ label: '开始日期', required: 'F', level: 'must', list: true }),
    endDate: day({ label: '结束日期', required: 'F', level: 'must', list: true }),
    statisticsYear: choice(STATISTICS_YEARS, { label: '统计年度', required: 'F', initial: 'calendar' }),
    rectificationTarget: decimal({ label: '整改率目标', unit: '%' }),
    immediateDays: integer({ label: '即知即改默认期限', unit: '天', required: 'F', initial: 3, min: 1, max: 400 }),
    deadlineDays: integer({ label: '限期整改默认期限', unit: '天', required: 'F', initial: 15, min: 1, max: 400 }),
    majorDays: integer({ label: '重大问题默认期限', unit: '天', required: 'F', initial: 30, min: 1, max: 400 }),
    countSourceRemoved: flag({ label: '污染源已消除计入完成整改' }),
    secondPersonVerifies: flag({ label: '复核人须与检查人不同' }),
    trainingDenominator: choice(TRAINING_DENOMINATORS, { label: '培训覆盖率分母', required: 'F', initial: 'audience' }),
    ownVillageMayClose: flag({ label: '允许村干部核销简单事项' }),
  },
  checks: [{
    code: 'PROJECT_PERIOD', field: 'endDate', severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) => (r.startDate && r.endDate && r.endDate < r.startDate ? '结束日期早于开始日期，请核对合同期' : null),
  }, {
    code: 'TARGET_RANGE', field: 'rectificationTarget', severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) => (r.rectificationTarget && (Number(r.rectificationTarget) < 0 || Number(r.rectificationTarget) > 100) ? '整改率目标在 0 到 100 之间' : null),
  }],
});

export const projectArea = defineSet({
  name: 'projectArea', label: '服务区域',
  parent: { entity: 'serviceProject', field: 'projectId' }, of: { entity: 'area', field: 'areaId' },
});

export const projectObjectKind = defineSet({
  name: 'projectObjectKind', label: '服务对象类型',
  parent: { entity: 'serviceProject', field: 'projectId' }, of: { vocabulary: OBJECT_KINDS, field: 'objectKind' },
});

export const PROJECT_ENTITIES = [serviceProject, projectArea, projectObjectKind];
