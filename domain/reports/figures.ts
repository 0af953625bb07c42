// What a periodic report says, as plain data: frozen in the archive, read by the preview and by the Word writer alike.

/** Kinds of periodic report (domain reference 5.5): 周报, 月报, 季报, 年度总结. */
export type ReportKind = 'week' | 'month' | 'quarter' | 'year';

/**
 * The figures a report knows by name. A code without `period` belongs to the report's main cohort (the service year
 * to date where `cumulative` is given, else the period); `period…` is the reported week, month, quarter or year alone.
 */
export const FIGURE_LABELS = {
  visitedEnterprises: '检查企业数',
  visitCount: '检查家次',
  staffDays: '投入人日',
  coverageRate: '巡查覆盖率',
  foundCount: '发现问题数',
  rectifiedCount: '完成整改数',
  unrectified: '未整改数',
  sourceRemovedCount: '污染源消除数',
  rectificationRate: '整改率',
  enterpriseRectificationRate: '问题企业整改率',
  onTimeRate: '按期整改率',
  overdueCount: '逾期数',
  overdueRate: '逾期率',
  immediateShare: '即知即改占比',
  returnRate: '复核退回率',
  recurrenceRate: '重复发生率',
  problemEnterpriseRate: '问题企业占比',
  topCategoryShare: '主要类别占比',
  periodVisitedEnterprises: '本期检查企业数',
  periodVisitCount: '本期检查家次',
  periodNightVisits: '本期夜间巡查次数',
  periodFoundCount: '本期发现问题数',
  periodClosedCount: '本期销号数',
  periodClosedEarlier: '本期销号数中此前发现的',
  taskDispatched: '专项任务派发数',
  taskCompletion: '专项完成率',
  complaintCount: '信访量',
  complaintClosingRate: '信访办结率',
  complaintRepeatRate: '重复信访率',
  trainingCount: '培训场次',
  trainingPersonTimes: '培训人次',
  trainingCoverage: '培训覆盖率',
  consultationCount: '咨询次数',
  consultationAnswerRate: '咨询答复率',
  fileRate: '建档率',
  fileUpdateRate: '档案更新率',
} as const;

/** Code of a named figure. */
export type FigureCode = keyof typeof FIGURE_LABELS;

/** One figure. `printed` is what text, tables and charts show: `271`, `86.9%`, `－` for an empty denominator. */
export interface Figure {
  readonly code: FigureCode;
  readonly label: string;
  readonly numerator: number;
  /** Null for a count. */
  readonly denominator: number | null;
  readonly printed: string;
  /** 项, 家, 家次, % … (domain reference 4.1: never mixed in one ratio). */
  readonly unit: string;
  /** One Chinese sentence: what is counted, what is left out. */
  readonly definition: string;
}

/** Counts of one group of findings; `rate` as printed. */
export interface GroupRow {
  /** Vocabulary id or area id, for the list behind a number. */
  readonly id: string;
  readonly label: string;
  readonly found: number;
  readonly rectified: number;
  readonly unrectified: number;
  readonly overdue: number;
  readonly rate: string;
}

/** A village or park: its group of findings and the enterprises visited there. */
export interface VillageRow extends GroupRow {
  readonly visited: number;
}

/** One month: found in it, closed in it, open at its end. `month` is `YYYY-MM`. */
export interface MonthRow {
  readonly month: string;
  readonly found: number;
  readonly closed: number;
  readonly open: number;
}

/** One finding as lists print it (domain reference 5.6); labels are already Chinese, days `YYYY-MM-DD`, null = not known. */
export interface FindingRow {
  readonly id: string;
  readonly no: string;
  readonly village: string | null;
  readonly enterprise: string;
  readonly creditCode: string | null;
  readonly foundDate: string | null;
  readonly round: string | null;
  readonly category: string | null;
  readonly description: string | null;
  readonly handlingClass: string | null;
  readonly responsible: string | null;
  readonly measure: string | null;
  readonly deadline: string | null;
  readonly status: string;
  readonly closedDate: string | null;
  /** Result and day of the last verification, in words. */
  readonly verification: string | null;
  readonly remark: string | null;
  /** Days past the deadline on the as-of day, 0 when not overdue. */
  readonly overdueDays: number;
}

export interface TrainingRow {
  readonly title: string;
  readonly kind: string | null;
  readonly date: string | null;
  readonly place: string | null;
  readonly audience: string | null;
  readonly invited: number | null;
  readonly attended: number | null;
  readonly persons: number | null;
}

export interface TaskRow {
  readonly title: string;
  readonly issuer: string | null;
  readonly dispatched: number;
  readonly done: number;
  readonly dueDate: string | null;
  readonly rate: string;
  readonly state: string;
}

export interface ComplaintRow {
  readonly no: string;
  readonly receivedDate: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly respondent: string | null;
  readonly content: string | null;
  readonly state: string;
}

/** A change of operating status or of a label: 停产, 搬迁, C -> B … */
export interface ChangeRow {
  readonly enterprise: string;
  readonly village: string | null;
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly date: string | null;
}

/** A figure beside its base period; everything as printed, since a rate changes in 百分点 and a count in percent. */
export interface ComparisonRow {
  readonly label: string;
  /** 同比 or 环比. */
  readonly basis: string;
  readonly now: string;
  readonly base: string;
  readonly change: string;
}

/** One line of a ranking (domain reference 4.3); `rank` is `－` where nothing was found. */
export interface RankingRow {
  readonly rank: string;
  readonly label: string;
  readonly found: number;
  readonly rectified: number;
  readonly rate: string;
  readonly coverage: string;
  readonly overdue: number;
}

/** Findings of one village in each of `years`, in their order. */
export interface VillageYears {
  readonly years: readonly string[];
  readonly rows: readonly { readonly id: string; readonly label: string; readonly found: readonly number[] }[];
}

/** One year of the multi-year comparison; rates as printed. */
export interface YearRow {
  readonly year: string;
  readonly visited: number;
  readonly found: number;
  readonly rectified: number;
  readonly rate: string;
  /** Findings per visited enterprise. */
  readonly perEnterprise: string;
}

/** A photo that is printed with a text; its bytes are found by `id`. */
export interface PhotoRef {
  readonly id: string;
  /** Place and time, printed under the picture. */
  readonly caption?: string;
}

/** A typical case of the annual report, with photos before and after. */
export interface CaseRow {
  readonly title: string;
  readonly text: string;
  readonly before: readonly PhotoRef[];
  readonly after: readonly PhotoRef[];
}

/** Contract fulfilment of the annual report. */
export interface FulfilmentRow {
  readonly task: string;
  readonly contracted: string;
  readonly done: string;
  readonly evidence: string | null;
}

/**
 * Everything a periodic report prints. Plain JSON: crosses a worker boundary and is frozen in the archive as it is.
 * An absent optional list leaves its section out; an empty list prints a sentence instead of a table.
 */
export interface ReportFigures {
  readonly kind: ReportKind;
  /** Without the period: `华漕镇环保管家服务工作月报`. */
  readonly title: string;
  /** As addressed: `华漕镇人民政府`. */
  readonly clientName: string;
  readonly orgName: string;
  readonly period: { readonly from: string; readonly to: string; readonly label: string };
  readonly asOf: string;
  /** Day under the signature; the as-of day when absent. */
  readonly issuedOn?: string;
  /** The main cohort when it is longer than the period: its first day and its word, such as 本年. */
  readonly cumulative?: { readonly label: string; readonly from: string };
  /** Rectification target in percent as entered, such as `95`. */
  readonly target?: string;
  /** Scope in words: project, areas, kinds. */
  readonly scope?: string;
  readonly figures: Readonly<Partial<Record<FigureCode, Figure>>>;
  readonly byVillage: readonly VillageRow[];
  readonly byCategory: readonly GroupRow[];
  readonly byClass: readonly GroupRow[];
  readonly byMonth: readonly MonthRow[];
  readonly overdue: readonly FindingRow[];
  readonly major: readonly FindingRow[];
  /** The list of the annex (domain reference 5.6), in printing order. */
  readonly findings: readonly FindingRow[];
  readonly trainings?: readonly TrainingRow[];
  readonly tasks?: readonly TaskRow[];
  readonly complaints?: readonly ComplaintRow[];
  readonly statusChanges?: readonly ChangeRow[];
  readonly labelChanges?: readonly ChangeRow[];
  readonly comparisons?: readonly ComparisonRow[];
  readonly ranking?: readonly RankingRow[];
  readonly fulfilment?: readonly FulfilmentRow[];
  /** Multi-year comparison, earliest first. */
  readonly years?: readonly YearRow[];
  readonly villageYears?: VillageYears;
  readonly cases?: readonly CaseRow[];
  /** Suggestions to the client. */
  readonly advice?: readonly string[];
  readonly causes?: readonly string[];
  readonly plan: readonly string[];
  /** Definitions and exclusions, one sentence each. */
  readonly notes: readonly string[];
}

/** The three (or `count`) largest categories with findings, largest first; equal ones keep the order given. */
export function topCategories(rows: readonly GroupRow[], count = 3): GroupRow[] {
  return rows.filter((row) => row.found > 0).toSorted((a, b) => b.found - a.found).slice(0, count);
}
