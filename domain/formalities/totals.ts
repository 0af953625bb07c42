// New total amounts of a project (总量指标), each exempt or not by the rules in force on its day (capability FX-07).
import { EXEMPTIONS } from '../catalogues/vocabulary.ts';
import { defineEntity } from '../dictionary/entity.ts';
import { choice, decimal, reference, text } from '../dictionary/field.ts';
import { fileFacets } from '../enterprises/part.ts';

export const eiaTotal = defineEntity({
  name: 'eiaTotal',
  label: '总量指标',
  shape: 'child',
  home: { follow: ['eiaProjectId'] },
  parent: 'eiaProjectId',
  title: 'pollutant',
  once: [['pollutant']],
  facets: fileFacets({
    file: null,
    dossier: {
      section: 'formalities',
      order: 10,
      by: 'eiaProjectId',
      columns: [
        { path: 'eiaProjectId', weight: 5 },
        { path: 'pollutant', weight: 3 },
        { path: 'amount', weight: 2, align: 'center' },
        { path: 'exemption', weight: 2, align: 'center' },
        { path: 'exemptBy', weight: 3, align: 'center' },
      ],
    },
    page: { within: 'eiaProjectId' },
    attach: null,
    since: 8,
  }),
  fields: {
    eiaProjectId: reference('eiaProject', { label: '环评项目', required: 'F' }),
    pollutant: text({ label: '污染物', required: 'F', max: 60, list: true, help: '如化学需氧量、挥发性有机物' }),
    amount: decimal({ label: '新增总量', unit: 't', level: 'must', list: true, help: '每年多少吨' }),
    exemption: choice(EXEMPTIONS, { label: '总量豁免', derived: true, list: true }),
    exemptBy: text({ label: '豁免规则', max: 40, derived: true, list: true }),
  },
  indexes: [['eiaProjectId']],
});
