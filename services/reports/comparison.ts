// What a report compares its period with: the period before, the same period last year, the years before, and the
// villages with each other (domain reference 4.1 rule 5, 4.3, 5.5).
import type { Figure, Overview, StatisticsScope } from '../../contract/statistics.ts';
import type {
  ComparisonRow,
  FigureDays,
  RankingRow,
  ReportFigures,
  ReportKind,
  YearRow,
} from '../../domain/reports/index.ts';
import { reportOf } from '../../domain/reports/index.ts';
import { countChange, rateChange, type ChangeKind } from '../../domain/statistics/change.ts';
import { rankItems } from '../../domain/statistics/ranking.ts';
import { addDays, addMonths, addYears, daysBetween } from '../../domain/values/day.ts';
import type { Context } from '../context.ts';
import { DIMENSIONS, figureNamed } from '../../domain/statistics/figures.ts';
import { askedUnder, figuresOf, measure } from '../statistics/index.ts';

const COMPARED = [
  'visitedEnterprises',
  'visitCount',
  'foundCount',
  'closedInPeriod',
  'rectificationRate',
  'onTimeRate',
] as const;
const MOST_YEARS = 5;
const daysOf = ({ from, to, asOf }: StatisticsScope): FigureDays => ({ from, to, asOf });
/** Columns of the comparison of years. */
const OF_YEARS = ['visitedEnterprises', 'foundCount', 'rectifiedCount', 'rectificationRate', 'findingsPerEnterprise'];

const earlier = (a: string, b: string): string => (a < b ? a : b);

/** The base of a comparison: an equal range of days where the period is not over, looked at equally long after its end. */
function baseOf(kind: ChangeKind, report: ReportKind, scope: StatisticsScope): StatisticsScope {
  const end = earlier(scope.to, scope.asOf);
  const [from, last] =
    kind === '同比'
      ? [addYears(scope.from, -1), addYears(end, -1)]
      : [addMonths(scope.from, -reportOf(report).months), addDays(scope.from, -1)];
  const to = kind === '环比' && end < scope.to ? earlier(last, addDays(from, daysBetween(scope.from, end))) : last;
  return { ...scope, from, to, asOf: addDays(to, daysBetween(end, scope.asOf)) };
}

type Figures = ReadonlyMap<string, Figure>;
/** A base with none of these has nothing to compare with. */
const TELLING = ['foundCount', 'visitCount', 'closedInPeriod'];
const anything = (f: Figures): boolean => TELLING.some((code) => (f.get(code)?.numerator ?? 0) > 0);

/** The period's figures beside those of its bases, and of a year that is longer; undefined where no base has anything. */
export async function comparisonsOf(
  ctx: Context,
  kind: ReportKind,
  period: Overview,
  year: Overview | null,
): Promise<ComparisonRow[] | undefined> {
  const rows: ComparisonRow[] = [];
  for (const basis of reportOf(kind).compares as readonly ChangeKind[]) {
    const scope = baseOf(basis, kind, period.scope);
    const base = await figuresOf(ctx, await askedUnder(ctx, scope), [...new Set([...COMPARED, ...TELLING])]);
    if (!anything(base)) continue;
    for (const code of COMPARED) {
      const [now, then] = [period.figures[code], base.get(code)];
      if (!now || !then) continue;
      const change =
        then.denominator === null
          ? countChange(basis, now.numerator, then.numerator)
          : rateChange(
              basis,
              { n: now.numerator, d: now.denominator ?? 0 },
              { n: then.numerator, d: then.denominator },
            );
      rows.push({
        label: now.label,
        basis,
        now: now.printed,
        base: then.printed,
        change,
        code,
        nowDays: daysOf(period.scope),
        baseDays: daysOf(scope),
        ...(year && { year: year.figures[code]?.printed ?? '－', yearDays: daysOf(year.scope) }),
      });
    }
  }
  return rows.length > 0 ? rows : undefined;
}

/** Villages by their rates of the service year to date, with the counts of the period beside it. */
export function rankingOf(year: Overview, period: Overview): RankingRow[] {
  const own = new Map(period.byVillage.map((v) => [v.villageId, { found: v.found, rectified: v.closed }]));
  return rankItems(year.byVillage.map((v) => ({ ...v, rectified: v.closed, targets: v.enterprises }))).map((v) => ({
    id: v.villageId ?? 'none',
    rank: v.rank === null ? '－' : String(v.rank),
    label: v.name,
    found: v.found,
    rectified: v.rectified,
    rate: v.rate,
    coverage: v.coverage,
    overdue: v.overdue,
    period: own.get(v.villageId) ?? { found: 0, rectified: 0 },
  }));
}

/**
 * Years of work up to the report's, earliest first, the same days of each (a year that is not over is compared with as much of the
 * others), all as of the report's day, with the findings of each village; undefined where there is only one.
 */
export async function yearsOf(
  ctx: Context,
  year: Overview,
  labelOf: (from: string, to: string) => string,
): Promise<Pick<ReportFigures, 'years' | 'villageYears'>> {
  const rows: YearRow[] = [];
  const found: Map<string | null, number>[] = [];
  const village = DIMENSIONS.get('village');
  const end = earlier(year.scope.to, year.scope.asOf);
  for (let back = MOST_YEARS - 1; back >= 0; back -= 1) {
    const scope = { ...year.scope, from: addYears(year.scope.from, -back), to: addYears(end, -back) };
    const asked = await askedUnder(ctx, scope);
    const f = await figuresOf(ctx, asked, [...new Set([...OF_YEARS, ...TELLING])]);
    if (rows.length === 0 && !anything(f)) continue;
    const [visited, inYear, rectified, rate, perEnterprise] = OF_YEARS.map((code) => f.get(code));
    rows.push({
      year: labelOf(scope.from, addYears(year.scope.to, -back)),
      visited: visited?.numerator ?? 0,
      found: inYear?.numerator ?? 0,
      rectified: rectified?.numerator ?? 0,
      rate: rate?.printed ?? '－',
      perEnterprise: perEnterprise?.printed ?? '－',
      days: daysOf(scope),
    });
    const cells = village ? await measure(ctx.store.slow, asked, [figureNamed('foundCount')], [village]) : [];
    found.push(new Map(cells.map((cell) => [cell.keys[0] ?? null, cell.counts.get('foundCount')?.n ?? 0])));
  }
  if (rows.length < 2) return {};
  const villages = year.byVillage
    .map((v) => ({ id: v.villageId ?? 'none', label: v.name, found: found.map((of) => of.get(v.villageId) ?? 0) }))
    .filter((v) => v.found.some((n) => n > 0));
  return {
    years: rows,
    villageYears: { years: rows.map((row) => row.year), days: rows.flatMap((row) => row.days ?? []), rows: villages },
  };
}
