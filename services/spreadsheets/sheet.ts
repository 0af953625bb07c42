// A sheet as it was read, put together from its actual cells: the range that a file declares is never believed.
import type { ReadCell } from './cell.ts';
import { EMPTY_CELL } from './cell.ts';
import { UnreadableFile } from './refusal.ts';

/** A merged range: 0-based indexes into `rows` and into their cells, both ends included. */
export interface Merge {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** One sheet, reduced to rows with content. */
export interface ReadSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows with at least one value. A row ends with its last value: a cell that is not there is empty. */
  readonly rows: readonly (readonly ReadCell[])[];
  /** The original 1-based row number of each entry of `rows`. */
  readonly rowNumbers: readonly number[];
  /** The original 0-based column of each position in a row: every column, unless a sheet is wider than 512 columns, then those in use. */
  readonly columnNumbers: readonly number[];
  /** Original numbers of the rows with content that the sheet hides (by hand or by a filter). */
  readonly hiddenRows: ReadonlySet<number>;
  readonly date1904: boolean;
  readonly merges: readonly Merge[];
}

/** Rows with content, columns in use and cells that a sheet may have; more is refused as TOO_BIG. */
export const MAX_ROWS = 200_000;
export const MAX_COLUMNS = 512;
const MAX_GRID = 40_000_000;

/** What a reader found, in original 0-based coordinates; arrays may be sparse. */
export interface SheetFacts {
  readonly name: string;
  readonly hidden: boolean;
  readonly date1904: boolean;
  readonly cells: readonly (readonly (ReadCell | undefined)[] | undefined)[];
  readonly merges: readonly Merge[];
  readonly isHiddenRow: (row: number) => boolean;
}

/** Visits what an array holds, in order; a huge sparse array costs what it holds and not its length. */
export function visitSparse<T>(items: readonly (T | undefined)[], visit: (item: T, index: number) => void): void {
  if (items.length <= 1024) {
    for (let i = 0; i < items.length; i += 1) {
      const item = items[i];
      if (item !== undefined) visit(item, i);
    }
    return;
  }
  for (const key of Object.keys(items)) {
    const item = items[Number(key)];
    if (item !== undefined) visit(item, Number(key));
  }
}

function usedRows(cells: SheetFacts['cells']): { numbers: number[]; columns: Set<number> } {
  const numbers: number[] = [];
  const columns = new Set<number>();
  visitSparse(cells, (row, r) => {
    let used = false;
    visitSparse(row, (cell, c) => {
      if (cell.kind === 'empty') return;
      used = true;
      columns.add(c);
    });
    if (used) numbers.push(r);
  });
  return { numbers, columns };
}

/** Index of the first entry that is at least `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function moveMerges(merges: readonly Merge[], rows: readonly number[], columns: readonly number[]): Merge[] {
  const moved: Merge[] = [];
  for (const merge of merges) {
    const next: Merge = {
      firstRow: lowerBound(rows, merge.firstRow),
      lastRow: lowerBound(rows, merge.lastRow + 1) - 1,
      firstColumn: lowerBound(columns, merge.firstColumn),
      lastColumn: lowerBound(columns, merge.lastColumn + 1) - 1,
    };
    const rowSpan = next.lastRow - next.firstRow;
    const columnSpan = next.lastColumn - next.firstColumn;
    // the value sits in the first row and column: where these are gone there is nothing to spread
    const keepsValue = rows[next.firstRow] === merge.firstRow && columns[next.firstColumn] === merge.firstColumn;
    if (keepsValue && rowSpan >= 0 && columnSpan >= 0 && rowSpan + columnSpan > 0) moved.push(next);
  }
  return moved;
}

/**
 * Puts a sheet together from its cells.
 * @throws UnreadableFile TOO_BIG above {@link MAX_ROWS} rows or {@link MAX_COLUMNS} columns with content.
 */
export function makeSheet(facts: SheetFacts): ReadSheet {
  const { numbers, columns } = usedRows(facts.cells);
  if (numbers.length > MAX_ROWS || columns.size > MAX_COLUMNS) throw new UnreadableFile('TOO_BIG');
  const used = [...columns].sort((a, b) => a - b);
  const last = used.at(-1) ?? -1;
  const columnNumbers = last < MAX_COLUMNS ? Array.from({ length: last + 1 }, (_, i) => i) : used;
  if (numbers.length * columnNumbers.length > MAX_GRID) throw new UnreadableFile('TOO_BIG');
  const position = new Map(columnNumbers.map((column, index) => [column, index]));
  const rows = numbers.map((r) => {
    const row: ReadCell[] = [];
    visitSparse(facts.cells[r] ?? [], (cell, c) => {
      const at = position.get(c);
      if (at === undefined || cell.kind === 'empty') return;
      while (row.length < at) row.push(EMPTY_CELL);
      row[at] = cell;
    });
    return row;
  });
  const hiddenRows = new Set(numbers.filter((r) => facts.isHiddenRow(r)).map((r) => r + 1));
  return {
    name: facts.name,
    hidden: facts.hidden,
    date1904: facts.date1904,
    rows,
    rowNumbers: numbers.map((r) => r + 1),
    columnNumbers,
    hiddenRows,
    merges: moveMerges(facts.merges, numbers, columnNumbers),
  };
}
