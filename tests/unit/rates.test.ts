// Percentages, targets, changes and ranks, with the published figures of domain reference 4.5.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countChange, pointsBetween, rateChange } from '../../domain/statistics/change.ts';
import { meetsTarget, missingToTarget, percent, percentAgainstTarget } from '../../domain/statistics/percent.ts';
import { rankItems } from '../../domain/statistics/ranking.ts';

test('669 of 682 is 98.1 %: rounding, not truncation', () => {
  expect(percent(669, 682)).toBe('98.1%');
});

test('9121 of 9384 is 97.2 %, as is every count from 9117 to 9125', () => {
  expect(percent(9121, 9384)).toBe('97.2%');
  const fitting = Array.from({ length: 30 }, (_, i) => 9105 + i).filter((n) => percent(n, 9384) === '97.2%');
  expect([fitting[0], fitting.at(-1)]).toEqual([9117, 9125]);
});

test('61 of 73 is 84 %, 12 of 17 is 71 % (published as 70)', () => {
  expect([percent(61, 73, 0), percent(12, 17, 0), percent(73, 90), percent(74, 90)]).toEqual([
    '84%',
    '71%',
    '81.1%',
    '82.2%',
  ]);
});

test('80 of 207 is 38.6 %, not nearly half', () => {
  expect(percent(80, 207)).toBe('38.6%');
});

test('permit classes 8, 34, 779 share 1.0, 4.1 and 94.9 %', () => {
  expect([8, 34, 779].map((n) => percent(n, 821))).toEqual(['1.0%', '4.1%', '94.9%']);
});

test('targets compare integers: 94.9 misses 95, 95.0 meets it, 94.96 is not printed as 95.0', () => {
  expect(meetsTarget(949, 1000, '95')).toBe(false);
  expect(meetsTarget(950, 1000, '95')).toBe(true);
  expect(meetsTarget(648, 682, '95')).toBe(true);
  expect(meetsTarget(647, 682, '95')).toBe(false);
  expect(meetsTarget(9496, 10000, '95')).toBe(false);
  expect(percentAgainstTarget(9496, 10000, '95')).toBe('94.96%');
  expect(percentAgainstTarget(94996, 100000, '95')).toBe('94.996%');
  expect(percentAgainstTarget(949, 1000, '95')).toBe('94.9%');
  expect(missingToTarget(640, 682, '95')).toBe(8);
  expect(meetsTarget(0, 0, '95')).toBeNull();
});

test('100.0 and 0.0 are printed only where they are true; no denominator is a dash', () => {
  expect([percent(9999, 10000), percent(1, 10000), percent(999, 1000, 0), percent(1, 1000, 0)]).toEqual([
    '99.9%',
    '0.1%',
    '99%',
    '1%',
  ]);
  expect([percent(5, 5), percent(0, 5), percent(0, 0)]).toEqual(['100.0%', '0.0%', '－']);
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (a, b) => {
      const [n, d] = [Math.min(a, b), b];
      const text = percent(n, d);
      return (text === '100.0%') === (n === d) && (text === '0.0%') === (n === 0);
    }),
  );
});

test('half is rounded up exactly where floating point would not', () => {
  expect([percent(1, 8, 0), percent(1005, 100_000), percent(1, 16, 2)]).toEqual(['13%', '1.0%', '6.25%']);
  expect(percent(2015, 10_000, 1)).toBe('20.2%');
});

test('counts change in per cent: 460 to 200 is a fall of 56.5 %; a base of 0 shows the numbers', () => {
  expect(countChange('同比', 200, 460)).toBe('同比下降56.5%');
  expect(countChange('环比', 6, 4)).toBe('环比增长50.0%');
  expect(countChange('环比', 4, 4)).toBe('环比持平');
  expect(countChange('环比', 5, 0)).toBe('环比－（上期0，本期5）');
});

test('rates change in percentage points, computed before rounding', () => {
  expect(rateChange('同比', { n: 669, d: 682 }, { n: 61, d: 73 })).toBe('同比上升14.5个百分点');
  expect(rateChange('环比', { n: 1, d: 2 }, { n: 50, d: 100 })).toBe('环比持平');
  expect(rateChange('环比', { n: 9499, d: 10000 }, { n: 95, d: 100 })).toBe('环比下降不足0.1个百分点');
  expect(rateChange('环比', { n: 1, d: 2 }, { n: 0, d: 0 })).toBe('环比－');
  expect(pointsBetween({ n: 1, d: 3 }, { n: 2, d: 3 })).toBe('-33.3');
});

test('equal keys share a rank, nothing found is unranked, counts and not printed rates decide', () => {
  const item = (id: string, found: number, rectified: number, visited = 1, overdue = 0) => ({
    id,
    found,
    rectified,
    visited,
    targets: 1,
    overdue,
  });
  const ranked = rankItems([
    item('none', 0, 0),
    item('low', 10, 5),
    item('b', 20, 18),
    item('a', 10, 9),
    item('top', 3, 3),
    item('late', 10, 5, 1, 2),
  ]);
  expect(ranked.map((r) => [r.id, r.rank])).toEqual([
    ['top', 1],
    ['b', 2],
    ['a', 2],
    ['low', 4],
    ['late', 5],
    ['none', null],
  ]);
  const close = rankItems([item('x', 10_000, 9_996), item('y', 1_000_000, 999_601)]);
  expect(close.map((r) => r.id)).toEqual(['y', 'x']);
});
