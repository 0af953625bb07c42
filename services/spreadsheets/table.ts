// A sheet as a table: headings, and the rows that are data, with everything that was left out counted.
import { squeezeText } from '../../domain/values/text.ts';
import type { ReadCell } from './cell.ts';
import { EMPTY_CELL } from './cell.ts';
import { isNoteRow, isTotalRow } from './footer.ts';
import type { Header } from './header.ts';
import { findHeader, isHintRow, isNoteText, isSampleRow } from './header.ts';
import type { ReadSheet } from './sheet.ts';

/** A column with a heading or, failing that, with data (then its heading is empty). */
export interface TableColumn {
  /** Position in the `cells` of a row. */
  readonly index: number;
  /** The column's letters in the file. */
  readonly letter: string;
  /** All levels joined with `/`. */
  readonly heading: string;
  readonly leaf: string;
  /** The levels above the leaf joined with `/`. */
  readonly parent: string | null;
}

/** A row of data; `cells` has an entry for every column of the sheet. */
export interface TableRow {
  readonly rowNumber: number;
  readonly cells: readonly ReadCell[];
  readonly hidden: boolean;
}

/** The table in a sheet; row numbers are the file's, counted from 1. */
export interface Table {
  /** Number of the last heading row. */
  readonly headerRow: number;
  /** How many levels the headings have. */
  readonly headerRows: number;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly droppedTotals: number;
  /** Blank rows between the headings and the last row with content; rows with nothing but a serial number are blank. */
  readonly droppedBlank: number;
  readonly droppedNotes: number;
  readonly repeatedHeaders: number;
  /** Rows above the headings that look like data: they are not taken, and said. */
  readonly rowsAbove: number;
  /** Rows among `rows` that the file hides. */
  readonly hiddenRows: number;
}

const MAX_FILLED = 2_000_000;
const SERIAL_HEADING = /^(?:序号|编号|序|号|NO\.?|#|№)$/iu;

/** Column letters of a 0-based column number: 0 is A, 26 is AA. */
export function columnLetter(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

const used = (cells: readonly ReadCell[]): ReadCell[] => cells.filter((cell) => cell.kind !== 'empty');

/** Signature lines: labels with their value in the same cell or in the next one. */
function isSignature(cells: readonly ReadCell[]): boolean {
  const filled = used(cells);
  if (filled.length === 0 || filled.length > 12 || !isNoteText(filled[0]?.text ?? '')) return false;
  return filled.every((cell, index) => {
    if (isNoteText(cell.text) || /^\d{4}年.*月/u.test(squeezeText(cell.text))) return true;
    const before = filled[index - 1];
    return (
      before !== undefined && isNoteText(before.text) && (/[:：]\s*$/u.test(before.text) || !/[:：]/u.test(before.text))
    );
  });
}

/** Values of vertically merged cells, for the rows below the one that holds them. */
function fillsOf(sheet: ReadSheet, from: number): Map<number, [column: number, cell: ReadCell][]> {
  const fills = new Map<number, [number, ReadCell][]>();
  let filled = 0;
  for (const merge of sheet.merges) {
    if (merge.firstRow < from || merge.lastRow === merge.firstRow) continue;
    const value = sheet.rows[merge.firstRow]?.[merge.firstColumn];
    if (value === undefined || value.kind === 'empty') continue;
    for (let r = merge.firstRow + 1; r <= merge.lastRow && filled < MAX_FILLED; r += 1, filled += 1) {
      const list = fills.get(r);
      if (list === undefined) fills.set(r, [[merge.firstColumn, value]]);
      else list.push([merge.firstColumn, value]);
    }
  }
  return fills;
}

function columnsOf(sheet: ReadSheet, header: Header, rows: readonly TableRow[]): TableColumn[] {
  const hasData = (index: number): boolean => rows.some((row) => (row.cells[index] ?? EMPTY_CELL).kind !== 'empty');
  return header.levels.flatMap((levels, index) => {
    const letter = columnLetter(sheet.columnNumbers[index] ?? index);
    const known = levels.length > 0 && !(header.continued.has(index) && !hasData(index));
    if (!known && !hasData(index)) return [];
    return [
      {
        index,
        letter,
        heading: levels.join('/'),
        leaf: levels.at(-1) ?? '',
        parent: levels.length > 1 ? levels.slice(0, -1).join('/') : null,
      },
    ];
  });
}

const DITTO = /^(?:同上|[〃″]|"|''|同前)$/u;

/** 同上 says what stands above it in its column; in a cell below nothing it stays. */
function withDittos(cells: readonly ReadCell[], above: readonly ReadCell[] | undefined): ReadCell[] {
  return cells.map((cell, c) =>
    above && cell.kind === 'text' && DITTO.test(squeezeText(cell.text)) ? (above[c] ?? EMPTY_CELL) : cell,
  );
}

/** Rows above the headings that are no titles and no lines about the table: as wide as it, with a value that is no heading. */
function countAbove(sheet: ReadSheet, header: Header): number {
  const columns = header.levels.filter((levels) => levels.length > 0).length;
  return sheet.rows.slice(0, header.first).filter((row) => {
    const filled = used(row);
    if (filled.length < 2 || filled.length < columns * 0.5 || isSignature(row)) return false;
    return new Set(filled.map((cell) => cell.text)).size > 1;
  }).length;
}

/** What the rows between and above the headings say, to know them again further down. */
function makeRepeatTest(sheet: ReadSheet, header: Header): (cells: readonly ReadCell[]) => boolean {
  const known = header.levels.map((levels) => new Set(levels.map(squeezeText)));
  const titles = new Set(
    sheet.rows
      .slice(0, header.first)
      .map(used)
      .filter((cells) => cells.length === 1)
      .map((cells) => squeezeText(cells[0]?.text ?? '')),
  );
  return (cells) => {
    const filled = used(cells);
    if (filled.length === 1 && titles.has(squeezeText(filled[0]?.text ?? ''))) return true;
    const same = cells.filter((cell, c) => cell.kind !== 'empty' && known[c]?.has(squeezeText(cell.text))).length;
    return same > 0 && same >= Math.min(2, known.length) && same >= filled.length * 0.6;
  };
}

/**
 * The table in a sheet: its headings (domain reference 6.2) and its rows of data. Vertically merged cells are filled
 * down inside their range only. Totals, signature lines, repeated headings and blank rows are left out and counted.
 * @param headingScore how well a heading, normalised by `normaliseHeading`, is known; 0 for not at all.
 * @returns null when no row among the first fifteen has a known heading or at least looks like headings.
 */
export function findTable(sheet: ReadSheet, headingScore: (normalisedHeading: string) => number): Table | null {
  const header = findHeader(sheet, headingScore);
  if (header === null) return null;
  const width = sheet.columnNumbers.length;
  const fills = fillsOf(sheet, header.last + 1);
  const isRepeat = makeRepeatTest(sheet, header);
  const serial = new Set(
    header.levels.flatMap((levels, c) => (SERIAL_HEADING.test(squeezeText(levels.at(-1) ?? '')) ? [c] : [])),
  );
  const across = new Map<number, number>();
  for (const { firstRow, lastRow, firstColumn, lastColumn } of sheet.merges) {
    if (firstRow === lastRow) across.set(firstRow, Math.max(across.get(firstRow) ?? 1, lastColumn - firstColumn + 1));
  }
  const rows: TableRow[] = [];
  const dropped = { totals: 0, blank: 0, notes: 0, repeated: 0 };
  let afterNote = false;
  let before = sheet.rowNumbers[header.last] ?? 0;
  for (let r = header.last + 1; r < sheet.rows.length; r += 1) {
    const own = sheet.rows[r] ?? [];
    const rowNumber = sheet.rowNumbers[r] ?? 0;
    dropped.blank += rowNumber - before - 1;
    before = rowNumber;
    const isLone = own[0] !== undefined && own[0].kind !== 'empty' && used(own).length === 1;
    if (own.every((cell, c) => cell.kind === 'empty' || (serial.has(c) && /^\d*$/.test(cell.text)))) dropped.blank += 1;
    else if (isRepeat(own)) dropped.repeated += 1;
    else if (rows.length === 0 && (isHintRow(own) || isSampleRow(own))) dropped.notes += 1;
    else if (isTotalRow(own)) dropped.totals += 1;
    // below a note a lone first cell goes on with it
    else if (isSignature(own) || isNoteRow(own, across.get(r) ?? 1, width) || (afterNote && isLone && width > 1)) {
      dropped.notes += 1;
      afterNote = true;
    } else {
      afterNote = false;
      const cells = withDittos(
        Array.from({ length: width }, (_, c) => own[c] ?? EMPTY_CELL),
        rows.at(-1)?.cells,
      );
      for (const [column, value] of fills.get(r) ?? []) cells[column] = value;
      rows.push({ rowNumber, cells, hidden: sheet.hiddenRows.has(rowNumber) });
    }
  }
  return {
    headerRow: sheet.rowNumbers[header.last] ?? 0,
    headerRows: header.last - header.first + 1,
    columns: columnsOf(sheet, header, rows),
    rows,
    droppedTotals: dropped.totals,
    droppedBlank: dropped.blank,
    droppedNotes: dropped.notes,
    repeatedHeaders: dropped.repeated,
    rowsAbove: countAbove(sheet, header),
    hiddenRows: rows.filter((row) => row.hidden).length,
  };
}
