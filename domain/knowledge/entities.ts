// Built-in content: laws with their articles, and checklists; loaded from resources/content, read-only (domain reference 2.7).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, flag, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../findings/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';

export const CONFIDENCES = vocabulary({ verified: '已核', from_memory: '待核' });
export const ARTICLE_KINDS = vocabulary({ duty: '义务', penalty: '罚则', rule: '规则' });

/** The place of a row among its like in the files that it is loaded from. */
const SEQ = integer({ label: '顺序', since: 3 });
const builtin = { home: 'g', builtin: true } as const;

export const law = defineEntity({
  name: 'law',
  label: '法规',
  ...builtin,
  title: 'title',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: { route: '/knowledge/laws', room: 'knowledge', order: 1 },
    write: 'content',
    travels: 'never',
    since: 1,
  },
  fields: {
    code: text({ label: '编码', required: 'F', max: 60 }),
    title: text({ label: '名称', required: 'F', max: 200, list: true }),
    shortTitle: text({ label: '简称', max: 100 }),
    documentNumber: text({ label: '文号', max: 200, list: true }),
    lawLevel: text({ label: '效力级别', max: 30, list: true }),
    issuer: text({ label: '发布机关', max: 100 }),
    issuedDate: day({ label: '发布日期' }),
    effectiveDate: day({ label: '施行日期', list: true }),
    repealedDate: day({ label: '废止日期', list: true }),
    status: text({ label: '状态', max: 60, list: true }),
    isUnchecked: flag({ label: '待核' }),
    note: longText({ label: '说明' }),
    seq: SEQ,
  },
  indexes: [['code']],
});

export const legalBasis = defineEntity({
  name: 'legalBasis',
  label: '法规依据',
  shape: 'child',
  ...builtin,
  parent: 'lawId',
  title: 'label',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    code: text({ label: '编码', required: 'F', max: 80 }),
    lawId: reference('law', { label: '法规', required: 'F' }),
    no: text({ label: '条号', required: 'F', max: 40 }),
    label: text({ label: '条目', required: 'F', max: 60, list: true }),
    kind: choice(ARTICLE_KINDS, { label: '性质', list: true }),
    summary: longText({ label: '释义', list: true }),
    confidence: choice(CONFIDENCES, { label: '核对', required: 'F' }),
    replacedByCodes: text({ label: '现行条目', max: 500 }),
    seq: SEQ,
  },
  indexes: [['code'], ['lawId']],
});

export const checklist = defineEntity({
  name: 'checklist',
  label: '检查表',
  offer: { detail: '{version}' },
  ...builtin,
  title: 'name',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    code: text({ label: '编码', required: 'F', max: 60 }),
    name: text({ label: '名称', required: 'F', list: true }),
    description: text({ label: '说明', max: 500, list: true }),
    version: text({ label: '版本', required: 'F', max: 20, list: true }),
    seq: SEQ,
    scoring: longText({ label: '评分规则', since: 4, unshown: '程序按它计算得分，检查表页用文字说明' }),
  },
  indexes: [['code']],
});

export const checklistAspect = defineEntity({
  name: 'checklistAspect',
  label: '检查方面',
  shape: 'child',
  ...builtin,
  parent: 'checklistId',
  title: 'name',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    code: text({ label: '编码', required: 'F', max: 60 }),
    checklistId: reference('checklist', { label: '检查表', required: 'F' }),
    seq: integer({ label: '序号', required: 'F' }),
    name: text({ label: '名称', required: 'F', list: true }),
  },
  indexes: [['checklistId']],
});

export const checklistItem = defineEntity({
  name: 'checklistItem',
  label: '检查项',
  shape: 'child',
  ...builtin,
  parent: 'checklistId',
  title: 'text',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    code: text({ label: '编码', required: 'F', max: 60 }),
    checklistId: reference('checklist', { label: '检查表', required: 'F' }),
    aspectId: reference('checklistAspect', { label: '方面', required: 'F' }),
    seq: integer({ label: '序号', required: 'F' }),
    text: text({ label: '检查内容', required: 'F', max: 300, list: true }),
    howToCheck: longText({ label: '怎么查' }),
    condition: text({ label: '适用条件', max: 300 }),
    category: choice(FINDING_CATEGORIES, { label: '问题类别', required: 'F' }),
    handlingClass: choice(HANDLING_CLASSES, { label: '处理类别', required: 'F' }),
    findingWording: longText({ label: '问题用语' }),
    suggestion: longText({ label: '整改建议' }),
    deadlineDays: integer({ label: '整改天数', min: 0 }),
    weight: integer({ label: '权重', required: 'F', min: 1, max: 9 }),
    villageMayVerify: flag({ label: '村可核销' }),
    requires: longText({ label: '适用事实', since: 4, unshown: '程序按它判断检查项是否适用，适用条件是它的文字' }),
  },
  indexes: [['checklistId'], ['code']],
});

export const checklistItemKind = defineEntity({
  name: 'checklistItemKind',
  label: '适用对象',
  shape: 'set',
  ...builtin,
  parent: 'itemId',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    itemId: reference('checklistItem', { label: '检查项', required: 'F' }),
    objectKind: choice(OBJECT_KINDS, { label: '对象类型', required: 'F' }),
  },
  indexes: [['itemId']],
});

export const checklistItemBasis = defineEntity({
  name: 'checklistItemBasis',
  label: '检查依据',
  shape: 'set',
  ...builtin,
  parent: 'itemId',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    itemId: reference('checklistItem', { label: '检查项', required: 'F' }),
    legalBasisId: reference('legalBasis', { label: '法规依据', required: 'F' }),
    seq: integer({ label: '序号', required: 'F' }),
    isEarlier: flag({ label: '新法施行前的依据', since: 4 }),
  },
  indexes: [['itemId'], ['legalBasisId']],
});

/** Which checklists a visit to an object kind starts with (content library, objectKinds.defaultTemplates). */
export const checklistForKind = defineEntity({
  name: 'checklistForKind',
  label: '默认检查表',
  shape: 'set',
  ...builtin,
  parent: 'checklistId',
  facets: { ...INNER, write: 'content', travels: 'never', since: 1 },
  fields: {
    checklistId: reference('checklist', { label: '检查表', required: 'F' }),
    objectKind: choice(OBJECT_KINDS, { label: '对象类型', required: 'F' }),
    seq: integer({ label: '序号', required: 'F' }),
  },
  indexes: [['objectKind']],
});

export const KNOWLEDGE_ENTITIES = [
  law,
  legalBasis,
  checklist,
  checklistAspect,
  checklistItem,
  checklistItemKind,
  checklistItemBasis,
  checklistForKind,
] as const;
