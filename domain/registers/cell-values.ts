// Turns a cell into the value of a field, by the field's kind; what can't be stored is kept in words (domain reference 6.2).
import { parseCoordinate } from '../values/coordinates.ts';
import { parseDay } from '../values/day.ts';
import { parseDecimal } from '../values/decimal.ts';
import { parseFen } from '../values/money.ts';
import { parseFourState } from '../values/four-state.ts';
import { isUnknownToken, squeezeText, trimEdges, wholeCharacters } from '../values/text.ts';
import { NO_VALUE, plainValue, type CellValue, type RegisterCell, type RowWarning } from './cell.ts';
import type { FieldValues } from './row-content.ts';
import { inUnit } from './units.ts';
import type { Target } from './targets.ts';
import { wordOf } from './words.ts';

/** Does the cell say nothing: blank, or one of the signs for "not known"? */
export function saysNothing(cell: RegisterCell): boolean {
  return cell.kind === 'empty' || cell.text === '' || isUnknownToken(cell.text);
}

const doubt = (target: Target, code: string, text: string, why: string): CellValue => ({
  value: null,
  keep: text,
  warnings: [{ code, sentence: `${target.label}“${text}”${why}，已写入备注` }],
});

/** More than the remark holds stays with the import alone. */
const MOST_KEPT = 1000;

/** 是, 有, √: an answer to a question, which no text of a field is. */
const ANSWER = /^(?:是|否|有|无|√|✓|✔|×|✗|[YNTF]|YES|NO|TRUE|FALSE)$/iu;

/** One line of text, cut to what the field holds; the whole of a cut text is kept. */
export function textValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text).replace(/(?<!\s)\s*\n\s*/g, target.meta.kind === 'longText' ? '\n' : ' ');
  if (text === '' || isUnknownToken(text)) return NO_VALUE;
  if (target.meta.kind === 'text' && ANSWER.test(text)) return doubt(target, 'ANSWER_ONLY', text, '只是有无，不是内容');
  const max = target.meta.max ?? 200;
  if (text.length <= max) return plainValue(text);
  return {
    value: wholeCharacters(text, max),
    keep: wholeCharacters(text, MOST_KEPT),
    warnings: [{ code: 'TEXT_CUT', sentence: `${target.label}超过 ${max} 个字，已截断，全文写入备注` }],
  };
}

/** One id of a vocabulary by label or by a word that means it. */
export function choiceValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text);
  const result = wordOf(target, text);
  if (result?.how === 'exact') return result.id === 'unknown' ? NO_VALUE : plainValue(result.id);
  if (isUnknownToken(text)) return NO_VALUE;
  if (!result) return doubt(target, 'WORD_UNKNOWN', text, '无法识别');
  const label = (target.meta.vocabulary?.labels as Record<string, string> | undefined)?.[result.id] ?? '';
  return {
    value: result.id,
    keep: text,
    warnings: [{ code: 'WORD_GUESSED', sentence: `${target.label}“${text}”识别为${label}，原文写入备注` }],
  };
}

/** 是/否/不详/不涉及; blank and unknown say nothing. */
export function fourStateValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text);
  const result = parseFourState(cell.kind === 'boolean' ? cell.raw : text);
  if (!result) {
    if (isUnknownToken(text)) return NO_VALUE;
    // `有危废`, `无危险废物`: the first character is the answer, the rest a note.
    // 正常 under 正常运行 says yes; 异常 says no.
    if (text.length >= 2 && target.meta.label.includes(text)) return plainValue('yes');
    if (/正常/u.test(target.meta.label) && /^(?:不正常|异常|故障|停运|停用|未运行)/u.test(text))
      return plainValue('no');
    const first = parseFourState(text.slice(0, 1));
    if (first && first.value !== 'unknown' && text.length > 1) return { value: first.value, keep: text, warnings: [] };
    return doubt(target, 'WORD_UNKNOWN', text, '看不出是或否');
  }
  if (result.value === 'unknown') return NO_VALUE;
  return { value: result.value, keep: result.note ? text : null, warnings: [] };
}

/** An amount of money, stored in fen. `headingUnit`: 元 or 万元 in the heading. */
export function moneyValue(target: Target, cell: RegisterCell, headingUnit: string | null): CellValue {
  const text = trimEdges(cell.text);
  if (saysNothing(cell)) return NO_VALUE;
  const fen = parseFen(/^[\d.,]+$/.test(text) && headingUnit !== null ? `${text}${headingUnit}` : text);
  return fen !== null ? plainValue(fen) : doubt(target, 'NUMBER_UNREADABLE', text, '不是金额');
}

/** Units in which nothing is counted below zero; what has none is an amount of something too. */
const MAY_BE_NEGATIVE: ReadonlySet<string | undefined> = new Set(['°', '℃']);
/** More than any town has of anything: square metres, people, tonnes. */
const MOST_DIGITS = 10;

/** Why a number can't be: it is for a person to look at. */
function whyImpossible(value: string, { meta }: Target): string | null {
  if (value.startsWith('-') && !MAY_BE_NEGATIVE.has(meta.unit)) return '小于 0，请核对';
  if (meta.unit === 'm²' && Number(value) === 0) return '应大于 0，请核对';
  return value.replace(/^-?0*/, '').split('.', 1).join('').length > MOST_DIGITS ? '大得不可能，请核对' : null;
}

/** A decimal or whole number in the field's unit. `headingUnit`: the unit that stood in the heading. */
export function numberValue(target: Target, cell: RegisterCell, headingUnit: string | null): CellValue {
  const text = trimEdges(cell.text);
  const degrees = target.meta.axis === undefined ? null : parseCoordinate(text);
  if (degrees?.kind === 'value' && degrees.converted)
    return {
      value: degrees.degrees,
      keep: null,
      warnings: [{ code: 'COORDINATES_CONVERTED', sentence: `${target.label}“${text}”的度分秒已换算为小数` }],
    };
  const result = parseDecimal(cell.kind === 'number' && typeof cell.raw === 'number' ? cell.raw : text);
  if (result.kind === 'empty' || result.kind === 'unknown') return NO_VALUE;
  if (result.kind !== 'value')
    return doubt(target, 'NUMBER_UNREADABLE', text, result.kind === 'ask' ? '有两种读法' : '不是数字');
  // 90天/次 is 90 days from one time to the next.
  const written = (result.unit ?? headingUnit)?.replace(/[/每]次$/u, '') ?? null;
  const value = inUnit(result.value, written, target.meta.unit);
  if (value === null) return doubt(target, 'NUMBER_UNIT', text, `的单位不是${target.meta.unit ?? ''}`);
  if (value.length > 40) return doubt(target, 'NUMBER_UNREADABLE', text, '过长');
  const impossible = whyImpossible(value, target);
  if (impossible !== null) return doubt(target, 'NUMBER_IMPOSSIBLE', text, impossible);
  const warnings: RowWarning[] = result.note
    ? [{ code: 'NUMBER_NOTE', sentence: `${target.label}“${text}”取 ${value}，“${result.note}”写入备注` }]
    : [];
  const keep = result.note ? text : null;
  if (target.meta.kind !== 'integer') return { value, keep, warnings };
  const whole = value.replace(/\.0+$/, '');
  if (!/^\d{1,8}$/.test(whole)) return doubt(target, 'NUMBER_UNREADABLE', text, '不是整数');
  return { value: Number(whole), keep, warnings };
}

/** Fields that end something: a month means its last day, a range its end. */
const ENDING = /(?:To|End)$/;
/** Fields that begin something take the start of a range. */
const BEGINNING = /(?:From|Start)$/;

/** Values of a day field: the day, its precision where the field keeps one, and the start of a range. */
export interface DayCell {
  readonly values: FieldValues;
  readonly warnings: readonly RowWarning[];
  readonly keep: string | null;
}

/** 24/5/1: taken as the form takes it, and said. */
function shortYear(target: Target, text: string, day: string, vague: boolean): DayCell {
  return {
    values: { [target.field]: day, ...(vague && { [`${target.field}Precision`]: 'day' }) },
    keep: null,
    warnings: [{ code: 'DATE_SHORT_YEAR', sentence: `${target.label}“${text}”只写了两位年份，按 ${day} 导入，请核对` }],
  };
}

/** Reads a day. `vague`: the field keeps a precision beside it. `startField`: where the start of a range goes. */
export function dayValue(
  target: Target,
  cell: RegisterCell,
  options: { date1904: boolean; vague: boolean; startField: string | null },
): DayCell {
  const text = trimEdges(cell.text);
  const isEnd = ENDING.test(target.field);
  const input = cell.kind === 'number' && typeof cell.raw === 'number' ? cell.raw : text;
  const result = parseDay(input, { date1904: options.date1904, role: isEnd ? 'end' : 'start' });
  const fail = (why: string): DayCell => {
    const d = doubt(target, 'DATE_UNREADABLE', text, why);
    return { values: {}, warnings: d.warnings, keep: d.keep };
  };
  const start = (day: string | undefined): FieldValues =>
    day && options.startField ? { [options.startField]: day } : {};
  switch (result.kind) {
    case 'empty':
    case 'unknown':
      return { values: {}, warnings: [], keep: null };
    case 'no_end':
      return isEnd ? { values: start(result.start), warnings: [], keep: text } : fail('不是日期');
    case 'ask': {
      const [only, other] = result.candidates;
      if (only !== undefined && other === undefined && result.note === 'two_digit_year')
        return shortYear(target, text, only, options.vague);
      const readings = result.candidates.length > 1 ? `可能是 ${result.candidates.join(' 或 ')}` : result.sentence;
      return {
        values: {},
        keep: text,
        warnings: [{ code: 'DATE_AMBIGUOUS', sentence: `${target.label}“${text}”${readings}，未导入，已写入备注` }],
      };
    }
    case 'invalid':
      return fail('看不懂');
    case 'day': {
      const begins = BEGINNING.test(target.field);
      if (result.start !== undefined && !isEnd && !begins)
        return {
          values: {},
          keep: text,
          warnings: [
            {
              code: 'DATE_AMBIGUOUS',
              sentence: `${target.label}“${text}”是一段时间，分不清取哪一天，未导入，已写入备注`,
            },
          ],
        };
      const warnings: RowWarning[] =
        result.note === 'serial' && cell.kind === 'number'
          ? [{ code: 'DATE_SERIAL', sentence: `${target.label}的日期序号 ${text} 已换算为 ${result.day}` }]
          : result.note === 'two_digit_year'
            ? [
                {
                  code: 'DATE_SHORT_YEAR',
                  sentence: `${target.label}“${text}”只写了两位年份，按 ${result.day} 导入，请核对`,
                },
              ]
            : [];
      const values: FieldValues = {
        [target.field]: begins ? (result.start ?? result.day) : result.day,
        ...(options.vague && { [`${target.field}Precision`]: result.precision }),
        ...(isEnd ? start(result.start) : {}),
      };
      return { values, warnings, keep: !options.vague && result.precision !== 'day' ? text : null };
    }
  }
}

/** Site numbers of registers: `2`, `002`, `第2厂区`. */
export function siteNoValue(target: Target, cell: RegisterCell): CellValue {
  const digits = /\d{1,3}/.exec(squeezeText(cell.text))?.[0];
  if (digits && Number(digits) > 0) return plainValue(digits.padStart(3, '0'));
  return saysNothing(cell) ? NO_VALUE : doubt(target, 'WORD_UNKNOWN', trimEdges(cell.text), '不是序号');
}

/** The unit that a number was written in, in its cell or in its heading. */
export function unitWritten(cell: RegisterCell, headingUnit: string | null): string | null {
  const result = parseDecimal(cell.kind === 'number' && typeof cell.raw === 'number' ? cell.raw : trimEdges(cell.text));
  return (result.kind === 'value' ? result.unit : undefined) ?? headingUnit;
}
