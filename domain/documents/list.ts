// The list of documents that were issued.
import { ALL_VIEW, defineList } from '../dictionary/list.ts';

export const documentList = defineList({
  of: 'generatedDocument',
  title: '文书存档',
  counted: '份',
  placeholder: '标题、文件名、出具人',
  order: ['-issuedAt', 'id'],
  search: ['title', 'fileName', 'createdBy'],
  columns: [
    { path: 'issuedAt', width: 130 },
    { path: 'kind', width: 120 },
    { path: 'title', width: 'minmax(240px,2fr)', fixed: true, chars: 36 },
    { path: 'version', width: 60, align: 'right' },
    { path: 'asOfDate', width: 100, chars: 12 },
    { path: 'periodFrom', width: 100, chars: 12 },
    { path: 'periodTo', width: 100, chars: 12 },
    { path: 'createdBy', width: 90 },
    { path: 'size', width: 90, align: 'right' },
    { path: 'fileName', width: 220, hidden: true, chars: 36 },
    { path: 'sha256', width: 180, hidden: true },
  ],
  filters: ['kind', 'issuedAt', 'asOfDate', 'createdBy'],
  views: [ALL_VIEW],
});
