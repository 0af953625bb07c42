// 工作依据: the papers by which a project works, each with its version and since when (capability MH-04).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';

/** A paper by which the visits of a project are done: 工作手册, 检查规程, 记录表, 一企一表. */
export const projectBasis = defineEntity({
  name: 'projectBasis',
  label: '工作依据',
  shape: 'child',
  home: { follow: ['projectId'] },
  parent: 'projectId',
  title: 'name',
  facets: { ...INNER, attach: ['document'], write: 'plain', travels: 'parent', since: 9 },
  fields: {
    projectId: reference('serviceProject', { label: '服务项目', required: 'F' }),
    name: text({ label: '名称', required: 'F', max: 100, list: true, help: '如：工作手册、检查规程、检查记录表' }),
    version: text({ label: '版本', max: 40, list: true, help: '如：2026 年版、V2.1' }),
    validFrom: day({ label: '启用日期', list: true }),
    validTo: day({ label: '停用日期', list: true, help: '换了新版时填，以前的检查仍印当时的版本' }),
  },
  indexes: [['projectId']],
  checks: [
    daysInOrder({
      code: 'BASIS_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '停用日期早于启用日期，请核对',
    }),
  ],
});
