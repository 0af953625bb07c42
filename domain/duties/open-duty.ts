// The duties that an enterprise has for certain, with the next occurrence that nobody did: derived from its file, never entered.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, flag, reference, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from '../enterprises/part.ts';
import { dutyConditions, dutyList } from './list.ts';
import { DUTY_TODAY } from './today.ts';

export const openDuty = defineEntity({
  name: 'openDuty',
  label: '到期义务',
  ...ofEnterprise,
  scope: 'local',
  title: 'ruleId',
  facets: {
    ...INNER,
    file: { tab: 'duties', order: 1, drawn: true, count: true },
    dossier: {
      section: 'formalities',
      order: 5,
      by: 'dueDate',
      columns: [
        { path: 'ruleId', weight: 5 },
        { path: 'ruleId.rule', heading: '办理要求', weight: 5 },
        { path: 'dueDate', weight: 3, align: 'center' },
        { path: 'ruleId.proof', weight: 4 },
        { path: 'lastDate', weight: 3, align: 'center' },
      ],
    },
    page: { within: 'enterpriseId' },
    write: ['duties.year'],
    travels: 'never',
    since: 5,
  },
  fields: {
    enterpriseId,
    ruleId: reference('dutyRule', { label: '义务', required: 'F', list: true }),
    dueDate: day({ label: '期限', list: true }),
    opensDate: day({ label: '开始办理', list: true }),
    lastDate: day({ label: '上次办理', list: true }),
    subject: text({ label: '对象', max: 200, list: true }),
    isToldElsewhere: flag({ label: '今日另有提示' }),
  },
  indexes: [['enterpriseId', 'dueDate', 'deletedAt'], ['dueDate'], ['ruleId', 'dueDate']],
  list: dutyList,
  conditions: dutyConditions,
  today: DUTY_TODAY,
});
