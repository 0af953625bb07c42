// What an import of ledgers did, kind by kind: rows = created + updated + unchanged + rejected + waiting.
import { SUBJECT } from '../kinds.ts';
import type { RecordOutcome } from './plan.ts';

/** Counts of one kind. `queued`: rows with a value, or a whole row, that waits for a person; counted beside the others. */
export interface EntityCounts {
  entity: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  waiting: number;
  queued: number;
}

/** A row as it is counted. `main`: the kind that it is; `enterprise`: whose it is, or null. */
export interface CountedRow {
  readonly main: string | null;
  readonly result: 'created' | 'updated' | 'unchanged' | 'rejected' | 'waiting';
  readonly enterprise: string | null;
  readonly outcomes: readonly RecordOutcome[];
}

/** Counts by kind: every row of the kind that the table lists, of others each record once. */
export function countLedger(rows: readonly CountedRow[]): EntityCounts[] {
  const counts = new Map<string, EntityCounts>();
  const of = (entity: string): EntityCounts => {
    const zero = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, waiting: 0, queued: 0 };
    const known = counts.get(entity) ?? { entity, ...zero };
    counts.set(entity, known);
    return known;
  };
  const records = new Map<unknown, { entity: string; results: Set<string>; queued: boolean }>();
  for (const { main, result, enterprise, outcomes } of rows) {
    const listed = main ?? SUBJECT.name;
    if (result === 'rejected' || result === 'waiting') {
      const one = of(listed);
      one.rows += 1;
      one[result] += 1;
      if (result === 'waiting') one.queued += 1;
    }
    const isRefused = result === 'rejected' || result === 'waiting';
    for (const outcome of outcomes) {
      if (isRefused && outcome.entity === listed) continue;
      if (outcome.result === 'left' || outcome.result === 'rejected') continue;
      const queued = outcome.questions.length > 0;
      if (outcome.entity === main) {
        const one = of(main);
        one.rows += 1;
        one[outcome.result] += 1;
        if (queued) one.queued += 1;
        continue;
      }
      const key = outcome.entity === SUBJECT.name ? enterprise : outcome.row;
      const known = records.get(key) ?? { entity: outcome.entity, results: new Set(), queued: false };
      known.results.add(outcome.result);
      known.queued ||= queued;
      records.set(key, known);
    }
  }
  for (const { entity, results, queued } of records.values()) {
    const one = of(entity);
    one.rows += 1;
    one[results.has('created') ? 'created' : results.has('updated') ? 'updated' : 'unchanged'] += 1;
    if (queued) one.queued += 1;
  }
  return [...counts.values()];
}
