// Trainings: plan, invitation, attendance, material (domain reference 2.7, 3.8, 4.6).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, decimal, integer, longText, reference, text } from '../dictionary/field.ts';
import { ATTENDANCE_FIGURES, TRAINING_FIGURES } from './figures.ts';
import { trainingSignInPaper, trainingSummaryPaper } from './paper.ts';
import { trainingConditions, trainingList } from './list.ts';
import { TRAINING_KINDS, TRAINING_STATES, TRAINING_AUDIENCES, TRAINING_MODES } from './vocabulary.ts';
import { trainingReportSection } from './section.ts';

import { trainingWorkflow } from './workflow.ts';

export * from './vocabulary.ts';

export const training = defineEntity({
  name: 'training',
  label: '培训',
  home: 'self',
  title: 'title',
  papers: [trainingSignInPaper, trainingSummaryPaper],
  sections: [trainingReportSection],
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: ['material', 'signin_sheet', 'photo', 'document'],
    search: { order: 4, icon: 'train', title: '{title}', detail: '{date}', tail: '', spelled: ['title'], words: [] },
    page: { route: '/training', room: 'services', order: 1 },
    write: 'plain',
    travels: 'enterprises',
    since: 1,
  },
  workflow: trainingWorkflow,
  figures: TRAINING_FIGURES,
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
    questions: longText({ label: '现场答疑', since: 4 }),
    improvements: longText({ label: '问题与改进', since: 4 }),
  },
  indexes: [['date'], ['state']],
  list: trainingList,
  conditions: trainingConditions,
  checks: [
    {
      code: 'SATISFACTION_RANGE',
      field: 'satisfaction',
      severity: { form: 'error', import: 'warn' },
      run: (r) =>
        r.satisfaction !== null &&
        r.satisfaction !== undefined &&
        (Number(r.satisfaction) < 1 || Number(r.satisfaction) > 5)
          ? '满意度在 1 到 5 分之间'
          : null,
    },
  ],
});

export const trainingAudience = defineSet({
  name: 'trainingAudience',
  label: '面向对象',
  parent: { entity: 'training', field: 'trainingId' },
  of: { vocabulary: TRAINING_AUDIENCES, field: 'audience' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const trainingInvitation = defineSet({
  name: 'trainingInvitation',
  label: '受邀企业',
  home: { follow: ['enterpriseId', 'trainingId'] },
  parent: { entity: 'training', field: 'trainingId' },
  of: { entity: 'enterprise', field: 'enterpriseId' },
  facets: { ...INNER, write: 'parent', travels: 'enterprises', since: 1 },
});

export const trainingAttendance = defineEntity({
  name: 'trainingAttendance',
  label: '签到',
  shape: 'child',
  home: { follow: ['enterpriseId', 'trainingId'] },
  parent: 'trainingId',
  personal: true,
  title: 'personName',
  facets: {
    file: { tab: 'inspection', order: 3, drawn: true, count: 'trainingId' },
    timeline: {
      day: 'trainingId.date',
      title: '参加培训：{trainingId.title}',
      detail: '{trainingId.place}',
      who: '{personName}',
      glyph: 'i-train',
      enterprise: 'enterpriseId',
      once: 'trainingId',
      opens: 'trainingId',
    },
    dossier: {
      section: 'services',
      order: 1,
      caption: '参加培训',
      by: 'trainingId.date',
      columns: [
        { path: 'trainingId.date', weight: 3, align: 'center' },
        { path: 'trainingId.title', weight: 6 },
        { path: 'trainingId.kind', weight: 2, align: 'center' },
        { path: 'personName', weight: 3 },
      ],
    },
    register: null,
    attach: null,
    search: null,
    page: { within: 'trainingId' },
    write: 'plain',
    travels: 'enterprises',
    since: 1,
  },
  figures: ATTENDANCE_FIGURES,
  fields: {
    trainingId: reference('training', { label: '培训', required: 'F' }),
    enterpriseId: reference('enterprise', { label: '企业', list: true }),
    villageId: reference('area', { label: '村居', list: true, since: 4, help: '村居人员参加时选村居，不选企业' }),
    personName: text({
      label: '姓名',
      required: 'F',
      max: 60,
      person: true,
      list: true,
      headings: ['姓名', '参会人员'],
    }),
    post: text({ label: '职务', max: 60, list: true, headings: ['职务', '岗位'] }),
    phone: text({ label: '电话', max: 60, masked: true, list: true, headings: ['电话', '联系电话', '手机'] }),
    examScore: integer({ label: '考核成绩', unit: '分', min: 0, max: 100, list: true, headings: ['成绩', '考核成绩'] }),
  },
  indexes: [['trainingId'], ['enterpriseId']],
});

export const TRAINING_ENTITIES = [training, trainingAudience, trainingInvitation, trainingAttendance] as const;
