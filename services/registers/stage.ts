// Reads register files into rows of values. Runs in a worker thread: plain data in, plain data out, no database.
import { createHash, hash } from 'node:crypto';
import type { ColumnMatch } from '../../contract/registers.ts';
import { mapColumns, type MappedColumn, type SourceColumn } from '../../domain/registers/mapping.ts';
import type { RegisterCell } from '../../domain/registers/cell.ts';
import { lookAtColumn } from '../../domain/registers/column-values.ts';
import { whyNoRegister, type SheetFacts } from '../../domain/registers/other-lists.ts';
import { isTotalName, readRow } from '../../domain/registers/row-reader.ts';
import { labelSystemFor, type SheetRules } from '../../domain/registers/sheet-rules.ts';
import {
  isGuessed,
  ownProfileOf,
  saidHeadings,
  withWords,
  type OwnProfile,
} from '../../domain/registers/own-profiles.ts';
import { headingScore, targetOf } from '../../domain/registers/targets.ts';
import { wordOf } from '../../domain/registers/words.ts';
import { normaliseHeading, squeezeText, wholeCharacters } from '../../domain/values/text.ts';
import { findTable, readWorkbook, type ReadSheet, type Table } from '../spreadsheets/index.ts';
import type { Options } from './match.ts';
import { sha256Of } from './hash.ts';
import { industriesOf } from '../knowledge/index.ts';
import { profileNamed } from './profiles.ts';
import {
  NOT_CHOSEN,
  type SourceFile,
  type Staged,
  type StagedFile,
  type StagedRow,
  type StagedSheet,
} from './staged.ts';

/** What the worker is given. */
export interface ReadInput {
  readonly files: readonly SourceFile[];
  readonly options: Options;
  /** Earlier choices for this client: normalised heading and target; null: do not import. */
  readonly remembered: readonly (readonly [string, string | null])[];
  readonly resources: string;
  /** Profiles of the office for this client. */
  readonly own: readonly OwnProfile[];
  /** What the files are read as; registers, where it is not said. */
  readonly as?: 'ledgers';
  /** So many rows of each sheet are enough. */
  readonly sample?: number | null;
}

const SAMPLES = 3;

/**
 * The profile of the office by which a sheet is read: the one that was chosen, else the one that its headings are of.
 * @param kind what the sheet is read as
 */
export function ownProfileFor(
  input: ReadInput,
  kind: OwnProfile['kind'],
  headings: readonly string[],
): OwnProfile | null {
  const { profile } = input.options;
  const own = input.own.filter((one) => one.kind === kind);
  return profile === null ? ownProfileOf(own, headings) : (own.find((one) => one.id === profile) ?? null);
}

/** The choices that a person made for the columns of a sheet. */
export const chosenIn = (input: ReadInput, file: string, sheet: string): Map<number, string | null> =>
  new Map(
    input.options.mapping
      .filter((m) => m.sheet === sheet && (m.file === null || m.file === file))
      .map((m) => [m.column, m.target]),
  );

/** A table as far as its columns are shown: letters of the columns, and texts of the rows. */
interface Shown {
  readonly columns: readonly Pick<Table['columns'][number], 'index' | 'letter'>[];
  readonly rows: readonly { readonly cells: readonly RegisterCell[] }[];
}

/** A column as the contract shows it. */
export function toMatch(column: MappedColumn, table: Shown): ColumnMatch {
  const samples: string[] = [];
  for (const row of table.rows) {
    const text = row.cells[column.index]?.text ?? '';
    if (text !== '' && !samples.includes(text)) samples.push(wholeCharacters(text, 60));
    if (samples.length >= SAMPLES) break;
  }
  return {
    index: column.index,
    letter: table.columns.find((c) => c.index === column.index)?.letter ?? '',
    heading: column.heading,
    target: column.target?.key ?? null,
    targetLabel: column.target?.meta.label ?? null,
    how: column.how,
    samples,
    proposed: column.proposed ?? null,
    proposedLabel: column.proposed === undefined ? null : (targetOf(column.proposed)?.label ?? null),
    guessed: isGuessed(column) && samples.length > 0,
  };
}

/**
 * SHA-256 of what a row says in the columns that mean something: without numbering, spaces and width; equal rows of any
 * sheet are equal.
 */
function fingerprintOf(cells: readonly RegisterCell[], meaning: readonly MappedColumn[]): string {
  const parts = meaning.map((c) => squeezeText(cells[c.index]?.text ?? ''));
  while (parts.at(-1) === '') parts.pop();
  return hash('sha256', parts.join('\u0001'));
}

/** Tells apart two ways of understanding the same cells. */
function signatureOf(columns: readonly MappedColumn[], options: Options): string {
  const mapping = columns
    .map((c) => `${normaliseHeading(c.heading)}=${c.target ? `${c.target.key}#${c.slot}` : ''}`)
    .sort();
  const choices = [
    options.townName,
    options.coordinateSystem,
    options.blankOverwrites,
    ...(options.profile === null ? [] : [options.profile]),
  ];
  return createHash('sha256')
    .update(JSON.stringify([mapping, choices]))
    .digest('hex')
    .slice(0, 16);
}

const EMPTY: Pick<
  StagedSheet,
  | 'columns'
  | 'rows'
  | 'hiddenRows'
  | 'droppedTotals'
  | 'droppedBlank'
  | 'droppedNotes'
  | 'rowsAbove'
  | 'headerRow'
  | 'headerRows'
  | 'signature'
  | 'slots'
  | 'date1904'
  | 'labelSystem'
  | 'coordinateSystem'
  | 'profile'
  | 'own'
> = {
  columns: [],
  rows: [],
  hiddenRows: 0,
  droppedTotals: 0,
  droppedBlank: 0,
  droppedNotes: 0,
  rowsAbove: 0,
  headerRow: 0,
  headerRows: 0,
  signature: '',
  slots: [],
  date1904: false,
  labelSystem: null,
  coordinateSystem: null,
  profile: null,
  own: null,
};

function columnsOf(
  table: Table,
  chosen: ReadonlyMap<number, string | null>,
  own: OwnProfile | null,
  input: ReadInput,
): MappedColumn[] {
  const columns = table.columns.map(({ index, heading, letter }): SourceColumn => ({
    // A column without a heading goes by its letter, which is no heading: X and Y would be coordinates.
    index,
    heading: heading === letter ? '' : heading,
    *cells() {
      for (const row of table.rows) {
        const cell = row.cells[index];
        if (cell) yield cell;
      }
    },
  }));
  const profile = profileNamed(input.resources, input.options.profile);
  return mapColumns(columns, {
    chosen,
    remembered: new Map([...input.remembered, ...saidHeadings(own)]),
    profile: profile?.seen ?? new Map(),
    guessed: profile?.guessed ?? new Map(),
  });
}

interface RowCounts {
  totals: number;
  blank: number;
  hidden: number;
}

/** A sum, or nothing but a number in the numbering column: what only the columns' meaning tells. */
function isNoRow(
  cells: readonly RegisterCell[],
  columns: readonly MappedColumn[],
  meaning: readonly MappedColumn[],
  name: MappedColumn | undefined,
  counts: RowCounts,
): boolean {
  const isFilled = (c: MappedColumn): boolean => (cells[c.index]?.text ?? '') !== '';
  if (!meaning.some(isFilled)) {
    counts.blank += 1;
    return true;
  }
  const nameText = name ? squeezeText(cells[name.index]?.text ?? '') : '';
  const first = columns.find(isFilled);
  if (isTotalName(nameText) || (nameText === '' && first && isTotalName(cells[first.index]?.text ?? ''))) {
    counts.totals += 1;
    return true;
  }
  return false;
}

/** What the sheet says for telling whether it is a register. */
function factsOf(table: Table, columns: readonly MappedColumn[]): SheetFacts {
  const at = (key: string): number => columns.find((c) => c.target?.key === key)?.index ?? -1;
  function* cellsOf({ index }: MappedColumn): Iterable<RegisterCell> {
    for (const { cells } of table.rows) if (cells[index]) yield cells[index];
  }
  return {
    columns,
    look: (column) => lookAtColumn(cellsOf(column)),
    *named() {
      const [code, name] = [at('enterprise.creditCode'), at('enterprise.name')];
      for (const { cells } of table.rows) {
        const [a, b] = [squeezeText(cells[code]?.text ?? ''), cells[name]?.text ?? ''];
        if (a !== '' && b !== '') yield [a, b];
      }
    },
  };
}

function stageSheet(sheet: ReadSheet, file: number, fileName: string, input: ReadInput): StagedSheet {
  const { name } = sheet;
  const skip = (skipped: string, more: Partial<StagedSheet> = {}): StagedSheet => ({
    ...EMPTY,
    ...more,
    file,
    name,
    skipped,
  });
  const { sheets } = input.options;
  if (sheets !== null && !sheets.includes(name)) return skip(NOT_CHOSEN);
  if (sheet.rows.length === 0) return skip('空白的工作表');
  if (sheet.hidden && sheets === null) return skip('隐藏的工作表，没有导入；需要时请单独选它');
  const table = findTable(sheet, headingScore);
  if (!table) return skip('没有找到表头：前几行里没有认识的列名');
  const headings = table.columns.map((column) => column.heading);
  const own = ownProfileFor(input, 'register', headings);
  const columns = columnsOf(table, chosenIn(input, fileName, name), own, input);
  const shown = {
    headerRow: table.headerRow,
    headerRows: table.headerRows,
    columns: columns.map((c) => toMatch(c, table)),
    signature: signatureOf(columns, input.options),
  };
  const lacking = whyNoRegister(factsOf(table, columns));
  if (lacking !== null) return skip(lacking, shown);
  const system = targetOf('enterprise.coordinateSystem');
  const { coordinateSystem } = input.options;
  const rules: SheetRules = {
    columns,
    date1904: sheet.date1904,
    industries: industriesOf(input.resources),
    labelSystem: labelSystemFor(columns, rowCells(table)),
    codeLists: withWords(profileNamed(input.resources, input.options.profile)?.codes ?? new Map(), own),
    coordinateSystem:
      coordinateSystem === null
        ? null
        : system?.meta.vocabulary?.ids.includes(coordinateSystem)
          ? coordinateSystem
          : system
            ? (wordOf(system, coordinateSystem)?.id ?? null)
            : null,
  };
  const meaning = columns.filter((c) => c.how !== 'ignored');
  const nameColumn = columns.find((c) => c.target?.key === 'enterprise.name');
  const counts: RowCounts = { totals: table.droppedTotals, blank: table.droppedBlank, hidden: 0 };
  const width = (table.columns.at(-1)?.index ?? -1) + 1;
  const rows: StagedRow[] = [];
  for (const row of table.rows) {
    if (isNoRow(row.cells, columns, meaning, nameColumn, counts)) continue;
    if (row.hidden) counts.hidden += 1;
    const content = readRow(row.cells, rules);
    rows.push({
      rowNumber: row.rowNumber,
      hidden: row.hidden,
      cells: row.cells.slice(0, width).map((cell) => cell.text),
      fingerprint: fingerprintOf(row.cells, meaning),
      content,
      ...(content.enterprise.name === undefined && { raw: row.cells.slice(0, width) }),
    });
  }
  const { date1904, labelSystem } = rules;
  const slots = Array.from({ length: width }, (_, i) => columns.find((c) => c.index === i)?.slot ?? 1);
  return {
    ...shown,
    file,
    name,
    rows,
    slots,
    date1904,
    labelSystem,
    coordinateSystem: rules.coordinateSystem,
    profile: input.options.profile,
    own,
    hiddenRows: counts.hidden,
    droppedTotals: counts.totals,
    droppedBlank: counts.blank,
    droppedNotes: table.droppedNotes + table.repeatedHeaders,
    rowsAbove: table.rowsAbove,
    skipped: null,
  };
}

function* rowCells(table: Table): Iterable<readonly RegisterCell[]> {
  for (const row of table.rows) yield row.cells;
}

/** Reads all files of an import. @throws UnreadableFile for the first file that cannot be read */
export function stageFiles(input: ReadInput): Staged {
  const files = input.files.map((source, n): StagedFile => {
    const book = readWorkbook(source.bytes, source.name);
    return {
      name: source.name,
      format: book.format,
      encoding: book.encoding,
      sheets: book.sheets.map((s) => stageSheet(s, n, source.name, input)),
    };
  });
  return { files, sha256: sha256Of(input.files.map((f) => f.bytes)) };
}
