// What the steward of the demonstration town wrote into the reports of this month and the last, with typical cases.
import { REPORT_PAPERS } from '../../domain/reports/index.ts';
import { addMonths, monthsRange } from '../../domain/values/day.ts';
import type { Context } from '../context.ts';
import { caseCandidates, saveCases, saveText } from '../reports/index.ts';
import type { Recipe } from './recipe.ts';

/** Cases that a report tells. */
const CASES = 2;

/** Writes the texts of the recipe into each kind of report but the weekly one; the month before has its own. */
export async function writeReportTexts(ctx: Context, recipe: Recipe, today: string): Promise<void> {
  const kinds = REPORT_PAPERS.filter(({ report }) => report.months > 0);
  const month = kinds.find(({ report }) => report.months === 1);
  const reports = [
    ...(month ? [{ kind: month.id, months: 1, day: addMonths(today, -1) }] : []),
    ...kinds.map(({ id, report }) => ({ kind: id, months: report.months, day: today })),
  ];
  for (const { kind, months, day } of reports) {
    const { from, to } = monthsRange(day, months);
    const of = { kind, from, to, asOf: to < today ? to : today, objectKinds: [] };
    await saveText(ctx, of, recipe.reportTexts);
    const told = (await caseCandidates(ctx, of, '')).slice(0, CASES);
    await saveCases(
      ctx,
      of,
      told.map(({ findingId, title, text }) => ({ findingId, title, text })),
    );
  }
}
