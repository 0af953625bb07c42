// The store that the benchmarks fill by SQL of their own: a new column that must be filled is noticed here.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillStore } from '../../bench/lib/filled.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

test('a small one has its enterprises, visits and findings, and no reference leads nowhere', async () => {
  await fillStore(t.ctx, 40);
  const count = async (table: string) =>
    (await t.ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))?.n;
  expect([await count('enterprise'), await count('visit'), await count('finding')]).toEqual([40, 40, 120]);
  expect(await t.ctx.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
});
