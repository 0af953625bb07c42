// Undo of an action: ordinary new operations that restore what was there before it.
import { entityNamed } from '../domain/entities.ts';
import { columnsOf, encode } from './schema/columns.ts';
import { StoreError } from './errors.ts';
import { changesOfAction, type Change } from './history.ts';
import { reopenDecisions } from './reopen.ts';
import type { Writer } from './writer.ts';

type Value = string | number | null;

/** Begins the name of an action that takes another back, and of one that takes such an action back. */
export const UNDO_PREFIX = '撤销：';
const REDO_PREFIX = '恢复：';

/** Name of the action that takes the action of that name back. */
export function undoName(name: string): string {
  if (name.startsWith(UNDO_PREFIX)) return `${REDO_PREFIX}${name.slice(UNDO_PREFIX.length)}`;
  return `${UNDO_PREFIX}${name.startsWith(REDO_PREFIX) ? name.slice(REDO_PREFIX.length) : name}`;
}

/** A field that somebody changed after the action, so that the action can't be taken back as a whole. */
export interface UndoObstacle {
  entity: string;
  rowId: string;
  field: string;
  by: string | null;
  at: string;
}

/** What a row shows now and who wrote it last, for the fields the action touched. */
async function obstaclesTo(tx: Writer, changes: Change[], actionId: string): Promise<UndoObstacle[]> {
  const obstacles: UndoObstacle[] = [];
  const touched = new Map<string, Set<string>>();
  for (const c of changes) {
    const fields = touched.get(c.rowId) ?? new Set<string>();
    for (const f of c.fields) fields.add(f.field);
    touched.set(c.rowId, fields);
  }
  const lastSeq = Math.max(...changes.map((c) => c.seq));
  const later = await tx.read.sql<{
    rowId: string;
    tbl: string;
    kind: string;
    body: string;
    actor: string | null;
    at: string;
  }>(
    `SELECT o.row_id AS rowId, o.tbl, o.kind, o.body, o.actor, o.at FROM sync_op o
     WHERE o.local_seq > ? AND o.batch IS NOT ? AND o.row_id IN (SELECT row_id FROM sync_op WHERE batch = ?)`,
    [lastSeq, actionId, actionId],
  );
  const created = new Set(changes.filter((c) => c.kind === 'create').map((c) => c.rowId));
  // A row that was merged since is shown as another one: what it held before is only part of what that one shows. What
  // the action itself merged comes apart.
  // One that the action created and that others were merged into would take them along.
  const merged = await tx.read.sql<{ id: string }>(
    `SELECT r.id FROM sync_alias_root r WHERE r.id IN (SELECT value FROM json_each(?1)) AND (NOT EXISTS (SELECT 1 FROM alias a WHERE r.id IN (a.low_id, a.high_id) AND a.id IN (SELECT value FROM json_each(?1)))
       OR EXISTS (SELECT 1 FROM alias a WHERE r.id IN (a.low_id, a.high_id) AND a.deleted_at IS NULL AND a.id NOT IN (SELECT value FROM json_each(?1))))
     UNION SELECT c.value FROM json_each(?2) c JOIN alias a ON c.value IN (a.low_id, a.high_id) WHERE a.deleted_at IS NULL AND a.id NOT IN (SELECT value FROM json_each(?1))`,
    [JSON.stringify([...touched.keys()]), JSON.stringify([...created])],
  );
  for (const { id } of merged) {
    const edge = await tx.read.sqlOne<{ actor: string | null; at: string }>(
      'SELECT o.actor, o.at FROM sync_op o JOIN alias a ON a.id = o.row_id WHERE ? IN (a.low_id, a.high_id) ORDER BY a.deleted_at IS NULL DESC, o.local_seq DESC LIMIT 1',
      [id],
    );
    obstacles.push({
      entity: changes.find((c) => c.rowId === id)?.entity ?? '',
      rowId: id,
      field: '',
      by: edge?.actor ?? null,
      at: edge?.at ?? '',
    });
  }
  for (const op of later) {
    for (const field of Object.keys(JSON.parse(op.body) as object)) {
      if (field.startsWith('_')) continue;
      if (created.has(op.rowId) || touched.get(op.rowId)?.has(field))
        obstacles.push({ entity: op.tbl, rowId: op.rowId, field, by: op.actor, at: op.at });
    }
  }
  // Rows made later that hang on a row which the action created would lose their parent.
  if (created.size > 0) {
    const children = await tx.read.sql<{ rowId: string; tbl: string; actor: string | null; at: string }>(
      `SELECT o.row_id AS rowId, o.tbl, o.actor, o.at FROM sync_op o JOIN sync_row r ON r.id = o.row_id JOIN sync_stream s ON s.no = r.stream_no
       WHERE o.kind = 'c' AND o.local_seq > ? AND o.batch IS NOT ?
         AND replace(s.id, '/p', '') IN (SELECT value FROM json_each(?)) LIMIT 20`,
      [lastSeq, actionId, JSON.stringify([...created])],
    );
    for (const c of children) {
      const undone = await tx.read.sqlOne<{ deletedAt: string | null }>(
        `SELECT deleted_at AS deletedAt FROM "${c.tbl.replace(/[A-Z]/g, (x) => `_${x.toLowerCase()}`)}" WHERE id = ?`,
        [c.rowId],
      );
      if (undone && undone.deletedAt === null)
        obstacles.push({ entity: c.tbl, rowId: c.rowId, field: '', by: c.actor, at: c.at });
    }
  }
  return obstacles;
}

/**
 * Takes an action back inside another action. Rows it created go to the bin, changed fields get their earlier values,
 * decisions on conflicts are open again.
 * @throws StoreError UNDO_BLOCKED with the obstacles when later work builds on it; nothing is changed then.
 */
export async function undoInside(tx: Writer, actionId: string): Promise<number> {
  const changes = await changesOfAction(tx.read, actionId);
  if (changes.length === 0) throw new StoreError('UNDO_BLOCKED', 'nothing to undo', { obstacles: [] });
  const obstacles = await obstaclesTo(tx, changes, actionId);
  if (obstacles.length > 0)
    throw new StoreError('UNDO_BLOCKED', 'later work builds on this action', { obstacles: obstacles.slice(0, 20) });
  const patches = new Map<string, { entity: string; values: Map<string, Value>; created: boolean }>();
  for (const change of [...changes].reverse()) {
    const patch = patches.get(change.rowId) ?? {
      entity: change.entity,
      values: new Map<string, Value>(),
      created: false,
    };
    patches.set(change.rowId, patch);
    if (change.kind === 'create') {
      patch.created = true;
      continue;
    }
    for (const f of change.fields) patch.values.set(f.field, f.before);
  }
  const reopened = await reopenDecisions(tx, actionId);
  for (const [rowId, patch] of [...patches].reverse()) {
    for (const field of [...patch.values.keys()]) if (reopened.has(`${rowId} ${field}`)) patch.values.delete(field);
    const entity = entityNamed(patch.entity);
    if (patch.created) await tx.remove(entity, rowId);
    else {
      const flags = new Set(
        columnsOf(entity)
          .filter((c) => c.flag)
          .map((c) => c.field),
      );
      const values = Object.fromEntries([...patch.values].map(([f, v]) => [f, flags.has(f) ? v === 1 : encode(v)]));
      await tx.update(entity, rowId, values as never);
    }
    await tx.breathe();
  }
  return patches.size;
}
