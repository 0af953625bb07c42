// Writes Excel workbooks that can be printed as they are: title, as-of day, borders, wrapped text, the heading repeated on
// every page, landscape, as wide as the page.
import * as XLSX from '@e965/xlsx';
import type { Sheet, SheetColumn } from './excel-sheet.ts';
import { contentOf, linesIn, textContent, type CellContent } from './excel-cells.ts';
import { Looks, type CellLook } from './excel-styles.ts';
import { cleanText } from './layout/text.ts';

interface Container {
  FullPaths: string[];
}
interface Cfb {
  utils: {
    cfb_new(): Container;
    cfb_add(container: Container, path: string, content: Uint8Array): void;
  };
  write(container: Container, options: { type: 'buffer'; fileType: 'zip'; compression: boolean }): Uint8Array;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const PACKAGE = 'application/vnd.openxmlformats-package';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escaped = (text: string): string =>
  text
    // Excel reads _x000D_ as the character of that code.
    .replace(/_x(?=[0-9A-F]{4}_)/gi, '_x005F_x')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** Texts of the workbook, each kept once. */
class Texts {
  readonly #numbers = new Map<string, number>();
  #used = 0;

  of(text: string): number {
    this.#used += 1;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  xml(): string {
    const items = [...this.#numbers.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`);
    return `<sst xmlns="${MAIN}" count="${this.#used}" uniqueCount="${items.length}">${items.join('')}</sst>`;
  }
}

interface Book {
  readonly texts: Texts;
  readonly looks: Looks;
}

const address = (row: number, column: number): string => XLSX.utils.encode_cell({ r: row, c: column });

function cell(
  book: Book,
  at: string,
  content: CellContent | null,
  look: Omit<CellLook, 'format' | 'align'> = {},
): string {
  const style = book.looks.of({ format: content?.format ?? '@', align: content?.align ?? 'left', ...look });
  if (!content) return `<c r="${at}" s="${style}"/>`;
  return typeof content.value === 'number'
    ? `<c r="${at}" s="${style}"><v>${content.value}</v></c>`
    : `<c r="${at}" s="${style}" t="s"><v>${book.texts.of(content.value)}</v></c>`;
}

const rowXml = (row: number, cells: readonly string[], more = ''): string =>
  `<row r="${row + 1}"${more}>${cells.join('')}</row>`;

/** Points of a line of text, and the most that Excel lets a row have. */
const LINE = 14.25;
const HIGHEST = 409;

/** A row of the table, as high as its longest text: programs that show a sheet do not work that out by themselves. */
function tableRow(
  book: Book,
  columns: readonly SheetColumn[],
  row: number,
  contents: readonly (CellContent | null)[],
  look: Omit<CellLook, 'format' | 'align'> = {},
): string {
  const lines = Math.max(1, ...columns.map(({ width }, c) => linesIn(contents[c] ?? null, width)));
  const height = lines > 1 ? ` ht="${Math.min(HIGHEST, lines * LINE + 1)}" customHeight="1"` : '';
  const cells = columns.map((_, c) => cell(book, address(row, c), contents[c] ?? null, look));
  return rowXml(row, cells, height);
}

/** Title and note over the table, each across its width. */
function headXml(book: Book, { title, note }: Sheet, last: number): { rows: string[]; merged: string[] } {
  const lines = [
    ...(title
      ? [{ text: title, as: 'title' as const, align: 'center' as const, more: ' ht="30" customHeight="1"' }]
      : []),
    ...(note ? [{ text: note, as: 'note' as const, align: 'left' as const, more: '' }] : []),
  ];
  return {
    rows: lines.map(({ text, as, align, more }, row) =>
      rowXml(row, [cell(book, address(row, 0), textContent(text, align), { as })], more),
    ),
    merged: last > 0 ? lines.map((_, row) => `${address(row, 0)}:${address(row, last)}`) : [],
  };
}

/** One sheet, and the row of its headings (from 0). */
function sheetXml(book: Book, sheet: Sheet, selected: boolean): { xml: string; top: number; table: string } {
  const last = Math.max(0, sheet.columns.length - 1);
  const head = headXml(book, sheet, last);
  const top = head.rows.length;
  const { columns: shown } = sheet;
  const heading = tableRow(
    book,
    shown,
    top,
    shown.map((column) => textContent(column.heading, 'center')),
    {
      as: 'heading',
    },
  );
  const body = sheet.rows.map((row, r) =>
    tableRow(
      book,
      shown,
      top + 1 + r,
      shown.map(({ kind }, c) => contentOf(row[c], kind)),
    ),
  );
  const end = top + sheet.rows.length;
  const total = ({ kind }: SheetColumn, c: number): CellContent | null =>
    contentOf(sheet.totals?.[c], kind === 'text' || kind === 'day' ? 'text' : 'number');
  const totals = sheet.totals ? [tableRow(book, shown, end + 1, shown.map(total), { bold: true })] : [];
  const table = XLSX.utils.encode_range({ s: { r: top, c: 0 }, e: { r: end, c: last } });
  const first = address(top + 1, 0);
  const pane = [
    `<pane ySplit="${top + 1}" topLeftCell="${first}" activePane="bottomLeft" state="frozen"/>`,
    `<selection pane="bottomLeft" activeCell="${first}" sqref="${first}"/>`,
  ].join('');
  const columns = sheet.columns.map(
    ({ width }, c) => `<col min="${c + 1}" max="${c + 1}" width="${width + 0.71}" customWidth="1"/>`,
  );
  const xml = [
    `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<dimension ref="${address(0, 0)}:${address(end + totals.length, last)}"/>`,
    `<sheetViews><sheetView workbookViewId="0"${selected ? ' tabSelected="1"' : ''}>${pane}</sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '',
    `<sheetData>${[...head.rows, ...(shown.length > 0 ? [heading] : []), ...body, ...totals].join('')}</sheetData>`,
    sheet.columns.length > 0 ? `<autoFilter ref="${table}"/>` : '',
    head.merged.length > 0
      ? `<mergeCells count="${head.merged.length}">${head.merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
      : '',
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    '<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>',
  ].join('');
  return { xml, top, table };
}

const quoted = (name: string): string => escaped(`'${name.replaceAll("'", "''")}'`);
/** `A3:F9` as a formula names it. */
const fixed = (range: string): string => range.replace(/([A-Z]{1,3})(\d{1,7})/g, '$$$1$$$2');

/** Filters and repeated headings, which Excel keeps as hidden names. */
function namesXml(sheets: readonly { name: string; top: number; table: string; columns: number }[]): string {
  const names = sheets.flatMap(({ name, top, table, columns }, at) =>
    columns === 0
      ? []
      : [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${quoted(name)}!${fixed(table)}</definedName>`,
          `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${quoted(name)}!$${top + 1}:$${top + 1}</definedName>`,
        ],
  );
  return names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : '';
}

/**
 * A workbook as .xlsx bytes: heading row frozen, filterable and repeated in print, sheet names made legal and unique. Cells never carry
 * formulas: a text that begins with = + - @ is stored as that text.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const given = sheets.length > 0 ? sheets : [{ name: '', columns: [], rows: [] }];
  const names: string[] = [];
  for (const { name } of given) names.push(sheetName(name, names));
  const book: Book = { texts: new Texts(), looks: new Looks() };
  const made = given.map((sheet, at) => sheetXml(book, sheet, at === 0));
  const told = made.map(({ top, table }, at) => ({
    name: names[at] ?? '',
    top,
    table,
    columns: given[at]?.columns.length ?? 0,
  }));
  const numbers = made.map((_, at) => at + 1);
  const relation = (id: number, kind: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const override = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}" ContentType="${CONTENT}.${kind}+xml"/>`;
  const sheetsXml = numbers.map((n) => `<sheet name="${escaped(names[n - 1] ?? '')}" sheetId="${n}" r:id="rId${n}"/>`);
  return packed({
    '[Content_Types].xml': [
      `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="${PACKAGE}.relationships+xml"/>`,
      '<Default Extension="xml" ContentType="application/xml"/>',
      override('workbook.xml', 'sheet.main'),
      ...numbers.map((n) => override(`worksheets/sheet${n}.xml`, 'worksheet')),
      override('styles.xml', 'styles'),
      override('sharedStrings.xml', 'sharedStrings'),
      '</Types>',
    ].join(''),
    '_rels/.rels': relationsXml([relation(1, 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': [
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheetsXml.join('')}</sheets>`,
      `${namesXml(told)}</workbook>`,
    ].join(''),
    'xl/_rels/workbook.xml.rels': relationsXml([
      ...numbers.map((n) => relation(n, 'worksheet', `worksheets/sheet${n}.xml`)),
      relation(numbers.length + 1, 'styles', 'styles.xml'),
      relation(numbers.length + 2, 'sharedStrings', 'sharedStrings.xml'),
    ]),
    ...Object.fromEntries(made.map(({ xml }, at) => [`xl/worksheets/sheet${at + 1}.xml`, xml])),
    'xl/styles.xml': book.looks.xml(),
    'xl/sharedStrings.xml': book.texts.xml(),
  });
}

const relationsXml = (relations: readonly string[]): string =>
  `<Relationships xmlns="${RELATIONS}">${relations.join('')}</Relationships>`;

function packed(parts: Readonly<Record<string, string>>): Uint8Array {
  const cfb = XLSX.CFB as unknown as Cfb;
  const container = cfb.utils.cfb_new();
  for (const [path, xml] of Object.entries(parts))
    cfb.utils.cfb_add(container, `/${path}`, Buffer.from(XML + xml, 'utf8'));
  return new Uint8Array(cfb.write(container, { type: 'buffer', fileType: 'zip', compression: true }));
}

/** A legal sheet name: at most 31 characters, none of `[]:*?/\`, no edge apostrophes, not History, unique without case. */
export function sheetName(wanted: string, taken: readonly string[] = []): string {
  const cut = (text: string, length: number): string => {
    let result = '';
    for (const character of text) {
      if (result.length + character.length > length) break;
      result += character;
    }
    return result;
  };
  let base = cut(
    cleanText(wanted)
      .replace(/[[\]:*?/\\\n\t]/g, ' ')
      .replace(/^[\s']+|(?<![\s'])[\s']+$/g, ''),
    31,
  ).replace(/(?<![\s'])[\s']+$/, '');
  if (base === '' || base.toLowerCase() === 'history') base = base === '' ? '表' : '历史';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = base;
  for (let number = 2; used.has(name.toLowerCase()); number += 1) {
    const suffix = `(${number})`;
    name = cut(base, 31 - suffix.length) + suffix;
  }
  return name;
}
