// Registers by the dictionary: every kind is filled, nothing is lost, headings by stem, rows of one enterprise, guessed kinds.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REGISTER_KINDS } from '../../domain/registers/kinds.ts';
import { mapColumns } from '../../domain/registers/mapping.ts';
import { kindsText } from '../../domain/registers/kind-text.ts';
import { TARGETS } from '../../domain/registers/targets.ts';
import { tableOf } from '../../db/index.ts';
import { exportResult } from '../../services/registers/index.ts';
import { bring, look, makeCode, onFile, openDesk, sheet, workbook, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

const rowsIn = async (table: string): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql(`SELECT * FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);

/** The field that a column with this heading and value fills, beside one of names. */
function mapped(heading: string, value: string): string | null {
  const column = (index: number, text: string, cell: string) => ({
    index,
    heading: text,
    cells: () => [{ text: cell, raw: cell, kind: 'text' as const }],
  });
  const hints = { chosen: new Map(), remembered: new Map(), profile: new Map() };
  const columns = mapColumns([column(0, '单位名称', '上海甲样本有限公司'), column(1, heading, value)], hints);
  return columns[1]?.target?.key ?? null;
}

/** A text that the field takes. */
function sample(target: (typeof TARGETS)[number], n: number): string {
  const { meta } = target;
  if (meta.vocabulary && meta.kind === 'choice') return Object.values<string>(meta.vocabulary.labels)[0] ?? '';
  if (meta.kind === 'fourState' || meta.kind === 'flag') return '是';
  if (meta.kind === 'day') return '2024-05-06';
  if (meta.kind === 'integer') return meta.label === '年度' ? '2025' : '7';
  if (meta.kind === 'decimal') return '12.5';
  if (meta.cell === 'phone') return meta.label === '座机' ? '021-54221234' : '13900000001';
  return `${meta.label}甲${n}`;
}

test('every kind that registers fill is made from a sheet of its own fields; one that is not would have a list somewhere', async () => {
  for (const { entity } of REGISTER_KINDS) {
    const targets = TARGETS.filter((target) => target.entity === entity.name);
    const head = ['单位名称', ...targets.map((target) => `${target.group}${target.label}`)];
    const name = `上海${entity.label}样本有限公司`;
    const preview = await look(t.ctx, [sheet([head, [name, ...targets.map(sample)]])], { townName: '华漕镇' });
    const columns = preview.sheets[0]?.columns ?? [];
    expect([entity.name, columns.slice(1).map((c) => c.target)]).toEqual([entity.name, targets.map((x) => x.key)]);
    await bring(t.ctx, [sheet([head, [name, ...targets.map(sample)]])], { townName: '华漕镇' });
    expect([entity.name, (await rowsIn(tableOf(entity))).length]).toEqual([entity.name, 1]);
  }
});

test('values of a part without its name or year go to the remark, each with heading and value named; none is lost', async () => {
  const { rows } = await bring(t.ctx, [
    sheet([
      ['企业名称', '设计产能', '预案备案编号', '污染源类别', '环评批复文号'],
      ['上海甲机械厂', '100吨', '310199-2024-600-L', '废水,危废', '沪环保许评〔2022〕600号'],
    ]),
  ]);
  expect((await onFile(t.ctx))[0]?.remark).toBe('设计产能：100吨；污染源类别：废水,危废');
  expect(await rowsIn('emergency_plan')).toMatchObject([{ filing_no: '310199-2024-600-L' }]);
  expect(await rowsIn('eia_project')).toMatchObject([{ project_name: '上海甲机械厂建设项目' }]);
  const sentences = rows[0]?.warnings.filter((w) => w.code === 'RECORD_INCOMPLETE').map((w) => w.sentence) ?? [];
  expect(sentences).toHaveLength(2);
  expect(sentences.join()).toMatch(/设计产能“100吨”没有产品名称.*污染源类别“废水,危废”没有年度/);
});

test('several values in one cell are several records, and what only one of them can have is kept in words', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '主要产品', '设计产能', '污染源类别', '名录年度'],
      ['上海甲机械厂', '螺栓、垫圈', '100吨', '废水，危废', 2025],
      ['上海乙机械厂', '螺母', '20吨', '土壤', 2024],
    ]),
  ]);
  expect(await rowsIn('product')).toMatchObject([
    { name: '螺栓', designed_capacity: null },
    { name: '垫圈', designed_capacity: null },
    { name: '螺母', designed_capacity: '20', unit: '吨' },
  ]);
  expect(await rowsIn('key_list_entry')).toMatchObject([
    { list: 'water', year: 2025 },
    { list: 'hazardous_waste', year: 2025 },
    { list: 'soil', year: 2024 },
  ]);
  expect((await onFile(t.ctx))[0]?.remark).toBe('设计产能：100吨');
});

test('headings by stem: the village, the town and the state are found in other words; a district is no town', async () => {
  const heads: [string, string, Record<string, string>][] = [
    ['所属村', '东禾村', { village: '东禾村' }],
    ['村名', '东禾村', { village: '东禾村' }],
    ['行政村', '东禾村', { village: '东禾村' }],
    ['村（社区）', '禾苑社区', { village: '禾苑社区' }],
    ['所在村居', '东禾村', { village: '东禾村' }],
    ['村居委名称', '东禾村', { village: '东禾村' }],
    ['所在镇', '青禾镇', { town: '青禾镇' }],
    ['属地', '青禾镇', { town: '青禾镇' }],
    ['镇（街道）', '青禾镇', { town: '青禾镇' }],
    ['是否生产', '否', { operating_status: 'suspended' }],
    ['是否停产', '否', { operating_status: 'operating' }],
    ['是否关停', '是', { operating_status: 'closed' }],
    ['生产与否', '停产', { operating_status: 'suspended' }],
    ['是否停产停业', '是', { operating_status: 'suspended' }],
  ];
  const bytes = workbook(
    heads.map(([heading, value], n) => ({
      name: `表${n}`,
      rows: [
        ['企业名称', heading],
        [`上海第${n}样本有限公司`, value],
      ],
    })),
  );
  const { preview } = await bring(t.ctx, [{ name: '名册.xlsx', bytes }]);
  expect(preview.sheets.flatMap((s) => s.unmapped)).toEqual([]);
  const found = new Map((await onFile(t.ctx)).map((e) => [e.name, e]));
  for (const [n, [heading, , expected]] of heads.entries())
    expect([heading, found.get(`上海第${n}样本有限公司`)]).toMatchObject([heading, expected]);
  const { preview: other } = await bring(t.ctx, [
    sheet([
      ['企业名称', '行政区划', '区县'],
      ['上海区划样本有限公司', '云州区', '云州区'],
    ]),
  ]);
  expect(other.sheets[0]?.columns.slice(1).map((c) => c.target)).toEqual(['enterprise.remark', 'enterprise.remark']);
  expect((await onFile(t.ctx)).at(-1)).toMatchObject({ remark: '行政区划：云州区；区县：云州区' });
  expect(await t.ctx.store.read.sql("SELECT name FROM area WHERE name = '云州区'")).toEqual([]);
});

test.each([
  ['villageId', '东禾村', '属地村 辖区村 村别 村级 村（社区）名称 自然村 所在社区（村） 村民委员会 归属村'],
  ['townId', '青禾镇', '镇级 所在街镇 乡镇（街道） 属地单位 所属辖区 镇名 街道（镇）'],
  ['operatingStatus', '是', '是否正常生产 是否正常营业 是否已停产 停产与否 是否停产停业 目前是否生产 是否在建'],
  ['operatingStatus', '停产', '开停状态 运行状态 生产现况 企业状况'],
])('%s is found under each of its headings', (field, value, headings) => {
  for (const heading of headings.split(' '))
    expect([heading, mapped(heading, value)]).toEqual([heading, `enterprise.${field}`]);
});

test('what runs or is normal may be equipment; a heading of a post is no name, and units of measure name nobody', () => {
  for (const [heading, value, target] of [
    ['设备运行状态', '正常', null],
    ['运行状态', '正常', null],
    ['省市', '上海市', 'enterprise.remark'],
    ['联系人职务', '厂长', 'contact.post'],
    ['计量单位', '千支', null],
    ['主管单位', '机加工车间', null],
    ['审批时间', '2024-05-06', 'eiaProject.approvalDate'],
    ['Village', '东禾村', 'enterprise.villageId'],
  ] as const)
    expect([heading, mapped(heading, value)]).toEqual([heading, target]);
});

test('rows that list the projects of an enterprise are one enterprise; what contradicts is another', async () => {
  const file = sheet([
    ['建设单位', '项目名称', '环评批复文号', '职工人数'],
    ['上海甲机械有限公司', '一期', '沪环〔2019〕1号', null],
    ['上海甲机械有限公司', '二期', '沪环〔2020〕2号', null],
    ['上海乙塑料有限公司', '一期', '沪环〔2021〕3号', 10],
    ['上海乙塑料有限公司', '二期', '沪环〔2022〕4号', 20],
    ['上海甲机械有限公司', '三期', '沪环〔2023〕5号', null],
  ]);
  const { done, rows } = await bring(t.ctx, [file], { townName: '华漕镇' });
  expect(done.totals).toMatchObject({ rows: 5, created: 3, joined: 2, duplicates: 1, rejected: 0 });
  expect(rows.map((r) => r.result)).toEqual(['created', 'joined', 'created', 'created', 'joined']);
  expect((await rowsIn('eia_project')).map((p) => p.project_name)).toEqual(['一期', '二期', '三期', '一期', '二期']);
  // The same file again changes nothing; a project more is an update of the enterprise.
  expect((await bring(t.ctx, [file], { townName: '华漕镇' })).done.totals).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 3,
    joined: 2,
  });
  const more = await bring(
    t.ctx,
    [
      sheet([
        ['建设单位', '项目名称', '环评批复文号'],
        ['上海甲机械有限公司', '一期', '沪环〔2019〕1号'],
        ['上海甲机械有限公司', '四期', '沪环〔2026〕9号'],
      ]),
    ],
    { townName: '华漕镇' },
  );
  expect(more.done.totals).toMatchObject({ created: 0, updated: 1, joined: 1 });
  expect(await rowsIn('eia_project')).toHaveLength(6);
});

test('rows of one code that differ only where there is no field are one enterprise (bug: one enterprise for each waste)', async () => {
  const code = makeCode('MAXW0230');
  const file = sheet([
    ['序号', '企业名称', '信用代码', '地址', '废物名称'],
    [1, '上海甲机械有限公司', code, '青禾路1号', '废机油'],
    [2, '上海甲机械有限公司', code, '青禾路1号', '废桶'],
    [3, '上海甲机械有限公司', code, '青禾路1号', '污泥'],
    [4, '上海甲机械有限公司', code, '东禾路99号', '废酸'],
    [5, '上海乙塑料有限公司', null, '青禾路2号', '废桶'],
  ]);
  const first = await bring(t.ctx, [file], { townName: '华漕镇' });
  expect(first.done.totals).toMatchObject({ rows: 5, created: 3, joined: 2, duplicates: 1, rejected: 0 });
  expect((await bring(t.ctx, [file], { townName: '华漕镇' })).done.totals).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 3,
    joined: 2,
  });
  // Two rows that differ in their number alone stay two, the second flagged.
  const twins = sheet([
    ['序号', '企业名称', '信用代码'],
    [1, '上海丙印刷有限公司', makeCode('MAXW0231')],
    [2, '上海丙印刷有限公司', makeCode('MAXW0231')],
  ]);
  expect((await bring(t.ctx, [twins], { townName: '华漕镇' })).done.totals).toMatchObject({
    created: 2,
    duplicates: 1,
  });
});

test('rows of one enterprise never overwrite each other: what one record cannot hold twice stays in the remark', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '危废代码', '联系人', '联系电话'],
      ['上海甲机械有限公司', '900-249-08', '张三', '13900000001'],
      ['上海甲机械有限公司', '900-041-49', '张三', '13900000002'],
    ]),
  ]);
  expect(await rowsIn('haz_waste_profile')).toMatchObject([{ codes: '900-249-08' }]);
  expect((await rowsIn('contact')).map((c) => c.mobile)).toEqual(['13900000001', '13900000002']);
  expect((await onFile(t.ctx))[0]?.remark).toContain('900-041-49');
});

test('the object kind follows from the industry where nothing else says it, and the result says how many and how', async () => {
  const head = ['单位名称', '行业代码', '行业类别', '类型'];
  const { preview, done } = await bring(t.ctx, [
    sheet([
      head,
      ['上海甲样本有限公司', '3311', '金属结构制造', ''],
      ['上海乙样本有限公司', '', '电力、热力生产和供应业', ''],
      ['上海丙样本有限公司', '8111', '汽车修理与维护', ''],
      ['上海丁样本有限公司', '6513', '应用软件开发', ''],
      ['上海戊汽修服务部', '', '', ''],
      ['上海己样本有限公司', '3311', '', '餐饮'],
      // A word that nobody understands says nothing.
      ['上海庚样本有限公司', '3311', '', '个体'],
    ]),
  ]);
  expect((await onFile(t.ctx)).map((e) => e.object_kind)).toEqual([
    'industrial',
    'industrial',
    'car_repair',
    'other',
    'car_repair',
    'catering',
    'industrial',
  ]);
  expect(preview.objectKinds).toMatchObject({ guessed: 5, said: 1, unknown: 1 });
  expect(done.report.objectKinds.by.map((one) => [one.word, one.label, one.rows])).toContainEqual([
    'C 制造业',
    '工业企业',
    2,
  ]);
  expect(kindsText(done.report.objectKinds)).toMatch(
    /^对象类型：5 家按行业或名称推断（.*名称“汽修”→汽修 1.*1 家没有依据/,
  );
  const sheets = await exportResult(t.ctx, done.runId);
  expect(sheets.at(-1)).toMatchObject({ name: '对象类型推断' });
  expect(String(sheets[0]?.rows[0]?.at(-1))).toContain('按行业“C 制造业”推断为工业企业');
  // A kind that a person chose for the whole list is no guess.
  const chosen = await look(t.ctx, [sheet([head, ['上海辛样本有限公司', '3311', '', '']])], {
    objectKind: 'warehouse',
  });
  expect(chosen.objectKinds).toMatchObject({ guessed: 0, said: 1 });
});

test(
  'names of punctuation are no names: with a code the row is taken under it, without one it is refused, in ' +
    'preview and import alike',
  async () => {
    const code = makeCode('MA7P');
    const { preview, done } = await bring(t.ctx, [
      sheet([
        ['单位名称', '统一社会信用代码'],
        ['***', code],
        ['。', ''],
        ['……', ''],
        ['上海甲样本有限公司', makeCode('MA7Q')],
      ]),
    ]);
    expect(preview.totals).toMatchObject({ rows: 4, created: 2, rejected: 2 });
    expect(done.totals).toMatchObject({ rows: 4, created: 2, rejected: 2 });
    expect((await onFile(t.ctx)).map((e) => e.name)).toEqual([code, '上海甲样本有限公司']);
  },
);

test('short years are taken as the form takes them and said; a day with two readings names both', async () => {
  const texts = ['24/5/1', '24-5-1', '24.5.1', '2024.5', '2024年5月', '20240501', '5/6/2023'];
  const { rows } = await bring(t.ctx, [
    sheet([['企业名称', '投产日期'], ...texts.map((text, n) => [`上海第${n}样本有限公司`, text])]),
  ]);
  expect((await onFile(t.ctx)).map((e) => e.started_date)).toEqual([
    ...texts.slice(0, 6).map(() => '2024-05-01'),
    null,
  ]);
  expect(rows.slice(0, 3).map((r) => r.warnings[0]?.code)).toEqual(Array(3).fill('DATE_SHORT_YEAR'));
  expect(rows[6]?.warnings[0]?.sentence).toMatch(/2023-05-06 或 2023-06-05/);
});

test('a value that its field does not take is kept in words and never stops the file', async () => {
  const { done } = await bring(t.ctx, [
    sheet([
      ['企业名称', '职工人数', '重点名录', '名录年度'],
      ['上海甲样本有限公司', 99999999, '水', 1800],
    ]),
  ]);
  expect(done.totals).toMatchObject({ created: 1 });
  const remark = String((await onFile(t.ctx))[0]?.remark);
  for (const text of ['99999999', '1800', '水']) expect(remark).toContain(text);
});

test("the next year's list: a changed state keeps the former one, blanks overwrite nothing, another address is a second site", async () => {
  const head = ['企业名称', '统一社会信用代码', '经营状态', '地址'];
  const codes = ['MA9A', 'MA9B', 'MA9C'].map(makeCode);
  const rows = codes.map((code, n) => [`上海第${n}样本有限公司`, code, '在产', `青禾镇路${n}号`]);
  await bring(t.ctx, [sheet([head, ...rows])]);
  const { done } = await bring(t.ctx, [
    sheet([
      head,
      [rows[0]?.[0] ?? '', codes[0] ?? '', '停产', '青禾镇路0号'],
      [rows[1]?.[0] ?? '', codes[1] ?? '', '在产', '青禾镇路88号'],
      [rows[2]?.[0] ?? '', codes[2] ?? '', '在产', null],
    ]),
  ]);
  expect(done.totals).toMatchObject({ created: 1, updated: 1, unchanged: 1, duplicates: 1 });
  expect((await rowsIn('status_history')).map((h) => h.status)).toEqual(['operating', 'suspended']);
});
