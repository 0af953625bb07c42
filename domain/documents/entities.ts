// The archive of everything that was issued, with the figures it was made from (domain reference 2.7).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, instant, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const DOCUMENT_KINDS = vocabulary({
  weekly_report: '周报', monthly_report: '月报', quarterly_report: '季报', annual_report: '年报', rectification_notice: '整改单',
  inspection_record: '现场检查记录表', training_signin: '培训签到表', finding_list: '问题清单', dossier: '一企一档',
});

export const generatedDocument = defineEntity({
  name: 'generatedDocument', label: '报告存档', scope: 'office', home: 'self', title: 'title',
  fields: {
    kind: choice(DOCUMENT_KINDS, { label: '种类', required: 'F', list: true }),
    title: text({ label: '标题', required: 'F', list: true }),
    subjectId: reference('', { label: '对象' }),
    periodFrom: day({ label: '期间自', list: true }),
    periodTo: day({ label: '期间至', list: true }),
    asOfDate: day({ label: '截至', list: true }),
    version: integer({ label: '版本', required: 'F', min: 1, list: true }),
    figuresJson: longText({ label: '冻结数据', max: 20_000_000 }),
    sha256: text({ label: '文件指纹', required: 'F', max: 64 }),
    fileName: text({ label: '文件名', required: 'F', list: true }),
    size: integer({ label: '大小', required: 'F', unit: '字节' }),
    createdBy: text({ label: '出具人', required: 'F', max: 60, list: true }),
    issuedAt: instant({ label: '出具时间', required: 'F', list: true }),
  },
  indexes: [['kind', 'issuedAt'], ['subjectId']],
});

export const DOCUMENT_ENTITIES = [generatedDocument];
