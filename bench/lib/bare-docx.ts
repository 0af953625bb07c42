// What a document of ours says, read back, and written by the docx library alone: the same paragraphs, tables, pictures and
// contents with their pages, with the looks said at every run.
import { createHash } from 'node:crypto';
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
} from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import JSZip from 'jszip';

/** A paragraph: its text with its line breaks, the level of a heading or 0, the relations of its pictures. */
interface Line {
  readonly text: string;
  readonly level: number;
  readonly pictures: readonly string[];
}

/** One thing of a body. */
type Part =
  | { readonly is: 'paragraph'; readonly line: Line }
  | { readonly is: 'table'; readonly rows: readonly (readonly (readonly Line[])[])[] }
  | { readonly is: 'contents'; readonly entries: readonly string[] };

/** What a document says. */
export interface Said {
  readonly parts: readonly Part[];
  /** Bytes by relation. */
  readonly pictures: ReadonlyMap<string, Buffer>;
}

const BLOCK = /<w:sdt>.*?<\/w:sdt>|<w:tbl>.*?<\/w:tbl>|<w:p(?:\s[^>]*)?>.*?<\/w:p>/gs;
const PARAGRAPH = /<w:p(?:\s[^>]*)?>.*?<\/w:p>/gs;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its line breaks; a tab of a line stands in runs alone, its stops do not. */
const textOf = (xml: string): string =>
  [...xml.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(br|tab)\/>/g)]
    .map(([, text, mark]) =>
      mark
        ? mark === 'br'
          ? '\n'
          : '\t'
        : (text ?? '').replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? ''),
    )
    .join('');

const lineOf = (xml: string): Line => ({
  text: textOf(xml),
  level: Number(/w:pStyle w:val="Heading(\d)"/.exec(xml)?.[1] ?? 0),
  pictures: [...xml.matchAll(/r:embed="(\w+)"/g)].map(([, id = '']) => id),
});
const linesOf = (xml: string): Line[] => [...xml.matchAll(PARAGRAPH)].map(([line]) => lineOf(line));

function partOf(xml: string): Part {
  if (xml.startsWith('<w:sdt>'))
    return { is: 'contents', entries: linesOf(xml).map(({ text }) => text.split('\t')[0] ?? '') };
  if (!xml.startsWith('<w:tbl>')) return { is: 'paragraph', line: lineOf(xml) };
  const rows = xml.split(/<w:tr(?:\s[^>]*)?>/).slice(1);
  return { is: 'table', rows: rows.map((row) => row.split('<w:tc>').slice(1).map(linesOf)) };
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

/** Looks of a run of so many half points, said once for every run as our own layout says them. */
const looksOf = (size: number) =>
  ({
    size,
    sizeComplexScript: size,
    font: {
      ascii: 'Times New Roman',
      hAnsi: 'Times New Roman',
      cs: 'Times New Roman',
      eastAsia: '宋体',
      hint: 'eastAsia',
    },
  }) as const;
const BODY = looksOf(21);
const CELL = looksOf(15);

const runsOf = (text: string, looks: typeof BODY | typeof CELL): TextRun[] =>
  text.split('\n').map((line, n) => new TextRun({ ...looks, text: line, ...(n > 0 && { break: 1 }) }));

/** Runs of a text in a cell of a list, by the library alone. */
export const cellRuns = (text: string): TextRun[] => runsOf(text, CELL);

/** Width of the text block in twips. */
const WIDTH = 8845;

/** A table whose cells hold these paragraphs, by the library alone. */
export function bareTable(rows: readonly (readonly (readonly Paragraph[])[])[]): Table {
  const most = Math.max(1, ...rows.map((row) => row.length));
  const size = Math.floor(WIDTH / most);
  const cellOf = (children: readonly Paragraph[]): TableCell =>
    new TableCell({
      width: { size, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [...children],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: Array.from({ length: most }, () => size),
    rows: rows.map((row) => new TableRow({ cantSplit: true, children: row.map(cellOf) })),
  });
}

const LEVELS = [undefined, HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

function paragraphOf({ text, level, pictures }: Line, bytes: Said['pictures']): Paragraph {
  const heading = LEVELS[level];
  const shown = pictures.map(
    (id) =>
      new ImageRun({
        type: 'jpg',
        data: bytes.get(id) ?? Buffer.alloc(0),
        transformation: { width: 240, height: 180 },
      }),
  );
  return new Paragraph({ ...(heading && { heading }), children: [...runsOf(text, BODY), ...shown] });
}

function childOf(part: Part, pictures: Said['pictures']): FileChild {
  if (part.is === 'contents') return new TableOfContents('目录', { hyperlink: true, headingStyleRange: '1-2' });
  if (part.is === 'paragraph') return paragraphOf(part.line, pictures);
  return bareTable(part.rows.map((row) => row.map((cell) => cell.map((line) => paragraphOf(line, pictures)))));
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

/** What a document says, with its pictures by their hashes: relations have other names in each document. */
function plainly({ parts, pictures }: Said): string[] {
  const hash = (id: string): string =>
    createHash('sha256')
      .update(pictures.get(id) ?? '')
      .digest('hex');
  return parts.map((part) =>
    JSON.stringify(part, (key, value: unknown) => (key === 'pictures' ? (value as string[]).map(hash) : value)),
  );
}

/** Writes a document by the library alone and reads it back. @throws where it says anything else */
export async function requireSame(said: Said): Promise<void> {
  const [ours, theirs] = [plainly(said), plainly(await readDocument(await writeBare(said, true)))];
  const at = ours.findIndex((part, n) => part !== theirs[n]);
  if (at >= 0 || ours.length !== theirs.length)
    throw new Error(`the library alone says something else: ${ours[at] ?? ''} / ${theirs[at] ?? ''}`);
}
