// The defects of clients' spreadsheets (domain reference 6.2), each with what must become of it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as XLSX from '@e965/xlsx';
import { createRecord, getRecord } from '../../services/records/index.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const A = makeCode('MA3A');
const one = async (head: readonly string[], row: readonly Cell[], options = {}) => {
  const result = await bring(t.ctx, [sheet([head, row])], options);
  return {
    ...result,
    e: (await onFile(t.ctx)).at(-1) ?? {},
    codes: result.rows[0]?.warnings.map((w) => w.code) ?? [],
    warnings: result.rows[0]?.warnings ?? [],
  };
};

test('a row of units or instructions below the headings is no enterprise', async () => {
  const head = ['企业名称', '统一社会信用代码', '职工人数', '联系电话'];
  for (const hints of [
    ['（全称）', '（18位）', '（人）', '（手机）'],
    ['必填', '选填', '人', null],
    [null, null, '(人)', null],
  ] as const) {
    const { done } = await bring(t.ctx, [sheet([head, [...hints], ['上海甲机械有限公司', A, 12, '13900004417']])]);
    expect(done.totals.rows).toBe(1);
  }
  // Instructions in words, and an example of how to fill the sheet in.
  for (const above of [
    [['必填，与营业执照一致', '18位', '请填写数字', '11位手机号']],
    [
      ['必填', '按营业执照填写', '选填', '格式如 021-50001234'],
      ['例：上海示例有限公司', '91310000XXXXXXXXXX', '50', '13800000000'],
    ],
    [['上海某某有限公司', '91310000XXXXXXXXXX', '50', '13800000000']],
    [
      ['填营业执照全称', '填18位代码', '填数字', '填手机号'],
      ['（示例）上海测试有限公司', A, '50', '13800000000'],
    ],
  ]) {
    const { done } = await bring(t.ctx, [sheet([head, ...above, ['上海甲机械有限公司', A, 12, '13900004417']])]);
    expect([done.totals.rows, done.report.sheets[0]?.droppedNotes]).toEqual([1, above.length]);
  }
  expect((await onFile(t.ctx)).map((e) => e.name)).toEqual(['上海甲机械有限公司']);
});

test('a list of other things is no register, says what it lists, and makes no enterprise', async () => {
  for (const [listed, rows] of [
    [
      '危险废物名称',
      [
        ['危险废物名称', '产生量(t)', '登记号'],
        ['废矿物油', '1.2', A],
        ['污泥', '3', A],
      ],
    ],
    [
      '设备名称',
      [
        ['设备名称', '型号', '主管单位'],
        ['数控车床', 'CK61', '机加工车间'],
        ['喷漆房', 'PQ-2', '涂装车间'],
      ],
    ],
    [
      '品名',
      [
        ['品名', '规格', '计量单位'],
        ['螺栓', 'M6', '千支'],
        ['垫圈', 'M8', '千支'],
      ],
    ],
    [
      '文件名称',
      [
        ['文件名称', '上传时间'],
        ['上海样本有限公司监测方案', '2025-01-01'],
        ['上海样本有限公司应急预案', '2025-02-01'],
      ],
    ],
    [
      '药品名称',
      [
        ['药品名称', '规格', '生产单位', '数量'],
        ['盐酸', '500ml', '上海样本化学试剂有限公司', '3'],
        ['硫酸', '500ml', '上海样本化学试剂有限公司', '4'],
      ],
    ],
    [
      '法规名称',
      [
        ['法规名称', '发布单位', '施行日期'],
        ['某某污染防治条例', '上海样本有限公司', '2020-09-01'],
        ['某某管理办法', '上海样本集团有限公司', '2022-06-05'],
      ],
    ],
  ] as const) {
    const { sheets } = await look(t.ctx, [sheet(rows.map((row) => [...row]))]);
    expect(sheets[0]?.skipped).toContain(`列的是“${listed}”`);
  }
  expect(await onFile(t.ctx)).toEqual([]);
});

test('who is looked at is the enterprise, also beside names of other things', async () => {
  const { sheets } = await look(t.ctx, [
    sheet([
      ['项目名称', '被检查单位', '检查日期'],
      ['年产一吨项目', '上海甲机械有限公司', '2025-01-02'],
      ['年产二吨项目', '上海乙塑料有限公司', '2025-01-03'],
    ]),
  ]);
  expect(sheets[0]?.skipped).toBe(null);
  expect(sheets[0]?.columns.map((column) => column.target)).toContain('enterprise.name');
});

test('a list of what each enterprise handed over is none of other things', async () => {
  const { sheets } = await look(t.ctx, [
    sheet([
      ['废物名称', '产生单位', '转移量'],
      ['废机油', '上海甲机械有限公司', '1.2'],
      ['废桶', '上海乙塑料有限公司', '0.3'],
    ]),
  ]);
  expect(sheets[0]?.skipped).toBe(null);
});

test("编号 below another heading is that thing's number; alone, or counting rows, it is none", async () => {
  const rows: Cell[][] = [
    ['编号', '企业名称', '排污许可', null, '排水许可', null],
    [null, null, '编号', '有效期至', '编号', '日期'],
    [1, '上海甲机械有限公司', '91310112MA1000001X001X', '2027-01-01', '沪水务排证字第12号', '2024-01-01'],
  ];
  const preview = await look(t.ctx, [
    { name: '名册.xlsx', bytes: workbook([{ name: '企业', rows, merges: ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1'] }]) },
  ]);
  expect(preview.sheets[0]?.columns.map((c) => [c.heading, c.target])).toMatchObject([
    ['编号', null],
    ['企业名称', 'enterprise.name'],
    ['排污许可/编号', 'permit.number'],
    ['排污许可/有效期至', 'permit.validTo'],
    ['排水许可/编号', null],
    ['排水许可/日期', null],
  ]);
  expect(preview.sheets[0]?.unmapped).toEqual(['排水许可/编号', '排水许可/日期']);
});

test('东塘村（续）, 东塘村3组 and 东塘村、西塘村 make no villages of their own', async () => {
  const head = ['企业名称', '街镇', '村居'];
  await bring(t.ctx, [
    sheet([
      head,
      ['甲厂', '华漕镇', '东塘村'],
      ['乙厂', '华漕镇', '西塘村'],
      ['丙厂', '华漕镇', '东塘村（续）'],
      ['丁厂', '华漕镇', '东塘村3组'],
      ['戊厂', '华漕镇', '东塘村、西塘村'],
    ]),
  ]);
  const { rows } = await bring(t.ctx, [
    {
      name: '名册.xlsx',
      bytes: workbook([
        {
          name: '东塘村（续）',
          rows: [
            ['企业名称', '街镇'],
            ['己厂', '华漕镇'],
          ],
        },
      ]),
    },
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.name, e.village])).toEqual([
    ['甲厂', '东塘村'],
    ['乙厂', '西塘村'],
    ['丙厂', '东塘村'],
    ['丁厂', '东塘村'],
    ['戊厂', null],
    ['己厂', '东塘村'],
  ]);
  expect(await t.ctx.store.read.sql("SELECT name FROM area WHERE level = 'village' ORDER BY name")).toEqual([
    { name: '东塘村' },
    { name: '西塘村' },
  ]);
  expect(rows[0]?.result).toBe('created');
});

test('a formula whose result the file does not hold is said, and nothing is made of it', async () => {
  const book = XLSX.utils.book_new();
  const table = XLSX.utils.aoa_to_sheet([
    ['企业名称', '地址', '备注'],
    ['上海甲机械有限公司', null, '沿街'],
  ]);
  table.B2 = { t: 'n', f: 'VLOOKUP(A2,Sheet2!A:B,2,0)' };
  table.C2 = { t: 's', f: 'IF(A2="","","沿街")', v: '沿街' };
  XLSX.utils.book_append_sheet(book, table, '企业');
  const { rows } = await bring(t.ctx, [
    { name: '名册.xlsx', bytes: new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer) },
  ]);
  expect(rows[0]?.warnings.map((w) => w.code)).toContain('FORMULA_WITHOUT_RESULT');
  expect((await onFile(t.ctx))[0]).toMatchObject({ address: null, remark: '沿街' });
});

test(
  'days typed as numbers like 2024.5, counts of years, and ranges where one day is asked: none becomes a ' +
    'wrong day, what is not taken stays in the remark',
  async () => {
    const head = ['企业名称', '街镇', '成立日期', '有效期至', '批复日期'];
    await bring(t.ctx, [
      sheet([
        head,
        ['上海甲机械有限公司', '华漕镇', 2024.5, 2027.1, '2023-01-01至2028-01-01'],
        ['上海乙塑料有限公司', '华漕镇', 5, 2027.12, 2019.3],
        ['上海丙食品有限公司', '华漕镇', '2020-01-01', '2024-01-01至2029-01-01', '2019-05-06'],
      ]),
    ]);
    expect((await onFile(t.ctx)).map((e) => e.founded_date)).toEqual(['2024-05-01', null, '2020-01-01']);
    expect(await t.ctx.store.read.sql('SELECT valid_from AS a, valid_to AS b FROM permit ORDER BY id')).toEqual([
      { a: null, b: '2027-12-31' },
      { a: '2024-01-01', b: '2029-01-01' },
    ]);
    expect(await t.ctx.store.read.sql('SELECT approval_date AS d FROM eia_project ORDER BY id')).toEqual([
      { d: '2019-03-01' },
      { d: '2019-05-06' },
    ]);
    const [a, b] = await onFile(t.ctx);
    expect(String(a?.remark)).toMatch(/2027\.1/);
    expect(String(a?.remark)).toMatch(/2023-01-01至2028-01-01/);
    expect(String(b?.remark)).toMatch(/5/);
  },
);

test('a messy workbook: titles, two-level merged headings, merged villages, hidden rows, totals, notes; nothing lost', async () => {
  const rows: Cell[][] = [
    ['华漕镇企业环保管家底册（2026年）', null, null, null, null, null, null, null],
    ['序号', '村居', '企业基本信息', null, '环保联系人', null, '环评', null],
    [null, null, '单位名称*', '信用代码', '姓名', '电话', '批复文号', '时间'],
    [1, '建东村', '上海甲机械厂', makeCode('A1'), '张三', '13900000001', '闵环保许评〔2019〕1号', '2019.5'],
    [2, null, '上海乙机械厂', makeCode('A2'), '李四', '021-54221234', null, null],
    [3, null, '上海丙机械厂', makeCode('A3'), '王五', '13900000003、13900000004', null, null],
    [null, '小计', 3, null, null, null, null, null],
    [4, '诸翟村', '上海丁机械厂', makeCode('A4'), '赵六', null, null, null],
    [null, null, null, null, null, null, null, null],
    ['填表人：王小二', null, null, '日期：2026-11-01', null, null, null, null],
  ];
  const bytes = workbook([
    { name: 'Sheet1', rows, merges: ['A1:H1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:F2', 'G2:H2', 'B4:B6'], hidden: [6] },
  ]);
  const { preview, done } = await bring(t.ctx, [{ name: '底册.xlsx', bytes }], { townName: '华漕镇' });
  expect(preview.sheets[0]).toMatchObject({
    headerRow: 3,
    headerRows: 2,
    rows: 4,
    created: 4,
    rejected: 0,
    hiddenRows: 1,
    droppedTotals: 1,
    droppedNotes: 1,
    unmapped: [],
  });
  expect(done.totals).toMatchObject({ rows: 4, created: 4 });
  expect((await onFile(t.ctx)).map((e) => [e.name, e.village, e.town])).toEqual([
    ['上海甲机械厂', '建东村', '华漕镇'],
    ['上海乙机械厂', '建东村', '华漕镇'],
    ['上海丙机械厂', '建东村', '华漕镇'],
    ['上海丁机械厂', '诸翟村', '华漕镇'],
  ]);
  expect(await t.ctx.store.read.sql('SELECT name, post, mobile, landline FROM contact ORDER BY id')).toEqual([
    { name: '张三', post: 'env_manager', mobile: '13900000001', landline: null },
    { name: '李四', post: 'env_manager', mobile: null, landline: '021-54221234' },
    { name: '王五', post: 'env_manager', mobile: '13900000003', landline: null },
    { name: '王五', post: 'env_manager', mobile: '13900000004', landline: null },
    { name: '赵六', post: 'env_manager', mobile: null, landline: null },
  ]);
  expect(
    await t.ctx.store.read.sql('SELECT approval_no, approval_date, approval_date_precision FROM eia_project'),
  ).toEqual([{ approval_no: '闵环保许评〔2019〕1号', approval_date: '2019-05-01', approval_date_precision: 'month' }]);
});

test('sheets named after villages give their rows the village; a village on file is found by its stem', async () => {
  const head = ['企业名称', '地址'];
  const bytes = workbook([
    { name: '建东村', rows: [head, ['上海甲机械厂', '路1号']] },
    { name: '诸翟居委会', rows: [head, ['上海乙机械厂', '路2号']] },
  ]);
  await bring(t.ctx, [{ name: '各村.xlsx', bytes }], { townName: '华漕镇' });
  expect((await onFile(t.ctx)).map((e) => e.village)).toEqual(['建东村', '诸翟居委会']);
  const { e } = await one(['企业名称', '村居'], ['上海丙机械厂', '建东']);
  expect(e.village).toBe('建东村');
});

test('a stem that is both a village and a committee is not guessed', async () => {
  const { preview, rows } = await bring(
    t.ctx,
    [
      sheet([
        ['企业名称', '村居'],
        ['上海甲机械厂', '建东村'],
        ['上海乙机械厂', '建东居委会'],
        ['上海丙机械厂', '建东'],
      ]),
    ],
    { townName: '华漕镇' },
  );
  expect(preview.sheets[0]?.warnings.AREA_AMBIGUOUS).toBe(1);
  expect(rows[2]?.warnings.map((w) => w.code)).toContain('AREA_AMBIGUOUS');
  expect((await onFile(t.ctx)).map((e) => e.village)).toEqual(['建东村', '建东居委会', null]);
});

test('wrong codes: the row stays, the code is put aside with what is wrong, and a look-alike letter is proposed', async () => {
  const wrong = A.slice(0, 17) + (A[17] === '0' ? '1' : '0');
  const withO = makeCode('MA1K0W0NY').replace('MA1K0W', 'MA1KOW');
  const { preview, rows, done } = await bring(t.ctx, [
    sheet([
      ['企业名称', '统一社会信用代码'],
      ['上海甲机械厂', wrong],
      ['上海乙机械厂', withO],
      ['上海丙机械厂', '91310112'],
      ['上海丁机械厂', '/'],
      ['上海戊机械厂', ''],
    ]),
  ]);
  expect(done.totals).toMatchObject({ rows: 5, created: 5, rejected: 0, duplicates: 0 });
  expect(preview.sheets[0]?.warnings).toMatchObject({ CREDIT_CODE_CHECK: 1, CREDIT_CODE_FORM: 2 });
  expect((await onFile(t.ctx)).map((e) => [e.credit_code, e.credit_code_quarantine])).toEqual([
    [null, wrong],
    [null, withO],
    [null, '91310112'],
    [null, null],
    [null, null],
  ]);
  expect(rows[1]?.warnings[0]?.sentence).toContain(withO.replace('KOW', 'K0W'));
});

test('a code in number format has lost its digits: never repaired, always said', async () => {
  const { done, preview } = await bring(t.ctx, [
    sheet([
      ['企业名称', '信用代码'],
      ['上海甲机械厂', 913101120000000000],
      ['上海乙机械厂', '9.13101E+17'],
    ]),
  ]);
  expect(done.totals).toMatchObject({ created: 2, rejected: 0 });
  expect(preview.sheets[0]?.warnings.CODE_LOST).toBe(2);
  expect((await onFile(t.ctx)).map((e) => e.credit_code)).toEqual([null, null]);
});

test('full-width digits and letters, spaces and hyphens in a code are forgiven', async () => {
  const wide = [...A].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
  const { e, codes } = await one(['企业名称', '信用代码'], ['上海甲机械厂', ` ${wide} `]);
  expect(e.credit_code).toBe(A);
  expect(codes).not.toContain('CREDIT_CODE_FORM');
});

test('a 15-digit number is the old registration number, a permit number gives its first 18 characters', async () => {
  const { rows } = await bring(t.ctx, [
    sheet([
      ['企业名称', '注册号'],
      ['上海甲机械厂', '310112000123456'],
      ['上海乙机械厂', `${A}001X`],
    ]),
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.credit_code, e.old_reg_no])).toEqual([
    [null, '310112000123456'],
    [A, null],
  ]);
  expect(rows.map((r) => r.warnings[0]?.code)).toEqual(['OLD_REG_NO', 'CODE_FROM_PERMIT']);
});

test('dates: serial numbers, text forms, months, ranges and 长期 are read; what is unreadable is kept in words', async () => {
  const head = ['企业名称', '成立日期', '有效期至', '批复日期'];
  const { rows } = await bring(t.ctx, [
    sheet([
      head,
      ['甲机械厂', 41492, '2021年3月1日至2026年2月28日', '2019.5.6'],
      ['乙机械厂', '2013年8月', '长期', '20190506'],
      ['丙机械厂', '去年', '/', '不详'],
    ]),
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.founded_date, e.founded_date_precision])).toEqual([
    ['2013-08-06', 'day'],
    ['2013-08-01', 'month'],
    [null, null],
  ]);
  expect(await t.ctx.store.read.sql('SELECT valid_from, valid_to FROM permit ORDER BY id')).toEqual([
    { valid_from: '2021-03-01', valid_to: '2026-02-28' },
  ]);
  expect(await t.ctx.store.read.sql('SELECT approval_date FROM eia_project ORDER BY id')).toEqual([
    { approval_date: '2019-05-06' },
    { approval_date: '2019-05-06' },
  ]);
  expect(rows[0]?.warnings.map((w) => w.code)).toContain('DATE_SERIAL');
  expect(rows[2]?.warnings.map((w) => w.code)).toEqual(['DATE_UNREADABLE', 'TOWN_UNASSIGNED']);
  expect((await onFile(t.ctx))[2]?.remark).toBe('成立日期：去年');
  expect((await onFile(t.ctx))[1]?.remark).toBe('有效期至：长期');
});

test(
  'numbers with 约 and 以上 keep their word, kilograms become tonnes, other units are not stored as if they ' +
    'were the right one',
  async () => {
    const { e } = await one(
      ['企业名称', '职工人数', '建筑面积（m2）', '危废产生量(kg/a)', '占地面积'],
      ['甲机械厂', '约46', '3间', 1500, '3亩'],
    );
    expect(e).toMatchObject({ employees: 46, floor_area: null, site_area: '2000' });
    expect(String(e.remark)).toContain('约46');
    expect(String(e.remark)).toContain('3间');
    expect(await t.ctx.store.read.sql('SELECT yearly_amount FROM haz_waste_profile')).toEqual([
      { yearly_amount: '1.5' },
    ]);
  },
);

test('words: 汽修厂 is 汽修, 恢复生产 is 在产, 饭店 is 餐饮; an unknown word is said and kept', async () => {
  const { rows } = await bring(t.ctx, [
    sheet([
      ['企业名称', '类型', '经营状态', '企业规模'],
      ['甲修理厂', '汽修厂', '恢复生产', '微型'],
      ['乙饭店', '饭店', '已停产', '小'],
      ['丙厂', '神秘行业', '拆迁', '规上'],
    ]),
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.object_kind, e.operating_status, e.scale])).toEqual([
    ['car_repair', 'operating', 'micro'],
    ['catering', 'suspended', 'small'],
    ['other', 'relocated', null],
  ]);
  expect(rows[2]?.warnings.map((w) => w.code)).toEqual(['WORD_UNKNOWN', 'WORD_UNKNOWN', 'TOWN_UNASSIGNED']);
  expect((await onFile(t.ctx))[2]?.remark).toBe('对象类型：神秘行业；企业规模：规上');
});

test('blank is unknown, never no: yes/no variants become four states', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '是否产生危废'],
      ['甲厂', '√'],
      ['乙厂', '无'],
      ['丙厂', ''],
      ['丁厂', '不涉及'],
      ['戊厂', '有（约2吨）'],
    ]),
  ]);
  expect(
    await t.ctx.store.read.sql(
      'SELECT e.name, h.generates FROM enterprise e LEFT JOIN haz_waste_profile h ON h.enterprise_id = e.id ORDER BY e.id',
    ),
  ).toEqual([
    { name: '甲厂', generates: 'yes' },
    { name: '乙厂', generates: 'no' },
    { name: '丙厂', generates: null },
    { name: '丁厂', generates: 'not_applicable' },
    { name: '戊厂', generates: 'yes' },
  ]);
});

test('industry as C3311, 3311 or by name; an unknown name stays as written', async () => {
  const { rows } = await bring(t.ctx, [
    sheet([
      ['企业名称', '行业'],
      ['甲厂', 'C3311'],
      ['乙厂', '金属制品业'],
      ['丙厂', '卖早点'],
    ]),
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.industry_code, e.industry_name])).toEqual([
    ['3311', '金属结构制造'],
    ['33', '金属制品业'],
    [null, '卖早点'],
  ]);
  expect(rows[2]?.warnings[0]?.code).toBe('INDUSTRY_UNKNOWN');
});

test('names of older editions give the code of today; one that was divided is asked', async () => {
  const names = [
    '电力、热力的生产和供应业',
    '塑料制品业',
    '机动车燃油零售',
    '农、林、牧、渔服务业',
    '交通运输设备制造业',
  ];
  const { rows } = await bring(t.ctx, [
    sheet([['企业名称', '行业名称'], ...names.map((name, n) => [`上海甲${n}机械有限公司`, name])]),
  ]);
  expect((await onFile(t.ctx)).map((e) => [e.industry_code, e.industry_name])).toEqual(
    ['44', '292', '5265', '05', null].map((code, n) => [code, names[n]]),
  );
  expect(rows.at(-1)?.warnings[0]?.sentence).toContain('分成了 36 汽车制造业、37');
});

test('coordinates: swapped columns are put right, degrees converted, the system stays unknown unless said', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '经度', '纬度'],
      ['甲厂', '31.2', '121.3'],
      ['乙厂', '121°30\'0"', '31°12\'0"'],
    ]),
  ]);
  await bring(
    t.ctx,
    [
      sheet([
        ['企业名称', '经度', '纬度'],
        ['丙厂', '121.3', '31.2'],
      ]),
    ],
    { coordinateSystem: 'gcj02' },
  );
  expect((await onFile(t.ctx)).map((e) => [Number(e.longitude), Number(e.latitude), e.coordinate_system])).toEqual([
    [121.3, 31.2, 'unknown'],
    [121.5, 31.2, 'unknown'],
    [121.3, 31.2, 'gcj02'],
  ]);
});

test('phones have one form however they are written, and a contact on file learns what else a row says of it', async () => {
  const phone = '13900004417';
  for (const text of [
    '１３９ ００００ ４４１７',
    '139.0000.4417',
    '139—0000—4417',
    '(139)00004417',
    '+86-139-0000-4417',
  ])
    await bring(t.ctx, [
      sheet([
        ['企业名称', '联系人', '联系电话'],
        ['上海甲机械有限公司', '张三', text],
      ]),
    ]);
  const contacts = async () =>
    await t.ctx.store.read.sql(
      'SELECT name, mobile, landline, post, verified_date FROM contact WHERE deleted_at IS NULL',
    );
  expect(await contacts()).toEqual([
    { name: '张三', mobile: phone, landline: null, post: 'other', verified_date: null },
  ]);
  const head = ['企业名称', '联系人', '联系人职务', '联系人座机', '联系人核实日期'];
  await bring(t.ctx, [sheet([head, ['上海甲机械有限公司', '张三', 'EHS', '021 5000 1234', '2026-11-01']])]);
  expect(await contacts()).toEqual([
    { name: '张三', mobile: phone, landline: '021-50001234', post: 'ehs', verified_date: '2026-11-01' },
  ]);
  // Typed ones too; what is more than a number stays as it was typed.
  const enterpriseId = String((await onFile(t.ctx))[0]?.id);
  for (const [typed, kept] of [
    ['+86 139—0000.4418', '13900004418'],
    ['13900004419 张三', '13900004419 张三'],
  ]) {
    const { id } = await createRecord(t.ctx, 'contact', { enterpriseId, name: '李四', mobile: typed ?? '' });
    expect((await getRecord(t.ctx, 'contact', id)).values.mobile).toBe(kept);
  }
});

test('two persons and several phones in one cell are told apart', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '联系人', '联系电话', '法人', '法人电话'],
      ['甲厂', '张三、李四', '13900000001/13900000002', '王总', 13900000009],
    ]),
  ]);
  expect(await t.ctx.store.read.sql('SELECT name, mobile, post, is_primary FROM contact ORDER BY id')).toEqual([
    { name: '张三', mobile: '13900000001', post: 'other', is_primary: 1 },
    { name: '李四', mobile: '13900000002', post: 'other', is_primary: 0 },
    { name: '王总', mobile: '13900000009', post: 'legal_rep', is_primary: 0 },
  ]);
});

test('a note behind a name hints at the status, the name stays as written', async () => {
  const { e } = await one(['企业名称'], [' 上海甲机械厂（已搬迁） ']);
  expect(e).toMatchObject({ name: '上海甲机械厂（已搬迁）', operating_status: 'relocated' });
});

test('labels: the words of a column decide its system', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '风险等级', '红黄绿'],
      ['甲厂', '较大', null],
      ['乙厂', '一般', null],
    ]),
  ]);
  expect(await t.ctx.store.read.sql('SELECT system, value, assessed_date FROM label ORDER BY id')).toEqual([
    { system: 'overall_risk', value: 'serious', assessed_date: '2026-11-18' },
    { system: 'overall_risk', value: 'ordinary', assessed_date: '2026-11-18' },
  ]);
});

test('two columns for one field: the better heading wins, the other is listed as unmapped', async () => {
  const preview = await look(t.ctx, [
    sheet([
      ['企业名称', '单位名称', '出租方名称', '法人电话', '编号'],
      ['甲', '上海甲机械厂', '某村委会', '13900000001', 7],
    ]),
  ]);
  expect(preview.sheets[0]?.columns.map((c) => [c.target, c.how])).toEqual([
    [null, 'none'],
    ['enterprise.name', 'exact'],
    ['enterprise.landlord', 'contains'],
    ['contact.mobile', 'contains'],
    [null, 'ignored'],
  ]);
  expect(preview.sheets[0]?.unmapped).toEqual(['企业名称']);
});

test('short headings are settled by their values: 代码 is a credit code here and an industry code there', async () => {
  const first = await look(t.ctx, [
    sheet([
      ['企业名称', '代码'],
      ['甲厂', A],
    ]),
  ]);
  expect(first.sheets[0]?.columns[1]).toMatchObject({ target: 'enterprise.creditCode', how: 'values' });
  const second = await look(t.ctx, [
    sheet([
      ['企业名称', '代码', '风险'],
      ['甲厂', '3311', 2],
      ['乙厂', '1310', 1],
    ]),
  ]);
  expect(second.sheets[0]?.columns[1]).toMatchObject({ target: 'enterprise.industryCode', how: 'values' });
  // Numbers are no grades of any label.
  expect(second.sheets[0]?.columns[2]).toMatchObject({ target: null });
});

test('over-long text is cut with its whole in the remark, and no row is lost for it', async () => {
  const long = `${'很长的名字'.repeat(30)}厂`;
  const { e, codes } = await one(['企业名称'], [long]);
  expect([...String(e.name)]).toHaveLength(100);
  expect(codes).toContain('TEXT_CUT');
  expect(String(e.remark)).toContain(long);
});

test('defaults never reject: kind as chosen, tier town, status unknown, town 未划分', async () => {
  const { e } = await one(['企业名称'], ['上海甲汽修'], { objectKind: 'car_repair' });
  expect(e).toMatchObject({
    object_kind: 'car_repair',
    management_tier: 'town',
    operating_status: 'unknown',
    town: '未划分',
  });
});
