// Registers of the kinds that offices receive, with other headings and quirks than the known ones, end to end.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreError } from '../../db/index.ts';
import { applyImport } from '../../services/registers/index.ts';
import { sessionOf } from '../../services/registers/previews.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  quiet,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const code = makeCode;
const [A, B, C] = ['上海甲一有限公司', '上海甲二有限公司', '上海甲三有限公司'] as const;

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

/** Takes one list in, and asks that the preview promised what came. */
async function take(rows: readonly (readonly Cell[])[]) {
  const { preview, rows: seen, done } = await bring(t.ctx, [sheet(rows)], { townName: '青禾镇' });
  expect(done.totals).toEqual(preview.totals);
  const { created, updated, unchanged, rejected, joined, rows: all } = done.totals;
  expect(created + updated + unchanged + rejected + joined).toBe(all);
  return { summary: preview.sheets[0], totals: done.totals, seen, file: await onFile(t.ctx) };
}
const skipped = async (rows: readonly (readonly Cell[])[]): Promise<string> =>
  (await look(t.ctx, [sheet(rows)])).sheets[0]?.skipped ?? '';
const codes = (rows: readonly { warnings: readonly { code: string }[] }[]): string[] =>
  rows.flatMap((row) => row.warnings.map((w) => w.code));

test('English headings: lines of instruction and an example below them are notes', async () => {
  const { summary, file } = await take([
    ['Company Name', 'USCC', 'Address', 'Village', 'Contact', 'Mobile'],
    ['Required', '18 digits', 'Required', 'Select', 'Optional', 'Optional'],
    ['e.g. Shanghai Sample Co.', '91310000XXXXXXXXXX', '', '', '', ''],
    [A, code('1'), '青禾路1号', '东禾村', '王一', '13800009001'],
    [B, code('2'), '青禾路2号', '西禾村', '王二', '13800009002'],
  ]);
  expect([summary?.headerRow, summary?.droppedNotes]).toEqual([1, 2]);
  expect(file.map((e) => [e.name, e.village])).toEqual([
    [A, '东禾村'],
    [B, '西禾村'],
  ]);
});

test.each([
  ['所属行政村', '是否停业', 'operating', 'suspended'],
  ['归属村居', '停产与否', 'operating', 'suspended'],
  ['村（居）', '是否关停', 'operating', 'closed'],
])('%s is the village, %s asks for the state in reverse', async (village, state, no, yes) => {
  const { summary, file } = await take([
    ['企业全称', village, '所在街道', state],
    [A, '东禾村', '青禾镇', '否'],
    [B, '西禾村', '青禾镇', '是'],
  ]);
  expect(summary?.unmapped).toEqual([]);
  expect(file.map((e) => [e.village, e.town, e.operating_status])).toEqual([
    ['东禾村', '青禾镇', no],
    ['西禾村', '青禾镇', yes],
  ]);
});

test('names of signs and of invisible ink: the preview says what comes; a code too long for its field is kept whole', async () => {
  const long = 'X1'.repeat(75);
  const { totals, seen, file } = await take([
    ['单位名称', '统一社会信用代码', '地址'],
    ...['——', '...', '？？', '（）', '\u200b\u2060', 'N/A', '无', '。'].map((name, n) => [name, '', `青禾路${n}号`]),
    [A, code('1'), '青禾路8号'],
    ['', long, '青禾路9号'],
    ['#', code('3'), '青禾路11号'],
  ]);
  expect(totals).toMatchObject({ created: 3, rejected: 8 });
  expect(seen.filter((row) => row.result === 'rejected').every((row) => row.reason !== '')).toBe(true);
  expect(String(file[1]?.name)).toBe(long.slice(0, 60));
  expect(file[1]?.remark).toBe(`信用代码栏：${long}`);
  expect(file[2]?.name).toBe(code('3'));
});

test.each([
  [
    '产品清单',
    [
      ['产品名称', '年产量', '单位'],
      ['塑料桶', 100, '吨'],
      ['塑料盖', 200, '万个'],
    ],
  ],
  [
    '危险废物台账',
    [
      ['废物名称', '废物代码', '贮存量', '单位'],
      ['废机油', '900-214-08', 1, '吨'],
      ['废漆桶', '900-041-49', 2, '只'],
    ],
  ],
  [
    '监测台账',
    [
      ['采样点位', '检测因子', '检测机构名称', '浓度'],
      ['1#排气筒', '颗粒物', '上海某检测有限公司', 1.2],
    ],
  ],
  [
    '设备清单',
    [
      ['设备名称', '型号', '台数', '制造单位'],
      ['喷漆房', 'A1', 1, '上海某机械有限公司'],
    ],
  ],
] as [string, Cell[][]][])('a %s with other headings is told for what it is', async (name, rows) => {
  expect(await skipped(rows)).toContain(`像是${name}`);
});

test('a list of permits: two of one enterprise are one enterprise, and each paper is on its file', async () => {
  const { totals } = await take([
    ['单位名称', '统一社会信用代码', '排污许可证编号', '许可有效期至', '地址'],
    [A, code('1'), `${code('1')}001P`, '2027-05-01', '青禾路1号'],
    [A, code('1'), `${code('1')}001W`, '2028-05-01', '青禾路1号'],
    [B, code('2'), `${code('2')}001P`, '2027-05-01', '青禾路2号'],
  ]);
  expect(totals).toMatchObject({ created: 2, joined: 1, duplicates: 0 });
  expect(await t.ctx.store.read.sql('SELECT id FROM permit WHERE deleted_at IS NULL')).toHaveLength(3);
});

test('phones in other spellings have one form', async () => {
  await take([
    ['单位名称', '联系人', '联系电话'],
    ...['+86 13800009001', '１３８-００００-９００２', '86-13800009003', '021 5000 9005', '(021)50009006'].map(
      (phone, n) => [`上海甲${n}号有限公司`, `王${n}样`, phone],
    ),
  ]);
  const people = await t.ctx.store.read.sql<{ phone: string }>(
    'SELECT coalesce(mobile, landline) AS phone FROM contact ORDER BY id',
  );
  expect(people.map(({ phone }) => phone)).toEqual([
    '13800009001',
    '13800009002',
    '13800009003',
    '021-50009005',
    '021-50009006',
  ]);
});

test('older names of industries and short dates are read, asked where they have two meanings, and never lost', async () => {
  const { file, seen } = await take([
    ['单位名称', '行业类别', '成立日期'],
    [A, '纺织服装、鞋、帽制造业', '24年5月1日'],
    [B, '工艺品及其他制造业', '5/6/2024'],
    [C, '仪器仪表及文化、办公用机械制造业', '2024.5.1'],
  ]);
  expect(file.map((e) => [e.industry_code, e.founded_date])).toEqual([
    ['18', '2024-05-01'],
    [null, null],
    ['40', '2024-05-01'],
  ]);
  expect(codes(seen).sort()).toEqual(['DATE_AMBIGUOUS', 'DATE_SHORT_YEAR', 'INDUSTRY_UNKNOWN']);
  expect([file[1]?.industry_name, file[1]?.remark]).toEqual(['工艺品及其他制造业', '成立日期：5/6/2024']);
});

test('no cell is lost: each is a value, stands in the remark, or is kept with its heading and named', async () => {
  const headings = [
    '单位名称',
    '环评批复文号',
    '验收时间',
    '设计产能',
    '主要产品',
    '预案备案编号',
    '占地面积',
    '帮扶干部',
  ];
  const list: Cell[][] = [
    [A, '青环审〔2020〕1号', '2021-05-01', '100吨', '塑料桶', '310118-2024-001-L', '120.5', '王样'],
    [B, '', '2021年', '50', '', '310118-2024-002-L', '-3', ''],
    [C, '有', '看不清', '两条线', '盖、桶', '有', '约200', '李样'],
  ];
  const { file } = await take([headings, ...list]);
  const { read } = t.ctx.store;
  const tables = ['eia_project', 'acceptance', 'product', 'emergency_plan', 'permit'];
  for (const [n, e] of file.entries()) {
    const rows = await Promise.all(
      tables.map((table) =>
        read.sql(`SELECT * FROM "${table}" WHERE deleted_at IS NULL AND enterprise_id = ?`, [e.id as string]),
      ),
    );
    const notes = await read.sql<{ note: string }>('SELECT note FROM import_row WHERE enterprise_id = ?', [
      e.id as string,
    ]);
    const { unmapped } = JSON.parse(notes[0]?.note ?? '{}') as { unmapped?: Record<string, string> };
    const kept = JSON.stringify([e, rows, unmapped]);
    for (const [at, cell] of (list[n] ?? []).entries()) {
      if (cell === '') continue;
      const parts = String(cell)
        .split(/[、年]|吨/u)
        .filter(Boolean);
      for (const part of parts) expect(kept, `${String(headings[at])} ${String(cell)}`).toContain(part);
    }
  }
});

test('what can not be written when it is applied names sheet, row and field, and leaves nothing behind', async () => {
  const files = [
    {
      name: '名册.xlsx',
      bytes: workbook([
        {
          name: '二村',
          rows: [
            ['单位名称', '地址'],
            [A, '青禾路1号'],
            [B, '青禾路2号'],
          ],
        },
      ]),
    },
  ];
  const preview = await look(t.ctx, files, { townName: '青禾镇' });
  const second = sessionOf(t.ctx, preview.previewId).matched.rows[1];
  // As if a rule of the dictionary had been missed while reading.
  if (second?.state) second.state.own.values.address = 'x'.repeat(5000);
  const failed = await applyImport(t.ctx, preview.previewId, quiet).catch((error: unknown) => error);
  expect(failed).not.toBeInstanceOf(StoreError);
  expect(String((failed as Error).message)).toContain('工作表“二村”第 3 行的企业的生产经营地址写不进去');
  expect(await onFile(t.ctx)).toEqual([]);
  expect(await t.ctx.store.read.sql('SELECT id FROM import_run')).toEqual([]);
});
