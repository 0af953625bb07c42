// Lists of a paper: with columns of its own, in groups, and tables as the data brings them.
import type { FileChild } from 'docx';
import type { PaperBlock, PaperColumn } from '../../../domain/dictionary/paper.ts';
import { columnsOfTable, fieldOf } from '../../../domain/papers.ts';
import { chineseNumber } from '../../../domain/reports/words.ts';
import type { Place } from '../../paper-words/index.ts';
import { gap } from '../layout/gap.ts';
import { mm } from '../layout/page.ts';
import { captionParagraph, headingParagraph } from '../layout/paragraphs.ts';
import { gridTable, gridWidths, listTable, type Align, type GridRow } from '../layout/table.ts';
import { DASH, noneSaid, type Sheet } from './sheet.ts';

interface WrittenColumn {
  readonly heading: string;
  readonly text: string;
  readonly weight: number;
  readonly align: Align;
}

/** A table as the data brings it; cells as they are printed. */
export interface WholeTable {
  readonly caption: string;
  readonly columns: readonly {
    readonly heading: string;
    readonly weight: number;
    readonly align?: 'left' | 'center';
    /** Masked unless contacts are shown. */
    readonly personal?: boolean;
  }[];
  readonly rows: readonly (readonly string[])[];
}

function columnsOf(
  sheet: Sheet,
  of: string,
  columns: readonly PaperColumn[] | undefined,
  place: Place,
): WrittenColumn[] {
  const at = sheet.words.find(place, of).path;
  return columnsOfTable(of, columns).map((column) => {
    if (typeof column !== 'string')
      return {
        heading: sheet.words.text(place, column.heading),
        text: column.text,
        weight: column.weight ?? 2,
        align: column.align ?? 'center',
      };
    const meta = fieldOf(sheet.words.paper, [...at, ...column.split('.')]);
    const isText = meta?.kind === 'text' || meta?.kind === 'longText';
    return {
      heading: meta?.label ?? column,
      text: `{${column}}`,
      weight: isText ? 3 : 2,
      align: isText ? 'left' : 'center',
    };
  });
}

/** A list with the columns that the paper names. */
export function tableBlock(sheet: Sheet, place: Place, block: Extract<PaperBlock, { type: 'table' }>): FileChild[] {
  const theme = sheet.theme;
  const width = sheet.width;
  const columns = columnsOf(sheet, block.of, block.columns, place);
  const rows = sheet.words.rows(place, block.of);
  const blank = block.blank ? Number(sheet.words.find(place, block.blank).value ?? 0) : 0;
  if (rows.length + blank === 0) return noneSaid(sheet, block.none && sheet.words.text(place, block.none));
  const caption = block.caption ? [captionParagraph(theme, sheet.words.text(place, block.caption), 'above')] : [];
  if (block.groups) return [...caption, groupedTable(sheet, rows, block.groups, columns, width), gap(theme)];
  const cells = (row: Place): string[] => columns.map((column) => sheet.words.text(row, column.text, true) || '');
  const empty = (number: number): Place => ({ data: {}, at: [], number, around: null });
  const body = [
    ...rows.map((row) =>
      cells(row).map((cell, index) => cell || (block.toWrite || columns[index]?.text === '' ? '' : DASH)),
    ),
    ...Array.from({ length: blank }, (_, index) => cells(empty(rows.length + index + 1))),
  ];
  return [
    ...caption,
    listTable(theme, columns, body, width, {
      ...(block.height !== undefined && { minHeight: mm(block.height) }),
      ...(block.keepNext && { keepNext: true }),
    }),
    gap(theme, undefined, block.keepNext),
  ];
}

function groupedTable(
  sheet: Sheet,
  groups: readonly Place[],
  { head, of }: { head: string; of: string },
  columns: readonly WrittenColumn[],
  width: number,
): FileChild {
  const rows: GridRow[] = [{ header: true, cells: columns.map(({ heading }) => ({ content: heading })) }];
  let number = 0;
  for (const group of groups) {
    const content = sheet.words.text(group, head);
    rows.push({ cells: [{ content, head: true, span: columns.length, align: 'left' }], keepNext: true });
    for (const row of sheet.words.rows(group, of)) {
      number += 1;
      const place = { ...row, number };
      rows.push({
        cells: columns.map(({ text, align }) => ({ content: sheet.words.text(place, text, true) || DASH, align })),
      });
    }
  }
  const widths = gridWidths(
    columns.map(({ weight }) => weight),
    width,
  );
  return gridTable(sheet.theme, widths, rows);
}

/** Tables as the data brings them. */
export function wholeTables(
  sheet: Sheet,
  place: Place,
  { of, heads }: Extract<PaperBlock, { type: 'tables' }>,
): FileChild[] {
  const tables = sheet.words.rows(place, of).map(({ data }) => data as unknown as WholeTable);
  return tables
    .filter(({ rows }) => rows.length > 0)
    .flatMap((table, at) => {
      const head = `（${chineseNumber(at + 1)}）${table.caption}`;
      return [
        heads ? headingParagraph(sheet.theme, 2, head) : captionParagraph(sheet.theme, table.caption, 'above'),
        ...wholeTable(sheet, table),
      ];
    });
}

function wholeTable(sheet: Sheet, table: WholeTable): FileChild[] {
  const rows = table.rows.map((row) =>
    row.map((cell, index) => sheet.words.masked(cell, table.columns[index]?.personal === true)),
  );
  return [listTable(sheet.theme, table.columns, rows, sheet.width), gap(sheet.theme)];
}
