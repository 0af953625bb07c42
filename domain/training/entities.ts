// Trainings: plan, invitation, attendance, material (domain reference 2.7, 3.8, 4.6).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { choice, day, decimal, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';

export const TRAINING_KINDS = vocabulary({ general: '普通培训', special_class: '专班培训', immersive: '沉浸式培训', model_visit: '榜样企业观摩' });
export const TRAINING_STATES = vocabulary({ planned: '计划', notified: '已通知', held: '已举办', summarised: '已总结', archived: '已归档' });
/** The training took place: only these count (domain reference 3.8). */
export const HELD_STATES = ['held', 'summarised', 'archived'] as const;
/** Who a training is for: village officers, everyone, or object kinds. */
export const TRAINING_AUDIENCES = vocabulary({ all: '全部企业', village_officer: '村环保干部', ...OBJECT_KINDS.labels });
export const TRAINING_MODES = vocabulary({ on_site: '现场', online: '线上', both: '线上线下' });

export const training = defineEntity({
  name: 'training', label: '培训', home: 'self', title: 'title',
  fields: {
    title: text({ label: '主题', required: 'F', level: 'must', list: true }),
    kind: choice(TRAINING_KINDS, { label: '类型', required: 'F', initial: 'general', list: true }),
    state: choice(TRAINING_STATES, { label: '状态', required: 'F', level: 'must', initial: 'planned', list: true }),
    date: day({ label: '日期', required: 'F', level: 'must', list: true }),
    hours: decimal({ label: '学时', unit: '小时' }),
    mode: choice(TRAINING_MODES, { label: '形式', required: 'F', initial: 'on_site', list: true }),
    place: text({ label: '地点', max: 100, list: true }),
    trainer: text({ label: '讲师', max: 100, list: true }),
    topic: text({ label: '内容要点', max: 300 }),
    projectId: reference('serviceProject', { label: '服务项目' }),
    satisfaction: decimal({ label: '满意度', unit: '分' }),
    summary: longText({ label: '总结' }),
  },
  indexes: [['date'], ['state']],
  checks: [{
    code: 'SATISFACTION_RANGE', field: 'satisfaction', severity: { form: 'error', import: 'warn' },
    run: (r) => (r.satisfaction !== null && r.satisfaction !== undefined && (Number(r.satisfaction) < 1 || Number(r.satisfaction) > 5)
      ? '满意度在 1 到 5 分之间' : null),
  }],
});

export const trainingAudience = defineSet({
  name: 'trainingAudience', label: '面向对象',
  parent: { entity: 'training', field: 'trainingId' }, of: { vocabulary: TRAINING_AUDIENCES, field: 'audience' },
});

export const trainingInvitation = defineSet({
  name: 'trainingInvitation', label: '受邀企业', home: { follow: ['enterpriseId', 'trainingId'] },
  parent: { entity: 'training', field: 'trainingId' }, of: { entity: 'enterprise', field: 'enterpriseId' },
});

export const trainingAttendance = defineEntity({
  name: 'trainingAttendance', label: '签到', shape: 'child', home: { follow: ['enterpriseId', 'trainingId'] }, parent: 'trainingId',
  personal: true, title: 'personName',
  fields: {
    trainingId: reference('training', { label: '培训', required: 'F' }),
    enterpriseId: reference('enterprise', { label: '企业', list: true }),
    personName: text({ label: '姓名', required: 'F', max: 60, person: true, list: true, headings: ['姓名', '参会人员'] }),
    post: text({ label: '职务', max: 60, list: true, headings: ['职务', '岗位'] }),
    phone: text({ label: '电话', max: 60, masked: true, list: true, headings: ['电话', '联系电话', '手机'] }),
    examScore: integer({ label: '考核成绩', unit: '分', min: 0, max: 100, list: true, headings: ['成绩', '考核成绩'] }),
  },
  indexes: [['trainingId'], ['enterpriseId']],
});

export const TRAINING_ENTITIES = [training, trainingAudience, trainingInvitation, trainingAttendance];
