// Steps of a closed loop that nobody has followed up: more than one is something for people to decide (hand-off design 6.4).
import type Database from 'better-sqlite3';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';
import type { RowPlan } from './row-plan.ts';
import type { Touched } from '../writer.ts';
import { statementOf, valuesOf } from './statements.ts';
import { conflictId, type ConflictHead } from './write-plan.ts';

interface StepKind {
  steps: EntityDefinition;
  parentEntity: string;
  parentField: string;
  links: EntityDefinition;
  stepField: string;
  prevField: string;
}

/** Every kind of step with the link by which a step names those it follows. */
const STEP_KINDS: readonly StepKind[] = ENTITIES.filter((e) => e.shape === 'steps').map((steps) => {
  const parentField = steps.parent as string;
  const links = ENTITIES.find((e) => e.shape === 'set' && fieldsOf(e).every((f) => f.meta.target === steps.name));
  if (!links) throw new Error(`${steps.name} has no set of the steps that it follows`);
  const [stepField, prevField] = Object.keys(links.fields) as [string, string];
  return {
    steps,
    parentField,
    links,
    stepField,
    prevField,
    parentEntity: fieldsOf(steps).find((f) => f.name === parentField)?.meta.target as string,
  };
});

interface HeadRecord {
  parent: string;
  id: string;
  to: string;
  dot: string;
  device: string;
  actor: string | null;
  at: string;
  source: string | null;
  hlc: string;
  provisional: number;
}

const headsSql = (
  k: StepKind,
): string => `SELECT s."${snake(k.parentField)}" AS parent, s.id, s."to" AS "to", r.birth AS dot, d.tag AS device, o.actor, o.at, o.src AS source, o.hlc,
    EXISTS (SELECT 1 FROM sync_have h WHERE h.stream_no = r.stream_no AND h.extra IS NOT NULL) AS provisional
  FROM "${tableOf(k.steps)}" s JOIN sync_row r ON r.id = s.id JOIN sync_op o ON o.row_id = s.id AND o.kind = 'c' JOIN sync_device d ON d.no = o.device_no
  WHERE s."${snake(k.parentField)}" IN (SELECT value FROM json_each(?)) AND s.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM "${tableOf(k.links)}" p JOIN "${tableOf(k.steps)}" t ON t.id = p."${snake(k.stepField)}"
      WHERE p."${snake(k.prevField)}" = s.id AND p.deleted_at IS NULL AND t.deleted_at IS NULL)
  ORDER BY o.hlc DESC, d.tag DESC`;

/** Ids asked for, or closed loops looked at, between two breaths. */
const PORTION = 200;

/** Ids in portions. */
export function* portions(ids: Iterable<string>): Generator<string[]> {
  const all = [...ids];
  for (let at = 0; at < all.length; at += PORTION) yield all.slice(at, at + PORTION);
}

/** Parents whose steps, or links between them, were written, and those that wait or may have to: other rows of their stream decide that. */
async function parentsOf(
  db: Database.Database,
  kind: StepKind,
  touched: Touched,
  breathe: () => Promise<void>,
): Promise<Set<string>> {
  const steps = new Set(touched.get(kind.steps.name) ?? []);
  const stepOf = `SELECT "${snake(kind.stepField)}" FROM "${tableOf(kind.links)}" WHERE id IN (SELECT value FROM json_each(?))`;
  const parentOf = `SELECT DISTINCT "${snake(kind.parentField)}" FROM "${tableOf(kind.steps)}" WHERE id IN (SELECT value FROM json_each(?))`;
  for (const ids of portions(touched.get(kind.links.name) ?? [])) {
    for (const id of valuesOf(db, stepOf).all(JSON.stringify(ids)) as string[]) steps.add(id);
    await breathe();
  }
  const parents = new Set(
    valuesOf(db, "SELECT row_id FROM sync_conflict WHERE class = 'closed-loop' AND tbl = ?").all(
      kind.parentEntity,
    ) as string[],
  );
  for (const ids of portions(steps)) {
    for (const id of valuesOf(db, parentOf).all(JSON.stringify(ids)) as string[]) parents.add(id);
    await breathe();
  }
  return parents;
}

/** Finds again which of the touched closed loops have several heads. */
export async function settleStepHeads(
  db: Database.Database,
  touched: Touched,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const kind of STEP_KINDS) {
    for (const parents of portions(await parentsOf(db, kind, touched, breathe))) {
      settlePortion(db, kind, parents);
      await breathe();
    }
  }
}

function settlePortion(db: Database.Database, kind: StepKind, parents: readonly string[]): void {
  statementOf(
    db,
    "DELETE FROM sync_conflict WHERE class = 'closed-loop' AND tbl = ? AND row_id IN (SELECT value FROM json_each(?))",
  ).run(kind.parentEntity, JSON.stringify(parents));
  const byParent = new Map<string, HeadRecord[]>();
  for (const record of statementOf(db, headsSql(kind)).all(JSON.stringify(parents)) as HeadRecord[])
    byParent.set(record.parent, [...(byParent.get(record.parent) ?? []), record]);
  const insert = statementOf(
    db,
    "INSERT INTO sync_conflict(id, tbl, row_id, field, class, level, heads, base, provisional) VALUES (?, ?, ?, ?, 'closed-loop', 'must', ?, NULL, ?)",
  );
  for (const [parent, records] of byParent) {
    if (records.length < 2) continue;
    const heads = records.map((r): ConflictHead => ({
      dot: r.id,
      value: r.to,
      shown: false,
      device: r.device,
      actor: r.actor,
      at: r.at,
      source: r.source,
      hlc: r.hlc,
      decided: false,
      reason: null,
    }));
    insert.run(
      conflictId(parent, kind.steps.name),
      kind.parentEntity,
      parent,
      kind.steps.name,
      JSON.stringify(heads),
      records.some((r) => r.provisional) ? 1 : 0,
    );
  }
}

/** Keeps of each plan of a step, or of a link between steps, what `plannedForks` asks for. */
export function stepKeeper(db: Database.Database): (plan: RowPlan) => void {
  const step = db.prepare(
    'INSERT INTO main.plan_step(id, kind, parent, stream, live) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET live = excluded.live',
  );
  const link = db.prepare(
    'INSERT INTO main.plan_link(id, kind, step, prev, live) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET live = excluded.live',
  );
  const isLive = (plan: RowPlan): number =>
    !plan.deleted && ['insert', 'update', 'same'].includes(plan.action) ? 1 : 0;
  return (plan) => {
    const kind = STEP_KINDS.find((k) => k.steps.name === plan.entity || k.links.name === plan.entity);
    if (kind?.steps.name === plan.entity)
      step.run(plan.id, kind.steps.name, plan.values[kind.parentField] ?? null, plan.stream, isLive(plan));
    else if (kind)
      link.run(
        plan.id,
        kind.steps.name,
        plan.values[kind.stepField] ?? null,
        plan.values[kind.prevField] ?? null,
        isLive(plan),
      );
  };
}

/**
 * Closed loops that a plan would leave with several ends, of those that it says something about, with the streams of
 * their steps. `db` has the workspace attached as `store`.
 */
export function plannedForks(db: Database.Database): { streams: string[] }[] {
  return STEP_KINDS.flatMap((k) => {
    const [steps, links, parent] = [
      `store."${tableOf(k.steps)}"`,
      `store."${tableOf(k.links)}"`,
      `"${snake(k.parentField)}"`,
    ];
    // Live rows after the plan: those of the plan, and those of the workspace that it does not touch.
    const rows = db
      .prepare(
        `WITH
        step AS (SELECT id, parent, stream FROM main.plan_step WHERE kind = ?1 AND live
          UNION ALL SELECT s.id, s.${parent}, t.id FROM ${steps} s JOIN store.sync_row r ON r.id = s.id JOIN store.sync_stream t ON t.no = r.stream_no
            WHERE s.deleted_at IS NULL AND s.id NOT IN (SELECT id FROM main.plan_step)),
        link AS (SELECT step, prev FROM main.plan_link WHERE kind = ?1 AND live
          UNION ALL SELECT "${snake(k.stepField)}", "${snake(k.prevField)}" FROM ${links} WHERE deleted_at IS NULL AND id NOT IN (SELECT id FROM main.plan_link)),
        asked AS (SELECT parent FROM main.plan_step WHERE kind = ?1 UNION SELECT s.parent FROM main.plan_link l JOIN step s ON s.id = l.step WHERE l.kind = ?1),
        loop AS MATERIALIZED (SELECT * FROM step WHERE parent IN asked)
      SELECT json_group_array(DISTINCT stream) FROM loop WHERE id NOT IN (SELECT l.prev FROM link l JOIN loop ON loop.id = l.step) GROUP BY parent HAVING count(*) > 1`,
      )
      .pluck()
      .all({ 1: k.steps.name }) as string[];
    return rows.map((streams) => ({ streams: JSON.parse(streams) as string[] }));
  });
}
