// Excel workbooks: codes stay text, days are days, nothing is a formula, names are legal.
import * as XLSX from '@e965/xlsx';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { sheetName, writeWorkbook } from '../../services/documents/index.ts';

const text = { heading: '内容', width: 20, kind: 'text' } as const;
const number = { heading: '数', width: 8, kind: 'number' } as const;
const day = { heading: '日', width: 12, kind: 'day' } as const;

async function write(
  columns: Parameters<typeof writeWorkbook>[0][number]['columns'],
  rows: Parameters<typeof writeWorkbook>[0][number]['rows'],
): Promise<XLSX.WorkSheet> {
  const book = XLSX.read(await writeWorkbook([{ name: '表', columns, rows }]), {
    type: 'array',
    cellNF: true,
    cellText: true,
  });
  return book.Sheets['表'] ?? {};
}

test('codes stay text: leading zeros, long digits and credit codes come back as they went in', async () => {
  const codes = ['00123', '310115000000000001', '91310115MA1K00015K', '1E5', '2026-05-01', 'TRUE'];
  const sheet = await write(
    [text],
    codes.map((code) => [code]),
  );
  codes.forEach((code, index) => expect(sheet[`A${index + 2}`]).toMatchObject({ t: 's', v: code, z: '@' }));
});

test.each(['=1+1', '+86 13812346021', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1+1', "=cmd|' /C calc'!A0"])(
  '%s is never a formula',
  async (value) => {
    const bytes = await writeWorkbook([
      { name: '表', columns: [text, number, day], rows: [[value, value === '-5' ? 'x' : value, value]] },
    ]);
    const xml = (await (await JSZip.loadAsync(bytes)).file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
    expect(xml).not.toContain('<f>');
    const sheet = XLSX.read(bytes, { type: 'array', cellFormula: true }).Sheets['表'] ?? {};
    expect(sheet['A2']).toMatchObject({ t: 's', v: value });
    expect((sheet['A2'] as XLSX.CellObject).f).toBeUndefined();
  },
);

test('numbers keep the decimals they were entered with; what a number cannot hold stays text', async () => {
  const sheet = await write(
    [number],
    [[3], ['12.50'], ['12345678901234567890'], ['0012'], ['约5'], [null], [Number.NaN]],
  );
  expect(sheet['A2']).toMatchObject({ t: 'n', v: 3 });
  expect(sheet['A3']).toMatchObject({ t: 'n', v: 12.5, w: '12.50' });
  expect(sheet['A4']).toMatchObject({ t: 's', v: '12345678901234567890' });
  expect(sheet['A5']).toMatchObject({ t: 's', v: '0012' });
  expect(sheet['A6']).toMatchObject({ t: 's', v: '约5' });
  expect(sheet['A7']).toBeUndefined();
});

test('days become Excel days; vague and impossible ones stay text', async () => {
  const sheet = await write([day], [['2023-12-31'], ['2026-02-30'], ['2026-05'], ['1900-01-01'], ['2024-02-29']]);
  expect(sheet['A2']).toMatchObject({ t: 'n', v: 45291, w: '2023-12-31' });
  expect(sheet['A3']).toMatchObject({ t: 's', v: '2026-02-30' });
  expect(sheet['A4']).toMatchObject({ t: 's', v: '2026-05' });
  expect(sheet['A5']).toMatchObject({ t: 's', v: '1900-01-01' });
  expect(sheet['A6']).toMatchObject({ t: 'n', w: '2024-02-29' });
});

test('the header row is frozen and every column can be filtered, on each sheet', async () => {
  const bytes = await writeWorkbook([
    { name: 'a', columns: [text, day], rows: [['x', null]] },
    { name: 'b', columns: [text], rows: [] },
  ]);
  const zip = await JSZip.loadAsync(bytes);
  for (const [path, range] of [
    ['xl/worksheets/sheet1.xml', 'A1:B2'],
    ['xl/worksheets/sheet2.xml', 'A1'],
  ] as const) {
    const xml = await zip.file(path)?.async('string');
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain(`<autoFilter ref="${range}"/>`);
  }
});

test('control characters are stripped and over-long texts are cut with a note instead of breaking the file', async () => {
  const sheet = await write([text], [['a\u0000\u0007b\ud800c'], ['长'.repeat(40_000)]]);
  expect(sheet['A2']).toMatchObject({ v: 'abc' });
  const long = (sheet['A3'] as XLSX.CellObject).v as string;
  expect(long.length).toBe(32_767);
  expect(long.endsWith('（内容过长，已截断）')).toBe(true);
});

describe('sheet names', () => {
  test.each([
    ['建东村/红星村[1]:*?', '建东村 红星村 1'],
    ["'引号'", '引号'],
    ['', '表'],
    ['   ', '表'],
    ['History', '历史'],
    [
      '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三',
      '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一',
    ],
  ])('%s becomes %s', (wanted, name) => expect(sheetName(wanted)).toBe(name));

  test('equal names, also in another case, are told apart within 31 characters', async () => {
    const long = 'A'.repeat(40);
    const bytes = await writeWorkbook(
      [long, long.toLowerCase(), long, '村'].map((name) => ({ name, columns: [text], rows: [] })),
    );
    const names = XLSX.read(bytes, { type: 'array' }).SheetNames;
    expect(names).toEqual(['A'.repeat(31), `${'a'.repeat(28)}(2)`, `${'A'.repeat(28)}(3)`, '村']);
  });
});

test('a workbook without sheets still opens', async () => {
  expect(XLSX.read(await writeWorkbook([]), { type: 'array' }).SheetNames).toEqual(['表']);
});

describe('a sheet that is printed', () => {
  const sheet = {
    name: '清单',
    title: '问题清单',
    note: '截至 2026-11-18　共 2 项',
    columns: [text, number, number, day],
    rows: [
      ['很长的说明', 3, '86.9%', '2026-11-06'],
      ['短', '12.50', '－', null],
    ],
    totals: ['合计2项', 15.5, '94.96%', null],
  };
  const part = async (path: string): Promise<string> =>
    (await (await JSZip.loadAsync(await writeWorkbook([sheet]))).file(path)?.async('string')) ?? '';

  test('has title and as-of day over its headings, and a row of totals', async () => {
    const book = XLSX.read(await writeWorkbook([sheet]), { type: 'array', cellNF: true });
    const rows = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets['清单'] ?? {}, { header: 1, defval: null });
    expect(rows.map((row) => row[0])).toEqual([
      '问题清单',
      '截至 2026-11-18　共 2 项',
      '内容',
      '很长的说明',
      '短',
      '合计2项',
    ]);
    expect(book.Sheets['清单']?.['!merges']).toHaveLength(2);
  });

  test('rates are numbers with a percent format, as many decimals as were printed; what is none stays text', async () => {
    const book = XLSX.read(await writeWorkbook([sheet]), { type: 'array', cellNF: true });
    const cells = book.Sheets['清单'] ?? {};
    expect(cells['C4']).toMatchObject({ t: 'n', v: 0.869, z: '0.0%', w: '86.9%' });
    expect(cells['C5']).toMatchObject({ t: 's', v: '－' });
    expect(cells['C6']).toMatchObject({ t: 'n', v: 0.9496, z: '0.00%', w: '94.96%' });
  });

  test('prints landscape, as wide as the page, with its heading on every page and numbered pages', async () => {
    const xml = await part('xl/worksheets/sheet1.xml');
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(xml).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(xml).toContain('第 &amp;P 页');
    // The filter ends above the totals.
    expect(xml).toContain('<autoFilter ref="A3:D5"/>');
    const book = await part('xl/workbook.xml');
    expect(book).toContain('<definedName name="_xlnm.Print_Titles" localSheetId="0">\'清单\'!$3:$3</definedName>');
  });

  test('a row is as high as its longest text, counted by the width of its columns', async () => {
    const long = {
      ...sheet,
      rows: [
        ['危'.repeat(35), 1, '1%', null],
        ['短', 1, '1%', null],
      ],
    };
    const file = (await JSZip.loadAsync(await writeWorkbook([long]))).file('xl/worksheets/sheet1.xml');
    const heights = [...((await file?.async('string')) ?? '').matchAll(/<row r="(\d+)"(?: ht="([\d.]+)")?/g)];
    // 35 Chinese characters are 70 wide: four lines of a column of 20.
    expect(heights.slice(3, 5).map(([, , height]) => height)).toEqual(['58', undefined]);
  });

  test('cells have borders and wrapped text, also the empty ones', async () => {
    const [xml, styles] = [await part('xl/worksheets/sheet1.xml'), await part('xl/styles.xml')];
    const looks = [...styles.matchAll(/<xf [^>]*borderId="(\d)"[^>]*>(?:<alignment([^>]*)\/>)?/g)].slice(2);
    const cells = [...xml.matchAll(/<c r="([A-D])(\d)" s="(\d+)"/g)].filter(([, , row]) => Number(row) > 2);
    expect(cells).toHaveLength(4 * 4);
    for (const [, column, row, look] of cells) {
      const [, border, alignment] = looks[Number(look) - 1] ?? [];
      expect([column, row, border, alignment?.includes('wrapText="1"')]).toEqual([column, row, '1', true]);
    }
  });
});
