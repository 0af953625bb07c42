// Lists compiled from the dictionary: what they give is what a plain reading of the rows gives.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberTaken } from '../../domain/dictionary/filter.ts';
import { filterables, LIST_KINDS, listOf, parseFilter, printFilter, shownColumns } from '../../domain/lists.ts';
import { listIds, listPage, listSheet } from '../../services/lists/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeAll(async () => {
  t = await openDesk();
});
afterAll(async () => {
  await t.close();
});

test.each(LIST_KINDS)('%s is listed with every column, sorted by each, with each of its views', async (kind) => {
  const columns = shownColumns(kind);
  expect(columns.length).toBe(listOf(kind).columns.length);
  const all = { kind, filter: [], sort: null, columns: columns.map((c) => c.key), page: { offset: 0, limit: 5 } };
  const page = await listPage(t.ctx, all);
  expect(page.total).toBe(page.all);
  for (const { key } of columns)
    for (const descending of [false, true])
      expect((await listIds(t.ctx, { kind, filter: [], sort: { field: key, descending } })).length).toBe(page.all);
  for (const view of listOf(kind).views)
    await listPage(t.ctx, {
      kind,
      filter: view.filter,
      sort: view.sort ?? null,
      columns: null,
      page: { offset: 0, limit: 5 },
    });
  await listSheet(t.ctx, { kind, filter: [], sort: null, columns: null, personal: 'shown' });
});

test.each(LIST_KINDS)('%s is filtered by every field, condition and child', async (kind) => {
  const { fields, conditions, children } = filterables(kind);
  for (const { name } of fields) {
    const [empty, filled] = await Promise.all(
      [`${name}=`, `${name}!=`].map(async (text) => {
        const filter = parseFilter(kind, text);
        expect(printFilter(kind, filter)).toBe(text);
        return (await listIds(t.ctx, { kind, filter, sort: null })).length;
      }),
    );
    expect(empty).toBeGreaterThanOrEqual(0);
    expect(filled).toBeGreaterThanOrEqual(0);
  }
  for (const { entity, field } of children)
    for (const not of [false, true])
      await listIds(t.ctx, {
        kind,
        filter: [{ has: `${entity.name}.${field}`, ...(not && { not: true as const }) }],
        sort: null,
      });
  for (const c of conditions) {
    const value = numberTaken(c.takes)
      ? 3
      : c.takes?.kind === 'day'
        ? '2026-11-18'
        : c.takes
          ? '01900000-0000-7000-8000-000000000000'
          : undefined;
    for (const not of [false, true])
      await listIds(t.ctx, {
        kind,
        filter: [{ is: c.id, ...(value !== undefined && { value }), ...(not && { not: true as const }) }],
        sort: null,
      });
  }
});

test('more rows than one pass counts: the first page, one behind and one beyond all have rows and count of the list', async () => {
  await t.ctx.store.withoutCapture(async (tx) => {
    await tx.execute(`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20001)
      INSERT INTO area(id, created_at, updated_at, level, name)
      SELECT printf('01900000-0009-7000-8000-%012d', n), '2026-11-18T00:00:00.000Z', '2026-11-18T00:00:00.000Z', 'village', '众村' || printf('%05d', n) FROM c`);
  });
  const page = async (filter: string, offset: number): Promise<[number, unknown[]]> => {
    const found = await listPage(t.ctx, {
      kind: 'area',
      filter: parseFilter('area', filter),
      sort: { field: 'name', descending: false },
      columns: ['name'],
      page: { offset, limit: 2 },
    });
    return [found.total, found.rows.map((r) => r.values.name)];
  };
  expect(await page('name~众村', 0)).toEqual([20001, ['众村00001', '众村00002']]);
  expect(await page('name~众村', 20_000)).toEqual([20001, ['众村20001']]);
  expect(await page('name~众村0', 9_998)).toEqual([9999, ['众村09999']]);
  expect(await page('name~众村1', 30_000)).toEqual([10_000, []]);
  expect(await page('name~无此村', 0)).toEqual([0, []]);
});
