// 一企一表 of a year: filled in by the enterprise and held against its EIA (domain reference 1.2); coverage is counted by it.
import { defineEntity } from '../dictionary/entity.ts';
import { day, fourState, longText, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from './part.ts';

export const enterpriseSheet = defineEntity({
  name: 'enterpriseSheet',
  label: '一企一表',
  ...ofEnterprise,
  title: 'filledDate',
  once: [['filledDate']],
  facets: fileFacets({
    file: { tab: 'formalities', order: 9, count: true },
    timeline: {
      day: 'filledDate',
      title: '填报一企一表',
      detail: '{differences}',
      who: '{filledBy}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: { section: 'updates', order: 9, by: 'filledDate' },
    attach: ['signed_paper', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    filledDate: day({ label: '填表日期', required: 'F', level: 'must', happened: true, list: true }),
    filledBy: text({ label: '填表人', max: 60, person: true, list: true, help: '企业里填表的人' }),
    eiaCompared: fourState({ label: '已与环评核对', list: true }),
    checkedDate: day({ label: '核对日期', happened: true, list: true }),
    checkedBy: text({ label: '核对人', max: 60, list: true }),
    differences: longText({ label: '与环评的出入', max: 1000 }),
  },
  indexes: [['enterpriseId', 'filledDate'], ['filledDate']],
});
