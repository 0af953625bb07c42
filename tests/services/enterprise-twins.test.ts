// Enterprises that were entered twice and not merged when they came: found wherever one looks, merged to either of them, taken apart again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { cateringBlock } from '../../domain/enterprises/blocks.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { binEnterprises, getEnterprise } from '../../services/enterprises/index.ts';
import { conflictCounts, mergeEnterprises } from '../../services/handoff/index.ts';
import { Desks } from '../support/handoff-desks.ts';
import { parseFilter } from '../../domain/lists.ts';
import { listIds } from '../../services/lists/index.ts';
import { listed } from '../support/listed.ts';

let desks: Desks;
let ctx: Context;
let towns: { id: string }[];
beforeEach(async () => {
  desks = new Desks();
  ctx = await desks.office('华漕驻点', 'HC');
  towns = (
    await act(ctx, '区域', 'form', async (tx) => [
      await tx.insert(area, { level: 'town', name: '华漕镇' } as never),
      await tx.insert(area, { level: 'town', name: '徐泾镇' } as never),
    ])
  ).value;
});
afterEach(async () => {
  await desks.close();
});

const CODE = '91350100M000100Y43';
let serial = 0;
/** Enters an enterprise past the form, as a package or an import would. */
async function enter(values: Record<string, unknown>): Promise<string> {
  serial += 1;
  return (
    await act(
      ctx,
      '录入',
      'form',
      async (tx) =>
        await tx.insert(enterprise, {
          internalCode: `HC-${serial}`,
          siteNo: '001',
          townId: towns[0]?.id,
          ...values,
        } as never),
    )
  ).value.id;
}
const idsOf = async (filter: string): Promise<string[]> =>
  await listIds(ctx, { kind: 'enterprise', filter: parseFilter('enterprise', filter), sort: null });
const suspected = async (): Promise<string[]> => (await idsOf('suspectedDuplicate')).sort();
const twinsOf = async (id: string): Promise<string[]> =>
  (await getEnterprise(ctx, id)).duplicates.map((d) => `${d.id} ${d.reason}`);
const rowOf = async (id: string) => await ctx.store.read.get(enterprise, id);

test('a pair is found by code and site or by name and town, in the list and on both pages; what only looks like one is not', async () => {
  const byCode = [
    await enter({ name: '上海海明科技有限公司', creditCode: CODE }),
    await enter({ name: '海明科技', creditCode: CODE, townId: towns[1]?.id }),
  ];
  const byName = [await enter({ name: '上海瑞丰五金厂' }), await enter({ name: '上海瑞丰五金厂（已搬迁）' })];
  const flagged = await enter({ name: '上海永兴印刷厂', suspectedDuplicate: true });
  await enter({ name: '上海海明科技有限公司', creditCode: CODE, siteNo: '002' });
  await enter({ name: '上海瑞丰五金厂', townId: towns[1]?.id });
  await enter({ name: '甲', creditCode: '91350100M000100Y44' });
  await enter({ name: '乙', creditCode: '91350100M000100Y44' });
  expect(await suspected()).toEqual([...byCode, ...byName, flagged].sort());
  expect(await listed(ctx, 'enterprise', `suspectedDuplicate & townId=${towns[0]?.id}`)).toMatchObject({ total: 4 });
  expect(await twinsOf(byCode[0] as string)).toEqual([`${byCode[1]} code`]);
  expect(await twinsOf(byCode[1] as string)).toEqual([`${byCode[0]} code`]);
  expect(await twinsOf(byName[1] as string)).toEqual([`${byName[0]} name`]);
  expect(await twinsOf(flagged)).toEqual([]);
  await binEnterprises(ctx, [byName[0] as string], true);
  expect(await twinsOf(byName[1] as string)).toEqual([]);
  expect(await suspected()).toEqual([...byCode, flagged].sort());
});

test('two sites of one legal person under one name in one town are two enterprises', async () => {
  const sites = [
    await enter({ name: '上海海明科技有限公司', creditCode: CODE }),
    await enter({ name: '上海海明科技有限公司', creditCode: CODE, siteNo: '002' }),
  ];
  expect(await suspected()).toEqual([]);
  for (const id of sites) expect(await twinsOf(id)).toEqual([]);
  expect((await getEnterprise(ctx, sites[0] as string)).sites.map((site) => site.siteNo)).toEqual(['002']);
});

test.each([
  ['the older', 0],
  ['the newer', 1],
] as const)(
  'merged to %s, its values stand, the rest comes from the other, nothing is left to decide; undo gives both back as they were',
  async (_, kept) => {
    const pair = [
      await enter({ name: '上海瑞丰五金厂', address: '甲路1号', scale: 'small', suspectedDuplicate: true }),
      await enter({ name: '上海瑞丰五金厂', address: '乙路2号', legalRep: '王五', employees: 30 }),
    ] as [string, string];
    await act(ctx, '联系人', 'form', async (tx) => {
      for (const enterpriseId of pair) await tx.insert(contact, { enterpriseId, name: '张三' } as never);
    });
    const before = [await rowOf(pair[0]), await rowOf(pair[1])];
    const { actionId, shownId } = await mergeEnterprises(ctx, {
      id: pair[0],
      otherId: pair[1],
      keepId: pair[kept],
      undo: false,
    });
    expect(await rowOf(shownId)).toMatchObject({
      deletedAt: null,
      address: before[kept]?.address,
      internalCode: before[kept]?.internalCode,
      scale: 'small',
      legalRep: '王五',
      employees: 30,
      suspectedDuplicate: false,
    });
    expect(await conflictCounts(ctx)).toEqual({ must: 0, may: 0, waiting: 0 });
    expect(await suspected()).toEqual([]);
    expect(await twinsOf(shownId)).toEqual([]);
    expect((await ctx.store.read.find(contact, { enterpriseId: shownId })).length).toBe(2);
    // The one that is shown as the other is not in the bin: nobody is to take it out of there.
    expect(await idsOf('deletedAt!=')).toEqual([]);
    await ctx.store.undo(actionId, '周敏');
    for (const [n, id] of pair.entries())
      expect({ ...(await rowOf(id)), updatedAt: '' }).toEqual({ ...before[n], updatedAt: '' });
    expect(await suspected()).toEqual([...pair].sort());
    for (const enterpriseId of pair) expect((await ctx.store.read.find(contact, { enterpriseId })).length).toBe(1);
  },
);

test('parts of which an enterprise has one are left to decide where they differ, and come apart again', async () => {
  const [one, other] = [
    await enter({ name: '华漕小馆', objectKind: 'catering' }),
    await enter({ name: '华漕小馆', objectKind: 'catering', remark: '沿街' }),
  ] as const;
  await act(ctx, '餐饮', 'form', async (tx) => {
    for (const [n, enterpriseId] of [one, other].entries())
      await tx.insert(cateringBlock, { enterpriseId, seats: 10 + n } as never);
  });
  const seats = async (enterpriseId: string) =>
    (await ctx.store.read.find(cateringBlock, { enterpriseId })).map((block) => block.seats);
  const { actionId, shownId } = await mergeEnterprises(ctx, { id: one, otherId: other, keepId: one, undo: false });
  expect(await seats(shownId)).toHaveLength(1);
  const { must, may } = await conflictCounts(ctx);
  expect(must + may).toBe(1);
  await ctx.store.undo(actionId, '周敏');
  expect([await seats(one), await seats(other)]).toEqual([[10], [11]]);
  expect(await conflictCounts(ctx)).toEqual({ must: 0, may: 0, waiting: 0 });
});

test('a merge is not undone over what was written since, and one that is in the bin or merged already is not merged', async () => {
  const [one, other, third] = [
    await enter({ name: '上海瑞丰五金厂', address: '甲路1号' }),
    await enter({ name: '上海瑞丰五金厂', address: '乙路2号' }),
    await enter({ name: '上海瑞丰五金厂' }),
  ];
  const { actionId } = await mergeEnterprises(ctx, { id: one, otherId: other, keepId: other, undo: false });
  await expect(mergeEnterprises(ctx, { id: other, otherId: third, keepId: third, undo: false })).rejects.toMatchObject({
    code: 'REFUSED',
  });
  await act(ctx, '修改企业', 'form', async (tx) => {
    await tx.update(enterprise, one, { address: '丙路3号' } as never);
  });
  await expect(ctx.store.undo(actionId, '周敏')).rejects.toMatchObject({ code: 'UNDO_BLOCKED' });
  expect(await rowOf(one)).toMatchObject({ address: '丙路3号' });
});

test('undo that a merge stands in the way of names whoever merged that row, not whoever merged last', async () => {
  const ids: string[] = [];
  const actions: string[] = [];
  for (const name of ['上海甲修理厂', '上海乙修理厂', '上海丙修理厂', '上海丁修理厂']) {
    const { value, actionId } = await act(
      ctx,
      '录入',
      'form',
      async (tx) =>
        await tx.insert(enterprise, { internalCode: name, name, siteNo: '001', townId: towns[0]?.id } as never),
    );
    ids.push(value.id);
    actions.push(actionId);
  }
  const by = (name: string): Context => ({ ...ctx, operator: () => ({ id: '', name, role: 'leader' }) });
  const [a, b, c, d] = ids as [string, string, string, string];
  await mergeEnterprises(by('张三'), { id: a, otherId: b, keepId: a, undo: false });
  await mergeEnterprises(by('李四'), { id: c, otherId: d, keepId: c, undo: false });
  // Kept or merged away: neither is taken back from below the other.
  for (const [n, who] of ['张三', '张三', '李四', '李四'].entries()) {
    const error = await ctx.store.undo(actions[n] as string, '周敏').catch((e: unknown) => e);
    const { obstacles } = (error as { data: { obstacles: { rowId: string; by: string }[] } }).data;
    // The name that the merge kept as a former one stands in the way as well, and is theirs too.
    expect([...new Set(obstacles.map((o) => o.by))]).toEqual([who]);
    expect(obstacles.map((o) => o.rowId)).toContain(ids[n]);
  }
});
