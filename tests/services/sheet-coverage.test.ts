// 一企一表 in a year: coverage in percent, and the names of those that have none; village-leased land and classes of land are found.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterpriseSheet } from '../../domain/enterprises/entities.ts';
import { reportText } from '../../domain/reports/report-text.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { listIds } from '../../services/lists/index.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const asked = {
  kind: 'annual_report',
  from: '2026-01-01',
  to: '2026-12-31',
  asOf: '2026-11-18',
  objectKinds: [],
  plan: [],
} as const;

test('97 of 100 that filled in their sheet this year are 97.0 %, and the report names the three', async () => {
  const rows = Array.from({ length: 100 }, (_, n) => [
    `上海第${n + 100}金属制品有限公司`,
    makeCode(`MA${n}`),
    '工业',
    '许浦村',
  ]);
  await bring(t.ctx, [sheet([['企业名称', '统一社会信用代码', '对象类型', '村居'], ...rows])]);
  const ids = (await onFile(t.ctx)).map((row) => String(row.id));
  expect(ids).toHaveLength(100);
  expect((await reportFigures(t.ctx, { ...asked, objectKinds: [], plan: [] })).figures.sheetRate).toBeUndefined();
  await t.ctx.store.withAction({ name: '表', actor: '甲', source: 'form' }, async (tx) => {
    for (const enterpriseId of ids.slice(3))
      await tx.insert(enterpriseSheet, { enterpriseId, filledDate: '2026-05-06' });
    // One of last year does not count for this one.
    await tx.insert(enterpriseSheet, { enterpriseId: ids[0] ?? '', filledDate: '2025-05-06' });
  });
  const figures = await reportFigures(t.ctx, { ...asked, objectKinds: [], plan: [] });
  expect(figures.figures.sheetRate).toMatchObject({ numerator: 97, denominator: 100, printed: '97.0%' });
  const names = ['上海第100金属制品有限公司', '上海第101金属制品有限公司', '上海第102金属制品有限公司'];
  expect(figures.withoutSheet?.map((row) => row.enterprise).toSorted()).toEqual(names);
  const text = JSON.stringify(reportText(figures));
  expect(text).toContain('一企一表建立率');
  expect(text).toContain('97.0');
  for (const name of names) expect(text).toContain(name);
});

test('firms on land let by a village, and those on 104 land, are read from a register and found by a filter', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '统一社会信用代码', '对象类型', '村居', '地块类别', '出租方类型', '出租方', '出租方联系人'],
      ['上海甲金属有限公司', makeCode('MA1A'), '工业', '许浦村', '104地块', '村集体', '许浦村经济合作社', '王书记'],
      ['上海乙金属有限公司', makeCode('MA1B'), '工业', '许浦村', '198', '个人', '张三', ''],
    ]),
  ]);
  const found = async (field: string, value: string) =>
    await listIds(t.ctx, { kind: 'enterprise', filter: [{ field, op: 'eq', value }], sort: null });
  const [first, second] = (await onFile(t.ctx)).map((row) => row.id);
  expect(await found('lessorKind', 'village_collective')).toEqual([first]);
  expect(await found('landClass', 'c104')).toEqual([first]);
  expect(await found('landClass', 'c198')).toEqual([second]);
  expect((await onFile(t.ctx))[0]).toMatchObject({ landlord: '许浦村经济合作社', lessor_contact: '王书记' });
});
