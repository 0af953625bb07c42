// Photos two to a row, each under its neighbour's height, captions below.
import {
  BorderStyle,
  TableLayoutType,
  Table,
  TableCell,
  TableRow,
  VerticalAlignTable,
  WidthType,
  type Paragraph,
} from 'docx';
import { photoParagraphs, type DocumentPhoto } from './picture.ts';
import { mm } from './page.ts';
import { gridWidths, cellParagraph } from './table.ts';
import type { Theme } from './theme.ts';

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER } as const;

/**
 * Photos in a borderless grid, `perRow` to a row, 60 mm high at most (one to a row 150 mm); rows do not break over pages; null leaves a
 * place empty.
 * @param width of the grid in twips
 */
export async function photoGrid(
  theme: Theme,
  photos: readonly (DocumentPhoto | null)[],
  width: number,
  perRow = 2,
): Promise<Table> {
  const columns = Math.min(perRow, Math.max(1, photos.length));
  const widths = gridWidths(
    Array.from({ length: columns }, () => 1),
    width,
  );
  const rows: TableRow[] = [];
  for (let start = 0; start < photos.length; start += columns) {
    const cells: TableCell[] = [];
    for (let column = 0; column < columns; column += 1) {
      const photo = photos[start + column];
      const own = widths[column] ?? 0;
      const children: Paragraph[] = photo
        ? await photoParagraphs(
            theme,
            photo,
            { width: own - 160, height: mm(perRow === 1 ? 150 : 60) },
            start + column + 1,
          )
        : [cellParagraph(theme, '')];
      cells.push(
        new TableCell({
          width: { size: own, type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.BOTTOM,
          borders: NO_BORDERS,
          children,
        }),
      );
    }
    rows.push(new TableRow({ cantSplit: true, children: cells }));
  }
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { left: 60, right: 60, top: 20, bottom: 20, marginUnitType: WidthType.DXA },
    borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
    rows,
  });
}
