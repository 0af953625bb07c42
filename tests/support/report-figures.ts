// A month of the demonstration town as a figures object: made up, but its figures agree with each other.
import type {
  Figure,
  FigureCode,
  FindingRow,
  GroupRow,
  ReportFigures,
  VillageRow,
} from '../../domain/reports/index.ts';
import { REPORT_FIGURES } from '../../domain/statistics/report-figures.ts';
import { percent } from '../../domain/statistics/percent.ts';

export function figure(code: FigureCode, numerator: number, denominator: number | null = null, unit = '项'): Figure {
  return {
    code,
    label: REPORT_FIGURES.get(code)?.label ?? code,
    numerator,
    denominator,
    unit: denominator === null ? unit : '%',
    printed: denominator === null ? String(numerator) : percent(numerator, denominator),
    definition: '按发现日期归属，作废不计。',
  };
}

const group = (id: string, label: string, found: number, rectified: number, overdue = 0): GroupRow => ({
  id,
  label,
  found,
  rectified,
  unrectified: found - rectified,
  overdue,
  rate: percent(rectified, found),
});

const village = (
  id: string,
  label: string,
  visited: number,
  found: number,
  rectified: number,
  overdue: number,
): VillageRow => ({ ...group(id, label, found, rectified, overdue), visited });

const ENTERPRISES = [
  '上海瑞崧五金制品厂',
  '上海锦泰汽车维修有限公司',
  '上海海明科技有限公司',
  '上海欣隆印务有限公司',
  '上海红星铸件厂',
  '上海万禾食品有限公司',
  '上海双鸣家具有限公司',
];
const PROBLEMS: [string, string, string, string][] = [
  ['危险废物', '废机油桶露天堆放，未设防渗托盘，标签缺失', '移入危废暂存间，加设防渗托盘并补贴标签', '限期整改'],
  ['废气、油烟', '喷漆房活性炭超过更换周期，无更换记录', '更换活性炭，建立更换台账', '限期整改'],
  ['环境管理台账', '三季度废气治理设施运行台账缺9月记录', '补齐台账，指定专人记录', '即知即改'],
  ['环保手续', '新增烘干线未办理环评手续', '停止新增烘干线试运行前咨询环评单位，按规定补办手续', '重大问题'],
  ['废水、雨污分流', '雨水口有泡沫痕迹，疑似混接', '排查管网，封堵混接点', '限期整改'],
];

/** A finding of the list. */
export function finding(index: number, overrides: Partial<FindingRow> = {}): FindingRow {
  const [category, description, measure, handlingClass] = PROBLEMS[index % PROBLEMS.length] ?? PROBLEMS[0]!;
  return {
    id: `f${index}`,
    no: `HZ7K2-26-${String(index + 1).padStart(5, '0')}`,
    village: ['建东村', '红星村', '赵家村', '许浦村'][index % 4] ?? null,
    enterprise: ENTERPRISES[index % ENTERPRISES.length] ?? '',
    creditCode: index % 6 === 5 ? null : '91310115MA1K00015K',
    foundDate: `2026-${String(1 + (index % 11)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    round: '第二轮',
    category,
    description,
    handlingClass,
    responsible: '王建国 13812346021',
    measure,
    deadline: '2026-11-05',
    status: ['待整改', '整改中', '待复核', '已销号'][index % 4] ?? '',
    closedDate: index % 4 === 3 ? '2026-11-12' : null,
    verification: index % 4 === 3 ? '通过\n2026年11月12日' : null,
    remark: null,
    overdueDays: index % 4 < 2 ? 13 : 0,
    ...overrides,
  };
}

/** Everything of the period stands in the first group, so that each way to tell findings apart has the same sum. */
const withPeriod = <R extends GroupRow>(rows: readonly R[]): R[] =>
  rows.map((row, at) => {
    const [found, rectified] = at === 0 ? [28, 7] : [0, 0];
    const period = { found, rectified, unrectified: found - rectified, overdue: 0, rate: percent(rectified, found) };
    return { ...row, period, ...('visited' in row && { periodVisited: at === 0 ? 39 : 0 }) };
  });

/** The figures object; lists of `size` findings. */
export function reportFigures(overrides: Partial<ReportFigures> = {}, size = 28): ReportFigures {
  const byVillage = [
    village('v1', '建东村', 58, 46, 36, 4),
    village('v2', '诸翟村', 47, 58, 52, 0),
    village('v3', '纪王村', 38, 41, 37, 0),
    village('v4', '陈家角村', 27, 33, 31, 0),
    village('v5', '许浦村', 23, 29, 25, 1),
    village('v6', '杨家巷村', 20, 27, 24, 0),
    village('v7', '红星村', 17, 24, 19, 4),
    village('v8', '王泥浜村', 15, 21, 20, 0),
    village('v9', '赵家村', 12, 18, 15, 3),
    village('v10', '鹫山村', 11, 15, 12, 1),
  ];
  const overdue = Array.from({ length: 13 }, (_, index) =>
    finding(index, { overdueDays: 18 - index, status: index % 2 ? '整改中' : '待整改' }),
  );
  return {
    kind: 'month',
    title: '华漕镇环保管家服务工作月报',
    clientName: '华漕镇人民政府',
    orgName: '上海清源环境技术有限公司',
    period: { from: '2026-11-01', to: '2026-11-30', label: '2026年11月' },
    asOf: '2026-11-18',
    cumulative: { label: '本年', from: '2026-01-01' },
    target: '95',
    scope: '华漕镇2026年度环保管家服务项目，工业企业和汽修企业',
    figures: {
      periodVisitedEnterprises: figure('periodVisitedEnterprises', 39, null, '家'),
      periodVisitCount: figure('periodVisitCount', 41, null, '家次'),
      periodFoundCount: figure('periodFoundCount', 28),
      periodClosedCount: figure('periodClosedCount', 30),
      periodRectifiedCount: figure('periodRectifiedCount', 7),
      periodRectificationRate: figure('periodRectificationRate', 7, 28),
      periodNightVisits: figure('periodNightVisits', 2, null, '次'),
      visitedEnterprises: figure('visitedEnterprises', 268, null, '家'),
      visitCount: figure('visitCount', 531, null, '家次'),
      foundCount: figure('foundCount', 312),
      rectifiedCount: figure('rectifiedCount', 271),
      unrectified: figure('unrectified', 41),
      rectificationRate: figure('rectificationRate', 271, 312),
      overdueCount: figure('overdueCount', 13),
      coverageRate: figure('coverageRate', 268, 275),
      onTimeRate: figure('onTimeRate', 240, 268),
      returnRate: figure('returnRate', 9, 280),
      recurrenceRate: figure('recurrenceRate', 6, 312),
      topCategoryShare: figure('topCategoryShare', 178, 312),
      trainingCount: figure('trainingCount', 2, null, '场'),
      trainingPersonTimes: figure('trainingPersonTimes', 86, null, '人次'),
      trainingCoverage: figure('trainingCoverage', 61, 118),
      consultationCount: figure('consultationCount', 23, null, '次'),
      consultationAnswerRate: figure('consultationAnswerRate', 22, 23),
    },
    byVillage: withPeriod(byVillage),
    byCategory: withPeriod([
      group('hazardous_waste', '危险废物', 74, 61, 5),
      group('exhaust', '废气、油烟', 58, 49, 3),
      group('ledger', '环境管理台账', 46, 44, 0),
      group('formalities', '环保手续', 37, 30, 2),
      group('general_waste', '一般固废', 31, 29, 0),
      group('facility_operation', '污染防治设施运行', 24, 19, 2),
      group('wastewater', '废水、雨污分流', 18, 17, 0),
      group('outlet_marking', '排放口规范化', 11, 11, 0),
      group('emergency', '环境应急', 8, 6, 1),
      group('other', '其他', 5, 5, 0),
    ]),
    byClass: withPeriod([
      group('immediate', '即知即改', 118, 116, 0),
      group('deadline', '限期整改', 186, 150, 12),
      group('major', '重大问题', 8, 5, 1),
    ]),
    byMonth: [
      [38, 6, 32],
      [12, 11, 33],
      [41, 29, 45],
      [36, 34, 47],
      [29, 31, 45],
      [24, 30, 39],
      [18, 22, 35],
      [15, 17, 33],
      [37, 25, 45],
      [34, 36, 43],
      [28, 30, 41],
    ].map(([found = 0, closed = 0, open = 0], index) => ({
      month: `2026-${String(index + 1).padStart(2, '0')}`,
      found,
      closed,
      open,
    })),
    overdue,
    major: [
      finding(3, { village: '许浦村', overdueDays: 2, status: '整改中' }),
      finding(8, { village: '建东村', status: '已移交' }),
    ],
    findings: Array.from({ length: size }, (_, index) => finding(index)),
    trainings: [
      {
        title: '危险废物规范化管理',
        kind: '专班培训',
        date: '2026-11-06',
        place: '镇政府三楼会议室',
        audience: '汽修企业',
        invited: 60,
        attended: 32,
        persons: 45,
      },
      {
        title: '排污许可证后管理要点',
        kind: null,
        date: '2026-11-13',
        place: '线上',
        audience: '工业企业',
        invited: 58,
        attended: 29,
        persons: 41,
      },
    ],
    plan: [
      '完成第二轮剩余7家企业的现场检查',
      '对13项逾期问题逐项跟踪，提示企业按期完成整改',
      '12月上旬组织年度危废管理计划申报培训',
    ],
    notes: ['发现问题按发现日期归属，草稿和作废的不计', '中止、移交的问题计入未整改'],
    ...overrides,
  };
}
