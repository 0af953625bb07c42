// Mending a row that was refused or is in doubt: some of its cells say something else, and the same reader reads it again.
import { isDeepStrictEqual } from 'node:util';
import type { PreviewRow } from '../../contract/registers.ts';
import type { RegisterCell, RowWarning } from '../../domain/registers/cell.ts';
import type { MappedColumn } from '../../domain/registers/mapping.ts';
import { withWords } from '../../domain/registers/own-profiles.ts';
import type { RowContent } from '../../domain/registers/row-content.ts';
import { readRow } from '../../domain/registers/row-reader.ts';
import { targetOf } from '../../domain/registers/targets.ts';
import { ServiceError } from '../errors.ts';
import { industriesOf } from '../knowledge/index.ts';
import { profileNamed } from './profiles.ts';
import type { Confirmed, Mend, Staged, StagedRow, StagedSheet } from './staged.ts';

/** Mends by the place of their row; they outlive a change of options. */
export type Mends = Map<string, Mend>;

/** A row with where it stands and what is doubted about it, by its reader or beside the workspace. */
export interface Doubted {
  readonly sheet: StagedSheet;
  readonly row: StagedRow;
  readonly warnings: readonly unknown[];
}

/** Place of a row in its files. */
export const placeOf = (sheet: StagedSheet, row: StagedRow): string => `${sheet.file}\n${sheet.name}\n${row.rowNumber}`;

/** What a row has to say of whom it speaks; a sheet without such a column gets one for the row that is mended. */
const NEEDED = ['enterprise.name', 'enterprise.creditCode'];

/** All columns that may be mended; those the sheet lacks stand behind its last. */
function columnsOf(sheet: StagedSheet): MappedColumn[] {
  const known = sheet.columns.map((c): MappedColumn => ({
    index: c.index,
    heading: c.heading || c.letter,
    target: c.target ? targetOf(c.target) : null,
    how: c.how,
    slot: sheet.slots[c.index] ?? 1,
  }));
  const behind = Math.max(-1, ...known.map((c) => c.index)) + 1;
  const lacking = NEEDED.map((key, n) => ({ key, n })).filter(({ key }) => !known.some((c) => c.target?.key === key));
  const added = lacking.map(({ key, n }): MappedColumn => ({
    index: behind + n,
    heading: targetOf(key)?.label ?? '',
    target: targetOf(key),
    how: 'none',
    slot: 1,
  }));
  return [...known, ...added];
}

const order = (c: MappedColumn): number =>
  c.target ? NEEDED.indexOf(c.target.key) + 1 || NEEDED.length + 1 : NEEDED.length + 2;

const textCell = (text: string): RegisterCell =>
  text === '' ? { text, raw: null, kind: 'empty' } : { text, raw: text, kind: 'text' };
const numberCell = (text: string): RegisterCell =>
  /^\d/.test(text) && String(Number(text)) === text ? { text, raw: Number(text), kind: 'number' } : textCell(text);

function read(sheet: StagedSheet, came: readonly RegisterCell[], mend: Mend, resources: string): RowContent {
  const cells: (RegisterCell | undefined)[] = [...came];
  for (const [column, text] of mend.cells) cells[column] = textCell(text);
  // Holes would be cells that are not there.
  const full = Array.from(cells, (cell) => cell ?? textCell(''));
  // A column that the sheet lacks is none that is left blank, until something was typed into it.
  const width = Math.max(-1, ...sheet.columns.map((c) => c.index));
  const columns = columnsOf(sheet).filter((c) => c.index <= width || Boolean(mend.cells.get(c.index)));
  const content = readRow(full, {
    columns,
    date1904: sheet.date1904,
    labelSystem: sheet.labelSystem,
    coordinateSystem: sheet.coordinateSystem,
    industries: industriesOf(resources),
    codeLists: withWords(profileNamed(resources, sheet.profile)?.codes ?? new Map(), sheet.own),
  });
  return mend.confirmed ? withConfirmed(content, mend.confirmed) : content;
}

/** The row with the code that a person confirmed in the place of the one that was put aside; it stays flagged. */
function withConfirmed(content: RowContent, { code, from, by, day }: Confirmed): RowContent {
  if (!content.warnings.some((w) => w.confirmable === code)) return content;
  const { creditCodeQuarantine, ...rest } = content.enterprise;
  void creditCodeQuarantine;
  return {
    ...content,
    enterprise: {
      ...rest,
      creditCode: code,
      creditCodeConfirmedFrom: from,
      creditCodeConfirmedBy: by,
      creditCodeConfirmedDate: day,
    },
    warnings: content.warnings.map((w) =>
      w.confirmable === code
        ? { code: 'CODE_CONFIRMED', sentence: `信用代码 ${code} 不合校验规则，已由 ${by} 按“${from}”确认` }
        : w,
    ),
  };
}

const NOTHING: Mend = { cells: new Map(), confirmed: null };

/** The cells of a row as they came: kept for one that was refused; for any other, texts and numbers that say what the row says. */
function cameAs(sheet: StagedSheet, row: StagedRow, resources: string): readonly RegisterCell[] | undefined {
  return (
    row.raw ??
    [row.cells.map(textCell), row.cells.map(numberCell)].find((cells) =>
      isDeepStrictEqual(read(sheet, cells, NOTHING, resources), row.content),
    )
  );
}

/** The cells of a row that may be mended: fields that are known, and what came without one. Empty for a row that needs no mending. */
export function mendableCells(at: Doubted, resources: string): PreviewRow['mend'] {
  const { sheet, row } = at;
  if (!row.raw && (at.warnings.length === 0 || !cameAs(sheet, row, resources))) return [];
  return columnsOf(sheet)
    .filter((c) => c.how !== 'ignored' && c.target !== null)
    .sort((a, b) => order(a) - order(b) || a.index - b.index)
    .map((c) => {
      const was = row.cells[c.index] ?? '';
      return {
        column: c.index,
        heading: c.heading,
        label: c.target?.label ?? null,
        was,
        text: row.mended?.cells.get(c.index) ?? was,
      };
    });
}

/** The files with every row that has a mend read again, and those that had one as they came. All other rows stay as they are. */
export function withMends(staged: Staged, mends: Mends, resources: string): Staged {
  const again = (sheet: StagedSheet, row: StagedRow): StagedRow => {
    const mend = mends.get(placeOf(sheet, row));
    if (mend === row.mended) return row;
    const raw = cameAs(sheet, row, resources) ?? row.cells.map(textCell);
    return { ...row, raw, content: read(sheet, raw, mend ?? NOTHING, resources), mended: mend };
  };
  const touched = new Set([...mends.keys()].map((place) => place.slice(0, place.lastIndexOf('\n'))));
  const concerns = (sheet: StagedSheet): boolean =>
    touched.has(`${sheet.file}\n${sheet.name}`) || sheet.rows.some((row) => row.mended);
  return {
    ...staged,
    files: staged.files.map((file) => ({
      ...file,
      sheets: file.sheets.map((sheet) =>
        concerns(sheet) ? { ...sheet, rows: sheet.rows.map((row) => again(sheet, row)) } : sheet,
      ),
    })),
  };
}

/**
 * The texts that differ from what came, and the code that a person confirms.
 * @throws REFUSED for a row or a column that cannot be mended
 */
export function mendOf(
  at: Doubted,
  cells: readonly { column: number; text: string }[],
  confirmed: Confirmed | null,
  resources: string,
): Mend {
  const known = new Map(mendableCells(at, resources).map((c) => [c.column, c]));
  if (known.size === 0) throw new ServiceError('REFUSED', '这一行没有要补正的地方', { missing: [] });
  const mend = new Map<number, string>();
  for (const { column, text } of cells) {
    const cell = known.get(column);
    if (!cell) throw new ServiceError('REFUSED', '这一列没有对应的字段，不能补正', { missing: [] });
    if (text.trim() !== cell.was) mend.set(column, text.trim());
  }
  return { cells: mend, confirmed };
}

/** What was mended, for the reason and the record: heading and new text. */
export function mendedCells(sheet: StagedSheet, row: StagedRow): { heading: string; text: string }[] {
  if (!row.mended) return [];
  const headings = new Map(columnsOf(sheet).map((c) => [c.index, c.heading]));
  const mended = [...row.mended.cells].map(([column, text]) => ({ heading: headings.get(column) ?? '', text }));
  const { confirmed } = row.mended;
  return confirmed ? [...mended, { heading: '信用代码确认', text: `${confirmed.code}（${confirmed.from}）` }] : mended;
}

/** Does a mend say nothing? */
export const isEmptyMend = (mend: Mend): boolean => mend.cells.size === 0 && mend.confirmed === null;

/** The mends of rows with what was proposed for their cells; those that a person mended otherwise stay. */
export function adopted(at: Doubted, known: Mend | undefined): Mend | null {
  const cells = new Map(known?.cells ?? []);
  let taken = 0;
  for (const { column, proposal } of at.warnings as readonly RowWarning[]) {
    if (column === undefined || proposal === undefined) continue;
    cells.set(column, proposal);
    taken += 1;
  }
  return taken > 0 ? { cells, confirmed: known?.confirmed ?? null } : null;
}
