// Every figure against the list behind it, on the demonstration town: today, for periods that are over, and as of a day
// in the middle of one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drill, type Overview } from '../../contract/statistics.ts';
import { parseFilter } from '../../domain/lists.ts';
import { reportText } from '../../domain/reports/index.ts';
import { contradictions } from '../../domain/reports/consistency.ts';
import { foldSteps, type Step } from '../../domain/findings/steps.ts';
import { countRows, listIds } from '../../services/lists/index.ts';
import { issueReport } from '../../services/reports/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { behind, cohort, overview } from '../../services/statistics/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { actOnFindings } from '../support/events.ts';
import { copyShared } from '../support/shared.ts';

const root = mkdtempSync(join(tmpdir(), 'steward-lists-'));
const desk = new Desk({
  resources: 'resources',
  version: 'test',
  configFolder: join(root, 'config'),
  today: () => '2026-11-18',
});
beforeAll(async () => {
  await copyShared('demo', { workspace: join(root, 'town'), config: join(root, 'config') });
  await desk.open(join(root, 'town'));
  // Polluters that are gone: struck off, and yet not rectified unless the project counts them so.
  const open = await desk.context.store.read.sql<{ id: string }>(
    "SELECT id FROM finding WHERE status IN ('open', 'in_progress') AND found_date >= '2026-01-01' ORDER BY no LIMIT 3",
  );
  const event = { date: '2026-11-18', deadline: null, reason: '企业搬离', approver: '王所长', evidence: '现场已清空' };
  for (const name of ['suspend', 'source_removed'])
    await actOnFindings(
      desk.context,
      open.map((row) => row.id),
      { ...event, event: name },
    );
});
afterAll(async () => {
  await desk.close();
  await closeWorkers();
  rmSync(root, { recursive: true, force: true });
});

/** A part of the enterprises, by a field and by a child. */
const REPAIR = 'objectKind=car_repair & contact';

const SCOPES = [
  { from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-18' },
  { from: '2026-01-01', to: '2026-12-31', asOf: '2026-11-18' },
  { from: '2025-01-01', to: '2025-12-31', asOf: '2025-12-31' },
  { from: '2026-04-01', to: '2026-06-30', asOf: '2026-05-20' },
  { from: '2020-01-01', to: '2020-12-31', asOf: '2020-12-31' },
  { from: '2026-01-01', to: '2026-12-31', asOf: '2026-11-18', filter: parseFilter('enterprise', REPAIR) },
  { from: '2026-01-01', to: '2026-06-30', asOf: '2026-05-20', filter: parseFilter('enterprise', REPAIR) },
];

test.each(SCOPES)(
  'the list behind every figure of $from to $to as of $asOf is as long as the figure says',
  async (scope) => {
    const { figures } = await overview(desk.context, drill.parse({ scope, figure: 'foundCount' }).scope);
    const wrong: string[] = [];
    for (const [figure, { numerator }] of Object.entries(figures)) {
      const { total } = await behind(desk.context, drill.parse({ scope, figure }), { offset: 0, limit: 1 });
      // Verifications that failed are counted one by one; their list has each finding once.
      const fits = figure === 'returnRate' ? total <= numerator && total > 0 === numerator > 0 : total === numerator;
      if (!fits) wrong.push(`${figure}: ${String(numerator)}, list ${String(total)}`);
    }
    expect(wrong).toEqual([]);
  },
);

/** The numbers of the tables and charts with the drills that the window asks for them. */
function cells(o: Overview): [string, number, Record<string, unknown>][] {
  return [
    ...[...o.byVillage, { ...o.total, villageId: null, isTotal: true }].flatMap(
      (line): [string, number, Record<string, unknown>][] => {
        const villageId = 'isTotal' in line ? null : (line.villageId ?? 'none');
        return [
          ['enterprises', line.enterprises, 'inScopeEnterprises'],
          ['visited', line.visited, 'coverageRate'],
          ['visitedEnterprises', line.visitedEnterprises, 'visitedEnterprises'],
          ['found', line.found, 'foundCount'],
          ['closed', line.closed, 'rectifiedCount'],
          ['open', line.open, 'unrectified'],
          ['overdue', line.overdue, 'overdueCount'],
        ].map(([name, n, figure]) => [`${line.name} ${String(name)}`, Number(n), { figure, villageId }]);
      },
    ),
    ...o.byCategory.flatMap((c): [string, number, Record<string, unknown>][] => [
      [`${c.category} found`, c.found, { figure: 'foundCount', category: c.category }],
      [`${c.category} open`, c.open, { figure: 'unrectified', category: c.category }],
      [`${c.category} closed`, c.closed, { figure: 'rectifiedCount', category: c.category }],
      [`${c.category} enterprises`, c.enterprises, { figure: 'problemEnterprises', category: c.category }],
    ]),
    ...o.byMonth.flatMap((m): [string, number, Record<string, unknown>][] => [
      [`${m.month} found`, m.found, { figure: 'foundCount', month: m.month }],
      [`${m.month} closed`, m.closed, { figure: 'closedCount', month: m.month }],
    ]),
    ...o.byClass.flatMap((c): [string, number, Record<string, unknown>][] => [
      [`${c.handlingClass} found`, c.found, { figure: 'foundCount', handlingClass: c.handlingClass }],
      [`${c.handlingClass} closed`, c.closed, { figure: 'rectifiedCount', handlingClass: c.handlingClass }],
    ]),
    ...o.byStatus
      .filter((one) => one.status !== 'voided')
      .map((one): [string, number, Record<string, unknown>] => [
        one.status,
        one.count,
        { figure: 'foundCount', status: one.status },
      ]),
  ];
}

test.each(SCOPES)(
  'the list behind every number of the tables and charts of $from to $to as of $asOf is that long',
  async (scope) => {
    const wrong: string[] = [];
    for (const [what, number, given] of cells(
      await overview(desk.context, drill.parse({ scope, figure: 'foundCount' }).scope),
    )) {
      const { total } = await behind(desk.context, drill.parse({ scope, ...given }), { offset: 0, limit: 1 });
      if (total !== number) wrong.push(`${what}: ${String(number)}, list ${String(total)}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('a report on the enterprises of a filter counts what lists under it show, says which they are, and is kept so', async () => {
  const ctx = desk.context;
  const filter = parseFilter('enterprise', 'objectKind=car_repair');
  const days = { from: '2026-10-01', to: '2026-10-31', asOf: '2026-10-31' };
  const at = async (text: string | null) =>
    await reportFigures(ctx, {
      kind: 'annual_report',
      ...{ from: '2026-01-01', to: '2026-12-31', asOf: '2026-11-18' },
      objectKinds: [],
      filter: text === null ? undefined : parseFilter('enterprise', text),
      plan: [],
    });
  const [some, others, all] = [await at('objectKind=car_repair'), await at('objectKind!=car_repair'), await at(null)];
  const n = (report: typeof some, code: string) => report.figures[code]?.numerator ?? 0;
  expect(n(some, 'foundCount')).toBe(
    await countRows(
      ctx,
      'finding',
      parseFilter('finding', 'foundDate=2026 & counted & enterpriseId.objectKind=car_repair'),
    ),
  );
  expect(some.figures.coverageRate?.denominator).toBe(
    await countRows(ctx, 'enterprise', [...filter, { is: 'inScope' }]),
  );
  for (const code of [
    'foundCount',
    'rectifiedCount',
    'unrectified',
    'overdueCount',
    'visitCount',
    'visitedEnterprises',
  ])
    expect([code, n(some, code) + n(others, code)]).toEqual([code, n(all, code)]);
  expect([n(some, 'foundCount') > 0, n(others, 'foundCount') > 0]).toEqual([true, true]);
  const meant = new Set(await listIds(ctx, { kind: 'enterprise', filter, sort: null }));
  const owners = await ctx.store.read.sql<{ owner: string }>(
    'SELECT DISTINCT enterprise_id AS owner FROM finding WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(some.findings.map((row) => row.id))],
  );
  expect(owners.filter((row) => !meant.has(row.owner))).toEqual([]);
  expect(some.parts?.complaints?.rows.length).toBeLessThan(all.parts?.complaints?.rows.length ?? 0);
  expect(contradictions(some)).toEqual([]);
  expect(JSON.stringify(reportText(some))).toContain('对象类型：汽修');

  const ask = { kind: 'monthly_report', ...days, objectKinds: [], sections: null, plan: [] } as const;
  const look = { fontScheme: 'system', contacts: 'masked' } as const;
  const { documentId } = await issueReport(ctx, { ...ask, ...look, filter } as never);
  const kept = await ctx.store.read.sqlOne<{ title: string; figures: string }>(
    'SELECT title, figures_json AS figures FROM generated_document WHERE id = ?',
    [documentId],
  );
  expect(kept?.title).toMatch(/（2026年10月；对象类型：汽修.*）$/);
  expect(JSON.parse(kept?.figures ?? '{}')).toMatchObject({ filter });
  await expect(
    overview(ctx, { ...ask, roundId: null, villageIds: [], filter: [{ is: 'nothing' }] } as never),
  ).rejects.toMatchObject({
    code: 'REFUSED',
    data: { sentence: '企业没有“nothing”这个条件' },
  });
});

test('polluters that are gone stand apart: struck off, not rectified, and no report contradicts itself over them', async () => {
  const { figures } = await overview(desk.context, drill.parse({ scope: SCOPES[1], figure: 'foundCount' }).scope);
  expect([
    figures.sourceRemovedCount?.numerator,
    (figures.closedCount?.numerator ?? 0) - (figures.rectifiedCount?.numerator ?? 0),
  ]).toEqual([3, 3]);
  const report = await reportFigures(desk.context, {
    kind: 'monthly_report',
    from: '2026-11-01',
    to: '2026-11-30',
    asOf: '2026-11-18',
    objectKinds: [],
    plan: [],
  });
  expect(contradictions(report)).toEqual([]);
});

test('files of the town were not all established on the day the town was made: a report on last year has a rate', async () => {
  const at = async (asOf: string): Promise<number> =>
    (
      await overview(
        desk.context,
        drill.parse({ scope: { from: '2023-01-01', to: asOf, asOf }, figure: 'fileRate' }).scope,
      )
    ).figures.fileRate?.numerator ?? 0;
  const [before, between, now] = [await at('2024-01-01'), await at('2025-12-31'), await at('2026-11-18')];
  expect(before).toBe(0);
  expect(between).toBeGreaterThan(100);
  expect(now).toBeGreaterThan(between);
});

/** Steps of every finding of the town, with what each builds on. */
async function stories(): Promise<Map<string, Step[]>> {
  const steps = await desk.context.store.read.sql<Omit<Step, 'prev'> & { findingId: string; prev: string | null }>(
    `SELECT s.id, s.finding_id AS findingId, s.event, s."from", s."to", s.date, s.at, s.by, s.deadline, s.reason, s.evidence,
       (SELECT group_concat(p.prev_id) FROM finding_step_prev p WHERE p.step_id = s.id AND p.deleted_at IS NULL) AS prev FROM finding_step s WHERE s.deleted_at IS NULL`,
  );
  return Map.groupBy(
    steps.map(({ prev, ...step }) => ({ ...step, prev: prev?.split(',') ?? [] })),
    (step) => step.findingId,
  );
}

test.each(['2025-12-31', '2026-06-30', '2026-10-15', '2026-11-17', '2026-11-18'])(
  'what figures read of every finding as of %s is what its steps say',
  async (asOf) => {
    const base = cohort(
      drill.parse({ scope: { from: '2020-01-01', to: asOf, asOf }, figure: 'foundCount' }).scope,
      '2026-11-18',
    );
    const rows = await desk.context.store.read.sql<Record<string, string | null>>(
      `${base.sql} SELECT * FROM cohort`,
      base.parameters,
    );
    const told = await stories();
    expect(rows.length).toBeGreaterThan(100);
    const wrong = rows.flatMap((row) => {
      const f = foldSteps(told.get(row.id ?? '') ?? [], asOf);
      const closed = row.status === 'closed';
      const read = [
        row.status,
        row.deadline,
        row.original_deadline,
        row.report_date,
        closed ? row.closed_date : null,
        closed ? row.close_reason : null,
      ];
      const said = [f?.status, f?.deadline, f?.originalDeadline, f?.reportDate, f?.closedDate, f?.closeReason];
      return JSON.stringify(read) === JSON.stringify(said)
        ? []
        : [`${row.id ?? ''}: ${JSON.stringify(read)}, steps ${JSON.stringify(said)}`];
    });
    expect(wrong).toEqual([]);
  },
);

test(
  'the reports of the town compare: villages in a week, the month before in a month, last year too ' +
    'in a quarter, the years in a year, from the same figures',
  async () => {
    const report = async (
      kind: 'weekly_report' | 'monthly_report' | 'quarterly_report' | 'annual_report',
      from: string,
      to: string,
      asOf: string,
    ) => await reportFigures(desk.context, { kind, from, to, asOf, objectKinds: [], plan: [] });
    const count = async (from: string, to: string, asOf: string) =>
      (await overview(desk.context, drill.parse({ scope: { from, to, asOf }, figure: 'foundCount' }).scope)).figures
        .foundCount?.printed;
    const week = await report('weekly_report', '2026-11-09', '2026-11-15', '2026-11-15');
    const month = await report('monthly_report', '2026-10-01', '2026-10-31', '2026-10-31');
    const quarter = await report('quarterly_report', '2026-10-01', '2026-12-31', '2026-11-18');
    const year = await report('annual_report', '2026-01-01', '2026-12-31', '2026-11-18');
    expect(week.ranking?.[0]?.rank).toBe('1');
    expect(week.ranking).toHaveLength(week.byVillage.length);
    expect(week.comparisons).toBeUndefined();
    expect(month.comparisons?.find((row) => row.label === '发现问题数')).toMatchObject({
      basis: '环比',
      now: month.figures.periodFoundCount?.printed,
      base: await count('2026-09-01', '2026-09-30', '2026-09-30'),
    });
    // A quarter that is not over is held against as many days of the quarter before, and of last year's.
    expect(
      quarter.comparisons?.filter((row) => row.label === '发现问题数').map((row) => [row.basis, row.base]),
    ).toEqual([
      ['环比', await count('2026-07-01', '2026-08-18', '2026-08-18')],
      ['同比', await count('2025-10-01', '2025-11-18', '2025-11-18')],
    ]);
    expect(year.comparisons?.every((row) => row.basis === '同比')).toBe(true);
    expect(year.years?.at(-1)).toMatchObject({ year: '2026年', found: year.figures.foundCount?.numerator });
    expect(year.villageYears?.rows.reduce((sum, row) => sum + (row.found.at(-1) ?? 0), 0)).toBe(
      year.figures.foundCount?.numerator,
    );
    for (const one of [week, month, quarter, year]) {
      expect(contradictions(one)).toEqual([]);
      expect(reportText(one).some((block) => block.type === 'heading' && block.section === 'comparison')).toBe(true);
    }
  },
);
