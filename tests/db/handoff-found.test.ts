// Faults of the hand-off that generated commands found once, each as the smallest story that shows it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { naturalId, StoreMoved } from '../../db/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { cateringBlock } from '../../domain/enterprises/blocks.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { finding, findingStep } from '../../domain/findings/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { Office } from '../support/offices.ts';

let [a, b, c] = [] as unknown as [Office, Office, Office];
let townId = '';
beforeEach(async () => {
  [a, b, c] = [await Office.open('甲'), await Office.open('乙'), await Office.open('丙')];
  townId = (
    await a.act<{ id: string }>(async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' } as never))
  ).id;
  for (const o of [b, c]) await o.take(await a.operations());
});
afterEach(async () => {
  vi.useRealTimers();
  for (const o of [a, b, c]) await o.t.close();
});

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const add = async (o: Office, n: number, more: object = {}) => {
  await o.act(
    async (tx) =>
      await tx.insert(enterprise, {
        id: id(n),
        name: `企业${n}`,
        internalCode: 'X',
        siteNo: '001',
        townId,
        ...more,
      } as never),
  );
  return id(n);
};
const edit = async (o: Office, n: number, values: object) => {
  await o.act(async (tx) => await tx.update(enterprise, id(n), values as never));
};
const merge = async (o: Office, low: number, high: number) => {
  await o.act(
    async (tx) =>
      await tx.insert(alias, {
        id: naturalId(alias, id(low), id(high)),
        entity: 'enterprise',
        lowId: id(low),
        highId: id(high),
      } as never),
  );
};
const unmerge = async (o: Office, low: number, high: number) => {
  await o.act(async (tx) => {
    await tx.remove(alias, naturalId(alias, id(low), id(high)));
  });
};
const shown = async (o: Office) => (await o.store.read.find(enterprise, {})).map((e) => e.id).sort();
const last = async (o: Office): Promise<Operation> =>
  (await o.operations((op) => op.device === o.store.deviceTag)).reduce((x, y) => (x.hlc > y.hlc ? x : y));

test('[I12][I6] an edge keeps the ids it was made between: after un-merging 1 and 2, enterprise 2 is still one with 3', async () => {
  for (const n of [1, 2, 3]) await add(a, n);
  await merge(a, 2, 3);
  await merge(a, 1, 2);
  await b.take(await a.operations());
  expect(await shown(b)).toEqual([id(1)]);
  await unmerge(a, 1, 2);
  await b.take(await a.operations());
  await c.take((await a.operations()).reverse());
  for (const o of [a, b, c]) expect(await shown(o)).toEqual([id(1), id(2)]);
  expect(await b.dump()).toBe(await a.dump());
  expect(await c.dump()).toBe(await a.dump());
});

test('[I27] a part of a part comes before what it belongs to: every stub has something to refer to', async () => {
  await add(a, 1);
  const step = await a.act<Operation>(async (tx) => {
    const f = (await tx.insert(finding, {
      no: 'F',
      enterpriseId: id(1),
      foundDate: '2026-03-01',
      description: '标签缺失',
    } as never)) as { id: string };
    return await tx.insert(findingStep, {
      findingId: f.id,
      event: 'issue',
      from: 'draft',
      to: 'open',
      date: '2026-03-01',
      at: '2026-03-01T00:00:00.000Z',
      by: '甲',
    } as never);
  });
  await b.take(await a.operations((op) => op.entity === 'findingStep'));
  expect(await b.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
  expect(step).toBeDefined();
  await b.take(await a.operations());
  expect(await b.dump()).toBe(await a.dump());
});

test('[I27] an enterprise of which only an edit came is kept as a stub for the part that refers to it', async () => {
  await add(a, 1);
  await edit(a, 1, { address: '联友路1号' });
  await a.act(async (tx) => await tx.insert(formerName, { enterpriseId: id(1), name: '旧名' } as never));
  await b.take(await a.operations((op) => op.kind === 'u' || op.entity === 'formerName'));
  expect(await b.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
  await b.take(await a.operations());
  expect(await b.dump()).toBe(await a.dump());
});

test('[I19] a conflict stops waiting when the gap is filled by operations of other rows, and starts to wait when one opens', async () => {
  await add(a, 1);
  await b.take(await a.operations());
  await edit(a, 1, { address: '甲写的' });
  await a.act(async (tx) => await tx.insert(formerName, { id: id(11), enterpriseId: id(1), name: '旧名' } as never));
  await a.act(
    async (tx) => await tx.insert(formerName, { id: id(12), enterpriseId: id(1), name: '更旧的名' } as never),
  );
  await edit(b, 1, { address: '乙写的' });
  await b.take(await a.operations((op) => op.row === id(1)));
  expect(await b.conflicts()).toMatchObject([{ field: 'address', provisional: 0 }]);
  await b.take(await a.operations((op) => op.row === id(12)));
  expect(await b.conflicts()).toMatchObject([{ field: 'address', provisional: 1 }]);
  const { staging, summary } = b.stage(await a.operations());
  staging.close();
  expect(summary.conflicts).toEqual({ must: 1, may: 0, waiting: 0 });
  await b.take(await a.operations());
  expect(await b.conflicts()).toMatchObject([{ field: 'address', provisional: 0 }]);
});

test('[I19] after un-merging a conflict waits for nothing: what the edit of the merged row replaced is held', async () => {
  await add(a, 1, { address: '一号' });
  await add(a, 2, { address: '二号' });
  await merge(a, 1, 2);
  await edit(a, 1, { address: '合并后写的' });
  await unmerge(a, 1, 2);
  expect(await a.conflicts()).toMatchObject([{ rowId: id(1), field: 'address', provisional: 0 }]);
});

test('[I22] what was built on an import blocks taking it back, also with the clock set back; what was done before does not', async () => {
  await add(a, 1);

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  await add(b, 5);
  vi.setSystemTime(Date.now() - 2 * 86_400_000);
  await edit(b, 5, { address: '时钟拨回后' });
  await b.take(await a.operations());
  const before = b.lastImport;
  await b.store.undoHandoff(before);
  await b.take(await a.operations());
  vi.setSystemTime(Date.now() - 2 * 86_400_000);
  await edit(b, 1, { address: '在此之上' });
  await expect(b.store.undoHandoff(b.lastImport)).rejects.toMatchObject({
    code: 'UNDO_BLOCKED',
    data: { block: 'built-on' },
  });
});

test('[I22] a part that was made here under a received enterprise blocks taking that back: nobody would see it any more', async () => {
  await add(a, 1);
  await b.take(await a.operations());
  await b.act(async (tx) => await tx.insert(formerName, { enterpriseId: id(1), name: '旧名' } as never));
  await expect(b.store.undoHandoff(b.lastImport)).rejects.toMatchObject({ data: { block: 'built-on' } });
});

test('[I22] operations of an earlier tag of this office that came back by a package are taken back with it', async () => {
  await add(a, 1);
  const everything = await a.operations();
  await b.store.enrolDevice('BBBBBBBBBB');
  await add(b, 2);
  await b.store.enrolDevice('CCCCCCCCCC');
  const foreign = everything.map((op) => (op.row === id(1) ? { ...op, device: 'BBBBBBBBBB', n: op.n } : op));
  const before = await b.dump();
  await b.take(foreign);
  await b.store.undoHandoff(b.lastImport);
  expect(await b.dump()).toBe(before);
});

test('[I21] a preview does not outlive an undone import after which the log has as many operations as before', async () => {
  await add(a, 1);
  await b.take(await a.operations());
  const brought = b.lastImport;
  await add(a, 2);
  const { staging, file } = b.stage(await a.operations());
  staging.close();
  await b.store.undoHandoff(brought);
  await add(b, 3);
  await expect(
    b.store.applyHandoff(file, {
      id: id(99),
      packageId: id(98),
      office: '甲',
      device: 'AAAAAAAAAA',
      madeAt: '2026-03-01T00:00:00.000Z',
      kind: 'full',
      actor: '乙',
      summary: '{}',
    }),
  ).rejects.toBeInstanceOf(StoreMoved);
});

test.each([
  [
    'an edit',
    async (o: Office) => {
      await edit(o, 1, { address: '删后改的' });
    },
  ],
  [
    'a new part',
    async (o: Office) => {
      await o.act(async (tx) => await tx.insert(formerName, { enterpriseId: id(1), name: '旧名' } as never));
    },
  ],
] as const)(
  '[I1][I11] %s of a row in the bin brings it back at once, here as in every other office',
  async (_what, work) => {
    await add(a, 1);
    await a.act(async (tx) => {
      await tx.remove(enterprise, id(1));
    });
    await work(a);
    expect(await a.conflicts()).toMatchObject([{ rowId: id(1), class: 'delete-vs-edit' }]);
    expect(await shown(a)).toEqual([id(1)]);
    await b.take(await a.operations());
    expect(await b.dump()).toBe(await a.dump());
  },
);

test('[I1][I9] a conflict goes into the bin with its row and comes back with it', async () => {
  await add(a, 1);
  await b.take(await a.operations());
  await edit(a, 1, { address: '甲写的' });
  await edit(b, 1, { address: '乙写的' });
  await b.take(await a.operations());
  await b.act(async (tx) => {
    await tx.remove(enterprise, id(1));
  });
  expect(await b.conflicts()).toEqual([]);
  await b.act(async (tx) => {
    await tx.restore(enterprise, id(1));
  });
  expect(await b.conflicts()).toMatchObject([{ rowId: id(1), field: 'address' }]);
  await c.take(await b.operations());
  expect(await c.dump()).toBe(await b.dump());
});

test('[I1][I2] a part of merged enterprises is at home in the same stream, whichever half came first', async () => {
  await add(a, 1);
  await add(a, 2);
  await merge(a, 1, 2);
  await b.take(await a.operations());
  await unmerge(b, 1, 2);
  await b.act(async (tx) => await tx.put(cateringBlock, { enterpriseId: id(2), seats: 3 } as never));
  await a.act(async (tx) => await tx.put(cateringBlock, { enterpriseId: id(1), seats: 5 } as never));
  await b.act(async (tx) => {
    await tx.restore(alias, naturalId(alias, id(1), id(2)));
  });
  const everything = [...(await a.operations()), ...(await b.operations((op) => op.device === b.store.deviceTag))];
  const ofFirst = (op: Operation): boolean => op.entity === 'cateringBlock' && op.body.enterpriseId === id(1);
  await c.take(everything.filter((op) => !ofFirst(op)));
  await c.take(everything);
  await a.take(everything);
  await b.take(everything);
  expect(await last(a)).toMatchObject({ entity: 'cateringBlock' });
  expect(await b.dump()).toBe(await a.dump());
  expect(await c.dump()).toBe(await a.dump());
  const homes = async (o: Office) =>
    await o.store.read.sql(
      "SELECT r.id, s.id AS home, r.birth FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE r.tbl = 'cateringBlock' ORDER BY 1",
    );
  expect(await c.t.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
  expect(await homes(c)).toEqual(await homes(a));
});

test('[I22] a part of a merged enterprise that is taken back leaves no trace among the merged rows', async () => {
  for (const n of [1, 2]) await add(a, n);
  await b.take(await a.operations());
  await merge(a, 1, 2);
  await b.act(async (tx) => await tx.put(cateringBlock, { enterpriseId: id(2), seats: 3 } as never));
  const before = await a.dump();
  await a.take(await b.operations());
  expect(await a.store.read.find(cateringBlock, { enterpriseId: id(1) })).toMatchObject([{ seats: 3 }]);
  await a.store.undoHandoff(a.lastImport);
  expect(await a.dump()).toBe(before);
});

test(
  '[I8][I10] an action on a row that was merged away since is not undone; a write to such a row replaces ' +
    'what that row said, and reaches the one that is shown',
  async () => {
    for (const n of [1, 2]) await add(a, n);
    await edit(a, 2, { address: '合并前写的' });
    const { id: action } = (await a.store.read.sqlOne<{ id: string }>(
      'SELECT id FROM action_log ORDER BY rowid DESC LIMIT 1',
    )) as { id: string };
    await merge(a, 1, 2);
    await expect(a.store.undo(action, '甲')).rejects.toMatchObject({ code: 'UNDO_BLOCKED' });
    await edit(a, 2, { address: '写到旧编号上' });
    expect(await a.store.read.find(enterprise, {})).toMatchObject([{ id: id(1), address: '写到旧编号上' }]);
    expect(await a.conflicts()).toEqual([expect.objectContaining({ field: 'name' })]);
    await b.take(await a.operations());
    expect(await b.dump()).toBe(await a.dump());
  },
);
