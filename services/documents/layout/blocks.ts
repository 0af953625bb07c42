// Prints the blocks of a text: each block becomes paragraphs, a table or a chart on its page.
import type { FileChild } from 'docx';
import { chartParagraph } from './chart.ts';
import { TEXT_WIDTH, type DocumentPart, type Orientation } from './page.ts';
import { annexHeading, captionParagraph, headingParagraph, roleParagraph, titleParagraphs } from './paragraphs.ts';
import { photoGrid } from './photo-grid.ts';
import { resolvePhotos, type PhotoBytes } from './picture.ts';
import { listGap } from './gap.ts';
import { listTable } from './table.ts';
import type { Theme } from './theme.ts';
import { contentsPage, coverPage } from './cover.ts';
import type { Block, Cell, ContentsBlock, CoverBlock, TableBlock } from '../../../domain/reports/blocks.ts';

/** The parts of a document made of blocks; a `page` block starts a new part. */
export async function partsOf(theme: Theme, blocks: readonly Block[], photos?: PhotoBytes): Promise<DocumentPart[]> {
  const parts: { orientation: Orientation; children: FileChild[] }[] = [{ orientation: 'portrait', children: [] }];
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'cover' || block.type === 'contents') {
      parts.splice(-1, 0, { orientation: 'portrait', children: frontPage(theme, block) });
      continue;
    }
    if (block.type === 'page') {
      parts.push({ orientation: block.orientation, children: [] });
      continue;
    }
    const part = parts.at(-1);
    part?.children.push(...(await childrenOf(theme, block, TEXT_WIDTH[part.orientation], photos, blocks[index + 1])));
  }
  return parts.filter((part) => part.children.length > 0);
}

const frontPage = (theme: Theme, block: CoverBlock | ContentsBlock): FileChild[] =>
  block.type === 'cover' ? coverPage(theme, block) : contentsPage(theme);

async function childrenOf(
  theme: Theme,
  block: Exclude<Block, { type: 'page' | 'cover' | 'contents' }>,
  width: number,
  photos?: PhotoBytes,
  next?: Block,
): Promise<FileChild[]> {
  switch (block.type) {
    case 'title':
      return titleParagraphs(theme, block.text, block.subtitle);
    case 'heading':
      return [
        block.section?.startsWith('annex')
          ? annexHeading(theme, block.text)
          : headingParagraph(theme, block.level, block.text),
      ];
    case 'paragraph':
      // What is said of photos stays with them.
      return [roleParagraph(theme, block.role, block.spans, next?.type === 'photos')];
    case 'chart':
      return [chartParagraph(theme, block), captionParagraph(theme, block.caption, 'below')];
    case 'photos':
      return [await photoGrid(theme, resolvePhotos(block.photos, photos), width), listGap()];
    case 'table':
      return [captionParagraph(theme, block.caption, 'above'), tableOf(theme, block, width), listGap()];
  }
}

function tableOf(theme: Theme, block: TableBlock, width: number): FileChild {
  const text = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
  return listTable(
    theme,
    block.columns,
    block.rows.map((row) => row.map(text)),
    width,
    {
      ...(block.totals && { totals: block.totals.map(text) }),
      ...(block.dense && { dense: true }),
    },
  );
}
