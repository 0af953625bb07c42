// Findings of a report by village, category and class: those of the year to date, beside them those of the period.
import type { Overview } from '../../contract/statistics.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../domain/findings/vocabulary.ts';
import type { GroupCounts, ReportFigures } from '../../domain/reports/index.ts';
import { DIMENSIONS, figureNamed } from '../../domain/statistics/figures.ts';
import { percent } from '../../domain/statistics/percent.ts';
import type { Context } from '../context.ts';
import { askedUnder, measure } from '../statistics/index.ts';

const counts = (found: number, rectified: number, overdue: number, rate = percent(rectified, found)): GroupCounts => ({
  found,
  rectified,
  unrectified: found - rectified,
  overdue,
  rate,
});

type Dimension = 'category' | 'handlingClass';

/** How many of a category or class are overdue. */
async function overdueBy(ctx: Context, { scope }: Overview): Promise<(of: Dimension, id: string) => number> {
  const cells = await measure(
    ctx.store.slow,
    await askedUnder(ctx, scope),
    [figureNamed('overdueCount')],
    ['category', 'handlingClass'].flatMap((id) => DIMENSIONS.get(id) ?? []),
  );
  return (of, id) =>
    cells
      .filter(({ keys: [category, handlingClass] }) => (of === 'category' ? category : handlingClass) === id)
      .reduce((n, cell) => n + (cell.counts.get('overdueCount')?.n ?? 0), 0);
}

/** Counts by id for each of the three ways to tell findings apart. */
async function grouped(ctx: Context, o: Overview) {
  const late = await overdueBy(ctx, o);
  const of = <T>(rows: readonly T[], id: (row: T) => string, counted: (row: T) => GroupCounts) =>
    new Map(rows.map((row) => [id(row), counted(row)]));
  return {
    village: of(
      o.byVillage,
      (v) => v.villageId ?? 'none',
      (v) => counts(v.found, v.closed, v.overdue, v.rate),
    ),
    category: of(
      o.byCategory,
      (c) => c.category,
      (c) => counts(c.found, c.closed, late('category', c.category)),
    ),
    handlingClass: of(
      o.byClass,
      (c) => c.handlingClass,
      (c) => counts(c.found, c.closed, late('handlingClass', c.handlingClass)),
    ),
  };
}

const NONE = counts(0, 0, 0);

/** The groups of a report; `period` is null where the year is the period. */
export async function groupsOf(
  ctx: Context,
  year: Overview,
  period: Overview | null,
): Promise<Pick<ReportFigures, 'byVillage' | 'byCategory' | 'byClass'>> {
  const all = await grouped(ctx, year);
  const part = period && (await grouped(ctx, period));
  const row = (of: keyof typeof all, id: string, label: string) => ({
    id,
    label,
    ...(all[of].get(id) ?? NONE),
    ...(part && { period: part[of].get(id) ?? NONE }),
  });
  const visited = new Map(period?.byVillage.map((v) => [v.villageId ?? 'none', v.visitedEnterprises]));
  return {
    byVillage: year.byVillage.map((v) => ({
      ...row('village', v.villageId ?? 'none', v.name),
      visited: v.visitedEnterprises,
      ...(part && { periodVisited: visited.get(v.villageId ?? 'none') ?? 0 }),
    })),
    byCategory: year.byCategory.map((c) => row('category', c.category, labelOf(FINDING_CATEGORIES, c.category))),
    byClass: HANDLING_CLASSES.ids.map((id) => row('handlingClass', id, labelOf(HANDLING_CLASSES, id))),
  };
}
