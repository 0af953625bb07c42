// At a visit the file stands beside what is seen: corrections carry the visit as their source, differences become findings.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableRecord } from '../../contract/records.ts';
import type { Values } from '../../contract/shared.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { createFinding } from '../../services/findings/index.ts';
import { historyOf } from '../../services/history/index.ts';
import { createRecord, listRecords, updateRecord } from '../../services/records/index.ts';
import { fileCheck, getVisit, startVisit } from '../../services/visits/index.ts';
import { addDays } from '../../domain/values/day.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

const ALL = { text: '', withDeleted: false, sort: null, page: { offset: 0, limit: 10 } };
let t: TestDesk;
let [enterpriseId, visitId] = ['', ''];
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇', '村居', '企业类型', '法定代表人'],
      ['上海川岚金属制品有限公司', '青禾镇', '东禾村', '工业企业', '王建'],
    ]),
  ]);
  enterpriseId = String((await onFile(t.ctx))[0]?.id);
  const given = { enterpriseId, roundTargetId: null, purposes: ['routine' as const], nature: 'service' as const };
  visitId = (await startVisit(t.ctx, given)).id;
});
afterEach(async () => {
  await t.close();
});
const add = async (kind: WritableRecord, values: Values): Promise<string> =>
  (await createRecord(t.ctx, kind, { enterpriseId, ...values })).id;

test('an extra machine is told as a difference to the EIA and becomes a draft finding of the visit', async () => {
  await add('equipment', { name: '数控车床', count: 4, countInEia: 4, inEia: 'yes' });
  const pressId = await add('equipment', { name: '冲床', count: 4, countInEia: 5 });
  expect((await fileCheck(t.ctx, visitId)).differences).toEqual([]);
  await updateRecord(t.ctx, 'equipment', pressId, { count: 6 }, undefined, visitId);
  const extra = { enterpriseId, name: '喷漆房', count: 1, inEia: 'no' };
  await createRecord(t.ctx, 'equipment', extra, visitId);
  const { differences, parts } = await fileCheck(t.ctx, visitId);
  expect(differences.map((one) => one.sentence).sort()).toEqual([
    '生产设备“冲床”现场 6台，环评 5台，多于批准',
    '生产设备“喷漆房”与环评不一致',
  ]);
  for (const kind of ['product', 'material', 'process', 'equipment', 'outlet', 'treatmentFacility', 'wasteStream'])
    expect(parts.map((one) => one.kind)).toContain(kind);
  const [first] = differences;
  const description = first?.sentence ?? '';
  const values = { enterpriseId, visitId, foundDate: t.ctx.today(), description, category: 'formalities' };
  const { id } = await createFinding(t.ctx, { ...values, handlingClass: 'deadline' }, []);
  expect((await fileCheck(t.ctx, visitId)).differences.find((one) => one.sentence === description)?.findingId).toBe(id);
  const page = await getVisit(t.ctx, visitId);
  expect(page.findings.find((one) => one.id === id)).toMatchObject({ status: 'draft', description });
});

test('a phone and a process that are changed on site show old value, new value and the visit', async () => {
  const contactId = await add('contact', { name: '张敏', mobile: '13800000001' });
  const processId = await add('process', { name: '酸洗', pollutionNode: '清洗废水' });
  await updateRecord(t.ctx, 'contact', contactId, { mobile: '13900000002' }, undefined, visitId);
  await updateRecord(t.ctx, 'process', processId, { name: '碱洗' }, undefined, visitId);
  await updateEnterprise(t.ctx, enterpriseId, { legalRep: '李强' }, undefined, visitId);
  const no = String((await getVisit(t.ctx, visitId)).values['no']);
  const changes = (await historyOf(t.ctx, enterpriseId, true, 100)).filter((one) => one.visitId === visitId);
  expect(changes.map((one) => one.source)).toEqual(Array(3).fill(`现场检查 ${no}`));
  const said = changes.flatMap((one) => one.fields.map((f) => `${f.label} ${f.before} → ${f.after}`));
  expect(said).toContain('法定代表人 王建 → 李强');
  expect(said).toContain('工序 酸洗 → 碱洗');
  expect(said.some((text) => text.startsWith('手机 '))).toBe(true);
});

test('whoever was not verified for 180 days is asked for at the visit; the contact before stays on file', async () => {
  const today = t.ctx.today();
  const old = await add('contact', { name: '张敏', verifiedDate: addDays(today, -181) });
  await add('contact', { name: '王芳', verifiedDate: addDays(today, -179) });
  await add('contact', { name: '赵前', validTo: addDays(today, -1), verifiedDate: addDays(today, -900) });
  expect((await fileCheck(t.ctx, visitId)).contacts.map((one) => one.name)).toEqual(['张敏']);
  await updateRecord(t.ctx, 'contact', old, { verifiedDate: today }, undefined, visitId);
  expect((await fileCheck(t.ctx, visitId)).contacts).toEqual([]);
  // Nobody is gone: who left stays with the day until which he was there.
  const kept = await listRecords(t.ctx, { entity: 'contact', parentId: enterpriseId, ...ALL });
  expect(kept.rows.map((row) => row.values['name']).sort()).toEqual(['张敏', '王芳', '赵前'].sort());
});
