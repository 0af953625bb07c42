// What an ordinary action can change about conflicts: an edit may agree with a rival, a step may end a fork, an alias may merge rows.
import type Database from 'better-sqlite3';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { dependantsOf, entityNamed } from '../../domain/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import { tableOf } from '../schema/columns.ts';
import type { OwnDerivations, Touched } from '../writer.ts';
import { refold } from './apply.ts';
import { SHADOW } from './placeholder.ts';
import { settleStepHeads } from './step-heads.ts';

const inBin = (table: string): string => `${table}.deleted_at IS NOT NULL AND ${table}.deleted_at <> '${SHADOW}'`;

/** Rows in the bin that an action changed or hung something on: no deletion has seen that, so they come back, here as elsewhere. */
function revived(db: Database.Database, entity: EntityDefinition, ids: ReadonlySet<string>): (readonly [string, string])[] {
  if (entity.scope !== 'shared') return [];
  const [table, list] = [`"${tableOf(entity)}"`, JSON.stringify([...ids])];
  const edited = db.prepare(`SELECT t.id FROM json_each(?) j JOIN ${table} t ON t.id = j.value WHERE ${inBin('t')}
    AND EXISTS (SELECT 1 FROM sync_op o WHERE o.row_id = t.id AND o.kind <> 'd' AND o.batch = (SELECT batch FROM sync_local))`).pluck().all(list) as string[];
  const owners = fieldsOf(entity).filter((f) => f.meta.kind === 'reference').flatMap(({ name }) => (db.prepare(
    `SELECT DISTINCT r.tbl, r.id FROM json_each(?) j JOIN ${table} t ON t.id = j.value JOIN sync_row r ON r.id = t."${snake(name)}" WHERE t.deleted_at IS NULL`).raw().all(list) as [string, string][])
    .filter(([tbl]) => dependantsOf(entityNamed(tbl)).some((d) => d.entity === entity && d.field === name)));
  const gone = owners.filter(([tbl, id]) => db.prepare(`SELECT 1 FROM "${tableOf(entityNamed(tbl))}" p WHERE p.id = ? AND ${inBin('p')}`).get(id) !== undefined);
  return [...edited.map((id) => [entity.name, id] as const), ...gone];
}

/** Rows of an action that must be folded again before it ends. */
function rowsToFold(db: Database.Database, touched: Touched): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [...(touched.get(alias.name) ?? [])].map((id) => [alias.name, id] as const);
  for (const [entity, ids] of touched) rows.push(...revived(db, entityNamed(entity), ids));
  if (db.prepare('SELECT 1 FROM sync_conflict LIMIT 1').get() === undefined) return rows;
  const inConflict = db.prepare("SELECT DISTINCT row_id FROM sync_conflict WHERE class <> 'closed-loop' AND row_id IN (SELECT value FROM json_each(?))").pluck();
  for (const [entity, ids] of touched) for (const id of inConflict.all(JSON.stringify([...ids])) as string[]) rows.push([entity, id]);
  // A row that somebody deleted lives on for the sake of its children: they may have gone now.
  const kept = db.prepare("SELECT tbl, row_id FROM sync_conflict WHERE class = 'delete-vs-edit'").all() as { tbl: string; row_id: string }[];
  return [...rows, ...kept.map((k) => [k.tbl, k.row_id] as const)];
}

/** Brings rows in conflict, merged rows and closed loops up to date inside the transaction of an action. */
export async function settleFold(tools: { db: Database.Database; own: OwnDerivations; touched: Touched; breathe(): Promise<void> }, captured: boolean): Promise<void> {
  if (tools.touched.size === 0) return;
  const rows = captured ? rowsToFold(tools.db, tools.touched) : [];
  if (rows.length > 0) {
    tools.db.prepare('UPDATE sync_local SET capture = 0').run();
    await refold(tools, rows);
    tools.db.prepare('UPDATE sync_local SET capture = 1').run();
  }
  settleStepHeads(tools.db, tools.touched);
}
