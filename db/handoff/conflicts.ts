// Conflicts as the store keeps them, and the notes of this computer on them.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** A field, or a closed loop, of a row about which two sides do not agree. */
export interface ConflictRecord {
  id: string;
  tbl: string;
  rowId: string;
  field: string;
  class: string;
  level: 'must' | 'may';
  heads: string;
  base: string | null;
  provisional: number;
  assignee: string | null;
  comment: string | null;
}

/** How many conflicts must be decided, may be, and wait for the other side. */
export interface ConflictNumbers {
  must: number;
  may: number;
  waiting: number;
}

const SELECT = `SELECT c.id, c.tbl, c.row_id AS rowId, c.field, c.class, c.level, c.heads, c.base, c.provisional, n.assignee, n.comment
  FROM sync_conflict c LEFT JOIN sync_note n ON n.conflict_id = c.id`;

/** Conflicts: of a level, those that wait, or all; those that must be decided first. */
export async function conflictRecords(
  read: Reader,
  level: 'must' | 'may' | 'waiting' | null,
): Promise<ConflictRecord[]> {
  const where =
    level === 'waiting' ? ' WHERE c.provisional = 1' : level ? ' WHERE c.provisional = 0 AND c.level = ?' : '';
  return await read.sql<ConflictRecord>(
    `${SELECT}${where} ORDER BY c.provisional, c.level DESC, c.tbl, c.row_id, c.field`,
    level === 'must' || level === 'may' ? [level] : [],
  );
}

/** A conflict by its id. */
export async function conflictRecord(read: Reader, id: string): Promise<ConflictRecord | null> {
  return await read.sqlOne<ConflictRecord>(`${SELECT} WHERE c.id = ?`, [id]);
}

/** Numbers of conflicts. */
export async function conflictNumbers(read: Reader): Promise<ConflictNumbers> {
  const row = await read.sqlOne<ConflictNumbers>(
    `SELECT coalesce(sum(level = 'must' AND provisional = 0), 0) AS must, coalesce(sum(level = 'may' AND provisional = 0), 0) AS may,
       coalesce(sum(provisional), 0) AS waiting FROM sync_conflict`,
  );
  return row ?? { must: 0, may: 0, waiting: 0 };
}

/** Keeps who looks after a conflict. */
export async function keepNote(
  tx: Writer,
  note: { conflictId: string; assignee: string | null; comment: string | null; by: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO sync_note(conflict_id, assignee, comment, by, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT(conflict_id) DO UPDATE SET assignee = excluded.assignee, comment = excluded.comment, by = excluded.by, at = excluded.at`,
    [note.conflictId, note.assignee, note.comment, note.by, new Date().toISOString()],
  );
}
