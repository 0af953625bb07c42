// Ledgers: each kind goes to the enterprises on file, none is made, what another source said waits, and nothing is lost without a word.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptions } from '../../contract/registers.ts';
import { mapLedger } from '../../domain/registers/ledgers/columns.ts';
import type { EntityCounts } from '../../domain/registers/ledgers/counts.ts';
import { exportResult, importFiles, listRuns, settleValues, waitingValues } from '../../services/registers/index.ts';
import {
  bring,
  makeCode,
  onFile,
  openDesk,
  quiet,
  sheet,
  workbook,
  type Cell,
  type SheetSpec,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B, C, D] = [
  '上海甲甲金属制品有限公司',
  '上海乙乙涂料有限公司',
  '上海丙丙机械有限公司',
  '上海丁丁汽修部',
] as const;
const [CODE_A, CODE_B, CODE_C] = [makeCode('A1'), makeCode('B1'), makeCode('C1')];
const REGISTER: Cell[][] = [
  ['单位名称', '统一社会信用代码', '厂区序号', '街镇', '地址', '法定代表人'],
  [A, CODE_A, '001', '青禾镇', '青禾镇东路1号', '张三'],
  [B, CODE_B, '001', '青禾镇', '青禾镇西路2号', ''],
  [C, CODE_C, '001', '青禾镇', '青禾镇南路3号', ''],
  [C, CODE_C, '002', '青禾镇', '青禾镇北路4号', ''],
  [D, '', '', '青禾镇', '青禾镇中路5号', ''],
];

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [sheet(REGISTER)], { townName: '青禾镇' });
});
afterEach(() => t.close());

type Rows = readonly (readonly Cell[])[];
const file = (name: string, rows: Rows, more: Partial<SheetSpec> = {}) => ({
  name: `${name}.xlsx`,
  bytes: workbook([{ name: '表', rows, ...more }]),
});

/** Takes files in as they are recognised. */
async function take(files: readonly { name: string; bytes: Uint8Array }[], profile: string | null = null) {
  const options = importOptions.parse({ townName: '青禾镇', profile });
  return await importFiles(t.ctx, files, { options, as: null, dryRun: false }, quiet);
}

/** Counts of a kind in one line: rows = created + updated + unchanged + rejected + waiting, queued. */
const line = (entities: readonly EntityCounts[], kind: string): string | null => {
  const one = entities.find(({ entity }) => entity === kind);
  return one
    ? `${one.rows} = ${one.created} + ${one.updated} + ${one.unchanged} + ${one.rejected} + ${one.waiting}, ${one.queued}`
    : null;
};
const stored = async (table: string): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql(`SELECT * FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);

const OUTLETS = file('排口清单', [
  ['镇排口情况', null, null, null, null, null],
  ['企业', '排口编号', '排口名称', '排气筒高度/m', '经纬度', '标志牌安装'],
  [A, 'DA001', '喷漆废气排口', 15, '121.31,31.02', '有'],
  [A, 'DW001', '总排口', null, '31.02，121.31', '无'],
  [B, 'DA001', '投料废气排口', '15m', '121°18.858′,31°1.200′', '是'],
]);

test.each<[string, string, Rows, string, Record<string, unknown>]>([
  [
    '排污许可',
    'permit',
    [
      ['持证单位', '许可证号', '管理类别', '有效期', '核发机关'],
      [A, `${CODE_A}001P`, '简化', '2024.1.1-2028.12.31', '样本局'],
    ],
    'permit',
    { number: `${CODE_A}001P`, management_class: 'simplified', valid_from: '2024-01-01', valid_to: '2028-12-31' },
  ],
  [
    '环评台账',
    'eiaProject',
    [
      ['建设单位', '项目名称', '环评手续', null, null],
      [null, null, '类别', '批复文号/备案号', '批复（备案）日期'],
      [A, '扩建项目', '登记表', '202331019900000005', '2023年5月'],
    ],
    'eia_project',
    { filing_no: '202331019900000005', document_kind: 'registration_form', approval_date_precision: 'month' },
  ],
  [
    '危废管理计划',
    'wasteStream',
    [
      ['产废单位', '废物名称', '废物代码', '计划产生量（kg）', '委托处置单位', '合同有效期至'],
      [A, '废机油', '90021408', '1,200', '样本处置公司', '2026年12月'],
    ],
    'waste_stream',
    { code: '900-214-08', kind: 'hazardous', category: 'HW08', plan_amount: '1.2', contract_end: '2026-12-31' },
  ],
  [
    '一般固废台账',
    'wasteStream',
    [
      ['企业名称', '固废名称', '固废代码', '年产量'],
      [A, '边角料', '900-001-S17', '3吨'],
    ],
    'waste_stream',
    { kind: 'general_industrial', yearly_amount: '3', category: null },
  ],
  [
    '转移联单',
    'wasteTransfer',
    [
      ['产生单位', '联单号', '危废名称', '危废代码', '转移数量', '计量单位', '转移时间', '接收单位', '联单状态'],
      [A, '2026001', '废机油', '900-214-08', 350, '公斤', '2026-03-01 08:30:00', '样本处置公司', '已作废'],
    ],
    'waste_transfer',
    { manifest_no: '2026001', date: '2026-03-01', amount: '350', unit: 'kg', void: 1 },
  ],
  [
    '行政处罚',
    'penalty',
    [
      ['当事人', '处罚决定书文号', '罚款（万元）', '处罚日期', '履行情况', '处罚种类'],
      [A, '样环罚〔2025〕3号', 2.5, '2025-02-03', '未履行', '罚款'],
    ],
    'penalty',
    { document_no: '样环罚〔2025〕3号', amount: 2_500_000, executed: 'no', decision_date: '2025-02-03' },
  ],
  [
    '2025年度企业环境信用评价',
    'creditRating',
    [
      ['企业名称', '信用等级'],
      [A, '蓝'],
    ],
    'credit_rating',
    { year: 2025, grade_text: '蓝' },
  ],
  [
    '应急预案备案',
    'emergencyPlan',
    [
      ['单位名称', '风险级别', '预案备案编号', '备案日期'],
      [A, '较大[较大-水(Q1-M2-E2)]', '310199-2023-002-M', '2023-02-17'],
    ],
    'emergency_plan',
    { risk_grade: 'larger', filing_no: '310199-2023-002-M', filing_date: '2023-02-17' },
  ],
  [
    '活性炭更换台账',
    'treatmentFacility',
    [
      ['单位名称', '设施编号', '设施名称', '处理工艺', '活性炭', null, null, '运行情况'],
      [null, null, null, null, '填充量（kg）', '最近更换日期', '更换周期（天）', null],
      [A, 'TA001', '废气装置', '二级活性炭吸附', '1.2吨', 46000, 90, '正常'],
    ],
    'treatment_facility',
    { medium: 'air', consumable: '活性炭', consumable_amount_kg: '1200', replace_every_days: 90, running: 'yes' },
  ],
  [
    '演练情况',
    'drill',
    [
      ['企业名称', '演练时间', '演练科目'],
      [A, '2026年5月6日', '泄漏处置'],
    ],
    'drill',
    { date: '2026-05-06', scenario: '泄漏处置' },
  ],
])(
  'a ledger of %s fills %s; the same again changes nothing, and no enterprise is made',
  async (name, kind, rows, table, wanted) => {
    const before = (await onFile(t.ctx)).length;
    const first = await take([file(name, rows)]);
    expect([first.files[0]?.kind, line(first.entities, kind)]).toEqual(['ledger', '1 = 1 + 0 + 0 + 0 + 0, 0']);
    expect(await stored(table)).toMatchObject([wanted]);
    const again = await take([file(name, rows)]);
    expect(line(again.entities, kind)).toBe('1 = 0 + 0 + 1 + 0 + 0, 0');
    expect(line(again.entities, 'enterprise')).toBe('1 = 0 + 0 + 1 + 0 + 0, 0');
    const stranger = await take([
      file(
        name,
        rows.map((row) =>
          row.map((cell) =>
            cell === A ? '上海外外有限公司' : cell === `${CODE_A}001P` ? `${makeCode('X9')}001P` : cell,
          ),
        ),
      ),
    ]);
    expect(line(stranger.entities, kind)).toBe('1 = 0 + 0 + 0 + 1 + 0, 0');
    expect(stranger.refused[0]?.reason).toMatch(/“上海外外有限公司”不在企业档案里；台账不新建企业/);
    expect(await onFile(t.ctx)).toHaveLength(before);
  },
);

test('outlets, limits and results find each other, whatever the order of the files; a limit without its outlet is refused', async () => {
  const limits = file('限值', [
    ['企业名称', '排放口编号', '污染物种类', '许可排放浓度限值', '单位'],
    [A, 'DA001', '非甲烷总烃', '≤60', 'mg/Nm³'],
    [A, 'DW001', 'pH', '6~9', '无量纲'],
    [B, 'DA009', '颗粒物', 20, 'mg/m3'],
  ]);
  const results = file('监测数据', [
    ['企业名称', '点位编号', '采样日期', '检测项目', '检测结果', '单位'],
    [A, 'DA001', '2026/2/8', 'NMHC', '61.8', 'mg/m3'],
    [A, 'DW001', '2026/2/8', 'PH', 7.2, '无量纲'],
    [A, '厂界N1', '2026/2/8', '颗粒物', 'ND', 'mg/m3'],
    [A, 'DW001', '2026/2/9', 'COD', '<4', 'mg/L'],
  ]);
  const done = await take([results, limits, OUTLETS]);
  expect(line(done.entities, 'outlet')).toBe('3 = 3 + 0 + 0 + 0 + 0, 0');
  expect(line(done.entities, 'outletLimit')).toBe('3 = 2 + 0 + 0 + 1 + 0, 0');
  expect(line(done.entities, 'monitoringRecord')).toBe('4 = 4 + 0 + 0 + 0 + 0, 0');
  expect(done.refused).toMatchObject([{ file: '限值.xlsx', row: 4, reason: '排放口“DA009”不在企业档案里，请先登记' }]);
  expect(await stored('outlet')).toMatchObject([
    { code: 'DA001', medium: 'air', height_m: '15', longitude: '121.31', latitude: '31.02', sign_posted: 'yes' },
    { code: 'DW001', medium: 'wastewater', longitude: '121.31', latitude: '31.02', sign_posted: 'no' },
    { code: 'DA001', medium: 'air', height_m: '15' },
  ]);
  expect(await stored('outlet_limit')).toMatchObject([
    { pollutant: '非甲烷总烃', low: null, high: '60', unit: 'mg_m3' },
    { pollutant: 'pH值', low: '6', high: '9' },
  ]);
  // Results say no limit: the outlet lends it.
  expect(await stored('monitoring_record')).toMatchObject([
    { pollutant: '非甲烷总烃', value: '61.8', limit_high: '60', judgement: 'exceeds' },
    { pollutant: 'pH值', limit_low: '6', judgement: 'within' },
    { pollutant: '颗粒物', outlet_id: null, point: '厂界N1', operator: 'lt', value: null },
    { pollutant: '化学需氧量', operator: 'lt', value: '4' },
  ]);
});

test('a wide sheet is one result for each cell, with the row of limits and the units over the columns', async () => {
  await take([OUTLETS]);
  const wide = file('汇总', [
    ['企业名称', '排口', '采样日期', '监测结果（mg/L，pH值无量纲）', null, null],
    [null, null, null, 'pH值', 'CODcr', '氨氮'],
    ['标准限值', null, null, '6-9', 500, 45],
    [A, 'DW001', '2026年1月12日', 6.4, 510, '未检出'],
    [A, 'DW001', '2026-02-12', 7, null, 45],
  ]);
  const done = await take([wide]);
  expect(line(done.entities, 'monitoringRecord')).toBe('5 = 5 + 0 + 0 + 0 + 0, 0');
  expect((await stored('monitoring_record')).map((r) => [r.pollutant, r.unit, r.judgement])).toEqual([
    ['pH值', 'dimensionless', 'within'],
    ['化学需氧量', 'mg_L', 'exceeds'],
    ['氨氮', 'mg_L', 'within'],
    ['pH值', 'dimensionless', 'within'],
    ['氨氮', 'mg_L', 'within'],
  ]);
});

const PERMITS = (to: string): Rows => [
  ['单位名称', '许可证编号', '有效期至'],
  [A, `${CODE_A}001P`, to],
];

test('what another source or a person said waits; a newer delivery of the same list takes the place of its own', async () => {
  await take([file('许可一', PERMITS('2027-01-01'))]);
  const renewed = await take([file('许可二', PERMITS('2028-01-01'))]);
  expect([line(renewed.entities, 'permit'), renewed.questions]).toEqual(['1 = 0 + 1 + 0 + 0 + 0, 0', []]);
  const other: Rows = [
    ['企业', '排污许可证编号', '许可证有效期', '法定代表人'],
    [A, `${CODE_A}001P`, '2031-01-01', '李四'],
  ];
  const asked = await take([file('另一份许可', other)]);
  expect(line(asked.entities, 'permit')).toBe('1 = 0 + 0 + 1 + 0 + 0, 1');
  expect(asked.questions.map((q) => [q.entity, q.field, q.ours, q.theirs]).sort()).toEqual([
    ['enterprise', 'legalRep', '张三', '李四'],
    ['permit', 'validTo', '2028-01-01', '2031-01-01'],
  ]);
  // The same again asks nothing anew.
  await take([file('另一份许可', other)]);
  const waiting = await waitingValues(t.ctx);
  expect(waiting.map((one) => [one.label, one.ours, one.theirs]).sort()).toEqual([
    ['排污许可的有效期至', '2028-01-01', '2031-01-01'],
    ['法定代表人', '张三', '李四'],
  ]);
  const permit = waiting.find((one) => one.field === 'validTo');
  const { actionId } = await settleValues(t.ctx, [String(permit?.id)], 'new');
  expect(await stored('permit')).toMatchObject([{ valid_to: '2031-01-01' }]);
  expect(await waitingValues(t.ctx)).toHaveLength(1);
  await t.ctx.store.undo(String(actionId), '张三');
  expect(await waitingValues(t.ctx)).toHaveLength(2);
  await settleValues(t.ctx, null, 'old');
  expect(await waitingValues(t.ctx)).toEqual([]);
  const later = await take([file('另一份许可', other)]);
  expect([later.questions, line(later.entities, 'permit')]).toEqual([[], '1 = 0 + 0 + 1 + 0 + 0, 0']);
});

test('of two sites a row says which by its permit, its address or its name; else it waits and names them', async () => {
  const sites: Rows = [
    ['单位名称', '统一社会信用代码', '排放口编号', '排放口类型', '地址'],
    [`${C}（北路厂区）`, '', 'DA001', '废气', ''],
    [C, CODE_C, 'DA002', '废气', '南路3号'],
    [C, CODE_C, 'DA003', '废气', ''],
  ];
  const done = await take([
    file('排放口', sites),
    file('许可', [
      ['名称', '许可证编号', '发证日期'],
      [C, `${CODE_C}002P`, '2024-01-01'],
    ]),
  ]);
  expect(line(done.entities, 'outlet')).toBe('3 = 2 + 0 + 0 + 0 + 1, 1');
  expect(done.refused[0]?.reason).toContain(`“${C}”有 2 个厂区，没有写明是哪一个`);
  const site = new Map((await onFile(t.ctx)).map((e) => [e.id, e.site_no]));
  expect((await stored('outlet')).map((o) => [o.code, site.get(o.enterprise_id as string)])).toEqual([
    ['DA001', '002'],
    ['DA002', '001'],
  ]);
  expect((await stored('permit')).map((p) => site.get(p.enterprise_id as string))).toEqual(['002']);
});

test('a row that contradicts itself, or lacks what it is a row of, is refused with its reason; what can not be read is named', async () => {
  const wastes = await take([
    file('危废', [
      ['产废单位', '危险废物', null, null, null],
      [null, '名称', '类别', '代码', '年产生量（吨）'],
      [A, '废切削液', 'HW49', '900-006-09', 2],
      [A, '废机油', 'HW08', '900-214-08', '待确认'],
      [A, '', 'HW08', '900-217-08', 1],
    ]),
  ]);
  expect(line(wastes.entities, 'wasteStream')).toBe('3 = 1 + 0 + 0 + 2 + 0, 0');
  expect(wastes.refused.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
    '3 危废类别“HW49”与应有的“HW09”不符，请核对',
    '5 没有废物名称，不能记入废物',
  ]);
  expect(wastes.notes).toMatchObject([{ row: 4, reason: '年产生量“待确认”不是数字，原文留在导入结果里' }]);
});

test('what no field of a facility holds stays in its own words, and a column that no field takes is named with the reason', async () => {
  const rows: Rows = [
    ['单位名称', '治理设施名称', '设施编号', '设计处理能力（m³/h）', '备注'],
    [A, '活性炭吸附', 'TA001', '一万左右吧', '2025年大修'],
    [A, '喷淋塔', 'TA002', 8000, ''],
  ];
  const done = await take([file('治理设施清单', rows)]);
  expect(line(done.entities, 'treatmentFacility')).toBe('2 = 2 + 0 + 0 + 0 + 0, 0');
  const [first] = await stored('treatment_facility');
  expect(String(first?.detail)).toContain('一万左右吧');
  expect(line((await take([file('治理设施清单', rows)])).entities, 'treatmentFacility')).toBe(
    '2 = 0 + 0 + 2 + 0 + 0, 0',
  );
  const calls = await take([
    file('12345工单', [
      ['工单编号', '受理时间', '诉求内容', '被反映单位', '紧急程度', '本所备忘'],
      ['W101', '2026-01-03', '夜间有异味', A, '一般', ''],
      ['W102', '2026-01-04', '噪声很大', A, '紧急', '约周三'],
    ]),
  ]);
  expect(calls.files[0]?.sheets[0]?.left).toMatchObject([
    { heading: '紧急程度', cells: 2, why: expect.stringContaining('工单系统') },
    { heading: '本所备忘', cells: 1, why: null },
  ]);
});

test('complaints are kept whoever they are about, a short name is only proposed, and callers are masked', async () => {
  const calls: Rows = [
    ['工单编号', '受理时间', '来电人', '联系方式', '诉求内容', '被反映单位', '事发地点', '诉求类别', '办理时限'],
    ['W001', '2026-01-03 19:00', '赵女士', '13800000900', '夜间有异味', '乙乙涂料', '西路2号', '异味', '2026-01-08'],
    ['W002', '2026-02-04 20:07', '钱先生', '13800000901', '噪声很大', A, '东路1号', '噪声', '2026-02-09'],
    ['W003', '2026-03-05', '孙女士', '13800000902', '河水发黑', '', '青禾镇南汀村', '污水', '2026-03-10'],
    ['W001', '2026-01-03 19:00', '赵女士', '13800000900', '夜间有异味', '乙乙涂料', '西路2号', '异味', '2026-01-08'],
  ];
  const done = await take([file('12345工单', calls)]);
  expect(line(done.entities, 'complaint')).toBe('4 = 3 + 0 + 1 + 0 + 0, 0');
  expect(done.notes.map(({ reason }) => reason)).toContain(`“乙乙涂料”没有对应的企业，可能是“${B}”，请到记录里选`);
  const [first, second, third] = await stored('complaint');
  expect(first).toMatchObject({ order_no: 'W001', enterprise_id: null, medium: 'air_industrial' });
  expect(first?.content).toContain('所称单位：乙乙涂料');
  expect(second?.enterprise_id).toBe((await onFile(t.ctx)).find((e) => e.name === A)?.id);
  expect(third).toMatchObject({ medium: 'water', due_date: '2026-03-10' });
  const run = (await listRuns(t.ctx))[0];
  const kept = JSON.stringify(await exportResult(t.ctx, String(run?.id)));
  expect(kept).not.toMatch(/1380000090|赵女士|钱先生/);
});

test('findings of another system come with their story: who is done with is closed by steps that name the file', async () => {
  const findings: Rows = [
    ['单位名称', '检查日期', '问题编号', '存在问题', '问题类型', '处理方式', '整改期限', '整改情况', '完成日期'],
    [A, '2025-01-04', 'JX-1', '危废间未张贴标识', '危险废物', '立行立改', '2025-01-10', '已整改', '2025-01-25'],
    [A, '2025-02-05', 'JX-2', '活性炭未更换', '废气', '限期整改', '2025.3.7', '整改中', ''],
    [B, '2025-02-05', 'JX-3', '台账缺失', '台账', '限期整改', '2025-03-07', '未整改', ''],
    [B, '2025-02-06', '', '', '废气', '限期整改', '', '', ''],
  ];
  const done = await take([file('检查问题整改台账', findings)]);
  expect(line(done.entities, 'finding')).toBe('4 = 3 + 0 + 0 + 1 + 0, 0');
  expect(done.refused[0]?.reason).toBe('没有问题，不能记入问题');
  expect(await stored('finding')).toMatchObject([
    { no: 'JX-1', status: 'closed', closed_date: '2025-01-25', deadline: '2025-01-10', category: 'hazardous_waste' },
    { no: 'JX-2', status: 'in_progress', deadline: '2025-03-07', handling_class: 'deadline' },
    { no: 'JX-3', status: 'open', category: 'ledger' },
  ]);
  const steps = await stored('finding_step');
  expect(
    steps.filter((s) => s.event !== 'record').every((s) => String(s.reason).includes('检查问题整改台账.xlsx')),
  ).toBe(true);
  expect(line((await take([file('检查问题整改台账', findings)])).entities, 'finding')).toBe('4 = 0 + 0 + 3 + 1 + 0, 0');
});

test('one sheet of everything about enterprises on file is a ledger; of those that are not, a register', async () => {
  const all: Rows = [
    ['序号', '企业基本信息', null, null, null, '联系人一', null, '联系人二', null, '排污许可', null, '环评'],
    [
      null,
      '单位名称',
      '统一社会信用代码',
      '职工人数（人）',
      '占地面积（㎡）',
      '姓名',
      '联系电话',
      '姓名',
      '联系电话',
      '管理类别',
      '证书编号',
      '批复文号',
    ],
    [
      1,
      A,
      CODE_A,
      '50-60',
      '1,200',
      '王五',
      '13800000001',
      '赵六',
      '021-50001000',
      '简化管理',
      `${CODE_A}001P`,
      '样环评〔2020〕1号',
    ],
    [2, B, CODE_B, 30, 800, '钱七', '13800000002', '', '', '登记管理', '', ''],
  ];
  const merges = ['B1:E1', 'F1:G1', 'H1:I1', 'J1:K1'];
  const known = await take([file('综合信息', all, { merges })]);
  expect(known.files[0]?.kind).toBe('ledger');
  expect([line(known.entities, 'contact'), line(known.entities, 'enterprise')]).toEqual([
    '3 = 3 + 0 + 0 + 0 + 0, 0',
    '2 = 0 + 2 + 0 + 0 + 0, 0',
  ]);
  const people = await stored('contact');
  expect(people.map((p) => [p.name, p.mobile, p.landline])).toEqual([
    ['王五', '13800000001', null],
    ['赵六', null, '021-50001000'],
    ['钱七', '13800000002', null],
  ]);
  const a = (await onFile(t.ctx)).find((e) => e.name === A);
  expect([a?.employees, a?.site_area]).toEqual([null, '1200']);
  expect(String(a?.remark)).toContain('50-60');
  const strangers = all.map((row) =>
    row.map((cell) =>
      cell === A
        ? '上海新新有限公司'
        : cell === B
          ? '上海又新有限公司'
          : cell === CODE_A
            ? makeCode('N1')
            : cell === CODE_B
              ? makeCode('N2')
              : cell === `${CODE_A}001P`
                ? `${makeCode('N1')}001P`
                : cell,
    ),
  );
  const fresh = await take([file('综合信息', strangers, { merges })]);
  expect([fresh.files[0]?.kind, line(fresh.entities, 'enterprise')]).toEqual(['register', '2 = 2 + 0 + 0 + 0 + 0, 0']);
});

test('hidden rows count, sums and notes do not; the whole import is taken back in one undo', async () => {
  const rows: Rows = [
    ['单位名称', '处罚文号', '罚款金额'],
    [A, '样环罚〔2025〕1号', '贰万元整'],
    [B, '样环罚〔2025〕2号', '30,000'],
    ['合计', null, 50000],
    ['注：以上由样本局公示', null, null],
  ];
  const done = await take([file('处罚公示', rows, { hidden: [3] })]);
  expect(line(done.entities, 'penalty')).toBe('2 = 2 + 0 + 0 + 0 + 0, 0');
  expect(done.files[0]?.sheets[0]?.hiddenRows).toBe(1);
  expect((await stored('penalty')).map((p) => p.amount)).toEqual([2_000_000, 3_000_000]);
  await t.ctx.store.undo(String(done.actionIds[0]), '张三');
  expect(await stored('penalty')).toEqual([]);
  expect((await listRuns(t.ctx))[0]?.state).toBe('undone');
});

test.each<[string, string | null, Cell[], (string | null)[]]>([
  [
    '排污许可证发放情况表',
    'permit',
    ['企业名称', '许可证号', '类别', '起始日期', '截止日期', '发证时间'],
    [
      'enterprise.name',
      'permit.number',
      'permit.managementClass',
      'permit.validFrom',
      'permit.validTo',
      'permit.issueDate',
    ],
  ],
  [
    '危险废物产生单位名册',
    'wasteStream',
    ['单位名称', '危废类别', '危废代码', '危废名称', '处置去向', '处置单位', '贮存场所'],
    [
      'enterprise.name',
      'wasteStream.category',
      'wasteStream.code',
      'wasteStream.name',
      'wasteStream.disposalWay',
      'wasteStream.disposalUnitName',
      'wasteStorage.name',
    ],
  ],
  [
    '环境违法案件处罚情况',
    'penalty',
    ['被处罚单位', '处罚决定书编号', '违法类型', '违法行为', '处罚日期'],
    ['enterprise.name', 'penalty.documentNo', null, 'penalty.facts', 'penalty.decisionDate'],
  ],
  [
    '排放口信息',
    'outlet',
    ['排污单位名称', '排放口编号', '排放口类型', '排放口地理坐标经度', '排放口地理坐标纬度'],
    ['enterprise.name', 'outlet.code', 'outlet.medium', 'outlet.longitude', 'outlet.latitude'],
  ],
  [
    '信访投诉台账',
    'complaint',
    ['信访编号', '信访日期', '信访人', '联系电话', '被投诉单位', '投诉内容'],
    [
      'complaint.orderNo',
      'complaint.receivedDate',
      'complaint.complainantName',
      'complaint.complainantPhone',
      'enterprise.name',
      'complaint.content',
    ],
  ],
])(
  '%s: columns by what the rest of the sheet is about, and what says whose a row is never for a field of it',
  (title, main, heads, targets) => {
    const sources = heads.map((heading, index) => ({ index, heading: String(heading), cells: () => [] }));
    const read = mapLedger(sources, title, { chosen: new Map(), remembered: new Map(), profile: new Map() });
    expect([read.main, read.columns.map(({ target }) => target?.key ?? null)]).toEqual([main, targets]);
  },
);

test('noise with its limits beside it is two results; a complaint that is done with is no work of today', async () => {
  await take([
    file('厂界噪声监测', [
      ['被测单位', '测点', '监测时间', '昼间', '夜间', '昼间限值', '夜间限值'],
      [A, 'N1', '2026-03-01', 61, 45, 60, 50],
    ]),
  ]);
  expect((await stored('monitoring_record')).map((r) => [r.point, r.pollutant, r.limit_high, r.judgement])).toEqual([
    ['N1', '昼间噪声', '60', 'exceeds'],
    ['N1', '夜间噪声', '50', 'within'],
  ]);
  await take([
    file('信访投诉台账', [
      ['信访编号', '信访日期', '投诉对象', '投诉内容', '办结日期'],
      ['X1', '2025-03-01', A, '有异味', '2025-03-09'],
      ['X2', '2026-03-01', A, '有噪声', ''],
    ]),
  ]);
  expect((await stored('complaint')).map((c) => [c.state, c.closed_date])).toEqual([
    ['closed', '2025-03-09'],
    ['received', null],
  ]);
});
