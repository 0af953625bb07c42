// xlsx, xlsb and xls through SheetJS. The zip is opened by zip-guard, so SheetJS never inflates anything itself.
import * as XLSX from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { ReadCell } from './cell.ts';
import { booleanCell, errorCell, numberCell, textCell } from './cell.ts';
import { UnreadableFile } from './refusal.ts';
import type { ReadSheet } from './sheet.ts';
import { MAX_ROWS, makeSheet, visitSparse } from './sheet.ts';
import { inflateEntries, readDirectory } from './zip-guard.ts';

// old xls files (Excel 95, WPS) say their text in code page 936
XLSX.set_cptable(codepages);

/** A zip as SheetJS takes it from outside; `data` is text of one character per byte. */
interface OpenedZip {
  files: Record<string, { name: string; data?: string; asNodeBuffer?: () => Buffer }>;
}
const parseZip = (XLSX as unknown as { parse_zip: (zip: OpenedZip, options: XLSX.ParsingOptions) => XLSX.WorkBook })
  .parse_zip;

/** cellStyles is what makes SheetJS read hidden rows; formatted text and HTML are not needed and cost the most. */
const OPTIONS: XLSX.ParsingOptions = {
  dense: true,
  cellStyles: true,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellFormula: true,
  cellDates: false,
};
const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
};
/** Parts that hold no cells: photos alone can make a register of findings larger than every limit. */
const NEEDLESS = new RegExp(
  String.raw`(^|/)(media|drawings|charts|chartsheets|embeddings|printersettings|pivottables|pivotcache|externallinks|customxml|` +
    String.raw`ctrlprops|activex|comments|threadedcomments|queries|slicers|slicercaches|docprops|customui)/|` +
    String.raw`vbaproject|/comments\d*\.xml$|calcchain\.xml$|thumbnail|/$`,
  'i',
);

/** Built-in date formats of Chinese Excel, which files use without defining them. */
const CHINESE_DATE_FORMATS = new Set(['27', '28', '29', '30', '31', '36', '50', '51', '52', '53', '54', '57', '58']);

/** Gives the Chinese built-in date formats, which SheetJS does not know by number, the number of the common one. */
function tidyStyles(xml: string): string {
  const defined = new Set([...xml.matchAll(/<(?:\w+:)?numFmt\s[^<>]*?numFmtId="(\d+)"/g)].map((match) => match[1]));
  return xml.replace(/(<(?:\w+:)?xf\s[^<>]*?numFmtId=")(\d+)"/g, (whole, before: string, id: string) =>
    CHINESE_DATE_FORMATS.has(id) && !defined.has(id) ? `${before}14"` : whole,
  );
}

/** Takes out cells and rows that only carry a format, and marks formulas without a stored result, which SheetJS takes for 0. */
function tidySheet(xml: string): string {
  const tidy = xml
    .replace(/<(?:\w+:)?c\s[^<>]*?\br="[A-Z]+\d+"[^<>]*\/>/g, '')
    .replace(/<(?:\w+:)?row\s(?:[^<>]*?\s)?r="\d+"[^<>]*(?:\/>|>\s*<\/(?:\w+:)?row>)/g, '')
    .replace(
      /(<\/(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?\/>)(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v><\/(?:\w+:)?v>)?(?=<\/(?:\w+:)?c>)/g,
      '$1<v>none</v>',
    );
  let rows = 0;
  for (let at = tidy.indexOf('row>'); at >= 0; at = tidy.indexOf('row>', at + 4)) rows += 1;
  if (rows > MAX_ROWS * 2) throw new UnreadableFile('TOO_BIG');
  return tidy;
}

type DenseSheet = XLSX.WorkSheet & { '!data'?: (XLSX.CellObject | undefined)[][] };

/** Whether a format writes a year, an era or a day, outside of what it only quotes. */
function showsDay(format: string): boolean {
  const plain = format.replace(/\[[^[\]]*\]|"[^"]*"|\\./g, '').toLowerCase();
  const month = plain.indexOf('m');
  return /[yedg]/.test(plain) || (month >= 0 && /[^:]d/.test(plain.slice(month + 1)));
}

function makeCells(sheet: DenseSheet, date1904: boolean): (ReadCell | undefined)[][] {
  const isDate = new Map<string, boolean>();
  const showsDate = (format: string | undefined): boolean => {
    if (format === undefined || format === 'General') return false;
    const known = isDate.get(format);
    if (known !== undefined) return known;
    // a time of day alone (h:mm) is no day
    const shown = XLSX.SSF.is_date(format) === true && showsDay(format);
    isDate.set(format, shown);
    return shown;
  };
  const convert = (cell: XLSX.CellObject): ReadCell | undefined => {
    const formula = cell.f !== undefined || cell.F !== undefined;
    const { v } = cell;
    switch (cell.t) {
      case 's':
        return formula && v === 'none' ? textCell('', true) : textCell(String(v ?? ''), formula);
      case 'n':
        return numberCell(
          Number(v),
          typeof cell.z === 'string' ? cell.z : undefined,
          showsDate(cell.z as string | undefined),
          date1904,
          formula,
        );
      case 'b':
        return booleanCell(v === true, formula);
      // an error without a code is the mark of tidySheet (a formula whose result the file does not hold) or an error newer than SheetJS
      case 'e':
        return v === undefined && !formula
          ? textCell('')
          : v === undefined
            ? errorCell('', true)
            : errorCell(ERRORS[Number(v)] ?? '#VALUE!', formula);
      default:
        return undefined;
    }
  };
  const cells: (ReadCell | undefined)[][] = [];
  visitSparse(sheet['!data'] ?? [], (row, r) => {
    const converted: (ReadCell | undefined)[] = [];
    visitSparse(row, (cell, c) => {
      converted[c] = convert(cell);
    });
    cells[r] = converted;
  });
  return cells;
}

/** The sheets of a SheetJS workbook read in dense mode; charts and dialogs are left out. */
export function sheetsOf(book: XLSX.WorkBook): ReadSheet[] {
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name] as DenseSheet | undefined;
    if (sheet === undefined || !Array.isArray(sheet['!data'])) return [];
    const rows = sheet['!rows'];
    return [
      makeSheet({
        name,
        date1904,
        hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
        cells: makeCells(sheet, date1904),
        isHiddenRow: (row) => rows?.[row]?.hidden === true,
        merges: (sheet['!merges'] ?? []).map(({ s, e }) => ({
          firstRow: s.r,
          lastRow: e.r,
          firstColumn: s.c,
          lastColumn: e.c,
        })),
      }),
    ];
  });
}

function refusalOf(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  const message = error instanceof Error ? error.message : '';
  return new UnreadableFile(/password|encrypt/i.test(message) ? 'ENCRYPTED' : 'CORRUPT', error);
}

/**
 * Reads an xlsx, xlsm or xlsb file.
 * @throws UnreadableFile NOT_A_SPREADSHEET for a zip without a workbook (docx ...), TOO_BIG, ENCRYPTED, CORRUPT.
 */
export function readZippedWorkbook(file: Buffer): ReadSheet[] {
  const entries = readDirectory(file);
  if (!entries.some((entry) => /(^|\/)workbook\d*\.(xml|bin)$/i.test(entry.name))) {
    throw new UnreadableFile(entries.some((entry) => /^xl\//i.test(entry.name)) ? 'CORRUPT' : 'NOT_A_SPREADSHEET');
  }
  const contents = inflateEntries(
    file,
    entries.filter((entry) => !NEEDLESS.test(entry.name)),
  );
  const files: OpenedZip['files'] = {};
  for (const [name, content] of contents) {
    if (/\.bin$/i.test(name)) files[name] = { name, asNodeBuffer: () => content };
    else {
      const text = content.toString('latin1');
      const data = /worksheets\/[^/]*\.xml$/i.test(name)
        ? tidySheet(text)
        : /styles\d*\.xml$/i.test(name)
          ? tidyStyles(text)
          : text;
      files[name] = { name, data };
    }
  }
  try {
    const sheets = sheetsOf(parseZip({ files }, { ...OPTIONS }));
    if (sheets.length === 0) throw new UnreadableFile('CORRUPT');
    return sheets;
  } catch (error) {
    throw refusalOf(error);
  }
}

/**
 * Reads an xls file (OLE container or bare BIFF).
 * @throws UnreadableFile NOT_A_SPREADSHEET for other OLE files (doc, msg ...), ENCRYPTED, TOO_BIG, CORRUPT.
 */
export function readOldWorkbook(file: Buffer): ReadSheet[] {
  try {
    if (file.readUInt32BE(0) === 0xd0cf11e0) {
      const container: unknown = XLSX.CFB.read(file, { type: 'buffer' });
      const has = (name: string): boolean => Boolean(XLSX.CFB.find(container, name));
      if (has('EncryptedPackage') || has('EncryptionInfo')) throw new UnreadableFile('ENCRYPTED');
      if (!has('Workbook') && !has('Book')) throw new UnreadableFile('NOT_A_SPREADSHEET');
    }
    const sheets = sheetsOf(XLSX.read(file, { ...OPTIONS, type: 'buffer' }));
    if (sheets.length === 0) throw new UnreadableFile('CORRUPT');
    return sheets;
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Reads a workbook in the XML form of Excel 2003, given as decoded text. */
export function readXmlWorkbook(text: string): ReadSheet[] {
  try {
    return sheetsOf(XLSX.read(text, { ...OPTIONS, type: 'string' }));
  } catch (error) {
    throw refusalOf(error);
  }
}
