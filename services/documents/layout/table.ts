// Tables with a fixed grid: tblGrid and every tcW agree in twips, so that Word and WPS draw the same table.
import {
  AlignmentType,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  VerticalMergeType,
  WidthType,
} from 'docx';
import { plainRuns, runs } from './text.ts';
import { STYLE } from './styles.ts';
import { POINTS, type FontUse, type Theme } from './theme.ts';

export type Align = 'left' | 'center' | 'right';

/** Inner margins of a cell in twips. */
const PADDING = { normal: 70, dense: 25 } as const;

/** Widths in twips that sum exactly to `width`, in the proportion of the weights. */
export function gridWidths(weights: readonly number[], width: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let used = 0;
  return weights.map((weight) => {
    before += weight;
    const end = Math.round((before / total) * width);
    const own = end - used;
    used = end;
    return own;
  });
}

/** Content of a cell: text (with `\n`), or paragraphs made elsewhere, such as pictures. */
export type CellContent = string | readonly (Paragraph | Table)[];

/** A cell with its own look. */
export interface GridCell {
  readonly content: CellContent;
  readonly align?: Align;
  /** Columns it spans. */
  readonly span?: number;
  readonly head?: boolean;
  readonly bold?: boolean;
  /** Content at the top of the cell instead of its middle. */
  readonly top?: boolean;
  /** One cell over several rows: the first of it, or a further one. */
  readonly merge?: 'first' | 'further';
}

export interface GridRow {
  readonly cells: readonly GridCell[];
  /** Repeated on every page; only for the first rows. */
  readonly header?: boolean;
  /** Least height in twips, for rows to write in. */
  readonly minHeight?: number;
  /** Stays on the page of the next row. */
  readonly keepNext?: boolean;
}

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

const MERGE = { first: VerticalMergeType.RESTART, further: VerticalMergeType.CONTINUE } as const;

/** A paragraph of table text; `points` as the table's. Fonts and size are the style's: tables may be long. */
export function cellParagraph(
  theme: Theme,
  text: string,
  options: { align?: Align; points?: number; head?: boolean; bold?: boolean; keepNext?: boolean } = {},
): Paragraph {
  const use: FontUse = options.head ? 'tableHead' : 'table';
  const { align = 'left', points = POINTS.table } = options;
  return new Paragraph({
    style: options.head ? STYLE.tableHead : STYLE.tableText,
    ...(align !== 'left' && { alignment: ALIGN[align] }),
    ...(options.keepNext && { keepNext: true }),
    children:
      points === POINTS.table && !options.bold
        ? plainRuns(text)
        : runs(theme, use, text, {
            ...(points !== POINTS.table && { points }),
            ...(options.bold && { bold: true }),
          }),
  });
}

/**
 * A table on a grid.
 * @param widths of the grid's columns in twips; each row's spans sum to their number
 */
export function gridTable(
  theme: Theme,
  widths: readonly number[],
  rows: readonly GridRow[],
  options: { points?: number; dense?: boolean } = {},
): Table {
  const { points = POINTS.table, dense = false } = options;
  const padding = dense ? PADDING.dense : PADDING.normal;
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { left: padding, right: padding, top: 20, bottom: 20, marginUnitType: WidthType.DXA },
    rows: rows.map((row) => gridRow(theme, widths, row, points)),
  });
}

function gridRow(theme: Theme, widths: readonly number[], row: GridRow, points: number): TableRow {
  let column = 0;
  return new TableRow({
    cantSplit: true,
    ...(row.header && { tableHeader: true }),
    ...(row.minHeight !== undefined && { height: { value: row.minHeight, rule: HeightRule.ATLEAST } }),
    children: row.cells.map((cell) => {
      const span = cell.span ?? 1;
      const width = widths.slice(column, column + span).reduce((sum, own) => sum + own, 0);
      column += span;
      const head = cell.head ?? row.header ?? false;
      return new TableCell({
        width: { size: width, type: WidthType.DXA },
        verticalAlign: cell.top ? VerticalAlignTable.TOP : VerticalAlignTable.CENTER,
        ...(span > 1 && { columnSpan: span }),
        ...(cell.merge && { verticalMerge: MERGE[cell.merge] }),
        children:
          typeof cell.content === 'string'
            ? [
                cellParagraph(theme, cell.content, {
                  align: cell.align ?? (head ? 'center' : 'left'),
                  points,
                  head,
                  ...(cell.bold && { bold: true }),
                  // A row has no such property of its own: its paragraphs say it.
                  ...(row.keepNext && { keepNext: true }),
                }),
              ]
            : cell.content.length > 0
              ? [...cell.content]
              : [cellParagraph(theme, '', { points })],
      });
    }),
  });
}

/** A column of a list. */
export interface ListColumn {
  readonly heading: string;
  readonly weight: number;
  readonly align?: Align;
  /** Heading over this column and its neighbours of the same group. */
  readonly group?: string;
}

/** The header rows: one, or two where columns stand in groups under a common heading. */
function headerRows(columns: readonly ListColumn[], keepNext: boolean): GridRow[] {
  const cell = ({ heading }: ListColumn): GridCell => ({ content: heading, align: 'center' });
  if (columns.every(({ group }) => group === undefined)) return [{ header: true, keepNext, cells: columns.map(cell) }];
  const over: (GridCell & { group?: string })[] = [];
  for (const column of columns) {
    const last = over.at(-1);
    if (column.group !== undefined && last?.group === column.group)
      over.splice(-1, 1, { ...last, span: (last.span ?? 1) + 1 });
    else if (column.group === undefined) over.push({ ...cell(column), merge: 'first' });
    else over.push({ content: column.group, align: 'center', group: column.group });
  }
  const under = columns.map((column): GridCell =>
    column.group === undefined ? { content: '', merge: 'further' } : cell(column),
  );
  return [
    { header: true, keepNext: true, cells: over },
    { header: true, keepNext, cells: under },
  ];
}

/** Lines of a table that stays on one page: half of one. */
const MOST_KEPT = 20;
/** Twips of a character of table text; of one that is no Chinese, half of it. */
const CHARACTER = POINTS.table * 20;

/** How many lines the rows take, by the widths of their columns. */
function linesOf(widths: readonly number[], body: readonly (readonly string[])[]): number {
  const linesIn = (text: string, width: number): number =>
    text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(lengthOf(part) / width)), 0);
  const room = (index: number): number => Math.max(1, (widths[index] ?? 0) - 2 * PADDING.normal);
  return body.reduce((sum, row) => sum + Math.max(1, ...row.map((cell, index) => linesIn(cell, room(index)))), 0);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Twips in which a day stands on one line. */
const DAY_WIDTH = 1150;

/** The widths with room for days, which the other columns give. */
function withRoomForDays(widths: readonly number[], body: readonly (readonly string[])[]): number[] {
  const narrow = widths.map((width, index) => width < DAY_WIDTH && body.some((row) => DAY.test(row[index] ?? '')));
  if (!narrow.includes(true)) return [...widths];
  const others = widths.filter((_, index) => !narrow[index]);
  const left = widths.reduce((sum, width) => sum + width, 0) - DAY_WIDTH * (widths.length - others.length);
  const shared = gridWidths(others, left);
  return narrow.map((is) => (is ? DAY_WIDTH : (shared.shift() ?? 0)));
}

const lengthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (one > '\u00ff' ? CHARACTER : CHARACTER / 2), 0);

/** A list: repeated header rows, body rows, optional totals row. */
export function listTable(
  theme: Theme,
  columns: readonly ListColumn[],
  body: readonly (readonly string[])[],
  width: number,
  options: {
    totals?: readonly string[];
    points?: number;
    dense?: boolean;
    minHeight?: number;
    keepNext?: boolean;
  } = {},
): Table {
  const weighed = gridWidths(
    columns.map((column) => column.weight),
    width,
  );
  const widths = options.dense ? weighed : withRoomForDays(weighed, body);
  const cells = (row: readonly string[], bold = false): GridCell[] =>
    columns.map((column, index) => ({ content: row[index] ?? '', align: column.align ?? 'left', bold }));
  // Neither the heading nor the last rows are left alone on a page; a short table is not cut at all.
  const whole = body.length <= MOST_KEPT && linesOf(widths, body) <= MOST_KEPT;
  const kept = (index: number): boolean => whole || index === 0 || index >= body.length - 2;
  const isLast = (index: number): boolean => index === body.length - 1 && options.totals === undefined;
  const { points, dense } = options;
  return gridTable(
    theme,
    widths,
    [
      ...headerRows(columns, body.length > 0),
      ...body.map((row, index) => ({
        cells: cells(row),
        keepNext: isLast(index) ? (options.keepNext ?? false) : kept(index),
        ...(options.minHeight !== undefined && { minHeight: options.minHeight }),
      })),
      ...(options.totals ? [{ cells: cells(options.totals, true) }] : []),
    ],
    { ...(points !== undefined && { points }), ...(dense !== undefined && { dense }) },
  );
}
