// Ledgers with headings and habits that no list of ours was written for, each as a stranger would read it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptions } from '../../contract/registers.ts';
import { plainHeading } from '../../domain/registers/ledgers/heading-words.ts';
import { importFiles, type FilesDone } from '../../services/registers/index.ts';
import {
  bring,
  makeCode,
  openDesk,
  quiet,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B] = ['上海甲甲金属制品有限公司', '上海乙乙涂料有限公司'] as const;
const CODE = makeCode('A1');

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  const register = [
    ['单位名称', '统一社会信用代码', '街镇', '地址'],
    [A, CODE, '青禾镇', '青禾镇东路1号'],
    [B, makeCode('B1'), '青禾镇', '青禾镇西路2号'],
  ];
  await bring(t.ctx, [sheet(register)], { townName: '青禾镇' });
});
afterEach(() => t.close());

type Rows = readonly (readonly Cell[])[];

async function take(name: string, rows: Rows, merges: readonly string[] = []): Promise<FilesDone> {
  const files = [{ name: `${name}.xlsx`, bytes: workbook([{ name: '表', rows, merges }]) }];
  const options = importOptions.parse({ townName: '青禾镇' });
  return await importFiles(t.ctx, files, { options, as: null, dryRun: false }, quiet);
}
const stored = async (table: string): Promise<Record<string, unknown>[]> =>
  await t.ctx.store.read.sql(`SELECT * FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);
const made = (done: FilesDone): Record<string, number> =>
  Object.fromEntries(
    done.entities.filter(({ entity }) => entity !== 'enterprise').map((one) => [one.entity, one.created]),
  );

test.each<[string, Rows, string, Record<string, unknown>]>([
  [
    '许可证核发情况',
    [
      ['单位全称', '许可证号', '管理级别', '发证时间', '有效期起', '许可证到期日', '发证单位'],
      [A, `${CODE}001P`.toLowerCase(), '重点', '2024.3.5', '2024.3.6', '2029.3.5', '样区局'],
    ],
    'permit',
    {
      ...{ number: `${CODE}001P`, management_class: 'key', issue_date: '2024-03-05' },
      ...{ valid_to: '2029-03-05', issue_authority: '样区局' },
    },
  ],
  [
    '环保审批一览',
    [
      ['建设单位（业主）', '工程名称', '环评文件类别', '审批文号', '审批时间', '审批机关'],
      [A, '技改项目', '报告表', '样环审〔2015〕3号', '2015.6', '样区环保局'],
    ],
    'eia_project',
    { project_name: '技改项目', document_kind: 'report_form', approval_authority: '样区环保局' },
  ],
  [
    '危废产生及贮存情况',
    [
      [
        '企业',
        '危废名称',
        '废物类别',
        '八位码',
        '产废环节',
        '2024年实际产生量',
        '2025年实际产生量',
        '2026年计划产生量',
      ],
      [A, '废机油', 'HW08', '90021408', '设备维护', 1, '300kg', '0.5吨'],
    ],
    'waste_stream',
    { code: '900-214-08', category: 'HW08', source_process: '设备维护', yearly_amount: '0.3', plan_amount: '0.5' },
  ],
  [
    '联单导出',
    [
      ['电子联单号', '移出单位', '移出日期', '危废名称', '移出数量(kg)', '是否作废'],
      ['310199001', A, '2026/3/1', '废机油', '1,250.5', '是'],
    ],
    'waste_transfer',
    { amount: '1250.5', unit: 'kg', void: 1 },
  ],
  [
    '案件统计',
    [
      ['当事人名称', '决定书编号', '案由', '处罚时间', '执法部门', '罚金（万元）', '是否缴纳', '是否整改到位'],
      [A, '样环罚〔2025〕1号', '未批先建', '2025/3/4', '样区执法大队', 10.5, '已缴纳', '否'],
    ],
    'penalty',
    { amount: 10_500_000, executed: 'yes', rectified: 'no', authority: '样区执法大队' },
  ],
  [
    '活性炭更换',
    [
      ['公司名称', '设备名称', '活性炭装填量（吨）', '上次更换时间', '更换频次（天/次）'],
      [A, '1#活性炭箱', 0.5, '2026年6月1日', 90],
    ],
    'treatment_facility',
    { name: '1#活性炭箱', consumable_amount_kg: '500', replace_every_days: 90 },
  ],
  [
    '巡查问题清单',
    [
      [
        '受检单位',
        '巡查时间',
        '发现的问题',
        '问题分类',
        '点位',
        '整改建议',
        '要求完成时限',
        '实际完成时间',
        '是否闭环',
      ],
      [A, '2026年3月4日', '危废间标识缺失', '危废', '危废间', '补贴标识', '2026.3.20', '2026.3.18', '是'],
    ],
    'finding',
    { description: '危废间标识缺失', location: '危废间', suggestion: '补贴标识', status: 'closed' },
  ],
  [
    '排污口',
    [
      [
        '单位名称',
        '排污口编号',
        '排污口名称',
        '排放类别',
        '东经',
        '北纬',
        '排气筒高度',
        '是否设置标志牌',
        '是否在线监测',
      ],
      [A, 'ｄａ００１', '喷漆', '废气', '121°18′36″', 31.02, '15米', '是', '否'],
    ],
    'outlet',
    { code: 'DA001', name: '喷漆', longitude: '121.3100000', height_m: '15', sign_posted: 'yes', auto_monitored: 'no' },
  ],
])('%s: other words for the same columns fill the same fields', async (name, rows, table, wanted) => {
  const done = await take(name, rows);
  expect(done.files[0]).toMatchObject({ kind: 'ledger' });
  expect((await stored(table)).at(-1)).toMatchObject(wanted);
});

test('outlets with their limits in the same rows make both, each limit on its outlet', async () => {
  const rows = [
    ['单位名称', '排放口编号', '排放口名称', '排放口类型', '污染物', '限值', '单位', '执行标准'],
    [A, 'DA001', '焊接废气', '废气', '颗粒物', 20, 'mg/m3', '样标1'],
    [A, 'DA001', '焊接废气', '废气', '非甲烷总烃', '≤60', 'mg/m3', '样标1'],
    [B, 'DW001', '总排口', '废水', 'pH', '6～9', '无量纲', '样标2'],
    [B, 'DW001', '总排口', '废水', '总铜', '0.5mg/L', null, '样标2'],
  ];
  expect(made(await take('排放口及执行标准', rows))).toEqual({ outlet: 2, outletLimit: 4 });
  const limits = await t.ctx.store.read.sql(
    'SELECT o.code, o.name, l.pollutant, l.low, l.high, l.unit FROM outlet_limit l JOIN outlet o ON o.id = l.outlet_id ORDER BY l.id',
  );
  expect(limits).toEqual([
    { code: 'DA001', name: '焊接废气', pollutant: '颗粒物', low: null, high: '20', unit: 'mg_m3' },
    { code: 'DA001', name: '焊接废气', pollutant: '非甲烷总烃', low: null, high: '60', unit: 'mg_m3' },
    { code: 'DW001', name: '总排口', pollutant: 'pH值', low: '6', high: '9', unit: 'dimensionless' },
    { code: 'DW001', name: '总排口', pollutant: '总铜', low: null, high: '0.5', unit: 'mg_L' },
  ]);
  expect(made(await take('排放口及执行标准', rows))).toEqual({ outlet: 0, outletLimit: 0 });
});

test('a project with its acceptance, a permit with its outlets and waste with its store stand in one row each', async () => {
  const projects = [
    ['建设单位', '项目名称', '环评类型', '批复文号', '是否验收', '验收时间'],
    [A, '一期', '报告表', '样环审〔2015〕1号', '是', '2016年5月'],
    [A, '二期', '报告表', '样环审〔2018〕2号', null, null],
  ];
  const both = await take('环评验收', projects);
  expect([made(both), both.refused]).toEqual([{ eiaProject: 2, acceptance: 1 }, []]);
  const [acceptance] = await t.ctx.store.read.sql(
    'SELECT p.project_name FROM acceptance a JOIN eia_project p ON p.id = a.eia_project_id',
  );
  expect(acceptance).toEqual({ project_name: '一期' });
  const permits = [
    ['排污单位', '排污许可证编号', '许可证到期日', '排口编号', '排口名称', '排口类别'],
    [A, `${CODE}001P`, '2028-05-01', 'DA001', '喷漆', '废气'],
    [A, `${CODE}001P`, '2028-05-01', 'DW001', '总排', '废水'],
  ];
  expect(made(await take('许可证及排口', permits))).toEqual({ outlet: 2, permit: 1 });
  const waste = [
    ['企业', '危废名称', '危废代码', '暂存间名称', '暂存面积（㎡）'],
    [A, '废机油', '900-214-08', '1#危废库', 20],
    [A, '废包装桶', '900-041-49', '1#危废库', 20],
  ];
  expect(made(await take('危废及贮存', waste))).toEqual({ wasteStream: 2, wasteStorage: 1 });
});

test('a column for each year, each day or each list is a record for each; a row that says none is said', async () => {
  const years = [
    ['单位名称', '2021年', '2022年度', '2023年'],
    [A, '绿牌', '绿牌', '蓝牌'],
    [B, null, '黄牌', '/'],
  ];
  const rated = await take('企业环境信用评价等级', years);
  expect(made(rated)).toEqual({ creditRating: 4 });
  expect(rated.refused.map(({ row, reason }) => [row, reason])).toEqual([[3, '没有评价结果，不能记入信用评价']]);
  expect((await stored('credit_rating')).map(({ year, grade_text: grade }) => [year, grade])).toEqual([
    [2021, '绿牌'],
    [2022, '绿牌'],
    [2023, '蓝牌'],
    [2022, '黄牌'],
  ]);
  const days = [
    ['企业名称', '排口', '监测项目', '单位', '限值', '2026-02-03', '2026年5月6日'],
    [A, 'DA001', '颗粒物', 'mg/m3', 20, 3.2, 'ND'],
    [B, 'DA001', '颗粒物', 'mg/m3', 20, null, null],
  ];
  const measured = await take('自行监测', days);
  expect(made(measured)).toEqual({ monitoringRecord: 2 });
  expect(measured.refused.map(({ row }) => row)).toEqual([3]);
  expect((await stored('monitoring_record')).map((one) => [one.date, one.value, one.operator, one.limit_high])).toEqual(
    [
      ['2026-02-03', '3.2', null, '20'],
      ['2026-05-06', null, 'lt', '20'],
    ],
  );
  const lists = [
    ['2025年环境监管重点单位'],
    ['单位名称', '水环境重点排污单位', '大气环境重点排污单位', '土壤污染重点监管单位'],
    [A, '√', null, '√'],
    [B, null, '√', null],
  ];
  expect(made(await take('重点单位名录', lists))).toEqual({ keyListEntry: 3 });
  expect((await stored('key_list_entry')).map(({ list, year }) => [list, year])).toEqual([
    ['water', 2025],
    ['soil', 2025],
    ['air', 2025],
  ]);
});

test('noise with its limits under a heading of their own; a limit row called 排放标准 is none of an enterprise', async () => {
  const noise = [
    ['企业名称', '测点位置', '监测日期', '监测结果dB(A)', null, '标准限值dB(A)', null],
    [null, null, null, '昼间', '夜间', '昼间', '夜间'],
    [A, '东厂界外1m', '2026-04-01', 58.2, 47, 65, 55],
  ];
  const merges = ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1', 'F1:G1'];
  expect(made(await take('厂界噪声', noise, merges))).toEqual({ monitoringRecord: 2 });
  expect((await stored('monitoring_record')).map((one) => [one.point, one.value, one.limit_high, one.unit])).toEqual([
    ['东厂界外1m', '58.2', '65', 'dB'],
    ['东厂界外1m', '47', '55', 'dB'],
  ]);
  const water = [
    ['企业', '排放口编号', '采样日期', 'pH', 'CODcr(mg/L)'],
    ['排放标准', null, null, '6-9', 500],
    [B, 'DW001', '2026-02-03', 7.1, 120],
  ];
  const done = await take('废水监测', water);
  expect([made(done), done.refused]).toEqual([{ monitoringRecord: 2 }, []]);
});

test('two names with their phones side by side are two people, and a list of people by 姓名 and 职务 is one', async () => {
  await take('通讯录', [
    ['企业名称', '环保分管领导', '联系电话', '环保联络员', '手机号码'],
    [A, '赵某', '13800000801', '钱某', '13800000802'],
  ]);
  await take('联系人', [
    ['单位', '姓名', '职务', '手机'],
    [B, '郑某', '法定代表人', '138 0000 0811'],
  ]);
  expect((await stored('contact')).map(({ name, mobile, post }) => [name, mobile, post])).toEqual([
    ['钱某', '13800000802', 'other'],
    ['赵某', '13800000801', 'env_manager'],
    ['郑某', '13800000811', 'legal_rep'],
  ]);
});

test('a complaint about nobody on file is kept; a later list that says it is closed is named and closes nothing', async () => {
  const head = ['案件编号', '来源', '投诉时间', '投诉人', '被投诉对象', '投诉内容', '要求办结时间', '办结时间'];
  const open = ['XF001', '来信', '2026.6.3', '匿名', '某无名小作坊', '噪声扰民', '2026.6.10', null];
  expect(made(await take('信访投诉登记', [head, open]))).toEqual({ complaint: 1 });
  const again = await take('信访投诉登记', [head, [...open.slice(0, 7), '2026-06-09']]);
  expect(again.notes.map(({ reason }) => reason)).toContain(
    '办结日期“2026-06-09”与记录不同，请打开信访办理，导入不改动',
  );
  expect((await stored('complaint')).map(({ due_date: due, state }) => [due, state])).toEqual([
    ['2026-06-10', 'received'],
  ]);
});

test('an empty row of one section makes no record of it, and does not take the others with it', async () => {
  const head = ['单位名称', '环评批复文号', '批复日期', '排污许可证编号', '有效期至', '预案备案号', '备案日期'];
  await take('一企一档汇总', [
    head,
    [A, '样环审〔2015〕1号', '2015.6', `${CODE}001P`, '2028.1.1', '310199-2025-021-L', '2025.6.1'],
    [B, '/', '/', '/', '/', '310199-2025-022-L', '2025.6.2'],
  ]);
  const counts = await Promise.all(
    ['eia_project', 'permit', 'emergency_plan'].map(async (kind) => (await stored(kind)).length),
  );
  expect(counts).toEqual([1, 1, 2]);
});

test('a question about the trade is called industry, whether code or name differs', async () => {
  await take('名录', [
    ['单位名称', '行业类别', '排污许可证编号'],
    [A, '涂料制造', `${CODE}001P`],
  ]);
  const done = await take('名录二', [
    ['单位名称', '排污许可证编号', '行业类别', '发证日期'],
    [A, `${CODE}001P`, '印染', '2024-01-01'],
  ]);
  expect(done.questions.map(({ entity, field }) => [entity, field])).toEqual([['enterprise', 'industry']]);
});

test('a list whose title says what its enterprises are puts each of them on it; a register with such a title stays one', async () => {
  const head = ['序号', '企业名称', '统一社会信用代码', '抽查时间', '执法人员'];
  const listed = await take('2026年第二季度双随机抽查名单', [head, [1, A, CODE, '2026.5', '甲、乙']]);
  expect([made(listed), listed.questions]).toEqual([{ enterpriseTag: 1 }, []]);
  expect(listed.files[0]?.sheets[0]?.left.map(({ heading }) => heading)).toEqual(['抽查时间', '执法人员']);
  await take('2026年大气环境重点排污单位名录', [['单位名称'], [A], [B]]);
  const marks = await t.ctx.store.read.sql('SELECT list, year FROM key_list_entry ORDER BY id');
  expect(marks).toEqual([
    { list: 'air', year: 2026 },
    { list: 'air', year: 2026 },
  ]);
  const register = [
    ['单位名称', '地址', '行业类别'],
    ['上海丙丙机械有限公司', '青禾镇南路3号', '涂料制造'],
  ];
  expect((await take('2026年重点排污单位名录', register)).files[0]?.kind).toBe('register');
});

test('headings in other words come to one', () => {
  const same = [
    ['许可证到期日', '许可证有效期至', '许可证截止时间', '许可证有效期'],
    ['监测因子', '检测项目', '分析指标'],
    ['设施编码', '设施编号', '设施代码'],
    ['是否在线监测', '在线监测情况', '在线监测'],
    ['2025年产生量', '产生数量', '产生量T'],
  ];
  for (const words of same) expect(new Set(words.map(plainHeading)).size, words.join(' ')).toBe(1);
});
