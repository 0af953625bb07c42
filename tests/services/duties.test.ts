// Recurring duties of an enterprise end to end: derived from its file, listed, told on Today, done by a proof.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableRecord } from '../../contract/records.ts';
import type { Values } from '../../contract/shared.ts';
import { dutyYear, monitoringYear } from '../../services/duties/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { binRecords, createRecord, updateRecord } from '../../services/records/index.ts';
import { todayPage } from '../../services/today/index.ts';
import { addDays } from '../../domain/values/day.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

const NAMES = ['重点', '简化', '登记', '免于'] as const;
const CLASSES = ['key', 'simplified', 'registration', 'not_required'] as const;
let t: TestDesk;
let ids: string[] = [];
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇', '村居', '企业类型'],
      ...NAMES.map((name) => [`上海${name}金属制品有限公司`, '青禾镇', '东禾村', '工业企业']),
    ]),
  ]);
  const rows = await onFile(t.ctx);
  ids = NAMES.map((name) => String(rows.find((row) => String(row.name).includes(name))?.id));
});
afterEach(async () => {
  await t.close();
});

const add = async (kind: WritableRecord, values: Values): Promise<string> =>
  (await createRecord(t.ctx, kind, values)).id;
const calendar = async (enterpriseId: string, year: number): Promise<string[]> =>
  (await dutyYear(t.ctx, enterpriseId, year)).days.map((one) => `${one.day} ${one.name}`);
const listed = async (enterpriseId: string): Promise<string[]> => {
  const page = await listPage(t.ctx, {
    kind: 'openDuty',
    filter: [{ field: 'enterpriseId', op: 'eq', value: enterpriseId }],
    sort: null,
    columns: ['ruleId', 'dueDate', 'ruleId.rule', 'ruleId.proof'],
    page: { offset: 0, limit: 100 },
  });
  return page.rows.map((row) => `${String(row.values['dueDate'])} ${row.names['ruleId']}`);
};

test('a year of duties for four permit classes equals the calendar made by hand, each with rule and proof', async () => {
  for (const [n, managementClass] of CLASSES.entries()) {
    const enterpriseId = ids[n] as string;
    await add('permit', { enterpriseId, managementClass, validTo: '2027-08-20' });
    await add('wasteStream', { enterpriseId, kind: 'hazardous', name: '废机油', contractEnd: '2027-11-30' });
    await add('hazWasteProfile', {
      enterpriseId,
      generates: 'yes',
      managementClass: ['key', 'simplified'][n] ?? 'registration',
    });
  }
  const all = [
    '2027-03-31 危险废物年度申报',
    '2027-03-31 危险废物管理计划备案',
    '2027-06-30 一企一表年度更新',
    '2027-10-01 危险废物处置合同续签',
  ];
  const permit = ['2027-01-15 年度执行报告', '2027-01-31 排污信息公开核对', '2027-06-21 排污许可证延续'];
  const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
  const byHand = [
    [
      ...all,
      ...permit,
      '2027-03-15 环境信息依法披露（年度）',
      ...months.map((month) => `2027-${month}-15 危险废物月度申报`),
    ],
    [...all, ...permit, ...['01', '04', '07', '10'].map((month) => `2027-${month}-15 危险废物季度申报`)],
    [...all, '2027-08-20 排污登记延续'],
    all,
  ];
  for (const [n, expected] of byHand.entries())
    expect(await calendar(ids[n] as string, 2027), NAMES[n]).toEqual(expected.sort());
  const { duties } = await dutyYear(t.ctx, ids[0] as string, 2027);
  expect(duties.find((one) => one.code === 'du-hw-plan')).toMatchObject({
    rule: '每年 3 月 31 日以前',
    proof: '备案截图',
    applies: 'yes',
  });
  // What the file does not say is listed as not known, with what it does not say.
  expect(duties.find((one) => one.code === 'du-drill')).toMatchObject({ applies: 'unknown', dueDate: null });
  expect(duties.find((one) => one.code === 'du-drill')?.because.length).toBeGreaterThan(0);
  // What the file says no to is not there.
  expect((await dutyYear(t.ctx, ids[3] as string, 2027)).days.some((one) => one.name.includes('许可证'))).toBe(false);
});

test('a duty that is due stands on Today and in the list until its proof is there, and again when that is taken back', async () => {
  const enterpriseId = ids[0] as string;
  const today = t.ctx.today();
  const contactId = await add('contact', { enterpriseId, name: '张三', verifiedDate: addDays(today, -170) });
  const due = addDays(today, 10);
  const told = async () =>
    (await todayPage(t.ctx, false)).groups.flatMap((group) => group.rows).filter((row) => row.ruleId === 'dutyDue');
  expect((await told()).map((row) => row.text)).toEqual([expect.stringContaining('联系人核实')]);
  expect(await listed(enterpriseId)).toContain(`${due} 联系人核实`);
  const { duties } = await dutyYear(t.ctx, enterpriseId, Number(due.slice(0, 4)));
  const rule = duties.find((one) => one.code === 'du-contact-check');
  expect(rule).toMatchObject({ dueDate: due, standing: 'due', lastDate: addDays(today, -170) });
  const done = await add('dutyDone', {
    enterpriseId,
    ruleId: rule?.ruleId ?? '',
    dueDate: due,
    doneDate: today,
    proof: '电话核实记录',
  });
  expect(await told()).toEqual([]);
  expect(await listed(enterpriseId)).toContain(`${addDays(today, 180)} 联系人核实`);
  await binRecords(t.ctx, 'dutyDone', [done], true);
  expect(await told()).toHaveLength(1);
  // Whoever puts the day into the file has done it as well.
  await updateRecord(t.ctx, 'contact', contactId, { verifiedDate: today });
  expect(await told()).toEqual([]);
});

test('a quarter without its measurement is missing on the plan, in the list of enterprises and on Today', async () => {
  const enterpriseId = ids[0] as string;
  const year = Number(t.ctx.today().slice(0, 4));
  const outletId = await add('outlet', { enterpriseId, code: 'DW001', medium: 'wastewater' });
  const plan = { enterpriseId, outletId, pollutant: 'COD', frequency: 'quarterly', from: `${year - 1}-01-01` };
  await add('monitoringPlan', plan);
  const result = { enterpriseId, outletId, pollutant: 'ＣＯＤ', value: '60', unit: 'mg_L', limitHigh: '50' };
  await add('monitoringRecord', { ...result, date: `${year - 1}-02-11` });
  await add('monitoringRecord', { ...result, date: `${year - 1}-08-11`, value: '40' });
  // What the authority measures is not the enterprise's doing.
  await add('monitoringRecord', { ...result, date: `${year - 1}-05-11`, kind: 'supervisory' });
  const shown = await monitoringYear(t.ctx, enterpriseId, year - 1);
  expect(shown.plans[0]?.periods.map((one) => one.standing)).toEqual(['exceeds', 'missing', 'done', 'missing']);
  expect(shown.plans[0]).toMatchObject({ outlet: 'DW001', due: 4, done: 2, exceeds: 1, missing: 2 });
  expect(shown.rate).toBe('50.0%');
  const missed = async () =>
    (
      await listPage(t.ctx, {
        kind: 'enterprise',
        filter: [{ is: 'withMissedMonitoring' }],
        sort: null,
        columns: ['name'],
        page: { offset: 0, limit: 10 },
      })
    ).rows.map((row) => row.id);
  expect(await missed()).toEqual([enterpriseId]);
  const told = (await todayPage(t.ctx, false)).groups.flatMap((group) => group.rows);
  expect(told.find((row) => row.ruleId === 'measurementDue')?.day).toBe(`${year - 1}-06-30`);
});
