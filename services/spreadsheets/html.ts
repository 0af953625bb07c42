// HTML tables that web systems hand out under the name of .xls.
import { lookup } from '../../domain/values/lookup.ts';
import { textCell } from './cell.ts';
import type { ReadCell } from './cell.ts';
import { UnreadableFile } from './refusal.ts';
import type { Merge, ReadSheet } from './sheet.ts';
import { MAX_COLUMNS, MAX_ROWS, makeSheet } from './sheet.ts';

const ENTITIES: Readonly<Record<string, string>> = lookup({
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ensp: ' ',
  emsp: ' ',
  middot: '·',
  times: '×',
  deg: '°',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  sup2: '²',
  sup3: '³',
  plusmn: '±',
});

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+\d?));?/gi,
    (whole, hex: string | undefined, digits: string | undefined, named: string | undefined) => {
      if (named !== undefined) return ENTITIES[named.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

/** Text between tags, each from a `<` to the next `>`; what is never closed stays. */
function withoutTags(html: string): string {
  let [text, at] = ['', 0];
  for (;;) {
    const from = html.indexOf('<', at);
    const to = from < 0 ? -1 : html.indexOf('>', from);
    if (to < 0) return text + html.slice(at);
    text += html.slice(at, from);
    at = to + 1;
  }
}

function cellText(html: string): string {
  const text = withoutTags(html.replace(/\s+/g, ' ').replace(/<br\b[^<>]*>|<\/(?:p|div|li)>(?=\s*\S)/gi, '\n'));
  return decodeEntities(text).replace(/(?<![ \t\u00A0])[ \t\u00A0]*\n[ \t\u00A0]*/g, '\n');
}

const COLSPAN = /\bcolspan\s*=\s*(?:["']\s*)?(\d+)/i;
const ROWSPAN = /\browspan\s*=\s*(?:["']\s*)?(\d+)/i;
const span = (attributes: string, pattern: RegExp, limit: number): number => {
  const value = pattern.exec(attributes)?.[1];
  return Math.min(Math.max(Number(value ?? 1), 1), limit);
};

/** One table, with its merged cells placed as a browser places them. */
class TableBuilder {
  readonly cells: (ReadCell | undefined)[][] = [];
  readonly merges: Merge[] = [];
  readonly hidden = new Set<number>();
  /** For each column, the first row below the cell that reaches down into it. */
  readonly #taken: number[] = [];
  #row = -1;
  #column = 0;

  startRow(attributes: string): void {
    this.#row += 1;
    this.#column = 0;
    if (this.#row >= MAX_ROWS * 5) throw new UnreadableFile('TOO_BIG');
    if (/display\s*:\s*none|\bhidden\b/i.test(attributes)) this.hidden.add(this.#row);
  }

  addCell(attributes: string, html: string): void {
    if (this.#row < 0) this.startRow('');
    while ((this.#taken[this.#column] ?? 0) > this.#row) this.#column += 1;
    const width = span(attributes, COLSPAN, MAX_COLUMNS);
    const height = span(attributes, ROWSPAN, MAX_ROWS);
    (this.cells[this.#row] ??= [])[this.#column] = textCell(cellText(html));
    for (let c = this.#column; c < this.#column + width; c += 1) this.#taken[c] = this.#row + height;
    if (width > 1 || height > 1) {
      this.merges.push({
        firstRow: this.#row,
        lastRow: this.#row + height - 1,
        firstColumn: this.#column,
        lastColumn: this.#column + width - 1,
      });
    }
    this.#column += width;
  }
}

/** How the parts that matter begin. */
const TAG = /<(\/?)(table|tr|td|th)\b/gi;

interface Tag {
  name: string;
  closes: boolean;
  attributes: string;
  from: number;
  to: number;
}

/** The parts that matter, in order; the text of a cell is what stands between its tag and the next of these. */
function* tagsOf(html: string): Generator<Tag> {
  const start = new RegExp(TAG);
  const stop = /[<>"']/g;
  // Where no quote of a kind comes any more, one that is there belongs to the text.
  const last = { '"': html.lastIndexOf('"'), "'": html.lastIndexOf("'") };
  for (let found = start.exec(html); found; found = start.exec(html)) {
    const from = start.lastIndex;
    let mark = '';
    stop.lastIndex = from;
    do {
      mark = stop.exec(html)?.[0] ?? '';
      if ((mark === '"' || mark === "'") && stop.lastIndex <= last[mark])
        stop.lastIndex = html.indexOf(mark, stop.lastIndex) + 1;
    } while (mark === '"' || mark === "'");
    if (mark === '') return;
    const to = stop.lastIndex;
    start.lastIndex = mark === '<' ? to - 1 : to;
    if (mark === '<') continue;
    const [, slash, name = ''] = found;
    yield {
      name: name.toLowerCase(),
      closes: slash === '/',
      attributes: html.slice(from, to - 1),
      from: found.index,
      to,
    };
  }
}

/** A page without what stands between these marks; what is never closed stays. */
function withoutParts(html: string, open: RegExp, close: RegExp): string {
  let [text, at] = ['', 0];
  for (;;) {
    open.lastIndex = at;
    const opened = open.exec(html);
    if (!opened) return text + html.slice(at);
    close.lastIndex = open.lastIndex;
    if (!close.exec(html)) return text + html.slice(at);
    text += html.slice(at, opened.index);
    at = close.lastIndex;
  }
}

/** A page without its comments, scripts and styles. */
function bare(source: string): string {
  const html = withoutParts(source, /<!--/g, /-->/g);
  const scripts = withoutParts(html, /<script\b/gi, /<\/script\s*>/gi);
  return withoutParts(scripts, /<style\b/gi, /<\/style\s*>/gi);
}

/**
 * The tables of an HTML page, one sheet each; a table inside a cell belongs to the cell's text.
 * @throws UnreadableFile NOT_A_SPREADSHEET when no table has a cell with text.
 */
export function readHtmlTables(source: string): ReadSheet[] {
  const html = bare(source);
  const names = [...source.matchAll(/<x:Name>([^<]*)<\/x:Name>/gi)].map((match) => decodeEntities(match[1] ?? ''));
  const tables: TableBuilder[] = [];
  let table: TableBuilder | null = null;
  let depth = 0;
  let open: { attributes: string; from: number } | null = null;
  const closeCell = (to: number): void => {
    if (open !== null && table !== null) table.addCell(open.attributes, html.slice(open.from, to));
    open = null;
  };
  for (const { name, closes, attributes, from, to } of tagsOf(html)) {
    if (name === 'table') {
      depth = Math.max(0, depth + (closes ? -1 : 1));
      if (!closes && depth === 1) tables.push((table = new TableBuilder()));
      else if (closes && depth === 0) {
        closeCell(from);
        table = null;
      }
    } else if (depth === 1 && table !== null) {
      closeCell(from);
      if (closes) continue;
      if (name === 'tr') table.startRow(attributes);
      else open = { attributes, from: to };
    }
  }
  closeCell(html.length);
  const sheets = tables
    .map(({ cells, merges, hidden }, index) =>
      makeSheet({
        name: names[index] ?? `表${index + 1}`,
        hidden: false,
        date1904: false,
        cells,
        merges,
        isHiddenRow: (row) => hidden.has(row),
      }),
    )
    .filter((sheet) => sheet.rows.length > 0);
  if (sheets.length === 0) throw new UnreadableFile('NOT_A_SPREADSHEET');
  return sheets;
}
