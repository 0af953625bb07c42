// Campaigns and special topics under which an enterprise was looked at (监管专项): what was asked, and what came of it (capability PD-13).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, longText, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';

export const TOPIC_RESULTS = vocabulary(
  { met: '符合要求', partly: '部分符合', unmet: '不符合', pending: '进行中' },
  { met: '合格 通过 符合', partly: '基本符合 基本合格', unmet: '不合格 未通过', pending: '未完成 待反馈' },
);

export const supervisionTopic = defineEntity({
  name: 'supervisionTopic',
  label: '监管专项',
  ...ofEnterprise,
  title: 'topic',
  once: [['topic', 'date']],
  facets: fileFacets({
    file: { tab: 'supervision', order: 1, count: true },
    timeline: {
      day: 'date',
      title: '监管专项：{topic} {result}',
      detail: '{findings}',
      who: '{organiser}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: { section: 'formalities', order: 20, by: 'date' },
    register: { order: 12, find: ['topic', 'date'], together: true },
    attach: ['document', 'signed_paper', 'photo'],
    since: 6,
  }),
  fields: {
    enterpriseId,
    date: day({
      label: '专项日期',
      required: 'F',
      level: 'must',
      happened: true,
      list: true,
      headings: ['专项日期', '专项检查日期'],
    }),
    topic: text({
      label: '专项名称',
      required: 'F',
      max: 100,
      list: true,
      help: '如“VOCs 专项”“危废专项”“夜间巡查”',
      headings: ['专项名称', '监管专项', '专项行动', '专项任务'],
    }),
    organiser: text({ label: '组织单位', max: 100, list: true }),
    documentNo: text({ label: '通知文号', max: 60 }),
    result: choice(TOPIC_RESULTS, { label: '专项结果', list: true, headings: ['专项结果', '专项检查结果'] }),
    findings: longText({ label: '专项情况', max: 2000, list: true }),
  },
  indexes: [['enterpriseId', 'date']],
});

export const SUPERVISION_ENTITIES = [supervisionTopic] as const;
