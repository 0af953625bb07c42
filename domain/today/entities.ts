// Rows of Today that somebody does not want to see again before a day.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, longText, openChoice, reference } from '../dictionary/field.ts';
import { openVocabulary } from '../dictionary/vocabulary.ts';

/** Rules of Today by what they are called: whatever the kinds bring. */
export const TODAY_RULE_NAMES = openVocabulary();

export const todaySnooze = defineEntity({
  name: 'todaySnooze',
  label: '稍后再提',
  scope: 'office',
  home: 'self',
  title: 'reason',
  facets: { ...INNER, write: 'plain', travels: 'never', since: 3 },
  fields: {
    rule: openChoice(TODAY_RULE_NAMES, { label: '事项', required: 'F', list: true }),
    recordId: reference('', { label: '记录', required: 'F' }),
    until: day({
      label: '再提日期',
      required: 'F',
      list: true,
      ahead: true,
      help: '到了这一天，这件事又会出现在今日',
    }),
    reason: longText({ label: '原因', required: 'F', max: 300, list: true }),
    staffId: reference('staff', { label: '由谁', level: 'may', list: true }),
  },
  indexes: [['recordId']],
});

export const TODAY_ENTITIES = [todaySnooze] as const;
