// Names that an enterprise had before.
import { defineEntity } from '../dictionary/entity.ts';
import { day, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from './part.ts';

export const formerName = defineEntity({
  name: 'formerName',
  label: '曾用名',
  ...ofEnterprise,
  title: 'name',
  facets: {
    file: { tab: 'people', order: 2, count: true },
    timeline: null,
    dossier: { section: 'basic', order: 2 },
    register: { order: 2, find: ['name'], several: true },
    attach: null,
    search: { owner: 'enterpriseId', spelled: ['name'], words: [] },
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    name: text({
      label: '曾用名',
      required: 'F',
      max: 100,
      list: true,
      cell: 'otherName',
      headings: ['曾用名', '曾用名称', '原企业名称', '原单位名称', '原名称', '更名前名称'],
    }),
    until: day({ label: '使用至', list: true, happened: true }),
  },
  indexes: [['enterpriseId']],
});
