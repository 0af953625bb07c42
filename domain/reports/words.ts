// How documents write days, numbers of headings and what is not known.
import { dayText } from '../values/day-text.ts';

export { dayText };

const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 -> 一, 11 -> 十一, 20 -> 二十; whole numbers from 1 to 99. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (tens === 0) return DIGITS[ones] ?? String(n);
  return `${tens > 1 ? (DIGITS[tens] ?? '') : ''}十${ones > 0 ? (DIGITS[ones] ?? '') : ''}`;
}

/** A day of a list, on one line: 2026-11-18; null -> －. */
export function dayLine(day: string | null | undefined): string {
  return day ?? '－';
}

/** `2026-11` -> 11月, with its year when `withYear`. */
export function monthText(month: string, withYear = false): string {
  const [year, number] = month.split('-');
  return `${withYear ? `${year}年` : ''}${Number(number)}月`;
}

/** What a cell shows: － for nothing. */
export function orDash(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '－' : String(value);
}

/** A、B、C, or A、B等5个 when there are more than `most`. */
export function enumerate(names: readonly string[], most: number, counter: string): string {
  const shown = names.slice(0, most).join('、');
  return names.length > most ? `${shown}等${names.length}${counter}` : shown;
}

/** Text cleaned of trailing stops, so that a sentence built around it has one. */
export function withoutStop(text: string): string {
  return text.trim().replace(/(?<![。；;.\s])[。；;.\s]+$/u, '');
}
