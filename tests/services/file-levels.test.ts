// What a file lacks on two levels, which papers were looked at, and what counts as a verification of it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { answerRest, getVisit, startVisit } from '../../services/visits/index.ts';
import { act } from '../../services/workflow/index.ts';
import { bring, openDesk, sheet, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
let own = '';
/** All that a file needs, and nothing that a good one says besides. */
const NEEDED = {
  objectKind: 'industrial',
  creditCodeMissingReason: 'in_registration',
  industryCode: '3311',
  operatingStatusDate: '2026-01-05',
  operatingStatusBasis: 'visit',
  address: '华漕镇纪宏路 1 号',
  legalRep: '周明远',
};
beforeEach(async () => {
  t = await openDesk();
  const made = await makeEnterprises(t.ctx, { 上海甲有限公司: NEEDED });
  own = made['上海甲有限公司'] ?? '';
  await createRecord(t.ctx, 'contact', {
    enterpriseId: own,
    name: '王建国',
    post: 'env_manager',
    mobile: '13800000001',
  });
  await createRecord(t.ctx, 'eiaProject', { enterpriseId: own, projectName: '一期', documentKind: 'report_form' });
  await createRecord(t.ctx, 'permit', { enterpriseId: own, managementClass: 'registration' });
});
afterEach(async () => {
  await t.close();
});

const page = async () => await getEnterprise(t.ctx, own);
const standings = async () => Object.fromEntries((await page()).head.papers.looked.map((p) => [p.label, p.standing]));
const advised = async () => (await page()).completeness.advised.missing.map((m) => `${m.sectionLabel} ${m.label}`);

test('a file without plan, waste, area, shift and contract is neither whole nor in order, and says what is missing', async () => {
  const { completeness } = await page();
  expect(completeness.percent).toBeLessThan(100);
  expect(completeness.missing.map((m) => m.label)).toEqual(['村居或园区']);
  expect(await advised()).toEqual(
    expect.arrayContaining([
      '基本信息 占地面积',
      '基本信息 建筑面积',
      '基本信息 生产班制',
      '应急 应急预案需要编制',
      '废物 危废管理产生危废',
      '废物 处置合同到期',
    ]),
  );
  expect(await standings()).toEqual({
    环评: 'there',
    验收: 'unknown',
    许可: 'there',
    预案: 'unknown',
    危废合同: 'unknown',
  });
});

test('who says that there is none is not asked further; who needs a paper and has none lacks it', async () => {
  await createRecord(t.ctx, 'hazWasteProfile', { enterpriseId: own, generates: 'no' });
  expect(await advised()).not.toContain('废物 处置合同到期');
  expect(await advised()).not.toContain('废物 危废管理产生危废');
  const plan = await createRecord(t.ctx, 'emergencyPlan', { enterpriseId: own, required: 'yes' });
  await createRecord(t.ctx, 'acceptance', { enterpriseId: own, kind: 'self' });
  expect(await standings()).toMatchObject({ 预案: 'missing', 危废合同: 'needless', 验收: 'there' });
  expect(plan.id).toBeTruthy();
});

test('what stands with a hazardous waste itself is not asked for once more, and its contract puts 危废合同 in order', async () => {
  await createRecord(t.ctx, 'hazWasteProfile', { enterpriseId: own, generates: 'yes' });
  const asked = ['废物 危废管理危废代码', '废物 处置单位', '废物 处置合同到期'];
  expect(await advised()).toEqual(expect.arrayContaining(['废物 处置合同到期']));
  expect(await standings()).toMatchObject({ 危废合同: 'missing' });
  const general = { kind: 'general_industrial', name: '废边角料', contractEnd: '2027-03-31' };
  await createRecord(t.ctx, 'wasteStream', { enterpriseId: own, ...general });
  expect(await standings()).toMatchObject({ 危废合同: 'missing' });
  await createRecord(t.ctx, 'wasteStream', {
    ...{ enterpriseId: own, kind: 'medical', name: '感染性废物', code: '841-001-01', yearlyAmount: '0.2' },
    ...{ disposalUnitName: '上海固体废物处置有限公司', contractEnd: '2027-03-31' },
  });
  expect(await standings()).toMatchObject({ 危废合同: 'there' });
  expect((await advised()).filter((one) => asked.includes(one))).toEqual([]);
});

test('every section of which something is asked counts, and what is filled in brings the file nearer to whole', async () => {
  const before = (await page()).completeness;
  await createRecord(t.ctx, 'hazWasteProfile', { enterpriseId: own, generates: 'yes', contractEnd: '2027-03-31' });
  const after = (await page()).completeness;
  expect(after.advised.filled).toBe(before.advised.filled + 2);
  expect(after.percent).toBeGreaterThan(before.percent);
  const row = await t.ctx.store.read.sqlOne<{ n: number }>('SELECT completeness AS n FROM enterprise WHERE id = ?', [
    own,
  ]);
  expect(row?.n).toBe(after.percent);
});

async function visited(outcome: string, more: Record<string, string> = {}): Promise<string> {
  const given = { enterpriseId: own, roundTargetId: null, date: '2026-11-10', purposes: ['routine'] };
  const { id } = await startVisit(t.ctx, given);
  if (outcome === 'completed') {
    const [first] = (await getVisit(t.ctx, id)).items;
    await answerRest(t.ctx, id, first?.aspectId ?? null, 'conforming');
  }
  await act(t.ctx, 'visit', [id], 'finish', { outcome, ...more });
  return id;
}
const checks = async () =>
  await t.ctx.store.read.sql<{ section: string; date: string; visit: string | null; source: string }>(
    'SELECT section, date, visit_id AS visit, source FROM section_check ORDER BY section',
    [],
  );

test('a visit that took place verifies the parts that it looked at, unless somebody says no', async () => {
  const id = await visited('completed');
  expect((await checks()).map((c) => [c.section, c.date, c.visit])).toEqual([
    ['basic', '2026-11-10', id],
    ['formalities', '2026-11-10', id],
  ]);
  expect((await page()).verified.map((v) => v.section).sort()).toEqual(['basic', 'formalities']);
});

test('said no, or nobody let in: nothing is verified', async () => {
  await visited('refused');
  await visited('completed', { verifiesFile: 'no' });
  expect(await checks()).toEqual([]);
});

test('a register verifies what it speaks of only when that was ticked', async () => {
  const rows = [
    ['企业名称', '村居', '许可证编号'],
    ['上海丙有限公司', '建东村', '91310112MA1L00024M001X'],
  ];
  await bring(t.ctx, [sheet(rows)]);
  expect(await checks()).toEqual([]);
  await bring(t.ctx, [sheet([...rows, ['上海丁有限公司', '建东村', '']])], { verifies: true });
  const found = await checks();
  expect(found.map((c) => c.section)).toEqual(['basic', 'basic', 'formalities', 'formalities']);
  expect(found.every((c) => c.source.startsWith('名册'))).toBe(true);
});

test('the kind of an object is told from its industry, and the result says of how many and how', async () => {
  const names = ['金属制品业', '通用设备制造业', '餐饮业', '汽车修理与维护', '火力发电'];
  const done = await bring(t.ctx, [
    sheet([['企业名称', '村居', '行业类别'], ...names.map((name, n) => [`上海第${n + 1}有限公司`, '建东村', name])]),
  ]);
  const rows = await t.ctx.store.read.sql<{ kind: string }>(
    "SELECT object_kind AS kind FROM enterprise WHERE name LIKE '上海第%' ORDER BY name",
    [],
  );
  const kinds = rows.map((row) => row.kind);
  expect(kinds.filter((kind) => kind === 'industrial')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'other')).toEqual([]);
  expect(JSON.stringify(done)).toContain('guess');
});
