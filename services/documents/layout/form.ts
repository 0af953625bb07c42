// Parts that forms share: labelled rows, photos in the grid, signature boxes.
import { Paragraph, type Table } from 'docx';
import { mm, TEXT_WIDTH } from './page.ts';
import { roleParagraph } from './paragraphs.ts';
import { photoParagraphs, type DocumentPhoto } from './picture.ts';
import { STYLE } from './styles.ts';
import { cellParagraph, gridTable, gridWidths, type GridCell, type GridRow } from './table.ts';
import { runs } from './text.ts';
import { POINTS, type FontUse, type Theme } from './theme.ts';
import { dayText } from '../../../domain/reports/words.ts';

/** Grid of a form: label, value, (middle split in two so that photos can be halves), value. */
const FORM_WEIGHTS = [13, 37, 6.5, 6.5, 37] as const;
export const FORM_WIDTHS = gridWidths(FORM_WEIGHTS, TEXT_WIDTH.portrait);

/** Label and value over the whole width. */
export function wideRow(
  label: string,
  value: GridCell['content'],
  options: { minHeight?: number; keepNext?: boolean } = {},
): GridRow {
  return {
    cells: [
      { content: label, head: true },
      { content: value, span: 4 },
    ],
    ...options,
  };
}

/** Two labels and values side by side. */
export function pairRow(label: string, value: string, label2: string, value2: string): GridRow {
  return {
    cells: [
      { content: label, head: true },
      { content: value },
      { content: label2, head: true, span: 2 },
      { content: value2 },
    ],
  };
}

/** Photos two to a row beside a label; one alone takes the whole width. */
export async function photoRows(
  theme: Theme,
  label: string,
  photos: readonly DocumentPhoto[],
  none: string,
): Promise<GridRow[]> {
  if (photos.length === 0) return [wideRow(label, none)];
  const width = (columns: readonly number[]): number =>
    columns.reduce((sum, index) => sum + (FORM_WIDTHS[index] ?? 0), 0) - 200;
  const rows: GridRow[] = [];
  for (let start = 0; start < photos.length; start += 2) {
    const [first, second] = [photos[start], photos[start + 1]];
    if (!first) continue;
    // Every row says what it shows, since the next one may be on another page.
    const heading = { content: label, head: true };
    if (!second) {
      rows.push({
        cells: [
          heading,
          {
            content: await photoParagraphs(theme, first, { width: width([1, 2, 3, 4]), height: mm(62) }, start + 1),
            span: 4,
          },
        ],
      });
      continue;
    }
    rows.push({
      cells: [
        heading,
        { content: await photoParagraphs(theme, first, { width: width([1, 2]), height: mm(62) }, start + 1), span: 2 },
        { content: await photoParagraphs(theme, second, { width: width([3, 4]), height: mm(62) }, start + 2), span: 2 },
      ],
    });
  }
  return rows;
}

/** Photos of two lists side by side, row by row: what was, and what is. */
export async function photoPairs(
  theme: Theme,
  label: string,
  [left, right]: readonly [readonly DocumentPhoto[], readonly DocumentPhoto[]],
  words: { readonly heads: readonly [string, string]; readonly none: string },
): Promise<GridRow[]> {
  const width = FORM_WIDTHS.slice(1, 3).reduce((sum, own) => sum + own, 0) - 200;
  // A list that has photos, only fewer than the other, leaves its place empty.
  const cell = async (
    photo: DocumentPhoto | undefined,
    at: 0 | 1,
    number: number,
    none: string,
  ): Promise<GridCell> => ({
    span: 2,
    content: [
      cellParagraph(theme, words.heads[at], { align: 'center', head: true, keepNext: true }),
      ...(photo
        ? await photoParagraphs(theme, photo, { width, height: mm(56) }, number)
        : [cellParagraph(theme, none, { align: 'center' })]),
    ],
  });
  const rows: GridRow[] = [];
  for (let at = 0; at < Math.max(left.length, right.length, 1); at += 1) {
    const [before, after] = [left[at], right[at]];
    rows.push({
      cells: [
        { content: label, head: true },
        await cell(before, 0, 2 * at + 1, at === 0 ? words.none : ''),
        await cell(after, 1, 2 * at + 2, at === 0 ? words.none : ''),
      ],
    });
  }
  return rows;
}

/** A table of labelled rows on the form's grid; `dense` in small letters over the whole of that width. */
export function formTable(theme: Theme, rows: readonly GridRow[], dense?: { width: number }): Table {
  if (!dense) return gridTable(theme, FORM_WIDTHS, rows);
  return gridTable(theme, gridWidths(FORM_WEIGHTS, dense.width), rows, { points: POINTS.note, dense: true });
}

/** A box to sign in: what it is for, what is already known, and the day; what is not known is left to the pen. */
export interface SignatureBox {
  readonly label: string;
  /** Names of those who sign. */
  readonly names?: string;
  /** A signature drawn on the screen. */
  readonly image?: DocumentPhoto | null;
  /** Lines such as 职务：. */
  readonly lines?: readonly string[];
  readonly day?: string | null;
}

const BLANK_DAY = '　　　年　　月　　日';

/** Boxes side by side, each signed on screen or with room for the pen. */
export async function signatureTable(theme: Theme, boxes: readonly SignatureBox[]): Promise<Table> {
  const widths = gridWidths(
    boxes.map(() => 1),
    TEXT_WIDTH.portrait,
  );
  const cells: GridCell[] = [];
  for (const [index, box] of boxes.entries()) {
    const image = box.image
      ? await photoParagraphs(
          theme,
          { bytes: box.image.bytes },
          { width: (widths[index] ?? 0) - 400, height: mm(12) },
          index + 1,
          '签名',
        )
      : [];
    const text = [box.label, box.names ?? '', ...(image.length > 0 ? [] : [''])].join('\n');
    cells.push({
      top: true,
      content: [
        cellParagraph(theme, text),
        ...image,
        cellParagraph(theme, [...(box.lines ?? []), `日期：${box.day ? dayText(box.day) : BLANK_DAY}`].join('\n')),
      ],
    });
  }
  return gridTable(theme, widths, [{ cells, minHeight: mm(26) }]);
}

/** A line of text at body size; `indent` as in running text. */
export function line(
  theme: Theme,
  text: string,
  options: {
    indent?: boolean;
    use?: FontUse;
    align?: 'left' | 'center' | 'right';
    keepNext?: boolean;
    points?: number;
  } = {},
): Paragraph {
  return new Paragraph({
    style: options.indent ? STYLE.body : STYLE.plain,
    ...(options.align && { alignment: options.align }),
    ...(options.keepNext && { keepNext: true }),
    children: runs(theme, options.use ?? 'body', text, { points: options.points ?? theme.bodySize }),
  });
}

/** Unit and day under a text, room for the seal above them; a day not yet known is left to be filled in. */
export function signed(theme: Theme, unit: string, day: string | null, keepNext = false): Paragraph[] {
  return [
    roleParagraph(theme, 'signature', [{ text: unit }]),
    roleParagraph(theme, 'date', [{ text: day ? dayText(day) : BLANK_DAY }], keepNext),
  ];
}
