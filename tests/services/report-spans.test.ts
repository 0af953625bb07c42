// A periodic report shows the period and the year side by side, says what its counts hold, and compares equal ranges.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainText, reportText, type Block, type ReportFigures } from '../../domain/reports/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { closeWorkers } from '../../services/workers/index.ts';

import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const PERIODS = {
  weekly_report: ['2026-11-09', '2026-11-15', '本周'],
  monthly_report: ['2026-11-01', '2026-11-30', '本月'],
  quarterly_report: ['2026-10-01', '2026-12-31', '本季度'],
} as const;

const figuresOf = async (
  kind: keyof typeof PERIODS | 'annual_report',
  from = '2026-01-01',
  to = '2026-12-31',
): Promise<ReportFigures> =>
  await reportFigures(t.ctx, { kind, from, to, asOf: '2026-11-18', objectKinds: [], plan: [] });

const tableNamed = (blocks: readonly Block[], id: string) => {
  const found = blocks.find((block) => block.type === 'table' && block.id === id);
  if (found?.type !== 'table') throw new Error(`no table ${id}`);
  return found;
};
const sentences = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.type === 'paragraph' && block.role === 'body' ? [plainText(block.spans)] : []));

async function findings(...days: readonly string[]): Promise<void> {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  for (const day of days) await makeFinding(t.ctx, ids['上海甲有限公司'] ?? '', day, '2026-12-31');
}

test('week, month and quarter: every table of counts has columns of the period and of the year', async () => {
  await findings('2026-03-02', '2026-10-08', '2026-11-03', '2026-11-10');
  for (const [kind, [from, to, word]] of Object.entries(PERIODS)) {
    const figures = await figuresOf(kind as keyof typeof PERIODS, from, to);
    const blocks = reportText(figures);
    const found = figures.findings.length;
    for (const id of ['byClass', 'byCategory', 'byVillage']) {
      const table = tableNamed(blocks, id);
      expect([kind, [...new Set(table.columns.slice(1).map(({ group }) => group))]]).toEqual([kind, [word, '本年']]);
      expect(table.caption).toContain(`（${word}、本年发现的问题，截至2026年11月18日）`);
      const headings = table.columns.map(({ group, heading }) => `${group ?? ''}${heading}`);
      const cell = (heading: string): string => plainText([table.totals?.[headings.indexOf(heading)] ?? '']);
      expect([kind, cell(`${word}发现`), cell('本年发现')]).toEqual([kind, String(found), '4']);
      expect(headings).toContain(`${word}整改率`);
    }
    expect(tableNamed(blocks, 'main').columns.map(({ heading }) => heading)).toEqual(['指标', word, '本年']);
  }
});

test('no sentence stands twice, and what is said of the part stands beside its whole', async () => {
  await findings('2025-05-04', '2026-03-02', '2026-11-03');
  for (const [kind, [from, to]] of Object.entries({ ...PERIODS, annual_report: ['2026-01-01', '2026-12-31'] })) {
    const said = sentences(reportText(await figuresOf(kind as keyof typeof PERIODS, from, to)));
    expect(said).toEqual([...new Set(said)]);
    // 其中 follows what it is a part of: nights belong to visits, not to what was struck off.
    for (const sentence of said) expect(sentence).not.toMatch(/销号\d+项，其中/);
  }
});

test('18 open findings of earlier years and 40 of this one: a line of their own, their list, 58 in all', async () => {
  const day = (year: number, n: number): string => `${year}-${String(1 + (n % 9)).padStart(2, '0')}-10`;
  await findings(
    ...Array.from({ length: 18 }, (_, n) => day(n < 9 ? 2024 : 2025, n)),
    ...Array.from({ length: 40 }, (_, n) => day(2026, n)),
  );
  const figures = await figuresOf('monthly_report', '2026-11-01', '2026-11-30');
  const blocks = reportText(figures);
  expect(sentences(blocks).join('')).toContain(
    '另有往年未销号18项，不计入以上各项，名单见“往年未销号”，连同往年的，未销号合计58项。',
  );
  expect(tableNamed(blocks, 'earlier').rows).toHaveLength(18);
  expect([figures.figures.openCount?.numerator, figures.figures.openInAll?.numerator]).toEqual([40, 58]);
  const open = [{ field: 'status', op: 'ne' as const, value: 'closed' }];
  const page = { kind: 'finding', filter: open, sort: null, columns: null, page: { offset: 0, limit: 1 } };
  expect((await listPage(t.ctx, page)).total).toBe(58);
});

test('major findings say in words whether all or open ones are meant', async () => {
  const { major, ...figures } = await figuresOf('annual_report');
  const told = reportText({
    ...figures,
    byClass: [{ id: 'major', label: '重大问题', found: 53, rectified: 39, unrectified: 14, overdue: 0, rate: '73.6%' }],
    figures: { ...figures.figures, foundCount: { ...figures.figures.foundCount!, numerator: 53, printed: '53' } },
    major: Array.from({ length: 14 }, (_, n) => ({ ...row, id: String(n) })),
  });
  expect(major).toEqual([]);
  expect(sentences(told)).toEqual(
    expect.arrayContaining([
      '重大问题全部53项，其中已完成整改39项、未完成整改14项。',
      '截至2026年11月18日，本年度发现的重大问题中未销号的有14项，建议按专项帮扶方案持续跟踪。',
    ]),
  );
});
const row = {
  id: '',
  no: 'QX-26-00001',
  village: null,
  enterprise: '某厂',
  creditCode: null,
  foundDate: '2026-03-02',
  round: null,
  category: null,
  description: null,
  handlingClass: null,
  responsible: null,
  measure: null,
  deadline: null,
  status: '整改中',
  closedDate: null,
  verification: null,
  remark: null,
  overdueDays: 0,
};

test('years side by side hold the same days, and the caption says which', async () => {
  // Found after the day up to which this year is known: of an earlier year it does not count.
  await findings('2025-03-02', '2025-12-20', '2026-03-02');
  const figures = await figuresOf('annual_report');
  expect(figures.years?.map(({ year, found, days }) => [year, found, days?.to])).toEqual([
    ['2025年', 1, '2025-11-18'],
    ['2026年', 1, '2026-11-18'],
  ]);
  const text = reportText(figures);
  expect(tableNamed(text, 'years').caption).toContain('各年均为1月1日至11月18日发现的问题');
  const chart = text.find((block) => block.type === 'chart' && block.id === 'villageYears');
  expect(chart).toMatchObject({ caption: expect.stringContaining('各年均为1月1日至11月18日发现的问题') as string });
});

test('a comparison names the days of both its ranges, and has the year beside them', async () => {
  await findings('2026-10-08', '2026-11-03');
  const table = tableNamed(reportText(await figuresOf('monthly_report', '2026-11-01', '2026-11-30')), 'comparisons');
  expect(table.caption).toContain('本月2026-11-01至2026-11-18，上月2026-10-01至2026-10-18');
  expect(table.columns.map(({ heading }) => heading)).toEqual(['指标', '本月', '上月', '环比', '本年']);
});
