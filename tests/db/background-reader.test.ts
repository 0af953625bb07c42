// Long queries beside the thread that answers, and what the writer does after a statement that failed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { act, openTestStore, type TestStore } from '../support/store.ts';

let t: TestStore;
beforeEach(async () => {
  t = await openTestStore();
});
afterEach(async () => {
  await t.close();
});

const COUNT_TO = (n: number): string =>
  `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${n}) SELECT count(*) AS n FROM c`;

test('a long query leaves the event loop free (bug: statistics on the connection of the thread that answers)', async () => {
  let turns = 0;
  let going = true;
  const turn = (): void => {
    turns += 1;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  const counted = await t.store.slow.sqlOne(COUNT_TO(2_000_000));
  going = false;
  expect(counted).toEqual({ n: 2_000_000 });
  expect(turns).toBeGreaterThan(100);
});

test('many rows come whole, in order, and each to its own question (bug: all at once held the window for 200 ms)', async () => {
  const upTo = (n: number): string =>
    `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${n}) SELECT n FROM c`;
  const [many, few, exact] = await Promise.all([12_345, 3, 2_000].map((n) => t.store.slow.sql<{ n: number }>(upTo(n))));
  expect(many?.map((row) => row.n)).toEqual(Array.from({ length: 12_345 }, (_, n) => n + 1));
  expect([few?.length, exact?.length]).toEqual([3, 2_000]);
  // What fails among its rows gives none of them.
  await expect(
    t.store.slow.sql(`SELECT json(CASE n WHEN 1500 THEN '{' ELSE '1' END) FROM (${upTo(2_000)})`),
  ).rejects.toThrow();
  expect(await t.store.slow.sqlOne('SELECT 1 AS one')).toEqual({ one: 1 });
});

test('it sees what was committed a moment ago, takes numbered parameters, and can not write', async () => {
  const { value } = await act(t.store, async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' }));
  expect(
    await t.store.slow.sql('SELECT id, ?1 AS a, ?2 AS b, ?1 AS c FROM area WHERE name = ?2', ['x', '华漕镇']),
  ).toEqual([{ id: value.id, a: 'x', b: '华漕镇', c: 'x' }]);
  expect(await t.store.slow.sqlOne('SELECT id FROM area WHERE id = ?', ['none'])).toBeNull();
  await expect(t.store.slow.sql('SELECT no_such_column FROM area')).rejects.toThrow('no_such_column');
  await expect(t.store.slow.sql('DELETE FROM area RETURNING id')).rejects.toMatchObject({
    code: 'WORKSPACE_READ_ONLY',
  });
  expect(await t.store.slow.sqlOne('SELECT count(*) AS n FROM area')).toEqual({ n: 1 });
});

test('closing the workspace ends a query that runs, and asks no more (bug: close waits for ever, or the query never answers)', async () => {
  const running = t.store.slow.sql(COUNT_TO(1_000_000));
  const refused = expect(running).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  await t.store.close();
  await refused;
  await expect(t.store.slow.sql('SELECT 1')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  await t.reopen();
});

test(
  'a statement that failed takes its action with it even if the error was caught (bug: INSERT OR FAIL leaves ' +
    'what was done of it)',
  async () => {
    const seq = await t.store.read.lastOperation();
    await expect(
      act(t.store, async (tx) => {
        const row = await tx.insert(area, { level: 'town', name: '华漕镇' });
        await tx.insert(area, { id: row.id, level: 'town', name: '同一个' }).catch(() => undefined);
      }),
    ).rejects.toThrow('UNIQUE');
    expect(await t.store.read.find(area, {})).toEqual([]);
    expect(await t.store.read.lastOperation()).toBe(seq);
    await act(t.store, async (tx) => await tx.insert(area, { level: 'town', name: '新虹街道' }));
    expect(await t.store.read.find(area, {})).toHaveLength(1);
  },
);
