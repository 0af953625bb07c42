// History of rows and actions, read from the log.
import type { Reader } from './reader.ts';

/** One change of one row, oldest value first. */
export interface Change {
  seq: number;
  entity: string;
  rowId: string;
  kind: 'create' | 'update' | 'delete' | 'restore';
  at: string;
  actor: string | null;
  device: string;
  adoptedBy: string | null;
  source: string | null;
  actionId: string | null;
  actionName: string | null;
  fields: { field: string; before: string | number | null; after: string | number | null }[];
}

/** One thing a person did. */
export interface Action {
  id: string;
  name: string;
  actor: string;
  source: string;
  at: string;
  undoOf: string | null;
  undoneBy: string | null;
  ops: number;
}

interface OpRecord {
  seq: number;
  tbl: string;
  rowId: string;
  kind: string;
  body: string;
  at: string;
  actor: string | null;
  tag: string;
  adoptedBy: string | null;
  src: string | null;
  batch: string | null;
  actionName: string | null;
  hlc: string;
}

type Value = string | number | null;

const SELECT = `SELECT o.local_seq AS seq, o.tbl, o.row_id AS rowId, o.kind, o.body, o.at, o.actor, d.tag, o.src, o.batch, o.hlc,
  a.name AS actionName, (SELECT coalesce((SELECT f.name FROM office f WHERE f.id = z.adopter), z.adopter) FROM sync_seal z
    WHERE z.stream_no = o.stream_no AND z.device_no = o.device_no AND z.n >= o.n ORDER BY z.adopter IS NOT NULL LIMIT 1) AS adoptedBy FROM sync_op o JOIN sync_device d ON d.no = o.device_no LEFT JOIN action_log a ON a.id = o.batch`;

/** Replays the operations of rows in clock order and says for each what it changed. */
function replay(records: OpRecord[]): Change[] {
  const values = new Map<string, Map<string, Value>>();
  const changes: Change[] = [];
  for (const r of records) {
    const state = values.get(r.rowId) ?? new Map<string, Value>();
    values.set(r.rowId, state);
    const body = JSON.parse(r.body) as Record<string, unknown>;
    const fields: Change['fields'] = [];
    for (const [field, value] of Object.entries(body)) {
      if (field.startsWith('_')) continue;
      const after = (r.kind === 'c' ? value : (value as [Value, unknown])[0]) as Value;
      fields.push({ field, before: state.get(field) ?? null, after });
      state.set(field, after);
    }
    const restored = r.kind === 'u' && fields.some((f) => f.field === 'deletedAt' && f.after === null);
    changes.push({
      seq: r.seq,
      entity: r.tbl,
      rowId: r.rowId,
      at: r.at,
      actor: r.actor,
      device: r.tag,
      adoptedBy: r.adoptedBy,
      source: r.src,
      actionId: r.batch,
      actionName: r.actionName,
      kind: r.kind === 'c' ? 'create' : r.kind === 'd' ? 'delete' : restored ? 'restore' : 'update',
      fields,
    });
  }
  return changes;
}

/** All changes of these rows, oldest first. */
export async function changesOf(read: Reader, rowIds: readonly string[]): Promise<Change[]> {
  const records = await read.sql<OpRecord>(
    `${SELECT} WHERE o.row_id IN (SELECT value FROM json_each(?)) ORDER BY o.hlc, d.tag`,
    [JSON.stringify(rowIds)],
  );
  return replay(records);
}

/** The rows of some tables that an action wrote. */
export async function rowsWrittenBy(
  read: Reader,
  actionId: string,
  tables: readonly string[],
): Promise<{ table: string; rowId: string }[]> {
  return await read.sql(
    'SELECT DISTINCT tbl AS "table", row_id AS "rowId" FROM sync_op WHERE batch = ? AND tbl IN (SELECT value FROM json_each(?))',
    [actionId, JSON.stringify(tables)],
  );
}

/** The changes that an action made, with the values before it, in the order in which it made them. */
export async function changesOfAction(read: Reader, actionId: string): Promise<Change[]> {
  const records = await read.sql<OpRecord>(
    `${SELECT} WHERE o.row_id IN (SELECT row_id FROM sync_op WHERE batch = ?) ORDER BY o.hlc, d.tag`,
    [actionId],
  );
  return replay(records).filter((c) => c.actionId === actionId);
}

/** The last actions, newest first. */
export async function recentActions(read: Reader, limit: number): Promise<Action[]> {
  return await read.sql<Action>(
    `SELECT id, name, actor, source, at, undo_of AS undoOf, undone_by AS undoneBy, ops FROM action_log
     WHERE ops > 0 ORDER BY at DESC, id DESC LIMIT ?`,
    [limit],
  );
}

/** An action with what took it back. */
export async function actionNamed(
  read: Reader,
  id: string,
): Promise<Pick<Action, 'name' | 'source' | 'undoneBy'> | null> {
  return await read.sqlOne('SELECT name, source, undone_by AS undoneBy FROM action_log WHERE id = ?', [id]);
}

/** What took actions back, by the action. */
export async function undoingActions(read: Reader): Promise<Map<string, string>> {
  const rows = await read.sql<{ id: string; undoneBy: string }>(
    'SELECT id, undone_by AS undoneBy FROM action_log WHERE undone_by IS NOT NULL',
  );
  return new Map(rows.map((row) => [row.id, row.undoneBy]));
}

/** Condition that the action whose id a column gives was taken back, and the taking back not taken back itself. */
export const isTakenBack = (column: string): string =>
  `EXISTS (SELECT 1 FROM action_log a LEFT JOIN action_log u ON u.id = a.undone_by
    WHERE a.id = ${column} AND a.undone_by IS NOT NULL AND u.undone_by IS NULL)`;

/** Id of the action that is being done. */
export async function currentAction(read: Reader): Promise<string | null> {
  return (await read.sqlOne<{ batch: string | null }>('SELECT batch FROM sync_local'))?.batch ?? null;
}

/** The row whose stream, or stream of persons, actions wrote, by action; those that wrote several streams, or none, are left out. */
export async function rowsOfActions(read: Reader, actionIds: readonly string[]): Promise<Map<string, string>> {
  const end = (direction: string): string =>
    `(SELECT replace(s.id, '/p', '') FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no WHERE o.batch = j.value ORDER BY o.local_seq ${direction} LIMIT 1)`;
  const rows = await read.sql<{ action: string; row: string }>(
    `SELECT x.action, x.first AS row FROM (SELECT j.value AS action, ${end('ASC')} AS first, ${end('DESC')} AS last FROM json_each(?) j) x WHERE x.first = x.last`,
    [JSON.stringify(actionIds)],
  );
  return new Map(rows.map(({ action, row }) => [action, row]));
}

/** Table of a row; null for one that the log does not know. */
export async function tableOfRow(read: Reader, id: string): Promise<string | null> {
  return (await read.sqlOne<{ tbl: string }>('SELECT tbl FROM sync_row WHERE id = ?', [id]))?.tbl ?? null;
}

/** SQL of the enterprise in whose file the row of an id stands, whatever record it hangs on; null for rows of no file. */
export const fileOfRow = (id: string): string =>
  `(SELECT e.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no JOIN enterprise e ON e.id = s.id
    WHERE r.id = ${id})`;

/** Rows in the streams of a row, itself included. */
export async function rowsInStreamOf(read: Reader, id: string): Promise<string[]> {
  const rows = await read.sql<{ id: string }>(
    `SELECT DISTINCT o.row_id AS id FROM sync_op o WHERE o.row_id = ?
     UNION SELECT r.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE s.id IN (?, ? || '/p')`,
    [id, id, id],
  );
  return rows.map((row) => row.id);
}

/** Who made rows, by their ids; those of which the log does not say are left out. */
export async function creatorsOf(read: Reader, rowIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await read.sql<{ id: string; actor: string }>(
    `SELECT o.row_id AS id, o.actor FROM sync_op o
     WHERE o.kind = 'c' AND o.actor IS NOT NULL AND o.row_id IN (SELECT value FROM json_each(?)) ORDER BY o.local_seq DESC`,
    [JSON.stringify(rowIds)],
  );
  return new Map(rows.map(({ id, actor }) => [id, actor]));
}

/** Who made a row; null when the log does not say. */
export async function createdBy(read: Reader, rowId: string): Promise<string | null> {
  return (await creatorsOf(read, [rowId])).get(rowId) ?? null;
}

/** The last action that put a row into the bin; null when the log has none of this device. */
export async function removedBy(read: Reader, rowId: string): Promise<string | null> {
  const op = await read.sqlOne<{ batch: string | null }>(
    "SELECT o.batch FROM sync_op o WHERE o.row_id = ? AND o.kind = 'd' ORDER BY o.hlc DESC LIMIT 1",
    [rowId],
  );
  return op?.batch ?? null;
}
