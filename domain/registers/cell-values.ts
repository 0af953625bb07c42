// Turns a cell into the value of a field, by the field's kind; what can't be stored is kept in words (domain reference 6.2).
import { parseDay } from '../values/day.ts';
import { parseDecimal } from '../values/decimal.ts';
import { parseFourState } from '../values/four-state.ts';
import { isUnknownToken, squeezeText, trimEdges } from '../values/text.ts';
import { NO_VALUE, plainValue, type CellValue, type RegisterCell, type RowWarning } from './cell.ts';
import type { FieldValues } from './row-content.ts';
import { inUnit } from './units.ts';
import type { Target } from './targets.ts';
import { wordOf } from './words.ts';

/** Does the cell say nothing: blank, or one of the signs for "not known"? */
export function saysNothing(cell: RegisterCell): boolean {
  return cell.kind === 'empty' || cell.text === '' || isUnknownToken(cell.text);
}

const doubt = (target: Target, code: string, text: string, why: string): CellValue =>
  ({ value: null, keep: text, warnings: [{ code, sentence: `${target.label}“${text}”${why}，已写入备注` }] });

/** One line of text, cut to what the field holds; the whole of a cut text is kept. */
export function textValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text).replace(/\s*\n\s*/g, target.meta.kind === 'longText' ? '\n' : ' ');
  if (text === '' || isUnknownToken(text)) return NO_VALUE;
  const max = target.meta.max ?? 200;
  if (text.length <= max) return plainValue(text);
  return { value: text.slice(0, max), keep: text, warnings: [{ code: 'TEXT_CUT', sentence: `${target.label}超过 ${max} 个字，已截断，全文写入备注` }] };
}

/** One id of a vocabulary by label or by a word that means it. */
export function choiceValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text);
  const result = wordOf(target, text);
  if (result?.how === 'exact') return result.id === 'unknown' ? NO_VALUE : plainValue(result.id);
  if (isUnknownToken(text)) return NO_VALUE;
  if (!result) return doubt(target, 'WORD_UNKNOWN', text, '无法识别');
  const label = (target.meta.vocabulary?.labels as Record<string, string> | undefined)?.[result.id] ?? '';
  return { value: result.id, keep: text, warnings: [{ code: 'WORD_GUESSED', sentence: `${target.label}“${text}”识别为${label}，原文写入备注` }] };
}

/** 是/否/不详/不涉及; blank and unknown say nothing. */
export function fourStateValue(target: Target, cell: RegisterCell): CellValue {
  const text = trimEdges(cell.text);
  const result = parseFourState(cell.kind === 'boolean' ? cell.raw : text);
  if (!result) {
    if (isUnknownToken(text)) return NO_VALUE;
    // `有危废`, `无危险废物`: the first character is the answer, the rest a note.
    const first = parseFourState(text.slice(0, 1));
    if (first && first.value !== 'unknown' && text.length > 1) return { value: first.value, keep: text, warnings: [] };
    return doubt(target, 'WORD_UNKNOWN', text, '看不出是或否');
  }
  if (result.value === 'unknown') return NO_VALUE;
  return { value: result.value, keep: result.note ? text : null, warnings: [] };
}

/** A decimal or whole number in the field's unit. `headingUnit`: the unit that stood in the heading. */
export function numberValue(target: Target, cell: RegisterCell, headingUnit: string | null): CellValue {
  const text = trimEdges(cell.text);
  const result = parseDecimal(cell.kind === 'number' && typeof cell.raw === 'number' ? cell.raw : text);
  if (result.kind === 'empty' || result.kind === 'unknown') return NO_VALUE;
  if (result.kind !== 'value') return doubt(target, 'NUMBER_UNREADABLE', text, result.kind === 'ask' ? '有两种读法' : '不是数字');
  const value = inUnit(result.value, result.unit ?? headingUnit, target.meta.unit);
  if (value === null) return doubt(target, 'NUMBER_UNIT', text, `的单位不是${target.meta.unit ?? ''}`);
  if (value.length > 40) return doubt(target, 'NUMBER_UNREADABLE', text, '过长');
  const warnings: RowWarning[] = result.note ? [{ code: 'NUMBER_NOTE', sentence: `${target.label}“${text}”取 ${value}，“${result.note}”写入备注` }] : [];
  const keep = result.note ? text : null;
  if (target.meta.kind !== 'integer') return { value, keep, warnings };
  const whole = value.replace(/\.0+$/, '');
  if (!/^\d{1,8}$/.test(whole)) return doubt(target, 'NUMBER_UNREADABLE', text, '不是整数');
  return { value: Number(whole), keep, warnings };
}

/** Fields that end something: a month means its last day, a range its end. */
const END_FIELDS = new Set(['validTo', 'contractEnd', 'publicityEnd']);
/** Fields that begin something take the start of a range. */
const BEGINNING = /(?:From|Start)$/;

/** Values of a day field: the day, its precision where the field keeps one, and the start of a range. */
export interface DayCell { readonly values: FieldValues; readonly warnings: readonly RowWarning[]; readonly keep: string | null }

/** Reads a day. `vague`: the field keeps a precision beside it. `startField`: where the start of a range goes. */
export function dayValue(target: Target, cell: RegisterCell, options: { date1904: boolean; vague: boolean; startField: string | null }): DayCell {
  const text = trimEdges(cell.text);
  const isEnd = END_FIELDS.has(target.field);
  const input = cell.kind === 'number' && typeof cell.raw === 'number' ? cell.raw : text;
  const result = parseDay(input, { date1904: options.date1904, role: isEnd ? 'end' : 'start' });
  const fail = (why: string): DayCell => { const d = doubt(target, 'DATE_UNREADABLE', text, why); return { values: {}, warnings: d.warnings, keep: d.keep }; };
  const start = (day: string | undefined): FieldValues => (day && options.startField ? { [options.startField]: day } : {});
  switch (result.kind) {
    case 'empty': case 'unknown': return { values: {}, warnings: [], keep: null };
    case 'no_end': return isEnd ? { values: start(result.start), warnings: [], keep: text } : fail('不是日期');
    case 'ask': return { values: {}, keep: text, warnings: [{ code: 'DATE_AMBIGUOUS', sentence: `${target.label}“${text}”有两种读法，未导入，已写入备注` }] };
    case 'invalid': return fail('看不懂');
    case 'day': {
      const begins = BEGINNING.test(target.field);
      if (result.start !== undefined && !isEnd && !begins) return { values: {}, keep: text, warnings: [{ code: 'DATE_AMBIGUOUS', sentence: `${target.label}“${text}”是一段时间，分不清取哪一天，未导入，已写入备注` }] };
      const warnings: RowWarning[] = result.note === 'serial' && cell.kind === 'number'
        ? [{ code: 'DATE_SERIAL', sentence: `${target.label}的日期序号 ${text} 已换算为 ${result.day}` }]
        : result.note === 'two_digit_year' ? [{ code: 'DATE_SHORT_YEAR', sentence: `${target.label}“${text}”只写了两位年份，按 ${result.day} 导入，请核对` }] : [];
      const values: FieldValues = { [target.field]: begins ? result.start ?? result.day : result.day, ...(options.vague && { [`${target.field}Precision`]: result.precision }), ...(isEnd ? start(result.start) : {}) };
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
