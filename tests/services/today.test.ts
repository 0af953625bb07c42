// Today: each group with the rule that puts a row there, for everybody and for the operator alone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill, drillImprovement } from '../../domain/drills/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { followUp } from '../../domain/findings/entities.ts';
import { hazWasteProfile, permit } from '../../domain/formalities/entities.ts';
import { isOverdue } from '../../domain/findings/steps.ts';
import { roundTarget } from '../../domain/rounds/entities.ts';
import { visit, visitPurpose } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { countRows } from '../../services/lists/index.ts';
import { railCounts, todayPage } from '../../services/today/index.ts';
import { addRow, removeRow, setRow } from '../../services/writing/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding, makeRound } from '../support/town.ts';
import { listed } from '../support/listed.ts';

let t: TestDesk;
let ids: Record<string, string>;
beforeEach(async () => {
  t = await openDesk();
  ids = await makeEnterprises(t.ctx, {
    上海甲有限公司: {},
    上海乙有限公司: {},
    上海关停有限公司: { operatingStatus: 'closed' },
  });
});
afterEach(async () => {
  await t.close();
});

const id = (name: string): string => ids[`上海${name}有限公司`] ?? '';
const group = async (name: string, mine = false) => (await todayPage(t.ctx, mine)).groups.find((g) => g.id === name);
const said = async (name: string) => (await group(name))?.rows.map((r) => [r.rule, r.tail, r.tone]);

test('a day without anything says so group by group', async () => {
  const page = await todayPage(t.ctx, false);
  expect([page.groups, page.total, page.next]).toEqual([[], 0, null]);
  expect(page.done.map((d) => d.title)).toEqual([
    '逾期问题',
    '即将到期的问题',
    '今天检查',
    '待签字的检查',
    '待复核的整改回复',
    '即将到期',
    '定期义务',
    '该跟踪的问题',
  ]);
});

test('overdue: past the deadline from the day after it, or handed in late and not verified', async () => {
  await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-11-17');
  await makeFinding(t.ctx, id('甲'), '2026-11-02', '2026-11-18');
  await makeFinding(t.ctx, id('乙'), '2026-11-03', '2026-11-10', [
    { event: 'report', from: 'open', to: 'submitted', date: '2026-11-13' },
  ]);
  await makeFinding(t.ctx, id('乙'), '2026-11-04', '2026-11-10', [
    { event: 'report', from: 'open', to: 'submitted', date: '2026-11-10' },
  ]);
  await makeFinding(t.ctx, id('乙'), '2026-11-05', null);
  expect(await said('overdue')).toEqual([
    ['期限 11-10', '迟交 3 天', 'red'],
    ['期限 11-17', '逾期 1 天', 'red'],
  ]);
  expect((await group('overdue'))?.count).toBe(2);
  expect(await said('due')).toEqual([['期限 11-18', '今天到期', 'amber']]);
  expect(await said('verify')).toEqual([
    ['已等 8 天', '去复核', 'violet'],
    ['已等 5 天', '去复核', 'violet'],
  ]);
});

test('the rule of the domain, the condition of every query and what a list prints agree on what is overdue', async () => {
  const report = (date: string) => [{ event: 'report', from: 'open', to: 'submitted', date } as const];
  for (const deadline of ['2026-11-17', '2026-11-18', '2026-11-19']) {
    await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline);
    for (const date of ['2026-11-17', '2026-11-18'])
      await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline, report(date));
    await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline, [
      ...report('2026-11-18'),
      { event: 'verify_pass', from: 'submitted', to: 'closed', date: '2026-11-18' },
    ]);
  }
  const list = async (filter: string) => (await listed(t.ctx, 'finding', filter, ['overdueDays'])).rows;
  const all = await t.ctx.store.read.sql<{ id: string; status: string; deadline: string; reportDate: string | null }>(
    'SELECT id, status, deadline, report_date AS reportDate FROM finding',
  );
  const byRule = all
    .filter((f) => isOverdue(f, '2026-11-18'))
    .map((f) => f.id)
    .sort();
  expect(byRule).toHaveLength(2);
  expect((await list('overdue')).map((f) => f.id).sort()).toEqual(byRule);
  expect(
    (await list(''))
      .filter((f) => f.values['overdueDays'] !== null)
      .map((f) => f.id)
      .sort(),
  ).toEqual(byRule);
  const page = await listed(t.ctx, 'enterprise', '', ['overdueFindings', 'openFindings']);
  expect(page.rows.find((e) => e.id === id('甲'))?.values).toEqual({ overdueFindings: 2, openFindings: 9 });
});

test('to be followed up: nobody asked for more than seven days, and not overdue', async () => {
  const one = await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-12-20');
  await makeFinding(t.ctx, id('甲'), '2026-11-11', '2026-12-20');
  await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-11-10');
  const asked = await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-12-20');
  await act(t.ctx, '跟踪', 'form', async (tx) => {
    await tx.insert(followUp, {
      findingId: asked,
      date: '2026-11-12',
      channel: 'phone',
      content: '已联系',
      byName: '陈思远',
    });
  });
  expect((await group('followUp'))?.rows.map((r) => [r.id, r.rule, r.tail])).toEqual([
    [one, '上次 11-01', '17 天未跟踪'],
  ]);
  expect((await todayPage(t.ctx, false)).followUps).toEqual({ due: 4, done: 1, late: 1 });
});

test('inspections: begun ones, those to be signed, and plans up to today at enterprises that are still there', async () => {
  const roundId = await makeRound(t.ctx, [id('甲'), id('关停')], '2026-11-17');
  await act(t.ctx, '排', 'form', async (tx) => {
    await tx.insert(roundTarget, { roundId, enterpriseId: id('乙'), plannedDate: '2026-11-20' });
    const draft = await tx.insert(visit, {
      no: 'V-1',
      enterpriseId: id('乙'),
      date: '2026-11-16',
      state: 'draft',
      timeFrom: '09:00',
    });
    await tx.insert(visitPurpose, { visitId: draft.id, purpose: 'special' } as never);
    await tx.insert(visit, {
      no: 'V-2',
      enterpriseId: id('乙'),
      date: '2026-11-16',
      state: 'signed',
      outcome: 'completed',
    });
    await tx.insert(visit, {
      no: 'V-3',
      enterpriseId: id('甲'),
      date: '2026-11-18',
      state: 'recorded',
      outcome: 'partial',
    });
  });
  await makeFinding(t.ctx, id('甲'), '2026-11-16', '2026-12-20');
  const rows = (await group('visits'))?.rows.map((r) => [r.enterpriseName, r.entity, r.text, r.rule, r.tail]);
  expect(new Set(rows?.map(String))).toEqual(
    new Set(
      [
        ['上海乙有限公司', 'visit', '专项', '单次检查', '检查中'],
        ['上海甲有限公司', 'roundTarget', '例行　未销号 1 项', '第一轮', '未开始'],
      ].map(String),
    ),
  );
  const page = await todayPage(t.ctx, false);
  expect(page.week.map((d) => [d.day, d.planned, d.done])).toEqual([
    ['2026-11-16', 1, 1],
    ['2026-11-17', 2, 0],
    ['2026-11-18', 1, 1],
    ['2026-11-19', 0, 0],
    ['2026-11-20', 1, 0],
    ['2026-11-21', 0, 0],
    ['2026-11-22', 0, 0],
  ]);
  expect((await group('visitToSign'))?.rows.map((r) => [r.enterpriseName, r.tail])).toEqual([
    ['上海甲有限公司', '去签字'],
  ]);
  expect(page.next).toEqual({ day: '2026-11-20', count: 1 });
});

test('a group tells what it does not show, by village and by how near the end is; mine are those I answer for', async () => {
  const me = t.ctx.operator().id;
  await act(t.ctx, '分配', 'form', async (tx) => {
    await tx.update(enterprise, id('乙'), { responsibleStaffId: me });
  });
  for (let n = 0; n < 6; n += 1) await makeFinding(t.ctx, id('甲'), '2026-11-01', `2026-11-1${String(n)}`);
  await makeFinding(t.ctx, id('乙'), '2026-11-01', '2026-11-16');
  await act(t.ctx, '合同', 'form', async (tx) => {
    await tx.insert(hazWasteProfile, { enterpriseId: id('乙'), contractEnd: '2026-12-10' });
  });
  const late = await group('overdue');
  expect([late?.count, late?.rows.length, late?.rest]).toEqual([7, 5, [{ label: '未划分', count: 2 }]]);
  const page = await todayPage(t.ctx, true);
  expect(page.groups.map((g) => [g.id, g.count])).toEqual([
    ['overdue', 1],
    ['expiring', 1],
  ]);
  expect([page.mine, (await todayPage(t.ctx, false)).mine, (await railCounts(t.ctx)).today]).toEqual([2, 2, 2]);
  expect(page.groups[1]?.rows[0]).toMatchObject({
    lead: '30 天内',
    tail: '剩 22 天',
    tone: 'amber',
    rule: '合同到期日',
  });
  // What has findings is not binned by hand; another office's package may bring it binned.
  await act(t.ctx, '收进', 'handoff', async (tx) => {
    await tx.remove(enterprise, id('乙'));
  });
  expect((await todayPage(t.ctx, true)).total).toBe(0);
});

test('what is put off stays away until its day, is not counted, can be seen, taken back and undone', async () => {
  const { ctx } = t;
  await act(ctx, '分配', 'form', async (tx) => {
    await tx.update(enterprise, id('乙'), { responsibleStaffId: ctx.operator().id });
  });
  const late = await makeFinding(ctx, id('乙'), '2026-11-03', '2026-11-10', [
    { event: 'report', from: 'open', to: 'submitted', date: '2026-11-13' },
  ]);
  const counts = async (today = '2026-11-18') => {
    const then = Object.assign(Object.create(ctx) as typeof ctx, { today: () => today });
    const page = await todayPage(then, true);
    return [page.groups.map((g) => g.id), page.total, page.putOff.length, (await railCounts(then)).today];
  };
  expect(await counts()).toEqual([['overdue', 'verify'], 2, 0, 2]);
  const values = {
    rule: 'overdue',
    recordId: late,
    until: '2026-11-20',
    reason: '托盘在路上',
    staffId: ctx.operator().id,
  };
  const { actionId } = await addRow(ctx, 'todaySnooze', values);
  // The same finding still waits for its verification: it is one thing to do that is put off, not the record.
  expect(await counts()).toEqual([['verify'], 1, 1, 1]);
  expect((await todayPage(ctx, false)).putOff[0]).toMatchObject({
    title: '逾期问题',
    until: '2026-11-20',
    reason: '托盘在路上',
    by: ctx.operator().name,
    row: { id: late, tail: '迟交 3 天', opens: { kind: 'finding', id: late } },
  });
  await ctx.store.undo(actionId!, ctx.operator().name);
  expect(await counts()).toEqual([['overdue', 'verify'], 2, 0, 2]);
  const again = await addRow(ctx, 'todaySnooze', values);
  const twice: unknown = await addRow(ctx, 'todaySnooze', values).catch((e: unknown) => e);
  expect(String(twice)).toContain('这件事已推到 2026-11-20 再提');
  await setRow(ctx, 'todaySnooze', again.id!, { until: '2026-11-19' });
  expect(await counts()).toEqual([['verify'], 1, 1, 1]);
  expect(await counts('2026-11-19')).toEqual([['overdue', 'verify'], 2, 0, 2]);
  await removeRow(ctx, 'todaySnooze', again.id!);
  expect(await counts()).toEqual([['overdue', 'verify'], 2, 0, 2]);
  const refused = async (wrong: object) => {
    const error: unknown = await addRow(ctx, 'todaySnooze', { ...values, ...wrong }).catch((e: unknown) => e);
    return (error as Error).message;
  };
  expect(await refused({ until: '2026-11-18' })).toContain('再提日期要晚于今天');
  expect(await refused({ recordId: id('乙') })).toContain('“逾期问题”里没有这条问题');
  expect(await refused({ rule: 'nothing' })).toContain('事项');
});

test('the list behind a group holds as many rows as the group says, and a part of a record opens that record', async () => {
  const { ctx } = t;
  await makeFinding(ctx, id('甲'), '2026-11-01', '2026-11-10');
  await makeFinding(ctx, id('乙'), '2026-11-01', '2026-11-20');
  await makeFinding(ctx, id('乙'), '2026-11-01', '2026-12-20');
  await makeRound(ctx, [id('甲')], '2026-11-17');
  await act(ctx, '材料', 'form', async (tx) => {
    await tx.insert(hazWasteProfile, { enterpriseId: id('乙'), contractEnd: '2026-12-10' });
    await tx.insert(permit, { enterpriseId: id('乙'), number: '证', managementClass: 'key', validTo: '2026-12-30' });
    const { id: drillId } = await tx.insert(drill, { enterpriseId: id('甲'), date: '2026-11-01', scenario: '泄漏' });
    await tx.insert(drillImprovement, { drillId, content: '补充沙袋', dueDate: '2026-11-17' });
  });
  const page = await todayPage(ctx, false);
  const said = page.groups.map((g) => [g.id, g.count, g.lists.map((list) => list.title)]);
  expect(said).toEqual([
    ['overdue', 1, ['逾期问题']],
    ['due', 1, ['即将到期的问题']],
    ['visits', 1, ['轮次计划']],
    ['expiring', 2, ['排污许可', '危废处置合同']],
    ['followUp', 2, ['该跟踪的问题']],
    ['drillImprovement', 1, ['演练改进跟踪']],
  ]);
  for (const list of page.groups.flatMap((g) => g.lists))
    expect(await countRows(ctx, list.kind, list.filter)).toBe(list.count);
  const opens = (name: string) => page.groups.find((g) => g.id === name)?.rows.map((row) => row.opens);
  expect(opens('visits')).toEqual([{ kind: 'enterprise', id: id('甲') }]);
  expect(opens('expiring')).toEqual(Array(2).fill({ kind: 'enterprise', id: id('乙') }));
  expect(opens('drillImprovement')?.[0]).toMatchObject({ kind: 'drill' });
});
