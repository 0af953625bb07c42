// Reading of dates as Chinese registers write them (domain reference 6.2): serials, text forms, ranges, "no end", unknown.
import { dayFromNumber, dayNumber, daysInMonth, makeDay } from './calendar.ts';
import type { Day, DayPrecision } from './calendar.ts';
import { isUnknownToken, squeezeText } from './text.ts';

/** Something about a day that was read which a person may want to know. */
export type DayNote = 'serial' | 'range' | 'two_digit_year' | 'month_first' | 'day_first';

export type DayResult =
  | {
      readonly kind: 'day';
      readonly day: Day;
      readonly precision: DayPrecision;
      readonly note?: DayNote;
      /** The start, where the cell held a range; `day` is its end. */
      readonly start?: Day;
    }
  /** 长期, 永久: valid without end. `start` where the cell named one. */
  | { readonly kind: 'no_end'; readonly start?: Day }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' }
  /** Ambiguous: one of the candidates, a person decides. */
  | { readonly kind: 'ask'; readonly candidates: readonly Day[]; readonly sentence: string; readonly note?: DayNote }
  | { readonly kind: 'invalid'; readonly sentence: string };

export interface ParseDayOptions {
  /** The workbook counts days from 1904 (old Mac files). */
  readonly date1904?: boolean;
  /** What a vague day means: an end of validity in 2023年5月 is its last day, anything else its first. Default `start`. */
  readonly role?: 'start' | 'end';
}

const NO_END =
  /^(?:长期|永久|长期有效|永久有效|长久|无固定期限|无期限|无限期|不限|不约定期限|9999-12-31|9999[年/.]12[月/.]31日?|99991231)$/u;
const NO_END_TAIL = /(?:长期|永久|长久|无固定期限|无限期)(?:有效)?$/u;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Converts a spreadsheet serial (1900 or 1904 system) to a day; null for serials that are no day (0, 60, negative, huge). */
export function dayFromSerial(serial: number, date1904 = false): Day | null {
  const n = Math.floor(serial);
  if (!Number.isFinite(n) || n < (date1904 ? 0 : 1) || n > 2_958_465) return null;
  if (date1904) return n > 2_957_003 ? null : dayFromNumber(dayNumber('1904-01-01') + n);
  if (n === 60) return null; // 1900-02-29, which only the spreadsheet believes in
  return dayFromNumber(dayNumber('1899-12-30') + n + (n < 60 ? 1 : 0));
}

const HAN_DIGITS = '零一二三四五六七八九';

/** 二〇二三年五月十六日 -> 2023年5月16日. Only runs in front of 年月日号 are touched. */
function hanNumbers(text: string): string {
  return text.replace(/(?<![零〇○Oo一二三四五六七八九十])[零〇○Oo一二三四五六七八九十]+(?=[年月日号])/gu, (run) => {
    const plain = run.replace(/[〇○Oo]/gu, '零');
    if (!plain.includes('十')) return [...plain].map((c) => HAN_DIGITS.indexOf(c)).join('');
    const [tens = '', ones = ''] = plain.split('十');
    return String((tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones)));
  });
}

function fromParts(year: number, month: number | null, day: number | null, role: 'start' | 'end'): DayResult {
  const m = month ?? (role === 'end' ? 12 : 1);
  const d = day ?? (role === 'end' ? daysInMonth(year, m) : 1);
  const made = year < FIRST_YEAR || year > LAST_YEAR ? null : makeDay(year, m, d);
  if (made === null) return { kind: 'invalid', sentence: '日历上没有这一天，请改为 2023-05-06 的写法' };
  return { kind: 'day', day: made, precision: month === null ? 'year' : day === null ? 'month' : 'day' };
}

const ask = (candidates: readonly (Day | null)[], why: string, note?: DayNote): DayResult => {
  const found = [...new Set(candidates.filter((c): c is Day => c !== null))];
  return found.length === 0
    ? { kind: 'invalid', sentence: '看不出是哪一天，请改为 2023-05-06 的写法' }
    : { kind: 'ask', candidates: found, sentence: `${why}，请确认是否为 ${found.join(' 或 ')}`, ...(note && { note }) };
};

/** One date without surroundings; null where the text has another form. */
function single(text: string, role: 'start' | 'end'): DayResult | null {
  let match = /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?$/u.exec(text);
  if (match) return fromParts(Number(match[1]), Number(match[2]), Number(match[3]), role);
  match = /^(\d{4})(?:年|[-/.])(\d{1,2})月?(?:份)?$/u.exec(text);
  if (match) return fromParts(Number(match[1]), Number(match[2]), null, role);
  match = /^(\d{4})年?(?:度)?$/u.exec(text);
  if (match) return fromParts(Number(match[1]), null, null, role);
  match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match) return fromParts(Number(match[1]), Number(match[2]), Number(match[3]), role);
  match = /^(\d{4})(\d{2})$/.exec(text);
  if (
    match &&
    Number(match[1]) >= FIRST_YEAR &&
    Number(match[1]) <= LAST_YEAR &&
    Number(match[2]) >= 1 &&
    Number(match[2]) <= 12
  ) {
    return fromParts(Number(match[1]), Number(match[2]), null, role);
  }
  match = /^(\d{2})年(\d{1,2})月(?:(\d{1,2})[日号])?$/u.exec(text);
  if (match) {
    const result = fromParts(
      2000 + Number(match[1]),
      Number(match[2]),
      match[3] === undefined ? null : Number(match[3]),
      role,
    );
    return result.kind === 'day' ? { ...result, note: 'two_digit_year' } : result;
  }
  match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (match) {
    const [a, b, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const monthFirst = makeDay(year, a, b);
    const dayFirst = makeDay(year, b, a);
    if (monthFirst !== null && dayFirst !== null && monthFirst !== dayFirst)
      return ask([monthFirst, dayFirst], '分不清月和日');
    const result = monthFirst !== null ? fromParts(year, a, b, role) : fromParts(year, b, a, role);
    return result.kind === 'day' ? { ...result, note: monthFirst !== null ? 'month_first' : 'day_first' } : result;
  }
  match = /^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})$/.exec(text);
  if (match) {
    const [a, b, c] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const yearFirst = String(match[1]).length === 2 ? makeDay(2000 + a, b, c) : null;
    const yearLast = String(match[3]).length === 2 ? [makeDay(2000 + c, a, b), makeDay(2000 + c, b, a)] : [];
    // the Chinese order is the likely one; the others are offered only where it is impossible
    return ask(yearFirst !== null ? [yearFirst] : yearLast, '年份只有两位', 'two_digit_year');
  }
  match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match)
    return ask(
      [makeDay(2000 + Number(match[1]), Number(match[2]), Number(match[3]))],
      '年份只有两位',
      'two_digit_year',
    );
  match = /^(\d{1,2})月(\d{1,2})[日号]?$/u.exec(text);
  if (match) return { kind: 'invalid', sentence: '日期缺少年份，请改为 2023-05-06 的写法' };
  return null;
}

const PART =
  '\\d{4}年\\d{1,2}月\\d{1,2}[日号]|\\d{4}年\\d{1,2}月(?:份)?|\\d{4}年|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{4}[-/.]\\d{1,2}|\\d{8}|\\d{4}';
const JOIN = '(?:至|到|~|〜|-{1,3}|[—–―─]+(?![—–―─])|\\/|,|、|;)';
const RANGE = new RegExp(`^(${PART})(?:起|始|开始)?${JOIN}([^]+)$`, 'u');
/** Words around a validity that say nothing new. */
const FRAME =
  /^(?:许可证)?(?:有效期限?|时间|日期|期限|截止日期?|截至|截止|到期日?)?(?:为|是|[:])?(?:自|从|至|到)?|(?:\(?(?:星期|周)[一二三四五六日天]\)?|止|为止|前|到期|有效|失效)$/gu;
const CLOCK = new RegExp(
  [
    /(?:T|上午|下午|晚上|凌晨)?\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?(?:AM|PM)?$/u,
    /(?:上午|下午|晚上|凌晨)?\d{1,2}[时点](?:\d{1,2}分)?(?:\d{1,2}秒)?$/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'iu',
);

function finishRange(from: string, rest: string): DayResult | null {
  const start = single(from, 'start');
  if (start?.kind !== 'day') return null;
  if (NO_END.test(rest) || NO_END_TAIL.test(rest)) return { kind: 'no_end', start: start.day };
  // 2023年5月1日至7日, 2023年5月至8月: the end borrows what it leaves out
  const [year, month] = start.day.split('-');
  const shortDay = /^(\d{1,2})[日号]$/u.exec(rest);
  const shortMonth = /^(\d{1,2})月(?:(\d{1,2})[日号])?$/u.exec(rest);
  const full = shortDay
    ? `${year}-${month}-${shortDay[1]}`
    : shortMonth
      ? `${year}-${shortMonth[1]}${shortMonth[2] ? `-${shortMonth[2]}` : ''}`
      : rest;
  const end = single(full, 'end');
  if (end === null) return null;
  if (end.kind !== 'day') return end;
  if (end.day < start.day) return { kind: 'invalid', sentence: `起止日期颠倒（${start.day} 至 ${end.day}），请核对` };
  return { ...end, note: 'range', start: start.day };
}

function parseText(input: string, options: ParseDayOptions): DayResult {
  const role = options.role ?? 'start';
  const spaced = input
    .normalize('NFKC')
    .trim()
    .replace(/^(\d{4}-\d{1,2}-\d{1,2}|\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)\s+(?=\d)/u, '$1T');
  let text = hanNumbers(squeezeText(spaced));
  if (text === '') return { kind: 'empty' };
  if (isUnknownToken(text) || /^(?:0|0{4}[-/.]?0{2}[-/.]?0{2}|1900[-/.]0?1[-/.]0)$/.test(text))
    return { kind: 'unknown' };
  if (NO_END.test(text)) return { kind: 'no_end' };
  text = text.replace(FRAME, '').replace(/(?<![.,。])[.,。]+$/u, '');
  if (NO_END.test(text)) return { kind: 'no_end' };
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return parseNumber(Number(text), options);
  // hyphens are tried as date separators before they are tried as "to"
  const whole = single(text, role) ?? single(text.replace(CLOCK, ''), role);
  if (whole !== null) return whole;
  const range = RANGE.exec(text);
  const ranged = range ? finishRange(range[1] ?? '', (range[2] ?? '').replace(FRAME, '')) : null;
  if (ranged !== null) return ranged;
  const inside = [...text.matchAll(new RegExp(PART, 'gu'))]
    .map((m) => single(m[0], role))
    .filter((r) => r?.kind === 'day' && r.precision !== 'year');
  return ask(
    inside.map((r) => (r?.kind === 'day' ? r.day : null)),
    '单元格里不只有日期',
  );
}

const NO_DAY: DayResult = { kind: 'invalid', sentence: '这个数字不是日期，请改为 2023-05-06 的写法' };

/** The first serial that Excel and the calendar agree on (1900-03-01): smaller numbers are counts and ages, not days. */
const FIRST_SERIAL = 61;

function parseNumber(value: number, options: ParseDayOptions): DayResult {
  if (value === 0) return { kind: 'unknown' };
  const whole = Math.floor(value);
  // 2023, 2023.5, 202305, 20230506 typed as numbers; no register holds the serials 1900..2199 (years 1905-1906)
  if ((whole >= FIRST_YEAR && whole <= LAST_YEAR) || whole >= 100_000) {
    const role = options.role ?? 'start';
    const typed = String(value);
    // 2023.1 is what a cell makes of 2023.10
    if (/^\d{4}\.1$/.test(typed))
      return ask(
        [1, 10].map((month) => {
          const read = fromParts(whole, month, null, role);
          return read.kind === 'day' ? read.day : null;
        }),
        '分不清 1 月和 10 月',
      );
    return single(typed, role) ?? NO_DAY;
  }
  const day = whole < FIRST_SERIAL ? null : dayFromSerial(value, options.date1904);
  if (day === null || day > `${LAST_YEAR}-12-31`) return NO_DAY;
  return { kind: 'day', day, precision: 'day', note: 'serial' };
}

/**
 * Reads a date cell. Numbers are spreadsheet serials (or 20230506 typed as a number); text may be any form of domain
 * reference 6.2. Nothing is guessed: what can be read in two ways comes back as `ask` with the candidates.
 */
export function parseDay(input: string | number | null | undefined, options: ParseDayOptions = {}): DayResult {
  if (input === null || input === undefined) return { kind: 'empty' };
  return typeof input === 'number' ? parseNumber(input, options) : parseText(input, options);
}
