// Any spreadsheet file to neutral sheets; what a file is, its content says and not its name. Synchronous, for a worker.
import { decodeText, readDelimited } from './csv.ts';
import { readHtmlTables } from './html.ts';
import { UnreadableFile } from './refusal.ts';
import type { ReadSheet } from './sheet.ts';
import { readOldWorkbook, readXmlWorkbook, readZippedWorkbook } from './sheetjs.ts';
import { MAX_UNCOMPRESSED } from './zip-guard.ts';

/** A file as it was read. `encoding` is that of text files, else null; `xls` includes the XML form of Excel 2003. */
export interface ReadWorkbook {
  readonly format: 'xlsx' | 'xls' | 'csv' | 'html';
  readonly encoding: string | null;
  readonly sheets: readonly ReadSheet[];
}

/** First bytes of files that people take for spreadsheets: PDF, images, archives, RTF, programs, Access databases. */
const FOREIGN: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x52, 0x49, 0x46, 0x46],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
  [0x7b, 0x5c, 0x72, 0x74],
  [0x4d, 0x5a, 0x90],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x00, 0x01, 0x00, 0x00, 0x53],
  [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
  [0x4d, 0x49, 0x4d, 0x45, 0x2d, 0x56],
];
const startsWith = (file: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => file[index] === byte);
const stem = (fileName: string): string => (fileName.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '') || '表1';

/** An object or a list of objects, also one per line or cut off: no table begins so. */
const JSON_OBJECT = /^\[?\s*\{\s*(?:"[^"\n]{1,200}"\s*:|\})/;

/** Is this a list in JSON from end to end? */
function isJson(text: string): boolean {
  if (!/^\s*\[[\s\S]*\]\s*$/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The encoding that a page names for itself is kept only if it is one of the Chinese ones: the bytes decide first. */
function readText(file: Buffer, fileName: string): ReadWorkbook {
  const { text, encoding } = decodeText(file);
  if (text.trim() === '') throw new UnreadableFile('EMPTY_FILE');
  const head = text.slice(0, 4096).trimStart();
  if (head.startsWith('<')) {
    if (head.includes('urn:schemas-microsoft-com:office:spreadsheet') && /<(?:\w+:)?Workbook\b/.test(head)) {
      return { format: 'xls', encoding, sheets: readXmlWorkbook(text.trimStart()) };
    }
    if (/<table\b/i.test(text)) return { format: 'html', encoding, sheets: readHtmlTables(text) };
    if (/^<(?:\?xml|!doctype|html|svg)\b/i.test(head)) throw new UnreadableFile('NOT_A_SPREADSHEET');
  }
  if (JSON_OBJECT.test(head) || isJson(text)) throw new UnreadableFile('JSON');
  return { format: 'csv', encoding, sheets: [readDelimited(text, stem(fileName))] };
}

function read(file: Buffer, fileName: string): ReadWorkbook {
  if (startsWith(file, [0x50, 0x4b, 0x05, 0x06])) throw new UnreadableFile('NOT_A_SPREADSHEET');
  if (startsWith(file, [0x50, 0x4b, 0x03, 0x04]))
    return { format: 'xlsx', encoding: null, sheets: readZippedWorkbook(file) };
  const isBareBiff =
    file[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(file[1] ?? -1) && file[3] === 0x00 && (file[2] ?? 0) <= 0x10;
  if (isBareBiff || startsWith(file, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
    return { format: 'xls', encoding: null, sheets: readOldWorkbook(file) };
  }
  if (FOREIGN.some((bytes) => startsWith(file, bytes))) throw new UnreadableFile('NOT_A_SPREADSHEET');
  return readText(file, fileName);
}

/**
 * Reads a spreadsheet file of any kind: xlsx, xlsm, xlsb, xls, csv and other delimited text, an HTML table.
 * @param bytes the whole file.
 * @param fileName its name; names a csv's sheet and tells a WPS `.et` from other unreadable files.
 * @throws UnreadableFile with the sentence for the user.
 */
export function readWorkbook(bytes: Uint8Array, fileName: string): ReadWorkbook {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length === 0) throw new UnreadableFile('EMPTY_FILE');
  if (file.length > MAX_UNCOMPRESSED) throw new UnreadableFile('TOO_BIG');
  try {
    return read(file, fileName);
  } catch (error) {
    const refusal = error instanceof UnreadableFile ? error : new UnreadableFile('CORRUPT', error);
    if (/\.et$/i.test(fileName) && (refusal.code === 'NOT_A_SPREADSHEET' || refusal.code === 'CORRUPT'))
      throw new UnreadableFile('WPS_ET', error);
    throw refusal;
  }
}
