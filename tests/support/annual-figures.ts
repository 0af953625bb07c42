// The annual report of the demonstration town: every section, three years side by side, a case with photos.
import type { GroupRow, ReportFigures } from '../../domain/reports/index.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { figure, reportFigures } from './report-figures.ts';

export function annualFigures(overrides: Partial<ReportFigures> = {}): ReportFigures {
  const month = reportFigures();
  const { cumulative: _cumulative, ...rest } = month;
  const whole = <R extends GroupRow>(rows: readonly R[]): R[] => rows.map(({ period: _period, ...row }) => row as R);
  const villages: [string, number[]][] = [
    ['建东村', [88, 61, 46]],
    ['诸翟村', [97, 80, 58]],
    ['纪王村', [70, 52, 41]],
    ['陈家角村', [51, 40, 33]],
    ['许浦村', [45, 37, 29]],
    ['红星村', [40, 33, 24]],
  ];
  return {
    ...rest,
    byVillage: whole(rest.byVillage),
    byCategory: whole(rest.byCategory),
    byClass: whole(rest.byClass),
    kind: 'year',
    title: '上海市闵行区华漕镇2026年度环保管家服务项目工作总结报告',
    period: { from: '2026-01-01', to: '2026-12-31', label: '2026年度' },
    asOf: '2026-12-31',
    figures: Object.fromEntries(
      Object.entries({
        ...month.figures,
        fileRate: figure('fileRate', 270, 275),
        complaintCount: figure('complaintCount', 1, null, '件'),
        taskDispatched: figure('taskDispatched', 40),
        taskCompletion: figure('taskCompletion', 38, 40),
      }).filter(([code]) => !code.startsWith('period')),
    ),
    fulfilment: [
      { task: '工业企业现场检查', contracted: '每家不少于2次', done: '531家次', evidence: '检查记录' },
      { task: '培训', contracted: '4场', done: '4场', evidence: null },
    ],
    tasks: [
      {
        title: '危险废物专项排查',
        issuer: '区生态环境局',
        dispatched: 40,
        done: 38,
        rate: '95.0%',
        dueDate: '2026-10-31',
        state: '进行中',
      },
    ],
    parts: {
      complaints: {
        columns: [
          { heading: '收到日期', weight: 2.4 },
          { heading: '来源', weight: 2 },
          { heading: '类别', weight: 2 },
          { heading: '涉及单位', weight: 3 },
          { heading: '内容', weight: 5 },
          { heading: '状态', weight: 2 },
        ],
        rows: [['2026年\n8月3日', '12345热线', '餐饮油烟', '某餐饮店', '夜间油烟扰民，来电13812346021', '已办结']],
      },
    },
    statusChanges: [
      {
        enterprise: '上海兆祥车业服务部',
        village: '赵家村',
        what: '经营状态',
        from: '在产',
        to: '搬迁中',
        date: '2026-07',
      },
    ],
    labelChanges: [
      { enterprise: '上海红星铸件厂', village: '红星村', what: '环保管理等级', from: 'C', to: 'B', date: '2026-09-01' },
    ],
    comparisons: [
      { label: '发现问题数', basis: '同比', now: '312', base: '401', change: '下降22.2%' },
      { label: '整改率', basis: '同比', now: '86.9%', base: '82.3%', change: '上升4.6个百分点' },
    ],
    years: [
      ['2024年', 251, 520, 430],
      ['2025年', 260, 401, 330],
      ['2026年', 268, 312, 271],
    ].map(([year, visited, found, rectified]) => ({
      year: String(year),
      visited: Number(visited),
      found: Number(found),
      rectified: Number(rectified),
      rate: percent(Number(rectified), Number(found)),
      perEnterprise: (Number(found) / Number(visited)).toFixed(1),
    })),
    villageYears: {
      years: ['2024年', '2025年', '2026年'],
      rows: villages.map(([label, found], index) => ({ id: `v${index}`, label, found })),
    },
    cases: [
      {
        title: '建东村汽修集中区危废贮存整改',
        text: '集中区内6家汽修企业废机油桶长期露天堆放，经三次上门指导，建成共享暂存间并统一转移',
        before: [{ id: 'a', caption: '2026年3月2日' }],
        after: [{ id: 'b', caption: '2026年6月18日' }],
      },
    ],
    causes: ['部分汽修企业人员流动大，危废台账无人接续', '厂中厂出租方管理责任不清'],
    advice: ['建议对重复发生问题的企业开展专班培训'],
    ...overrides,
  };
}
