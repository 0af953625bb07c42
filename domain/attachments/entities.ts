// Facts about photos and documents; their bytes are files named by SHA-256 (architecture section 4).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, decimal, integer, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const ATTACHMENT_KINDS = vocabulary(
  {
    photo_before: '整改前照片',
    photo_after: '整改后照片',
    photo: '照片',
    evidence: '证明材料',
    document: '资料',
    signed_paper: '签字扫描件',
    material: '课件',
    signin_sheet: '签到表',
    signature: '签名',
    consent: '同意材料',
    layout: '平面布置图',
  },
  {},
  { since: { consent: 4, layout: 6 } },
);

/** What is looked at, not read: found by a title that somebody gave it, not by the name that a camera did. */
const PICTURES = ['photo_before', 'photo_after', 'photo', 'signature'] as const;

export const attachment = defineEntity({
  name: 'attachment',
  label: '附件',
  shape: 'attachment',
  home: { follow: ['ownerId'] },
  parent: 'ownerId',
  title: 'name',
  facets: {
    ...INNER,
    dossier: {
      section: 'attachments',
      order: 1,
      caption: '附件',
      columns: [
        { path: 'name', text: '{title|{name}}', heading: '名称', weight: 6 },
        { path: 'kind', weight: 2, align: 'center' },
        {
          path: 'documentDate',
          text: '{documentDate|{takenAt|{createdAt}}}',
          heading: '日期',
          weight: 3,
          align: 'center',
        },
      ],
    },
    search: {
      order: 9,
      icon: 'clip',
      title: '{title|{name}}',
      detail: '{kind}',
      tail: '',
      spelled: ['title'],
      words: ['name', 'caption'],
      unless: { field: 'kind', is: PICTURES, named: 'title' },
    },
    write: ['attachments.add', 'attachments.update', 'attachments.remove'],
    travels: 'parent',
    since: 1,
  },
  fields: {
    ownerEntity: text({ label: '所属', required: 'F', max: 40, inner: true }),
    ownerId: reference('', { label: '所属对象', required: 'F', kindIn: 'ownerEntity' }),
    kind: choice(ATTACHMENT_KINDS, { label: '种类', required: 'F', initial: 'document', list: true }),
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({ label: '文件名', required: 'F', max: 200, list: true }),
    title: text({ label: '标题', max: 200, list: true }),
    caption: text({ label: '说明', max: 300 }),
    sha256: text({ label: '文件指纹', required: 'F', level: 'must', max: 64, inner: true }),
    mime: text({ label: '格式', required: 'F', max: 100, level: 'auto', inner: true }),
    size: integer({ label: '大小', required: 'F', unit: '字节', level: 'auto' }),
    width: integer({ label: '宽', unit: 'px', level: 'auto', inner: true }),
    height: integer({ label: '高', unit: 'px', level: 'auto', inner: true }),
    takenAt: text({ label: '拍摄时间', max: 40, level: 'auto' }),
    longitude: decimal({ label: '拍摄经度', level: 'auto' }),
    latitude: decimal({ label: '拍摄纬度', level: 'auto' }),
    documentDate: day({ label: '资料日期', list: true }),
    originalId: reference('attachment', { label: '原图' }),
  },
  indexes: [['ownerId'], ['sha256']],
});

export const ATTACHMENT_ENTITIES = [attachment] as const;
