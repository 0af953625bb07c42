// Values on their way into cells: codes stay text, days are days, rates are numbers, nothing is ever a formula.
import type { SheetColumn, SheetValue } from './excel-sheet.ts';
import { cleanText } from './layout/text.ts';

/** What a cell holds: a text or a number, with its format and side. */
export interface CellContent {
  readonly value: string | number;
  readonly format: string;
  readonly align: 'left' | 'center' | 'right';
}

/** Excel's own limit of a cell. */
const MAX_CELL = 32_767;
const CUT = '…（内容过长，已截断）';

/** `@` is the text format: Excel then keeps 00123 and 91310115MA1K00015K as they are, also when the cell is edited. */
export function textContent(value: string, align: CellContent['align'] = 'left'): CellContent {
  const text = cleanText(value);
  return { value: text.length > MAX_CELL ? text.slice(0, MAX_CELL - CUT.length) + CUT : text, format: '@', align };
}

/** Digits become a number with the decimals they were entered with; what a double cannot hold exactly stays text. */
function numberContent(value: string | number): CellContent {
  if (typeof value === 'number')
    return Number.isFinite(value) ? { value, format: 'General', align: 'right' } : textContent(String(value));
  const percent = percentContent(value);
  if (percent) return percent;
  const match = /^-?\d+(?:\.(\d+))?$/.exec(value.trim());
  const digits = value.replace(/\D/g, '').replace(/^0+/, '').length;
  if (!match || digits > 15 || /^-?0\d/.test(value.trim())) return textContent(value);
  return { value: Number(value), format: match[1] ? `0.${'0'.repeat(match[1].length)}` : 'General', align: 'right' };
}

/** 83.4% becomes the number 0.834 with as many decimals as are printed; null for anything else. */
function percentContent(text: string): CellContent | null {
  const match = /^(-?\d{1,12})(?:\.(\d{1,6}))?%$/.exec(text.trim());
  if (!match) return null;
  const decimals = match[2]?.length ?? 0;
  // Moved by the point, not divided: 86.9% is 0.869 and not 0.8690000000000001.
  const value = Number(`${match[1]}.${match[2] ?? '0'}e-2`);
  return { value, format: decimals === 0 ? '0%' : `0.${'0'.repeat(decimals)}%`, align: 'right' };
}

/** A real day becomes Excel's day number; a month, a year or anything else stays the text it is. */
function dayContent(value: string): CellContent {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.trim());
  if (!match) return textContent(value);
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  // Excel takes 1900 for a leap year; days before March 1900 would be off by one.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || time < Date.UTC(1900, 2, 1))
    return textContent(value);
  return { value: Math.round((time - Date.UTC(1899, 11, 30)) / 86_400_000), format: 'yyyy-mm-dd', align: 'center' };
}

/** Lines that a text takes in a column of so many characters: Chinese ones are two wide. Dates and numbers are cut by no column. */
export function linesIn(content: CellContent | null, width: number): number {
  if (typeof content?.value !== 'string') return 1;
  const wide = (line: string): number => line.length + (line.match(/[^\u0000-\u00ff]/g)?.length ?? 0);
  return content.value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(wide(line) / (width - 0.5))), 0);
}

/** What a value is in a column; null for an empty cell. */
export function contentOf(value: SheetValue, kind: SheetColumn['kind']): CellContent | null {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'number') return numberContent(value);
  if (kind === 'day') return dayContent(String(value));
  if (kind === 'words') return percentContent(String(value)) ?? dayContent(String(value));
  return textContent(String(value));
}
