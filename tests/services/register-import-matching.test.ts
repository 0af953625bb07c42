// Which enterprise a row is (domain reference 6.5): every rule, every "only similar", and the counts that follow.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const HEAD = ['企业名称', '统一社会信用代码', '街镇', '地址', '职工人数'] as const;
const A = makeCode('MA4A');
const B = makeCode('MA4B');
const rows = async (...list: (readonly Cell[])[]) => await bring(t.ctx, [sheet([HEAD, ...list])]);
const totals = async (...list: (readonly Cell[])[]) => (await rows(...list)).done.totals;

test('two sites of one legal person share a code and are two enterprises: the second is site 002 and flagged', async () => {
  expect(
    await totals(
      ['上海甲机械有限公司', A, '华漕镇', '纪翟路1号', 10],
      ['上海甲机械有限公司', A, '华漕镇', '联友路88号', 20],
    ),
  ).toMatchObject({ rows: 2, created: 2, duplicates: 1 });
  expect((await onFile(t.ctx)).map((e) => [e.site_no, e.suspected_duplicate])).toEqual([
    ['001', 0],
    ['002', 1],
  ]);
  // A changed list finds each site again by its address.
  expect(
    await totals(
      ['上海甲机械有限公司', A, '华漕镇', '联友路88号', 21],
      ['上海甲机械有限公司', A, '华漕镇', '上海市华漕镇纪翟路1号', 11],
    ),
  ).toMatchObject({ created: 0, updated: 2 });
  expect((await onFile(t.ctx)).map((e) => e.employees)).toEqual([11, 21]);
});

test('a site number in the list decides before name and address do', async () => {
  const head = [...HEAD, '厂区序号'];
  await bring(t.ctx, [
    sheet([
      head,
      ['上海甲机械有限公司', A, '华漕镇', '路1号', 1, '1'],
      ['上海甲机械有限公司', A, '华漕镇', '路2号', 2, '2'],
    ]),
  ]);
  const { rows: review, done } = await bring(t.ctx, [
    sheet([head, ['上海甲机械科技有限公司', A, '华漕镇', '路9号', 5, '002']]),
  ]);
  expect(done.totals).toMatchObject({ created: 0, updated: 1 });
  expect(review[0]?.changes.map((c) => c.target)).toEqual([
    'enterprise.name',
    'enterprise.address',
    'enterprise.employees',
  ]);
  expect(await t.ctx.store.read.sql('SELECT name FROM former_name')).toEqual([{ name: '上海甲机械有限公司' }]);
});

test('same code and name with no address in the list is the only site on file; with two sites it is not guessed', async () => {
  await rows(['上海甲机械有限公司', A, '华漕镇', '路1号', 1]);
  expect(await totals(['甲机械有限公司', A, '华漕镇', null, 2])).toMatchObject({ created: 0, updated: 1 });
  await rows(['上海甲机械有限公司', A, '华漕镇', '联友路2号', 3]);
  expect(await totals(['上海甲机械有限公司', A, '华漕镇', null, 4])).toMatchObject({ created: 1, duplicates: 1 });
});

test('same code, another name: created and flagged, unless the list names the old name as 曾用名', async () => {
  await rows(['上海甲机械有限公司', A, '华漕镇', '路1号', 1]);
  const other = await rows(['上海乙五金厂', A, '华漕镇', '路1号', 1]);
  expect(other.done.totals).toMatchObject({ created: 1, duplicates: 1 });
  expect(other.rows[0]?.duplicateOf).toMatchObject({ name: '上海甲机械有限公司', reason: '信用代码相同，名称不同' });
  await t.ctx.store.undo(other.done.actionId, '陈思远');
  const { done } = await bring(t.ctx, [
    sheet([
      ['企业名称', '信用代码', '曾用名', '街镇'],
      ['上海甲智能有限公司', A, '上海甲机械有限公司', '华漕镇'],
    ]),
  ]);
  expect(done.totals).toMatchObject({ created: 0, updated: 1 });
  expect((await onFile(t.ctx))[0]?.name).toBe('上海甲智能有限公司');
});

test('same name, another code: branches or a move; created and flagged, never merged', async () => {
  await rows(['上海甲机械有限公司', A, '华漕镇', '路1号', 1]);
  expect(await totals(['上海甲机械有限公司', B, '华漕镇', '路1号', 1])).toMatchObject({ created: 1, duplicates: 1 });
});

test('without a code, name and town find the one there is; a code that comes later is taken in', async () => {
  await rows(['甲饭店', null, '华漕镇', null, 3], ['甲饭店', null, '浦江镇', null, 4]);
  expect((await onFile(t.ctx)).map((e) => e.suspected_duplicate)).toEqual([0, 1]);
  expect(await totals(['甲饭店', B, '华漕', null, 5])).toMatchObject({ created: 0, updated: 1 });
  expect((await onFile(t.ctx))[0]).toMatchObject({ credit_code: B, employees: 5, town: '华漕镇' });
});

test('a wrong code does not merge strangers, and is set right when the list is corrected', async () => {
  const wrong = A.slice(0, 17) + (A[17] === '0' ? '1' : '0');
  expect(
    await totals(['甲机械厂', wrong, '华漕镇', '路1号', 1], ['乙机械厂', wrong, '华漕镇', '路2号', 1]),
  ).toMatchObject({ created: 2, duplicates: 0 });
  expect(await totals(['甲机械厂', A, '华漕镇', '路1号', 1])).toMatchObject({ created: 0, updated: 1 });
  expect((await onFile(t.ctx))[0]).toMatchObject({ credit_code: A, credit_code_quarantine: null });
});

test('equal rows: each is an enterprise, the second flagged, and the k-th finds the k-th again', async () => {
  const twin = ['甲饭店', null, '华漕镇', null, 3] as const;
  expect(await totals(twin, twin)).toMatchObject({ rows: 2, created: 2, duplicates: 1 });
  expect(await totals(twin, twin)).toMatchObject({ created: 0, unchanged: 2 });
  expect(await totals(['甲饭店', null, '华漕镇', null, 7], ['甲饭店', null, '华漕镇', null, 7])).toMatchObject({
    created: 0,
    updated: 2,
  });
  expect(await totals(twin, twin, twin)).toMatchObject({ created: 1, duplicates: 1 });
});

test('a row before another does not take the enterprise that the other is for certain', async () => {
  await rows(['甲饭店', null, '华漕镇', '路1号', 1]);
  const { done, rows: review } = await rows(
    ['甲饭店', null, '华漕镇', null, 9],
    ['甲饭店', null, '华漕镇', '路1号', 1],
  );
  expect(done.totals).toMatchObject({ created: 1, unchanged: 1 });
  expect(review.map((r) => r.result)).toEqual(['created', 'unchanged']);
});

test('a second sheet about the same enterprises completes what the first one makes', async () => {
  const bytes = workbook([
    {
      name: '基本情况',
      rows: [
        ['企业名称', '信用代码'],
        ['上海甲机械有限公司', A],
        ['上海乙机械有限公司', B],
      ],
    },
    {
      name: '排污许可',
      rows: [
        ['企业名称', '信用代码', '排污许可管理类别'],
        ['上海甲机械有限公司', A, '简化管理'],
      ],
    },
  ]);
  const { done, preview } = await bring(t.ctx, [{ name: '名册.xlsx', bytes }]);
  expect(preview.sheets.map((s) => [s.created, s.updated, s.unchanged])).toEqual([
    [2, 0, 0],
    [0, 1, 0],
  ]);
  expect(done.totals).toMatchObject({ rows: 3, created: 2, updated: 1, duplicates: 0 });
  expect(await t.ctx.store.read.sql('SELECT management_class FROM permit')).toEqual([
    { management_class: 'simplified' },
  ]);
  expect((await bring(t.ctx, [{ name: '名册.xlsx', bytes }])).done.totals).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 3,
  });
});

test('a value that changes back is a change; the same list again is none, and what was edited here in between stays', async () => {
  const said = async (...list: (readonly Cell[])[]) => {
    const { created, updated, unchanged } = await totals(...list);
    return [created, updated, unchanged];
  };
  const first = [
    ['上海甲机械有限公司', A, '华漕镇', '路1号', 10],
    ['上海乙塑料有限公司', B, '华漕镇', '路2号', 5],
  ] as const;
  expect(await said(...first)).toEqual([2, 0, 0]);
  expect(await said(['上海甲机械有限公司', A, '华漕镇', '路1号', 12])).toEqual([0, 1, 0]);
  // Only of the first is something else on file than the list said last.
  expect(await said(...first)).toEqual([0, 1, 1]);
  expect((await onFile(t.ctx))[0]?.employees).toBe(10);
  await updateEnterprise(t.ctx, String((await onFile(t.ctx))[0]?.id), { employees: 11 });
  expect(await said(...first)).toEqual([0, 0, 2]);
  expect((await onFile(t.ctx))[0]?.employees).toBe(11);
});

test('an enterprise that a file names on two sheets with other values: the file again changes nothing', async () => {
  const file = {
    name: '名册.xlsx',
    bytes: workbook([
      { name: '东片', rows: [HEAD, ['上海甲机械有限公司', A, '华漕镇', '路1号', 10]] },
      { name: '西片', rows: [HEAD, ['上海甲机械有限公司', A, '华漕镇', '路1号', 20]] },
    ]),
  };
  await bring(t.ctx, [file]);
  const { done } = await bring(t.ctx, [file]);
  expect(done.totals).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
});

test('legal forms and numbers in names are never taken for equal', async () => {
  await rows(['上海甲机械有限公司', null, '华漕镇', null, 1], ['上海一厂', null, '华漕镇', null, 1]);
  expect(
    await totals(
      ['上海甲机械有限责任公司', null, '华漕镇', null, 1],
      ['上海二厂', null, '华漕镇', null, 1],
      ['上海甲机械有限公司分公司', null, '华漕镇', null, 1],
    ),
  ).toMatchObject({ created: 3, duplicates: 0 });
  // Brackets, spaces, width and a leading 上海 do not make another name.
  expect(
    await totals(['甲机械有限公司', null, '华漕镇', null, 2], ['上海市一厂（已搬迁）', null, '华漕镇', null, 2]),
  ).toMatchObject({ created: 0, updated: 2 });
});

test('a list of the other tier does not move an enterprise silently: the change is held back for review', async () => {
  const head = ['企业名称', '信用代码', '管理层级'];
  await bring(t.ctx, [sheet([head, ['上海甲机械有限公司', A, '镇级']])]);
  const preview = await look(t.ctx, [sheet([head, ['上海甲机械有限公司', A, '区管']])]);
  expect(preview.totals).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  const { rows: review } = await bring(t.ctx, [sheet([head, ['上海甲机械有限公司', A, '区管']])]);
  expect(review[0]?.changes).toMatchObject([
    { target: 'enterprise.managementTier', before: '镇级', after: '区级', use: 'old' },
  ]);
  expect((await onFile(t.ctx)).map((e) => e.management_tier)).toEqual(['town']);
});

const REAL =
  process.env.STEWARD_REAL_REGISTER ??
  join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'ningxia_key_polluters_utf-8-sig.csv');
const present = existsSync(REAL);
if (!present)
  console.info(
    `skipped: the real register is not there (${REAL}); set STEWARD_REAL_REGISTER to its path to run this test`,
  );

test.skipIf(!present)(
  'a real register: 220 rows, none lost, 220 names, 139 valid codes; again nothing new',
  async () => {
    const file = { name: '重点排污单位.csv', bytes: new Uint8Array(readFileSync(REAL)) };
    const { done, preview } = await bring(t.ctx, [file]);
    expect(done.totals).toMatchObject({ rows: 220, created: 220, updated: 0, unchanged: 0, rejected: 0 });
    expect(preview.sheets[0]?.unmapped).toEqual(expect.arrayContaining(['气物', '气标', '水物', '水标']));
    const all = await onFile(t.ctx);
    expect(new Set(all.map((e) => e.name)).size).toBe(220);
    expect(all.filter((e) => e.credit_code !== null)).toHaveLength(139);
    expect((await bring(t.ctx, [file])).done.totals).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 220,
      duplicates: 0,
    });
  },
);
