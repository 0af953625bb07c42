// Decisions on what both offices changed, taken back: the rivals come back in both, with those who wrote them.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { act, type Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, dump, Desks, take } from '../support/handoff-desks.ts';

let desks: Desks;
beforeEach(() => {
  desks = new Desks();
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const open = async (at: Context) => (await handoff.listConflicts(at, { level: null, areaId: null, field: null })).items;
const swap = async (a: Context, b: Context): Promise<void> => {
  await take(b, (await desks.send(a, b)).folder);
  await take(a, (await desks.send(b, a)).folder);
  expect(await dump(a)).toBe(await dump(b));
};

async function shared(): Promise<{ a: Context; b: Context; id: string }> {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  const { value: id } = await act(a, '建档', 'form', async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
    return (
      await tx.insert(enterprise, {
        name: '甲企业',
        internalCode: 'A-1',
        siteNo: '001',
        townId: town.id,
        address: '联友路1号',
      } as never)
    ).id;
  });
  await swap(a, b);
  return { a, b, id };
}

test(
  '[I9] a decision that is taken back opens the conflict again in both offices, with both values, their ' +
    'authors, and the one that was shown',
  async () => {
    const { a, b, id } = await shared();
    await act(a, '改名', 'form', async (tx) => await tx.update(enterprise, id, { name: '甲企业（华漕）' } as never));
    await act(b, '改名', 'form', async (tx) => await tx.update(enterprise, id, { name: '甲企业（徐汇）' } as never));
    await swap(a, b);
    const before = await open(a);
    const loser = before[0]?.sides.find((s) => !s.shown);
    const { actionId } = await handoff.decideConflicts(a, [
      { conflictId: before[0]?.id as string, dot: loser?.dot as string, reason: '以营业执照为准' },
    ]);
    await swap(a, b);
    expect(await open(b)).toEqual([]);
    expect((await b.store.read.get(enterprise, id))?.name).toBe(loser?.text);

    await undoAction(a, actionId);
    const said = (items: typeof before) =>
      items.map((i) => ({ id: i.id, sides: i.sides.map((s) => [s.text, s.shown, s.office, s.person]) }));
    expect(said(await open(a))).toEqual(said(before));
    await swap(a, b);
    expect(said(await open(b)).map((i) => i.id)).toEqual([before[0]?.id]);
    // It can be decided again, for good.
    const again = await open(b);
    await handoff.decideConflicts(b, [{ conflictId: again[0]?.id as string, dot: null, reason: null }]);
    await swap(a, b);
    expect(await open(a)).toEqual([]);
  },
);

test('[I11] a decision to keep what the other deleted, taken back, is a choice between both again', async () => {
  const { a, b, id } = await shared();
  await act(a, '删除', 'form', async (tx) => {
    await tx.remove(enterprise, id);
  });
  await act(b, '改地址', 'form', async (tx) => await tx.update(enterprise, id, { address: '联友路2号' } as never));
  await swap(a, b);
  const [item] = await open(b);
  expect(item?.class).toBe('delete-vs-edit');
  const { actionId } = await handoff.decideConflicts(b, [{ conflictId: item?.id as string, dot: null, reason: null }]);
  expect(await open(b)).toEqual([]);
  expect((await b.store.read.get(enterprise, id))?.deletedAt).toBeNull();
  await undoAction(b, actionId);
  expect((await open(b)).map((i) => i.class)).toEqual(['delete-vs-edit']);
  await swap(a, b);
  expect((await open(a)).map((i) => i.class)).toEqual(['delete-vs-edit']);
  expect((await a.store.read.get(enterprise, id))?.address).toBe('联友路2号');
});
