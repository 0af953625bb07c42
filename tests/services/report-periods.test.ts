// What a report says of its period and of its year fits together, whichever year the project counts by.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill } from '../../contract/statistics.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { contradictions, reportText, type ReportFigures } from '../../domain/reports/index.ts';
import { act } from '../../services/context.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { behind, exportBehind, overview } from '../../services/statistics/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { pastFinding } from '../support/past-findings.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let enterpriseId = '';
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '村居', '对象类型'],
      ['上海绿屏汽车修理有限公司', '建东村', '汽修'],
    ]),
  ]);
  enterpriseId = String((await onFile(t.ctx))[0]?.id);
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const report = async (kind: 'weekly_report' | 'monthly_report', from: string, to: string): Promise<ReportFigures> =>
  await reportFigures(t.ctx, { kind, from, to, asOf: to, objectKinds: [], plan: [] });
const words = (f: ReportFigures): string =>
  reportText(f)
    .flatMap((block) => (block.type === 'paragraph' ? block.spans.map((span) => span.text) : []))
    .join('');

test('a week across the turn of the year does not contradict itself: what its list shows is counted in the text', async () => {
  await pastFinding(t.ctx, enterpriseId, [['issue', 'open', '2025-12-30', '2026-01-14']]);
  await pastFinding(t.ctx, enterpriseId, [['fix_on_site', 'closed', '2025-12-31']]);
  const figures = await report('weekly_report', '2025-12-29', '2026-01-04');
  expect(contradictions(figures)).toEqual([]);
  expect(words(figures)).toContain('发现问题2项，销号1项');
  expect(words(figures)).toContain('自2025年1月1日起共检查企业0家、0家次，发现问题2项，已完成整改1项');
  expect(figures.findings).toHaveLength(2);
});

test('what was struck off in January counts in January, though it was found in December; its list shows it', async () => {
  const id = await pastFinding(t.ctx, enterpriseId, [
    ['issue', 'open', '2025-12-10', '2026-01-20'],
    ['report', 'submitted', '2026-01-08'],
    ['verify_pass', 'closed', '2026-01-12'],
  ]);
  const figures = await report('monthly_report', '2026-01-01', '2026-01-31');
  expect([
    figures.figures.periodClosedCount?.numerator,
    figures.figures.periodClosedEarlier?.numerator,
    figures.figures.foundCount?.numerator,
  ]).toEqual([1, 1, 0]);
  expect(words(figures)).toContain('销号1项（含此前发现的1项）');
  expect(contradictions(figures)).toEqual([]);
  const list = await behind(
    t.ctx,
    drill.parse({ scope: { from: '2026-01-01', to: '2026-01-31', asOf: '2026-01-31' }, figure: 'closedInPeriod' }),
    { offset: 0, limit: 10 },
  );
  expect(list.rows.map((row) => row.id)).toEqual([id]);
});

test('a project that counts by the contract has its reports cumulate from the first day of the contract year, and say so', async () => {
  const { value } = await act(
    t.ctx,
    '建立项目',
    'form',
    async (tx) =>
      (await tx.insert(serviceProject, {
        name: '管家服务',
        startDate: '2024-07-01',
        endDate: '2026-06-30',
        statisticsYear: 'contract',
      } as never)) as { id: string },
  );
  await t.desk.setProject(value.id);
  await pastFinding(t.ctx, enterpriseId, [['fix_on_site', 'closed', '2025-06-30']]);
  await pastFinding(t.ctx, enterpriseId, [['fix_on_site', 'closed', '2025-08-01']]);
  await pastFinding(t.ctx, enterpriseId, [['issue', 'open', '2026-06-10', '2026-06-25']]);
  const figures = await report('monthly_report', '2026-06-01', '2026-06-30');
  expect(figures.cumulative).toEqual({ label: '本合同年度', from: '2025-07-01' });
  expect(words(figures)).toContain('本合同年度共检查企业0家、0家次，发现问题2项');
  expect(contradictions(figures)).toEqual([]);
});

test('a report that failed its verification does not make a finding timely, yesterday no more than today', async () => {
  await pastFinding(t.ctx, enterpriseId, [
    ['issue', 'open', '2026-10-01', '2026-10-20'],
    ['report', 'submitted', '2026-10-10'],
    ['verify_fail', 'in_progress', '2026-10-12', '2026-10-30'],
    ['transfer', 'transferred', '2026-10-15'],
    ['close_transferred', 'closed', '2026-11-10'],
  ]);
  const at = async (asOf: string) =>
    (
      await overview(
        t.ctx,
        drill.parse({ scope: { from: '2026-10-01', to: '2026-10-31', asOf }, figure: 'foundCount' }).scope,
      )
    ).figures.onTimeRate;
  for (const day of ['2026-11-17', '2026-11-18'])
    expect(await at(day), day).toMatchObject({ numerator: 0, denominator: 1 });
});

/** A visit of the day, done. */
async function visited(id: string, date: string): Promise<void> {
  await act(
    t.ctx,
    '检查',
    'visit',
    async (tx) =>
      await tx.insert(visit, {
        no: `V-${date}`,
        enterpriseId: id,
        date,
        state: 'signed',
        outcome: 'completed',
      } as never),
  );
}

test(
  'an enterprise that closes later changes nothing of an earlier day: coverage stays, and its visit stays in ' +
    'the total of its village',
  async () => {
    await bring(t.ctx, [
      sheet([
        ['企业名称', '村居', '对象类型'],
        ['上海红屏汽车修理有限公司', '建东村', '汽修'],
      ]),
    ]);
    await visited(enterpriseId, '2026-06-10');
    const june = async () => {
      const all = await report('monthly_report', '2026-06-01', '2026-06-30');
      const { trainingCoverage: _, ...counted } = all.figures;
      return { ...all, figures: counted };
    };
    const before = await june();
    expect(before.figures.coverageRate).toMatchObject({ numerator: 1, denominator: 2 });
    await updateEnterprise(t.ctx, enterpriseId, { operatingStatus: 'closed', operatingStatusDate: '2026-09-01' });
    expect(await june()).toEqual(before);
    const inScope = async (asOf: string) =>
      await behind(
        t.ctx,
        drill.parse({ scope: { from: '2026-06-01', to: '2026-06-30', asOf }, figure: 'inScopeEnterprises' }),
        { offset: 0, limit: 10 },
      );
    expect([
      (await inScope('2026-08-31')).total,
      (await inScope('2026-09-01')).total,
      (await inScope('2026-11-18')).total,
    ]).toEqual([2, 1, 1]);
    expect(
      (await inScope('2026-08-31')).rows.map((row) => 'operatingStatus' in row && row.operatingStatus),
    ).not.toContain('closed');
    // Today: no longer to be visited, and yet visited this year.
    const november = await report('monthly_report', '2026-11-01', '2026-11-18');
    expect(november.figures.coverageRate).toMatchObject({ numerator: 0, denominator: 1 });
    expect([november.figures.visitedEnterprises?.numerator, november.byVillage.map((row) => row.visited)]).toEqual([
      1,
      [1],
    ]);
    expect(contradictions(november)).toEqual([]);
    expect(
      contradictions({ ...november, byVillage: november.byVillage.map((row) => ({ ...row, visited: 0 })) }),
    ).toEqual(['各村居检查企业合计0家，与总数1家不符']);
  },
);

test('the list behind a number of an earlier day shows its findings as they stood then', async () => {
  const id = await pastFinding(t.ctx, enterpriseId, [
    ['issue', 'open', '2026-06-01', '2026-06-20'],
    ['extend', 'open', '2026-07-01', '2026-07-20'],
    ['report', 'submitted', '2026-07-10'],
    ['verify_pass', 'closed', '2026-07-12'],
  ]);
  const asked = drill.parse({
    scope: { from: '2026-06-01', to: '2026-06-30', asOf: '2026-06-30' },
    figure: 'unrectified',
  });
  expect((await behind(t.ctx, asked, { offset: 0, limit: 10 })).rows).toMatchObject([
    { id, status: 'open', deadline: '2026-06-20', closedDate: null, overdueDays: 10 },
  ]);
  expect((await exportBehind(t.ctx, asked)).rows[0]?.slice(-2)).toEqual(['2026-06-20', '待整改']);
});

test('a report of the past plans with the round of its day, and says from which status an enterprise changed', async () => {
  await act(t.ctx, '轮次', 'form', async (tx) => {
    for (const [no, name, startDate, endDate, state] of [
      [1, '第一轮', '2026-03-01', '2026-06-30', 'finished'],
      [2, '第二轮', '2026-08-01', '2026-12-31', 'running'],
    ] as const) {
      const { id } = (await tx.insert(round, { no, name, startDate, endDate, state } as never)) as { id: string };
      await tx.insert(roundTarget, { roundId: id, enterpriseId, status: no === 1 ? 'visited' : 'pending' } as never);
    }
  });
  await updateEnterprise(t.ctx, enterpriseId, { operatingStatus: 'suspended', operatingStatusDate: '2026-04-10' });
  await updateEnterprise(t.ctx, enterpriseId, { operatingStatus: 'operating', operatingStatusDate: '2026-05-10' });
  const may = await report('monthly_report', '2026-05-01', '2026-05-31');
  expect(may.plan.join()).toContain('按“第一轮”计划继续检查尚未检查的1家企业');
  expect(may.statusChanges).toMatchObject([{ from: '停产', to: '在产' }]);
});
