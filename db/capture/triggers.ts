// Generates the triggers that write every change of a captured table into the log, in the transaction of the change.
import { createHash } from 'node:crypto';
import { capturedFields, laterInitials, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { dependantsOf, ENTITIES } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';

/** Version of the operation vocabulary; raised with every change of meaning of an operation. */
export const OPERATION_SCHEMA = 1;

/** Column of a field, quoted: `from`, `to` and `by` are words of SQL too. */
const column = (field: string) => `"${snake(field)}"`;

const text = (s: string) => `'${s.replace(/'/g, "''")}'`;

/** Statements that leave the number of the home stream of NEW in sync_local.home, making the stream if it is new. */
function findHome(entity: EntityDefinition): string {
  const stream = (id: string): string => `INSERT INTO sync_stream(id) VALUES (${id}) ON CONFLICT(id) DO NOTHING;
  UPDATE sync_local SET home = (SELECT no FROM sync_stream WHERE id = ${id});`;
  if (entity.scope === 'office') return stream("'o'");
  if (entity.home === 'g') return stream("'g'");
  const follows = entity.home === 'self' ? [] : entity.home.follow.map(column);
  if (entity.personal) {
    const followed = follows.map(
      (c) => `(SELECT s.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE r.id = NEW.${c})`,
    );
    return stream(follows.length > 0 ? `coalesce(${[...followed, 'NEW.id'].join(', ')}) || '/p'` : "NEW.id || '/p'");
  }
  if (follows.length === 0) return stream('NEW.id');
  // Most rows follow one that is there: its number is known without looking at the stream.
  const numbers = follows.map((c) => `(SELECT stream_no FROM sync_row WHERE id = NEW.${c})`);
  return `INSERT INTO sync_stream(id) SELECT NEW.id WHERE coalesce(${numbers.join(', ')}, NULL) IS NULL ON CONFLICT(id) DO NOTHING;
  UPDATE sync_local SET home = coalesce(${numbers.join(', ')}, (SELECT no FROM sync_stream WHERE id = NEW.id));`;
}

/** SQL of the values of a new row as JSON: an absent field means null, or what rows of before the field hold. */
function bodyOf(entity: EntityDefinition): string {
  const later = laterInitials(entity);
  const valueOf = (f: string): string => {
    const initial = later.get(f);
    if (initial === undefined) return `NEW.${column(f)}`;
    return `nullif(NEW.${column(f)}, ${typeof initial === 'number' ? String(initial) : text(initial)})`;
  };
  const values = capturedFields(entity).map((f) => `(${text(f)}, ${valueOf(f)})`);
  return `(SELECT json_group_object(f, v) FROM (SELECT NULL AS f, NULL AS v WHERE 0 UNION ALL VALUES ${values.join(', ')}) WHERE v IS NOT NULL)`;
}

const stamp = `l.actor, l.batch, l.src, ${OPERATION_SCHEMA}`;

/**
 * No upsert that updates and no function in here, only aggregates: SQLite then knows that INSERT OR FAIL can't need to take back half of
 * a statement, and does not keep a copy of every page that it is about to change.
 */
function insertTrigger(entity: EntityDefinition): string {
  const table = tableOf(entity);
  return `CREATE TRIGGER cap_${table}_i AFTER INSERT ON "${table}" WHEN (SELECT capture FROM sync_local) = 1
BEGIN
  ${findHome(entity)}
  INSERT INTO sync_have(stream_no, device_no, upto) SELECT home, device_no, 0 FROM sync_local WHERE 1 ON CONFLICT(stream_no, device_no) DO NOTHING;
  UPDATE sync_have SET upto = upto + 1 WHERE (stream_no, device_no) = (SELECT home, device_no FROM sync_local);
  INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema)
    SELECT h.stream_no, h.device_no, h.upto, (SELECT sd_hlc_of(one) FROM sync_local), l.at, ${text(entity.name)}, NEW.id, 'c',
      ${bodyOf(entity)}, ${stamp}
    FROM sync_local l CROSS JOIN sync_have h WHERE h.stream_no = l.home AND h.device_no = l.device_no;
  INSERT INTO sync_row(id, tbl, stream_no, birth)
    SELECT NEW.id, ${text(entity.name)}, l.home, l.tag || ':' || h.upto
    FROM sync_local l CROSS JOIN sync_have h WHERE h.stream_no = l.home AND h.device_no = l.device_no
    ON CONFLICT(id) DO NOTHING;
END`;
}

/** What the author of a deletion has seen: every head of the row, and the births of what hangs on it. */
function seenDots(entity: EntityDefinition): string {
  const heads = (list: string) =>
    `SELECT j.value AS v FROM sync_field sf, json_each(sf.${list}) j WHERE sf.row_id = NEW.id`;
  const births = dependantsOf(entity).map(
    (d) =>
      `SELECT k.birth || CASE WHEN k.stream_no = r.stream_no THEN '' ELSE '@' || ks.id END AS v FROM "${tableOf(d.entity)}" c
      JOIN sync_row k ON k.id = c.id JOIN sync_stream ks ON ks.no = k.stream_no WHERE c.${column(d.field)} = NEW.id`,
  );
  return `(SELECT json_group_array(v) FROM (${['SELECT r.birth AS v', heads('w'), heads('rivals'), ...births].join('\n        UNION ')}))`;
}

/** SQL of what changed: the fields and their new values as JSON. */
function changesOf(fields: readonly string[]): string {
  const pairs = fields.map((f) => `(${text(f)}, OLD.${column(f)}, NEW.${column(f)})`);
  return `SELECT json_group_object(f, v) AS body
    FROM (SELECT NULL AS f, NULL AS o, NULL AS v WHERE 0 UNION ALL VALUES ${pairs.join(', ')}) WHERE o IS NOT v`;
}

/** The trigger of ordinary changes, or the one of deletions, which log what their author had seen. */
function updateTrigger(entity: EntityDefinition, deletion: boolean): string {
  const table = tableOf(entity);
  const fields = capturedFields(entity);
  const columns = fields.map(column);
  const changed = columns.map((c) => `OLD.${c} IS NOT NEW.${c}`).join(' OR ');
  const isDeletion = 'OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL';
  const condition = deletion ? isDeletion : `NOT (${isDeletion}) AND (${changed})`;
  const seen = deletion ? `(SELECT ${seenDots(entity)} FROM sync_row r WHERE r.id = NEW.id)` : 'NULL';
  return `CREATE TRIGGER cap_${table}_${deletion ? 'x' : 'u'} AFTER UPDATE OF ${deletion ? 'deleted_at' : columns.join(', ')} ON "${table}"
WHEN (SELECT capture FROM sync_local) = 1 AND ${condition}
BEGIN
  INSERT INTO sync_change(row_id, tbl, kind, body, seen)
    SELECT NEW.id, ${text(entity.name)}, '${deletion ? 'd' : 'u'}', body, ${seen} FROM (${changesOf(fields)});
END`;
}

/** What a change of field `c.key` replaces: the heads that hold the shown value; of a deletion all of them. */
const BASIS = `CASE c.key WHEN 'deletedAt' THEN (SELECT json_group_array(v) FROM (
          SELECT j.value AS v FROM sync_field sf, json_each(sf.w) j WHERE sf.row_id = r.id AND sf.field = c.key
          UNION SELECT j.value FROM sync_field sf, json_each(sf.rivals) j WHERE sf.row_id = r.id AND sf.field = c.key
          UNION SELECT r.birth WHERE (SELECT w FROM sync_field WHERE row_id = r.id AND field = c.key) IS NULL))
        ELSE coalesce((SELECT w FROM sync_field WHERE row_id = r.id AND field = c.key), json_array(r.birth)) END`;

/**
 * Logs what the triggers of the tables saw change. Said once for all tables: every connection keeps every trigger in
 * memory, parsed. A value stays the text that it has in the JSON, so that no number is read and written again.
 */
const LOG_CHANGE = `CREATE TRIGGER cap_sync_change_i INSTEAD OF INSERT ON sync_change
BEGIN
  INSERT INTO sync_have(stream_no, device_no, upto)
    SELECT r.stream_no, l.device_no, 1 FROM sync_local l, sync_row r WHERE r.id = NEW.row_id
    ON CONFLICT(stream_no, device_no) DO UPDATE SET upto = upto + 1;
  INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema)
    SELECT h.stream_no, h.device_no, h.upto, sd_hlc(), l.at, NEW.tbl, NEW.row_id, NEW.kind,
      (SELECT CASE WHEN NEW.seen IS NULL THEN made ELSE json_set(made, '$._seen', json(NEW.seen)) END
        FROM (SELECT json_group_object(c.key, json_array(json(NEW.body -> c.key), json(${BASIS}))) AS made FROM json_each(NEW.body) c)),
      ${stamp}
    FROM sync_local l, sync_row r, sync_have h
    WHERE r.id = NEW.row_id AND h.stream_no = r.stream_no AND h.device_no = l.device_no;
  INSERT INTO sync_field(row_id, field, w, rivals)
    SELECT NEW.row_id, c.key, json_array(l.tag || ':' || h.upto), '[]'
    FROM json_each(NEW.body) c, sync_local l, sync_row r, sync_have h
    WHERE r.id = NEW.row_id AND h.stream_no = r.stream_no AND h.device_no = l.device_no
    ON CONFLICT(row_id, field) DO UPDATE SET w = excluded.w, rivals = CASE field WHEN 'deletedAt' THEN '[]' ELSE rivals END;
END`;

function deleteTrigger(entity: EntityDefinition): string {
  const table = tableOf(entity);
  return `CREATE TRIGGER cap_${table}_d BEFORE DELETE ON "${table}" WHEN (SELECT capture FROM sync_local) = 1
BEGIN
  SELECT RAISE(ABORT, 'rows are never deleted: set deleted_at');
END`;
}

/** Entities whose changes go into the log. */
export const CAPTURED_ENTITIES: readonly EntityDefinition[] = ENTITIES.filter((e) => e.scope !== 'local');

/** Every trigger by name. Their text is what the installed ones are compared with at each start. */
export function captureTriggers(): Map<string, string> {
  const triggers = new Map([['cap_sync_change_i', LOG_CHANGE]]);
  for (const entity of CAPTURED_ENTITIES) {
    const table = tableOf(entity);
    triggers.set(`cap_${table}_i`, insertTrigger(entity));
    triggers.set(`cap_${table}_u`, updateTrigger(entity, false));
    triggers.set(`cap_${table}_x`, updateTrigger(entity, true));
    triggers.set(`cap_${table}_d`, deleteTrigger(entity));
  }
  return triggers;
}

/** SHA-256 over the names and texts of triggers, in name order. */
export function triggerHash(triggers: Iterable<readonly [string, string]>): string {
  const hash = createHash('sha256');
  for (const [name, sql] of [...triggers].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name}\0${sql}\0`);
  return hash.digest('hex');
}
