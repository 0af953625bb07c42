// How days, moments, phones and sizes are written on screen.
import { localDay, localTime } from '../../domain/values/clock.ts';
import { maskPhone as hidden } from '../../domain/values/phone.ts';
import { isDay, parseDay as parseWritten } from '../../domain/values/day.ts';

/** `11-18` within the year of `today`, else `2025-11-18`; a missing day is `－`. */
export function shortDay(day: string | null | undefined, today: string): string {
  if (!day) return '－';
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5, 10) : day.slice(0, 10);
}

/** `今天 08:12`, `11-18 08:12` or `2025-11-18 08:12` of an ISO moment, in local time. */
export function momentText(at: string | null | undefined, today: string): string {
  if (!at) return '－';
  if (Number.isNaN(Date.parse(at))) return at;
  const [day, time] = [localDay(at), localTime(at)];
  return day === today ? `今天 ${time}` : `${shortDay(day, today)} ${time}`;
}

/** A phone with its middle hidden, by the rule of the domain; `－` for none, one that is hidden already as it stands. */
export function maskPhone(phone: string | null | undefined): string {
  if (!phone) return '－';
  return phone.includes('*') ? phone : hidden(phone);
}

/** `180 MB`, `3.4 GB`. */
export function sizeText(bytes: number): string {
  const units = ['字节', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`;
}

const WEEKDAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

/** `11 月 18 日 星期三`. */
export function dayWithWeekday(day: string): string {
  return `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日 ${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/** A day as registers write it: what an import takes is taken when it is typed. */
function readDay(typed: string): string | null {
  const read = parseWritten(typed);
  return read.kind === 'day' && read.precision === 'day' && read.start === undefined ? read.day : null;
}

/** A month or a year as registers write it (`2026年5月`, `2026.5`, `202605`), with the first day of it; null for anything else. */
export function parseVagueDay(typed: string): { day: string; precision: 'month' | 'year' } | null {
  const read = parseWritten(typed);
  return read.kind === 'day' && read.precision !== 'day' ? { day: read.day, precision: read.precision } : null;
}

/** 长期, 永久: valid without end. */
export const isEndless = (typed: string): boolean => parseWritten(typed).kind === 'no_end';

/** A typed day as `YYYY-MM-DD`: `1118`, `11-18`, `11.18`, `20261118`, `2026-11-18`, `2026年11月18日`; null when it is none. */
export function parseDay(typed: string, today: string): string | null {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/[年月./\\]/g, '-')
    .replace(/日$/, '')
    .replace(/(?<!-)-+$/, '');
  const digits = /^\d+$/.test(text) ? text : null;
  let parts: [string, string, string] | null = null;
  if (digits && digits.length === 8) parts = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
  else if (digits && digits.length === 6) parts = [`20${digits.slice(0, 2)}`, digits.slice(2, 4), digits.slice(4)];
  else if (digits && (digits.length === 4 || digits.length === 3))
    parts = [today.slice(0, 4), digits.slice(0, -2), digits.slice(-2)];
  else {
    const pieces = text.split(/[-\s]+/);
    if (pieces.length === 3 && pieces.every((p) => /^\d{1,4}$/.test(p)))
      parts = [pieces[0]?.length === 2 ? `20${pieces[0]}` : (pieces[0] ?? ''), pieces[1] ?? '', pieces[2] ?? ''];
    else if (pieces.length === 2 && pieces.every((p) => /^\d{1,2}$/.test(p)))
      parts = [today.slice(0, 4), pieces[0] ?? '', pieces[1] ?? ''];
  }
  const day = parts && `${parts[0]}-${parts[1].padStart(2, '0')}-${parts[2].padStart(2, '0')}`;
  return day && isDay(day) ? day : readDay(typed);
}
