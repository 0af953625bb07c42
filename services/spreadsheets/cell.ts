// What a register's cells look like once read: neutral of the file format, one shape for xlsx, xls, csv and HTML.
import { addDays } from '../../domain/values/day.ts';
import { once, trimEdges, visibleText } from '../../domain/values/text.ts';

/** One cell. */
export interface ReadCell {
  /** What a person sees, without edge spaces; numbers as plain digits, dates as `YYYY-MM-DD`, empty for no value. */
  readonly text: string;
  /** The stored value: a long number that lost digits can be told by it; null where nothing is stored. */
  readonly raw: string | number | boolean | null;
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'empty';
  /** Does the value come from a formula (its stored result is used)? */
  readonly formula: boolean;
}

/** The cell where nothing is; shared, since most sheets have many. */
export const EMPTY_CELL: ReadCell = Object.freeze({ text: '', raw: null, kind: 'empty', formula: false });
const EMPTY_FORMULA: ReadCell = Object.freeze({ ...EMPTY_CELL, formula: true });

// `trim` looks at both ends alone; a pattern for the end looks through all of a text.
const isUntidy = (value: string): boolean =>
  value.trim() !== value || value.includes('\r') || visibleText(value) !== value;

const tidy = once((value) => (isUntidy(value) ? trimEdges(value.replace(/\r\n?/g, '\n')) : value));

/** A cell holding text; blank text makes an empty cell. `="00123"`, the way to keep zeros in a csv, is unwrapped. */
export function textCell(value: string, formula = false): ReadCell {
  if (value === '') return formula ? EMPTY_FORMULA : EMPTY_CELL;
  let text = tidy(value);
  if (text.startsWith('="') && text.endsWith('"') && text.length > 2) text = text.slice(2, -1).replaceAll('""', '"');
  if (text === '') return formula ? EMPTY_FORMULA : EMPTY_CELL;
  return { text, raw: value, kind: 'text', formula };
}

/** A cell holding one of the spreadsheet errors (`#N/A`, `#REF!` ...), or without text a formula whose result the file does not hold. */
export function errorCell(text: string, formula: boolean): ReadCell {
  return { text, raw: null, kind: 'error', formula };
}

/** A cell holding yes or no, shown as spreadsheets show it. */
export function booleanCell(value: boolean, formula: boolean): ReadCell {
  return { text: value ? 'TRUE' : 'FALSE', raw: value, kind: 'boolean', formula };
}

/** A number in plain digits: fifteen significant ones (all that spreadsheets keep), never an exponent. */
export function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  if (Math.abs(rounded) >= 1e21) return BigInt(rounded).toString();
  return rounded.toFixed(Math.min(100, 15 - Math.floor(Math.log10(Math.abs(rounded))))).replace(/\.0+$|(?<!0)0+$/, '');
}

/**
 * The day of a date serial (domain reference 6.2): 1899-12-30 + n from 61 on; one day later before, since the 1900
 * system has a 29 February 1900 that never was (serial 60, given as 28 February); 1904-01-01 + n in the 1904 system.
 * Null outside the years 1900-9999.
 */
export function dayOfSerial(serial: number, date1904: boolean): string | null {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < (date1904 ? 0 : 1) || whole > 2_958_465 - (date1904 ? 1462 : 0)) return null;
  if (date1904) return addDays('1904-01-01', whole);
  return addDays(whole < 60 ? '1899-12-31' : '1899-12-30', whole === 60 ? 61 - 2 : whole);
}

/** A cell holding a number; `isDate` when its format shows a date, `format` for formats of zeros (`000000`). */
export function numberCell(
  value: number,
  format: string | undefined,
  isDate: boolean,
  date1904: boolean,
  formula: boolean,
): ReadCell {
  if (!Number.isFinite(value)) return EMPTY_FORMULA;
  if (isDate) {
    const day = dayOfSerial(value, date1904);
    if (day !== null) return { text: day, raw: value, kind: 'date', formula };
  }
  const text = plainNumber(value);
  const zeros = format !== undefined && /^0{2,}$/.test(format) && Number.isInteger(value) && value >= 0;
  return { text: zeros ? text.padStart(format.length, '0') : text, raw: value, kind: 'number', formula };
}
