// Today speaks of what is still to be done: what is finished leaves it, what was agreed comes on its day, and who has not begun is told
// where to begin.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { addFollowUp } from '../../services/findings/index.ts';
import { todayPage } from '../../services/today/index.ts';
import { actOnFindings } from '../support/events.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const groups = async () => (await todayPage(t.ctx, false)).groups;
const idsOf = async (name: string) => (await groups()).find((g) => g.id === name)?.rows.map((r) => r.id) ?? [];
const one = async (): Promise<string> => (await makeEnterprises(t.ctx, { 上海甲有限公司: {} }))['上海甲有限公司'] ?? '';

test('inspections that are done are no work of today; the signature they wait for has a name of its own', async () => {
  const enterpriseId = await one();
  await act(t.ctx, '检查', 'visit', async (tx) => {
    const states = ['recorded', 'recorded', 'signed', 'locked', 'recorded'] as const;
    for (const [n, state] of states.entries())
      await tx.insert(visit, {
        ...{ no: `V-${n}`, enterpriseId, date: '2026-11-18', state },
        outcome: n === 4 ? 'refused' : 'completed',
      });
  });
  expect((await groups()).map((g) => [g.id, g.count])).toEqual([['visitToSign', 2]]);
  expect((await todayPage(t.ctx, false)).week.find((day) => day.today)).toMatchObject({ done: 4 });
});

test('the day that was agreed for the next follow-up decides, a day ahead; without one the week does', async () => {
  const enterpriseId = await one();
  const agreed = async (date: string, nextDate: string): Promise<string> => {
    const id = await makeFinding(t.ctx, enterpriseId, '2026-11-01', '2026-12-20');
    await addFollowUp(t.ctx, [id], { date, channel: 'phone', content: '约好再看', progressPercent: null, nextDate });
    return id;
  };
  const later = await agreed('2026-11-05', '2026-12-01');
  const [tomorrow, today, past] = [
    await agreed('2026-11-16', '2026-11-19'),
    await agreed('2026-11-16', '2026-11-18'),
    await agreed('2026-11-16', '2026-11-17'),
  ];
  const never = await makeFinding(t.ctx, enterpriseId, '2026-11-01', '2026-12-20');
  const rows = (await groups()).find((g) => g.id === 'followUp')?.rows ?? [];
  expect(rows.map((r) => [r.id, r.rule, r.tail])).toEqual([
    [never, '上次 11-01', '17 天未跟踪'],
    [past, '约定 11-17', '已过 1 天'],
    [today, '约定 11-18', '今天'],
    [tomorrow, '约定 11-19', '剩 1 天'],
  ]);
  expect(rows.map((r) => r.id)).not.toContain(later);
});

test('what was followed up counts as followed up, also once it is closed', async () => {
  const id = await makeFinding(t.ctx, await one(), '2026-11-01', '2026-12-20');
  const given = { channel: 'phone', content: '已经换好托盘', progressPercent: 100, nextDate: '2026-11-20' };
  await addFollowUp(t.ctx, [id], given);
  await actOnFindings(t.ctx, [id], { event: 'verify_pass', method: 'on_site', comment: '托盘完好，地面已清理' });
  expect((await todayPage(t.ctx, false)).followUps).toEqual({ due: 1, done: 1, late: 0 });
});

test('who has no enterprise yet is told where to begin', async () => {
  expect((await todayPage(t.ctx, false)).begin).toEqual({ project: false });
  await one();
  expect((await todayPage(t.ctx, false)).begin).toBeNull();
});

test('a contract that ends within twelve days stands there, and one that has just ended', async () => {
  const { value } = await act(t.ctx, '项目', 'form', async (tx) => {
    const make = async (name: string, endDate: string) =>
      (await tx.insert(serviceProject, { name, startDate: '2024-01-01', endDate })).id;
    return [
      await make('青禾镇环保管家', '2026-11-30'),
      await make('旧合同', '2026-11-08'),
      await make('新的', '2028-12-31'),
    ];
  });
  expect(await idsOf('contractEnd')).toEqual([value[1], value[0]]);
  const [over, soon] = (await groups()).find((g) => g.id === 'contractEnd')?.rows ?? [];
  expect([over?.enterpriseName, over?.tail, over?.tone]).toEqual(['旧合同', '已过 10 天', 'red']);
  expect([soon?.enterpriseName, soon?.tail, soon?.at]).toEqual(['青禾镇环保管家', '剩 12 天', '/settings/project']);
  expect((await todayPage(t.ctx, true)).groups.find((g) => g.id === 'contractEnd')?.count).toBe(2);
});

test('on paper every row of today stands, with where it is; the page shows the first five of a group', async () => {
  const named = await makeEnterprises(t.ctx, { 甲厂: { address: '联友路1号' }, 乙厂: {} });
  for (let n = 0; n < 7; n += 1) await makeFinding(t.ctx, named['甲厂']!, '2026-10-01', '2026-10-20');
  await makeFinding(t.ctx, named['乙厂']!, '2026-10-01', '2026-10-21');
  const overdue = async (paper: boolean) =>
    (await todayPage(t.ctx, false, paper)).groups.find((g) => g.count === 8)?.rows ?? [];
  expect((await overdue(false)).map((row) => row.address)).toEqual(Array(5).fill(undefined));
  expect((await overdue(true)).map((row) => row.address)).toEqual([...Array<string>(7).fill('联友路1号'), null]);
});
