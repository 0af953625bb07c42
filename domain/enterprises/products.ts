// What an enterprise makes.
import { defineEntity } from '../dictionary/entity.ts';
import { decimal, integer, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from './part.ts';
import { PRODUCING_KINDS } from './vocabulary.ts';

export const product = defineEntity({
  name: 'product',
  label: '主要产品',
  ...ofEnterprise,
  title: 'name',
  approved: [{ found: 'actualOutput', approved: 'designedCapacity', by: '设计产能' }],
  facets: {
    file: { tab: 'production', order: 2, count: true },
    timeline: null,
    dossier: { section: 'production', order: 2 },
    register: { order: 3, find: ['name'], several: true },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({
      advised: { objectKinds: PRODUCING_KINDS },
      label: '产品名称',
      required: 'F',
      max: 100,
      list: true,
      headings: ['主要产品', '产品', '产品名称'],
    }),
    designedCapacity: decimal({
      unitIn: 'unit',
      label: '设计产能',
      list: true,
      headings: ['设计产能', '设计能力', '设计生产能力', '产能', '生产能力', '年产能', '设计规模'],
    }),
    actualOutput: decimal({
      label: '实际年产量',
      list: true,
      unitIn: 'unit',
      headings: ['实际年产量', '实际产量', '年产量', '产量'],
    }),
    unit: text({ label: '单位', max: 20, list: true, headings: ['产能单位', '产量单位'] }),
  },
  indexes: [['enterpriseId']],
});
