// The import of registers from end to end: counts, idempotence, undo, changes, cancel.
import { afterEach, beforeEach, expect, test } from 'vitest';
import iconv from 'iconv-lite';
import { changesOfAction } from '../../db/index.ts';
import { importOptions } from '../../contract/registers.ts';
import {
  applyImport,
  decide,
  exportPreview,
  exportResult,
  importReport,
  listRuns,
  mendRow,
  previewImport,
  previewRows,
  repreview,
} from '../../services/registers/index.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  quiet,
  sheet,
  workbook,
  type TestDesk,
} from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const HEAD = [
  '企业名称',
  '统一社会信用代码',
  '街镇',
  '村居',
  '地址',
  '联系人',
  '联系电话',
  '职工人数',
  '有效期至',
] as const;
const A = makeCode('MA1A');
const B = makeCode('MA1B');
const rowA = [
  '上海海明科技有限公司',
  A,
  '华漕镇',
  '建东村',
  '纪翟路1号',
  '张建华',
  '13900004417',
  52,
  '2027-02-03',
] as const;
const rowB = ['上海瑞崧五金制品厂', B, '华漕镇', '诸翟村', '联友路2号', '李海燕', '13800006021', 46, null] as const;
const count = async (table: string): Promise<number> =>
  (await t.ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE deleted_at IS NULL`))?.n ??
  -1;

test('a dry run writes nothing, an import writes enterprises with area, contact and permit in one action', async () => {
  const file = sheet([HEAD, rowA, rowB]);
  const before = await t.ctx.store.read.lastOperation();
  const preview = await look(t.ctx, [file]);
  expect(await t.ctx.store.read.lastOperation()).toBe(before);
  expect(importReport(t.ctx, preview.previewId).sheets[0]).toMatchObject({
    name: '企业',
    headerRow: 1,
    rows: 2,
    created: 2,
    updated: 0,
    unchanged: 0,
    duplicates: 0,
    rejected: 0,
    unmapped: [],
  });
  const done = await applyImport(t.ctx, preview.previewId, quiet);
  const [a, b] = await onFile(t.ctx);
  expect(a).toMatchObject({
    name: rowA[0],
    credit_code: A,
    town: '华漕镇',
    village: '建东村',
    employees: 52,
    site_no: '001',
    suspected_duplicate: 0,
  });
  expect(b).toMatchObject({ name: rowB[0], village: '诸翟村' });
  expect(await t.ctx.store.read.sql('SELECT name, mobile, is_primary FROM contact ORDER BY id')).toEqual([
    { name: '张建华', mobile: '13900004417', is_primary: 1 },
    { name: '李海燕', mobile: '13800006021', is_primary: 1 },
  ]);
  expect(await t.ctx.store.read.sql('SELECT valid_to FROM permit')).toEqual([{ valid_to: '2027-02-03' }]);
  expect(
    (await changesOfAction(t.ctx.store.read, done.actionId)).filter((c) => c.entity === 'enterprise'),
  ).toHaveLength(2);
  expect(await listRuns(t.ctx)).toMatchObject([
    { created: 2, state: 'applied', actorName: '陈思远', actionId: done.actionId },
  ]);
});

test('the same file again creates and changes nothing, also when a person has edited a field since', async () => {
  const file = sheet([HEAD, rowA, rowB]);
  await bring(t.ctx, [file]);
  const [a] = await onFile(t.ctx);
  await t.ctx.store.withAction({ name: '改', actor: '甲', source: 'form' }, async (tx) => {
    const { enterprise } = await import('../../domain/enterprises/entities.ts');
    await tx.update(enterprise, String(a?.id), { employees: 99 });
  });
  const again = await bring(t.ctx, [file]);
  expect(again.done.totals).toMatchObject({
    rows: 2,
    created: 0,
    updated: 0,
    unchanged: 2,
    duplicates: 0,
    rejected: 0,
  });
  expect(again.preview.alreadyImported).not.toBeNull();
  expect((await onFile(t.ctx)).map((e) => e.employees)).toEqual([99, 46]);
  expect(await count('contact')).toBe(2);
});

test('undo takes an import back and the same file can be imported again', async () => {
  const file = sheet([HEAD, rowA, rowB]);
  const first = await bring(t.ctx, [file]);
  await t.ctx.store.undo(first.done.actionId, '陈思远');
  expect(await onFile(t.ctx)).toHaveLength(0);
  expect((await listRuns(t.ctx))[0]?.state).toBe('undone');
  const again = await bring(t.ctx, [file]);
  expect(again.preview.alreadyImported).toBeNull();
  expect(again.done.totals).toMatchObject({ created: 2, unchanged: 0 });
});

test('an undone change is offered again: its rows do not count as imported', async () => {
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const changed = sheet([HEAD, [...rowA.slice(0, 7), 60, rowA[8]] as never]);
  const second = await bring(t.ctx, [changed]);
  expect(second.done.totals).toMatchObject({ updated: 1 });
  await t.ctx.store.undo(second.done.actionId, '陈思远');
  expect((await onFile(t.ctx))[0]?.employees).toBe(52);
  expect((await bring(t.ctx, [changed])).done.totals).toMatchObject({ updated: 1, unchanged: 0 });
});

test('a changed list updates field by field: an earlier expiry stays out, a new person is added and the old one kept', async () => {
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const { rows, done } = await bring(t.ctx, [
    sheet([HEAD, ['上海海明科技有限公司', A, '华漕镇', '建东', '', '李海燕', '13800006021', '约46', '2026-02-04']]),
  ]);
  expect(done.totals).toMatchObject({ created: 0, updated: 1 });
  const byTarget = new Map(rows[0]?.changes.map((c) => [c.target, c]));
  expect(byTarget.get('permit.validTo')).toMatchObject({
    before: '2027-02-03',
    after: '2026-02-04',
    use: 'old',
    note: '新值早于原值',
  });
  expect(byTarget.get('enterprise.employees')).toMatchObject({
    before: '52 人',
    after: '46 人',
    use: 'new',
    label: '职工人数',
  });
  expect(byTarget.get('contact.name')).toMatchObject({ before: '张建华', use: 'new' });
  expect(byTarget.has('enterprise.address')).toBe(false);
  expect(byTarget.has('enterprise.villageId')).toBe(false);
  expect(
    await t.ctx.store.read.sql('SELECT name, is_primary FROM contact WHERE deleted_at IS NULL ORDER BY id'),
  ).toEqual([
    { name: '张建华', is_primary: 0 },
    { name: '李海燕', is_primary: 1 },
  ]);
  expect((await onFile(t.ctx))[0]).toMatchObject({ address: '纪翟路1号', employees: 46 });
  expect(String((await onFile(t.ctx))[0]?.remark)).toContain('约46');
});

test('blank cells empty a field only where that was asked for', async () => {
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const blank = sheet([HEAD, [rowA[0], A, '华漕镇', '建东村', '', '', '', '', '']]);
  expect((await look(t.ctx, [blank])).totals).toMatchObject({ unchanged: 1, updated: 0 });
  const { done } = await bring(t.ctx, [blank], { blankOverwrites: true });
  expect(done.totals.updated).toBe(1);
  expect((await onFile(t.ctx))[0]).toMatchObject({ address: null, employees: null, name: rowA[0] });
});

test('decisions: use the old value, merge a suspected duplicate, keep it apart, leave it out', async () => {
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const similar = ['上海海明科技(集团)有限公司', A, '华漕镇', '建东村', '纪翟路1号', '', '', 61, null] as const;
  const preview = await look(t.ctx, [sheet([HEAD, similar])]);
  expect(preview.totals).toMatchObject({ created: 1, duplicates: 1, undecided: 1 });
  const ask = (decision: 'merge' | 'separate' | 'skip' | 'default') =>
    decide(t.ctx, { previewId: preview.previewId, keys: [0], decision });
  expect((await ask('skip')).totals).toMatchObject({ created: 0, rejected: 1 });
  expect((await ask('separate')).totals).toMatchObject({ created: 1, duplicates: 0, undecided: 0 });
  expect((await ask('default')).totals).toMatchObject({ created: 1, duplicates: 1 });
  expect((await ask('merge')).totals).toMatchObject({ created: 0, updated: 1, duplicates: 0 });
  await decide(t.ctx, {
    previewId: preview.previewId,
    keys: [0],
    field: { target: 'enterprise.employees', use: 'old' },
  });
  await applyImport(t.ctx, preview.previewId, quiet);
  const [only, ...others] = await onFile(t.ctx);
  expect(others).toHaveLength(0);
  expect(only).toMatchObject({ name: '上海海明科技(集团)有限公司', employees: 52 });
  expect(await t.ctx.store.read.sql('SELECT name FROM former_name')).toEqual([{ name: '上海海明科技有限公司' }]);
});

test('two rows of one file that were merged into one enterprise stay merged when the file comes again', async () => {
  const twice = sheet([
    HEAD,
    rowA,
    ['上海海明科技(集团)有限公司', A, '华漕镇', '建东村', '纪翟路1号', '', '', 61, null],
  ]);
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const preview = await look(t.ctx, [twice]);
  await decide(t.ctx, { previewId: preview.previewId, keys: [1], decision: 'merge' });
  await applyImport(t.ctx, preview.previewId, quiet);
  expect(await count('enterprise')).toBe(1);
  const again = await bring(t.ctx, [twice]);
  expect(again.done.totals).toMatchObject({ rows: 2, created: 0, rejected: 0 });
  expect(await count('enterprise')).toBe(1);
});

test('a cancel in the middle of writing leaves nothing behind, and the preview can still be written', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => [
    `上海测试${i}号机械厂`,
    makeCode(`MA2${String(i).padStart(3, '0')}`),
    '华漕镇',
    `第${i % 3}村`,
    `路${i}号`,
    '',
    '',
    i,
    null,
  ]);
  const preview = await look(t.ctx, [sheet([HEAD, ...rows] as never)]);
  let seen = 0;
  const stopping = {
    ...quiet,
    check: () => {
      seen += 1;
      if (seen > 30) throw new Error('stopped');
    },
  };
  await expect(applyImport(t.ctx, preview.previewId, stopping)).rejects.toThrow('stopped');
  for (const table of ['enterprise', 'area', 'import_run', 'import_row'])
    expect([table, await count(table)]).toEqual([table, 0]);
  expect((await applyImport(t.ctx, preview.previewId, quiet)).totals.created).toBe(60);
  expect(await count('area')).toBe(4);
});

test('while an import is written nobody decides otherwise about its rows: what is told is what was written', async () => {
  const preview = await look(t.ctx, [
    sheet([
      HEAD,
      ...Array.from({ length: 5 }, (_, i) => [
        `上海测试${i}号机械厂`,
        makeCode(`MA2${String(i)}`),
        '华漕镇',
        '一村',
        `路${i}号`,
        '',
        '',
        i,
        null,
      ]),
    ] as never),
  ]);
  let late: Promise<unknown> | null = null;
  const control = {
    ...quiet,
    check: () => {
      late ??= decide(t.ctx, { previewId: preview.previewId, keys: [0, 1], decision: 'skip' }).catch(
        (error: unknown) => (error as Error).message,
      );
    },
  };
  const { totals } = await applyImport(t.ctx, preview.previewId, control);
  expect(await late).toBe('REFUSED: 正在写入，请稍候');
  expect(totals.created).toBe(5);
  expect(await count('enterprise')).toBe(5);
});

test('what changed in the workspace after the preview is seen when it is written', async () => {
  const preview = await look(t.ctx, [sheet([HEAD, rowA])]);
  expect(preview.totals.created).toBe(1);
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  expect((await applyImport(t.ctx, preview.previewId, quiet)).totals).toMatchObject({ created: 0, unchanged: 1 });
  expect(await onFile(t.ctx)).toHaveLength(1);
});

test("a person's choice of a column is followed, remembered for the client, and shown as such", async () => {
  const file = sheet([
    ['企业名称', '统一社会信用代码', '建档批次号'],
    ['上海海明科技有限公司', A, '沪A-17'],
  ]);
  const preview = await look(t.ctx, [file]);
  expect(preview.sheets[0]?.unmapped).toEqual(['建档批次号']);
  const options = importOptions.parse({ mapping: [{ sheet: '企业', column: 2, target: 'enterprise.shortName' }] });
  const other = await repreview(t.ctx, preview.previewId, options, quiet);
  expect(other.sheets[0]?.columns[2]).toMatchObject({ target: 'enterprise.shortName', how: 'chosen' });
  await applyImport(t.ctx, other.previewId, quiet);
  expect((await onFile(t.ctx))[0]?.short_name).toBe('沪A-17');
  const next = await look(t.ctx, [
    sheet([
      ['企业名称', '建档批次号'],
      ['上海另一家机械厂', '沪A-18'],
    ]),
  ]);
  expect(next.sheets[0]?.columns[1]).toMatchObject({ target: 'enterprise.shortName', how: 'remembered' });
});

test('cells of columns without a field are not lost: they stay with the import and come out in the result', async () => {
  const { done } = await bring(t.ctx, [
    sheet([
      ['企业名称', '气标', '备用'],
      ['上海海明科技有限公司', 'GB 14554-93', null],
      [null, '孤行', null],
    ]),
  ]);
  expect(done.totals).toMatchObject({ rows: 2, created: 1, rejected: 1 });
  const notes = await t.ctx.store.read.sql<{ note: string }>('SELECT note FROM import_row ORDER BY id');
  expect(JSON.parse(notes[0]?.note ?? '')).toMatchObject({ unmapped: { 气标: 'GB 14554-93' } });
  const [result] = await exportResult(t.ctx, done.runId);
  expect(result?.columns.map((c) => c.heading)).toEqual(['企业名称', '气标', '备用', '原行号', '导入结果', '原因']);
  expect(result?.rows[1]).toEqual(['', '孤行', '', 3, '退回', '第 3 行没有单位名称，也没有信用代码（孤行）']);
  // It is printed as other lists: headed, as of its day, with its totals.
  expect(result?.title).toMatch(/^名册导入结果　/);
  expect(result?.note).toMatch(/导入于 \d{4}-\d{2}-\d{2}　共 2 行$/);
  expect(result?.totals).toEqual(['合计', null, null, 2, null, '新增 1，退回 1']);
});

test('the review can be taken out as a sheet before anything is written', async () => {
  const preview = await look(t.ctx, [sheet([HEAD, rowA])]);
  const [whole] = exportPreview(t.ctx, preview.previewId);
  const [row] = whole?.rows ?? [];
  expect([whole?.title, whole?.note]).toEqual([
    expect.stringMatching(/^名册导入预览　/),
    expect.stringMatching(/尚未导入　共 1 行$/),
  ]);
  expect(row?.slice(0, 2)).toEqual([rowA[0], A]);
  expect(row?.slice(-3, -1)).toEqual([2, '新增']);
});

test('a GBK csv is read, and its sheet is not taken for a village', async () => {
  const text = `企业名称,统一社会信用代码,手机\r\n上海海明科技有限公司,${A},13900004417\r\n`;
  const { preview } = await bring(t.ctx, [{ name: '名册.csv', bytes: new Uint8Array(iconv.encode(text, 'gbk')) }]);
  expect(preview.files[0]).toMatchObject({ format: 'csv', encoding: 'gb18030' });
  expect((await onFile(t.ctx))[0]).toMatchObject({
    name: '上海海明科技有限公司',
    credit_code: A,
    village: null,
    town: '未划分',
  });
});

test('an old xls is read like an xlsx', async () => {
  const { done } = await bring(t.ctx, [
    { name: '名册.xls', bytes: workbook([{ name: '企业', rows: [HEAD, rowA, rowB] }], 'biff8') },
  ]);
  expect(done.totals.created).toBe(2);
});

test('an unreadable file gives one sentence and changes nothing', async () => {
  const before = await t.ctx.store.read.lastOperation();
  await expect(
    previewImport(
      t.ctx,
      [{ name: '名册.xlsx', bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 1, 2, 3]) }],
      importOptions.parse({}),
      quiet,
    ),
  ).rejects.toMatchObject({ code: 'UNREADABLE_FILE', data: { code: 'NOT_A_SPREADSHEET' } });
  expect(await t.ctx.store.read.lastOperation()).toBe(before);
});

test('a sheet without a table is named with its reason, the others are imported', async () => {
  const { preview } = await bring(t.ctx, [
    {
      name: '名册.xlsx',
      bytes: workbook([
        { name: '填写说明', rows: [['本表由各村填写，请于每月五日前报送。']] },
        { name: '企业', rows: [HEAD, rowA] },
      ]),
    },
  ]);
  expect(preview.sheets.map((s) => [s.name, s.skipped === null])).toEqual([
    ['填写说明', false],
    ['企业', true],
  ]);
  expect(preview.totals).toMatchObject({ rows: 1, created: 1 });
});

test('rows page by page: attention leaves out what needs no look', async () => {
  await bring(t.ctx, [sheet([HEAD, rowA])]);
  const preview = await look(t.ctx, [
    sheet([HEAD, rowA, rowB, [null, null, '华漕镇', null, null, '王', null, null, null]]),
  ]);
  const show = (what: string) =>
    previewRows(t.ctx, { previewId: preview.previewId, show: what, sheet: null, page: { offset: 0, limit: 10 } });
  expect(show('all').total).toBe(3);
  expect(show('unchanged').rows.map((r) => r.name)).toEqual([rowA[0]]);
  expect(show('rejected').rows[0]).toMatchObject({ rowNumber: 4, result: 'rejected' });
});

test('a chosen sheet that is not there, or a file without a row, is said in a sentence and writes no run', async () => {
  const file = sheet([HEAD, rowA]);
  await expect(look(t.ctx, [file], { sheets: ['一月'] })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { sentence: expect.stringContaining('一月') },
  });
  const preview = await look(t.ctx, [
    sheet([
      ['随便', '什么'],
      ['一', '二'],
    ]),
  ]);
  await expect(applyImport(t.ctx, preview.previewId, quiet)).rejects.toMatchObject({
    code: 'REFUSED',
    data: { sentence: expect.stringContaining('没有可导入的行') },
  });
  expect(await listRuns(t.ctx)).toEqual([]);
});

test(
  'a refused row is mended in the preview: matched again at once, counts stay true, taken back, ' +
    'recorded as it came, and the file makes nothing a second time',
  async () => {
    const C = makeCode('MA1C');
    const file = sheet([
      HEAD,
      ['', '', '华漕镇', '建东村', '纪翟路9号', '王强', '13900001111', 12, null],
      [null, null, '华漕镇', '诸翟村', '', '周敏', '', 7, null],
    ]);
    await bring(t.ctx, [sheet([HEAD, rowA])]);
    const preview = await look(t.ctx, [file]);
    const equation = ({ rows, created, updated, unchanged, rejected }: typeof preview.totals): number =>
      rows - created - updated - unchanged - rejected;
    expect(preview.totals).toMatchObject({ rows: 2, created: 0, rejected: 2 });
    const refused = previewRows(t.ctx, {
      previewId: preview.previewId,
      show: 'rejected',
      sheet: null,
      page: { offset: 0, limit: 9 },
    }).rows;
    expect(refused[0]?.mend.slice(0, 2)).toMatchObject([
      { column: 0, heading: '企业名称', was: '', text: '' },
      { column: 1, was: '' },
    ]);
    const mend = (key: number, cells: { column: number; text: string }[]) =>
      mendRow(t.ctx, { previewId: preview.previewId, key, cells });

    const first = await mend(0, [
      { column: 0, text: '上海新立机械厂' },
      { column: 4, text: '纪翟路9号' },
    ]);
    expect(first.totals).toMatchObject({ rows: 2, created: 1, rejected: 1 });
    expect(first.row).toMatchObject({
      result: 'created',
      name: '上海新立机械厂',
      isMended: true,
      reason: '企业名称补正为“上海新立机械厂”',
    });
    expect(equation(first.totals)).toBe(0);
    expect((await mend(0, [])).totals).toEqual(preview.totals);
    // A wrong code is said, and the row is taken by its name; then one is mended into a change of an enterprise that is there.
    expect(
      (
        await mend(0, [
          { column: 0, text: '上海新立机械厂' },
          { column: 1, text: `${C.slice(0, 17)}${C.endsWith('A') ? 'B' : 'A'}` },
        ])
      ).row.warnings
        .map((w) => w.sentence)
        .join(),
    ).toContain('校验');
    await mend(0, [
      { column: 0, text: '上海新立机械厂' },
      { column: 1, text: C },
    ]);
    const second = await mend(1, [
      { column: 0, text: String(rowA[0]) },
      { column: 1, text: A },
    ]);
    expect(second.row).toMatchObject({ result: 'updated', name: rowA[0] });
    expect(equation(second.totals)).toBe(0);
    // Other options read the file again; what was mended stays so.
    const later = await repreview(t.ctx, preview.previewId, importOptions.parse({ blankOverwrites: false }), quiet);
    expect(later.totals).toEqual(second.totals);

    const done = await applyImport(t.ctx, later.previewId, quiet);
    expect(done.totals).toMatchObject({ rows: 2, created: 1, updated: 1, rejected: 0 });
    expect((await onFile(t.ctx)).map((e) => [e.name, e.credit_code, e.employees])).toEqual([
      [rowA[0], A, 7],
      ['上海新立机械厂', C, 12],
    ]);
    const notes = (
      await t.ctx.store.read.sql<{ note: string }>('SELECT note FROM import_row WHERE run_id = ? ORDER BY row_number', [
        done.runId,
      ])
    ).map((row) => JSON.parse(row.note) as { cells: string[]; mended?: unknown });
    expect(notes[0]?.cells.slice(0, 4)).toEqual(['', '', '华漕镇', '建东村']);
    expect(notes[0]?.mended).toEqual([
      { heading: '企业名称', text: '上海新立机械厂' },
      { heading: '统一社会信用代码', text: C },
    ]);
    expect((await exportResult(t.ctx, done.runId))[0]?.rows[0]?.at(-1)).toContain('企业名称补正为“上海新立机械厂”');

    const again = await bring(t.ctx, [file]);
    expect(again.done.totals).toMatchObject({ rows: 2, created: 0, updated: 0, unchanged: 2, rejected: 0 });
    expect(await count('enterprise')).toBe(2);
  },
);

test(
  'a row in doubt is mended like a refused one: the right code takes the place of the wrong one, ' +
    'numbers and days stay, blanks overwrite nothing, and the file comes again without change',
  async () => {
    const wrong = `${B.slice(0, 17)}${B.endsWith('A') ? 'B' : 'A'}`;
    const file = sheet([
      HEAD,
      rowA,
      [rowB[0], wrong, '华漕镇', '建东村', '联友路2号', '李海燕', 13800006021, 46, 46430],
    ]);
    await bring(t.ctx, [sheet([HEAD, rowA])]);
    const preview = await look(t.ctx, [file], { blankOverwrites: true });
    const row = previewRows(t.ctx, {
      previewId: preview.previewId,
      show: 'attention',
      sheet: null,
      page: { offset: 0, limit: 9 },
    }).rows.find((one) => one.name === rowB[0]);
    expect(row?.warnings.map((w) => w.sentence).join()).toContain('校验');
    expect(row?.mend.slice(0, 2)).toMatchObject([
      { heading: '企业名称', text: rowB[0] },
      { heading: '统一社会信用代码', was: wrong },
    ]);
    await expect(
      mendRow(t.ctx, { previewId: preview.previewId, key: 0, cells: [{ column: 1, text: B }] }),
    ).rejects.toMatchObject({ code: 'REFUSED' });
    const mended = await mendRow(t.ctx, {
      previewId: preview.previewId,
      key: row!.key,
      cells: [{ column: 1, text: B }],
    });
    expect(mended.row).toMatchObject({ result: 'created', creditCode: B, isMended: true });
    expect(mended.row.warnings.map((w) => w.sentence).join()).not.toContain('校验');
    const back = await mendRow(t.ctx, { previewId: preview.previewId, key: row!.key, cells: [] });
    expect(back.row).toEqual(row);
    await mendRow(t.ctx, { previewId: preview.previewId, key: row!.key, cells: [{ column: 1, text: B }] });
    await applyImport(t.ctx, preview.previewId, quiet);
    expect((await onFile(t.ctx)).map((e) => [e.name, e.credit_code, e.employees])).toEqual([
      [rowA[0], A, 52],
      [rowB[0], B, 46],
    ]);
    expect(
      (await t.ctx.store.read.sql<{ valid_to: string }>('SELECT valid_to FROM permit ORDER BY id')).map(
        (permit) => permit.valid_to,
      ),
    ).toEqual(['2027-02-03', '2027-02-12']);
    expect((await bring(t.ctx, [file])).done.totals).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  },
);

test('a sheet without a column of names gets one for the row that is mended', async () => {
  const preview = await look(t.ctx, [
    sheet([
      ['统一社会信用代码', '地址'],
      [A, '纪翟路1号'],
      ['', '联友路2号'],
    ]),
  ]);
  const row = previewRows(t.ctx, {
    previewId: preview.previewId,
    show: 'rejected',
    sheet: null,
    page: { offset: 0, limit: 9 },
  }).rows[0];
  const name = row?.mend[0];
  expect(name).toMatchObject({ column: 2, label: '单位名称', was: '' });
  const mended = await mendRow(t.ctx, {
    previewId: preview.previewId,
    key: 1,
    cells: [{ column: 2, text: '上海瑞崧五金制品厂' }],
  });
  expect(mended.row).toMatchObject({ result: 'created', name: '上海瑞崧五金制品厂' });
  // The row that is known by its code alone gets its name too.
  expect(
    (
      await mendRow(t.ctx, {
        previewId: preview.previewId,
        key: 0,
        cells: [{ column: 2, text: '上海海明科技有限公司' }],
      })
    ).row,
  ).toMatchObject({ name: '上海海明科技有限公司', creditCode: A });
  await expect(
    mendRow(t.ctx, { previewId: preview.previewId, key: 1, cells: [{ column: 9, text: '别处' }] }),
  ).rejects.toMatchObject({ code: 'REFUSED' });
});
