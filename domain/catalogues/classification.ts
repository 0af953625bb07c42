// What each edition says of each enterprise, beside the edition before and the papers on file: worked out, never entered.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, longText, reference, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from '../enterprises/part.ts';
import { classificationList } from './list.ts';
import { CATALOGUE_RESULTS, EDITION_CHANGES, HELD_STANDINGS } from './vocabulary.ts';

export const classification = defineEntity({
  name: 'classification',
  label: '名录归类',
  ...ofEnterprise,
  scope: 'local',
  title: 'catalogueId',
  facets: {
    ...INNER,
    file: { tab: 'formalities', order: 8 },
    dossier: {
      section: 'formalities',
      order: 9,
      by: 'catalogueId.validFrom',
      columns: [
        { path: 'catalogueId', weight: 4 },
        { path: 'outcome', weight: 2, align: 'center' },
        { path: 'reason', weight: 7 },
        { path: 'before', weight: 2, align: 'center' },
      ],
    },
    page: { within: 'enterpriseId', room: 'knowledge', order: 3 },
    write: ['records.create', 'records.update', 'enterprises.update'],
    travels: 'never',
    since: 8,
  },
  fields: {
    enterpriseId,
    catalogueId: reference('catalogue', { label: '名录', required: 'F', list: true }),
    outcome: choice(CATALOGUE_RESULTS, { label: '按名录', required: 'F', list: true }),
    reason: longText({ label: '理由', max: 1000, list: true }),
    before: choice(CATALOGUE_RESULTS, { label: '按前一版', list: true }),
    change: choice(EDITION_CHANGES, { label: '换版', required: 'F', list: true }),
    held: text({ label: '手续上', max: 40 }),
    standing: choice(HELD_STANDINGS, { label: '与手续' }),
  },
  indexes: [['enterpriseId'], ['catalogueId', 'change'], ['outcome']],
  list: classificationList,
});
