// Registers that name a 片区, and rows that name nobody but by a code.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { updateRecord } from '../../services/records/index.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  sheet,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B, C] = ['上海甲甲金属制品有限公司', '上海乙乙塑料制品有限公司', '上海丙丙印刷有限公司'] as const;
const code = makeCode;

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

const take = async (rows: readonly (readonly Cell[])[]) => await bring(t.ctx, [sheet(rows)], { townName: '青禾镇' });
const tree = async (): Promise<string[]> =>
  (
    await t.ctx.store.read.sql<{ path: string }>(
      `SELECT a.level || ' ' || a.name || ' < ' || coalesce(p.name, '') AS path FROM area a LEFT JOIN area p ON p.id = a.parent_id
       WHERE a.deleted_at IS NULL ORDER BY a.id`,
    )
  ).map(({ path }) => path);

test.each(['片区', '所属片区', '责任片区'])(
  'a column %s says in what the village lies: it is made between town and village, once, and each row can be saved',
  async (heading) => {
    const { preview, rows } = await take([
      ['单位名称', '统一社会信用代码', heading, '村居'],
      [A, code('1'), '东片', '东禾村'],
      [B, code('2'), '东片', '南汀村'],
      [C, code('3'), '西片', '西禾村'],
    ]);
    expect(preview.sheets[0]?.unmapped).toEqual([]);
    expect(rows.flatMap((row) => row.warnings.map((w) => w.code)).filter((c) => c !== 'AREA_CREATED')).toEqual([]);
    expect((await tree()).filter((line) => !line.startsWith('district'))).toEqual(
      expect.arrayContaining([
        'sector 东片 < 青禾镇',
        'sector 西片 < 青禾镇',
        'village 东禾村 < 东片',
        'village 南汀村 < 东片',
        'village 西禾村 < 西片',
      ]),
    );
    for (const e of await onFile(t.ctx)) {
      expect(e.town).toBe('青禾镇');
      await updateEnterprise(t.ctx, String(e.id), { address: '青禾路1号' });
    }
  },
);

test('a village on file stays where people put it: another 片区 is said and kept in words, and one without a village too', async () => {
  await take([
    ['单位名称', '村居'],
    [A, '东禾村'],
  ]);
  const { rows } = await take([
    ['单位名称', '片区', '村居', '片区长'],
    [A, '东片', '东禾村', '王建国'],
    [B, '东片', '', '王建国'],
  ]);
  expect(await tree()).toContain('village 东禾村 < 青禾镇');
  expect((await tree()).some((line) => line.includes('王建国'))).toBe(false);
  expect((await onFile(t.ctx)).map((e) => e.remark)).toEqual(['片区：东片', '片区：东片']);
  expect(rows.map((row) => row.warnings.find((w) => w.code === 'SECTOR_KEPT')?.sentence)).toEqual([
    '片区“东片”：在册的东禾村不在这个片区，请在设置的区域里核对；已写入备注',
    '片区“东片”：没有村居可以归入；已写入备注',
  ]);
});

test('a village that lies in a 片区 still tells the town of a list that names none', async () => {
  await take([
    ['单位名称', '片区', '村居'],
    [A, '东片', '东禾村'],
  ]);
  const [village] = await t.ctx.store.read.sql<{ id: string }>("SELECT id FROM area WHERE name = '东禾村'");
  await updateRecord(t.ctx, 'area', String(village?.id), { adminCode: '310118001' });
  const { done } = await bring(t.ctx, [
    sheet([
      ['单位名称', '村居'],
      [B, '东禾村'],
    ]),
  ]);
  expect(done.totals.created).toBe(1);
  expect((await onFile(t.ctx)).map((e) => [e.town, e.village])).toEqual([
    ['青禾镇', '东禾村'],
    ['青禾镇', '东禾村'],
  ]);
});

test('a row with a code and no name is the enterprise of that code: it adds to it, and leaves its name alone', async () => {
  await take([
    ['单位名称', '统一社会信用代码'],
    [A, code('1')],
    [B, code('2')],
  ]);
  const list: Cell[][] = [
    ['单位名称', '统一社会信用代码', '职工人数'],
    ['', code('1'), 12],
    ['***', code('2'), 20],
    ['', code('3'), 30],
  ];
  const { done, rows } = await take(list);
  expect(done.totals).toMatchObject({ created: 1, updated: 2, duplicates: 0, rejected: 0 });
  expect((await onFile(t.ctx)).map((e) => [e.name, e.employees])).toEqual([
    [A, 12],
    [B, 20],
    [code('3'), 30],
  ]);
  expect(rows[2]?.warnings.map((w) => w.code)).toContain('NAME_MISSING');
  // The name that comes later takes the place of the code.
  const named = await take([
    ['单位名称', '统一社会信用代码'],
    [C, code('3')],
  ]);
  expect(named.done.totals).toMatchObject({ created: 0, updated: 1, duplicates: 0 });
  expect((await onFile(t.ctx)).map((e) => e.name)).toEqual([A, B, C]);
  const former = await t.ctx.store.read.sql('SELECT * FROM former_name WHERE deleted_at IS NULL');
  expect(former).toEqual([]);
});

test('one that could be any of several sites is set aside in words, in the preview already', async () => {
  await take([
    ['单位名称', '统一社会信用代码', '地址'],
    [A, code('1'), '青禾路1号'],
    [A, code('1'), '青禾路2号'],
  ]);
  const seen = await look(t.ctx, [
    sheet([
      ['统一社会信用代码', '职工人数'],
      [code('1'), 12],
    ]),
  ]);
  expect(seen.totals).toMatchObject({ created: 0, rejected: 1, duplicates: 0 });
  const { done, rows } = await take([
    ['统一社会信用代码', '地址', '职工人数'],
    [code('1'), '', 12],
    [code('1'), '青禾路2号', 15],
  ]);
  expect(rows[0]?.reason).toContain('该代码有 2 个厂区，分不清是哪一个');
  expect(done.totals).toMatchObject({ updated: 1, rejected: 1 });
  expect((await onFile(t.ctx)).map((e) => e.employees)).toEqual([null, 15]);
});
