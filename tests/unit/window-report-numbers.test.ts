// Every number of a report leads to the list that it counts, and to no other.
import { expect, test } from 'vitest';
import type { Figure, ReportFigures } from '../../domain/reports/index.ts';
import { askedOf, explained } from '../../renderer/features/reports/number-of.ts';
import { neighbour, periodAround } from '../../renderer/features/reports/request.ts';

const figure = (
  code: Figure['code'],
  numerator: number,
  denominator: number | null,
  printed: string,
  unit: string,
): Figure => ({ code, label: code, numerator, denominator, printed, unit, definition: '口径' });
const scope = (from: string, to: string) => ({
  from,
  to,
  asOf: '2026-11-18',
  objectKinds: [],
  roundId: null,
  villageIds: [],
});
const preview = { scope: scope('2026-11-01', '2026-11-30'), yearScope: scope('2026-01-01', '2026-11-30') };
const figures = {
  figures: {
    foundCount: figure('foundCount', 312, null, '312', '项'),
    periodFoundCount: figure('periodFoundCount', 28, null, '28', '项'),
    periodClosedCount: figure('periodClosedCount', 30, null, '30', '项'),
    rectificationRate: figure('rectificationRate', 271, 312, '86.9%', '%'),
    trainingCoverage: figure('trainingCoverage', 80, 207, '38.6%', '%'),
    fulfilmentRate: figure('fulfilmentRate', 80, 207, '38.6%', '%'),
    visitedEnterprises: figure('visitedEnterprises', 268, null, '268', '家'),
  },
  byVillage: [{ id: 'v1', label: '建东村' }],
  byCategory: [{ id: 'hazardous_waste', label: '危险废物' }],
  byClass: [],
  byMonth: [],
} as unknown as ReportFigures;

test('a figure of the year asks the year, a figure of the period asks the period', () => {
  expect(askedOf({ text: '312', figure: 'foundCount' }, figures, preview)?.drill).toEqual({
    scope: preview.yearScope,
    figure: 'foundCount',
  });
  expect(askedOf({ text: '28', figure: 'periodFoundCount' }, figures, preview)?.drill).toEqual({
    scope: preview.scope,
    figure: 'foundCount',
  });
});

test('what was closed in a period asks the period, whenever it was found', () => {
  const quarter = { scope: scope('2026-10-01', '2026-12-31'), yearScope: preview.yearScope };
  for (const given of [preview, quarter])
    expect(askedOf({ text: '30', figure: 'periodClosedCount' }, figures, given)?.drill).toEqual({
      scope: given.scope,
      figure: 'closedInPeriod',
    });
});

test('a cell of a table is cut down to its village or category', () => {
  expect(
    askedOf({ text: '46', figure: 'foundCount', scope: { by: 'village', id: 'v1' } }, figures, preview),
  ).toMatchObject({ title: '建东村　foundCount', printed: '46 项', drill: { villageId: 'v1' } });
  expect(
    askedOf({ text: '74', figure: 'foundCount', scope: { by: 'category', id: 'hazardous_waste' } }, figures, preview)
      ?.drill,
  ).toMatchObject({ category: 'hazardous_waste' });
  expect(
    askedOf({ text: '58', figure: 'visitedEnterprises', scope: { by: 'village', id: 'v1' } }, figures, preview)?.drill,
  ).toMatchObject({ figure: 'visitedEnterprises', villageId: 'v1' });
});

test('a compared number opens the list of its own days, a share of several categories the list of all of them', () => {
  const days = { from: '2025-11-01', to: '2025-11-18', asOf: '2025-11-18' };
  expect(
    askedOf({ text: '9', ask: { figure: 'foundCount', title: '发现问题数', days } }, figures, preview)?.drill,
  ).toEqual({ scope: { ...preview.scope, ...days }, figure: 'foundCount' });
  const share = { figure: 'foundCount', title: '两类', at: { category: ['a', 'b'] } };
  expect(askedOf({ text: '60%', figure: 'topCategoryShare', ask: share }, figures, preview)?.drill).toEqual({
    scope: preview.yearScope,
    figure: 'foundCount',
    at: { category: ['a', 'b'] },
  });
});

test('a number without a list is explained by its definition', () => {
  const span = { text: '38.6%', figure: 'fulfilmentRate' } as const;
  expect(askedOf(span, figures, preview)).toBeNull();
  expect(explained(span, figures)).toMatchObject({ printed: '38.6%', note: '80 / 207', definition: '口径' });
  // Trainings are counted by a definition too, so their numbers have lists.
  expect(askedOf({ text: '38.6%', figure: 'trainingCoverage' }, figures, preview)?.drill).toEqual({
    scope: preview.scope,
    figure: 'trainingCoverage',
  });
});

test.each([
  ['weekly_report', '2026-11-18', '2026-11-16', '2026-11-22'],
  ['monthly_report', '2024-02-10', '2024-02-01', '2024-02-29'],
  ['quarterly_report', '2026-11-18', '2026-10-01', '2026-12-31'],
  ['annual_report', '2026-11-18', '2026-01-01', '2026-12-31'],
] as const)('the period of a %s around %s is %s to %s', (kind, day, from, to) =>
  expect(periodAround(kind, day)).toEqual({ from, to }),
);

test('one period back from January is December of the year before', () => {
  expect(neighbour('monthly_report', periodAround('monthly_report', '2026-01-05'), -1)).toEqual({
    from: '2025-12-01',
    to: '2025-12-31',
  });
  expect(neighbour('quarterly_report', periodAround('quarterly_report', '2026-11-05'), 1)).toEqual({
    from: '2027-01-01',
    to: '2027-03-31',
  });
});
