// One record of each shape, from its definition to trigger, history and undo.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachment } from '../../domain/attachments/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { cateringBlock } from '../../domain/enterprises/blocks.ts';
import { finding, findingLaw, findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { staff } from '../../domain/identity/entities.ts';
import { law, legalBasis } from '../../domain/knowledge/entities.ts';
import { visit, visitPurpose } from '../../domain/visits/entities.ts';
import { changesOf, changesOfAction, naturalId } from '../../db/index.ts';
import { act, countOf, logOf, openTestStore, seedEnterprise, TAG, type TestStore } from '../support/store.ts';

let t: TestStore;
beforeEach(async () => {
  t = await openTestStore();
});
afterEach(async () => {
  await t.close();
});

const UUID5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A finding of an enterprise with a visit, inside an action. */
async function seedFinding(): Promise<{ enterpriseId: string; visitId: string; findingId: string }> {
  const e = await seedEnterprise(t.store);
  const { value } = await act(t.store, async (tx) => {
    const v = await tx.insert(visit, { no: 'V1', enterpriseId: e.id, date: '2026-03-02' });
    const f = await tx.insert(finding, {
      no: 'F1',
      enterpriseId: e.id,
      visitId: v.id,
      foundDate: '2026-03-02',
      description: '危废未分类贮存',
    });
    return { visitId: v.id, findingId: f.id };
  });
  return { enterpriseId: e.id, ...value };
}

test('plain: a create logs the given values in its own stream, an update only what changed with its basis, undo restores', async () => {
  const e = await seedEnterprise(t.store, { employees: 52, isModelEnterprise: true });
  expect(e.id).toMatch(UUID7);
  const { actionId } = await act(
    t.store,
    async (tx) =>
      await tx.update(enterprise, e.id, { employees: 60, name: '上海海明新材料有限公司', legalRep: '张建华' }),
  );
  const [create, update] = await logOf(t.store, e.id);
  expect(create).toMatchObject({
    kind: 'c',
    tbl: 'enterprise',
    stream: e.id,
    n: 1,
    actor: '甲',
    src: 'form',
    tag: TAG,
  });
  expect(create?.body).toMatchObject({
    name: '上海海明科技有限公司',
    employees: 52,
    isModelEnterprise: 1,
    isFactoryInFactory: 0,
  });
  expect(Object.keys(create?.body ?? {})).not.toEqual(expect.arrayContaining(['deletedAt']));
  expect(
    Object.keys(create?.body ?? {}).filter((f) => ['nameKey', 'pinyin', 'completeness', 'legalRep'].includes(f)),
  ).toEqual([]);
  const birth = `${TAG}:1`;
  expect(update).toMatchObject({
    kind: 'u',
    n: 2,
    body: { employees: [60, [birth]], name: ['上海海明新材料有限公司', [birth]], legalRep: ['张建华', [birth]] },
  });
  expect(Object.keys(update?.body ?? {}).sort()).toEqual(['employees', 'legalRep', 'name']);
  expect((await changesOf(t.store.read, [e.id])).at(-1)?.fields).toEqual(
    expect.arrayContaining([
      { field: 'employees', before: 52, after: 60 },
      { field: 'legalRep', before: null, after: '张建华' },
    ]),
  );
  await t.store.undo(actionId, '乙');
  expect(await t.store.read.get(enterprise, e.id)).toMatchObject({
    employees: 52,
    name: '上海海明科技有限公司',
    legalRep: null,
  });
  // The next basis is the operation that wrote the shown value.
  expect((await logOf(t.store, e.id)).at(-1)).toMatchObject({ n: 3, body: { employees: [52, [`${TAG}:2`]] } });
});

test('children: a contact of a company goes to the companion stream of personal data, numbered on its own', async () => {
  const e = await seedEnterprise(t.store);
  const { value: c, actionId } = await act(
    t.store,
    async (tx) =>
      await tx.insert(contact, { enterpriseId: e.id, name: '李海燕', mobile: '13800006021', isPrimary: true }),
  );
  const [op] = await logOf(t.store, c.id);
  expect(op).toMatchObject({ stream: `${e.id}/p`, n: 1, kind: 'c', body: { name: '李海燕', isPrimary: 1 } });
  expect((await changesOfAction(t.store.read, actionId)).map((x) => x.entity)).toEqual(['contact']);
  await t.store.undo(actionId, '乙');
  expect((await t.store.read.get(contact, c.id))?.deletedAt).not.toBeNull();
  expect(await t.store.read.find(contact, { enterpriseId: e.id })).toEqual([]);
});

test('children: records that follow an enterprise share its stream, also through a second reference', async () => {
  const { enterpriseId, visitId, findingId } = await seedFinding();
  expect((await logOf(t.store, visitId))[0]?.stream).toBe(enterpriseId);
  expect((await logOf(t.store, findingId))[0]?.stream).toBe(enterpriseId);
  // Moving a finding to another enterprise changes a field, not its home.
  const other = await seedEnterprise(t.store, { name: '另一家' });
  await act(t.store, async (tx) => await tx.update(finding, findingId, { enterpriseId: other.id }));
  expect((await logOf(t.store, findingId)).at(-1)?.stream).toBe(enterpriseId);
});

test('shared records without an enterprise live in stream g', async () => {
  const { value } = await act(t.store, async (tx) => await tx.insert(staff, { name: '陈思远', role: 'inspector' }));
  expect((await logOf(t.store, value.id))[0]?.stream).toBe('g');
});

test('set: a link has the id of its pair, re-adding after removal restores the same row', async () => {
  const { visitId } = await seedFinding();
  const id = naturalId(visitPurpose, visitId, 'routine');
  await act(t.store, async (tx) => await tx.setMembers(visitPurpose, visitId, ['routine', 'special']));
  expect(id).toMatch(UUID5);
  const links = (await t.store.read.find(visitPurpose, { visitId } as never)) as unknown as {
    id: string;
    purpose: string;
  }[];
  expect(links.map((l) => l.purpose).sort()).toEqual(['routine', 'special']);
  expect(links.find((l) => l.purpose === 'routine')?.id).toBe(id);
  await act(t.store, async (tx) => await tx.setMembers(visitPurpose, visitId, ['special']));
  expect(await countOf(t.store, 'visit_purpose')).toBe(2);
  expect((await t.store.read.get(visitPurpose, id))?.deletedAt).not.toBeNull();
  const { actionId } = await act(
    t.store,
    async (tx) => await tx.setMembers(visitPurpose, visitId, ['special', 'routine']),
  );
  expect(await countOf(t.store, 'visit_purpose')).toBe(2);
  expect((await t.store.read.get(visitPurpose, id))?.deletedAt).toBeNull();
  expect((await changesOf(t.store.read, [id])).map((c) => c.kind)).toEqual(['create', 'delete', 'restore']);
  await t.store.undo(actionId, '乙');
  expect((await t.store.read.get(visitPurpose, id))?.deletedAt).not.toBeNull();
});

test('set: legal bases of a finding follow its stream; the same members again write nothing', async () => {
  const { enterpriseId, findingId } = await seedFinding();
  const basis = await t.store.withoutCapture(async (tx) => {
    const l = await tx.insert(law, { code: 'L1', title: '固体废物污染环境防治法' });
    return await tx.insert(legalBasis, {
      code: 'L1-1',
      lawId: l.id,
      no: '79',
      label: '第七十九条',
      kind: 'duty',
      summary: '分类贮存',
      confidence: 'verified',
    });
  });
  await act(t.store, async (tx) => await tx.setMembers(findingLaw, findingId, [basis.id]));
  const seq = await t.store.read.lastOperation();
  await act(t.store, async (tx) => await tx.setMembers(findingLaw, findingId, [basis.id, basis.id]));
  expect(await t.store.read.lastOperation()).toBe(seq);
  expect((await logOf(t.store, naturalId(findingLaw, findingId, basis.id))).map((o) => [o.kind, o.stream])).toEqual([
    ['c', enterpriseId],
  ]);
});

test('extension: put twice is one row, whose second writing is an update; put after removal brings it back', async () => {
  const e = await seedEnterprise(t.store);
  const put = async (values: object) =>
    (await act(t.store, async (tx) => await tx.put(cateringBlock, { enterpriseId: e.id, ...values } as never)))
      .value as { id: string };
  const first = await put({ stoves: 3, seats: 40 });
  const second = await put({ stoves: 4 });
  expect(second.id).toBe(first.id);
  expect(first.id).toMatch(UUID5);
  expect(await countOf(t.store, 'catering_block')).toBe(1);
  expect(await t.store.read.get(cateringBlock, first.id)).toMatchObject({ stoves: 4, seats: 40 });
  expect((await logOf(t.store, first.id)).map((o) => [o.kind, o.stream])).toEqual([
    ['c', e.id],
    ['u', e.id],
  ]);
  await act(t.store, async (tx) => {
    await tx.remove(cateringBlock, first.id);
  });
  await put({ seats: 44 });
  expect(await t.store.read.get(cateringBlock, first.id)).toMatchObject({ stoves: 4, seats: 44, deletedAt: null });
});

test('steps: append-only steps with their predecessors decide the state of a finding', async () => {
  const { enterpriseId, findingId } = await seedFinding();
  const at = '2026-03-02T08:00:00.000Z';
  const { value } = await act(t.store, async (tx) => {
    const a = (await tx.insert(findingStep, {
      findingId,
      event: 'issue',
      from: 'draft',
      to: 'open',
      date: '2026-03-02',
      at,
      by: '甲',
      deadline: '2026-03-17',
    } as never)) as { id: string };
    const b = (await tx.insert(findingStep, {
      findingId,
      event: 'report',
      from: 'open',
      to: 'submitted',
      date: '2026-03-10',
      at,
      by: '甲',
    } as never)) as { id: string };
    await tx.setMembers(findingStepPrev, b.id, [a.id]);
    return { a: a.id, b: b.id };
  });
  expect(await t.store.read.get(finding, findingId)).toMatchObject({
    status: 'submitted',
    deadline: '2026-03-17',
    issuedDate: '2026-03-02',
  });
  expect((await logOf(t.store, value.b))[0]?.stream).toBe(enterpriseId);
  expect((await logOf(t.store, naturalId(findingStepPrev, value.b, value.a)))[0]?.stream).toBe(enterpriseId);
  const { actionId } = await act(t.store, async (tx) => {
    const c = (await tx.insert(findingStep, {
      findingId,
      event: 'verify_pass',
      from: 'submitted',
      to: 'closed',
      date: '2026-03-12',
      at,
      by: '乙',
    } as never)) as { id: string };
    await tx.setMembers(findingStepPrev, c.id, [value.b]);
  });
  expect(await t.store.read.get(finding, findingId)).toMatchObject({
    status: 'closed',
    closedDate: '2026-03-12',
    closeReason: 'verified',
  });
  await t.store.undo(actionId, '乙');
  expect(await t.store.read.get(finding, findingId)).toMatchObject({
    status: 'submitted',
    closedDate: null,
    closeReason: null,
  });
});

test('attachment: its facts follow the stream of whatever owns it, its bytes are stored once', async () => {
  const { enterpriseId, findingId } = await seedFinding();
  const bytes = new TextEncoder().encode('一份资料');
  const blob = await t.store.blobs.addBytes(bytes);
  expect(await t.store.blobs.addBytes(bytes)).toEqual(blob);
  const { value } = await act(
    t.store,
    async (tx) =>
      await tx.insert(attachment, {
        ownerEntity: 'finding',
        ownerId: findingId,
        kind: 'document',
        name: '台账.pdf',
        sha256: blob.sha256,
        mime: 'application/pdf',
        size: blob.size,
      }),
  );
  expect((await logOf(t.store, value.id))[0]).toMatchObject({
    stream: enterpriseId,
    body: { sha256: blob.sha256, size: blob.size },
  });
  expect(await t.store.blobs.read(blob.sha256)).toEqual(Buffer.from(bytes));
});

test('derived: the renewal day of a permit is stored and kept true, but never logged', async () => {
  const e = await seedEnterprise(t.store);
  const { value } = await act(
    t.store,
    async (tx) => await tx.insert(permit, { enterpriseId: e.id, managementClass: 'simplified', validTo: '2027-03-02' }),
  );
  expect(await t.store.read.get(permit, value.id)).toMatchObject({ renewDueDate: '2027-01-01' });
  const { actionId } = await act(t.store, async (tx) => await tx.update(permit, value.id, { validTo: '2028-03-02' }));
  expect(await t.store.read.get(permit, value.id)).toMatchObject({ renewDueDate: '2028-01-02' });
  await t.store.undo(actionId, '乙');
  expect(await t.store.read.get(permit, value.id)).toMatchObject({ validTo: '2027-03-02', renewDueDate: '2027-01-01' });
  for (const op of await logOf(t.store, value.id)) expect(Object.keys(op.body)).not.toContain('renewDueDate');
});
