// What a register did, kind by kind, in the words of ledgers: for the command line, which prints both alike.
import { SUBJECT } from '../../domain/registers/kinds.ts';
import type { EntityCounts } from '../../domain/registers/ledgers/counts.ts';
import type { MatchedRow } from './match.ts';

const zero = (entity: string): EntityCounts => ({
  entity,
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  waiting: 0,
  queued: 0,
});

/** Counts of a matched register by kind; rows that add to the enterprise of an earlier one are no enterprise of their own. */
export function countRegister(rows: readonly MatchedRow[]): EntityCounts[] {
  const counts = new Map<string, EntityCounts>();
  const of = (entity: string): EntityCounts => {
    const known = counts.get(entity) ?? zero(entity);
    counts.set(entity, known);
    return known;
  };
  for (const { result, changes, row } of rows) {
    if (result !== 'joined') {
      const own = of(SUBJECT.name);
      own.rows += 1;
      own[result] += 1;
      if (changes.some((change) => change.waits === true && change.use === 'old')) own.queued += 1;
    }
    if (result === 'rejected') continue;
    const writes = changes.filter(({ use }) => use === 'new').flatMap((change) => change.writes);
    for (const [kind, records] of Object.entries(row.content.records)) {
      if (records.length === 0) continue;
      const own = of(kind);
      const made = writes.filter((write) => write.kind === 'insert' && write.entity === kind).length;
      const changed = new Set(
        writes.flatMap((write) => (write.kind === 'update' && write.entity === kind ? [write.row] : [])),
      ).size;
      const created = result === 'created' ? records.length : Math.min(made, records.length);
      const updated = Math.min(changed, records.length - created);
      own.rows += records.length;
      own.created += created;
      own.updated += updated;
      own.unchanged += records.length - created - updated;
    }
  }
  return [...counts.values()];
}
