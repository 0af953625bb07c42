// What a report says of its period and of its year fits together, whichever year the project counts by.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill } from '../../contract/statistics.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { contradictions, reportText, type ReportFigures } from '../../domain/reports/index.ts';
import { act } from '../../services/context.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { behind, overview } from '../../services/statistics/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { pastFinding } from '../support/past-findings.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let enterpriseId = '';
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [sheet([['企业名称', '村居', '对象类型'], ['上海绿屏汽车修理有限公司', '建东村', '汽修']])]);
  enterpriseId = String((await onFile(t.ctx))[0]?.id);
});
afterEach(async () => { await t.close(); await closeWorkers(); });

const report = async (kind: 'weekly_report' | 'monthly_report', from: string, to: string): Promise<ReportFigures> => await reportFigures(t.ctx, { kind, from, to, asOf: to, objectKinds: [], plan: [] });
const words = (f: ReportFigures): string => reportText(f).flatMap((block) => (block.type === 'paragraph' ? block.spans.map((span) => span.text) : [])).join('');

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
  const id = await pastFinding(t.ctx, enterpriseId, [['issue', 'open', '2025-12-10', '2026-01-20'], ['report', 'submitted', '2026-01-08'], ['verify_pass', 'closed', '2026-01-12']]);
  const figures = await report('monthly_report', '2026-01-01', '2026-01-31');
  expect([figures.figures.periodClosedCount?.numerator, figures.figures.periodClosedEarlier?.numerator, figures.figures.foundCount?.numerator]).toEqual([1, 1, 0]);
  expect(words(figures)).toContain('销号1项（含此前发现的1项）');
  expect(contradictions(figures)).toEqual([]);
  const list = await behind(t.ctx, drill.parse({ scope: { from: '2026-01-01', to: '2026-01-31', asOf: '2026-01-31' }, figure: 'closedInPeriod' }), { offset: 0, limit: 10 });
  expect(list.rows.map((row) => row.id)).toEqual([id]);
});

test('a project that counts by the contract has its reports cumulate from the first day of the contract year, and say so', async () => {
  const { value } = await act(t.ctx, '建立项目', 'form', async (tx) => await tx.insert(serviceProject, { name: '管家服务', startDate: '2024-07-01', endDate: '2026-06-30', statisticsYear: 'contract' } as never) as { id: string });
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
    ['issue', 'open', '2026-10-01', '2026-10-20'], ['report', 'submitted', '2026-10-10'], ['verify_fail', 'in_progress', '2026-10-12', '2026-10-30'], ['transfer', 'transferred', '2026-10-15'], ['close_transferred', 'closed', '2026-11-10'],
  ]);
  const at = async (asOf: string) => (await overview(t.ctx, drill.parse({ scope: { from: '2026-10-01', to: '2026-10-31', asOf }, figure: 'foundCount' }).scope)).figures.onTimeRate;
  for (const day of ['2026-11-17', '2026-11-18']) expect(await at(day), day).toMatchObject({ numerator: 0, denominator: 1 });
});
