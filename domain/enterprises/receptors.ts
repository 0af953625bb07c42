// What lies around an enterprise that its noise, air and water reach (domain reference 2.2).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, integer, text } from '../dictionary/field.ts';
import { DIRECTIONS, RECEPTOR_KINDS } from './surroundings.ts';
import { enterpriseId, fileFacets, ofEnterprise } from './part.ts';

export const sensitiveReceptor = defineEntity({
  name: 'sensitiveReceptor',
  label: '敏感目标',
  ...ofEnterprise,
  listOfParent: 'sensitiveReceptors',
  title: 'name',
  facets: fileFacets({
    file: { tab: 'production', order: 9, count: true },
    dossier: { section: 'basic', order: 9 },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    name: text({ label: '名称', required: 'F', max: 100, list: true }),
    kind: choice(RECEPTOR_KINDS, { label: '类型', required: 'F', list: true }),
    direction: choice(DIRECTIONS, { label: '方位', list: true }),
    distanceM: integer({ label: '距离', unit: 'm', min: 0, max: 100_000, list: true }),
    remark: text({ label: '说明', max: 200 }),
  },
  indexes: [['enterpriseId']],
});
