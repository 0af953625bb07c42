// What a periodic report says, as plain data: frozen in the archive, read by the preview and by the Word writer alike.
import type { Filter } from '../dictionary/filter.ts';

/** Kinds of periodic report (domain reference 5.5): 周报, 月报, 季报, 年度总结. */
export type ReportKind = 'week' | 'month' | 'quarter' | 'year';

/** Code of a named figure, as the definitions of the figures give it (`report`), or of one that only reports know. */
export type FigureCode = string;

/** The days that a number is about: first and last of its period, and the day it stands as of. */
export interface FigureDays {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
}

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

/** A figure that is not printed because nothing feeds it. */
export interface LeftOut {
  readonly code: FigureCode;
  readonly label: string;
  readonly why: string;
}

/** Counts of findings; `rate` as printed. */
export interface GroupCounts {
  readonly found: number;
  readonly rectified: number;
  readonly unrectified: number;
  readonly overdue: number;
  readonly rate: string;
}

/** Counts of one group of findings of the year to date, beside those found in the reported period. */
export interface GroupRow extends GroupCounts {
  /** Vocabulary id or area id, for the list behind a number. */
  readonly id: string;
  readonly label: string;
  /** Absent where the year is the period, and in reports from before. */
  readonly period?: GroupCounts;
}

/** A village or park: its group of findings and the enterprises visited there. */
export interface VillageRow extends GroupRow {
  readonly visited: number;
  readonly periodVisited?: number;
}

/** Person-days of one person: distinct days of visits, trainings and complaints. */
export interface StaffDaysRow {
  readonly name: string;
  readonly period: number;
  readonly year: number;
  /** Each of the days of the year with what was done on it; papers of before do not have them. */
  readonly days?: readonly { readonly day: string; readonly what: string }[];
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

/** A change of operating status or of a label: 停产, 搬迁, C -> B … */
export interface ChangeRow {
  readonly enterprise: string;
  readonly village: string | null;
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly date: string | null;
}

/** How often something changed in one way, in the period and in the year to date. */
export interface ChangeCount {
  readonly of: 'status' | 'label';
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly period: number;
  readonly year: number;
}

/** A figure beside its base period; everything as printed, since a rate changes in 百分点 and a count in percent. */
export interface ComparisonRow {
  readonly label: string;
  /** 同比 or 环比. */
  readonly basis: string;
  readonly now: string;
  readonly base: string;
  readonly change: string;
  /** The figure of the year to date beside it, where that is longer than the period. */
  readonly year?: string;
  /** The figure, and the days of its numbers, for the lists behind them. */
  readonly code?: string;
  readonly nowDays?: FigureDays;
  readonly baseDays?: FigureDays;
  readonly yearDays?: FigureDays;
}

/** One line of a ranking (domain reference 4.3); `rank` is `－` where nothing was found. */
export interface RankingRow {
  /** Of the village, `none` for enterprises without one. */
  readonly id?: string;
  readonly rank: string;
  readonly label: string;
  readonly found: number;
  readonly rectified: number;
  readonly rate: string;
  readonly coverage: string;
  readonly overdue: number;
  /** Of the reported period beside the year that it ranks by. */
  readonly period?: Pick<GroupCounts, 'found' | 'rectified'>;
}

/** Findings of one village in each of `years`, in their order. */
export interface VillageYears {
  readonly years: readonly string[];
  /** Days of each year, for the lists behind its numbers. */
  readonly days?: readonly FigureDays[];
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
  /** For the lists behind its numbers. */
  readonly days?: FigureDays;
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

/** Rows of a section as they are printed; personal ones are masked unless contacts are shown. */
export interface ReportPart {
  readonly columns: readonly {
    readonly heading: string;
    readonly weight: number;
    readonly align?: 'left' | 'center' | 'right';
    readonly personal?: true;
  }[];
  readonly rows: readonly (readonly string[])[];
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
  /** The project's word for a visit; 巡查 in reports of before. */
  readonly act?: string;
  /** Scope in words: project, kinds, conditions. */
  readonly scope?: string;
  /** Conditions on the enterprises that it speaks of, where it has any. */
  readonly filter?: Filter;
  readonly figures: Readonly<Partial<Record<FigureCode, Figure>>>;
  /** Figures that have nothing to say: for the preview, never printed. */
  readonly leftOut?: readonly LeftOut[];
  readonly byVillage: readonly VillageRow[];
  readonly byCategory: readonly GroupRow[];
  readonly byClass: readonly GroupRow[];
  readonly byMonth: readonly MonthRow[];
  /** Person-days by person; their sums are the figures `staffDays` and `periodStaffDays`. */
  readonly staffDays?: readonly StaffDaysRow[];
  readonly overdue: readonly FindingRow[];
  /** Major findings of the year to date that are open. */
  readonly major: readonly FindingRow[];
  /** Found before the year of service and still open; counted nowhere else. */
  readonly earlier?: readonly FindingRow[];
  /** The list of the annex (domain reference 5.6), in printing order. */
  readonly findings: readonly FindingRow[];
  readonly trainings?: readonly TrainingRow[];
  readonly tasks?: readonly TaskRow[];
  readonly statusChanges?: readonly ChangeRow[];
  /** Names of the enterprises in scope that have not filled in their sheet in the year to date. */
  readonly withoutSheet?: readonly { readonly enterprise: string; readonly village: string | null }[];
  readonly labelChanges?: readonly ChangeRow[];
  /** How many changes of each kind there were. */
  readonly changeCounts?: readonly ChangeCount[];
  /** Rows of the sections that describe theirs, by the section's id; absent where nothing was ever entered. */
  readonly parts?: Readonly<Record<string, ReportPart>>;
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
  return rows
    .filter((row) => row.found > 0)
    .toSorted((a, b) => b.found - a.found)
    .slice(0, count);
}
