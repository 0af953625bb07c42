// Plan against results: which periods of a plan are measured, missing, or over a limit (domain reference 4.7).
import { addDays, makeDay, monthsRange, weekRange, type Day, type DayRange } from '../values/day.ts';
import { searchKey } from '../values/search-key.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

/** How a period of a plan stands. */
export const PERIOD_STANDINGS = vocabulary({
  done: '已测',
  exceeds: '有超标',
  missing: '缺测',
  explained: '缺测已说明',
  running: '未到期',
});
export type PeriodStanding = (typeof PERIOD_STANDINGS.ids)[number];

/** What a plan says. */
export interface PlanFacts {
  readonly outletId: string | null;
  readonly point: string | null;
  readonly pollutant: string;
  readonly frequency: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly createdAt: string;
}

/** What a result says. */
export interface ResultFacts {
  readonly date: Day;
  readonly kind: string;
  readonly outletId: string | null;
  readonly point: string | null;
  readonly pollutant: string;
  readonly judgement: string | null;
}

/** One period of a plan. */
export interface PlanPeriod extends DayRange {
  readonly standing: PeriodStanding;
}

/** Kinds of results by which an enterprise does what its plan asks: what the authority measures is not its doing. */
const OWN_KINDS = ['self', 'auto'];

const MONTHS_OF: Readonly<Record<string, number>> = { monthly: 1, quarterly: 3, half_year: 6, yearly: 12 };

/** The period of a frequency in which a day lies; null where it is measured without a break. */
export function periodOf(frequency: string, day: Day): DayRange | null {
  const months = MONTHS_OF[frequency];
  if (months) return monthsRange(day, months);
  if (frequency === 'weekly') return weekRange(day);
  return frequency === 'daily' ? { from: day, to: day } : null;
}

const same = (a: string | null, b: string | null): boolean => searchKey(a ?? '') === searchKey(b ?? '');

/** Whether a result is one that the plan asks for: the same outlet or point, the same factor, measured by the enterprise. */
export const isOfPlan = (plan: PlanFacts, result: ResultFacts): boolean =>
  OWN_KINDS.includes(result.kind) &&
  same(plan.pollutant, result.pollutant) &&
  (plan.outletId ? plan.outletId === result.outletId : !result.outletId && same(plan.point, result.point));

/** The first day of a plan; one that does not say it counts from the day on which it was entered. */
const startOf = (plan: PlanFacts): Day => plan.from ?? plan.createdAt.slice(0, 10);

/** Full periods of a plan that end within a range, in their order. */
export function periodsIn(plan: PlanFacts, range: DayRange): DayRange[] {
  const start = startOf(plan);
  const end = plan.to && plan.to < range.to ? plan.to : range.to;
  const periods: DayRange[] = [];
  let period = periodOf(plan.frequency, range.from > start ? range.from : start);
  while (period && period.to <= end) {
    if (period.from >= start && period.to >= range.from) periods.push(period);
    period = periodOf(plan.frequency, addDays(period.to, 1));
  }
  return periods;
}

/** How the periods of a plan that end within a range stand on a day; `explained`: ends of periods whose gap somebody told. */
export function complianceOf(
  plan: PlanFacts,
  results: readonly ResultFacts[],
  range: DayRange,
  today: Day,
  explained: ReadonlySet<Day> = new Set(),
): PlanPeriod[] {
  const measured = new Map<Day, boolean>();
  for (const result of results.filter((one) => isOfPlan(plan, one))) {
    const period = periodOf(plan.frequency, result.date);
    if (period) measured.set(period.to, measured.get(period.to) === true || result.judgement === 'exceeds');
  }
  return periodsIn(plan, range).map((period): PlanPeriod => {
    const over = measured.get(period.to);
    if (over !== undefined) return { ...period, standing: over ? 'exceeds' : 'done' };
    if (explained.has(period.to)) return { ...period, standing: 'explained' };
    return { ...period, standing: period.to < today ? 'missing' : 'running' };
  });
}

/** Years ahead in which a plan is looked at for its next period. */
const YEARS_AHEAD = 2;

/** The end of the first period of a plan that nobody measured or explained; null where it runs without a break, or is over. */
export function nextMeasurement(
  plan: PlanFacts,
  results: readonly ResultFacts[],
  today: Day,
  explained: ReadonlySet<Day>,
): Day | null {
  const start = startOf(plan);
  const last = start > today ? start : today;
  const to = makeDay(Number(last.slice(0, 4)) + YEARS_AHEAD, 12, 31) ?? last;
  const open = complianceOf(plan, results, { from: start, to }, today, explained).find(
    ({ standing }) => standing === 'missing' || standing === 'running',
  );
  return open?.to ?? null;
}
