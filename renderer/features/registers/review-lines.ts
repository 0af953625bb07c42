// The review as lines of one height: a row, and under an opened row one line per changed field, doubt or cell to be mended.
import type { PreviewRow } from '../../../contract/registers.ts';

export type Change = PreviewRow['changes'][number];

/** Something doubtful about a row. */
export type Doubt = PreviewRow['warnings'][number];

/** A cell of a refused row that may be mended. */
export type MendCell = PreviewRow['mend'][number];

/** A line of the review grid. */
export interface ReviewLine {
  key: string;
  row: PreviewRow;
  change: Change | null;
  note: string | null;
  /** The doubt behind the note: what it proposes. */
  doubt: Doubt | null;
  cell: MendCell | null;
  last: boolean;
}

/** Is this line the row itself? */
export const isRowLine = (line: ReviewLine): boolean =>
  line.change === null && line.note === null && line.cell === null;

/** Lines of the rows that are here. */
export function reviewLines(rows: readonly PreviewRow[], opened: ReadonlySet<number>): ReviewLine[] {
  const lines: ReviewLine[] = [];
  for (const row of rows) {
    lines.push({ key: `r${row.key}`, row, change: null, note: null, doubt: null, cell: null, last: false });
    if (!opened.has(row.key)) continue;
    const children = [
      ...row.changes.map((change, index) => ({
        key: `c${row.key}.${index}.${change.target}`,
        row,
        change,
        note: null,
        doubt: null,
        cell: null,
      })),
      ...row.warnings.map((warning, index) => ({
        key: `w${row.key}.${index}`,
        row,
        change: null,
        note: warning.sentence,
        doubt: warning,
        cell: null,
      })),
      ...row.mend.map((cell) => ({
        key: `m${row.key}.${cell.column}`,
        row,
        change: null,
        note: null,
        doubt: null,
        cell,
      })),
    ];
    children.forEach((line, index) => lines.push({ ...line, last: index === children.length - 1 }));
  }
  return lines;
}

/** Values of a row between which a person may choose. */
export const choicesOf = (row: PreviewRow): Change[] => row.changes.filter((change) => !change.fixed);

/** Is this row waiting for a decision (a suspected duplicate that nobody has settled)? */
export const isUndecided = (row: PreviewRow): boolean => row.duplicate && row.decision === 'default';

/** May a person choose between merging and a file of its own (also after having chosen)? */
export const isChoosable = (row: PreviewRow): boolean =>
  row.duplicate || row.decision === 'merge' || row.decision === 'separate';

/** Can the row be ticked off? A row that could not be read stays out whatever one ticks. */
export const isTickable = (row: PreviewRow): boolean => row.result !== 'rejected' || row.decision === 'skip';

/** Can the row be opened? */
export const hasDetails = (row: PreviewRow): boolean => row.changes.length + row.warnings.length + row.mend.length > 0;

/** The cell where the cursor belongs: of the first doubt, else the first that is empty, else the first. */
export function faultyCell(row: PreviewRow): MendCell | null {
  const doubted = row.warnings.map((w) => w.column).find((column) => row.mend.some((cell) => cell.column === column));
  const at = (test: (cell: MendCell) => boolean): MendCell | undefined => row.mend.find(test);
  return (
    at((c) => c.column === doubted) ??
    (row.result === 'rejected' ? at((c) => c.text === '') : undefined) ??
    row.mend[0] ??
    null
  );
}

/** Is there something to mend that nobody has mended yet? */
export const needsMending = (row: PreviewRow): boolean =>
  row.mend.length > 0 &&
  row.decision !== 'skip' &&
  (row.result === 'rejected' || row.warnings.some((w) => w.column !== undefined));

/** The cells of a row after one more was mended. */
export const mendedWith = (row: PreviewRow, column: number, text: string): { column: number; text: string }[] =>
  row.mend
    .map((cell) => (cell.column === column ? { column, text } : { column: cell.column, text: cell.text }))
    .filter((cell, index) => cell.text !== row.mend[index]?.was);

/** What the row says in one line. */
export function rowSummary(row: PreviewRow): string {
  if (row.result === 'rejected') return row.reason;
  if (isUndecided(row) && row.duplicateOf) return row.duplicateOf.reason;
  const parts: string[] = [];
  const differing = choicesOf(row).length;
  const filled = row.changes.length - differing;
  if (filled) parts.push(`写入 ${filled} 项`);
  if (differing) parts.push(`${differing} 个字段不同`);
  if (row.reason) parts.push(row.reason);
  if (row.guess) parts.push(row.guess);
  if (row.warnings.length)
    parts.push(
      row.warnings.length === 1 && row.changes.length === 0
        ? (row.warnings[0]?.sentence ?? '')
        : `${row.warnings.length} 处提醒`,
    );
  return parts.join('，');
}
