// What people did of a duty: one occurrence, with its proof.
import { defineEntity } from '../dictionary/entity.ts';
import { day, longText, reference, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';

export const dutyDone = defineEntity({
  name: 'dutyDone',
  label: '义务办理',
  ...ofEnterprise,
  title: 'proof',
  facets: fileFacets({
    file: { tab: 'duties', order: 2 },
    timeline: {
      day: 'doneDate',
      title: '办理{ruleId.name}',
      detail: '{proof}',
      who: '',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: { section: 'formalities', order: 6, caption: '已办的义务', by: 'doneDate' },
    attach: ['document', 'evidence', 'photo', 'signed_paper'],
    since: 5,
  }),
  fields: {
    enterpriseId,
    ruleId: reference('dutyRule', { label: '义务', required: 'F', list: true }),
    dueDate: day({ label: '对应期限', list: true, help: '这次办的是哪一期；没有固定期限的不填' }),
    doneDate: day({ label: '办理日期', required: 'F', level: 'must', happened: true, list: true }),
    proof: text({ label: '凭证', required: 'F', list: true, help: '文件名、回执编号或记录的名称' }),
    remark: longText({ label: '说明', max: 500, list: true, help: '如缺测的原因' }),
  },
  indexes: [['enterpriseId'], ['ruleId', 'dueDate']],
});
