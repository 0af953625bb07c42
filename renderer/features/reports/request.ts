// The period of a kind of report, from the day that one looks at it.
import type { ReportRequest } from '../../../contract/reports.ts';
import { REPORT_PAPERS, reportNamed } from '../../../domain/reports/paper.ts';
import { addDays, monthsRange, weekRange } from '../../../domain/values/day.ts';

export type Kind = NonNullable<ReportRequest['kind']>;

/** Kinds in the order of the control; the words are those of the archive's titles. */
export const KINDS: readonly { value: Kind; label: string; title: string }[] = REPORT_PAPERS.map((paper) => ({
  value: paper.id,
  label: paper.label,
  title: paper.report.name,
}));

/** First and last day of the week, month, quarter or year around a day. */
export function periodAround(kind: Kind, day: string): { from: string; to: string } {
  const { months } = reportNamed(kind).report;
  return months === 0 ? weekRange(day) : monthsRange(day, months);
}

/** The period before or after the one given. */
export function neighbour(
  kind: Kind,
  period: { from: string; to: string },
  step: -1 | 1,
): { from: string; to: string } {
  return periodAround(kind, step < 0 ? addDays(period.from, -1) : addDays(period.to, 1));
}
