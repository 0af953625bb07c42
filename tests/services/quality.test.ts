// Data quality: what each check finds, what is proposed, taken one by one or all at once, and taken back in one step.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { contact, enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { process } from '../../domain/production/entities.ts';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';
import { addDays } from '../../domain/values/day.ts';
import { applyEdit, previewEdit } from '../../services/edits/index.ts';
import { act, type Context } from '../../services/context.ts';
import { verifySection } from '../../services/enterprises/index.ts';
import { mergeEnterprises, mergeSides } from '../../services/handoff/index.ts';
import { previewProposals, qualityCounts, qualityRows, takeProposals } from '../../services/quality/index.ts';
import { bring, makeCode, openDesk, sheet } from '../support/register-import.ts';
import { Desks } from '../support/handoff-desks.ts';

let desks: Desks;
let ctx: Context;
let towns: string[];
beforeEach(async () => {
  desks = new Desks();
  ctx = await desks.office('华漕驻点', 'HC');
  const made = await act(ctx, '区域', 'form', async (tx) => [
    await tx.insert(area, { level: 'town', name: '华漕镇' } as never),
    await tx.insert(area, { level: 'town', name: '徐泾镇' } as never),
  ]);
  towns = made.value.map(({ id }) => id);
});
afterEach(async () => {
  await desks.close();
});

const FIRST = { offset: 0, limit: 100 };
const quiet = { progress: (): void => undefined, check: (): void => undefined };
const codeOf = (serial: string): string => {
  const first = `91310112MA1${serial.padStart(6, '0')}`;
  return first + creditCodeCheckCharacter(first);
};
let serial = 0;
/** Enters an enterprise past the form, as a package or an import would. */
async function enter(values: Record<string, unknown>): Promise<string> {
  serial += 1;
  const given = {
    internalCode: `HC-${serial}`,
    name: `上海第${serial}金属制品有限公司`,
    siteNo: '001',
    townId: towns[0],
    villageId: null,
    objectKind: 'industrial',
    operatingStatus: 'operating',
    industryCode: '3311',
    creditCode: codeOf(String(serial)),
    ...values,
  };
  return (await act(ctx, '录入', 'form', async (tx) => await tx.insert(enterprise, given as never))).value.id;
}
async function put(entity: unknown, values: Record<string, unknown>): Promise<string> {
  const { value } = await act(
    ctx,
    '录入',
    'form',
    async (tx) => await tx.insert(entity as typeof contact, values as never),
  );
  return value.id;
}
const countOf = async (check: string): Promise<number> =>
  (await qualityCounts(ctx)).find((one) => one.id === check)?.count ?? -1;
const found = async (check: string) => (await qualityRows(ctx, { check, page: { offset: 0, limit: 100 } })).rows;
const rowOf = async (id: string) => (await ctx.store.read.get(enterprise, id)) as Record<string, unknown> | null;
/** Every shared row of the store, but for when it was last written. */
const dump = async (): Promise<string> => {
  const rows: { id: string; updatedAt: string }[] = [];
  for (const entity of ENTITIES.filter(({ scope }) => scope === 'shared'))
    rows.push(...((await ctx.store.read.find(entity, {})) as typeof rows));
  return JSON.stringify(rows.map((row) => ({ ...row, updatedAt: '' })).sort((a, b) => (a.id < b.id ? -1 : 1)));
};

test('a sound file is found by no check; each fault is found by its own check alone', async () => {
  const placed = { longitude: '121.30', latitude: '31.20', coordinateSystem: 'wgs84' };
  for (let n = 0; n < 5; n += 1) await enter(placed);
  const before = new Map((await qualityCounts(ctx)).map(({ id, count }) => [id, count]));
  // None of them has a village, and none was worked on.
  expect([...before].filter(([, count]) => count > 0)).toEqual([['placeMissing', 5]]);
  const wrong = codeOf('777').slice(0, 17) + (codeOf('777').endsWith('0') ? '1' : '0');
  const faults: Record<string, Record<string, unknown>> = {
    creditCodeAside: { creditCode: null, creditCodeQuarantine: '9131O112MA1000001' },
    creditCodeWrong: { creditCode: wrong },
    creditCodeMissing: { creditCode: null },
    industryCodeMissing: { industryCode: null },
    industryCodeUnknown: { industryCode: '9911' },
    coordinatesSwapped: { ...placed, longitude: '31.20', latitude: '121.30' },
    farFromTown: { ...placed, longitude: '112.30' },
    coordinatesHalf: { longitude: '121.30' },
    coordinateSystemUnknown: { ...placed, coordinateSystem: 'unknown' },
    objectKindOther: { objectKind: 'other' },
    operatingStatusUnknown: { operatingStatus: 'unknown' },
    'enterprise.days': { foundedDate: addDays(ctx.today(), 400) },
  };
  for (const [check, values] of Object.entries(faults)) {
    const id = await enter(values);
    const counts = await qualityCounts(ctx);
    const grown = counts.filter((one) => one.count > (before.get(one.id) ?? 0)).map((one) => one.id);
    expect(grown.filter((one) => one !== 'placeMissing')).toEqual([check]);
    expect((await found(check)).map((row) => row.id)).toEqual([id]);
    await act(ctx, '清', 'form', async (tx) => {
      await tx.remove(enterprise, id);
    });
  }
});

test('proposals are taken for all rows that have one, refused ones are named, and one undo gives everything back', async () => {
  const right = codeOf('1234');
  const lookalike = right.replace('0', 'O');
  const meant = await enter({ creditCode: null, creditCodeQuarantine: lookalike });
  const none = await enter({ creditCode: null, creditCodeQuarantine: '9131' });
  const used = codeOf('5678');
  await enter({ creditCode: used });
  const taken = await enter({ creditCode: null, creditCodeQuarantine: used.replace('0', 'O') });
  const before = await dump();
  const rows = await found('creditCodeAside');
  expect(rows.find((row) => row.id === meant)?.proposal?.fields).toContainEqual({
    label: '统一社会信用代码',
    old: '',
    new: right,
  });
  expect(rows.find((row) => row.id === none)?.proposal).toBeNull();
  const taking = { check: 'creditCodeAside', ids: null };
  const preview = await previewProposals(ctx, taking, quiet);
  expect(preview).toMatchObject({ total: 3, changed: 1, none: 1, same: 0 });
  expect(preview.refused).toMatchObject([{ count: 1, sentence: expect.stringContaining('已用这个代码') }]);
  const { actionId, changed } = await takeProposals(ctx, { ...taking, seen: preview.seen }, quiet);
  expect(changed).toBe(1);
  expect(await rowOf(meant)).toMatchObject({ creditCode: right, creditCodeQuarantine: null });
  expect(await rowOf(taken)).toMatchObject({ creditCode: null });
  expect(await countOf('creditCodeAside')).toBe(2);
  await ctx.store.undo(actionId, '周敏');
  expect(await dump()).toBe(before);
});

test('two files that would take one code in one go: the second is refused', async () => {
  const right = codeOf('4321');
  for (let n = 0; n < 2; n += 1) await enter({ creditCode: null, creditCodeQuarantine: right.replace('0', 'O') });
  const preview = await previewProposals(ctx, { check: 'creditCodeAside', ids: null }, quiet);
  expect(preview).toMatchObject({ total: 2, changed: 1 });
  expect(preview.refused[0]?.sentence).toContain('同一批里');
});

test('a code is proposed from the permit, an industry from its words, a kind from the name, swapped degrees the other way', async () => {
  const right = codeOf('99');
  const byPermit = await enter({ creditCode: null });
  await put(permit, { enterpriseId: byPermit, managementClass: 'simplified', number: `${right}001P` });
  const byWords = await enter({ industryCode: null, industryName: '金属制品业' });
  const byName = await enter({ objectKind: 'other', industryCode: null, name: '青溪小张汽车修理厂' });
  const swapped = await enter({ longitude: '31.2', latitude: '121.3', coordinateSystem: 'gcj02' });
  const proposed = async (check: string, id: string) =>
    (await found(check)).find((row) => row.id === id)?.proposal?.fields.map((field) => field.new);
  expect(await proposed('creditCodeMissing', byPermit)).toEqual([right]);
  expect(await proposed('industryCodeMissing', byWords)).toEqual(['33']);
  expect(await proposed('objectKindOther', byName)).toEqual(['汽修']);
  expect(await proposed('coordinatesSwapped', swapped)).toEqual(['121.3°', '31.2°']);
  const taking = { check: 'coordinatesSwapped', ids: [swapped] };
  const { seen } = await previewProposals(ctx, taking, quiet);
  await takeProposals(ctx, { ...taking, seen }, quiet);
  expect(await rowOf(swapped)).toMatchObject({ longitude: '121.3', latitude: '31.2', coordinateSystem: 'gcj02' });
});

test('days of any kind that can not be are found with the reason; the end before the beginning is turned', async () => {
  const owner = await enter({});
  const id = await put(permit, {
    enterpriseId: owner,
    managementClass: 'simplified',
    validFrom: '2029-05-01',
    validTo: '2024-05-01',
  });
  const late = await put(permit, { enterpriseId: owner, managementClass: 'key', issueDate: addDays(ctx.today(), 3) });
  const rows = await found('permit.days');
  expect(rows.map((row) => row.id).sort()).toEqual([id, late].sort());
  expect(rows.find((row) => row.id === id)?.says).toContain('有效期至早于有效期自');
  expect(rows.find((row) => row.id === late)?.says).toContain('还没有到');
  const { seen } = await previewProposals(ctx, { check: 'permit.days', ids: [id] }, quiet);
  await takeProposals(ctx, { check: 'permit.days', ids: [id], seen }, quiet);
  expect(await ctx.store.read.get(permit, id)).toMatchObject({ validFrom: '2024-05-01', validTo: '2029-05-01' });
});

test('a kind that an import guessed is found until somebody verifies the file, or undoes the import', async () => {
  const t = await openDesk();
  try {
    const rows = async () => (await qualityRows(t.ctx, { check: 'objectKindGuessed', page: FIRST })).rows;
    const done = await bring(t.ctx, [
      sheet([
        ['单位名称', '统一社会信用代码'],
        ['青禾镇老张汽车修理厂', makeCode('1')],
      ]),
    ]);
    expect(await rows()).toMatchObject([{ title: '青禾镇老张汽车修理厂' }]);
    const id = (await rows())[0]?.id ?? '';
    const { actionId } = await verifySection(t.ctx, id, 'basic', '');
    expect(await rows()).toEqual([]);
    await t.ctx.store.undo(actionId, '周敏');
    expect(await rows()).toHaveLength(1);
    await t.ctx.store.undo(done.done.actionId, '周敏');
    expect(await rows()).toEqual([]);
  } finally {
    await t.close();
  }
});

test('contacts that nobody verified for 180 days and hints that nobody saw are found, those who left are not', async () => {
  const owner = await enter({});
  const old = addDays(ctx.today(), -181);
  const stale = await put(contact, { enterpriseId: owner, name: '张三', verifiedDate: old });
  await put(contact, { enterpriseId: owner, name: '李四', verifiedDate: addDays(ctx.today(), -179) });
  await put(contact, { enterpriseId: owner, name: '王五', verifiedDate: old, validTo: old });
  expect((await found('contactStale')).map((row) => row.id)).toEqual([stale]);
  const hint = await put(process, { enterpriseId: owner, name: '喷漆', unseen: true });
  expect((await found('process.unseen')).map((row) => row.id)).toEqual([hint]);
});

test('many rows are changed at once: what is refused is named with the reason, one undo gives everything back', async () => {
  const village = await put(area, { level: 'village', name: '石皮弄村', parentId: towns[0] });
  const here = [await enter({}), await enter({})];
  const there = await enter({ townId: towns[1] });
  const already = await enter({ villageId: village });
  const before = await dump();
  const edit = { kind: 'enterprise', filter: [], values: { villageId: village } };
  const preview = await previewEdit(ctx, edit, quiet);
  expect(preview).toMatchObject({ total: 4, changed: 2, same: 1 });
  expect(preview.rows.map((row) => row.id).sort()).toEqual([...here].sort());
  expect(preview.rows[0]?.fields).toEqual([{ label: '村居', old: '', new: '石皮弄村' }]);
  expect(preview.refused).toMatchObject([{ count: 1, sentence: expect.stringContaining('不属于所选街镇') }]);
  const { actionId } = await applyEdit(ctx, { ...edit, seen: preview.seen }, quiet);
  for (const id of here) expect(await rowOf(id)).toMatchObject({ villageId: village });
  expect(await rowOf(there)).toMatchObject({ villageId: null });
  expect(await rowOf(already)).toMatchObject({ villageId: village });
  await ctx.store.undo(actionId, '周敏');
  expect(await dump()).toBe(before);
});

test('rows of a child kind are changed at once, and nothing is written over what changed since the preview', async () => {
  const owner = await enter({});
  const ids = [
    await put(contact, { enterpriseId: owner, name: '张三' }),
    await put(contact, { enterpriseId: owner, name: '李四' }),
  ];
  const edit = { kind: 'contact', filter: [], values: { verifiedDate: ctx.today() } };
  const preview = await previewEdit(ctx, edit, quiet);
  expect(preview).toMatchObject({ changed: 2, refused: [] });
  await act(ctx, '改', 'form', async (tx) => {
    await tx.update(contact, ids[0] as string, { verifiedDate: '2026-01-01' } as never);
  });
  await expect(applyEdit(ctx, { ...edit, seen: preview.seen }, quiet)).rejects.toMatchObject({
    data: { sentence: expect.stringContaining('请重新预览') },
  });
  expect(await ctx.store.read.get(contact, ids[1] as string)).toMatchObject({ verifiedDate: null });
  const { seen } = await previewEdit(ctx, edit, quiet);
  expect(await applyEdit(ctx, { ...edit, seen }, quiet)).toMatchObject({ changed: 2, refused: 0 });
  await expect(
    previewEdit(ctx, { kind: 'contact', filter: [], values: { name: '赵六' } }, quiet),
  ).rejects.toMatchObject({ data: { sentence: expect.stringContaining('不能批量修改') } });
  await expect(
    previewEdit(ctx, { kind: 'contact', filter: [], values: { verifiedDate: addDays(ctx.today(), 2) } }, quiet),
  ).resolves.toMatchObject({ changed: 0, refused: [{ count: 2, sentence: '核实日期不能晚于今天' }] });
});

test('two files are made one by choices; name and values of the other stay findable, undo gives the store back', async () => {
  const [one, other] = [
    await enter({ name: '上海海明科技有限公司', creditCode: codeOf('31'), address: '甲路1号', employees: 12 }),
    await enter({ name: '海明科技', creditCode: codeOf('31'), address: '乙路2号', legalRep: '王五', employees: 30 }),
  ];
  await put(contact, { enterpriseId: one, name: '张三' });
  await put(contact, { enterpriseId: other, name: '李四' });
  const before = await dump();
  const sides = await mergeSides(ctx, { id: one, otherId: other });
  expect(sides.choices.map((choice) => choice.label)).toEqual(['单位名称', '生产经营地址', '职工人数']);
  expect(sides.parts).toContainEqual({ label: '联系人', counts: [1, 1] });
  const { actionId, shownId } = await mergeEnterprises(ctx, {
    id: one,
    otherId: other,
    keepId: one,
    take: ['employees'],
    undo: false,
  });
  expect(await rowOf(shownId)).toMatchObject({
    name: '上海海明科技有限公司',
    address: '甲路1号',
    legalRep: '王五',
    employees: 30,
  });
  const former = await ctx.store.read.find(formerName, { enterpriseId: shownId });
  expect(former.map((row) => row.name)).toEqual(['海明科技']);
  expect((await ctx.store.read.find(contact, { enterpriseId: shownId })).length).toBe(2);
  expect(await countOf('suspectedDuplicate')).toBe(0);
  await ctx.store.undo(actionId, '周敏');
  expect(await dump()).toBe(before);
  expect(await countOf('suspectedDuplicate')).toBe(2);
});

test('whatever two files say and whichever is chosen, merging and undoing gives the same store', async () => {
  let seed = 20261201;
  const below = (n: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const one = <T>(...of: readonly T[]): T => of[below(of.length)] as T;
  const file = (code: string): Record<string, unknown> => ({
    creditCode: code,
    name: one('上海海明科技有限公司', '海明科技', '上海海明五金厂'),
    address: one(null, '甲路1号', '乙路2号'),
    employees: one(null, 12, 30),
    scale: one(null, 'small', 'micro'),
    operatingStatus: one('operating', 'suspended', 'unknown'),
    operatingStatusDate: one(null, '2026-01-05'),
    ...one<Record<string, unknown>>(
      {},
      { longitude: '121.3', latitude: '31.2', coordinateSystem: 'wgs84' },
      { longitude: '121.4', latitude: '31.1', coordinateSystem: 'gcj02' },
    ),
    suspectedDuplicate: below(2) === 1,
  });
  for (let round = 0; round < 12; round += 1) {
    const code = codeOf(`8${round}`);
    const [id, otherId] = [await enter(file(code)), await enter(file(code))];
    for (const enterpriseId of [id, otherId].slice(below(3)))
      await put(contact, { enterpriseId, name: one('张三', '李四') });
    const before = await dump();
    const { choices } = await mergeSides(ctx, { id, otherId });
    const take = choices.flatMap(({ name }) => (below(2) === 1 ? [name] : []));
    const keepId = one(id, otherId);
    const [kept, other] = [await rowOf(keepId), await rowOf(keepId === id ? otherId : id)];
    const { actionId, shownId } = await mergeEnterprises(ctx, { id, otherId, keepId, take, undo: false });
    const shown = await rowOf(shownId);
    for (const { name } of choices)
      expect(shown?.[name], `round ${round}, ${name}`).toEqual((take.includes(name) ? other : kept)?.[name]);
    await ctx.store.undo(actionId, '周敏');
    expect(await dump(), `round ${round}`).toBe(before);
  }
});

test('two sites of one legal person are never made one', async () => {
  const code = codeOf('32');
  const [one, other] = [await enter({ creditCode: code }), await enter({ creditCode: code, siteNo: '002' })];
  await expect(mergeEnterprises(ctx, { id: one, otherId: other, keepId: one, undo: false })).rejects.toMatchObject({
    data: { sentence: expect.stringContaining('两个厂区') },
  });
});
