// Reading of spreadsheet files: formats, encodings, odd cells, and files that must be refused in time (domain reference 6.2).
import * as XLSX from '@e965/xlsx';
import { expect, test } from 'vitest';
import { readWorkbook, UnreadableFile } from '../../services/spreadsheets/index.ts';
import { encoded, oleFile, rawXlsx, sheetXml, workbook, zip } from '../support/spreadsheets.ts';
import { cpuMs } from '../support/limits.ts';

const texts = (bytes: Uint8Array, name = 'a.xlsx', sheet = 0): string[][] =>
  (readWorkbook(bytes, name).sheets[sheet]?.rows ?? []).map((row) => row.map((cell) => cell.text));
const refusal = (bytes: Uint8Array, name = 'a.xlsx'): string => {
  try {
    readWorkbook(bytes, name);
    return 'READ';
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    expect(error.sentence).toMatch(/\p{Script=Han}{6}.*(?:请|后)/u);
    return error.code;
  }
};
const CODE = '91310115MA1K00015K';
const ROWS = [
  ['企业名称', '统一社会信用代码', '电话'],
  ['上海甲乙有限公司', CODE, '013812346021'],
  ['丙丁厂', '000123', ''],
];

test.each(['xlsx', 'biff8', 'xlsb', 'xlml'] as const)('the same rows come out of %s', (bookType) => {
  const book = readWorkbook(workbook([{ rows: ROWS }], bookType), 'a.xls');
  expect(book.sheets[0]?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
    ROWS[0],
    ROWS[1],
    ['丙丁厂', '000123'],
  ]);
});

test.each([
  ['utf-8', false, 'utf-8'],
  ['utf-8', true, 'utf-8'],
  ['utf-16le', true, 'utf-16le'],
  ['gbk', false, 'gb18030'],
  ['gb18030', false, 'gb18030'],
])('a csv in %s (mark: %s) keeps its names, leading zeros and codes', (encoding, bom, found) => {
  const rare = encoding === 'gbk' ? '上海甲乙有限公司' : '上海𠮷㐂有限公司';
  const bytes = encoded(`企业名称,信用代码,电话\r\n"${rare}",913101150000123456,013812346021\r\n`, encoding, bom);
  const book = readWorkbook(bytes, '名单.csv');
  expect(book).toMatchObject({ format: 'csv', encoding: found });
  expect(book.sheets[0]?.rows[1]?.map((cell) => [cell.text, cell.kind])).toEqual([
    [rare, 'text'],
    ['913101150000123456', 'text'],
    ['013812346021', 'text'],
  ]);
});

test.each([',', ';', '\t'])('the delimiter %j is found although values hold commas', (delimiter) => {
  const quote = (value: string): string => (value.includes(delimiter) ? `"${value}"` : value);
  const csv = [
    ['名称', '污染物', '地址'],
    ['甲', '氨,硫化氢,臭气', '一路,1号'],
    ['乙', '烟尘,二氧化硫', '二路'],
  ]
    .map((row) => row.map(quote).join(delimiter))
    .join('\n');
  expect(texts(encoded(csv, 'utf-8'), 'a.csv')[1]).toEqual(['甲', '氨,硫化氢,臭气', '一路,1号']);
});

test('quoted line breaks and doubled quotes stay in their cell, a stray quote does not swallow the file', () => {
  expect(texts(encoded('名称,备注\n甲,"一\n二""三"\n', 'utf-8'), 'a.csv')).toEqual([
    ['名称', '备注'],
    ['甲', '一\n二"三'],
  ]);
  expect(texts(encoded('名称,备注\n"甲,乙\n丙,丁\n', 'utf-8'), 'a.csv')).toHaveLength(3);
});

test('a code kept as a number is recognisable by its stored value', () => {
  const cell = readWorkbook(workbook([{ rows: [['代码'], [913101150000123456]] }]), 'a.xlsx').sheets[0]?.rows[1]?.[0];
  expect(cell).toMatchObject({ kind: 'number' });
  expect(typeof cell?.raw === 'number' && cell.raw >= 1e15).toBe(true);
});

test('dates become days in both date systems; percentages and plain numbers do not', () => {
  const row = [
    { t: 'n', v: 45291, z: 'yyyy/m/d' },
    { t: 'n', v: 45291, z: '0' },
    { t: 'n', v: 0.1 + 0.2 },
  ] as const;
  expect(texts(workbook([{ rows: [['日期', '数', '和'], [...row]] }]))[1]).toEqual(['2023-12-31', '45291', '0.3']);
  const mac = readWorkbook(
    workbook([{ rows: [['日期'], [{ t: 'n', v: 43829, z: 'yyyy/m/d' }]] }], 'xlsx', true),
    'a.xlsx',
  ).sheets[0];
  expect(mac).toMatchObject({ date1904: true });
  expect(mac?.rows[1]?.[0]).toMatchObject({ text: '2023-12-31', kind: 'date' });
});

test('formulas give their stored result, errors are errors and not values', () => {
  const rows = [
    ['a', 'b'],
    [{ t: 'n', v: 7, f: 'A1+1' } as const, { t: 'e', v: 0x2a } as const],
  ];
  const cells = readWorkbook(workbook([{ rows }]), 'a.xlsx').sheets[0]?.rows[1];
  expect(cells?.[0]).toMatchObject({ text: '7', formula: true });
  expect(cells?.[1]).toMatchObject({ text: '#N/A', kind: 'error' });
});

test('a formula whose result was never stored is empty, not 0', () => {
  const xml = sheetXml(
    '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><v>3</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>',
  );
  const row = readWorkbook(rawXlsx(xml), 'a.xlsx').sheets[0]?.rows[0];
  expect(row?.map((cell) => cell.text)).toEqual(['', '3']);
});

test('times of day are no days, formats of zeros keep their zeros, dates before March 1900 are right', () => {
  const cells = [
    { t: 'n', v: 0.5, z: 'h:mm' },
    { t: 'n', v: 21, z: '000' },
    { t: 'n', v: 59, z: 'yyyy/m/d' },
    { t: 'n', v: 61, z: 'yyyy"年"m"月"d"日"' },
  ] as const;
  expect(texts(workbook([{ rows: [[...cells]] }]))[0]).toEqual(['0.5', '021', '1900-02-28', '1900-03-01']);
});

test('full-width digits stay as they were typed, edge spaces and invisible characters go', () => {
  expect(texts(workbook([{ rows: [['  ９１３１０１１５\u200b', '\u3000甲厂 ']] }]))[0]).toEqual([
    '９１３１０１１５',
    '甲厂',
  ]);
});

test('cells that only carry a format cost nothing: 16,384 styled columns around two values', () => {
  const column = (n: number): string =>
    (n >= 26 ? column(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26));
  const styled = Array.from({ length: 16_382 }, (_, i) => `<c r="${column(i + 2)}1" s="0"/>`).join('');
  const xml = sheetXml(
    `<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c><c r="B1"><v>1</v></c>${styled}</row>`,
    'A1:XFD1',
  );
  expect(texts(rawXlsx(xml))).toEqual([['企业名称', '1']]);
});

test('several sheets, hidden sheets and hidden rows are read and said to be hidden', () => {
  const book = readWorkbook(
    workbook([
      { name: '许浦村', rows: ROWS, hiddenRows: [3] },
      { name: '隐藏', rows: ROWS, hidden: true },
    ]),
    'a.xlsx',
  );
  expect(book.sheets.map((s) => [s.name, s.hidden, s.rows.length])).toEqual([
    ['许浦村', false, 3],
    ['隐藏', true, 3],
  ]);
  expect([...(book.sheets[0]?.hiddenRows ?? [])]).toEqual([3]);
});

test('the content decides, not the name: xlsx called xls, csv called xls, an HTML table called xls', () => {
  expect(texts(workbook([{ rows: ROWS }]), 'a.xls')).toHaveLength(3);
  expect(readWorkbook(encoded('企业名称\t电话\n甲\t1\n', 'gbk'), 'a.xls').format).toBe('csv');
  const html =
    '<html><meta charset="gb2312"><table><tr><td rowspan=2>许浦村</td><td>甲&amp;乙</td></tr><tr><td>001</td></tr></table></html>';
  expect(texts(encoded(html, 'gbk'), 'a.xls')).toEqual([
    ['许浦村', '甲&乙'],
    ['', '001'],
  ]);
});

test('a declared range of the whole sheet costs nothing when only a few cells are there', async () => {
  const xml = sheetXml(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>' +
      '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远处</t></is></c></row>',
    'A1:XFD1048576',
  );
  let sheet: ReturnType<typeof readWorkbook>['sheets'][number] | undefined;
  // Walking through the range would take minutes and all memory.
  expect(await cpuMs(() => (sheet = readWorkbook(rawXlsx(xml), 'a.xlsx').sheets[0]))).toBeLessThan(10_000);
  expect(sheet?.rowNumbers).toEqual([1, 1048576]);
});

test('a row of 16,384 filled columns is refused as too big, not chewed', () => {
  expect(refusal(workbook([{ rows: [Array.from({ length: 16_384 }, (_, i) => `列${i}`)] }]))).toBe('TOO_BIG');
});

test('a zip bomb is refused before it is inflated, also when its header lies', () => {
  const bomb = rawXlsx(Buffer.alloc(100 * 1024 * 1024));
  const lying = rawXlsx(Buffer.alloc(32 * 1024 * 1024), 1000);
  const huge = rawXlsx(sheetXml(''), 0xfffffff0);
  const before = process.memoryUsage().rss;
  expect([refusal(bomb), refusal(lying), refusal(huge)]).toEqual(['TOO_BIG', 'TOO_BIG', 'TOO_BIG']);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test('each kind of unreadable file has its own code and says what to do', () => {
  const good = workbook([{ rows: ROWS }]);
  expect(refusal(new Uint8Array())).toBe('EMPTY_FILE');
  expect(refusal(encoded('  \n', 'utf-8'), 'a.csv')).toBe('EMPTY_FILE');
  expect(refusal(Buffer.from('%PDF-1.7\n...'))).toBe('NOT_A_SPREADSHEET');
  expect(refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]))).toBe('NOT_A_SPREADSHEET');
  expect(refusal(zip([{ name: 'word/document.xml', content: Buffer.from('<w/>') }]))).toBe('NOT_A_SPREADSHEET');
  expect(refusal(Buffer.from('<!doctype html><p>登录已过期</p>'), 'a.xls')).toBe('NOT_A_SPREADSHEET');
  for (const json of [
    '{"rows": [{"name": "甲"}]}',
    '[\n  {"name": "甲"}',
    '{"name":"甲"}\n{"name":"乙"}',
    '[["甲", "乙"]]',
  ])
    expect(refusal(Buffer.from(json), 'a.csv')).toBe('JSON');
  expect(refusal(oleFile({ WordDocument: Buffer.alloc(600) }), 'a.xls')).toBe('NOT_A_SPREADSHEET');
  expect(refusal(oleFile({ EncryptionInfo: Buffer.alloc(600), EncryptedPackage: Buffer.alloc(6000) }))).toBe(
    'ENCRYPTED',
  );
  expect(refusal(oleFile({ Something: Buffer.alloc(600) }), 'a.et')).toBe('WPS_ET');
  expect(refusal(good.slice(0, good.length >> 1))).toBe('CORRUPT');
  expect(
    refusal(Uint8Array.from(good, (byte, i) => (i > 200 && i < good.length - 2000 ? byte ^ 0x55 : byte))),
  ).not.toBe('READ');
});

test('an old-format file under the name .et is simply read', () => {
  expect(texts(workbook([{ rows: ROWS }], 'biff8'), '名单.et')[1]?.[0]).toBe('上海甲乙有限公司');
});

test('4,177 rows of 25 columns are read in about the time of bare SheetJS', async () => {
  const rows = Array.from({ length: 4178 }, (_, r) =>
    Array.from({ length: 25 }, (_, c) => (c % 5 === 4 ? r * c : `值${r}-${c}`)),
  );
  const bytes = workbook([{ rows }]);
  const best = async (run: () => unknown): Promise<number> =>
    Math.min(await cpuMs(run), await cpuMs(run), await cpuMs(run));
  const bare = await best(() => XLSX.read(bytes, { type: 'array', dense: true }));
  const ours = await best(() => readWorkbook(bytes, 'a.xlsx'));
  console.log(
    `reading 4,177 rows: ${ours.toFixed(0)} ms, bare SheetJS ${bare.toFixed(0)} ms, ratio ${(ours / bare).toFixed(2)}`,
  );
  // a wide margin: the machine is shared, the printed ratio is the figure
  expect(ours / bare).toBeLessThan(2.5);
});
