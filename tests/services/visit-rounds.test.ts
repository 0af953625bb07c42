// Which round a visit counts in, and who is still to be visited in it (domain reference 8.2, 3 and 6).
import { afterEach, beforeEach, expect, test } from 'vitest';
import { statisticsScope } from '../../contract/statistics.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { act as inAction } from '../../services/context.ts';
import { changeEnterprise } from '../../services/enterprises/index.ts';
import { roundBoard, listTargets, updateRound } from '../../services/rounds/index.ts';
import { behind, overview } from '../../services/statistics/index.ts';
import { getVisit, setRound, startVisit, updateVisit } from '../../services/visits/index.ts';
import { act } from '../../services/workflow/index.ts';
import { drill } from '../../contract/statistics.ts';
import { finishVisit, signVisit } from '../support/events.ts';
import { listed } from '../support/listed.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

type State = 'planned' | 'running' | 'finished';
/** A round with its days and state over enterprises. */
async function makeRound(name: string, days: readonly [string, string], state: State, ids: readonly string[]) {
  const { value } = await inAction(t.ctx, '建轮次', 'form', async (tx) => {
    const [startDate, endDate] = days;
    const row = await tx.insert(round, { no: 1, name, startDate, endDate, state, scopeRule: 'custom' });
    for (const enterpriseId of ids) await tx.insert(roundTarget, { roundId: row.id, enterpriseId });
    return row.id;
  });
  return value;
}
const one = async (): Promise<string> => (await makeEnterprises(t.ctx, { 上海甲有限公司: {} }))['上海甲有限公司'] ?? '';
const start = async (enterpriseId: string, date: string, roundTargetId: string | null = null): Promise<string> =>
  (await startVisit(t.ctx, { enterpriseId, roundTargetId, date, purposes: ['routine'] })).id;
const targetOf = async (roundId: string): Promise<string> =>
  (await t.ctx.store.read.first(roundTarget, { roundId }))?.id ?? '';
const coverage = async (roundId: string) => {
  const { round: r } = await roundBoard(t.ctx, roundId);
  return [r.coverageNumerator, r.coverageDenominator];
};
const said = (words: RegExp) => ({ code: 'REFUSED', data: { sentence: expect.stringMatching(words) as string } });

test('a visit counts in the running round whose days hold its date, never in one that has not begun', async () => {
  const id = await one();
  const first = await makeRound('上半年', ['2026-01-01', '2026-06-30'], 'running', [id]);
  const second = await makeRound('下半年', ['2026-07-01', '2026-12-31'], 'planned', [id]);
  const visitId = await start(id, '2026-02-03');
  expect((await getVisit(t.ctx, visitId)).roundName).toBe('上半年');
  await finishVisit(t.ctx, visitId, 'refused');
  await act(t.ctx, 'visit', [visitId], 'reopen', { reason: '记错了' });
  expect(await t.ctx.store.read.first(roundTarget, { roundId: first })).toMatchObject({
    status: 'pending',
    attempts: 0,
  });
  await finishVisit(t.ctx, visitId, 'moved');
  expect([await coverage(first), await coverage(second)]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await act(t.ctx, 'visit', [visitId], 'reopen', { reason: '其实还在' });
  expect((await t.ctx.store.read.get(enterprise, id))?.operatingStatus).toBe('operating');
  expect([await coverage(first), await coverage(second)]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test('a round that is not running, or whose days do not hold the date, takes no visit and says why', async () => {
  const id = await one();
  const planned = await makeRound('下半年', ['2026-07-01', '2026-12-31'], 'planned', [id]);
  const past = await makeRound('上半年', ['2026-01-01', '2026-06-30'], 'running', [id]);
  const over = await makeRound('去年', ['2025-01-01', '2026-12-30'], 'finished', [id]);
  await expect(start(id, '2026-11-18', await targetOf(planned))).rejects.toMatchObject(said(/“下半年”还没有开始/));
  await expect(start(id, '2026-11-18', await targetOf(over))).rejects.toMatchObject(said(/“去年”已完成/));
  await expect(start(id, '2026-11-18', await targetOf(past))).rejects.toMatchObject(
    said(/“上半年”是 2026-01-01 至 2026-06-30，不含检查日期 2026-11-18.*轮次看板改这一轮的日期/),
  );
  expect((await getVisit(t.ctx, await start(id, '2026-11-18'))).roundName).toBeNull();
  await expect(updateRound(t.ctx, past, { endDate: '2025-06-30' })).rejects.toMatchObject({ code: 'INVALID' });
  await updateRound(t.ctx, past, { endDate: '2026-11-30' });
  expect((await getVisit(t.ctx, await start(id, '2026-11-17'))).roundName).toBe('上半年');
});

test('where several rounds take it, it asks; the choice can be changed until the signature, and another day decides anew', async () => {
  const id = await one();
  const half = await makeRound('下半年', ['2026-07-01', '2026-12-31'], 'running', [id]);
  const special = await makeRound('专项', ['2026-11-01', '2026-11-30'], 'running', [id]);
  const visitId = await start(id, '2026-11-18');
  const page = await getVisit(t.ctx, visitId);
  expect([page.roundName, page.rounds.map((r) => r.name)]).toEqual([null, ['下半年', '专项']]);
  await expect(finishVisit(t.ctx, visitId, 'closed_door')).rejects.toMatchObject(said(/请选择这次检查计入哪一轮/));
  await setRound(t.ctx, visitId, await targetOf(special));
  await finishVisit(t.ctx, visitId, 'closed_door');
  const attempts = async (roundId: string) => (await t.ctx.store.read.first(roundTarget, { roundId }))?.attempts;
  expect([await attempts(half), await attempts(special)]).toEqual([0, 1]);
  // Ended, and still to be changed: what the end decided goes along.
  await setRound(t.ctx, visitId, await targetOf(half));
  expect([await attempts(half), await attempts(special)]).toEqual([1, 0]);
  await setRound(t.ctx, visitId, null);
  expect([await attempts(half), await attempts(special)]).toEqual([0, 0]);
  await setRound(t.ctx, visitId, await targetOf(special));
  await act(t.ctx, 'visit', [visitId], 'reopen', { reason: '日期写错' });
  await updateVisit(t.ctx, visitId, { date: '2026-10-20' });
  expect((await getVisit(t.ctx, visitId)).roundName).toBe('下半年');
  await finishVisit(t.ctx, visitId, 'refused');
  await signVisit(t.ctx, visitId, { signerName: '王建国', signerPost: '', refused: false, refusedReason: '' });
  await expect(setRound(t.ctx, visitId, null)).rejects.toMatchObject(said(/先撤销签字/));
});

test('an enterprise that closes or moves away leaves a running round from that day: board, list and statistics say the same', async () => {
  const ids = await makeEnterprises(
    t.ctx,
    Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`上海${n + 1}号厂`, {}])),
  );
  const all = Object.values(ids);
  const roundId = await makeRound('下半年', ['2026-07-01', '2026-12-31'], 'running', all);
  await finishVisit(t.ctx, await start(all[0] ?? '', '2026-11-02'), 'closed_door');
  await inAction(t.ctx, '关停', 'form', async (tx) => {
    for (const [n, status] of (['closed', 'closed', 'closed', 'relocated'] as const).entries()) {
      const before = await tx.read.get(enterprise, all[n] ?? '');
      if (before && n < 3) await changeEnterprise(tx, before, { operatingStatus: status }, '2026-11-10', 'notice');
    }
  });
  const figure = async (asOf: string, code = 'coverageRate') =>
    await overview(t.ctx, statisticsScope.parse({ from: '2026-07-01', to: asOf, asOf, roundId })).then((o) => [
      o.figures[code]?.denominator ?? o.figures[code]?.numerator,
      o.left,
    ]);
  const board = await roundBoard(t.ctx, roundId);
  expect([board.round.coverageDenominator, board.left, board.round.pending, board.round.closedDoor]).toEqual([
    7,
    '3 家关停',
    7,
    0,
  ]);
  expect(await figure('2026-11-18')).toEqual([7, '3 家关停']);
  expect(await figure('2026-11-09')).toEqual([10, '']);
  const scope = statisticsScope.parse({ from: '2026-07-01', to: '2026-11-18', asOf: '2026-11-18', roundId });
  const list = await behind(t.ctx, drill.parse({ scope, figure: 'leftEnterprises' }), { offset: 0, limit: 9 });
  expect(list.total).toBe(3);
  const rows = await listed(t.ctx, 'round', '', ['pending', 'inDenominator', 'skipped']);
  expect(rows.rows[0]?.values).toMatchObject({ pending: 7, inDenominator: 7, skipped: 3 });
  const targets = async (status: string) =>
    (
      await listTargets(t.ctx, {
        roundId,
        status,
        villageId: null,
        staffId: null,
        text: '',
        page: { offset: 0, limit: 20 },
      })
    ).rows;
  expect((await targets('skipped')).map((r) => [r.skipReason, r.left])).toEqual([
    ['closed', true],
    ['closed', true],
    ['closed', true],
  ]);
  expect(await targets('pending')).toHaveLength(7);
});

test('what closes after a round was finished does not change it', async () => {
  const id = await one();
  const roundId = await makeRound('上半年', ['2026-01-01', '2026-06-30'], 'running', [id]);
  await finishVisit(t.ctx, await start(id, '2026-06-02'), 'refused');
  await inAction(t.ctx, '已查', 'form', async (tx) => {
    await tx.update(roundTarget, await targetOf(roundId), { status: 'visited' });
  });
  await act(t.ctx, 'round', [roundId], 'review');
  await act(t.ctx, 'round', [roundId], 'finish');
  await inAction(t.ctx, '完成在前', 'form', async (tx) => {
    await tx.update(round, roundId, { finishedDate: '2026-07-02' });
    const before = await tx.read.get(enterprise, id);
    if (before) await changeEnterprise(tx, before, { operatingStatus: 'closed' }, '2026-09-01', 'notice');
  });
  expect(await coverage(roundId)).toEqual([1, 1]);
  const scope = statisticsScope.parse({ from: '2026-01-01', to: '2026-11-18', asOf: '2026-11-18', roundId });
  expect((await overview(t.ctx, scope)).figures.coverageRate?.denominator).toBe(1);
});
