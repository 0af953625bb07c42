// An enterprise in the bin is in no list and no figure, and every page says the same number.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill } from '../../contract/statistics.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { training, trainingAttendance } from '../../domain/training/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { listTargets, roundBoard } from '../../services/rounds/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { overview } from '../../services/statistics/index.ts';
import { railCounts, todayPage } from '../../services/today/index.ts';
import { getTraining, trainingEnterprises } from '../../services/training/index.ts';
import { finishRound } from '../support/events.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding, makeRound } from '../support/town.ts';
import { listed } from '../support/listed.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const all = { offset: 0, limit: 50 };

test('once an enterprise is in the bin, Today, rail, findings, round, statistics, search and trainings leave it out alike', async () => {
  const { ctx } = t;
  const ids = await makeEnterprises(ctx, { 上海甲有限公司: {}, 上海乙有限公司: {} });
  const [kept, gone] = [ids['上海甲有限公司'] ?? '', ids['上海乙有限公司'] ?? ''];
  await makeFinding(ctx, gone, '2026-11-02', '2026-11-10');
  const roundId = await makeRound(ctx, [kept, gone], '2026-11-18');
  const { value: trainingId } = await act(ctx, '培训', 'form', async (tx) => {
    await tx.insert(visit, { no: 'V-1', enterpriseId: gone, date: '2026-11-18', state: 'draft' });
    const row = await tx.insert(training, { title: '危废培训', date: '2026-11-05', state: 'held' });
    for (const enterpriseId of [kept, gone])
      await tx.insert(trainingAttendance, { trainingId: row.id, enterpriseId, personName: '王建国' });
    return row.id;
  });
  expect((await railCounts(ctx)).openFindings).toBe(1);
  expect((await searchAll(ctx, '废漆桶', 9)).total).toBe(1);
  // What was worked on is not binned by hand; another office's package may bring it binned.
  await act(ctx, '收进', 'handoff', async (tx) => {
    await tx.remove(enterprise, gone);
  });

  const page = await todayPage(ctx, false);
  expect(page.groups.map((g) => [g.id, g.rows.map((r) => r.enterpriseName)])).toEqual([['visits', ['上海甲有限公司']]]);
  expect(page.week.find((d) => d.today)).toMatchObject({ planned: 1 });
  expect(await railCounts(ctx)).toMatchObject({ openFindings: 0, enterprises: 1 });
  expect(await listed(ctx, 'finding', 'open')).toMatchObject({ rows: [], total: 0, all: 0 });
  // What the file itself holds stays to be seen from the bin.
  expect((await listed(ctx, 'finding', `enterpriseId=${gone}`)).total).toBe(1);

  expect((await searchAll(ctx, '废漆桶', 9)).total).toBe(0);

  const board = await roundBoard(ctx, roundId);
  const statistics = await overview(
    ctx,
    drill.parse({
      scope: { from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-18', roundId },
      figure: 'coverageRate',
    }).scope,
  );
  expect([
    board.round.coverageDenominator,
    board.round.openFindings,
    board.byVillage[0]?.targets,
    board.byStaff[0]?.targets,
  ]).toEqual([1, 0, 1, 1]);
  expect(statistics.figures.coverageRate?.denominator).toBe(board.round.coverageDenominator);
  expect((await listed(ctx, 'round', '', ['targets'])).rows[0]?.values['targets']).toBe(1);
  const targets = await listTargets(ctx, {
    roundId,
    status: null,
    villageId: null,
    staffId: null,
    text: '',
    page: all,
  });
  expect([targets.total, targets.rows.map((r) => r.enterpriseId)]).toEqual([1, [kept]]);
  await act(ctx, '查完', 'form', async (tx) => {
    await tx.execute("UPDATE round_target SET status = 'visited' WHERE enterprise_id = ?", [kept]);
  });
  await finishRound(ctx, roundId);

  for (const [basis, printed] of [
    ['all', '100.0%'],
    ['invited', '－'],
    ['audience', '－'],
  ] as const) {
    await t.desk.setProject(
      (
        await act(
          ctx,
          '项目',
          'form',
          async (tx) =>
            (
              await tx.insert(serviceProject, {
                name: basis,
                startDate: '2026-01-01',
                endDate: '2026-12-31',
                trainingDenominator: basis,
              })
            ).id,
        )
      ).value,
    );
    const { coverage, persons } = await getTraining(ctx, trainingId);
    expect([coverage.printed, coverage.missing, persons]).toEqual([printed, 0, 1]);
    expect((await listed(ctx, 'training', '', ['coverage', 'attended', 'persons'])).rows[0]?.values).toEqual({
      coverage: printed,
      attended: 1,
      persons: 1,
    });
  }
  expect((await trainingEnterprises(ctx, trainingId, 'attended', '', all)).rows.map((r) => r.name)).toEqual([
    '上海甲有限公司',
  ]);
});
