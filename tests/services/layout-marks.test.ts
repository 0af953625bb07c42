// Marks on the layout picture: inside of it, of one thing each, of the own enterprise; taken back like anything else.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableRecord } from '../../contract/records.ts';
import type { Values } from '../../contract/shared.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { dossierData } from '../../services/enterprises/index.ts';
import { historyOf, undoAction } from '../../services/history/index.ts';
import { createRecord, listRecords, updateRecord } from '../../services/records/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desks, makePair, take } from '../support/handoff-desks.ts';
import { testPhoto } from '../support/photos.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let [metal, plastic, picture, outlet] = ['', '', '', ''];
const add = (kind: WritableRecord, values: Values) => createRecord(t.ctx, kind, values);
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇', '村居'],
      ['上海川岚金属制品有限公司', '青禾镇', '东禾村'],
      ['上海绿屏塑料制品有限公司', '青禾镇', '东禾村'],
    ]),
  ]);
  [metal, plastic] = (await onFile(t.ctx)).map((row) => String(row.id)) as [string, string];
  const file = { ownerEntity: 'enterprise', ownerId: metal, name: '布置图.jpg', kind: 'layout' };
  picture = (await addAttachment(t.ctx, { ...file, bytes: await testPhoto(600, 400) })).id;
  outlet = (await add('outlet', { enterpriseId: metal, code: 'DW001', medium: 'wastewater' })).id;
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

test('a mark lies inside of a layout picture of its own enterprise, stands for one thing, and for each once', async () => {
  const mark = { enterpriseId: metal, attachmentId: picture, x: '0.25', y: '0.5', outletId: outlet };
  await expect(add('layoutMark', { ...mark, x: '1.01' })).rejects.toThrow('标注要放在图内');
  await expect(add('layoutMark', { ...mark, outletId: null })).rejects.toThrow('请选一个排放口');
  const other = (await add('outlet', { enterpriseId: plastic, code: 'DA001', medium: 'air' })).id;
  await expect(add('layoutMark', { ...mark, outletId: other })).rejects.toThrow('不属于同一企业');
  await expect(add('layoutMark', { ...mark, enterpriseId: plastic, outletId: other })).rejects.toThrow(
    '所选的平面布置图不是这家企业的',
  );
  await add('layoutMark', mark);
  await expect(add('layoutMark', mark)).rejects.toThrow('已有');
});

test('the dossier draws the marks where they stand, by the number of the outlet; taken back, they are gone', async () => {
  const mark = { enterpriseId: metal, attachmentId: picture, x: '0.2500', y: '0.5', outletId: outlet };
  const { actionId } = await add('layoutMark', mark);
  const { data, points, photos } = await dossierData(t.ctx, metal);
  expect(points).toEqual({ [picture]: [{ x: 0.25, y: 0.5, label: 'DW001' }] });
  expect(photos[picture]?.length).toBeGreaterThan(0);
  const section = data.sections.find((one) => one.drawings.length > 0);
  expect([section?.title, section?.drawings[0]?.id]).toEqual(['生产情况', picture]);
  expect(data.sections.flatMap((one) => one.photos)).toEqual([]);
  await undoAction(t.ctx, actionId ?? '');
  expect((await dossierData(t.ctx, metal)).points[picture]).toEqual([]);
});

test('picture and marks travel with their enterprise: the other office prints the same', async () => {
  const desks = new Desks();
  try {
    const { a, b, id } = await makePair(desks);
    const file = { ownerEntity: 'enterprise', ownerId: id, name: '布置图.jpg', kind: 'layout' };
    const { id: attachmentId } = await addAttachment(a, { ...file, bytes: await testPhoto(600, 400) });
    const outletId = (await createRecord(a, 'outlet', { enterpriseId: id, code: 'DA001', medium: 'air' })).id;
    const at = { enterpriseId: id, attachmentId, x: '0.1', y: '0.9' };
    const mark = (await createRecord(a, 'layoutMark', { ...at, outletId })).id;
    await take(b, (await desks.send(a, b)).folder);
    const { points, photos } = await dossierData(b, id);
    expect(points).toEqual({ [attachmentId]: [{ x: 0.1, y: 0.9, label: 'DA001' }] });
    expect(photos[attachmentId]?.length).toBeGreaterThan(0);
    // Moved there, it comes back to where it was moved; the history says so.
    await updateRecord(b, 'layoutMark', mark, { x: '0.25' });
    await take(a, (await desks.send(b, a)).folder);
    expect((await dossierData(a, id)).points[attachmentId]).toEqual([{ x: 0.25, y: 0.9, label: 'DA001' }]);
    const said = (await historyOf(a, mark, false, 50)).flatMap((row) => row.fields.map((field) => field.after));
    expect(said).toContain('0.25');
  } finally {
    await desks.close();
  }
});

test('rows of one outlet are listed alone', async () => {
  const second = (await add('outlet', { enterpriseId: metal, code: 'DA001', medium: 'air' })).id;
  for (const [outletId, pollutant] of [
    [outlet, '氨氮'],
    [second, '颗粒物'],
  ] as const)
    await add('monitoringPlan', { enterpriseId: metal, outletId, pollutant, frequency: 'yearly' });
  const asked = { entity: 'monitoringPlan', parentId: metal, text: '', withDeleted: false, sort: null } as const;
  const page = { offset: 0, limit: 10 };
  const { rows } = await listRecords(t.ctx, { ...asked, of: { field: 'outletId', id: second }, page });
  expect(rows.map((row) => row.values.pollutant)).toEqual(['颗粒物']);
});
