// Imports of clients' registers: what came in, row by row, and what became of it (domain reference 6.5).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { defineCondition } from '../dictionary/filter.ts';
import { choice, flag, instant, integer, longText, reference, text } from '../dictionary/field.ts';
import { defineQualityCheck } from '../dictionary/quality.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const ROW_RESULTS = vocabulary({
  created: '新增',
  updated: '变更',
  unchanged: '无变化',
  joined: '并入',
  rejected: '退回',
  waiting: '待定',
});

/** What became of an import; it follows from the history, which knows whether the import was undone. */
export const RUN_STATES = vocabulary({ applied: '已导入', undone: '已撤销' });

export const importRun = defineEntity({
  name: 'importRun',
  label: '名册导入',
  scope: 'local',
  home: 'self',
  title: 'fileName',
  facets: { ...INNER, write: ['registers.apply'], travels: 'never', since: 1 },
  fields: {
    fileName: text({ label: '文件', required: 'F', list: true }),
    fileSha256: text({ label: '文件指纹', required: 'F', max: 64, inner: true }),
    actionId: text({ label: '操作', required: 'F', max: 36 }),
    appliedAt: instant({ label: '导入时间', required: 'F', list: true }),
    actorName: text({ label: '导入人', required: 'F', max: 60, list: true }),
    created: integer({ label: '新增', required: 'F', list: true }),
    updated: integer({ label: '变更', required: 'F', list: true }),
    unchanged: integer({ label: '无变化', required: 'F', list: true }),
    rejected: integer({ label: '退回', required: 'F', list: true }),
    duplicates: integer({ label: '疑似重复', required: 'F', list: true }),
    reportJson: longText({ label: '结果', max: 50_000_000 }),
  },
  indexes: [['appliedAt']],
});

export const importRow = defineEntity({
  name: 'importRow',
  label: '导入行',
  shape: 'child',
  scope: 'local',
  home: 'self',
  parent: 'runId',
  facets: {
    ...INNER,
    write: ['registers.apply', 'registers.take', 'registers.settle', 'registers.answer'],
    travels: 'never',
    since: 1,
  },
  fields: {
    runId: reference('importRun', { label: '导入', required: 'F' }),
    sheet: text({ label: '工作表', required: 'F' }),
    rowNumber: integer({ label: '行号', required: 'F' }),
    fingerprint: text({ label: '行指纹', required: 'F', max: 64, inner: true }),
    enterpriseId: reference('enterprise', { label: '企业' }),
    result: choice(ROW_RESULTS, { label: '结果', required: 'F' }),
    /** JSON: the row's cells, those of columns without a field, the reason and the warnings. */
    note: longText({ label: '说明', max: 2_000_000 }),
  },
  indexes: [['fingerprint'], ['runId'], ['enterpriseId'], ['result']],
  conditions: [
    defineCondition({ id: 'nameWaits', of: 'importRow', label: '名称待定', where: 'sql', slow: true }),
    defineCondition({ id: 'siteWaits', of: 'importRow', label: '厂区待定', where: 'sql', slow: true }),
  ],
  quality: [
    defineQualityCheck({
      id: 'siteWaits',
      of: 'importRow',
      topic: 'waiting',
      label: '分不清厂区的行',
      why: '台账的一行可能属于几个厂区中的一个，表里没有写明，没有写入',
      todo: '在“导入记录”里选定厂区，或不导入这一行',
      where: [{ is: 'siteWaits' }],
      shows: ['sheet', 'rowNumber', 'runId'],
      settled: 'waiting',
    }),
    defineQualityCheck({
      id: 'nameWaits',
      of: 'importRow',
      topic: 'waiting',
      label: '待定的名称',
      why: '名册里的名称与档案不同，可能改了名，也可能抄错',
      todo: '采用新名称的，原名称记为曾用名；不采用的留原值',
      where: [{ is: 'nameWaits' }],
      shows: ['enterpriseId', 'sheet', 'rowNumber'],
      settled: 'waiting',
    }),
  ],
});

/** A value of a ledger that differs from the one on file, until a person decides which holds (domain reference 8.2, 18). */
export const importQuestion = defineEntity({
  name: 'importQuestion',
  label: '待定的值',
  shape: 'child',
  scope: 'local',
  home: 'self',
  parent: 'runId',
  facets: { ...INNER, write: ['registers.apply', 'registers.answer'], travels: 'never', since: 6 },
  fields: {
    runId: reference('importRun', { label: '导入', required: 'F' }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    entity: text({ label: '记录种类', required: 'F', max: 60, inner: true }),
    recordId: text({ label: '记录', required: 'F', max: 36, inner: true }),
    field: text({ label: '字段', required: 'F', max: 60, inner: true }),
    ours: text({ label: '档案里的值', max: 500, list: true }),
    theirs: text({ label: '台账里的值', required: 'F', max: 500, list: true }),
    /** JSON: what is written where the new value is taken. */
    patch: longText({ label: '改为', max: 20_000 }),
    fileName: text({ label: '文件', required: 'F', list: true }),
    sheet: text({ label: '工作表', required: 'F' }),
    rowNumber: integer({ label: '行号', required: 'F' }),
    /** A person let the value on file stay. */
    isKept: flag({ label: '留原值', list: true }),
  },
  indexes: [['runId'], ['enterpriseId'], ['recordId', 'field']],
  conditions: [defineCondition({ id: 'waits', of: 'importQuestion', label: '待定', where: 'sql', slow: true })],
  quality: [
    defineQualityCheck({
      id: 'valueWaits',
      of: 'importQuestion',
      topic: 'waiting',
      label: '待定的值',
      why: '台账里的值与档案不同，档案没有改动，等人决定',
      todo: '核对后采用新值，或留原值',
      where: [{ is: 'waits' }],
      shows: ['enterpriseId', 'ours', 'theirs', 'fileName'],
      settled: 'waiting',
    }),
  ],
});

/** What a profile is for: lists of enterprises, or of what hangs on them. */
export const PROFILE_KINDS = vocabulary({ register: '名册', ledger: '台账' });

const KEEPS_PROFILES = [
  'registers.apply',
  'registers.take',
  'registers.saveProfile',
  'registers.removeProfile',
] as const;

/** How the lists of one kind that a client sends are to be understood: known again by their headings. */
export const importProfile = defineEntity({
  name: 'importProfile',
  label: '导入方案',
  scope: 'office',
  home: 'self',
  title: 'name',
  facets: { ...INNER, write: KEEPS_PROFILES, travels: 'never', since: 9 },
  fields: {
    clientKey: text({ label: '委托方', required: 'F', max: 100 }),
    name: text({ label: '名称', required: 'F', max: 60 }),
    kind: choice(PROFILE_KINDS, { label: '种类', required: 'F' }),
    source: text({ label: '来源', max: 200, help: '学自哪个文件，或复制自哪个方案' }),
  },
  indexes: [['clientKey']],
});

/** Column mapping that people chose for a heading, remembered per client; in a profile, or for all registers of the client. */
export const importMapping = defineEntity({
  name: 'importMapping',
  label: '列对应',
  scope: 'office',
  home: 'self',
  facets: { ...INNER, write: KEEPS_PROFILES, travels: 'never', since: 1 },
  fields: {
    clientKey: text({ label: '委托方', required: 'F', max: 100 }),
    heading: text({ label: '表头', required: 'F' }),
    target: text({ label: '字段', required: 'F', max: 80 }),
    profileId: reference('importProfile', { label: '导入方案', since: 9 }),
    /** Only the program says so: a profile is known by the heading, and the program may understand it better one day. */
    isGuess: flag({ label: '程序认的', since: 9 }),
  },
  indexes: [['clientKey', 'heading'], ['profileId']],
});

/** What a word of a client's lists stands for in a field with choices. */
export const importWord = defineEntity({
  name: 'importWord',
  label: '导入方案的用词',
  scope: 'office',
  home: 'self',
  facets: { ...INNER, write: KEEPS_PROFILES, travels: 'never', since: 9 },
  fields: {
    profileId: reference('importProfile', { label: '导入方案', required: 'F' }),
    target: text({ label: '字段', required: 'F', max: 80 }),
    text: text({ label: '表里的词', required: 'F', max: 200 }),
    value: text({ label: '值', required: 'F', max: 80 }),
  },
  indexes: [['profileId']],
});

export const REGISTER_ENTITIES = [
  importRun,
  importRow,
  importQuestion,
  importProfile,
  importMapping,
  importWord,
] as const;
