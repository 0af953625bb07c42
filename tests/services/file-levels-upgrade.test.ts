// What an earlier version derived by another rule: derived anew when the workspace is opened by this one, a portion at a time.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refreshDerived } from '../../services/derived/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { WAIT_MS } from '../support/limits.ts';
import { bring, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

const COUNT = 230;

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  const rows = Array.from({ length: COUNT }, (_, n) => [`上海样本${n}号金属制品有限公司`, `青禾路${n}号`]);
  await bring(t.ctx, [sheet([['单位名称', '地址'], ...rows])], { townName: '青禾镇' });
});
afterEach(() => t.close());

const stored = async (): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql('SELECT completeness, count(*) AS n FROM enterprise GROUP BY completeness ORDER BY 1');
const asBefore = (): Promise<void> =>
  t.ctx.store.withoutCapture(async (tx) => {
    await tx.execute('UPDATE enterprise SET completeness = 100', []);
    await tx.execute("DELETE FROM store_setting WHERE key = 'completeness'", []);
  });

test('files of an earlier version are judged again, in portions, and once; one that was ended early goes on', async () => {
  const right = await stored();
  await asBefore();
  const before = await t.ctx.store.read.lastOperation();
  let asked = 0;
  expect(await refreshDerived(t.ctx.store, () => (asked += 1) > 1)).toBe(100);
  expect(await stored()).toContainEqual({ completeness: 100, n: COUNT - 100 });
  expect(await refreshDerived(t.ctx.store)).toBe(COUNT - 100);
  expect(await stored()).toEqual(right);
  expect(await refreshDerived(t.ctx.store)).toBe(0);
  expect(await t.ctx.store.read.lastOperation()).toBe(before);
});

test('opening the workspace does it, beside what people do', async () => {
  const right = await stored();
  await asBefore();
  const { folder } = t.ctx.store;
  await t.desk.close();
  t.ctx = await t.desk.open(folder);
  await expect.poll(stored, { timeout: WAIT_MS }).toEqual(right);
});

test('what the search knew by another rule is known by this one after the next start', async () => {
  const found = async () => (await searchAll(t.ctx, '样本7号', 5)).hits.map(({ title }) => title);
  const right = await found();
  expect(right).toHaveLength(1);
  await t.ctx.store.withoutCapture(async (tx) => {
    await tx.execute("UPDATE search_entry SET words = '另一'", []);
    await tx.execute("UPDATE store_setting SET value = '{}' WHERE key = 'search'", []);
  });
  expect(await found()).toEqual([]);
  expect(await refreshDerived(t.ctx.store)).toBe(COUNT);
  expect(await found()).toEqual(right);
  expect(await refreshDerived(t.ctx.store)).toBe(0);
});
