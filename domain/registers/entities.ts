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
  facets: { ...INNER, write: ['registers.apply', 'registers.settle'], travels: 'never', since: 1 },
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
  indexes: [['fingerprint'], ['runId'], ['enterpriseId']],
  conditions: [defineCondition({ id: 'nameWaits', of: 'importRow', label: '名称待定', where: 'sql', slow: true })],
  quality: [
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

/** Column mapping that people chose for a heading, remembered per client. */
export const importMapping = defineEntity({
  name: 'importMapping',
  label: '列对应',
  scope: 'office',
  home: 'self',
  facets: { ...INNER, write: ['registers.apply'], travels: 'never', since: 1 },
  fields: {
    clientKey: text({ label: '委托方', required: 'F', max: 100 }),
    heading: text({ label: '表头', required: 'F' }),
    target: text({ label: '字段', required: 'F', max: 80 }),
  },
  indexes: [['clientKey', 'heading']],
});

export const REGISTER_ENTITIES = [importRun, importRow, importQuestion, importMapping] as const;
