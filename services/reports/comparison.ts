// What a report compares its period with: the period before, the same period last year, the years before, and the villages with each other (domain reference 4.1 rule 5, 4.3, 5.5).
import type { Overview, StatisticsScope } from '../../contract/statistics.ts';
import type { ComparisonRow, RankingRow, ReportFigures, ReportKind, YearRow } from '../../domain/reports/index.ts';
import { countChange, rateChange, type ChangeKind } from '../../domain/statistics/change.ts';
import type { FigureId } from '../../domain/statistics/figures.ts';
import { rankItems } from '../../domain/statistics/ranking.ts';
import { addDays, addMonths, addYears, daysBetween } from '../../domain/values/day.ts';
import type { Context } from '../context.ts';
import { cohort, figureSettings, figuresOf } from '../statistics/index.ts';

const COMPARED: readonly FigureId[] = ['visitedEnterprises', 'visitCount', 'foundCount', 'closedInPeriod', 'rectificationRate', 'onTimeRate'];
const KINDS: Readonly<Record<ReportKind, readonly ChangeKind[]>> = { week: [], month: ['环比'], quarter: ['环比', '同比'], year: ['同比'] };
const MONTHS: Readonly<Record<ReportKind, number>> = { week: 0, month: 1, quarter: 3, year: 12 };
const MOST_YEARS = 5;

const earlier = (a: string, b: string): string => (a < b ? a : b);

/** The base of a comparison: an equal range of days where the period is not over, looked at equally long after its end. */
function baseOf(kind: ChangeKind, report: ReportKind, scope: StatisticsScope): StatisticsScope {
  const end = earlier(scope.to, scope.asOf);
  const [from, last] = kind === '同比' ? [addYears(scope.from, -1), addYears(end, -1)] : [addMonths(scope.from, -MONTHS[report]), addDays(scope.from, -1)];
  const to = kind === '环比' && end < scope.to ? earlier(last, addDays(from, daysBetween(scope.from, end))) : last;
  return { ...scope, from, to, asOf: addDays(to, daysBetween(end, scope.asOf)) };
}

type Figures = Awaited<ReturnType<typeof figuresOf>>['figures'];
const anything = (f: Figures): boolean => f.foundCount.numerator + f.visitCount.numerator + f.closedInPeriod.numerator > 0;

/** The period's figures beside those of its bases; undefined where no base has anything. */
export async function comparisonsOf(ctx: Context, kind: ReportKind, period: Overview): Promise<ComparisonRow[] | undefined> {
  const settings = await figureSettings(ctx);
  const rows: ComparisonRow[] = [];
  for (const basis of KINDS[kind]) {
    const { figures: base } = await figuresOf(ctx, baseOf(basis, kind, period.scope), settings);
    if (!anything(base)) continue;
    for (const code of COMPARED) {
      const [now, then] = [period.figures[code], base[code]];
      if (!now) continue;
      const change = then.denominator === null ? countChange(basis, now.numerator, then.numerator) : rateChange(basis, { n: now.numerator, d: now.denominator ?? 0 }, { n: then.numerator, d: then.denominator });
      rows.push({ label: now.label, basis, now: now.printed, base: then.printed, change });
    }
  }
  return rows.length > 0 ? rows : undefined;
}

/** Villages by their rates of the service year to date. */
export function rankingOf(year: Overview): RankingRow[] {
  return rankItems(year.byVillage.map((v) => ({ ...v, rectified: v.closed, targets: v.enterprises })))
    .map((v) => ({ rank: v.rank === null ? '－' : String(v.rank), label: v.name, found: v.found, rectified: v.rectified, rate: v.rate, coverage: v.coverage, overdue: v.overdue }));
}

/** Years of work up to the report's, earliest first, all as of its day, with the findings of each village; undefined where there is only one. */
export async function yearsOf(ctx: Context, year: Overview, labelOf: (from: string, to: string) => string): Promise<Pick<ReportFigures, 'years' | 'villageYears'>> {
  const settings = await figureSettings(ctx);
  const rows: YearRow[] = [];
  const found: Map<string | null, number>[] = [];
  for (let back = MOST_YEARS - 1; back >= 0; back -= 1) {
    const scope = { ...year.scope, from: addYears(year.scope.from, -back), to: addYears(year.scope.to, -back) };
    const { figures: f } = await figuresOf(ctx, scope, settings);
    if (rows.length === 0 && !anything(f)) continue;
    rows.push({ year: labelOf(scope.from, scope.to), visited: f.visitedEnterprises.numerator, found: f.foundCount.numerator, rectified: f.rectifiedCount.numerator, rate: f.rectificationRate.printed, perEnterprise: f.findingsPerEnterprise.printed });
    const base = cohort(scope, ctx.today());
    found.push(new Map((await ctx.store.slow.sql<{ id: string | null; n: number }>(`${base.sql} SELECT c.village_id AS id, count(*) AS n FROM cohort c GROUP BY 1`, base.parameters)).map((one) => [one.id, one.n])));
  }
  if (rows.length < 2) return {};
  const villages = year.byVillage.map((v) => ({ id: v.villageId ?? 'none', label: v.name, found: found.map((of) => of.get(v.villageId) ?? 0) })).filter((v) => v.found.some((n) => n > 0));
  return { years: rows, villageYears: { years: rows.map((row) => row.year), rows: villages } };
}
