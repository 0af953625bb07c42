// The period of a kind of report, from the day that one looks at it.
import type { ReportRequest } from '../../../contract/reports.ts';
import { addDays, addMonths, weekStart } from '../../../domain/values/day.ts';

export type Kind = NonNullable<ReportRequest['kind']>;

/** Kinds in the order of the control; the words are those of the archive's titles. */
export const KINDS: readonly { value: Kind; label: string; title: string }[] = [
  { value: 'weekly_report', label: '周报', title: '周报' }, { value: 'monthly_report', label: '月报', title: '月报' },
  { value: 'quarterly_report', label: '季报', title: '季报' }, { value: 'annual_report', label: '年报', title: '年度总结' },
];

/** First and last day of the week, month, quarter or year around a day. */
export function periodAround(kind: Kind, day: string): { from: string; to: string } {
  if (kind === 'weekly_report') return { from: weekStart(day), to: addDays(weekStart(day), 6) };
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const two = (n: number) => String(n).padStart(2, '0');
  const [first, count] = kind === 'monthly_report' ? [month, 1] : kind === 'quarterly_report' ? [Math.floor((month - 1) / 3) * 3 + 1, 3] : [1, 12];
  const from = `${year}-${two(first)}-01`;
  return { from, to: addDays(addMonths(from, count), -1) };
}

/** The period before or after the one given. */
export function neighbour(kind: Kind, period: { from: string; to: string }, step: -1 | 1): { from: string; to: string } {
  return periodAround(kind, step < 0 ? addDays(period.from, -1) : addDays(period.to, 1));
}
