// Actions: all or nothing, one after another, while reads go on.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { changesOfAction, recentActions, type Writer } from '../../db/index.ts';
import {
  act,
  addEnterprise,
  countOf,
  dumpOf,
  holes,
  logOf,
  openTestStore,
  seedEnterprise,
  type TestStore,
} from '../support/store.ts';

let t: TestStore;
beforeEach(async () => {
  t = await openTestStore();
});
afterEach(async () => {
  await t.close();
});

test('[I20] a failing action rolls back rows, log, counters, numbers and the search index', async () => {
  const e = await seedEnterprise(t.store);
  const first = (await act(t.store, async (tx) => await tx.nextNumber('finding', '2026-03-02'))).value;
  const before = dumpOf(t.store.file);
  await expect(
    act(t.store, async (tx) => {
      for (let i = 0; i < 50; i += 1) await addEnterprise(tx, e.townId);
      await tx.update(enterprise, e.id, { name: '改名' });
      await tx.nextNumber('finding', '2026-03-02');
      throw new Error('planned');
    }),
  ).rejects.toThrow('planned');
  expect(dumpOf(t.store.file)).toBe(before);
  expect((await act(t.store, async (tx) => await tx.nextNumber('finding', '2026-03-02'))).value).toBe(
    first.replace(/1$/, '2'),
  );
  expect(await holes(t.store)).toEqual([]);
});

test('numbers carry office code, device and year, and start anew with the year', async () => {
  const { value } = await act(t.store, async (tx) => [
    await tx.nextNumber('finding', '2026-12-31'),
    await tx.nextNumber('finding', '2026-12-31'),
    await tx.nextNumber('finding', '2027-01-01'),
  ]);
  expect(value).toEqual(['HZA1B-26-00001', 'HZA1B-26-00002', 'HZA1B-27-00001']);
});

test('actions run in the order in which they came, whichever takes longer', async () => {
  const order: number[] = [];
  const pause = async () => await new Promise((resolve) => setImmediate(resolve));
  await Promise.all(
    [40, 1, 20, 0].map(
      async (turns, i) =>
        await act(t.store, async () => {
          for (let k = 0; k < turns; k += 1) await pause();
          order.push(i);
        }),
    ),
  );
  expect(order).toEqual([0, 1, 2, 3]);
});

test(
  'overlapping actions never mix: each operation carries the actor and batch of its own action, a failure ' +
    'between harms none',
  async () => {
    const e = await seedEnterprise(t.store);
    const work = (n: number) =>
      t.store.withAction({ name: `第${n}`, actor: `人${n}`, source: 'form' }, async (tx) => {
        for (let i = 0; i < 3; i += 1) {
          await addEnterprise(tx, e.townId, { remark: `人${n}` });
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (n === 2) throw new Error('planned');
      });
    const results = await Promise.allSettled([1, 2, 3, 4].map(work));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const ops = (await logOf(t.store)).filter((o) => o.tbl === 'enterprise' && o.body.remark);
    expect(ops).toHaveLength(9);
    for (const o of ops) expect(o.actor).toBe(o.body.remark);
    expect(new Set(ops.map((o) => o.batch)).size).toBe(3);
  },
);

test('a writer is of no use after its action: a forgotten promise can not write outside a transaction', async () => {
  const e = await seedEnterprise(t.store);
  let kept: Writer | null = null;
  await act(t.store, async (tx) => {
    kept = tx;
    await Promise.resolve();
  });
  const seq = await t.store.read.lastOperation();
  await expect((kept as unknown as Writer).update(enterprise, e.id, { employees: 1 })).rejects.toMatchObject({
    code: 'STORE_CLOSED',
  });
  await expect(
    act(t.store, async (tx) => {
      const slow = (async () => {
        for (let i = 0; i < 50; i += 1) await Promise.resolve();
        await addEnterprise(tx, e.townId);
      })();
      slow.catch(() => undefined);
      await Promise.all([slow, Promise.reject(new Error('planned'))]);
    }),
  ).rejects.toThrow('planned');
  await t.store.lane.idle();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await t.store.read.lastOperation()).toBe(seq);
});

test('reads see an action only when it is committed, the action itself sees what it wrote', async () => {
  const e = await seedEnterprise(t.store);
  await act(t.store, async (tx) => {
    await tx.update(enterprise, e.id, { employees: 9 });
    expect((await tx.read.get(enterprise, e.id))?.employees).toBe(9);
    expect((await t.store.read.get(enterprise, e.id))?.employees).toBeNull();
  });
  expect((await t.store.read.get(enterprise, e.id))?.employees).toBe(9);
});

test('reads answer while an action of 20,000 rows runs', async () => {
  const e = await seedEnterprise(t.store);
  let running = true;
  const times: number[] = [];
  const began = performance.now();
  const write = act(t.store, async (tx) => {
    for (let i = 0; i < 20_000; i += 1) {
      await tx.insert(enterprise, {
        name: `企业${i}`,
        internalCode: String(i),
        siteNo: '001',
        townId: e.townId,
      } as never);
      await tx.breathe();
    }
  }).finally(() => {
    running = false;
  });
  const beat = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 5));
  while (running) {
    const asked = performance.now();
    await beat();
    await t.store.read.sql('SELECT id, name FROM enterprise ORDER BY pinyin, id LIMIT 50');
    times.push(performance.now() - asked);
  }
  await write;
  times.sort((a, b) => b - a);
  console.log(
    `reads during 20,000 rows: ${times.length}, longest ${times
      .slice(0, 3)
      .map((x) => x.toFixed(1))
      .join(', ')} ms (each with 5 ms of pause)`,
  );
  expect(await countOf(t.store, 'enterprise')).toBe(20_001);
  expect(times.length).toBeGreaterThan(50);
  // A machine that is busy with something else may stop us twice; an action that blocks makes reads wait for all of it, again and again.
  expect(times[2]).toBeLessThan((performance.now() - began) / 4);
});

test('the history of actions names who did what, newest first, without those that wrote nothing', async () => {
  const e = await seedEnterprise(t.store);
  await act(t.store, async () => await Promise.resolve(), '空');
  await act(t.store, async (tx) => await tx.update(enterprise, e.id, { employees: 3 }), '修改企业');
  expect((await recentActions(t.store.read, 10)).map((a) => [a.name, a.actor, a.ops, a.undoneBy])).toEqual([
    ['修改企业', '甲', 1, null],
    ['测试', '甲', 2, null],
  ]);
});

test('undo gives back all values of an action and can itself be undone', async () => {
  const e = await seedEnterprise(t.store, { employees: 5, legalRep: '张' });
  const { actionId } = await act(t.store, async (tx) => {
    await tx.update(enterprise, e.id, { employees: 6, legalRep: null });
    await tx.update(enterprise, e.id, { employees: 7, isModelEnterprise: true });
    await addEnterprise(tx, e.townId, { remark: '新' });
  });
  const undone = await t.store.undo(actionId, '乙');
  expect(undone.value).toBe(2);
  expect(await t.store.read.get(enterprise, e.id)).toMatchObject({
    employees: 5,
    legalRep: '张',
    isModelEnterprise: false,
  });
  expect(await t.store.read.find(enterprise, { remark: '新' })).toEqual([]);
  await expect(t.store.undo(actionId, '乙')).rejects.toMatchObject({ code: 'UNDO_BLOCKED' });
  await t.store.undo(undone.actionId, '乙');
  expect(await t.store.read.get(enterprise, e.id)).toMatchObject({
    employees: 7,
    legalRep: null,
    isModelEnterprise: true,
  });
  expect(await t.store.read.find(enterprise, { remark: '新' })).toHaveLength(1);
  expect((await changesOfAction(t.store.read, undone.actionId)).map((c) => c.kind).sort()).toEqual([
    'delete',
    'update',
  ]);
});

test('undo is refused with its obstacles when later work builds on the action, and changes nothing then', async () => {
  const e = await seedEnterprise(t.store);
  const changed = await act(t.store, async (tx) => await tx.update(enterprise, e.id, { employees: 6 }));
  await t.store.withAction(
    { name: '改', actor: '丙', source: 'form' },
    async (tx) => await tx.update(enterprise, e.id, { employees: 8 }),
  );
  const created = await act(t.store, async (tx) => await addEnterprise(tx, e.townId));
  await act(
    t.store,
    async (tx) => await tx.insert(contact, { enterpriseId: created.value.id, name: '李', isPrimary: false }),
  );
  const before = dumpOf(t.store.file);
  await expect(t.store.undo(changed.actionId, '乙')).rejects.toMatchObject({
    code: 'UNDO_BLOCKED',
    data: { obstacles: [{ entity: 'enterprise', rowId: e.id, field: 'employees', by: '丙' }] },
  });
  await expect(t.store.undo(created.actionId, '乙')).rejects.toMatchObject({
    code: 'UNDO_BLOCKED',
    data: { obstacles: [{ entity: 'contact' }] },
  });
  expect(dumpOf(t.store.file)).toBe(before);
});

test('undo goes through when later work changed other fields of the row', async () => {
  const e = await seedEnterprise(t.store);
  const changed = await act(t.store, async (tx) => await tx.update(enterprise, e.id, { employees: 6 }));
  await act(t.store, async (tx) => await tx.update(enterprise, e.id, { legalRep: '王' }));
  await t.store.undo(changed.actionId, '乙');
  expect(await t.store.read.get(enterprise, e.id)).toMatchObject({ employees: null, legalRep: '王' });
});
