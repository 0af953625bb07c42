// Emergency drills with what they showed to be improved, each followed up until it is done (domain reference 2.5; capability ZJ-14).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, integer, longText, reference, text } from '../dictionary/field.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const DRILL_FORMS = vocabulary({ table_top: '桌面推演', functional: '专项演练', full: '综合演练' });
export const DRILL_GRADES = vocabulary({ good: '良好', fair: '基本达到', poor: '未达到' });

export const drill = defineEntity({
  name: 'drill',
  label: '应急演练',
  shape: 'child',
  home: { follow: ['enterpriseId'] },
  parent: 'enterpriseId',
  title: 'scenario',
  scanned: [
    {
      id: 'drill_record',
      label: '应急演练记录',
      words: ['演练记录', '应急演练', '演练方案', '演练总结'],
      byNumber: true,
    },
  ],
  facets: {
    file: { tab: 'emergency', order: 2, count: true },
    timeline: {
      day: 'date',
      title: '应急演练：{scenario}',
      detail: '{evaluation}',
      who: '{organiser}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: {
      section: 'emergency',
      order: 2,
      by: 'date',
      columns: [
        { path: 'date', weight: 3, align: 'center' },
        { path: 'form', weight: 2, align: 'center' },
        { path: 'scenario', weight: 5 },
        { path: 'participants', weight: 2, align: 'center' },
        { path: 'grade', weight: 2, align: 'center' },
      ],
    },
    register: { order: 11, find: ['date', 'scenario'] },
    attach: ['photo', 'document', 'signin_sheet', 'signed_paper'],
    search: {
      order: 5,
      icon: 'clip',
      title: '{scenario}',
      detail: '{enterpriseId.name}',
      tail: '{date}',
      spelled: [],
      words: ['scenario'],
      parent: 'enterpriseId',
    },
    page: { route: '/drills', room: 'services', order: 2 },
    write: 'plain',
    travels: 'parent',
    since: 3,
  },
  fields: {
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    date: day({
      label: '演练日期',
      required: 'F',
      level: 'must',
      list: true,
      happened: true,
      headings: ['演练日期', '演练时间', '最近演练日期'],
    }),
    scenario: text({
      label: '演练情景',
      required: 'F',
      level: 'must',
      list: true,
      headings: ['演练情景', '演练内容', '演练主题', '演练科目', '演练名称'],
    }),
    form: choice(DRILL_FORMS, { label: '形式', list: true, headings: ['演练形式', '演练类型', '演练方式'] }),
    place: text({ label: '地点', max: 100, headings: ['演练地点'] }),
    organiser: text({ label: '组织人', max: 60, person: true, headings: ['组织人', '演练负责人', '总指挥'] }),
    participants: integer({
      label: '参加人数',
      unit: '人',
      min: 0,
      max: 100_000,
      list: true,
      headings: ['参加人数', '参演人数'],
    }),
    script: longText({ label: '演练脚本', headings: ['演练脚本', '演练方案'] }),
    roles: longText({ label: '角色分工', help: '一行一人：姓名、角色、任务', headings: ['角色分工', '人员分工'] }),
    evaluation: longText({ label: '评估', headings: ['演练评估', '评估结论', '演练效果'] }),
    grade: choice(DRILL_GRADES, { label: '评估结果', list: true, headings: ['评估结果', '评估等级'] }),
    problems: longText({ label: '存在问题', headings: ['演练问题', '演练存在问题'] }),
  },
  indexes: [['enterpriseId', 'date'], ['date']],
});

export const drillImprovement = defineEntity({
  name: 'drillImprovement',
  label: '演练改进',
  today: [
    defineTodayRule({
      id: 'drillImprovement',
      of: 'drillImprovement',
      title: '演练改进跟踪',
      rule: '到了下次跟踪或建议完成日期、还没有完成',
      where: [
        { field: 'doneDate', op: 'empty' },
        {
          any: [
            [{ field: 'nextDate', op: 'le', value: { today: 0 } }],
            [{ field: 'dueDate', op: 'le', value: { today: 0 } }],
          ],
        },
      ],
      day: ['nextDate', 'dueDate'],
      text: '{content}（{drillId.scenario}）',
      why: [{ when: [{ field: 'dueDate', op: 'filled' }], is: '建议 {dueDate:short} 完成' }, { is: '跟踪日已到' }],
      enterprise: 'drillId.enterpriseId',
      owner: 'drillId.enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'amber',
      tones: redAfter('nextDate'),
      glyph: 'clock',
    }),
  ],
  shape: 'child',
  home: { follow: ['drillId'] },
  parent: 'drillId',
  title: 'content',
  facets: {
    file: null,
    timeline: {
      day: 'doneDate',
      title: '演练改进完成：{content}',
      detail: '{progress}',
      who: '{responsible}',
      glyph: 'i-edit',
      enterprise: 'drillId.enterpriseId',
      opens: 'drillId',
    },
    dossier: null,
    register: null,
    attach: ['photo_after', 'evidence', 'document'],
    search: null,
    page: { within: 'drillId' },
    write: 'plain',
    travels: 'parent',
    since: 3,
  },
  fields: {
    drillId: reference('drill', { label: '应急演练', required: 'F' }),
    content: longText({ label: '改进事项', required: 'F', level: 'must', max: 1000, list: true }),
    responsible: text({ label: '负责人', max: 60, person: true, list: true }),
    dueDate: day({ label: '建议完成日期', list: true }),
    nextDate: day({ label: '下次跟踪', list: true, help: '到这一天会出现在今日' }),
    progress: longText({ label: '跟踪情况', max: 2000, list: true }),
    doneDate: day({ label: '完成日期', level: 'must', list: true, happened: true }),
  },
  indexes: [['drillId'], ['nextDate']],
});

export const DRILL_ENTITIES = [drill, drillImprovement] as const;
