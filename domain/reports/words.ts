// How documents write days, numbers of headings and what is not known.

const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 -> 一, 11 -> 十一, 20 -> 二十; whole numbers from 1 to 99. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (tens === 0) return DIGITS[ones] ?? String(n);
  return `${tens > 1 ? DIGITS[tens] ?? '' : ''}十${ones > 0 ? DIGITS[ones] ?? '' : ''}`;
}

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** `2026-05-01` -> 2026年5月1日 (no leading zero, domain reference 5.1); a month or a year alone too; null -> 不详. */
export function dayText(day: string | null | undefined): string {
  if (!day) return '不详';
  const match = DAY.exec(day.slice(0, 10));
  if (!match) return day;
  const [, year, month, date] = match;
  return `${year}年${month ? `${Number(month)}月` : ''}${date ? `${Number(date)}日` : ''}`;
}

/** A day for a narrow cell: the year on a line of its own; null -> －. */
export function dayCell(day: string | null | undefined): string {
  return day ? dayText(day).replace(/年(?=\d)/, '年\n') : '－';
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

/** What a line of text shows: 不详 for nothing. */
export function orUnknown(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '不详' : String(value);
}

/** A、B、C, or A、B等5个 when there are more than `most`. */
export function enumerate(names: readonly string[], most: number, counter: string): string {
  const shown = names.slice(0, most).join('、');
  return names.length > most ? `${shown}等${names.length}${counter}` : shown;
}

/** Text cleaned of trailing stops, so that a sentence built around it has one. */
export function withoutStop(text: string): string {
  return text.trim().replace(/[。；;.\s]+$/u, '');
}
