// Builders that make messy workbooks in memory: merged headings, odd formats, broken and hostile files.
import { crc32, deflateRawSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';

/** A cell to write: a plain value, or a SheetJS cell for formats, formulas and errors. */
export type Value = string | number | boolean | null | XLSX.CellObject;

/** A sheet to write. */
export interface SheetPlan {
  readonly name?: string;
  readonly rows: readonly (readonly Value[])[];
  /** Merged ranges such as `A1:B1`. */
  readonly merges?: readonly string[];
  /** 1-based rows to hide. */
  readonly hiddenRows?: readonly number[];
  readonly hidden?: boolean;
}

/** Writes sheets as a workbook in the given format. */
export function workbook(
  plans: readonly SheetPlan[],
  bookType: 'xlsx' | 'biff8' | 'xlsb' | 'xlml' = 'xlsx',
  date1904 = false,
): Uint8Array {
  const book = XLSX.utils.book_new();
  plans.forEach((plan, index) => {
    const sheet = XLSX.utils.aoa_to_sheet(plan.rows.map((row) => [...row]) as unknown[][]);
    sheet['!merges'] = (plan.merges ?? []).map((range) => XLSX.utils.decode_range(range));
    if (plan.hiddenRows) {
      const rows: XLSX.RowInfo[] = [];
      for (const row of plan.hiddenRows) rows[row - 1] = { hidden: true };
      sheet['!rows'] = rows;
    }
    XLSX.utils.book_append_sheet(book, sheet, plan.name ?? `Sheet${index + 1}`);
  });
  book.Workbook = { WBProps: { date1904 }, Sheets: plans.map((plan) => ({ Hidden: plan.hidden ? 1 : 0 })) };
  return new Uint8Array(XLSX.write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer);
}

/** Text in an encoding of iconv-lite. */
export function encoded(text: string, encoding: string, bom = false): Uint8Array {
  return iconv.encode(text, encoding, { addBOM: bom });
}

/** One part of a zip; `size` lies about the uncompressed size where given. */
export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
  readonly size?: number;
}

/** Writes a zip by hand, so that its headers can lie. */
export function zip(parts: readonly ZipPart[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const packed = deflateRawSync(part.content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(part.content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(part.size ?? part.content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), facts, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, tail, name]));
    bodies.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The parts of a minimal xlsx around the given sheet XML, for sheets that no library would write. */
export function rawXlsx(sheetXml: string | Buffer, size?: number): Uint8Array {
  const part = (name: string, text: string): ZipPart => ({
    name,
    content: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
  });
  return zip([
    part(
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Override PartName="/xl/workbook.xml"' +
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
        '<Override PartName="/xl/worksheets/sheet1.xml"' +
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' +
        '</Types>',
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    { name: 'xl/worksheets/sheet1.xml', content: Buffer.from(sheetXml), ...(size === undefined ? {} : { size }) },
  ]);
}

/** Sheet XML with the given `<row>` elements and declared range. */
export function sheetXml(rows: string, ref = 'A1'): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><dimension ref="${ref}"/>` +
    `<sheetData>${rows}</sheetData></worksheet>`
  );
}

/** An OLE container with the named streams; `EncryptedPackage` is what a password-protected xlsx looks like. */
export function oleFile(streams: Readonly<Record<string, Buffer>>): Uint8Array {
  const container = XLSX.CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(container, `/${name}`, content);
  return new Uint8Array(XLSX.CFB.write(container, { type: 'buffer' }) as Buffer);
}
