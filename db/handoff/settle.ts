// What an ordinary action can change about conflicts: an edit may agree with a rival, a step may end a fork, an alias may merge rows.
import type Database from 'better-sqlite3';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { dependantsOf, entityNamed } from '../../domain/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import { tableOf } from '../schema/columns.ts';
import type { OwnDerivations, Touched } from '../writer.ts';
import { refold } from './apply.ts';
import { SHADOW } from './placeholder.ts';
import { statementOf, valuesOf } from './statements.ts';
import { portions, settleStepHeads } from './step-heads.ts';

const inBin = (table: string): string => `${table}.deleted_at IS NOT NULL AND ${table}.deleted_at <> '${SHADOW}'`;

/** Operations of an action that are looked at between two breaths. */
const PAGE = 2_000;

/** Rows that the action said something about, by entity, however it was written. */
async function saidIn(db: Database.Database, breathe: () => Promise<void>): Promise<Map<string, Set<string>>> {
  const said = new Map<string, Set<string>>();
  const page = db
    .prepare(
      `SELECT local_seq, tbl, row_id FROM sync_op WHERE batch = (SELECT batch FROM sync_local) AND local_seq > ? ORDER BY local_seq LIMIT ${PAGE}`,
    )
    .raw();
  for (let [last, more] = [0, true]; more;) {
    const rows = page.all(last) as [number, string, string][];
    for (const [seq, entity, id] of rows) {
      last = seq;
      const ids = said.get(entity);
      if (ids) ids.add(id);
      else said.set(entity, new Set([id]));
    }
    more = rows.length === PAGE;
    await breathe();
  }
  return said;
}

/** Only a row that some operation deletes can be in the bin: the index of deletions is short. */
const DELETED = (id: string): string => `EXISTS (SELECT 1 FROM sync_op x WHERE x.row_id = ${id} AND x.kind = 'd')`;

/** Rows in the bin that an action changed or hung something on: no deletion has seen that, so they come back, here as elsewhere. */
function revived(db: Database.Database, entity: EntityDefinition, list: string): (readonly [string, string])[] {
  const table = `"${tableOf(entity)}"`;
  const edited = valuesOf(
    db,
    `SELECT t.id FROM json_each(?) j JOIN ${table} t ON t.id = j.value WHERE ${DELETED('t.id')} AND ${inBin('t')}
    AND EXISTS (SELECT 1 FROM sync_op o WHERE o.row_id = t.id AND o.kind <> 'd' AND o.batch = (SELECT batch FROM sync_local))`,
  ).all(list) as string[];
  const owners = fieldsOf(entity)
    .filter((f) => f.meta.kind === 'reference')
    .flatMap(({ name }) =>
      (
        statementOf(
          db,
          `SELECT DISTINCT r.tbl, r.id FROM json_each(?) j JOIN ${table} t ON t.id = j.value JOIN sync_row r ON r.id = t."${snake(name)}" WHERE ${DELETED('r.id')} AND t.deleted_at IS NULL`,
        )
          .raw()
          .all(list) as [string, string][]
      ).filter(([tbl]) => dependantsOf(entityNamed(tbl)).some((d) => d.entity === entity && d.field === name)),
    );
  const gone = owners.filter(
    ([tbl, id]) =>
      statementOf(db, `SELECT 1 FROM "${tableOf(entityNamed(tbl))}" p WHERE p.id = ? AND ${inBin('p')}`).get(id) !==
      undefined,
  );
  return [...edited.map((id) => [entity.name, id] as const), ...gone];
}

/** Rows of an action that must be folded again before it ends. */
async function rowsToFold(db: Database.Database, breathe: () => Promise<void>): Promise<(readonly [string, string])[]> {
  const said = await saidIn(db, breathe);
  const rows: (readonly [string, string])[] = [...(said.get(alias.name) ?? [])].map((id) => [alias.name, id] as const);
  // Rows with rivals, also those whose conflict went with them into the bin, and rows that are shown as another one.
  const contested = db
    .prepare(
      "SELECT DISTINCT row_id FROM sync_field WHERE rivals <> '[]' AND row_id IN (SELECT value FROM json_each(?)) UNION SELECT id FROM sync_alias_root WHERE id IN (SELECT value FROM json_each(?))",
    )
    .pluck();
  const hasDeletions = db.prepare("SELECT 1 FROM sync_op WHERE kind = 'd' LIMIT 1").get() !== undefined;
  for (const [name, ids] of said) {
    const entity = entityNamed(name);
    if (entity.scope !== 'shared') continue;
    for (const part of portions(ids)) {
      await breathe();
      const list = JSON.stringify(part);
      rows.push(
        ...(hasDeletions ? revived(db, entity, list) : []),
        ...(contested.all(list, list) as string[]).map((id) => [name, id] as const),
      );
    }
  }
  // A row that somebody deleted lives on for the sake of its children: they may have gone now.
  const kept = db.prepare("SELECT tbl, row_id FROM sync_conflict WHERE class = 'delete-vs-edit'").all() as {
    tbl: string;
    row_id: string;
  }[];
  return [...rows, ...kept.map((k) => [k.tbl, k.row_id] as const)];
}

/** Brings rows in conflict, merged rows and closed loops up to date inside the transaction of an action. */
export async function settleFold(
  tools: { db: Database.Database; own: OwnDerivations; touched: Touched; breathe(): Promise<void> },
  captured: boolean,
): Promise<void> {
  const rows = captured ? await rowsToFold(tools.db, tools.breathe) : [];
  if (rows.length > 0) {
    tools.db.prepare('UPDATE sync_local SET capture = 0').run();
    await refold(tools, rows);
    tools.db.prepare('UPDATE sync_local SET capture = 1').run();
  }
  await settleStepHeads(tools.db, tools.touched, tools.breathe);
}
