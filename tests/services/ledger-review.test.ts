// Ledgers under review: row by row what becomes of them, rows left out, files one by one, and rows that wait for their site.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptions } from '../../contract/registers.ts';
import {
  answerRow,
  decide,
  exportResult,
  importFiles,
  listRuns,
  previewFiles,
  previewRows,
  takeFile,
  waitingRows,
  waitingValues,
} from '../../services/registers/index.ts';
import {
  bring,
  makeCode,
  onFile,
  openDesk,
  quiet,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B, C] = ['上海甲甲金属制品有限公司', '上海乙乙涂料有限公司', '上海丙丙机械有限公司'];
const CODE_C = makeCode('C1');
const REGISTER: Cell[][] = [
  ['单位名称', '统一社会信用代码', '厂区序号', '街镇', '地址', '法定代表人'],
  [A ?? '', makeCode('A1'), '001', '青禾镇', '青禾镇东路1号', '张三'],
  [B ?? '', makeCode('B1'), '001', '青禾镇', '青禾镇西路2号', ''],
  [C ?? '', CODE_C, '001', '青禾镇', '青禾镇南路3号', ''],
  [C ?? '', CODE_C, '002', '青禾镇', '青禾镇北路4号', ''],
];
const HEADS: Cell[] = ['单位名称', '统一社会信用代码', '排放口编号', '排放口名称', '排放口类型', '法定代表人'];
const OUTLETS: Cell[][] = [
  HEADS,
  [A ?? '', '', 'DA001', '喷漆口', '废气', '李四'],
  [B ?? '', '', 'DA001', '投料口', '废气', '王五'],
  ['上海外外有限公司', '', 'DA001', '别家的', '废气', ''],
  [C ?? '', CODE_C, 'DA003', '分不清', '废气', ''],
];
const file = (name: string, rows: Cell[][]) => ({ name, bytes: workbook([{ name: '表', rows }]) });

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [sheet(REGISTER)], { townName: '青禾镇' });
});
afterEach(() => t.close());

const options = importOptions.parse({ townName: '青禾镇' });
const take = async (files: { name: string; bytes: Uint8Array }[]) =>
  await importFiles(t.ctx, files, { options, as: null, dryRun: false }, quiet);
const open = async (files: { name: string; bytes: Uint8Array }[]) => {
  const found = await previewFiles(t.ctx, files, options, quiet);
  if (!found.ledgers) throw new Error('no ledger was recognised');
  return { ...found, ledgers: found.ledgers };
};
const rowsOf = (previewId: string, show = 'all', name: string | null = null) =>
  previewRows(t.ctx, { previewId, show, file: name, sheet: null, page: { offset: 0, limit: 50 } });
const stored = async (table: string): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql(`SELECT * FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);

test('each row says what becomes of its records, value by value; pages and filters agree with the counts', async () => {
  const { ledgers } = await open([file('排口.xlsx', OUTLETS)]);
  const { rows, total } = rowsOf(ledgers.previewId);
  expect([total, rows.map(({ rowNumber, result }) => [rowNumber, result])]).toEqual([
    4,
    [
      [2, 'created'],
      [3, 'created'],
      [4, 'rejected'],
      [5, 'waiting'],
    ],
  ]);
  const [first, second, third] = rows;
  expect(first?.changes.map(({ label, before, after, use, fixed }) => [label, before, after, use, fixed])).toEqual(
    expect.arrayContaining([
      ['排放口：排放口名称', null, '喷漆口', 'new', true],
      ['法定代表人', '张三', '李四', 'old', false],
    ]),
  );
  expect(second?.changes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ label: '法定代表人', before: null, after: '王五', fixed: true }),
    ]),
  );
  expect(third?.reason).toContain('不在企业档案里');
  expect(rowsOf(ledgers.previewId, 'rejected').total).toBe(1);
  expect(rowsOf(ledgers.previewId, 'waiting').rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 5]);
  const page = previewRows(t.ctx, {
    ...{ previewId: ledgers.previewId, show: 'all', file: null, sheet: null },
    page: { offset: 3, limit: 1 },
  });
  expect(page.rows).toMatchObject([{ rowNumber: 5, key: 3 }]);
});

test('a row that is left out writes nothing and says so; a value that would wait is taken where a person says so', async () => {
  const { ledgers } = await open([file('排口.xlsx', OUTLETS)]);
  const { previewId } = ledgers;
  const [first, second] = rowsOf(previewId).rows;
  const left = await decide(t.ctx, { previewId, keys: [second?.key ?? -1], decision: 'skip' });
  expect(left.ledgers?.entities.find(({ entity }) => entity === 'outlet')).toMatchObject({ created: 1, rejected: 2 });
  expect(rowsOf(previewId).rows[1]).toMatchObject({ decision: 'skip', result: 'rejected', reason: '按选择不导入' });
  const field = { target: 'enterprise.legalRep', use: 'new' as const };
  await decide(t.ctx, { previewId, keys: [first?.key ?? -1], field });
  expect(rowsOf(previewId).rows[0]?.changes.filter(({ fixed }) => !fixed)).toMatchObject([{ use: 'new' }]);
  const done = await takeFile(t.ctx, previewId, '排口.xlsx', quiet);
  expect((await stored('outlet')).map(({ name }) => name)).toEqual(['喷漆口']);
  expect((await onFile(t.ctx)).slice(0, 2).map((row) => row.legal_rep)).toEqual(['李四', null]);
  expect(await waitingValues(t.ctx)).toEqual([]);
  const [result] = await exportResult(t.ctx, done.runId);
  expect(result?.rows[1]).toContain('按选择不导入');
  await t.ctx.store.undo(done.actionId, '张三');
  expect(await stored('outlet')).toEqual([]);
  expect((await onFile(t.ctx))[0]?.legal_rep).toBe('张三');
});

test('several files are an action each, in the order in which they need each other; one that can not be read stops none', async () => {
  const limits = file('限值.xlsx', [
    ['单位名称', '排放口编号', '污染物', '浓度限值', '单位'],
    [A ?? '', 'DA001', '非甲烷总烃', '70', 'mg/m3'],
  ]);
  const broken = { name: '坏的.xlsx', bytes: new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3, 4]) };
  const other = { name: '别的.csv', bytes: new TextEncoder().encode('随便写写\n没有表头\n') };
  const found = await open([limits, broken, other, file('排口.xlsx', OUTLETS.slice(0, 3))]);
  expect(found.files.map(({ file: name, kind, failure }) => [name, kind, failure === null])).toEqual([
    ['排口.xlsx', 'ledger', true],
    ['限值.xlsx', 'ledger', true],
    ['坏的.xlsx', null, false],
    ['别的.csv', null, false],
  ]);
  // The preview of the limits knows the outlets that the file before them brings.
  expect(found.ledgers.files.map(({ entities }) => entities[0])).toMatchObject([
    { entity: 'outlet', created: 2 },
    { entity: 'outletLimit', created: 1 },
  ]);
  const done = await take([limits, broken, other, file('排口.xlsx', OUTLETS.slice(0, 3))]);
  expect(done.failed.map(({ file: name }) => name)).toEqual(['坏的.xlsx', '别的.csv']);
  expect(done.failed[1]?.reason).toContain('没有找到表头');
  expect([done.actionIds.length, (await listRuns(t.ctx)).map(({ fileName }) => fileName).slice(0, 2)]).toEqual([
    2,
    ['限值.xlsx', '排口.xlsx'],
  ]);
  expect(await stored('outlet_limit')).toHaveLength(1);
  await t.ctx.store.undo(done.actionIds[1] ?? '', '张三');
  expect([(await stored('outlet_limit')).length, (await stored('outlet')).length]).toEqual([0, 2]);
  await expect(take([broken])).rejects.toThrow();
});

test('two deliveries of one list in one drop do not overwrite each other: what differs waits', async () => {
  const permit = (name: string, until: string) =>
    file(name, [
      ['单位名称', '排污许可证编号', '许可证有效期'],
      [A ?? '', `${makeCode('A1')}001P`, until],
    ]);
  await take([permit('甲.xlsx', '2027-01-01'), permit('乙.xlsx', '2028-01-01')]);
  expect(await stored('permit')).toMatchObject([{ valid_to: '2027-01-01' }]);
  expect(await waitingValues(t.ctx)).toMatchObject([{ theirs: '2028-01-01' }]);
});

test('a row of one of two sites waits; answering takes it in, undo asks again, and the same row is not asked twice', async () => {
  await take([file('排口.xlsx', OUTLETS)]);
  const [row, ...others] = await waitingRows(t.ctx);
  expect([row?.rowNumber, others, row?.sites.map(({ siteNo }) => siteNo)]).toEqual([5, [], ['001', '002']]);
  const north = row?.sites[1]?.id ?? '';
  const stranger = (await onFile(t.ctx))[0]?.id as string;
  await expect(answerRow(t.ctx, row?.id ?? '', stranger)).rejects.toThrow('请在列出的厂区里选');
  const answered = await answerRow(t.ctx, row?.id ?? '', north);
  expect(answered.result).toBe('新增');
  expect((await stored('outlet')).find(({ name }) => name === '分不清')).toMatchObject({ enterprise_id: north });
  expect(await waitingRows(t.ctx)).toEqual([]);
  const [run] = await listRuns(t.ctx);
  expect((await exportResult(t.ctx, run?.id ?? ''))[0]?.rows.at(-1)).toContain('待定，后已归入厂区');
  const again = await take([file('又一次.xlsx', OUTLETS)]);
  expect(again.entities.find(({ entity }) => entity === 'outlet')).toMatchObject({ unchanged: 3, waiting: 0 });
  await t.ctx.store.undo(answered.actionId ?? '', '张三');
  expect((await stored('outlet')).some(({ name }) => name === '分不清')).toBe(false);
  expect(await waitingRows(t.ctx)).toHaveLength(1);
  expect(await answerRow(t.ctx, row?.id ?? '', null)).toMatchObject({ actionId: null });
  expect(await waitingRows(t.ctx)).toEqual([]);
});
