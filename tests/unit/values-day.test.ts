// Days: calendar arithmetic without time zones, and every form of domain reference 6.2.
import fc from 'fast-check';
import { dayText } from '../../domain/reports/words.ts';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  dayFromSerial,
  daysBetween,
  formatDayShort,
  isDay,
  monthsRange,
  parseDay,
  weekRange,
  weekStart,
} from '../../domain/values/day.ts';

test.each([
  ['2023-5-6', '2023-05-06'],
  ['2023/5/6', '2023-05-06'],
  ['2023.5.6', '2023-05-06'],
  ['20230506', '2023-05-06'],
  ['2023年5月6日', '2023-05-06'],
  ['２０２３．５．６', '2023-05-06'],
  ['二〇二三年五月十六日', '2023-05-16'],
  ['2023-5-6 10:30:00', '2023-05-06'],
  ['2023年5月6日上午10时', '2023-05-06'],
  ['2023年5月6日（星期六）', '2023-05-06'],
  ['2023-05-06T00:00:00Z', '2023-05-06'],
  ['45291', '2023-12-31'],
  ['23年5月6日', '2023-05-06'],
  ['5/16/2023', '2023-05-16'],
])('%s is read as %s', (text, day) => {
  expect(parseDay(text)).toMatchObject({ kind: 'day', day, precision: 'day' });
});

test.each([
  ['2020-08-01至2025-07-31'],
  ['2020.8.1-2025.7.31'],
  ['2020-08-01-2025-07-31'],
  ['20200801-20250731'],
  ['自2020年8月1日起至2025年7月31日止'],
  ['2020/8/1~2025/7/31'],
  ['2020-08-01——2025-07-31'],
  ['2020-08-01 至 2025-07-31'],
  ['有效期：2020年8月1日至2025年7月31日'],
])('the validity %s ends on its last day', (text) => {
  expect(parseDay(text)).toEqual({
    kind: 'day',
    day: '2025-07-31',
    precision: 'day',
    note: 'range',
    start: '2020-08-01',
  });
});

test('a vague day keeps its precision and means its last day where it is an end', () => {
  expect(parseDay('2023年5月')).toEqual({ kind: 'day', day: '2023-05-01', precision: 'month' });
  expect(parseDay('2023年2月', { role: 'end' })).toEqual({ kind: 'day', day: '2023-02-28', precision: 'month' });
  expect(parseDay('2021')).toMatchObject({ day: '2021-01-01', precision: 'year' });
  expect(parseDay('2023年5月至8月')).toMatchObject({ day: '2023-08-31', precision: 'month', start: '2023-05-01' });
  expect(parseDay('有效期至2025年7月31日')).toMatchObject({ day: '2025-07-31' });
});

test('长期 has no end, with or without a start', () => {
  expect(parseDay('长期')).toEqual({ kind: 'no_end' });
  expect(parseDay('2020年8月1日至长期')).toEqual({ kind: 'no_end', start: '2020-08-01' });
  expect(parseDay('9999-12-31')).toEqual({ kind: 'no_end' });
});

test.each(['/', '-', '无', '不详', '——', '0000-00-00'])('%s is unknown, not an error and not a date', (text) => {
  expect(parseDay(text)).toEqual({ kind: 'unknown' });
});

test('what can be read in two ways is asked, never guessed', () => {
  expect(parseDay('23.5.6')).toMatchObject({ kind: 'ask', candidates: ['2023-05-06'] });
  expect(parseDay('5/6/2023')).toMatchObject({ kind: 'ask', candidates: ['2023-05-06', '2023-06-05'] });
  expect(parseDay('230506')).toMatchObject({ kind: 'ask' });
  expect(parseDay('已于2023年5月6日完成')).toMatchObject({ kind: 'ask', candidates: ['2023-05-06'] });
});

test.each(['2023-02-30', '2023-13-01', '5月6日', 'abc', '2025-07-31至2020-08-01'])(
  '%s is refused with a sentence',
  (text) => {
    const result = parseDay(text);
    expect(result.kind).toBe('invalid');
    expect(result.kind === 'invalid' && result.sentence.length > 5).toBe(true);
  },
);

test('serials: 1900 system with its missing day, 1904 system, numbers typed as dates', () => {
  expect(parseDay(45291)).toMatchObject({ day: '2023-12-31', note: 'serial' });
  expect(parseDay(45291.75)).toMatchObject({ day: '2023-12-31' });
  expect(dayFromSerial(61)).toBe('1900-03-01');
  expect(dayFromSerial(59)).toBe('1900-02-28');
  expect(dayFromSerial(60)).toBeNull();
  expect(parseDay(43829, { date1904: true })).toMatchObject({ day: '2023-12-31' });
  expect(parseDay(20230506)).toMatchObject({ day: '2023-05-06', precision: 'day' });
  expect(parseDay(2023)).toMatchObject({ day: '2023-01-01', precision: 'year' });
  expect(parseDay(-1).kind).toBe('invalid');
});

test('months typed as numbers are months and not days of 1905; small numbers are no days of 1900', () => {
  expect(parseDay(2024.5)).toMatchObject({ day: '2024-05-01', precision: 'month' });
  expect(parseDay(2024.12, { role: 'end' })).toMatchObject({ day: '2024-12-31', precision: 'month' });
  expect(parseDay(2024.11)).toMatchObject({ day: '2024-11-01' });
  // A cell makes 2024.1 of 2024.10: nobody knows which it was.
  expect(parseDay(2024.1)).toMatchObject({ kind: 'ask', candidates: ['2024-01-01', '2024-10-01'] });
  for (const number of [2024.37, 2024.13, 5, 60, 60.5]) expect(parseDay(number).kind, String(number)).toBe('invalid');
});

test('arithmetic is that of the calendar (checked against UTC), for any day and step', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, fc.integer({ min: -20000, max: 20000 }), (from, step) => {
      const expected = new Date(Date.parse(from) + step * 86_400_000).toISOString().slice(0, 10);
      expect(addDays(from, step)).toBe(expected);
      expect(daysBetween(from, expected)).toBe(step);
      expect(new Date(weekStart(from)).getUTCDay()).toBe(1);
    }),
  );
});

test('months and years clamp to the last day', () => {
  expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(addMonths('2024-03-31', -13)).toBe('2023-02-28');
  expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
});

test('ranges of a day', () => {
  expect(weekRange('2026-11-18')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(monthsRange('2024-02-10', 1)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(monthsRange('2026-11-18', 3)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(monthsRange('2026-06-30', 6)).toEqual({ from: '2026-01-01', to: '2026-06-30' });
  expect(monthsRange('2026-06-30', 12)).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});

test('formats and the test for a day', () => {
  expect(dayText('2026-11-08')).toBe('2026年11月8日');
  expect(dayText('2026-11')).toBe('2026年11月');
  expect(formatDayShort('2026-11-18', '2026-12-01')).toBe('11-18');
  expect(formatDayShort('2025-11-18', '2026-12-01')).toBe('2025-11-18');
  expect([isDay('2026-02-29'), isDay('2024-02-29'), isDay('2024-2-9'), isDay(5)]).toEqual([false, true, false, false]);
  expect(daysBetween('2026-11', '2026-11-18')).toBeNaN();
});

test('whatever stands in a date cell, reading answers and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(...'0123456789-/.年月日至长期 约') }),
        fc.double(),
        fc.string({ unit: 'binary' }),
      ),
      (input) => {
        const result = parseDay(input);
        return result.kind !== 'day' || isDay(result.day);
      },
    ),
    { numRuns: 2000 },
  );
});
