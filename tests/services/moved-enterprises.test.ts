// An enterprise that moves leaves its past where it was (domain reference 8.2, 7), and areas may have a level between town and village.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill, statisticsScope } from '../../contract/statistics.ts';
import { visit } from '../../domain/visits/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { amendMove, getEnterprise, updateEnterprise } from '../../services/enterprises/index.ts';
import { createRecord, updateRecord } from '../../services/records/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { behind, figuresBy, overview } from '../../services/statistics/index.ts';
import { editMany } from '../support/edit-many.ts';
import { onFile, openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const area = async (level: string, name: string, parentId: string | null): Promise<string> =>
  (await createRecord(t.ctx, 'area', { level, name, parentId })).id;
const scope = (from: string, to: string, asOf: string, more: Record<string, unknown> = {}) =>
  statisticsScope.parse({ from, to, asOf, ...more });
const LAST_YEAR = ['2025-01-01', '2025-12-31', '2025-12-31'] as const;

/** One enterprise in 东禾村 with a finding and a visit of 2025 and a finding of 2026; the villages by name. */
async function town(ctx: Context): Promise<{ id: string; east: string; north: string; townId: string }> {
  const { 上海甲有限公司: id = '' } = await makeEnterprises(ctx, { 上海甲有限公司: {} });
  const townId = String((await onFile(ctx))[0]?.town_id);
  const [east, north] = [await area('village', '东禾村', townId), await area('village', '北塘村', townId)];
  await updateEnterprise(ctx, id, { villageId: east });
  await makeFinding(ctx, id, '2025-03-02', '2025-03-20');
  await makeFinding(ctx, id, '2026-11-18', '2026-12-20');
  await act(ctx, '检查', 'visit', async (tx) => {
    await tx.insert(visit, {
      no: 'V-1',
      enterpriseId: id,
      date: '2025-03-02',
      state: 'recorded',
      outcome: 'completed',
    });
  });
  return { id, east, north, townId };
}

const found = async (s: ReturnType<typeof scope>): Promise<unknown> =>
  (await overview(t.ctx, s)).byVillage.map((v) => [v.name, v.enterprises, v.visitedEnterprises, v.found]);

test('findings, visits and the enterprise itself are counted where it lay on their day; the list behind says the same', async () => {
  const { id, north } = await town(t.ctx);
  await updateEnterprise(t.ctx, id, { villageId: north });
  expect(await found(scope(...LAST_YEAR))).toEqual([['东禾村', 1, 1, 1]]);
  expect(await found(scope('2026-01-01', '2026-12-31', '2026-11-18'))).toEqual([['北塘村', 1, 0, 1]]);
  // Of all years, as of today: the finding of 2025 stays, the enterprise is where it is.
  const both = scope('2025-01-01', '2026-12-31', '2026-11-18');
  expect(await found(both)).toEqual([
    ['北塘村', 1, 0, 1],
    ['东禾村', 0, 1, 1],
  ]);
  for (const figure of ['foundCount', 'visitCount', 'inScopeEnterprises']) {
    const page = await behind(t.ctx, drill.parse({ scope: scope(...LAST_YEAR), figure }), { offset: 0, limit: 9 });
    expect([page.groups, page.rows.map((row) => row.villageName)], figure).toEqual([
      [{ village: '东禾村', rows: 1 }],
      ['东禾村'],
    ]);
  }
});

test('a report of the year before keeps them in its tables, its lists and under its filter', async () => {
  const { id, east, north } = await town(t.ctx);
  await updateEnterprise(t.ctx, id, { villageId: north });
  const asked = {
    kind: 'annual_report',
    from: '2025-01-01',
    to: '2025-12-31',
    asOf: '2026-11-18',
    objectKinds: [],
    plan: [],
  };
  const whole = await reportFigures(t.ctx, asked as never);
  expect(whole.findings.map((f) => f.village)).toEqual(['东禾村']);
  expect(whole.byVillage.map((v) => [v.label, v.found])).toContainEqual(['东禾村', 1]);
  const of = async (village: string): Promise<number> =>
    (await reportFigures(t.ctx, { ...asked, filter: [{ field: 'villageId', op: 'in', value: [village] }] } as never))
      .findings.length;
  expect([await of(east), await of(north)]).toEqual([1, 0]);
  expect((await overview(t.ctx, scope(...LAST_YEAR, { villageIds: [east] }))).figures.foundCount?.numerator).toBe(1);
});

test('a move to another town leaves the past in the town it was in', async () => {
  const { id, townId } = await town(t.ctx);
  const other = await area('town', '七宝镇', null);
  await updateEnterprise(t.ctx, id, { townId: other, villageId: await area('village', '九星村', other) });
  const by = async (from: string, to: string, asOf: string): Promise<unknown> =>
    (await figuresBy(t.ctx, { scope: scope(from, to, asOf), by: ['town'], figures: ['foundCount'] })).cells.map(
      (cell) => cell.names,
    );
  expect(await by(...LAST_YEAR)).toEqual([['华漕镇']]);
  expect(await by('2026-01-01', '2026-12-31', '2026-11-18')).toEqual([['七宝镇']]);
  expect(townId).not.toBe(other);
});

test('the day of a move can be put right; a place that was wrong takes the past along; both can be undone', async () => {
  const { id, north } = await town(t.ctx);
  await updateEnterprise(t.ctx, id, { villageId: north });
  expect((await getEnterprise(t.ctx, id)).moved).toEqual({ from: '东禾村', to: '北塘村', since: '2026-11-18' });
  const { actionId } = await amendMove(t.ctx, id, '2025-02-01');
  expect(await found(scope(...LAST_YEAR))).toEqual([['北塘村', 1, 1, 1]]);
  await expect(amendMove(t.ctx, id, '2026-11-19')).rejects.toMatchObject({
    data: { sentence: '搬迁日期不能晚于今天' },
  });
  await t.ctx.store.undo(actionId, '陈思远');
  expect(await found(scope(...LAST_YEAR))).toEqual([['东禾村', 1, 1, 1]]);
  await amendMove(t.ctx, id, null);
  expect(await found(scope(...LAST_YEAR))).toEqual([['北塘村', 1, 1, 1]]);
  expect((await getEnterprise(t.ctx, id)).moved).toBeNull();
  await expect(amendMove(t.ctx, id, null)).rejects.toMatchObject({ data: { sentence: /没有搬迁记录/ } });
});

test('a place that is filled in, or put right before anything happened, is no move', async () => {
  const { 上海甲有限公司: id = '' } = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  const townId = String((await onFile(t.ctx))[0]?.town_id);
  const [east, north] = [await area('village', '东禾村', townId), await area('village', '北塘村', townId)];
  await updateEnterprise(t.ctx, id, { villageId: east });
  await updateEnterprise(t.ctx, id, { villageId: north });
  expect((await getEnterprise(t.ctx, id)).moved).toBeNull();
  await makeFinding(t.ctx, id, '2025-03-02', '2025-03-20');
  expect(await found(scope(...LAST_YEAR))).toEqual([['北塘村', 1, 0, 1]]);
});

test('areas between town and village: enterprises are edited and saved, and a wrong nesting is named', async () => {
  const { id, east, north, townId } = await town(t.ctx);
  const sector = await area('sector', '东片', townId);
  await updateRecord(t.ctx, 'area', east, { parentId: sector });
  await updateRecord(t.ctx, 'area', north, { parentId: sector });
  await updateEnterprise(t.ctx, id, { villageId: east, townId, address: '东禾路 1 号' });
  expect((await editMany(t.ctx, 'enterprise', [id], { villageId: north })).done).toMatchObject({ changed: 1 });
  const other = await area('town', '七宝镇', null);
  const building = await area('building', '兴业楼', await area('park', '兴业园区', other));
  const said = (sentence: RegExp) => ({
    code: 'INVALID',
    data: { problems: [expect.objectContaining({ sentence: expect.stringMatching(sentence) as string })] },
  });
  await expect(updateEnterprise(t.ctx, id, { townId: other })).rejects.toMatchObject(
    said(/北塘村不属于所选街镇（它在华漕镇）/),
  );
  await expect(updateEnterprise(t.ctx, id, { buildingId: building })).rejects.toMatchObject(
    said(/兴业楼不属于所选街镇（它在七宝镇）/),
  );
});
