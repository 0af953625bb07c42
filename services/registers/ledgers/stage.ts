// Reads ledgers into rows of records. Runs in the reading thread: plain data in, plain data out, no database.
import { createHash } from 'node:crypto';
import {
  kindsNamed,
  ledgerHeadingScore,
  ledgerLevels,
  unitBehind,
} from '../../../domain/registers/ledgers/headings.ts';
import { kindsIn, mapLedger, type LedgerColumns } from '../../../domain/registers/ledgers/columns.ts';
import { listedTable, seriesOf, spreadTable } from '../../../domain/registers/ledgers/spread.ts';
import { longTable, type LedgerTable } from '../../../domain/registers/ledgers/wide.ts';
import type { RegisterCell } from '../../../domain/registers/cell.ts';
import type { MappedColumn, MappingHints, SourceColumn } from '../../../domain/registers/mapping.ts';
import { saidHeadings, withWords } from '../../../domain/registers/own-profiles.ts';
import { isTotalName, readRow } from '../../../domain/registers/row-reader.ts';
import { labelSystemFor, type SheetRules } from '../../../domain/registers/sheet-rules.ts';
import { headingScore } from '../../../domain/registers/targets.ts';
import { maskPhone } from '../../../domain/values/phone.ts';
import { normaliseHeading, squeezeText } from '../../../domain/values/text.ts';
import { industriesOf } from '../../knowledge/index.ts';
import { findTable, readWorkbook, type ReadSheet, type ReadWorkbook, type Table } from '../../spreadsheets/index.ts';
import { kindsOfProfile, ledgerWordsOf, notTakenOf } from '../profiles.ts';
import { sha256Of } from '../hash.ts';
import { looseKind } from './loose.ts';
import { chosenIn, ownProfileFor, toMatch, type ReadInput } from '../stage.ts';
import type { LedgerFile, LedgerRow, LedgerSheet, StagedLedgers } from './staged.ts';

const NOTHING: Pick<
  LedgerSheet,
  'headerRow' | 'columns' | 'main' | 'kinds' | 'words' | 'signature' | 'rows' | 'hiddenRows' | 'dropped' | 'own'
> = {
  headerRow: 0,
  columns: [],
  main: null,
  kinds: [],
  words: {},
  signature: '',
  rows: [],
  hiddenRows: 0,
  dropped: 0,
  own: null,
};

/** How well a heading is known, to a register or to a ledger. */
const score = (heading: string): number => Math.max(headingScore(heading), ledgerHeadingScore(heading));

/** The lines above the headings, as one text. */
function titleOf(sheet: ReadSheet, table: Table): string {
  const above = sheet.rows.filter((_, n) => (sheet.rowNumbers[n] ?? 0) <= table.headerRow - table.headerRows);
  return above
    .flatMap((row) => [...new Set(row.map((cell) => cell.text))])
    .filter((text) => text !== '')
    .join(' ');
}

/** `高度/m` and `面积㎡` say their unit without brackets: in brackets it is read as other units are. */
function withUnit(heading: string): string {
  const unit = unitBehind(heading);
  if (unit === null) return heading;
  const words = ledgerLevels(heading).join('/');
  return `${words.endsWith(unit) ? words.slice(0, -unit.length) : words}(${unit})`;
}

function sourcesOf(table: LedgerTable): SourceColumn[] {
  return table.columns.map(({ index, heading, letter }) => ({
    index,
    heading: heading === letter ? '' : withUnit(heading),
    *cells() {
      for (const row of table.rows) if (row.cells[index]) yield row.cells[index];
    },
  }));
}

/** Says which table this is: that of another month, with the same columns for the same fields, has the same. */
function signatureOf(columns: readonly MappedColumn[]): string {
  const said = columns.flatMap(({ heading, target }) => (target ? [`${normaliseHeading(heading)}=${target.key}`] : []));
  return createHash('sha256').update(JSON.stringify(said.sort())).digest('hex').slice(0, 16);
}

/** Rows of sums, and rows in which no column that means something says anything. */
function isNoRow(cells: readonly RegisterCell[], meaning: readonly MappedColumn[]): boolean {
  const filled = meaning.filter(({ index }) => (cells[index]?.text ?? '') !== '');
  const name = meaning.find(({ target }) => target?.key === 'enterprise.name');
  return filled.length === 0 || isTotalName(squeezeText(cells[name?.index ?? -1]?.text ?? ''));
}

/** Headings over the columns of a kind, and what stands around the table. */
function wordsOf(
  columns: readonly MappedColumn[],
  kinds: readonly string[],
  around: readonly string[],
): LedgerSheet['words'] {
  const headings = (kind: string): string[] => [
    ...new Set(columns.filter(({ target }) => target?.entity === kind).map(({ heading }) => heading)),
  ];
  return Object.fromEntries(kinds.map((kind) => [kind, [...headings(kind), ...around]]));
}

/** Names and phones of people that a field masks are masked in what is kept of the row too. */
function shownText(text: string, column: MappedColumn | undefined): string {
  if (text === '' || column?.target?.meta.masked !== true) return text;
  return /\d{7}/u.test(text) ? maskPhone(text) : `${[...text][0] ?? ''}**`;
}

function rowsOf(table: LedgerTable, columns: readonly MappedColumn[], rules: SheetRules): LedgerRow[] {
  const meaning = columns.filter(({ target }) => target !== null);
  const at = new Map(columns.map((column) => [column.index, column]));
  return table.rows
    .filter((row) => !isNoRow(row.cells, meaning))
    .map(({ rowNumber, cells, hidden, part }) => ({
      rowNumber,
      hidden,
      part: part ?? null,
      cells: cells.map(({ text }, index) => shownText(text, at.get(index))),
      content: readRow(cells, rules),
    }));
}

interface Understood extends LedgerColumns {
  readonly table: LedgerTable;
}

/** The columns of a table; one with a column for each year is read as a row for each, where its rows are nothing else. */
function understood(
  table: LedgerTable,
  title: string,
  hints: MappingHints,
  only: ReadonlySet<string> | null,
): Understood {
  const plain = mapLedger(sourcesOf(table), title, hints, only);
  const series = seriesOf(table, title);
  const listed = plain.main === null && !series ? listedTable(table, title, plain.columns) : null;
  if (listed) return { ...mapLedger(sourcesOf(listed), title, hints, only), table: listed };
  const { name } = series?.kind.entity ?? {};
  const isIt = name !== undefined && (plain.main === null || plain.main === name || kindsNamed(title).has(name));
  if (!series || !isIt) return { ...plain, table };
  const spread = spreadTable(table, series);
  const read = mapLedger(sourcesOf(spread), title, hints, only);
  return read.main === name ? { ...read, table: spread } : { ...plain, table };
}

const SAYS_WHOSE = ['enterprise.name', 'enterprise.creditCode', 'permit.number'];

function stageSheet(sheet: ReadSheet, file: { no: number; name: string }, input: ReadInput): LedgerSheet {
  const { name } = sheet;
  const skip = (skipped: string): LedgerSheet => ({ ...NOTHING, file: file.no, name, title: '', skipped });
  const { sheets } = input.options;
  if (sheets !== null && !sheets.includes(name)) return skip('没有选这张表');
  if (sheet.rows.length === 0) return skip('空白的工作表');
  const whole = findTable(sheet, score);
  if (!whole) return skip('没有找到表头：前几行里没有认识的列名');
  const found = input.sample ? { ...whole, rows: whole.rows.slice(0, input.sample) } : whole;
  const title = titleOf(sheet, found);
  const around = [name, title, file.name.replace(/\.[a-z]+$/iu, '')].filter((text) => text !== '');
  const only = kindsOfProfile(input.resources, input.options.profile);
  const long = longTable(found);
  const own = ownProfileFor(
    input,
    'ledger',
    sourcesOf(long).map(({ heading }) => heading),
  );
  const hints: MappingHints = {
    chosen: chosenIn(input, file.name, name),
    remembered: new Map(saidHeadings(own)),
    profile: new Map(),
  };
  const { table, columns, main } = understood(long, around.join(' '), hints, only);
  if (!looseKind(main) && !columns.some(({ target }) => target && SAYS_WHOSE.includes(target.key)))
    return skip('没有一列说明是哪家企业：缺单位名称、信用代码或许可证编号');
  const rules: SheetRules = {
    columns,
    date1904: sheet.date1904,
    industries: industriesOf(input.resources),
    labelSystem: labelSystemFor(
      columns,
      table.rows.map(({ cells }) => cells),
    ),
    coordinateSystem: input.options.coordinateSystem,
    codeLists: withWords(ledgerWordsOf(input.resources), own),
  };
  const rows = rowsOf(table, columns, rules);
  const kinds = [...new Set([...(main === null ? [] : [main]), ...kindsIn(columns).map(({ entity }) => entity.name)])];
  return {
    file: file.no,
    name,
    own,
    title,
    headerRow: found.headerRow,
    columns: columns.map((column) => toMatch(column, table)),
    main,
    kinds,
    words: wordsOf(columns, kinds, around),
    signature: signatureOf(columns),
    rows,
    hiddenRows: new Set(rows.filter(({ hidden }) => hidden).map(({ rowNumber }) => rowNumber)).size,
    dropped: found.droppedTotals + found.droppedNotes + found.repeatedHeaders,
    skipped: null,
  };
}

const toFile = (book: ReadWorkbook, name: string, n: number, input: ReadInput): LedgerFile => ({
  name,
  format: book.format,
  encoding: book.encoding,
  sheets: book.sheets.map((sheet) => stageSheet(sheet, { no: n, name }, input)),
});

/** Reads all files of an import as ledgers. @throws UnreadableFile for the first file that cannot be read */
export function stageLedgers(input: ReadInput): StagedLedgers {
  const files = input.files.map(({ bytes, name }, n) => toFile(readWorkbook(bytes, name), name, n, input));
  const sha256 = sha256Of(input.files.map(({ bytes }) => bytes));
  return { files, sha256, notTaken: notTakenOf(input.resources) };
}
