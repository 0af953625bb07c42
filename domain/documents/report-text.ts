// What people write into a periodic report: kept for its period, and proposed for the next one of the kind.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, integer, longText, openChoice, reference, text } from '../dictionary/field.ts';
import { DOCUMENT_KINDS } from './kinds.ts';

/** Free text of one report; a line for each point. */
export const reportText = defineEntity({
  name: 'reportText',
  label: '报告文字',
  scope: 'office',
  home: 'self',
  title: 'kind',
  facets: { ...INNER, write: ['reports.saveText', 'reports.saveCases'], travels: 'never', since: 4 },
  fields: {
    kind: openChoice(DOCUMENT_KINDS, { label: '报告种类', required: 'F' }),
    periodFrom: day({ label: '期间自', required: 'F' }),
    periodTo: day({ label: '期间至', required: 'F' }),
    scope: text({ label: '统计范围', max: 500, help: '只报告部分企业时的条件' }),
    causes: longText({ label: '存在问题与原因分析' }),
    advice: longText({ label: '工作建议' }),
    plan: longText({ label: '下阶段计划' }),
  },
  indexes: [['kind', 'periodFrom']],
});

/** A finding that the report tells as a typical case, in its own words. */
export const reportCase = defineEntity({
  name: 'reportCase',
  label: '典型案例',
  scope: 'office',
  shape: 'child',
  home: { follow: ['reportTextId'] },
  parent: 'reportTextId',
  title: 'title',
  facets: { ...INNER, write: ['reports.saveCases'], travels: 'never', since: 4 },
  fields: {
    reportTextId: reference('reportText', { label: '报告', required: 'F' }),
    findingId: reference('finding', { label: '问题', required: 'F' }),
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    title: text({ label: '标题', required: 'F', max: 100 }),
    text: longText({ label: '案例说明', required: 'F' }),
  },
  indexes: [['reportTextId'], ['findingId']],
});
