// What a report says of the trainings of a period.
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { joined } from '../../db/index.ts';
import type { TrainingRow as ReportTraining } from '../../domain/reports/index.ts';
import { HELD_STATES, TRAINING_AUDIENCES, TRAINING_KINDS } from '../../domain/training/entities.ts';
import { listed } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { basisOf, counts, type Counts } from '../training/index.ts';

/**
 * Trainings held from `from` to `to`, as the report lists them. A report as of a day gives the earlier of that
 * day and the period's end as `to`.
 */
export async function trainingRows(ctx: Context, from: string, to: string): Promise<ReportTraining[]> {
  const rows = await ctx.store.slow.sql<
    Counts & { title: string; kind: string; date: string; place: string | null; audience: string | null }
  >(
    `SELECT t.title, t.kind, t.date, t.place, (SELECT ${joined('a.audience', ',')} FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL) AS audience, ${counts(await basisOf(ctx))}
     FROM training t WHERE t.deleted_at IS NULL AND t.state IN ${listed(HELD_STATES)} AND t.date BETWEEN ? AND ? ORDER BY t.date, t.id`,
    [from, to],
  );
  return rows.map((r) => ({
    title: r.title,
    kind: labelOf(TRAINING_KINDS, r.kind),
    date: r.date,
    place: r.place,
    audience:
      r.audience
        ?.split(',')
        .map((a) => labelOf(TRAINING_AUDIENCES, a))
        .join('、') ?? null,
    invited: r.invited,
    attended: r.attended,
    persons: r.persons,
  }));
}
