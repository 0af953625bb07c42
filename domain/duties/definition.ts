// A duty of the content library as the program reads it (content library, duties.json).
import type { Fact, Requirement } from '../knowledge/facts.ts';
import type { WorkCalendar } from '../values/work-days.ts';

export type DutyPeriod = 'month' | 'quarter' | 'half_year' | 'year';

/** When a duty is due; which fields are filled follows from `kind`. */
export interface DueRule {
  readonly kind:
    | 'fixed_date'
    | 'from_field'
    | 'interval'
    | 'printed'
    | 'per_plan'
    | 'per_period'
    | 'after_event'
    | 'before_event'
    | 'threshold'
    | 'retention';
  readonly unit: string;
  readonly field?: string;
  readonly month?: number;
  readonly day?: number;
  readonly offsetDays?: number;
  readonly offsetMonths?: number;
  readonly windowOpensDaysBefore?: number;
  readonly months?: number;
  readonly days?: number;
  readonly daysField?: string;
  readonly fallbackDays?: number;
  readonly period?: DutyPeriod;
  readonly event?: string;
  readonly fallbackMonthDay?: string;
  readonly fallbackOffset?: { readonly period: DutyPeriod; readonly offsetDays: number };
  readonly limit?: number;
  readonly years?: number;
}

/** What the program keeps of a duty beside its words. */
export interface DutyDefinition {
  readonly code: string;
  readonly due: DueRule;
  readonly group: string;
  readonly permitClasses: readonly string[];
  readonly hazWasteClasses: readonly string[] | null;
  readonly objectKinds: readonly string[];
  readonly requires: Requirement;
  readonly completedBy: string;
  /** The facts that it requires, as the content defines them. */
  readonly facts: readonly Fact[];
  /** Fields whose change begins it. */
  readonly watch: readonly string[];
  /** Days off and make-up days, where its days are working days. */
  readonly workdays: WorkCalendar | null;
}

/** Months of a period. */
export const MONTHS: Readonly<Record<DutyPeriod, number>> = { month: 1, quarter: 3, half_year: 6, year: 12 };

const PERIOD_WORDS: Readonly<Record<DutyPeriod, string>> = {
  month: '每月',
  quarter: '每季度',
  half_year: '每半年',
  year: '每年',
};

const after = (days: number, unit: string): string => `${days} 个${unit === 'working' ? '工作日' : '日历日'}内`;

/** How far from a day: before where the number is negative. */
function distance({ offsetDays, offsetMonths, unit }: DueRule): string {
  if (offsetMonths) return `起 ${offsetMonths} 个月内`;
  if (!offsetDays) return '当日以前';
  return offsetDays < 0 ? `前 ${-offsetDays} 天以前` : `后 ${after(offsetDays, unit)}`;
}

/** The rule of a due day in words; `from` names the field or the event that it counts from. */
export function dueWords(due: DueRule, from: string): string {
  switch (due.kind) {
    case 'fixed_date':
      return `每年 ${due.month} 月 ${due.day} 日以前`;
    case 'per_period':
      return `${PERIOD_WORDS[due.period ?? 'year']}结束后 ${due.offsetDays ?? 0} 天内`;
    case 'from_field':
      return `${from}${distance(due)}`;
    case 'interval':
      return due.months
        ? `每 ${due.months} 个月一次`
        : due.days
          ? `每 ${due.days} 天一次`
          : `按更换或清洗周期${due.fallbackDays ? `，没有填的按 ${due.fallbackDays} 天` : ''}`;
    case 'printed':
      return '按许可证载明的日期';
    case 'per_plan':
      return '按监测方案的频次';
    case 'after_event':
      return `${from}后 ${after(due.offsetDays ?? 0, due.unit)}`;
    case 'before_event':
      return due.offsetDays ? `${from}，提前 ${due.offsetDays} 天` : from;
    case 'threshold':
      return `达到 ${due.limit} ${due.unit} 以前`;
    case 'retention':
      return `保存 ${due.years} 年`;
  }
}
