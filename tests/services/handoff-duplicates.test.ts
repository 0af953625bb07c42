// One register entered in two offices on their own: proposed as one, merged without quarrels, taken apart again.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';
import { act, type Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, control, dump, preview, Desks, take } from '../support/handoff-desks.ts';

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

const codeOf = (n: number): string => {
  const first = `91310112MA1${String(n).padStart(6, '0')}`;
  return `${first}${creditCodeCheckCharacter(first)}`;
};

/** A register as one office enters it: a town, two villages of which one name also stands in another town, and enterprises. */
async function enter(at: Context, from: number, to: number): Promise<void> {
  await act(at, '导入名册', 'import:test', async (tx) => {
    const towns = [
      await tx.insert(area, { level: 'town', name: '华漕镇' } as never),
      await tx.insert(area, { level: 'town', name: '徐泾镇' } as never),
    ];
    const villages = [];
    for (const town of towns)
      villages.push(await tx.insert(area, { level: 'village', name: '新华村', parentId: town.id } as never));
    for (let n = from; n < to; n += 1) {
      const [town, village] = [towns[n % 2] as { id: string }, villages[n % 2] as { id: string }];
      await tx.insert(enterprise, {
        name: `上海第${n}环保设备有限公司`,
        creditCode: codeOf(n),
        internalCode: `A-${n}`,
        siteNo: '001',
        townId: town.id,
        villageId: village.id,
        address: `联友路${n}号`,
      } as never);
    }
  });
}

test(
  '[I12] a register that two offices entered on their own becomes one: areas and enterprises are ' +
    'proposed, nothing is left to decide, and it can be taken apart',
  async () => {
    const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
    await befriend(a, b);
    await enter(a, 0, 24);
    await enter(b, 4, 30);
    const made = await desks.send(b, a);
    const seen = await preview(a, made.folder);
    expect(seen.duplicates.filter((d) => d.entity === 'area').map((d) => d.proposed)).toEqual([true, true, true, true]);
    expect(seen.duplicates.filter((d) => d.entity === 'enterprise' && d.proposed)).toHaveLength(20);
    const done = await handoff.applyPackage(
      a,
      { previewId: seen.previewId, merges: seen.duplicates.filter((d) => d.proposed) },
      control,
    );
    expect(done).toMatchObject({ merged: 24, conflicts: { must: 0, waiting: 0 } });
    await take(b, (await desks.send(a, b)).folder);
    expect(await dump(a)).toBe(await dump(b));
    for (const office of [a, b]) {
      expect(await office.store.read.find(enterprise, {})).toHaveLength(30);
      expect((await office.store.read.find(area, {})).map((x) => x.name).sort()).toEqual(
        ['华漕镇', '徐泾镇', '新华村', '新华村'].sort(),
      );
    }
    // Work goes on at rows under either id, and a pair can be taken apart in the other office.
    const pair = seen.duplicates.find((d) => d.entity === 'enterprise' && d.proposed);
    await handoff.mergeEnterprises(b, { id: pair?.id as string, otherId: pair?.otherId as string, undo: true });
    await take(a, (await desks.send(b, a)).folder);
    expect(await a.store.read.find(enterprise, {})).toHaveLength(31);
    expect(await dump(a)).toBe(await dump(b));
    // Merged to one whose values stand: the other office shows the same, and has nothing to decide either.
    await act(
      a,
      '修改企业',
      'form',
      async (tx) => await tx.update(enterprise, pair?.otherId as string, { address: '联友路甲1号' } as never),
    );
    await handoff.mergeEnterprises(a, {
      id: pair?.id as string,
      otherId: pair?.otherId as string,
      keepId: pair?.otherId as string,
      undo: false,
    });
    await take(b, (await desks.send(a, b)).folder);
    expect(await dump(a)).toBe(await dump(b));
    expect((await b.store.read.find(enterprise, { address: '联友路甲1号' })).map((e) => e.name)).toEqual([
      pair?.otherName,
    ]);
    expect(await handoff.conflictCounts(b)).toEqual({ must: 0, may: 0, waiting: 0 });
  },
);

test('pairs that were not in the preview are refused, and nothing is taken in', async () => {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  await enter(b, 0, 2);
  const before = await dump(a);
  const seen = await preview(a, (await desks.send(b, a)).folder);
  const [one, other] = await b.store.read.find(enterprise, {});
  await expect(
    handoff.applyPackage(
      a,
      { previewId: seen.previewId, merges: [{ id: one?.id as string, otherId: other?.id as string }] },
      control,
    ),
  ).rejects.toMatchObject({ code: 'REFUSED' });
  expect(await dump(a)).toBe(before);
});
