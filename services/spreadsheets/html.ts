// HTML tables that web systems hand out under the name of .xls.
import { textCell } from './cell.ts';
import type { ReadCell } from './cell.ts';
import { UnreadableFile } from './refusal.ts';
import type { Merge, ReadSheet } from './sheet.ts';
import { MAX_COLUMNS, MAX_ROWS, makeSheet } from './sheet.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ensp: ' ', emsp: ' ', middot: '·', times: '×', deg: '°',
  ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', mdash: '—', ndash: '–', hellip: '…', sup2: '²', sup3: '³', plusmn: '±',
};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+\d?));?/gi, (whole, hex: string | undefined, digits: string | undefined, named: string | undefined) => {
    if (named !== undefined) return ENTITIES[named.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function cellText(html: string): string {
  const text = html
    .replace(/\s+/g, ' ')
    .replace(/<br\b[^>]*>|<\/(?:p|div|li)>(?=\s*\S)/gi, '\n')
    .replace(/<[^>]*>/g, '');
  return decodeEntities(text).replace(/[ \t\u00A0]*\n[ \t\u00A0]*/g, '\n');
}

const span = (attributes: string, name: string, limit: number): number => {
  const value = new RegExp(`\\b${name}\\s*=\\s*["']?\\s*(\\d+)`, 'i').exec(attributes)?.[1];
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
    const width = span(attributes, 'colspan', MAX_COLUMNS);
    const height = span(attributes, 'rowspan', MAX_ROWS);
    (this.cells[this.#row] ??= [])[this.#column] = textCell(cellText(html));
    for (let c = this.#column; c < this.#column + width; c += 1) this.#taken[c] = this.#row + height;
    if (width > 1 || height > 1) {
      this.merges.push({ firstRow: this.#row, lastRow: this.#row + height - 1, firstColumn: this.#column, lastColumn: this.#column + width - 1 });
    }
    this.#column += width;
  }
}

/** The parts that matter, in order; the text of a cell is what stands between its tag and the next of these. */
const TAG = /<(\/?)(table|tr|td|th)\b((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;

/**
 * The tables of an HTML page, one sheet each; a table inside a cell belongs to the cell's text.
 * @throws UnreadableFile NOT_A_SPREADSHEET when no table has a cell with text.
 */
export function readHtmlTables(source: string): ReadSheet[] {
  const html = source.replace(/<!--[\s\S]*?-->/g, '').replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '');
  const names = [...source.matchAll(/<x:Name>([^<]*)<\/x:Name>/gi)].map((match) => decodeEntities(match[1] ?? ''));
  const tables: TableBuilder[] = [];
  let table: TableBuilder | null = null;
  let depth = 0;
  let open: { attributes: string; from: number } | null = null;
  const closeCell = (to: number): void => {
    if (open !== null && table !== null) table.addCell(open.attributes, html.slice(open.from, to));
    open = null;
  };
  for (const match of html.matchAll(TAG)) {
    const [whole, slash, tag = '', attributes = ''] = match;
    const name = tag.toLowerCase();
    if (name === 'table') {
      depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
      if (slash !== '/' && depth === 1) tables.push((table = new TableBuilder()));
      else if (slash === '/' && depth === 0) { closeCell(match.index); table = null; }
    } else if (depth === 1 && table !== null) {
      closeCell(match.index);
      if (slash === '/') continue;
      if (name === 'tr') table.startRow(attributes);
      else open = { attributes, from: match.index + whole.length };
    }
  }
  closeCell(html.length);
  const sheets = tables.map(({ cells, merges, hidden }, index) => makeSheet({
    name: names[index] ?? `表${index + 1}`, hidden: false, date1904: false, cells, merges, isHiddenRow: (row) => hidden.has(row),
  })).filter((sheet) => sheet.rows.length > 0);
  if (sheets.length === 0) throw new UnreadableFile('NOT_A_SPREADSHEET');
  return sheets;
}
