// Generates the triggers that write every change of a captured table into the log, in the transaction of the change.
import { createHash } from 'node:crypto';
import { capturedFields, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';

/** Version of the operation vocabulary; raised with every change of meaning of an operation. */
export const OPERATION_SCHEMA = 1;

/** Column of a field, quoted: `from`, `to` and `by` are words of SQL too. */
const column = (field: string) => `"${snake(field)}"`;

const text = (s: string) => `'${s.replace(/'/g, "''")}'`;

/** SQL that names the home stream of NEW: an id in sync_stream. */
function homeStream(entity: EntityDefinition): string {
  if (entity.scope === 'office') return "'o'";
  if (entity.home === 'g') return "'g'";
  const followed = entity.home === 'self' ? [] : entity.home.follow.map((field) =>
    `(SELECT s.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE r.id = NEW.${column(field)})`);
  const stream = `coalesce(${[...followed, 'NEW.id'].join(', ')}${followed.length === 0 ? ', NULL' : ''})`;
  return entity.personal ? `${stream} || '/p'` : stream;
}

const stamp = `l.actor, l.batch, l.src, ${OPERATION_SCHEMA}`;

function insertTrigger(entity: EntityDefinition): string {
  const table = tableOf(entity);
  const fields = capturedFields(entity).map((f) => `${text(f)}, NEW.${column(f)}`).join(', ');
  const home = homeStream(entity);
  // json_patch drops the nulls: an absent field of a create means null.
  return `CREATE TRIGGER cap_${table}_i AFTER INSERT ON "${table}" WHEN (SELECT capture FROM sync_local) = 1
BEGIN
  INSERT INTO sync_stream(id) VALUES (${home}) ON CONFLICT(id) DO NOTHING;
  INSERT INTO sync_have(stream_no, device_no, upto)
    SELECT s.no, l.device_no, 1 FROM sync_local l, sync_stream s WHERE s.id = ${home}
    ON CONFLICT(stream_no, device_no) DO UPDATE SET upto = upto + 1;
  INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema)
    SELECT h.stream_no, h.device_no, h.upto, sd_hlc(), sd_now(), ${text(entity.name)}, NEW.id, 'c',
      json_patch('{}', json_object(${fields})), ${stamp}
    FROM sync_local l, sync_stream s, sync_have h
    WHERE s.id = ${home} AND h.stream_no = s.no AND h.device_no = l.device_no;
  INSERT INTO sync_row(id, tbl, stream_no, birth)
    SELECT NEW.id, ${text(entity.name)}, s.no, l.tag || ':' || h.upto
    FROM sync_local l, sync_stream s, sync_have h
    WHERE s.id = ${home} AND h.stream_no = s.no AND h.device_no = l.device_no
    ON CONFLICT(id) DO NOTHING;
END`;
}

function updateTrigger(entity: EntityDefinition): string {
  const table = tableOf(entity);
  const fields = capturedFields(entity);
  const columns = fields.map(column);
  const changed = columns.map((c) => `OLD.${c} IS NOT NEW.${c}`).join(' OR ');
  const basis = (f: string) => `coalesce((SELECT w FROM sync_field WHERE row_id = NEW.id AND field = ${text(f)}), json_array(r.birth))`;
  const entries = fields.map((f, i) =>
    `SELECT ${text(f)} AS f, NEW.${columns[i]} AS v, ${basis(f)} AS b WHERE OLD.${columns[i]} IS NOT NEW.${columns[i]}`).join('\n        UNION ALL ');
  const names = fields.map((f, i) => `SELECT ${text(f)} AS f WHERE OLD.${columns[i]} IS NOT NEW.${columns[i]}`).join(' UNION ALL ');
  // A deletion also records what its author had seen, so that it can't hide an edit made elsewhere.
  const heads = (list: string) => `SELECT j.value FROM sync_field sf, json_each(sf.${list}) j WHERE sf.row_id = NEW.id`;
  const seen = `(SELECT json_group_array(v) FROM (SELECT r.birth AS v UNION ${heads('w')} UNION ${heads('rivals')}))`;
  return `CREATE TRIGGER cap_${table}_u AFTER UPDATE OF ${columns.join(', ')} ON "${table}"
WHEN (SELECT capture FROM sync_local) = 1 AND (${changed})
BEGIN
  INSERT INTO sync_have(stream_no, device_no, upto)
    SELECT r.stream_no, l.device_no, 1 FROM sync_local l, sync_row r WHERE r.id = NEW.id
    ON CONFLICT(stream_no, device_no) DO UPDATE SET upto = upto + 1;
  INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema)
    SELECT h.stream_no, h.device_no, h.upto, sd_hlc(), sd_now(), ${text(entity.name)}, NEW.id,
      CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'd' ELSE 'u' END,
      json_patch((SELECT json_group_object(f, json_array(v, json(b))) FROM (
        ${entries})),
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN json_object('_seen', json(${seen})) ELSE '{}' END),
      ${stamp}
    FROM sync_local l, sync_row r, sync_have h
    WHERE r.id = NEW.id AND h.stream_no = r.stream_no AND h.device_no = l.device_no;
  INSERT INTO sync_field(row_id, field, w, rivals)
    SELECT NEW.id, n.f, json_array(l.tag || ':' || h.upto), '[]'
    FROM (${names}) n, sync_local l, sync_row r, sync_have h
    WHERE r.id = NEW.id AND h.stream_no = r.stream_no AND h.device_no = l.device_no
    ON CONFLICT(row_id, field) DO UPDATE SET w = excluded.w;
END`;
}

function deleteTrigger(entity: EntityDefinition): string {
  const table = tableOf(entity);
  return `CREATE TRIGGER cap_${table}_d BEFORE DELETE ON "${table}" WHEN (SELECT capture FROM sync_local) = 1
BEGIN
  SELECT RAISE(ABORT, 'rows are never deleted: set deleted_at');
END`;
}

/** Entities whose changes go into the log. */
export const CAPTURED_ENTITIES: readonly EntityDefinition[] = ENTITIES.filter((e) => e.scope !== 'device');

/** Every trigger by name. Their text is what the installed ones are compared with at each start. */
export function captureTriggers(): Map<string, string> {
  const triggers = new Map<string, string>();
  for (const entity of CAPTURED_ENTITIES) {
    const table = tableOf(entity);
    triggers.set(`cap_${table}_i`, insertTrigger(entity));
    triggers.set(`cap_${table}_u`, updateTrigger(entity));
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
