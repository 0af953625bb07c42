// Sections of the file that belong together: outlets with limits, what treats them, what was measured, wastes with where they went.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableRecord } from '../../contract/records.ts';
import type { Values } from '../../contract/shared.ts';
import { getEnterprise, timelineOf } from '../../services/enterprises/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { createRecord, getRecord, referenceOptions, updateRecord } from '../../services/records/index.ts';
import { todayPage } from '../../services/today/index.ts';
import { addDays } from '../../domain/values/day.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let [metal, plastic] = ['', ''];
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
});
afterEach(async () => {
  await t.close();
});

const add = async (kind: WritableRecord, values: Values): Promise<string> =>
  (await createRecord(t.ctx, kind, values)).id;
const valuesOf = async (kind: WritableRecord, id: string): Promise<Values> => (await getRecord(t.ctx, kind, id)).values;

test('a result takes the limit of its outlet, is judged by it exactly, and one over it is told in the story', async () => {
  const outletId = await add('outlet', { enterpriseId: metal, code: 'DW001', medium: 'wastewater' });
  await add('outletLimit', { outletId, pollutant: '化学需氧量', high: '500', unit: 'mg_L' });
  const result = { enterpriseId: metal, outletId, date: '2026-10-12', pollutant: '化学需氧量', unit: 'mg_L' };
  const over = await add('monitoringRecord', { ...result, value: '500.01' });
  expect(await valuesOf('monitoringRecord', over)).toMatchObject({
    limitHigh: '500',
    limitUnit: 'mg_L',
    judgement: 'exceeds',
  });
  const kept = await add('monitoringRecord', { ...result, date: '2026-04-12', value: '500' });
  expect((await valuesOf('monitoringRecord', kept)).judgement).toBe('within');
  const own = await add('monitoringRecord', { ...result, value: '500', limitHigh: '300' });
  expect((await valuesOf('monitoringRecord', own)).judgement).toBe('exceeds');

  const story = (await timelineOf(t.ctx, metal, { offset: 0, limit: 50 })).rows.map((row) => row.title);
  expect(story.filter((title) => title.includes('化学需氧量'))).toEqual(Array(2).fill('自行监测：化学需氧量 超标'));
  const list = await listPage(t.ctx, {
    kind: 'monitoringRecord',
    filter: [{ field: 'judgement', op: 'eq', value: 'exceeds' }],
    sort: null,
    columns: ['pollutant', 'value'],
    page: { offset: 0, limit: 10 },
  });
  expect(list.total).toBe(2);
  // What was judged once is judged anew when it is corrected.
  await updateRecord(t.ctx, 'monitoringRecord', over, { value: '499.99' });
  expect((await valuesOf('monitoringRecord', over)).judgement).toBe('within');
});

test('what lies beside a row is of the same enterprise: others are neither offered nor taken', async () => {
  const [own, other] = [
    await add('outlet', { enterpriseId: metal, code: 'DA001', medium: 'air' }),
    await add('outlet', { enterpriseId: plastic, code: 'DA001', medium: 'air' }),
  ];
  const offered = await referenceOptions(t.ctx, {
    target: 'outlet',
    text: '',
    level: null,
    parentId: metal,
    limit: 10,
  });
  expect(offered.map((option) => option.id)).toEqual([own]);
  const facility = { enterpriseId: metal, medium: 'air', name: '活性炭吸附' };
  await expect(add('treatmentFacility', { ...facility, servedOutletId: other })).rejects.toThrow(
    '所选的对应排放口不属于同一企业，请重新选择',
  );
  expect(await add('treatmentFacility', { ...facility, servedOutletId: own })).toBeTruthy();
});

test('a code stands once in a file, in two files twice', async () => {
  await add('outlet', { enterpriseId: metal, code: 'DW001', medium: 'wastewater' });
  await expect(add('outlet', { enterpriseId: metal, code: 'DW001', medium: 'wastewater' })).rejects.toThrow(
    '已有排放口编号“DW001”的排放口',
  );
  expect(await add('outlet', { enterpriseId: plastic, code: 'DW001', medium: 'wastewater' })).toBeTruthy();
});

test('a slip of the hand is said where it was made', async () => {
  const refused = (kind: WritableRecord, values: Values) =>
    expect(add(kind, { enterpriseId: metal, ...values })).rejects;
  await refused('material', { name: '乙醇', casNo: '64-17-6' }).toThrow('CAS 号的校验位不符');
  await refused('outlet', { code: 'DA002', medium: 'air', heightM: '0' }).toThrow('排放口高度应大于 0');
  await refused('monitoringRecord', { date: '2026-10-12', pollutant: 'pH', value: '71' }).toThrow('应在 0 到 14 之间');
  await refused('wasteStream', { kind: 'hazardous', name: '废机油', code: '90024908' }).toThrow('900-249-08');
  const transfer = { manifestNo: '2026310118000271', name: '废机油', date: '2026-10-12' };
  await refused('wasteTransfer', { ...transfer, receivedDate: '2026-10-11' }).toThrow('接收日期早于转移日期');
});

test('what runs out stands on Today: carbon to be changed, a contract, a report, waste kept for more than a year', async () => {
  const today = t.ctx.today();
  const facility = await add('treatmentFacility', {
    enterpriseId: metal,
    medium: 'air',
    name: '喷漆废气处理',
    consumable: '活性炭',
    lastReplacedDate: addDays(today, -85),
    replaceEveryDays: 90,
  });
  expect((await valuesOf('treatmentFacility', facility)).nextReplaceDate).toBe(addDays(today, 5));
  await add('wasteStream', { enterpriseId: metal, kind: 'hazardous', name: '废机油', contractEnd: addDays(today, 20) });
  await add('wasteStorage', {
    enterpriseId: metal,
    kind: 'room',
    waste: 'hazardous',
    oldestDate: addDays(today, -366),
  });
  const report = await add('executionReport', {
    enterpriseId: metal,
    kind: 'annual',
    period: '2025 年',
    dueDate: addDays(today, -3),
  });
  const groups = async (): Promise<string[]> =>
    (await todayPage(t.ctx, false)).groups.filter((g) => g.count > 0).map((g) => g.id);
  const ids = ['consumableDue', 'wasteStreamContract', 'storedLong', 'executionReportDue'];
  expect((await groups()).filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
  await updateRecord(t.ctx, 'executionReport', report, { submittedDate: today });
  await updateRecord(t.ctx, 'treatmentFacility', facility, { lastReplacedDate: today });
  expect((await groups()).filter((id) => ids.includes(id)).toSorted()).toEqual(['storedLong', 'wasteStreamContract']);
});

test('the file counts its parts, and limits hang on their outlet', async () => {
  const outletId = await add('outlet', { enterpriseId: metal, code: 'DW001', medium: 'wastewater' });
  await add('outletLimit', { outletId, pollutant: 'pH', low: '6', high: '9', unit: 'dimensionless' });
  await add('sensitiveReceptor', { enterpriseId: metal, name: '北侧住宅', kind: 'housing', distanceM: 60 });
  const { counts } = await getEnterprise(t.ctx, metal);
  expect([counts.outlet, counts.sensitiveReceptor, counts.wasteStream]).toEqual([1, 1, 0]);
});
