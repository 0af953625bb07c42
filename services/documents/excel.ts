// Writes Excel workbooks: codes stay text, days are days, nothing is ever a formula.
import * as XLSX from '@e965/xlsx';
import { freezeHeaders } from './excel-panes.ts';
import { cleanText } from './layout/text.ts';

/** One column; `width` in characters. `text` stays text whatever it looks like; `day` takes `YYYY-MM-DD`. */
export interface SheetColumn {
  readonly heading: string;
  readonly width: number;
  readonly kind: 'text' | 'number' | 'day';
}

/** A cell's value; a number column also takes digits as text (decimals are kept as entered). */
export type SheetValue = string | number | null | undefined;

/** One sheet. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
}

/** Excel's own limit of a cell. */
const MAX_CELL = 32_767;
const CUT = '…（内容过长，已截断）';

/**
 * A workbook as .xlsx bytes: header row frozen and filterable, sheet names made legal and unique. Cells never carry
 * formulas: a text that begins with = + - @ is stored as that text.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const book = XLSX.utils.book_new();
  const names: string[] = [];
  for (const sheet of sheets.length > 0 ? sheets : [{ name: '', columns: [], rows: [] }]) {
    const name = sheetName(sheet.name, names);
    names.push(name);
    XLSX.utils.book_append_sheet(book, worksheet(sheet), name);
  }
  const bytes = XLSX.write(book, { type: 'array', bookType: 'xlsx', compression: true, bookSST: true }) as ArrayBuffer;
  return freezeHeaders(new Uint8Array(bytes));
}

function worksheet(sheet: Sheet): XLSX.WorkSheet {
  const result: XLSX.WorkSheet = {};
  const last = { r: sheet.rows.length, c: Math.max(0, sheet.columns.length - 1) };
  sheet.columns.forEach((column, c) => {
    result[XLSX.utils.encode_cell({ r: 0, c })] = textCell(column.heading);
    sheet.rows.forEach((row, r) => {
      const cell = cellOf(row[c], column.kind);
      if (cell) result[XLSX.utils.encode_cell({ r: r + 1, c })] = cell;
    });
  });
  result['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: last });
  result['!cols'] = sheet.columns.map((column) => ({ wch: column.width }));
  if (sheet.columns.length > 0) result['!autofilter'] = { ref: result['!ref'] };
  return result;
}

function cellOf(value: SheetValue, kind: SheetColumn['kind']): XLSX.CellObject | null {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'number') return numberCell(value);
  if (kind === 'day') return dayCell(String(value));
  return textCell(String(value));
}

/** `@` is the text format: Excel then keeps 00123 and 91310115MA1K00015K as they are, also when the cell is edited. */
function textCell(value: string): XLSX.CellObject {
  const text = cleanText(value);
  return { t: 's', v: text.length > MAX_CELL ? text.slice(0, MAX_CELL - CUT.length) + CUT : text, z: '@' };
}

/** Digits become a number with the decimals they were entered with; what a double cannot hold exactly stays text. */
function numberCell(value: string | number): XLSX.CellObject {
  if (typeof value === 'number') return Number.isFinite(value) ? { t: 'n', v: value } : textCell(String(value));
  const match = /^-?\d+(?:\.(\d+))?$/.exec(value.trim());
  const digits = value.replace(/\D/g, '').replace(/^0+/, '').length;
  if (!match || digits > 15 || /^-?0\d/.test(value.trim())) return textCell(value);
  return { t: 'n', v: Number(value), ...(match[1] && { z: `0.${'0'.repeat(match[1].length)}` }) };
}

/** A real day becomes Excel's day number; a month, a year or anything else stays the text it is. */
function dayCell(value: string): XLSX.CellObject {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.trim());
  if (!match) return textCell(value);
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  // Excel takes 1900 for a leap year; days before March 1900 would be off by one.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || time < Date.UTC(1900, 2, 1)) return textCell(value);
  return { t: 'n', v: Math.round((time - Date.UTC(1899, 11, 30)) / 86_400_000), z: 'yyyy-mm-dd' };
}

/** A legal sheet name: at most 31 characters, none of `[]:*?/\`, no edge apostrophes, not History, unique without case. */
export function sheetName(wanted: string, taken: readonly string[] = []): string {
  const cut = (text: string, length: number): string => {
    let result = '';
    for (const character of text) {
      if (result.length + character.length > length) break;
      result += character;
    }
    return result;
  };
  let base = cut(cleanText(wanted).replace(/[[\]:*?/\\\n\t]/g, ' ').replace(/^[\s']+|[\s']+$/g, ''), 31).replace(/[\s']+$/, '');
  if (base === '' || base.toLowerCase() === 'history') base = base === '' ? '表' : '历史';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = base;
  for (let number = 2; used.has(name.toLowerCase()); number += 1) {
    const suffix = `(${number})`;
    name = cut(base, 31 - suffix.length) + suffix;
  }
  return name;
}
