// Any figure by any two dimensions, and every number of the reports, against their lists; on the demonstration town.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drill, figuresByInput, type Figure } from '../../contract/statistics.ts';
import { reportRequest } from '../../contract/reports.ts';
import { verification } from '../../domain/findings/entities.ts';
import { reportText, type Cell, type ReportFigures, type Span } from '../../domain/reports/index.ts';
import { DIMENSIONS, FIGURES } from '../../domain/statistics/figures.ts';
import { askedOf } from '../../renderer/features/reports/number-of.ts';
import { act } from '../../services/context.ts';
import { buildDemo } from '../../services/demonstration/index.ts';
import { previewReport } from '../../services/reports/index.ts';
import { askedUnder, behind, figuresBy, figuresOf } from '../../services/statistics/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';

const root = mkdtempSync(join(tmpdir(), 'steward-figures-'));
const desk = new Desk({
  resources: 'resources',
  version: 'test',
  configFolder: join(root, 'config'),
  today: () => '2026-11-18',
});
beforeAll(async () => {
  await buildDemo(desk, join(root, 'town'), { progress: () => undefined, check: () => undefined });
  // Verified twice: the second time stands apart from the first.
  const [first] = await desk.context.store.read.sql<{ id: string }>(
    "SELECT id FROM finding WHERE status = 'submitted' AND found_date >= '2026-01-01' ORDER BY no LIMIT 1",
  );
  await act(desk.context, '复核', 'form', async (tx) => {
    for (const [date, result] of [
      ['2026-11-10', 'fail'],
      ['2026-11-17', 'partial'],
    ] as const)
      await tx.insert(verification, { findingId: first?.id ?? '', date, byName: '陈思远', method: 'on_site', result });
  });
});
afterAll(async () => {
  await desk.close();
  await closeWorkers();
  rmSync(root, { recursive: true, force: true });
});

const SCOPES = [
  { from: '2026-01-01', to: '2026-12-31', asOf: '2026-11-18' },
  { from: '2026-01-01', to: '2026-06-30', asOf: '2026-05-20' },
];
/** Pairs of neighbours in a shuffled ring of the dimensions: each dimension with two others. */
const RING = [...DIMENSIONS.keys()].toSorted((a, b) => (a.at(-1) ?? '').localeCompare(b.at(-1) ?? ''));
const PAIRS = [['month', 'year'], ...RING.map((id, at) => [id, RING[(at + 5) % RING.length] ?? id])].filter(
  ([a, b]) => a !== b,
);
const total = async (scope: object, figure: string, at: Record<string, string | null>): Promise<number> =>
  (await behind(desk.context, drill.parse({ scope, figure, at }), { offset: 0, limit: 1 })).total;

test.each(SCOPES)(
  'two dimensions at a time, every figure of every group of $from to $to as of $asOf is as long as its list',
  async (scope) => {
    const [wrong, seen]: [string[], Set<string>] = [[], new Set()];
    for (const by of PAIRS) {
      const table = await figuresBy(desk.context, figuresByInput.parse({ scope, by }));
      // The greatest, the smallest and one in between: all lists of all groups would take an hour.
      const some = [table.cells[0], table.cells[Math.floor(table.cells.length / 2)], table.cells.at(-1)];
      for (const cell of some.filter((one) => one !== undefined)) {
        for (const [code, { numerator }] of Object.entries(cell.figures)) {
          seen.add(code);
          const at = { [by[0] ?? '']: cell.keys[0] ?? null, [by[1] ?? '']: cell.keys[1] ?? null };
          const n = await total(scope, code, at);
          if (n !== numerator)
            wrong.push(`${code} by ${by.join(', ')} ${JSON.stringify(cell.keys)}: ${numerator}, list ${n}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect([...FIGURES.keys()].filter((code) => !seen.has(code))).toEqual([]);
  },
);

test('groups of what a row has once add up to the whole; a row of several purposes stands in each of them', async () => {
  const [scope] = SCOPES;
  const sum = async (figure: string, by: string) => {
    const table = await figuresBy(desk.context, figuresByInput.parse({ scope, figures: [figure], by: [by] }));
    return [
      table.cells.reduce((n, cell) => n + (cell.figures[figure]?.numerator ?? 0), 0),
      table.total[figure]?.numerator ?? 0,
    ] as const;
  };
  for (const by of ['village', 'category', 'month', 'objectKind', 'person', 'industry', 'permitClass', 'round']) {
    const [parts, whole] = await sum('foundCount', by);
    expect(parts, by).toBe(whole);
    expect(whole).toBeGreaterThan(0);
  }
  const [parts, whole] = await sum('visitCount', 'purpose');
  expect(parts).toBeGreaterThanOrEqual(whole);
});

test('groups are called by their names: villages, people, industries, classes, months, the times of verification', async () => {
  const [scope] = SCOPES;
  const names = async (figure: string, by: string) =>
    (await figuresBy(desk.context, figuresByInput.parse({ scope, figures: [figure], by: [by] }))).cells.map(
      (cell) => cell.names[0],
    );
  expect(await names('foundCount', 'handlingClass')).toContain('即知即改');
  expect(await names('foundCount', 'month')).toContain('2026-03');
  expect((await names('foundCount', 'village')).some((name) => name?.endsWith('村'))).toBe(true);
  expect((await names('inScopeEnterprises', 'industry')).some((name) => /^\d\d \p{Script=Han}/u.test(name ?? ''))).toBe(
    true,
  );
  expect((await names('returnRate', 'verificationRound')).slice(0, 2)).toEqual(['第 1 次', '第 2 次']);
});

test('a dimension that a figure does not have is refused with those that it has, an unknown one with all', async () => {
  const [scope] = SCOPES;
  const ask = (figure: string, by: string[]) =>
    figuresBy(desk.context, figuresByInput.parse({ scope, figures: [figure], by }));
  await expect(ask('visitCount', ['category'])).rejects.toThrow('“检查家次”不能按问题类别分。可以按');
  await expect(ask('visitCount', ['planet'])).rejects.toThrow('没有“planet”这个维度。可以用');
  await expect(ask('moonCount', [])).rejects.toThrow('没有“moonCount”这个指标。可以用');
  await expect(total(scope ?? {}, 'visitCount', { category: 'noise' })).rejects.toThrow('不能按问题类别分');
});

const spansOf = (figures: ReportFigures): Span[] => {
  const isSpan = (cell: Cell): cell is Span => typeof cell !== 'string';
  return reportText(figures).flatMap((block) =>
    block.type === 'paragraph'
      ? [...block.spans]
      : block.type === 'table'
        ? [...block.rows, block.totals ?? []].flat().filter(isSpan)
        : [],
  );
};

/** Days of people, of which no list has rows. */
const WITHOUT_LIST: readonly string[] = ['staffDays', 'periodStaffDays'];

test.each([
  ['weekly_report', '2026-11-09', '2026-11-15', '2026-11-15'],
  ['monthly_report', '2026-10-01', '2026-10-31', '2026-10-31'],
  ['quarterly_report', '2026-10-01', '2026-12-31', '2026-11-18'],
  ['annual_report', '2026-01-01', '2026-12-31', '2026-11-18'],
] as const)('every number of a %s opens the list of its own days, as long as it says', async (kind, from, to, asOf) => {
  const preview = await previewReport(desk.context, reportRequest.parse({ kind, from, to, asOf }));
  const figures = preview.figures as ReportFigures;
  const [wrong, opened]: [string[], string[]] = [[], []];
  for (const span of spansOf(figures).filter((one) => one.figure ?? one.ask)) {
    const asked = askedOf(span, figures, preview);
    if (!asked) {
      if (WITHOUT_LIST.includes(String(span.figure))) continue;
      wrong.push(`${span.text} of ${String(span.figure)} opens nothing`);
      continue;
    }
    const list = await behind(desk.context, drill.parse(asked.drill), { offset: 0, limit: 1 });
    opened.push(asked.drill.scope.from);
    const of: Figure | undefined =
      span.figure && !span.scope && !span.ask ? (figures.figures[span.figure] as Figure) : undefined;
    const denominator = of && span.text === String(of.denominator) && span.text !== of.printed;
    const says = /^\d+$/.test(span.text) && !denominator ? Number(span.text) : (of?.numerator ?? list.total);
    if (list.total !== says)
      wrong.push(`${span.text} of ${asked.title} ${JSON.stringify(asked.drill)}: list ${list.total}`);
  }
  expect(wrong).toEqual([]);
  expect(new Set(opened)).toContain(from);
  if (kind !== 'annual_report') expect(new Set(opened)).toContain('2026-01-01');
});

test('what is still open of earlier years is a figure of its own, and in no other of the year', async () => {
  const scope = drill.parse({ scope: SCOPES[0], figure: 'foundCount' }).scope;
  const figures = await figuresOf(desk.context, await askedUnder(desk.context, scope));
  const open = await desk.context.store.read.sqlOne<{ n: number }>(
    "SELECT count(*) AS n FROM finding f JOIN enterprise e ON e.id = f.enterprise_id WHERE f.deleted_at IS NULL AND e.deleted_at IS NULL AND f.found_date < '2026-01-01' AND f.status NOT IN ('draft', 'voided', 'closed')",
  );
  expect(figures.get('openOfEarlierYears')?.numerator).toBe(open?.n);
});
