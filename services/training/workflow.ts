// What the guards of a training look at: who signed in, what material there is.
import { training } from '../../domain/training/entities.ts';
import type { TrainingFacts } from '../../domain/training/workflow.ts';
import { trainingCounts } from '../conditions/index.ts';
import type { Effects } from '../effects.ts';
import { notFound } from '../errors.ts';

export const TRAINING_EFFECTS: readonly Effects[] = [
  {
    of: training.name,
    see: async (ctx, read, id) => {
      const row = await read.get(training, id);
      if (!row) throw notFound(training.label);
      const n = await read.sqlOne<{ signed: number; materials: number }>(
        `SELECT ${trainingCounts('audience').persons} AS signed,
           (SELECT count(*) FROM attachment a WHERE a.owner_id = t.id AND a.deleted_at IS NULL) AS materials
         FROM training t WHERE t.id = ?`,
        [id],
      );
      const facts: TrainingFacts = {
        date: row.date,
        summary: row.summary,
        signed: n?.signed ?? 0,
        materials: n?.materials ?? 0,
        today: ctx.today(),
      };
      return { row, state: row.state, facts };
    },
  },
];
