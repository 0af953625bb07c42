// Today: each group with the rule that puts a row there, for everybody and for the operator alone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { followUp } from '../../domain/findings/entities.ts';
import { hazWasteProfile } from '../../domain/formalities/entities.ts';
import { isOverdue } from '../../domain/findings/steps.ts';
import { roundTarget } from '../../domain/rounds/entities.ts';
import { visit, visitPurpose } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { listEnterprises } from '../../services/enterprises/index.ts';
import { enterpriseFilter } from '../../contract/enterprises.ts';
import { findingFilter } from '../../contract/findings.ts';
import { listFindings } from '../../services/findings/index.ts';
import { railCounts, todayPage } from '../../services/today/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding, makeRound } from '../support/town.ts';

let t: TestDesk;
let ids: Record<string, string>;
beforeEach(async () => {
  t = await openDesk();
  ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {}, 上海乙有限公司: {}, 上海关停有限公司: { operatingStatus: 'closed' } });
});
afterEach(async () => { await t.close(); });

const id = (name: string): string => ids[`上海${name}有限公司`] ?? '';
const group = async (name: string, mine = false) => (await todayPage(t.ctx, mine)).groups.find((g) => g.id === name);
const said = async (name: string) => (await group(name))?.rows.map((r) => [r.rule, r.tail, r.tone]);

test('[PD-27] a day without anything says so group by group', async () => {
  const page = await todayPage(t.ctx, false);
  expect([page.groups, page.total, page.next]).toEqual([[], 0, null]);
  expect(page.done.map((d) => d.title)).toEqual(['逾期问题', '即将到期的问题', '今天检查', '待复核的整改回复', '即将到期', '该跟踪的问题']);
});

test('[PD-27] overdue: past the deadline from the day after it, or handed in late and not verified', async () => {
  await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-11-17');
  await makeFinding(t.ctx, id('甲'), '2026-11-02', '2026-11-18');
  await makeFinding(t.ctx, id('乙'), '2026-11-03', '2026-11-10', [{ event: 'report', from: 'open', to: 'submitted', date: '2026-11-13' }]);
  await makeFinding(t.ctx, id('乙'), '2026-11-04', '2026-11-10', [{ event: 'report', from: 'open', to: 'submitted', date: '2026-11-10' }]);
  await makeFinding(t.ctx, id('乙'), '2026-11-05', null);
  expect(await said('overdue')).toEqual([['期限 11-10', '迟交 3 天', 'red'], ['期限 11-17', '逾期 1 天', 'red']]);
  expect((await group('overdue'))?.count).toBe(2);
  expect(await said('due')).toEqual([['期限 11-18', '今天到期', 'amber']]);
  expect(await said('verify')).toEqual([['已等 8 天', '去复核', 'violet'], ['已等 5 天', '去复核', 'violet']]);
});

test('the rule of the domain, the condition of every query and what a list prints agree on what is overdue', async () => {
  const report = (date: string) => [{ event: 'report', from: 'open', to: 'submitted', date } as const];
  for (const deadline of ['2026-11-17', '2026-11-18', '2026-11-19']) {
    await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline);
    for (const date of ['2026-11-17', '2026-11-18']) await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline, report(date));
    await makeFinding(t.ctx, id('甲'), '2026-11-02', deadline, [...report('2026-11-18'), { event: 'verify_pass', from: 'submitted', to: 'closed', date: '2026-11-18' }]);
  }
  const list = async (filter: object) => (await listFindings(t.ctx, { filter: findingFilter.parse(filter), sort: null, page: { offset: 0, limit: 50 } })).rows;
  const all = await t.ctx.store.read.sql<{ id: string; status: string; deadline: string; reportDate: string | null }>('SELECT id, status, deadline, report_date AS reportDate FROM finding');
  const byRule = all.filter((f) => isOverdue(f, '2026-11-18')).map((f) => f.id).sort();
  expect(byRule).toHaveLength(2);
  expect((await list({ overdue: true })).map((f) => f.id).sort()).toEqual(byRule);
  expect((await list({})).filter((f) => f.overdueDays !== null).map((f) => f.id).sort()).toEqual(byRule);
  const page = await listEnterprises(t.ctx, { filter: enterpriseFilter.parse({}), sort: null, page: { offset: 0, limit: 9 } });
  expect(page.rows.find((e) => e.id === id('甲'))).toMatchObject({ overdueFindings: 2, openFindings: 9 });
});

test('[PD-27] to be followed up: nobody asked for more than seven days, and not overdue', async () => {
  const one = await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-12-20');
  await makeFinding(t.ctx, id('甲'), '2026-11-11', '2026-12-20');
  await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-11-10');
  const asked = await makeFinding(t.ctx, id('甲'), '2026-11-01', '2026-12-20');
  await act(t.ctx, '跟踪', 'form', async (tx) => { await tx.insert(followUp, { findingId: asked, date: '2026-11-12', channel: 'phone', content: '已联系', byName: '陈思远' }); });
  expect((await group('followUp'))?.rows.map((r) => [r.id, r.rule, r.tail])).toEqual([[one, '上次 11-01', '17 天未跟踪']]);
  expect((await todayPage(t.ctx, false)).followUps).toEqual({ due: 4, done: 1, late: 1 });
});

test('[PD-27] inspections: begun ones, those of today, and plans up to today at enterprises that are still there', async () => {
  const roundId = await makeRound(t.ctx, [id('甲'), id('关停')], '2026-11-17');
  await act(t.ctx, '排', 'form', async (tx) => {
    await tx.insert(roundTarget, { roundId, enterpriseId: id('乙'), plannedDate: '2026-11-20' });
    const draft = await tx.insert(visit, { no: 'V-1', enterpriseId: id('乙'), date: '2026-11-16', state: 'draft', timeFrom: '09:00' });
    await tx.insert(visitPurpose, { visitId: draft.id, purpose: 'special' } as never);
    await tx.insert(visit, { no: 'V-2', enterpriseId: id('乙'), date: '2026-11-16', state: 'signed', outcome: 'completed' });
    await tx.insert(visit, { no: 'V-3', enterpriseId: id('甲'), date: '2026-11-18', state: 'recorded', outcome: 'partial' });
  });
  await makeFinding(t.ctx, id('甲'), '2026-11-16', '2026-12-20');
  const rows = (await group('visits'))?.rows.map((r) => [r.enterpriseName, r.entity, r.text, r.rule, r.tail]);
  expect(new Set(rows?.map(String))).toEqual(new Set([
    ['上海乙有限公司', 'visit', '专项', '单次检查', '检查中'], ['上海甲有限公司', 'visit', '未销号 1 项', '单次检查', '已记录'], ['上海甲有限公司', 'roundTarget', '例行　未销号 1 项', '第一轮', '未开始'],
  ].map(String)));
  const page = await todayPage(t.ctx, false);
  expect(page.week.map((d) => [d.day, d.planned, d.done])).toEqual([['2026-11-16', 1, 1], ['2026-11-17', 2, 0], ['2026-11-18', 1, 1], ['2026-11-19', 0, 0], ['2026-11-20', 1, 0]]);
  expect(page.next).toEqual({ day: '2026-11-20', count: 1 });
});

test('[PD-27] a group tells what it does not show, by village and by how near the end is; mine are those I answer for', async () => {
  const me = t.ctx.operator().id;
  await act(t.ctx, '分配', 'form', async (tx) => { await tx.update(enterprise, id('乙'), { responsibleStaffId: me }); });
  for (let n = 0; n < 6; n += 1) await makeFinding(t.ctx, id('甲'), '2026-11-01', `2026-11-1${String(n)}`);
  await makeFinding(t.ctx, id('乙'), '2026-11-01', '2026-11-16');
  await act(t.ctx, '合同', 'form', async (tx) => { await tx.insert(hazWasteProfile, { enterpriseId: id('乙'), contractEnd: '2026-12-10' }); });
  const late = await group('overdue');
  expect([late?.count, late?.rows.length, late?.rest]).toEqual([7, 5, [{ label: '未划分', count: 2 }]]);
  const page = await todayPage(t.ctx, true);
  expect(page.groups.map((g) => [g.id, g.count])).toEqual([['overdue', 1], ['expiring', 1]]);
  expect([page.mine, (await todayPage(t.ctx, false)).mine, (await railCounts(t.ctx)).today]).toEqual([2, 2, 2]);
  expect(page.groups[1]?.rows[0]).toMatchObject({ lead: '30 天内', tail: '剩 22 天', tone: 'amber', rule: '合同到期日' });
  // What has findings is not binned by hand; another office's package may bring it binned.
  await act(t.ctx, '收进', 'handoff', async (tx) => { await tx.remove(enterprise, id('乙')); });
  expect((await todayPage(t.ctx, true)).total).toBe(0);
});
