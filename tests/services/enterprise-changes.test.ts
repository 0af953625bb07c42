// Changing and removing enterprises from the list: each of many is checked as it would be alone, and work on one is never lost with it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UNASSIGNED_AREA } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { binEnterprises, createEnterprise, updateEnterprise } from '../../services/enterprises/index.ts';
import { createFinding } from '../../services/findings/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { startVisit } from '../../services/visits/index.ts';
import { editMany } from '../support/edit-many.ts';
import { onFile, openDesk, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const area = async (level: string, name: string, parentId: string | null = null): Promise<string> =>
  (await createRecord(t.ctx, 'area', { level, name, parentId })).id;
const enter = async (name: string, townId: string): Promise<string> =>
  (await createEnterprise(t.ctx, { name, townId, objectKind: 'car_repair' })).id;
const said = (words: RegExp) => ({ code: 'REFUSED', data: { sentence: expect.stringMatching(words) as string } });
const nowhere = '01890000-0000-7000-8000-000000000000';

test('a village of another town is refused for many as for one: those stay, with the reason, and the others change', async () => {
  const [here, there] = [await area('town', '华漕镇'), await area('town', '七宝镇')];
  const village = await area('village', '许浦村', here);
  const ids = [
    await enter('上海甲修理厂', here),
    await enter('上海乙修理厂', there),
    await enter('上海丙修理厂', there),
  ];
  const { preview, done } = await editMany(t.ctx, 'enterprise', ids, { villageId: village });
  expect(preview.refused).toEqual([
    {
      count: 2,
      sentence: expect.stringMatching(/许浦村不属于所选街镇/) as string,
      titles: ['上海丙修理厂', '上海乙修理厂'],
    },
  ]);
  expect(done).toMatchObject({ changed: 1, refused: 2 });
  expect((await onFile(t.ctx)).map((row) => row.village).sort()).toEqual(['许浦村', null, null].sort());
  await expect(editMany(t.ctx, 'enterprise', ids, { responsibleStaffId: nowhere })).rejects.toMatchObject(
    said(/没有要改的/),
  );
});

test('a village brings its town to those whose town is not known', async () => {
  const village = await area('village', '许浦村', await area('town', '华漕镇'));
  const id = await enter('上海甲修理厂', await area('town', UNASSIGNED_AREA));
  await editMany(t.ctx, 'enterprise', [id], { villageId: village });
  expect(await onFile(t.ctx)).toMatchObject([{ town: '华漕镇', village: '许浦村' }]);
});

test('a status from a form claims no source that nobody gave: no telephone call, no word of the client', async () => {
  const town = await area('town', '华漕镇');
  const id = await enter('上海甲修理厂', town);
  const basis = async () => (await t.ctx.store.read.get(enterprise, id))?.operatingStatusBasis;
  expect(await basis()).toBeNull();
  await updateEnterprise(t.ctx, id, { operatingStatus: 'operating' });
  expect(await basis()).toBeNull();
  await updateEnterprise(t.ctx, id, { operatingStatusBasis: 'notice' });
  await editMany(t.ctx, 'enterprise', [id], { operatingStatus: 'closed' });
  expect(await basis()).toBeNull();
  await updateEnterprise(t.ctx, id, { operatingStatus: 'operating', operatingStatusBasis: 'phone' });
  expect(await basis()).toBe('phone');
});

test('an enterprise neither stands in itself nor grew out of itself', async () => {
  const town = await area('town', '华漕镇');
  const [id, host] = [await enter('上海甲修理厂', town), await enter('上海某产业园', town)];
  await expect(updateEnterprise(t.ctx, id, { hostEnterpriseId: id })).rejects.toMatchObject({
    code: 'INVALID',
    data: { sentence: expect.stringContaining('不能是它自己') as string },
  });
  await expect(updateEnterprise(t.ctx, id, { expandedFromId: id })).rejects.toMatchObject({
    code: 'INVALID',
    data: { sentence: expect.stringContaining('不能是它自己') as string },
  });
  await updateEnterprise(t.ctx, id, { hostEnterpriseId: host });
});

test('an enterprise with visits, findings or trainings is closed or merged, not put into the bin', async () => {
  const town = await area('town', '华漕镇');
  const [visited, found, trained, untouched] = [
    await enter('上海甲修理厂', town),
    await enter('上海乙修理厂', town),
    await enter('上海丙修理厂', town),
    await enter('上海丁修理厂', town),
  ];
  await startVisit(t.ctx, { enterpriseId: visited, roundTargetId: null, purposes: ['routine'] });
  await createFinding(t.ctx, { enterpriseId: found, description: '废漆桶露天堆放' }, []);
  const { id: trainingId } = await createRecord(t.ctx, 'training', {
    title: '危废培训',
    date: '2026-11-10',
    kind: 'general',
    mode: 'on_site',
  });
  await createRecord(t.ctx, 'trainingAttendance', { trainingId, enterpriseId: trained, personName: '王建国' });
  await expect(binEnterprises(t.ctx, [untouched, visited, found, trained], true)).rejects.toMatchObject(
    said(/“上海甲修理厂”等 3 家已有记录（现场检查 1）.*关停.*合并/),
  );
  expect(await onFile(t.ctx)).toHaveLength(4);
  await binEnterprises(t.ctx, [untouched], true);
  expect(await onFile(t.ctx)).toHaveLength(3);
  await binEnterprises(t.ctx, [untouched], false);
  expect(await onFile(t.ctx)).toHaveLength(4);
});
