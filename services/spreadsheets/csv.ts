// Text files: which encoding, which delimiter, which cells. Nothing is ever turned into a number.
import iconv from 'iconv-lite';
import { textCell } from './cell.ts';
import { UnreadableFile } from './refusal.ts';
import type { ReadSheet } from './sheet.ts';
import { MAX_ROWS, makeSheet } from './sheet.ts';

/** Text that was decoded, and the name of the encoding (`utf-8`, `utf-16le`, `utf-16be`, `gb18030`, which includes GBK). */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** UTF-16 without a mark: every other byte of ASCII is zero. */
function utf16WithoutMark(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 4096);
  let [even, odd] = [0, 0];
  for (let i = 0; i < sample.length; i += 1)
    if (sample[i] === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  if (odd > sample.length / 20 && even === 0) return 'utf-16le';
  return even > sample.length / 20 && odd === 0 ? 'utf-16be' : null;
}

/** Is this text at all? Control characters and undecodable bytes say no. */
function isProse(text: string): boolean {
  return (
    count(text.slice(0, 200_000), /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/g) <=
    Math.min(text.length, 200_000) / 100
  );
}

/**
 * Decodes text: byte order marks first, then UTF-8 (a damaged character or two is forgiven), else GB18030.
 * @throws UnreadableFile NOT_A_SPREADSHEET when the bytes are not text.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const decode = (encoding: string, from = 0): DecodedText => {
    const text = iconv.decode(from === 0 ? bytes : bytes.subarray(from), encoding, { stripBOM: true });
    if (!isProse(text)) throw new UnreadableFile('NOT_A_SPREADSHEET');
    return { text, encoding };
  };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decode('utf-8', 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', 2);
  const wide = utf16WithoutMark(bytes);
  if (wide !== null) return decode(wide);
  const utf8 = bytes.toString('utf8');
  const bad = count(utf8, /\uFFFD/g);

  const foreign = bad === 0 ? 0 : count(utf8, /[^\u0000-\u007F\uFFFD]/g);
  return bad === 0 || bad * 50 < foreign ? decode('utf-8') : decode('gb18030');
}

/**
 * Splits delimited text into records: quoted fields may hold delimiters, line breaks and doubled quotes; a quote inside
 * an unquoted field is a character, and so is an opening quote that never closes.
 * @param limit stop after this many records.
 */
export function splitRecords(text: string, delimiter: string, limit = Number.POSITIVE_INFINITY): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  let quotes = true;
  const plainEnd = (from: number): number => {
    for (let i = from; i < text.length; i += 1) {
      const character = text[i];
      if (character === delimiter || character === '\n' || character === '\r') return i;
    }
    return text.length;
  };
  const closing = (from: number): number => {
    for (let i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 2)) if (text[i + 1] !== '"') return i;
    return -1;
  };
  while (at < text.length && records.length < limit) {
    let field: string;
    const close = quotes && text[at] === '"' ? closing(at + 1) : -1;
    if (close >= 0) {
      const end = plainEnd(close + 1);
      field = text.slice(at + 1, close).replaceAll('""', '"') + text.slice(close + 1, end);
      at = end;
    } else {
      if (text[at] === '"') quotes = false;
      const end = plainEnd(at);
      field = text.slice(at, end);
      at = end;
    }
    record.push(field);
    const character = text[at];
    if (character === delimiter) {
      at += 1;
      if (at < text.length) continue;
      record.push('');
    } else at += character === '\r' && text[at + 1] === '\n' ? 2 : 1;
    records.push(record);
    record = [];
  }
  return records;
}

/** The delimiter that cuts the first records into the most columns, most evenly; a comma for a single column. */
export function findDelimiter(text: string): string {
  const sample = text.slice(0, 200_000);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of [',', '\t', ';', '|']) {
    const widths = splitRecords(sample, delimiter, 30)
      .map((record) => record.length)
      .filter((width) => width > 1);
    const usual = widths.toSorted((a, b) => a - b)[widths.length >> 1] ?? 1;
    // records that agree with the usual width count, so a comma inside texts loses against a real delimiter
    const score = usual < 2 ? 0 : widths.filter((width) => width === usual).length * 4 + Math.min(usual, 40);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Reads delimited text as one sheet. A first line `sep=;` names the delimiter, as Excel has it. */
export function readDelimited(decoded: string, name: string): ReadSheet {
  const named = /^sep=(.)\r?\n/i.exec(decoded);
  const text = named ? decoded.slice(named[0].length) : decoded;
  const records = splitRecords(text, named?.[1] ?? findDelimiter(text), MAX_ROWS * 5);
  const cells = records.map((record) => record.map((field) => textCell(field)));
  // the line that names the delimiter is a row of the file too
  if (named) cells.unshift([]);
  return makeSheet({ name, hidden: false, date1904: false, cells, merges: [], isHiddenRow: () => false });
}
