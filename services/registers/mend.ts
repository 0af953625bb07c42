// Mending a row that was refused: some of its cells say something else, and the same reader reads it again.
import type { PreviewRow } from '../../contract/registers.ts';
import type { RegisterCell } from '../../domain/registers/cell.ts';
import type { MappedColumn } from '../../domain/registers/mapping.ts';
import { readRow } from '../../domain/registers/row-reader.ts';
import { targetOf } from '../../domain/registers/targets.ts';
import { ServiceError } from '../errors.ts';
import { industriesOf } from './industries.ts';
import type { Staged, StagedRow, StagedSheet } from './staged.ts';

/** Texts by column that stand instead of what came. */
export type Mend = ReadonlyMap<number, string>;

/** Mends by the place of their row; they outlive a change of options. */
export type Mends = Map<string, Mend>;

/** Place of a row in its files. */
export const placeOf = (sheet: StagedSheet, row: StagedRow): string => `${sheet.file}\n${sheet.name}\n${row.rowNumber}`;

/** What a row has to say of whom it speaks; a sheet without such a column gets one for the row that is mended. */
const NEEDED = ['enterprise.name', 'enterprise.creditCode'];

/** The columns of a sheet with meaning, name and code first; those the sheet lacks stand behind its last. */
function columnsOf(sheet: StagedSheet): MappedColumn[] {
  const known = sheet.columns.map((c): MappedColumn => ({ index: c.index, heading: c.heading || c.letter, target: c.target ? targetOf(c.target) : null, how: c.how, slot: sheet.slots[c.index] ?? 1 }));
  const behind = Math.max(-1, ...known.map((c) => c.index)) + 1;
  const lacking = NEEDED.map((key, n) => ({ key, n })).filter(({ key }) => !known.some((c) => c.target?.key === key));
  const added = lacking.map(({ key, n }): MappedColumn => ({ index: behind + n, heading: targetOf(key)?.label ?? '', target: targetOf(key), how: 'none', slot: 1 }));
  return [...known, ...added];
}

const order = (c: MappedColumn): number => (c.target ? NEEDED.indexOf(c.target.key) + 1 || NEEDED.length + 1 : NEEDED.length + 2);

/** The cells of a row that may be mended: fields that are known, and what came without one. Empty for a row that needs no mending. */
export function mendableCells(sheet: StagedSheet, row: StagedRow): PreviewRow['mend'] {
  if (!row.raw) return [];
  return columnsOf(sheet).filter((c) => c.how !== 'ignored' && c.target !== null).sort((a, b) => order(a) - order(b) || a.index - b.index).map((c) => {
    const was = row.cells[c.index] ?? '';
    return { column: c.index, heading: c.heading, label: c.target?.label ?? null, was, text: row.mended?.get(c.index) ?? was };
  });
}

const textCell = (text: string): RegisterCell => (text === '' ? { text, raw: null, kind: 'empty' } : { text, raw: text, kind: 'text' });

function mendRow(sheet: StagedSheet, row: StagedRow, mend: Mend, resources: string): StagedRow {
  const columns = columnsOf(sheet);
  const cells: (RegisterCell | undefined)[] = [...(row.raw ?? [])];
  for (const [column, text] of mend) cells[column] = textCell(text);
  // Holes would be cells that are not there.
  const full = Array.from(cells, (cell) => cell ?? textCell(''));
  const content = readRow(full, { columns, date1904: sheet.date1904, labelSystem: sheet.labelSystem, coordinateSystem: sheet.coordinateSystem, industries: industriesOf(resources) });
  return { ...row, content, mended: mend.size > 0 ? mend : undefined };
}

/** The files with every row that has a mend read again, and those that had one as they came. Rows that were not refused stay as they are. */
export function withMends(staged: Staged, mends: Mends, resources: string): Staged {
  const again = (sheet: StagedSheet, row: StagedRow): StagedRow => {
    const mend = mends.get(placeOf(sheet, row));
    if (!row.raw || mend === row.mended) return row;
    return mendRow(sheet, row, mend ?? new Map(), resources);
  };
  return { ...staged, files: staged.files.map((file) => ({ ...file, sheets: file.sheets.map((sheet) => (
    sheet.rows.some((row) => row.raw) ? { ...sheet, rows: sheet.rows.map((row) => again(sheet, row)) } : sheet)) })) };
}

/** The texts that differ from what came. @throws REFUSED for a row or a column that cannot be mended */
export function mendOf(sheet: StagedSheet, row: StagedRow, cells: readonly { column: number; text: string }[]): Mend {
  if (!row.raw) throw new ServiceError('REFUSED', '这一行没有被退回，不用补正', { missing: [] });
  const known = new Map(mendableCells(sheet, row).map((c) => [c.column, c]));
  const mend = new Map<number, string>();
  for (const { column, text } of cells) {
    const cell = known.get(column);
    if (!cell) throw new ServiceError('REFUSED', '这一列没有对应的字段，不能补正', { missing: [] });
    if (text.trim() !== cell.was) mend.set(column, text.trim());
  }
  return mend;
}

/** What was mended, for the reason and the record: heading and new text. */
export function mendedCells(sheet: StagedSheet, row: StagedRow): { heading: string; text: string }[] {
  if (!row.mended) return [];
  const headings = new Map(columnsOf(sheet).map((c) => [c.index, c.heading]));
  return [...row.mended].map(([column, text]) => ({ heading: headings.get(column) ?? '', text }));
}
