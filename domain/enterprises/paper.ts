// 一企一档 on paper (domain reference 5.4): what stands in its sections is said by the kinds' facet `dossier`.
import { definePaper } from '../dictionary/paper.ts';

/** The file of an enterprise: a cover with an overview, then the sections. */
export const dossierPaper = definePaper({
  id: 'dossier',
  label: '一企一档',
  of: 'enterprise',
  archive: true,
  title: '一企一档（{enterprise.name}）',
  file: '一企一档_{enterprise.name}_{compiledOn}',
  given: {
    orgName: 'organisation.name',
    compiledOn: null,
    compiledBy: null,
    'enterprise.name': 'enterprise.name',
    'enterprise.creditCode': 'enterprise.creditCode',
    'enterprise.internalCode': 'enterprise.internalCode',
    'enterprise.address': 'enterprise.address',
    'completeness.filled': null,
    'completeness.required': null,
    sections: null,
    'sections.numbered': null,
    'sections.title': null,
    'sections.holds': null,
    'sections.isEmpty': null,
    'sections.facts': null,
    'sections.tables': null,
    'sections.photos': null,
    'sections.missing': null,
    'sections.lacks': null,
  },
  blocks: [
    {
      type: 'cover',
      title: '一企一档',
      subtitle: '{enterprise.name}',
      lines: [
        { label: '统一社会信用代码', text: '{enterprise.creditCode}' },
        { label: '内部编号', text: '{enterprise.internalCode}' },
        { label: '地址', text: '{enterprise.address}' },
        { label: '编制单位', text: '{orgName}' },
        { label: '编制人', text: '{compiledBy}' },
        { label: '编制日期', text: '{compiledOn}' },
        { label: '建档字段', text: '{completeness.filled}/{completeness.required}' },
      ],
    },
    { type: 'contents' },
    {
      type: 'table',
      of: 'sections',
      caption: '本档各部分与待补充的内容',
      columns: [
        { heading: '部分', text: '{numbered}', weight: 5, align: 'left' },
        { heading: '内容', text: '{holds|未收集}', weight: 9, align: 'left' },
        { heading: '待补充', text: '{lacks|－}' },
      ],
    },
    { type: 'signed', unit: '{orgName}', day: 'compiledOn' },
    { type: 'page' },
    {
      type: 'repeat',
      of: 'sections',
      blocks: [
        { type: 'heading', text: '{title}' },
        { type: 'paragraph', text: '未收集（待补充）。', when: 'isEmpty' },
        { type: 'facts', of: 'facts' },
        { type: 'tables', of: 'tables', heads: true },
        { type: 'photos', of: 'photos' },
        { type: 'paragraph', text: '待补充：{missing}。', when: 'missing' },
      ],
    },
  ],
});
