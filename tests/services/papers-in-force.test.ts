// Of several permits or plans the one that runs longest counts, on every page and paper alike.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emergencyPlan, hazWasteProfile, permit } from '../../domain/formalities/entities.ts';
import { otherLicence } from '../../domain/formalities/licences.ts';
import { wasteStream } from '../../domain/waste/streams.ts';
import { act } from '../../services/context.ts';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { todayPage } from '../../services/today/index.ts';
import { recordData, startVisit } from '../../services/visits/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';
import { listed } from '../support/listed.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

test('a permit that was renewed is not overdue, though the old one was typed in later', async () => {
  const { ctx } = t;
  const id = (await makeEnterprises(ctx, { 上海某电镀有限公司: {} }))['上海某电镀有限公司'] ?? '';
  await act(ctx, '许可', 'form', async (tx) => {
    for (const [number, managementClass, validTo] of [
      ['新证', 'simplified', '2031-01-01'],
      ['旧证', 'key', '2026-01-01'],
    ] as const)
      await tx.insert(permit, { enterpriseId: id, number, managementClass, validTo });
    for (const filingDate of ['2026-03-01', '2020-03-01'])
      await tx.insert(emergencyPlan, { enterpriseId: id, filingDate });
  });
  expect((await todayPage(ctx, false)).groups.find((g) => g.id === 'expiring')).toBeUndefined();
  expect((await getEnterprise(ctx, id)).head.papers.expiring).toEqual([]);
  expect((await listed(ctx, 'enterprise')).rows[0]?.values).toMatchObject({
    permitClass: 'simplified',
    permitValidTo: '2031-01-01',
  });
  expect((await listed(ctx, 'enterprise', 'permitExpiring:90')).total).toBe(0);
  const visit = await startVisit(ctx, { enterpriseId: id, roundTargetId: null, purposes: ['routine'] });
  expect((await recordData(ctx, visit.id)).data.enterprise).toMatchObject({
    permitClass: '简化管理',
    permitNo: '新证',
    permitEnd: '2031-01-01',
  });
});

test('a permit and a plan that nobody renewed are told with the days since, at enterprises that are still there', async () => {
  const { ctx } = t;
  const ids = await makeEnterprises(ctx, { 上海甲有限公司: {}, 上海关停有限公司: { operatingStatus: 'closed' } });
  await act(ctx, '许可', 'form', async (tx) => {
    for (const enterpriseId of Object.values(ids)) {
      await tx.insert(permit, { enterpriseId, number: '旧证', managementClass: 'key', validTo: '2027-01-10' });
      await tx.insert(emergencyPlan, { enterpriseId, filingDate: '2023-11-01' });
    }
  });
  const group = (await todayPage(ctx, false)).groups.find((g) => g.id === 'expiring');
  expect(group?.rows.map((r) => [r.enterpriseName, r.entity, r.day, r.tail, r.tone])).toEqual([
    ['上海甲有限公司', 'emergencyPlan', '2026-11-01', '过期 17 天', 'red'],
    ['上海甲有限公司', 'permit', '2026-11-11', '申请迟 7 天', 'red'],
  ]);
});

test('a licence that a newer one of its kind follows is not told any more, nor a contract that a waste outlives', async () => {
  const { ctx } = t;
  const id = (await makeEnterprises(ctx, { 上海某食堂: {} }))['上海某食堂'] ?? '';
  const licence = (kind: 'drainage' | 'food' | 'other', validTo: string) => ({ enterpriseId: id, kind, validTo });
  await act(ctx, '证照', 'form', async (tx) => {
    for (const [kind, validTo] of [
      ['drainage', '2026-11-30'],
      ['drainage', '2031-11-30'],
      ['food', '2026-12-01'],
      ['other', '2026-12-02'],
      ['other', '2030-01-01'],
    ] as const)
      await tx.insert(otherLicence, licence(kind, validTo));
    await tx.insert(hazWasteProfile, { enterpriseId: id, generates: 'yes', contractEnd: '2026-10-01' });
  });
  const told = async () =>
    (await todayPage(ctx, false)).groups.find((g) => g.id === 'expiring')?.rows.map((r) => [r.entity, r.day]);
  const licences = [
    ['otherLicence', '2026-12-01'],
    ['otherLicence', '2026-12-02'],
  ];
  expect(await told()).toEqual([['hazWasteProfile', '2026-10-01'], ...licences]);
  await act(ctx, '废物', 'form', async (tx) => {
    const waste = { enterpriseId: id, kind: 'hazardous', name: '废活性炭' } as const;
    await tx.insert(wasteStream, { ...waste, contractEnd: '2027-10-01' });
  });
  expect(await told()).toEqual(licences);
});
