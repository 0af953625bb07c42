// What the guards of a round look at: its targets that nobody visited and nobody gave a reason for.
import { round } from '../../domain/rounds/entities.ts';
import type { RoundFacts } from '../../domain/rounds/workflow.ts';
import { ofLiveEnterprise, targetStatus } from '../conditions/index.ts';
import type { Effects } from '../effects.ts';
import { notFound } from '../errors.ts';

export const ROUND_EFFECTS: readonly Effects[] = [
  {
    of: round.name,
    see: async (ctx, read, id) => {
      const row = await read.get(round, id);
      if (!row) throw notFound(round.label);
      const status = targetStatus('t', ctx.today());
      const facts = await read.sqlOne<RoundFacts>(
        `SELECT count(*) FILTER (WHERE ${status} = 'pending') AS pending, count(*) FILTER (WHERE ${status} = 'refused') AS refused,
           count(*) FILTER (WHERE ${status} = 'closed_door') AS "closedDoor"
         FROM round_target t WHERE t.round_id = ? AND ${ofLiveEnterprise('t')}`,
        [id],
      );
      return { row, state: row.state, facts };
    },
    events: {
      // What becomes of its enterprises later changes a finished round no more.
      finish: { run: async (ctx) => await Promise.resolve({ finishedDate: ctx.today() }) },
      reopen: { run: async () => await Promise.resolve({ finishedDate: null }) },
    },
  },
];
