// What an ordinary action can change about conflicts: an edit may agree with a rival, a step may end a fork, an alias may merge rows.
import type Database from 'better-sqlite3';
import { alias } from '../../domain/handoff/entities.ts';
import type { OwnDerivations, Touched } from '../writer.ts';
import { refold } from './apply.ts';
import { settleStepHeads } from './step-heads.ts';

/** Rows of an action that must be folded again before it ends. */
function rowsToFold(db: Database.Database, touched: Touched): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [...(touched.get(alias.name) ?? [])].map((id) => [alias.name, id] as const);
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
