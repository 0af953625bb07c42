// Profiles of the office: learnt with an import, known again by headings, changed and taken out by people; guesses asked once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptions, type ImportOptions } from '../../contract/registers.ts';
import {
  importFiles,
  listProfiles,
  previewFiles,
  relookLedgers,
  removeProfile,
  saveProfile,
  shownProfile,
  takeFile,
} from '../../services/registers/index.ts';
import { bring, look, openDesk, quiet, sheet, workbook, type Cell, type TestDesk } from '../support/register-import.ts';

const A = '上海甲甲金属制品有限公司';
const REGISTER: Cell[][] = [
  ['单位名称', '街镇', '地址'],
  [A, '青禾镇', '青禾镇东路1号'],
];
/** 单位名称全 only ends up near 单位名称: a guess. */
const ledger = (name: string, rows: Cell[][]) => ({
  name,
  bytes: workbook([{ name: '设施', rows: [['单位名称全', '设施编号', '设施名称', '运行情况', '班长'], ...rows] }]),
});

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [sheet(REGISTER)], { townName: '青禾镇' });
});
afterEach(() => t.close());

const opts = (more: ImportOptions = {}) => importOptions.parse({ townName: '青禾镇', ...more });
const seen = async (files: { name: string; bytes: Uint8Array }[], more: ImportOptions = {}) => {
  const { ledgers } = await previewFiles(t.ctx, files, opts(more), quiet);
  if (!ledgers) throw new Error('no ledger was recognised');
  return ledgers;
};
const own = async () => (await listProfiles(t.ctx)).filter(({ builtin }) => !builtin);

test('a guessed heading is asked with values; the answer is kept with the import, and the next file of the kind does not ask', async () => {
  const first = ledger('一月设施.xlsx', [[A, 'TA001', '喷淋塔', '运行', '王']]);
  const preview = await seen([first]);
  const guessed = preview.columns[0]?.columns.filter((column) => column.guessed) ?? [];
  expect(guessed.map(({ heading, target, samples }) => [heading, target, samples])).toEqual([
    ['单位名称全', 'enterprise.name', [A]],
  ]);
  const at = { file: '一月设施.xlsx', sheet: '设施' };
  const mapping = [{ ...at, column: guessed[0]?.index ?? 0, target: 'enterprise.name' }];
  const again = await relookLedgers(t.ctx, preview.previewId, opts({ mapping }), quiet);
  expect(again.columns[0]?.columns.some((column) => column.guessed)).toBe(false);
  expect(again.columns[0]?.kind).toBe('treatmentFacility');
  const done = await takeFile(t.ctx, again.previewId, '一月设施.xlsx', quiet);
  expect(done.entities.find(({ entity }) => entity === 'treatmentFacility')).toMatchObject({ created: 1 });
  const [profile] = await own();
  expect(profile).toMatchObject({ kind: 'ledger', name: '设施　治理设施', source: '一月设施.xlsx', headings: 5 });
  const shown = await shownProfile(t.ctx, profile?.id ?? '');
  expect(shown.columns.filter(({ isGuess }) => !isGuess).map(({ heading, target }) => [heading, target])).toEqual([
    ['单位名称全', 'enterprise.name'],
  ]);
  const next = await seen([ledger('二月设施.xlsx', [[A, 'TA002', '布袋', '运行', '李']])]);
  expect(next.columns[0]).toMatchObject({ own: '设施　治理设施', kind: 'treatmentFacility' });
  expect(next.columns[0]?.columns.find(({ heading }) => heading === '单位名称全')).toMatchObject({
    how: 'remembered',
    guessed: false,
  });
  // The command line lists guesses, and with the import taken back nothing of it is known any more.
  await t.ctx.store.undo(done.actionId, '张三');
  expect(await own()).toEqual([]);
  const listed = await importFiles(t.ctx, [first], { options: opts(), as: null, dryRun: true }, quiet);
  expect(listed.files[0]?.sheets[0]?.guessed).toEqual([
    { heading: '单位名称全', target: 'enterprise.name', label: '单位名称' },
  ]);
});

test('a column that a person left out, gave another field or named a profile by stays so; words of the profile are read', async () => {
  const file = ledger('设施.xlsx', [[A, 'TA001', '喷淋塔', '开着', '王']]);
  const at = { file: '设施.xlsx', sheet: '设施' };
  const mapping = [
    { ...at, column: 0, target: 'enterprise.name' },
    { ...at, column: 4, target: null },
  ];
  const preview = await seen([file], { mapping, keepAs: [{ ...at, name: '镇里的设施表' }] });
  await takeFile(t.ctx, preview.previewId, '设施.xlsx', quiet);
  const [kept] = await own();
  expect(kept?.name).toBe('镇里的设施表');
  const shown = await shownProfile(t.ctx, kept?.id ?? '');
  const columns = shown.columns.map(({ heading, target, isGuess }) => ({ heading, target, isGuess }));
  expect(columns.find(({ heading }) => heading === '班长')).toMatchObject({ target: null, isGuess: false });
  await saveProfile(t.ctx, {
    ...{ id: shown.id, name: '设施月报', kind: 'ledger', source: shown.source },
    columns: columns.map((one) =>
      one.heading === '班长' ? { ...one, target: 'treatmentFacility.servedEquipment' } : one,
    ),
    words: [{ target: 'treatmentFacility.running', text: '开着', value: 'yes' }],
  });
  await importFiles(
    t.ctx,
    [ledger('八月.xlsx', [[A, 'TA009', '布袋除尘', '开着', '李']])],
    { options: opts(), as: null, dryRun: false },
    quiet,
  );
  const rows = await t.ctx.store.read.sql(
    `SELECT code, served_equipment, running FROM treatment_facility ORDER BY code`,
  );
  expect(rows).toMatchObject([{ code: 'TA001' }, { code: 'TA009', served_equipment: '李', running: 'yes' }]);
  const { actionId } = await removeProfile(t.ctx, shown.id);
  expect(await own()).toEqual([]);
  await t.ctx.store.undo(actionId, '张三');
  expect(await own()).toMatchObject([{ name: '设施月报', headings: 5, words: 1 }]);
});

test('profiles of the program are shown and copied, not changed; what can not be is refused in a sentence', async () => {
  const builtin = (await listProfiles(t.ctx)).find(({ id }) => id === 'ip-permit');
  expect(builtin).toMatchObject({ builtin: true, kind: 'ledger' });
  const { columns, wordRows } = await shownProfile(t.ctx, 'ip-permit');
  const copy = {
    ...{ id: null, name: '许可导出', kind: 'ledger' as const, source: '复制' },
    columns: columns.map(({ heading, target, isGuess }) => ({ heading, target, isGuess })),
    words: wordRows.map(({ target, text, value }) => ({ target, text, value })),
  };
  const { id } = await saveProfile(t.ctx, copy);
  expect(await own()).toMatchObject([{ id, headings: columns.length, words: wordRows.length }]);
  await expect(saveProfile(t.ctx, copy)).rejects.toThrow('已有名为“许可导出”的导入方案');
  const one = { ...copy, name: '别的', columns: copy.columns.slice(0, 1) };
  await expect(saveProfile(t.ctx, one)).rejects.toThrow('至少要有两个表头');
  await expect(saveProfile(t.ctx, { ...copy, id: 'ip-permit' })).rejects.toThrow('找不到');
});

test('a register is kept as a profile too: its next list is a register that asks nothing', async () => {
  const rows: Cell[][] = [
    ['户头', '所在的镇', '经营的地方', '房东电话'],
    ['上海乙乙涂料有限公司', '青禾镇', '青禾镇西路2号', ''],
  ];
  const mapping = [
    { file: null, sheet: '企业', column: 0, target: 'enterprise.name' },
    { file: null, sheet: '企业', column: 2, target: 'enterprise.address' },
  ];
  await bring(t.ctx, [sheet(rows)], { mapping, keepAs: [{ file: null, sheet: '企业', name: '户头表' }] });
  expect(await own()).toMatchObject([{ name: '户头表', kind: 'register' }]);
  const next = sheet([rows[0] ?? [], ['上海丙丙机械有限公司', '青禾镇', '青禾镇南路3号', '']]);
  expect((await previewFiles(t.ctx, [next], opts(), quiet)).files).toMatchObject([{ kind: 'register' }]);
  const { sheets } = await look(t.ctx, [next]);
  expect(sheets[0]).toMatchObject({ own: '户头表', rows: 1 });
  expect(sheets[0]?.columns.find(({ heading }) => heading === '户头')).toMatchObject({ how: 'remembered' });
});
