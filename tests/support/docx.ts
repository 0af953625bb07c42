// Opens generated Word documents in tests: parts, text, tables, charts with their workbooks, and a PDF by LibreOffice.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import JSZip from 'jszip';
import * as XLSX from '@e965/xlsx';
import { WAIT_MS } from './limits.ts';

const run = promisify(execFile);

/** An unzipped document. */
export interface OpenDocx {
  readonly zip: JSZip;
  /** Paths of all parts. */
  readonly paths: readonly string[];
  /** XML of `word/document.xml`. */
  readonly body: string;
  part(path: string): Promise<string>;
}

/** Unzips a document. */
export async function openDocx(bytes: Uint8Array): Promise<OpenDocx> {
  const zip = await JSZip.loadAsync(bytes);
  const part = async (path: string): Promise<string> => {
    const file = zip.file(path);
    if (!file) throw new Error(`no part ${path}`);
    return file.async('string');
  };
  return { zip, paths: Object.keys(zip.files), body: await part('word/document.xml'), part };
}

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** Elements with a name, with their XML; nested ones of the same name are not split. */
export function elements(xml: string, name: string): string[] {
  const found: string[] = [];
  const open = new RegExp(`<${name}(?=[\\s/>])[^>]*?(/?)>`, 'g');
  for (let match = open.exec(xml); match; match = open.exec(xml)) {
    if (match[1] === '/') {
      found.push(match[0]);
      continue;
    }
    let depth = 1;
    const tag = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*?(/?)>`, 'g');
    tag.lastIndex = open.lastIndex;
    while (depth > 0) {
      const next = tag.exec(xml);
      if (!next) throw new Error(`<${name}> is not closed`);
      if (next[1] === '/') depth -= 1;
      else if (next[2] !== '/') depth += 1;
    }
    found.push(xml.slice(match.index, tag.lastIndex));
    open.lastIndex = tag.lastIndex;
  }
  return found;
}

/** Value of an attribute of the first tag in the XML. */
export function attribute(xml: string, name: string): string | null {
  return new RegExp(`^<[^>]*?\\s${name}="([^"]*)"`).exec(xml)?.[1] ?? null;
}

/** Text of some XML; line breaks as `\n`. */
export function textOf(xml: string): string {
  return [...xml.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:br\/>/g)]
    .map((match) => (match[1] === undefined ? '\n' : unescape(match[1])))
    .join('');
}

/** Texts of the paragraphs, those of tables too. */
export function paragraphs(xml: string): string[] {
  return elements(xml, 'w:p').map(textOf);
}

/** Cell texts of every table that is not inside another one. */
export function tables(xml: string): string[][][] {
  return elements(xml, 'w:tbl').map((table) => elements(table, 'w:tr').map((row) => elements(row, 'w:tc').map(textOf)));
}

/** Widths of every table: of the table, of its grid columns, of the cells of each row. */
export function grids(xml: string): { fixed: boolean; width: number; grid: number[]; rows: number[][] }[] {
  return elements(xml, 'w:tbl').map((table) => ({
    fixed: /<w:tblLayout w:type="fixed"\/>/.test(table),
    width: Number(/<w:tblW[^>]*w:w="(\d+)"/.exec(table)?.[1]),
    grid: [...(elements(table, 'w:tblGrid')[0] ?? '').matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map((match) =>
      Number(match[1]),
    ),
    rows: elements(table, 'w:tr').map((row) =>
      elements(row, 'w:tc').map((cell) => {
        const width = /<w:tcW[^>]*>/.exec(cell)?.[0] ?? '';
        return attribute(width, 'w:type') === 'dxa' ? Number(attribute(width, 'w:w')) : Number.NaN;
      }),
    ),
  }));
}

/** A chart: its XML and the cells of its embedded workbook. */
export interface OpenChart {
  readonly xml: string;
  readonly cells: (string | number | null)[][];
}

/** All charts in their order. */
export async function charts(docx: OpenDocx): Promise<OpenChart[]> {
  const paths = docx.paths
    .filter((path) => /^word\/charts\/chart\d+\.xml$/.test(path))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(
    paths.map(async (path) => {
      const rels = await docx.part(path.replace('charts/', 'charts/_rels/') + '.rels');
      const target = /Target="\.\.\/(embeddings\/[^"]+\.xlsx)"/.exec(rels)?.[1];
      const file = target ? docx.zip.file(`word/${target}`) : null;
      if (!file) throw new Error(`${path} has no workbook`);
      const book = XLSX.read(await file.async('uint8array'), { type: 'array' });
      const sheet = book.Sheets[book.SheetNames[0] ?? ''];
      if (!sheet) throw new Error(`${path} has an empty workbook`);
      return {
        xml: await docx.part(path),
        cells: XLSX.utils.sheet_to_json<(string | number | null)[]>(sheet, { header: 1, defval: null }),
      };
    }),
  );
}

/** Whether the tools for rendering are here; says why a test is left out. */
export function canRender(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: WAIT_MS });
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('LibreOffice or pdftotext is not installed: rendering of documents is not tested');
    return false;
  }
}

/** Renders a document with LibreOffice and returns the text of each page. `keep` leaves the PDF at that path. */
export async function renderPages(bytes: Uint8Array, keep?: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-docx-'));
  try {
    const file = join(folder, 'document.docx');
    await writeFile(file, bytes);
    await run(
      'soffice',
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        file,
      ],
      { timeout: WAIT_MS },
    );
    const pdf = join(folder, 'document.pdf');
    if (keep) await writeFile(keep, await readFile(pdf));
    const { stdout } = await run('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 64 * 1024 * 1024 });
    return stdout.split('\f').slice(0, -1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Order of children that the schema of WordprocessingML fixes; Word may refuse a file that breaks it. */
const ORDERS: Readonly<Record<string, string>> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers ' +
    'pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi ' +
    'adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment ' +
    'textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden ' +
    'color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath',
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd ' +
    'tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription',
  'w:tcPr': 'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType ' +
    'pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings',
};

/** Children of property elements that stand in an order the schema does not allow, as `parent: first before second`. */
export function misplacedChildren(xml: string): string[] {
  const wrong = new Set<string>();
  for (const [parent, names] of Object.entries(ORDERS)) {
    const order = names.split(' ');
    for (const element of elements(xml, parent)) {
      const inner = element.replace(/^<[^>]*>/, '').replace(/<\/[^>]*>$/, '');
      let depth = 0;
      let last = '';
      for (const tag of inner.matchAll(/<(\/?)w:(\w+)[^>]*?(\/?)>/g)) {
        if (tag[1] === '/') {
          depth -= 1;
          continue;
        }
        const name = tag[2] ?? '';
        if (depth === 0) {
          if (order.indexOf(name) < order.indexOf(last)) wrong.add(`${parent}: ${last} before ${name}`);
          if (!order.includes(name)) wrong.add(`${parent}: unknown ${name}`);
          last = name;
        }
        if (tag[3] !== '/') depth += 1;
      }
    }
  }
  return [...wrong];
}
