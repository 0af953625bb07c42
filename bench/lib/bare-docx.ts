// What a document of ours says, read back, and written by the docx library alone: the same paragraphs, tables, pictures and
// contents with their pages, with the looks said at every run.
import {
  Document,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableOfContents,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type FileChild,
  type ParagraphChild,
} from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import JSZip from 'jszip';

/** One thing of a body. */
type Part =
  | { readonly is: 'paragraph'; readonly text: string; readonly heading: boolean; readonly pictures: readonly string[] }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'contents' };

/** What a document says. */
export interface Said {
  readonly parts: readonly Part[];
  /** Bytes by relation. */
  readonly pictures: ReadonlyMap<string, Buffer>;
}

const BLOCK = /<w:sdt>.*?<\/w:sdt>|<w:tbl>.*?<\/w:tbl>|<w:p(?:\s[^>]*)?>.*?<\/w:p>/gs;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textOf = (xml: string): string =>
  [...xml.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? ''))
    .join('');
const picturesOf = (xml: string): string[] => [...xml.matchAll(/r:embed="(\w+)"/g)].map(([, id = '']) => id);

function partOf(xml: string): Part {
  if (xml.startsWith('<w:sdt>')) return { is: 'contents' };
  if (!xml.startsWith('<w:tbl>')) {
    const heading = /w:pStyle w:val="Heading\d"/.test(xml);
    return { is: 'paragraph', text: textOf(xml), heading, pictures: picturesOf(xml) };
  }
  const rows = xml.split('<w:tr>').slice(1);
  return { is: 'table', rows: rows.map((row) => row.split('<w:tc>').slice(1).map(textOf)) };
}

/** Reads what a document says. */
export async function readDocument(bytes: Uint8Array): Promise<Said> {
  const zip = await JSZip.loadAsync(bytes);
  const read = async (path: string): Promise<string> => (await zip.file(path)?.async('string')) ?? '';
  const body = await read('word/document.xml');
  const pictures = new Map<string, Buffer>();
  for (const [, id = '', target = ''] of (await read('word/_rels/document.xml.rels')).matchAll(
    /Id="(\w+)"[^>]*Target="(media\/[^"]+)"/g,
  ))
    pictures.set(id, (await zip.file(`word/${target}`)?.async('nodebuffer')) ?? Buffer.alloc(0));
  return { parts: [...body.matchAll(BLOCK)].map(([xml]) => partOf(xml)), pictures };
}

const LOOKS = {
  size: 21,
  sizeComplexScript: 21,
  font: {
    ascii: 'Times New Roman',
    hAnsi: 'Times New Roman',
    cs: 'Times New Roman',
    eastAsia: '宋体',
    hint: 'eastAsia',
  },
} as const;
const run = (text: string): TextRun => new TextRun({ ...LOOKS, text });

function tableOf(rows: readonly (readonly string[])[]): Table {
  const most = Math.max(1, ...rows.map((row) => row.length));
  const size = Math.floor(8845 / most);
  const cellOf = (text: string): TableCell =>
    new TableCell({
      width: { size, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [new Paragraph({ children: [run(text)] })],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: Array.from({ length: most }, () => size),
    rows: rows.map((row) => new TableRow({ cantSplit: true, children: row.map(cellOf) })),
  });
}

function childOf(part: Part, pictures: Said['pictures']): FileChild {
  if (part.is === 'contents') return new TableOfContents('目录', { hyperlink: true, headingStyleRange: '1-2' });
  if (part.is === 'table') return tableOf(part.rows);
  const shown = part.pictures.map(
    (id): ParagraphChild =>
      new ImageRun({
        type: 'jpg',
        data: pictures.get(id) ?? Buffer.alloc(0),
        transformation: { width: 240, height: 180 },
      }),
  );
  return new Paragraph({
    ...(part.heading && { heading: HeadingLevel.HEADING_1 }),
    children: [run(part.text), ...shown],
  });
}

/** Writes it by the library alone. `pages`: the contents with their pages. */
export async function writeBare({ parts, pictures }: Said, pages: boolean): Promise<Uint8Array> {
  const children = parts.map((part) => childOf(part, pictures));
  return new Uint8Array(
    await Packer.toBuffer(
      new Document({ ...(pages && { pageNumbers: estimatePageNumbers }), sections: [{ children }] }),
    ),
  );
}
