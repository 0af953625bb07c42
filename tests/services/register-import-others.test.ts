// Registers and lists of others: what is no register, what stands above and below the headings, answers for numbers, numbers that can't be.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { previewRows, waitingValues } from '../../services/registers/index.ts';
import {
  look,
  bring,
  makeCode,
  onFile,
  openDesk,
  sheet,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B, C] = ['上海甲甲金属制品有限公司', '上海乙乙塑料制品有限公司', '上海丙丙印刷有限公司'] as const;
const code = makeCode;

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

/** One list, brought in, with what the test looks at. */
async function take(rows: readonly (readonly Cell[])[]) {
  const { preview, rows: seen, done } = await bring(t.ctx, [sheet(rows)], { townName: '青禾镇' });
  return { summary: preview.sheets[0], seen, done, file: await onFile(t.ctx) };
}
const warned = (rows: readonly { warnings: readonly { code: string }[] }[]): string[] =>
  rows.flatMap((row) => row.warnings.map((w) => w.code));
const ledger = async (table: string): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql(`SELECT * FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);

test.each([
  [
    '危险废物台账',
    [
      ['危险废物名称', '废物代码', '处置单位名称'],
      ['废机油', '900-214-08', '上海处置有限公司'],
    ],
  ],
  [
    '监测台账',
    [
      ['检测单位名称', '监测项目', '浓度'],
      ['上海检测有限公司', 'VOCs', 1.2],
    ],
  ],
  [
    '设备清单',
    [
      ['名称', '型号', '数量'],
      ['喷漆房', 'A1', 1],
      ['烘干房', 'B2', 2],
    ],
  ],
  [
    '环评台账',
    [
      ['统一社会信用代码', '项目名称', '环评单位', '批复文号'],
      [code('1'), '扩建项目', '上海某环评有限公司', '青环审〔2020〕1号'],
    ],
  ],
  [
    '物品或价目清单',
    [
      ['名称', '统一社会信用代码', '数量'],
      ['废机油', code('1'), 1],
      ['废活性炭', code('1'), 2],
      ['废油漆桶', code('2'), 2],
      ['废矿物油', code('2'), 2],
    ],
  ],
  [
    '物品或价目清单',
    [
      ['名称', '计量单位', '数量'],
      ['废油', '吨', 3],
      ['废桶', '个', 5],
    ],
  ],
] as [string, Cell[][]][])('a %s is told for what it is, and nothing is taken', async (name, rows) => {
  const { sheets } = await look(t.ctx, [sheet(rows)]);
  expect(sheets[0]?.skipped).toMatch(new RegExp(`像是${name}，.*不是企业名册；`));
  expect(sheets[0]?.rows).toBe(0);
});

test('what does something for the enterprise is never its name; names of sites stand beside it', async () => {
  const { summary, file } = await take([
    ['单位名称', '污染源名称', '环评单位', '运维单位', '统一社会信用代码', '地址'],
    [A, '甲甲一厂', '上海某环评有限公司', '上海某运维有限公司', code('1'), '青禾路1号'],
    [A, '甲甲二厂', '上海某环评有限公司', '上海某运维有限公司', code('1'), '青禾路2号'],
  ]);
  expect(summary?.unmapped).toEqual(['环评单位', '运维单位']);
  expect(file.map((e) => [e.name, e.site_no, e.site_name])).toEqual([
    [A, '001', '甲甲一厂'],
    [A, '002', '甲甲二厂'],
  ]);
  const alone = await look(t.ctx, [
    sheet([
      ['污染源名称', '地址'],
      [B, '青禾路3号'],
    ]),
  ]);
  expect(alone.sheets[0]?.columns[0]?.target).toBe('enterprise.name');
});

test('a heading that names one paper never fills another: 预案备案日期 is the plan, 排水许可证编号 no permit of ours', async () => {
  const headings = [
    ['预案备案日期', 'emergencyPlan.filingDate'],
    ['环评备案日期', 'eiaProject.filingDate'],
    ['排污许可证编号', 'permit.number'],
    ['排水许可证编号', 'enterprise.remark'],
    ['辐射许可证有效期', null],
    ['消防备案号', null],
    ['规划环评批复文号', null],
    ['租赁合同到期日期', null],
    ['安评备案日期', null],
    ['接收单位许可证编号', 'enterprise.remark'],
    ['运维单位联系电话', null],
    ['处置单位联系人', null],
  ] as const;
  const cells = (n: number): string[] =>
    headings.map(([heading], i) => (/日期|有效期/.test(heading) ? `2024-0${n}-1${i % 10}` : `X-${n}-${i}`));
  const { sheets } = await look(t.ctx, [
    sheet([
      ['单位名称', ...headings.map(([heading]) => heading)],
      [A, ...cells(1)],
      [B, ...cells(2)],
    ]),
  ]);
  expect(sheets[0]?.columns.slice(1).map(({ heading, target }) => [heading, target])).toEqual(headings);
});

test('rows above the headings that look like data are counted and said; 同上 says what stands above it', async () => {
  const { summary, done, file } = await take([
    [A, code('1'), '东禾村'],
    [B, code('2'), '西禾村'],
    ['单位名称', '统一社会信用代码', '村居'],
    ['必填', '18位', '下拉选择'],
    ['例：上海示例有限公司', '91310199MA00000000', '同上'],
    [C, code('3'), '东禾村'],
    ['上海丁丁厂', code('4'), '同上'],
  ]);
  expect([summary?.headerRow, summary?.rowsAbove, summary?.droppedNotes, done.totals.above]).toEqual([3, 2, 2, 2]);
  expect(file.map((e) => e.village)).toEqual(['东禾村', '东禾村']);
});

test('headings in codes and with underscores are headings', async () => {
  const { file } = await take([
    ['enterprise_name', 'credit_code', 'X1'],
    [A, code('1'), '印刷'],
    [B, code('2'), '喷漆房'],
  ]);
  expect(file.map((e) => [e.name, e.credit_code])).toEqual([
    [A, code('1')],
    [B, code('2')],
  ]);
});

test('是 and 否 are no numbers, codes or names of papers; numbers that can not be are asked and kept in words', async () => {
  const { seen, file } = await take([
    ['单位名称', '环评批复文号', '排污许可证编号', '预案备案编号', '危废种类', '占地面积', '建筑面积', '职工人数'],
    [A, '是', '是', '有', '是', -5, '1E21', '有'],
    [B, '否', '否', '否', '否', 0, 99999999999, -3],
  ]);
  const codes = warned(seen);
  expect(codes.filter((c) => c === 'NUMBER_IMPOSSIBLE')).toHaveLength(5);
  for (const table of ['eia_project', 'permit', 'emergency_plan', 'haz_waste_profile'])
    expect(await ledger(table)).toEqual([]);
  expect(file[0]).toMatchObject({ site_area: null, floor_area: null, employees: null });
  for (const said of ['批复文号：是', '备案编号：有', '危废代码：是', '占地面积：-5', '建筑面积：1E21'])
    expect(String(file[0]?.remark)).toContain(said);
});

test('codes of the source are kept with their heading; a name of ink that nobody sees is none', async () => {
  const { seen, file } = await take([
    ['单位名称', '污染源编码', '档案号', '地址'],
    [A, '310118000001', 'D-1', '青禾路1号'],
    ['\u3164\u200B', '310118000002', 'D-2', '青禾路2号'],
    ['\u0001\u0085', '310118000003', 'D-3', '青禾路3号'],
  ]);
  expect(file.map((e) => [e.name, e.remark])).toEqual([[A, '污染源编码：310118000001；档案号：D-1']]);
  expect(seen.map((row) => row.result)).toEqual(['created', 'rejected', 'rejected']);
});

test('the code inside the number of a permit says whose it is; its other name waits for a person', async () => {
  await take([
    ['单位名称', '统一社会信用代码', '地址'],
    [A, code('1'), '青禾路1号'],
    [B, code('2'), '青禾路2号'],
  ]);
  const permits: Cell[][] = [
    ['单位名称', '排污许可证编号', '有效期限'],
    ['上海甲甲五金有限公司', `${code('1')}001P`, '2029-02-28'],
    [B, `${code('2')}001Q`, '2029-02-28'],
    [C, `${code('3')}001Q`, '2029-02-28'],
  ];
  const { done, seen, file } = await take(permits);
  expect(done.totals).toMatchObject({ rows: 3, created: 1, updated: 2, duplicates: 0, waiting: 1 });
  expect(seen[0]?.reason).toBe('单位名称与在册不同，待定：上海甲甲五金有限公司');
  expect(file.map((e) => e.name)).toEqual([A, B, C]);
  expect(await ledger('permit')).toHaveLength(3);
  expect((await waitingValues(t.ctx)).map((one) => [one.enterpriseName, one.theirs, one.rowNumber])).toEqual([
    [A, '上海甲甲五金有限公司', 2],
  ]);
  const again = await take(permits);
  expect(again.done.totals).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
});

test('what no field takes stays with the row and is read on the page of the enterprise', async () => {
  const { file, summary } = await take([
    ['单位名称', '地址', '开票抬头', '帮扶干部'],
    [A, '青禾路1号', '甲甲金属', '王'],
  ]);
  expect(summary?.unmapped).toEqual(['开票抬头', '帮扶干部']);
  const id = String(file[0]?.id);
  expect((await getEnterprise(t.ctx, id)).unread[0]?.cells).toEqual([
    { heading: '开票抬头', text: '甲甲金属' },
    { heading: '帮扶干部', text: '王' },
  ]);
});

test('a row that can not be written names its sheet, its row and its field, and nothing is written', async () => {
  const preview = await look(t.ctx, [sheet([['单位名称'], [A], [B]], '名册')]);
  const { rows } = previewRows(t.ctx, {
    previewId: preview.previewId,
    show: 'all',
    sheet: null,
    page: { offset: 0, limit: 9 },
  });
  expect(rows).toHaveLength(2);
  const { placed } = await import('../../services/registers/apply.ts');
  const { StoreError } = await import('../../db/index.ts');
  const fault = new StoreError('ROW_INVALID', 'x', { entity: 'enterprise', field: 'address' });
  const said = placed(fault, { sheet: { name: '名册' }, row: { rowNumber: 3 } } as never) as Error;
  expect(said.message).toContain('工作表“名册”第 3 行的企业的生产经营地址写不进去');
});
