// Every defect of the domain reference 6.2, by its words there: what must become of it, and no cell of it lost without a word.
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';
import { importOptions } from '../../contract/registers.ts';
import { foldText } from '../../domain/values/text.ts';
import { importFiles, type FilesDone } from '../../services/registers/index.ts';
import {
  makeCode,
  onFile,
  openDesk,
  quiet,
  workbook,
  type Cell,
  type SheetSpec,
  type TestDesk,
} from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

const [A, B] = ['上海甲甲机械有限公司', '上海乙乙机械有限公司'] as const;
const [CODE_A, CODE_B] = [makeCode('A1'), makeCode('B1')];

interface Defect {
  /** As 6.2 calls it. */
  readonly defect: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** Rows and texts of the file, to look for afterwards. */
  readonly rows: readonly (readonly Cell[])[];
  /** Cells that stand in another form afterwards; null: by design nothing (a serial number, a sum). */
  readonly becomes?: Readonly<Record<string, string | null>>;
  readonly holds: (done: FilesDone, on: Record<string, string | number | null>[]) => void | Promise<void>;
}

const book = (rows: readonly (readonly Cell[])[], more: Partial<SheetSpec> = {}): Defect['file'] => ({
  name: '名册.xlsx',
  bytes: workbook([{ name: '企业', rows, ...more }]),
});
const csv = (rows: readonly (readonly Cell[])[], encoding: string): Defect['file'] => ({
  name: '名册.csv',
  bytes: new Uint8Array(iconv.encode(rows.map((row) => row.join(',')).join('\r\n'), encoding)),
});
/** Rows in a file of their own, with what becomes of them. */
const plain = (
  defect: string,
  rows: readonly (readonly Cell[])[],
  holds: Defect['holds'],
  becomes: Defect['becomes'] = {},
  more: Partial<SheetSpec> = {},
): Defect => ({ defect, rows, holds, becomes, file: book(rows, more) });

const HEAD = ['单位名称', '统一社会信用代码', '街镇'];
const wordsOf = (done: FilesDone): string => done.notes.map(({ reason }) => reason).join('\n');

/** A workbook with what rows of values can not say. */
function special(
  rows: readonly (readonly Cell[])[],
  change: (sheet: XLSX.WorkSheet, book: XLSX.WorkBook) => void,
): Defect['file'] {
  const made = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]));
  XLSX.utils.book_append_sheet(made, sheet, '企业');
  change(sheet, made);
  return { name: '名册.xlsx', bytes: new Uint8Array(XLSX.write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer) };
}

const MERGED: Cell[][] = [
  ['青禾镇企业底册（2026年）', null, null, null],
  ['企业基本信息', null, '环评', null],
  ['单位名称', '信用代码', '批复文号', '批复日期'],
  [A, CODE_A, '样环审〔2019〕1号', '2019.5'],
];
const VILLAGES: Cell[][] = [
  ['村居', '单位名称', '统一社会信用代码'],
  ['东禾村', A, CODE_A],
  [null, B, CODE_B],
  [null, '上海丙丙机械有限公司', makeCode('C1')],
];
const FINDINGS: Cell[][] = [
  ['单位名称', '检查日期', '存在问题', '现场照片'],
  [A, '2025-03-04', '危废间未张贴标识', null],
];

const DEFECTS: readonly Defect[] = [
  plain(
    'Title rows and 2-3-row merged headers',
    MERGED,
    (_, on) => expect(on.map(({ name }) => name)).toEqual([A]),
    { '2019.5': '2019-05-01', '青禾镇企业底册（2026年）': null },
    { merges: ['A1:D1', 'A2:B2', 'C2:D2'] },
  ),
  plain(
    'Vertically merged body cells',
    VILLAGES,
    (_, on) => expect(on.map(({ village }) => village)).toEqual(['东禾村', '东禾村', null]),
    {},
    { merges: ['A2:A3'] },
  ),
  {
    defect: 'Several sheets (one per village), sheet name = village',
    rows: [[A], [B]],
    file: {
      name: '各村.xlsx',
      bytes: workbook([
        { name: '东禾村', rows: [['单位名称'], [A]] },
        { name: '西禾村', rows: [['单位名称'], [B]] },
      ]),
    },
    holds: (_, on) => expect(on.map(({ village }) => village)).toEqual(['东禾村', '西禾村']),
  },
  plain(
    '合计/小计/填表人 footer rows',
    [HEAD, [A, CODE_A, '青禾镇'], ['小计', 1, null], ['合计', '1家', null], ['填表人：甲', null, null]],
    (_, on) => expect(on.map(({ name }) => name)).toEqual([A]),
    { 小计: null, '1': null, 合计: null, '1家': null, '填表人：甲': null },
  ),
  plain(
    'Dates as Excel serials',
    [
      ['单位名称', '成立日期'],
      [A, 45291],
    ],
    (_, on) => expect(on[0]?.founded_date).toBe('2023-12-31'),
    { '45291': '2023-12-31' },
  ),
  plain(
    'Dates as text',
    [
      ['单位名称', '成立日期', '排污许可证编号', '有效期'],
      [A, '2023年5月', `${CODE_A}001P`, '2024.1.1至2028.12.31'],
      [B, '待确认的', `${CODE_B}001P`, '长期'],
    ],
    async (done, on) => {
      expect([on[0]?.founded_date, on[0]?.founded_date_precision, on[1]?.founded_date]).toEqual([
        '2023-05-01',
        'month',
        null,
      ]);
      expect(wordsOf(done)).toContain('成立日期“待确认的”看不懂');
      expect(await t.ctx.store.read.sql('SELECT valid_from, valid_to FROM permit ORDER BY id')).toEqual([
        { valid_from: '2024-01-01', valid_to: '2028-12-31' },
        { valid_from: null, valid_to: null },
      ]);
    },
    { '2023年5月': '2023-05-01', '2024.1.1至2028.12.31': '2028-12-31', 长期: null },
  ),
  plain(
    'Numbers-as-text, full-width digits and letters',
    [
      ['单位名称', '职工人数', '占地面积'],
      [A, '１２０', '1,200.5'],
      [B, '约80', '50-60'],
    ],
    (done, on) => {
      expect(on.map(({ employees, site_area: area }) => [employees, area])).toEqual([
        [120, '1200.5'],
        [80, null],
      ]);
      expect(wordsOf(done)).toContain('“约80”取 80');
    },
    { '１２０': '120', '1,200.5': '1200.5' },
  ),
  plain(
    'Credit code in number format',
    [
      ['单位名称', '统一社会信用代码'],
      [A, 913_101_120_000_000_000],
    ],
    (done, on) => {
      expect(on[0]?.credit_code).toBeNull();
      expect(wordsOf(done)).toMatch(/代码/u);
    },
    {},
  ),
  plain(
    'Letters O/0, I/1, S/5, Z/2 mixed in codes',
    [
      ['单位名称', '统一社会信用代码'],
      [A, CODE_A.replace('0', 'O')],
    ],
    (done, on) => {
      expect([on[0]?.credit_code, on[0]?.credit_code_quarantine]).toEqual([null, CODE_A.replace('0', 'O')]);
      expect(wordsOf(done)).toContain(CODE_A);
    },
  ),
  plain('Missing code', [HEAD, [A, null, '青禾镇'], [B, '', '青禾镇']], (_, on) =>
    expect(on.map(({ name, internal_code: code }) => [name, code !== null])).toEqual([
      [A, true],
      [B, true],
    ]),
  ),
  plain(
    'Duplicates',
    [
      [...HEAD, '地址'],
      [A, CODE_A, '青禾镇', '东路1号'],
      [A, CODE_A, '青禾镇', '西路2号'],
    ],
    (_, on) =>
      expect(on.map(({ site_no: site, suspected_duplicate: doubt }) => [site, doubt])).toEqual([
        ['001', 0],
        ['002', 1],
      ]),
  ),
  plain('Same code, different names', [HEAD, [A, CODE_A, '青禾镇'], [B, CODE_A, '青禾镇']], (_, on) =>
    expect(on.map(({ name, suspected_duplicate: doubt }) => [name, doubt])).toEqual([
      [A, 0],
      [B, 1],
    ]),
  ),
  plain('Same name, different codes', [HEAD, [A, CODE_A, '青禾镇'], [A, CODE_B, '青禾镇']], (_, on) =>
    expect(on.map(({ credit_code: code, suspected_duplicate: doubt }) => [code, doubt])).toEqual([
      [CODE_A, 0],
      [CODE_B, 1],
    ]),
  ),
  plain(
    'Yes/no variants',
    [
      ['单位名称', '是否产生危废'],
      [A, '√'],
      [B, '×'],
      ['上海丙丙机械有限公司', null],
      ['上海丁丁机械有限公司', '也许'],
    ],
    async (done) => {
      const answers = await t.ctx.store.read.sql('SELECT generates FROM haz_waste_profile ORDER BY generates');
      expect(answers).toEqual([{ generates: 'no' }, { generates: 'yes' }]);
      expect(wordsOf(done)).toContain('“也许”看不出是或否');
    },
    { '√': 'yes', '×': 'no' },
  ),
  plain(
    'Phone as number, several phones in one cell',
    [
      ['单位名称', '联系人', '联系电话'],
      [A, '张三', 13_800_000_001],
      [B, '李四', '13800000002、021-50001234'],
    ],
    async () =>
      expect(await t.ctx.store.read.sql('SELECT name, mobile, landline FROM contact ORDER BY id')).toEqual([
        { name: '张三', mobile: '13800000001', landline: null },
        { name: '李四', mobile: '13800000002', landline: '021-50001234' },
      ]),
    { '13800000002、021-50001234': '13800000002' },
  ),
  plain(
    'Two persons in one cell',
    [
      ['单位名称', '联系人', '联系电话'],
      [A, '张三/李四', '13800000001/13800000002'],
    ],
    async () =>
      expect(await t.ctx.store.read.sql('SELECT name, mobile, is_primary FROM contact ORDER BY id')).toEqual([
        { name: '张三', mobile: '13800000001', is_primary: 1 },
        { name: '李四', mobile: '13800000002', is_primary: 0 },
      ]),
    { '张三/李四': '李四', '13800000001/13800000002': '13800000002' },
  ),
  plain(
    'Coordinates swapped, degree-minute-second, GCJ-02 vs WGS-84',
    [
      ['单位名称', '经度', '纬度'],
      [A, 31.02, 121.31],
      [B, '121°18′36″', '31°1′12″'],
    ],
    (done, on) => {
      expect(on.map((one) => [one.longitude, one.latitude, one.coordinate_system])).toEqual([
        ['121.31', '31.02', 'unknown'],
        ['121.3100000', '31.0200000', 'unknown'],
      ]);
      expect(wordsOf(done)).toContain('经度和纬度填反了');
    },
    { '121°18′36″': '121.31', '31°1′12″': '31.02' },
  ),
  ...(['gbk', 'utf-8'] as const).map((encoding): Defect => {
    const rows = [HEAD, [A, CODE_A, '青禾镇']];
    return {
      defect: `.xls / .xlsx / .csv (GBK or UTF-8) / WPS .et: csv in ${encoding}`,
      rows,
      file: csv(rows, encoding),
      holds: (_, on) => expect(on.map(({ name }) => name)).toEqual([A]),
    };
  }),
  {
    defect: '.xls / .xlsx / .csv (GBK or UTF-8) / WPS .et: xls',
    rows: [HEAD, [A, CODE_A, '青禾镇']],
    file: { name: '名册.xls', bytes: workbook([{ name: '企业', rows: [HEAD, [A, CODE_A, '青禾镇']] }], 'biff8') },
    holds: (_, on) => expect(on.map(({ name }) => name)).toEqual([A]),
  },
  {
    defect: 'Password or protected sheets, hidden rows/columns, filtered views',
    rows: [HEAD, [A, CODE_A, '青禾镇'], [B, CODE_B, '青禾镇']],
    file: special([HEAD, [A, CODE_A, '青禾镇'], [B, CODE_B, '青禾镇']], (sheet) => {
      sheet['!rows'] = [{}, {}, { hidden: true }];
      sheet['!cols'] = [{}, { hidden: true }];
      sheet['!autofilter'] = { ref: 'A1:C3' };
      sheet['!protect'] = {};
    }),
    holds: (done, on) => {
      expect(on.map(({ credit_code: code }) => code)).toEqual([CODE_A, CODE_B]);
      expect(done.files[0]?.sheets[0]?.hiddenRows).toBe(1);
    },
  },
  {
    defect: 'Formula cells / #N/A / #REF!',
    rows: [['单位名称', '职工人数'], [A], [B]],
    file: special(
      [
        ['单位名称', '职工人数'],
        [A, 12],
        [B, null],
      ],
      (sheet) => {
        sheet.B2 = { t: 'n', v: 12, f: '6+6' };
        sheet.B3 = { t: 'e', v: 0x2a, w: '#N/A', f: 'NA()' };
      },
    ),
    holds: (done, on) => {
      expect(on.map(({ employees }) => employees)).toEqual([12, null]);
      expect(wordsOf(done)).toContain('#N/A');
    },
  },
];

/** All that stands on file or in the result: values, and what is kept of the rows in words; the rows' own copies do not count. */
async function everything(done: FilesDone): Promise<string> {
  const tables = [
    'enterprise',
    'area',
    'contact',
    'former_name',
    'eia_project',
    'permit',
    'haz_waste_profile',
    'finding',
  ];
  const rows = await Promise.all(tables.map((table) => t.ctx.store.read.sql(`SELECT * FROM ${table}`)));
  const kept = await t.ctx.store.read.sql<{ note: string }>('SELECT note FROM import_row');
  const notes = kept.map(({ note }) => ({ ...(JSON.parse(note === '' ? '{}' : note) as object), cells: null }));
  return foldText(JSON.stringify([rows, notes, done.notes, done.refused, done.questions]));
}

test.each(DEFECTS)('$defect', async ({ file, rows, becomes = {}, holds }) => {
  const options = importOptions.parse({ townName: '青禾镇' });
  const done = await importFiles(t.ctx, [file], { options, as: 'register', dryRun: false }, quiet);
  await holds(done, await onFile(t.ctx));
  const left = done.files.flatMap(({ sheets }) => sheets.flatMap((sheet) => sheet.left.map(({ heading }) => heading)));
  expect(left).toEqual([]);
  const found = await everything(done);
  const headings = new Set(
    rows.flat().filter((cell) => typeof cell === 'string' && /^(?:单位名称|企业基本信息|环评)$/u.test(cell)),
  );
  const heading = rows.findIndex((row) => row.includes('单位名称'));
  const lost = rows
    .slice(heading + 1)
    .flat()
    .filter((cell) => cell !== null && cell !== '' && !headings.has(cell))
    .map((cell) => (String(cell) in becomes ? (becomes[String(cell)] ?? null) : String(cell)))
    .filter((text) => text !== null && !found.includes(foldText(text)));
  expect(lost).toEqual([]);
});

test('Embedded pictures in finding rows: the column is named, the row comes without them', async () => {
  const head = [HEAD, [A, CODE_A, '青禾镇']];
  const options = importOptions.parse({ townName: '青禾镇' });
  const how = { options, as: null, dryRun: false };
  await importFiles(t.ctx, [book(head)], how, quiet);
  const rows = [...FINDINGS.slice(0, 1), [...(FINDINGS[1] ?? []).slice(0, 3), '图1']];
  const done = await importFiles(t.ctx, [{ ...book(rows), name: '检查问题.xlsx' }], how, quiet);
  expect(done.entities).toContainEqual(expect.objectContaining({ entity: 'finding', created: 1 }));
  expect(done.files[0]?.sheets[0]?.left).toEqual([expect.objectContaining({ heading: '现场照片', cells: 1 })]);
});
