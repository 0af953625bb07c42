// The duties of the content library, loaded from resources/content and never written by people.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, integer, longText, text } from '../dictionary/field.ts';
import { DUTY_GROUPS } from './vocabulary.ts';

export const dutyRule = defineEntity({
  name: 'dutyRule',
  label: '定期义务',
  home: 'g',
  builtin: true,
  title: 'name',
  offer: { detail: '{rule}', order: 'group' },
  facets: { ...INNER, write: 'content', travels: 'never', since: 5 },
  fields: {
    code: text({ label: '编码', required: 'F', max: 60 }),
    name: text({ label: '义务', required: 'F', max: 100, list: true }),
    group: choice(DUTY_GROUPS, { label: '方面', required: 'F', list: true }),
    rule: text({ label: '期限', required: 'F', max: 200, list: true }),
    condition: text({ label: '适用条件', max: 200, list: true }),
    proof: text({ label: '凭证', max: 200, list: true }),
    responsible: text({ label: '由谁办', max: 60, list: true }),
    ifMissed: text({ label: '没有办的后果', max: 300, list: true }),
    basis: text({ label: '依据', max: 500, list: true }),
    origin: text({ label: '出处', max: 300 }),
    seq: integer({ label: '顺序' }),
    definition: longText({
      label: '判断规则',
      required: 'F',
      max: 100_000,
      unshown: '程序按它判断是否适用和期限，期限与适用条件是它的文字',
    }),
  },
  indexes: [['code']],
});
