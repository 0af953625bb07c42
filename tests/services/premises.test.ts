// Who shares premises with whom, and papers of one legal person: by reference, never a copy, and nothing of anybody else.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { preVisitPaper } from '../../domain/enterprises/pre-visit-paper.ts';
import { permit } from '../../domain/formalities/entities.ts';
import {
  addAttachment,
  filesOfParts,
  filesOfSites,
  listAttachments,
  removeAttachment,
} from '../../services/attachments/index.ts';
import { act } from '../../services/context.ts';
import { binEnterprises, dossierData, getEnterprise, insertEnterprise } from '../../services/enterprises/index.ts';
import { applicabilityIn } from '../../services/knowledge/index.ts';
import { listIds } from '../../services/lists/index.ts';
import { readPaper } from '../../services/papers/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { makeCode, openDesk, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let ids: Record<string, string> = {};
beforeEach(async () => {
  t = await openDesk();
  const { value } = await act(t.ctx, '建档', 'form', async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '青禾镇' });
    const building = await tx.insert(area, { level: 'building', name: '青禾大厦', parentId: town.id });
    const made: Record<string, string> = {};
    const place = { townId: town.id, operatingStatus: 'operating' };
    for (const [name, values] of Object.entries({
      一厂: { creditCode: makeCode('MA1K7'), siteNo: '001' },
      二厂: { creditCode: makeCode('MA1K7'), siteNo: '002' },
      别家: { creditCode: makeCode('MA1K8'), siteNo: '001' },
      楼宇: { objectKind: 'building', buildingId: building.id },
      租户: { buildingId: building.id, roomNo: '302 室' },
      公共区域: { objectKind: 'public_area', buildingId: building.id },
    }))
      made[name] = (await insertEnterprise(tx, { name, ...place, ...values }, '2026-01-05', 'client')).id;
    const sub = { name: '厂内', ...place, hostEnterpriseId: made['一厂'], creditCodeMissingReason: 'not_registered' };
    made['厂内'] = (await insertEnterprise(tx, sub, '2026-01-05', 'client')).id;
    return made;
  });
  ids = value;
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const of = (name: string): string => ids[name] ?? '';
const names = (rows: readonly { name: string }[]): string[] => rows.map((row) => row.name);

test('a host shows what is inside of it, a building its tenants and no other building, a site the other sites', async () => {
  const host = await getEnterprise(t.ctx, of('一厂'));
  expect(host.tenants).toMatchObject([{ name: '厂内', unregistered: true, operatingStatus: 'operating' }]);
  expect(names(host.sites)).toEqual(['二厂']);
  const { tenants } = await getEnterprise(t.ctx, of('楼宇'));
  expect(tenants).toMatchObject([{ name: '租户', objectKind: 'other' }]);
  // A tenant has no tenants because it lies in a building, and another legal person is no site.
  expect((await getEnterprise(t.ctx, of('租户'))).tenants).toEqual([]);
  expect((await getEnterprise(t.ctx, of('别家'))).sites).toEqual([]);
  // Who rents in a building is no factory inside of a factory.
  await act(t.ctx, '租户写明所在', 'form', async (tx) => {
    await tx.update(enterprise, of('租户'), { hostEnterpriseId: of('楼宇') });
  });
  const asked = { kind: 'enterprise', filter: [{ is: 'insideOfAnother' }], sort: null };
  expect(await listIds(t.ctx, asked)).toEqual([of('厂内')]);
  await binEnterprises(t.ctx, [of('厂内')], true);
  expect((await getEnterprise(t.ctx, of('一厂'))).tenants).toEqual([]);
});

test('items about tenants of a building apply by who rents there, and not by who has left', async () => {
  const asks = async (fact: string) =>
    (await applicabilityIn(t.ctx.store.read, t.ctx.resources, of('楼宇')))({ all: [fact] }).applies;
  expect(await asks('building.lab_tenant')).toBeNull();
  const change = (values: Record<string, string>) =>
    act(t.ctx, '改租户', 'form', async (tx) => {
      await tx.update(enterprise, of('租户'), values);
    });
  await change({ objectKind: 'laboratory' });
  expect(await asks('building.lab_tenant')).toBe(true);
  expect(await asks('building.catering_tenant')).toBeNull();
  await change({ operatingStatus: 'relocated' });
  expect(await asks('building.lab_tenant')).toBeNull();
});

test('a paper of the enterprise or of its permit is seen at the other site, one row for all, and goes where it was kept', async () => {
  const bytes = new Uint8Array(Buffer.from('%PDF-1.4 made up'));
  const permitId = (await createRecord(t.ctx, 'permit', { enterpriseId: of('一厂'), managementClass: 'registration' }))
    .id;
  const licence = { ownerEntity: 'enterprise', ownerId: of('一厂'), name: '营业执照.pdf', kind: 'document', bytes };
  const { id } = await addAttachment(t.ctx, licence);
  await addAttachment(t.ctx, { ...licence, ownerEntity: 'permit', ownerId: permitId, name: '排污登记回执.pdf' });
  const seen = await filesOfSites(t.ctx, of('二厂'));
  expect(seen.map((file) => [file.name, file.of, file.site.siteNo])).toEqual([
    ['营业执照.pdf', '企业', '001'],
    ['排污登记回执.pdf', '排污许可', '001'],
  ]);
  expect(await listAttachments(t.ctx, of('二厂'))).toEqual([]);
  expect(await filesOfSites(t.ctx, of('一厂'))).toEqual([]);
  expect(await filesOfSites(t.ctx, of('别家'))).toEqual([]);
  const { data } = await dossierData(t.ctx, of('二厂'));
  const list = data.sections.flatMap((section) => section.tables).find((table) => table.caption === '附件');
  expect(list?.rows.map((row) => row.slice(0, 2))).toEqual([
    ['营业执照.pdf', '来自厂区 001：企业'],
    ['排污登记回执.pdf', '来自厂区 001：排污许可'],
  ]);
  await removeAttachment(t.ctx, id);
  expect(names(await filesOfSites(t.ctx, of('二厂')))).toEqual(['排污登记回执.pdf']);
  // Another code, and it is the legal person's no more.
  await act(t.ctx, '改代码', 'form', async (tx) => {
    await tx.update(enterprise, of('二厂'), { creditCode: makeCode('MA1K9') });
  });
  expect(await filesOfSites(t.ctx, of('二厂'))).toEqual([]);
});

test('the printed file lists the tenants of a building and the other sites, as its page does', async () => {
  const tablesOf = async (name: string) => (await dossierData(t.ctx, of(name))).data.sections[0]?.tables ?? [];
  const said = (tables: Awaited<ReturnType<typeof tablesOf>>, caption: string) =>
    tables.find((table) => table.caption === caption)?.rows;
  expect(said(await tablesOf('楼宇'), '租户')).toEqual([['租户', '302 室', '在产', '0']]);
  const factory = await tablesOf('一厂');
  expect(said(factory, '厂内企业')?.[0]?.[0]).toBe('厂内（未登记）');
  expect(said(factory, '其他厂区')?.[0]?.[0]).toBe('二厂');
  expect(said(await tablesOf('别家'), '其他厂区')).toBe(undefined);
});

test('a row that says nothing is not printed as a row of dashes, and a missing field is named once', async () => {
  await t.ctx.store.withAction({ name: '空许可', actor: '甲', source: 'import' }, async (tx) => {
    await tx.insert(permit, { enterpriseId: of('一厂') } as never);
    await tx.insert(permit, { enterpriseId: of('二厂'), validTo: '2028-09-11' } as never);
  });
  const permitsOf = async (name: string): Promise<number | undefined> =>
    (await dossierData(t.ctx, of(name))).data.sections[1]?.tables.find(({ caption }) => caption === permit.label)?.rows
      .length;
  expect(await permitsOf('一厂')).toBe(0);
  expect(await permitsOf('二厂')).toBe(1);
  const read = async (name: string) => (await readPaper(t.ctx, preVisitPaper, of(name))).data.permit as unknown[];
  expect(await read('一厂')).toEqual([]);
  expect(await read('二厂')).toHaveLength(1);
  const missing = (await getEnterprise(t.ctx, of('一厂'))).completeness.advised.missing.map(({ label }) => label);
  expect(missing).toContain('竣工环保验收类型');
});

test('the contract of a hazardous waste puts the file in order without being asked for twice', async () => {
  const standing = async () =>
    (await getEnterprise(t.ctx, of('一厂'))).head.papers.looked.find(({ label }) => label === '危废合同')?.standing;
  await createRecord(t.ctx, 'wasteStream', {
    enterpriseId: of('一厂'),
    kind: 'general_industrial',
    name: '废铁',
    contractEnd: '2027-03-31',
  });
  expect(await standing()).toBe('unknown');
  await createRecord(t.ctx, 'wasteStream', {
    enterpriseId: of('一厂'),
    kind: 'hazardous',
    name: '污泥',
    contractEnd: '2027-03-31',
  });
  expect(await standing()).toBe('there');
});

test('papers of rows are seen, counted and named among those of the enterprise', async () => {
  const made = await createRecord(t.ctx, 'permit', { enterpriseId: of('一厂'), number: 'P-1', validTo: '2028-09-11' });
  const file = { name: '许可证正本.pdf', kind: 'document', bytes: new TextEncoder().encode('%PDF-1.4'), caption: null };
  await addAttachment(t.ctx, { ...file, ownerEntity: 'permit', ownerId: made.id, originalId: null } as never);
  expect(await filesOfParts(t.ctx, of('一厂'))).toMatchObject([
    { name: '许可证正本.pdf', of: { kind: 'permit', id: made.id, title: 'P-1' } },
  ]);
  expect((await getEnterprise(t.ctx, of('一厂'))).counts.attachment).toBe(1);
  expect(await filesOfParts(t.ctx, of('别家'))).toEqual([]);
});
