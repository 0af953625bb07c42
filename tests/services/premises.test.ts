// Who shares premises with whom, and papers of one legal person: by reference, never a copy, and nothing of anybody else.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { addAttachment, filesOfSites, listAttachments, removeAttachment } from '../../services/attachments/index.ts';
import { act } from '../../services/context.ts';
import { binEnterprises, dossierData, getEnterprise, insertEnterprise } from '../../services/enterprises/index.ts';
import { listIds } from '../../services/lists/index.ts';
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
  expect(names((await getEnterprise(t.ctx, of('楼宇'))).tenants)).toEqual(['租户']);
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
