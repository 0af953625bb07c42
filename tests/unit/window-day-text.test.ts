// How the window reads and writes days, periods and phones.
import { expect, test } from 'vitest';
import { daysBetween } from '../../domain/values/day.ts';
import { maskPhone, parseDay, shortDay, sizeText } from '../../renderer/components/day-text.ts';
import { periodOf } from '../../renderer/desk/period.ts';

const TODAY = '2026-11-18';

test.each([
  ['1118', '2026-11-18'],
  ['118', '2026-01-18'],
  ['11-18', '2026-11-18'],
  ['11.8', '2026-11-08'],
  ['11/18', '2026-11-18'],
  ['20261118', '2026-11-18'],
  ['261118', '2026-11-18'],
  ['2026-11-18', '2026-11-18'],
  ['2025年3月1日', '2025-03-01'],
  ['１１１８', '2026-11-18'],
  ['3月1日', '2026-03-01'],
  ['25-3-1', '2025-03-01'],
])('a day typed as %s is understood', (typed, day) => expect(parseDay(typed, TODAY)).toBe(day));

test.each(['', '0230', '1332', '2026-02-29', '不详', '12', '2026', '1-2-3-4'])(
  '%s is no day and is not bent into one',
  (typed) => expect(parseDay(typed, TODAY)).toBeNull(),
);

test('29 February exists in a leap year only', () => {
  expect(parseDay('20240229', TODAY)).toBe('2024-02-29');
  expect(parseDay('20250229', TODAY)).toBeNull();
});

test('a day of another year keeps its year, a missing day is not an empty cell', () => {
  expect(shortDay('2026-11-06', TODAY)).toBe('11-06');
  expect(shortDay('2025-11-06', TODAY)).toBe('2025-11-06');
  expect(shortDay(null, TODAY)).toBe('－');
});

test('days are counted over the change of the clocks and backwards', () => {
  expect(daysBetween('2026-11-18', '2026-12-05')).toBe(17);
  expect(daysBetween('2026-11-18', '2026-10-20')).toBe(-29);
});

test('no list shows a whole phone number', () => {
  expect(maskPhone('13812346021')).toBe('138****6021');
  expect(maskPhone('021-54221234')).not.toContain('5422');
  expect(maskPhone('54221')).toBe('****21');
  expect(maskPhone('138****6021')).toBe('138****6021');
  expect(maskPhone(null)).toBe('－');
});

test('sizes are said in the unit people think in', () => {
  expect(sizeText(180 * 1024 * 1024)).toBe('180 MB');
  expect(sizeText(3.4 * 1024 ** 3)).toBe('3.4 GB');
  expect(sizeText(12)).toBe('12 字节');
});

test('periods end on the last day of their month, also in February and over the turn of the year', () => {
  const none = { from: '', to: '' };
  expect(periodOf({ kind: 'month', ...none }, '2024-02-10', null)).toMatchObject({
    from: '2024-02-01',
    to: '2024-02-29',
  });
  expect(periodOf({ kind: 'lastMonth', ...none }, '2026-01-10', null)).toMatchObject({
    from: '2025-12-01',
    to: '2025-12-31',
  });
  expect(periodOf({ kind: 'quarter', ...none }, TODAY, null)).toMatchObject({ from: '2026-10-01', to: '2026-12-31' });
  expect(periodOf({ kind: 'half', ...none }, '2026-06-30', null)).toMatchObject({
    from: '2026-01-01',
    to: '2026-06-30',
  });
});

test('the contract period is the project’s, and the calendar year while there is no project', () => {
  expect(
    periodOf({ kind: 'project', from: '', to: '' }, TODAY, { startDate: '2026-04-01', endDate: '2027-03-31' }),
  ).toMatchObject({ from: '2026-04-01', to: '2027-03-31' });
  expect(periodOf({ kind: 'project', from: '', to: '' }, TODAY, null)).toMatchObject({
    from: '2026-01-01',
    to: '2026-12-31',
  });
});
