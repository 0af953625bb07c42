// Tables with a fixed grid: tblGrid and every tcW agree in twips, so that Word and WPS draw the same table.
import {
  AlignmentType, HeightRule, LineRuleType, Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType,
} from 'docx';
import { runs } from './text.ts';
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

/** A paragraph of table text; `points` as the table's. */
export function cellParagraph(theme: Theme, text: string, options: { align?: Align; points?: number; head?: boolean; bold?: boolean } = {}): Paragraph {
  const use: FontUse = options.head ? 'tableHead' : 'table';
  return new Paragraph({
    style: STYLE.tableText,
    alignment: ALIGN[options.align ?? 'left'],
    spacing: { line: 240, lineRule: LineRuleType.AUTO },
    children: runs(theme, use, text, { points: options.points ?? POINTS.table, ...(options.bold && { bold: true }) }),
  });
}

/**
 * A table on a grid.
 * @param widths of the grid's columns in twips; each row's spans sum to their number
 */
export function gridTable(theme: Theme, widths: readonly number[], rows: readonly GridRow[], points: number = POINTS.table): Table {
  const padding = points < POINTS.note ? PADDING.dense : PADDING.normal;
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
    ...(row.keepNext && { keepNext: true }),
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
        children: typeof cell.content === 'string'
          ? [cellParagraph(theme, cell.content, { align: cell.align ?? (head ? 'center' : 'left'), points, head, ...(cell.bold && { bold: true }) })]
          : cell.content.length > 0 ? [...cell.content] : [cellParagraph(theme, '', { points })],
      });
    }),
  });
}

/** A list: repeated header row, body rows, optional totals row. */
export function listTable(
  theme: Theme,
  columns: readonly { readonly heading: string; readonly weight: number; readonly align?: Align }[],
  body: readonly (readonly string[])[],
  width: number,
  options: { totals?: readonly string[]; points?: number; minHeight?: number } = {},
): Table {
  const widths = gridWidths(columns.map((column) => column.weight), width);
  const cells = (row: readonly string[], bold = false): GridCell[] => columns.map((column, index) =>
    ({ content: row[index] ?? '', align: column.align ?? 'left', bold }));
  // Neither the heading nor the totals are left alone on a page.
  const kept = (index: number): boolean => index === 0 || (options.totals !== undefined && index >= body.length - 2);
  return gridTable(theme, widths, [
    { header: true, keepNext: body.length > 0, cells: columns.map((column) => ({ content: column.heading, align: 'center' })) },
    ...body.map((row, index) => ({
      cells: cells(row),
      keepNext: kept(index) && (index < body.length - 1 || options.totals !== undefined),
      ...(options.minHeight !== undefined && { minHeight: options.minHeight }),
    })),
    ...(options.totals ? [{ cells: cells(options.totals, true) }] : []),
  ], options.points ?? POINTS.table);
}
