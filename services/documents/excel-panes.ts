// Freezes the header row of every sheet; the spreadsheet library writes no panes itself.
import * as XLSX from '@e965/xlsx';

interface Entry { content: Uint8Array | number[]; size: number }
interface Container { FullPaths: string[]; FileIndex: Entry[] }
interface Cfb {
  read(data: Uint8Array, options: { type: 'array' | 'buffer' }): Container;
  write(container: Container, options: { type: 'buffer'; fileType: 'zip'; compression: boolean }): Uint8Array;
}

const PANE = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>';

/** The same workbook with `<pane>` in each sheet; unchanged where a sheet has no plain view to put it in. */
export function freezeHeaders(xlsx: Uint8Array): Uint8Array {
  const cfb = XLSX.CFB as Cfb;
  const container = cfb.read(Buffer.from(xlsx), { type: 'buffer' });
  container.FullPaths.forEach((path, index) => {
    const entry = container.FileIndex[index];
    if (!entry || !/\/xl\/worksheets\/sheet\d+\.xml$/.test(path)) return;
    const xml = Buffer.from(entry.content).toString('utf8');
    const frozen = xml.replace(/<sheetView ([^>]*?)\/>/, `<sheetView $1>${PANE}</sheetView>`);
    entry.content = Buffer.from(frozen, 'utf8');
    entry.size = entry.content.length;
  });
  return new Uint8Array(cfb.write(container, { type: 'buffer', fileType: 'zip', compression: true }));
}
