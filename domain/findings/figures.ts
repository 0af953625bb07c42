// Figures of findings and of their verifications, and what they are split by (domain reference 4.2).
import { defineCounted, defineDimension, defineFigure } from '../dictionary/figure.ts';
import type { FigureSettings } from '../dictionary/figure.ts';
import type { Filter } from '../dictionary/filter.ts';
import { dayText } from '../values/day-text.ts';

/** Found in the period, issued and not voided, with their state of the as-of day. */
const found = { of: 'finding', cohort: 'issuedFindings', day: 'foundDate', zeroTells: true } as const;
/** Set over the findings, for figures of other kinds. */
export const FOUND = defineCounted({ of: 'finding', cohort: 'issuedFindings', day: 'foundDate' });

const CLOSED: Filter = [{ field: 'status', op: 'eq', value: 'closed' }];
const SOURCE_REMOVED: Filter = [...CLOSED, { field: 'closeReason', op: 'eq', value: 'source_removed' }];

/** Struck off, and not only because the polluter is gone, unless the project counts that. */
export const rectified = (s: FigureSettings): Filter =>
  s.countSourceRemoved ? CLOSED : [...CLOSED, { field: 'closeReason', op: 'ne', value: 'source_removed' }];
const unrectified = (s: FigureSettings): Filter =>
  s.countSourceRemoved
    ? [{ field: 'status', op: 'ne', value: 'closed' }]
    : [
        {
          any: [
            [{ field: 'status', op: 'ne', value: 'closed' }],
            [{ field: 'closeReason', op: 'eq', value: 'source_removed' }],
          ],
        },
      ];
const DUE: Filter = [{ field: 'originalDeadline', op: 'le', value: { today: 0 } }];
/** Struck off, and reported (else struck off) by the first deadline. */
const ON_TIME: Filter = [
  ...CLOSED,
  ...DUE,
  {
    any: [
      [{ field: 'reportDate', op: 'le', value: { field: 'originalDeadline' } }],
      [
        { field: 'reportDate', op: 'empty' },
        { field: 'closedDate', op: 'le', value: { field: 'originalDeadline' } },
      ],
    ],
  },
];

export const FINDING_FIGURES = [
  defineFigure({
    ...found,
    code: 'foundCount',
    label: '发现问题数',
    report: { year: 'foundCount', period: 'periodFoundCount' },
    unit: '项',
    definition: '按发现日期归入期间的问题，草稿和作废不计',
    numerator: [],
  }),
  defineFigure({
    ...found,
    code: 'rectifiedCount',
    label: '完成整改数',
    report: { year: 'rectifiedCount' },
    unit: '项',
    definition: '截至日已销号的问题；“污染源已消除”按项目设置决定是否计入',
    numerator: rectified,
    month: 'closedDate',
  }),
  defineFigure({
    ...found,
    code: 'closedCount',
    label: '销号数',
    report: {},
    unit: '项',
    definition: '截至日已销号的问题，含污染源已消除',
    numerator: CLOSED,
    month: 'closedDate',
  }),
  defineFigure({
    ...found,
    code: 'closedInPeriod',
    label: '本期销号数',
    report: { period: 'periodClosedCount' },
    unit: '项',
    definition: '销号日期在期间内的问题，不论何时发现，含污染源已消除',
    cohort: 'struckOffFindings',
    day: 'closedDate',
    numerator: CLOSED,
  }),
  defineFigure({
    ...found,
    code: 'closedOfEarlierYears',
    label: '本期销号数中此前发现的',
    report: { period: 'periodClosedEarlier' },
    unit: '项',
    definition: (s) => `销号日期在期间内、${dayText(s.yearFrom)}之前发现的问题`,
    cohort: 'struckOffFindings',
    day: 'closedDate',
    numerator: (s) => [...CLOSED, { field: 'foundDate', op: 'lt', value: s.yearFrom }],
  }),
  defineFigure({
    ...found,
    code: 'openOfEarlierYears',
    label: '往年未销号',
    report: { year: 'openOfEarlierYears' },
    unit: '项',
    definition: (s) => `${dayText(s.yearFrom)}之前发现、截至日仍未销号的问题，不计入本年各项`,
    cohort: 'earlierFindings',
    scope: 'asOf',
    numerator: [{ field: 'status', op: 'ne', value: 'closed' }],
  }),
  defineFigure({
    ...found,
    code: 'unrectified',
    label: '未整改数',
    report: { year: 'unrectified' },
    unit: '项',
    definition: '发现问题数减完成整改数，含中止、移交和待复核',
    numerator: unrectified,
  }),
  defineFigure({
    ...found,
    code: 'openCount',
    label: '未销号数',
    report: { year: 'openCount' },
    unit: '项',
    definition: '截至日仍未销号的问题，不含污染源已消除的',
    numerator: [{ field: 'status', op: 'ne', value: 'closed' }],
  }),
  defineFigure({
    ...found,
    code: 'sourceRemovedCount',
    label: '污染源已消除',
    report: { year: 'sourceRemovedCount' },
    unit: '项',
    definition: '因企业关停、搬迁而销号的问题，单列',
    numerator: SOURCE_REMOVED,
  }),
  defineFigure({
    ...found,
    code: 'rectificationRate',
    label: '整改率',
    report: { year: 'rectificationRate' },
    unit: '%',
    definition: '完成整改数 ÷ 发现问题数，截至日的状态',
    numerator: rectified,
    denominator: [],
    targeted: true,
  }),
  defineFigure({
    ...found,
    code: 'overdueCount',
    label: '逾期数',
    report: { year: 'overdueCount' },
    unit: '项',
    definition: '期限早于截至日且仍待整改、整改中的问题，以及过期才提交、尚未复核的问题',
    numerator: [{ is: 'overdue' }],
  }),
  defineFigure({
    ...found,
    code: 'overdueRate',
    label: '逾期率',
    report: { year: 'overdueRate' },
    unit: '%',
    definition: '逾期数 ÷ 未整改数',
    numerator: [{ is: 'overdue' }],
    denominator: unrectified,
  }),
  defineFigure({
    ...found,
    code: 'onTimeRate',
    label: '按期整改率',
    report: { year: 'onTimeRate' },
    unit: '%',
    definition: '按原定时限完成整改的问题 ÷ 原定时限已到的问题',
    numerator: ON_TIME,
    denominator: DUE,
  }),
  defineFigure({
    ...found,
    code: 'immediateShare',
    label: '即知即改占比',
    report: { year: 'immediateShare' },
    unit: '%',
    definition: '即知即改的问题 ÷ 发现问题数',
    numerator: [{ field: 'handlingClass', op: 'eq', value: 'immediate' }],
    denominator: [],
  }),
  defineFigure({
    of: 'finding',
    cohort: 'issuedFindings',
    day: 'foundDate',
    code: 'recurrenceRate',
    label: '重复发生率',
    report: { year: 'recurrenceRate' },
    unit: '%',
    definition: '经人工认定重复发生的问题 ÷ 发现问题数',
    numerator: [{ field: 'recurrenceOfId', op: 'filled' }],
    denominator: [],
    input: { where: [{ field: 'recurrenceOfId', op: 'filled' }], lacking: '还没有认定过重复发生的问题' },
  }),
  defineFigure({
    ...found,
    code: 'voidedCount',
    label: '作废数',
    report: {},
    unit: '项',
    definition: '期间内发现、截至日已作废的问题，不计入其他指标',
    cohort: 'everyFinding',
    numerator: [{ field: 'status', op: 'eq', value: 'voided' }],
  }),
  defineFigure({
    ...found,
    code: 'problemEnterprises',
    label: '问题企业数',
    report: {},
    unit: '家',
    of: 'enterprise',
    definition: '期间内发现问题的企业，每家只计一次',
    numerator: { ...FOUND, through: 'enterpriseId' },
  }),
  defineFigure({
    ...found,
    code: 'enterpriseRectificationRate',
    label: '问题企业整改率',
    report: { year: 'enterpriseRectificationRate' },
    unit: '%',
    of: 'enterprise',
    definition: '问题全部完成整改的企业 ÷ 有问题的企业',
    numerator: { ...FOUND, through: 'enterpriseId', every: rectified },
    denominator: { ...FOUND, through: 'enterpriseId' },
  }),
];

/** Verifications up to the as-of day of the findings that count. */
const verified = defineCounted({
  of: 'verification',
  where: [{ field: 'date', op: 'le', value: { today: 0 } }],
  among: { by: 'findingId', in: FOUND },
});

export const VERIFICATION_FIGURES = [
  defineFigure({
    code: 'returnRate',
    label: '复核退回率',
    report: { year: 'returnRate' },
    unit: '%',
    of: 'verification',
    definition: '复核不通过的次数 ÷ 复核次数；名单按次列',
    numerator: {
      ...verified,
      where: [
        { field: 'date', op: 'le', value: { today: 0 } },
        { field: 'result', op: 'ne', value: 'pass' },
      ],
    },
    denominator: verified,
    month: 'date',
  }),
];

export const FINDING_DIMENSIONS = [
  defineDimension({ id: 'category', label: '问题类别', of: 'finding', by: { fields: ['category'] } }),
  defineDimension({ id: 'handlingClass', label: '处理类别', of: 'finding', by: { fields: ['handlingClass'] } }),
  defineDimension({ id: 'status', label: '问题状态', of: 'finding', by: { fields: ['status'] }, dated: true }),
  defineDimension({
    id: 'closeReason',
    label: '销号方式',
    of: 'finding',
    by: { fields: ['closeReason'] },
    dated: true,
    none: '未销号',
  }),
];

export const VERIFICATION_DIMENSIONS = [
  defineDimension({
    id: 'verificationRound',
    label: '复核轮次',
    of: 'verification',
    by: { ordinal: 'findingId', after: 'date' },
  }),
];
