// The archive of everything that was issued, with the figures it was made from (domain reference 2.7).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, instant, integer, longText, openChoice, reference, text } from '../dictionary/field.ts';
import { DOCUMENT_KINDS } from './kinds.ts';
import { documentList } from './list.ts';
import { reportCase, reportText } from './report-text.ts';

export { DOCUMENT_KINDS, reportCase, reportText };

export const generatedDocument = defineEntity({
  name: 'generatedDocument',
  label: '报告存档',
  scope: 'office',
  home: 'self',
  title: 'title',
  facets: {
    ...INNER,
    page: { route: '/documents', room: 'reports', order: 1, label: '文书存档' },
    write: ['reports.create'],
    travels: 'never',
    since: 1,
  },
  fields: {
    kind: openChoice(DOCUMENT_KINDS, { label: '种类', required: 'F', list: true }),
    title: text({ label: '标题', required: 'F', list: true }),
    subjectId: reference('', { label: '对象' }),
    periodFrom: day({ label: '期间自', list: true }),
    periodTo: day({ label: '期间至', list: true }),
    asOfDate: day({ label: '截至', list: true }),
    version: integer({ label: '版本', required: 'F', min: 1, list: true }),
    figuresJson: longText({ label: '冻结数据', max: 20_000_000 }),
    sha256: text({ label: '文件指纹', required: 'F', max: 64, inner: true }),
    fileName: text({ label: '文件名', required: 'F', list: true }),
    size: integer({ label: '大小', required: 'F', unit: '字节' }),
    createdBy: text({ label: '出具人', required: 'F', max: 60, list: true }),
    issuedAt: instant({ label: '出具时间', required: 'F', list: true }),
  },
  indexes: [['kind', 'issuedAt'], ['subjectId']],
  list: documentList,
});

export const DOCUMENT_ENTITIES = [generatedDocument, reportText, reportCase] as const;
