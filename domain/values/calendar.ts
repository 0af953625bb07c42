// Arithmetic of days as `YYYY-MM-DD` text without Date (no time zones), and ranges of them.

/** A day as `YYYY-MM-DD`; text order is date order. */
export type Day = string;

/** An inclusive range of days. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** The numbers of a day; months and days count from 1. */
export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Length of a month in days (month 1..12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return MONTH_DAYS[month - 1] ?? 0;
}

/** Builds a day, or null where the calendar has no such day (2023-02-30) or the year is outside 1..9999. */
export function makeDay(year: number, month: number, day: number): Day | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function split(text: unknown): DayParts | null {
  const match = typeof text === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null;
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null;
}

/** Is the value a real calendar day written `YYYY-MM-DD`? */
export function isDay(value: unknown): value is Day {
  const parts = split(value);
  return parts !== null && makeDay(parts.year, parts.month, parts.day) !== null;
}

/** Takes a day (or the UTC day of an instant) apart. @throws RangeError for anything else. */
export function dayParts(day: Day): DayParts {
  const parts = split(day[10] === 'T' ? day.slice(0, 10) : day);
  if (parts === null || makeDay(parts.year, parts.month, parts.day) === null) throw new RangeError(`not a day: ${day}`);
  return parts;
}

/** Days since 1970-01-01 (civil calendar, pure integers). */
export function dayNumber(day: Day): number {
  const { year, month, day: d } = dayParts(day);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The day that lies `number` days after 1970-01-01. @throws RangeError outside the years 1..9999. */
export function dayFromNumber(number: number): Day {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = makeDay(year, month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1);
  if (day === null) throw new RangeError(`no such day number: ${number}`);
  return day;
}

/** The day `count` days later (earlier if negative). */
export function addDays(day: Day, count: number): Day {
  return dayFromNumber(dayNumber(day) + count);
}

/** The same day of the month `count` months later; the last day of that month where it is shorter (01-31 + 1 = 02-28/29). */
export function addMonths(day: Day, count: number): Day {
  const parts = dayParts(day);
  const index = parts.year * 12 + parts.month - 1 + count;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const result = makeDay(year, month, Math.min(parts.day, daysInMonth(year, month)));
  if (result === null) throw new RangeError(`no such day: ${day} + ${count} months`);
  return result;
}

/** The same day `count` years later; 02-29 becomes 02-28 in a common year. */
export function addYears(day: Day, count: number): Day {
  return addMonths(day, count * 12);
}

/** Days from `from` to `to`: positive when `to` is later; NaN while one of them is no day yet (a half-typed date). */
export function daysBetween(from: Day, to: Day): number {
  if (!isDay(from.slice(0, 10)) || !isDay(to.slice(0, 10))) return Number.NaN;
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, Monday = 1 ... Sunday = 7. */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the day's week. */
export function weekStart(day: Day): Day {
  return addDays(day, 1 - weekday(day));
}

/** Monday to Sunday of the day's week. */
export function weekRange(day: Day): DayRange {
  const from = weekStart(day);
  return { from, to: addDays(from, 6) };
}

/** The stretch of `months` months in which the day lies: 1 its month, 3 its quarter, 6 its half-year, 12 its year. */
export function monthsRange(day: Day, months: number): DayRange {
  const { year, month } = dayParts(day);
  const first = month - ((month - 1) % months);
  const last = first + months - 1;
  return { from: makeDay(year, first, 1) as Day, to: makeDay(year, last, daysInMonth(year, last)) as Day };
}

/** `11-18` within the year of `asOf`, else the whole `2025-11-18`. Without `asOf` always `11-18`. */
export function formatDayShort(day: Day, asOf?: Day): string {
  return asOf !== undefined && asOf.slice(0, 4) !== day.slice(0, 4) ? day : day.slice(5);
}

/** How exactly a day is known; a vague day is stored as the first (or, for an end, the last) day it may be. */
export type DayPrecision = 'day' | 'month' | 'year';
