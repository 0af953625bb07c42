// The tray: files that came in and are not filed yet, each with what its name says of it, until a person has seen to it.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { day, integer, longText, openChoice, reference, text } from '../dictionary/field.ts';
import { openVocabulary } from '../dictionary/vocabulary.ts';

/** Papers by what they are called: whatever the kinds bring. */
export const SCANNED_PAPERS = openVocabulary();

/** A row leaves the tray when its file is filed, and comes back when that is undone. It stays in its office, and is in its backups. */
export const scan = defineEntity({
  name: 'scan',
  label: '待归档文件',
  scope: 'office',
  home: 'self',
  title: 'name',
  facets: {
    ...INNER,
    page: { route: '/scans', room: 'enterprises', order: 9, label: '待归档' },
    write: ['scans.add', 'scans.update', 'scans.file', 'scans.remove'],
    travels: 'never',
    since: 8,
  },
  fields: {
    name: text({ label: '文件名', required: 'F', max: 260, list: true }),
    enterpriseId: reference('enterprise', { label: '归到企业', list: true }),
    paper: openChoice(SCANNED_PAPERS, { label: '资料种类', list: true }),
    recordId: reference('', { label: '归到记录', kindIn: 'recordKind' }),
    recordKind: text({ label: '记录种类', max: 60, inner: true }),
    title: text({ label: '标题', max: 200, list: true }),
    number: text({ label: '文号或编号', max: 100, list: true }),
    documentDate: day({ label: '资料日期', list: true }),
    reason: longText({ label: '依据', max: 300, list: true }),
    doubt: longText({ label: '待定的原因', max: 300, list: true }),
    sha256: text({ label: '文件指纹', required: 'F', level: 'must', max: 64, inner: true }),
    mime: text({ label: '格式', required: 'F', max: 100, level: 'auto', inner: true }),
    size: integer({ label: '大小', required: 'F', unit: '字节', level: 'auto' }),
    width: integer({ label: '宽', unit: 'px', level: 'auto', inner: true }),
    height: integer({ label: '高', unit: 'px', level: 'auto', inner: true }),
  },
  indexes: [['sha256'], ['enterpriseId']],
});

export const SCAN_ENTITIES = [scan] as const;
