// Steps of a closed loop that nobody has followed up: more than one is something for people to decide (hand-off design 6.4).
import type Database from 'better-sqlite3';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';
import type { Touched } from '../writer.ts';
import { statementOf, valuesOf } from './statements.ts';
import { conflictId, type ConflictHead } from './write-plan.ts';

interface StepKind { steps: EntityDefinition; parentEntity: string; parentField: string; links: EntityDefinition; stepField: string; prevField: string }

/** Every kind of step with the link by which a step names those it follows. */
const STEP_KINDS: readonly StepKind[] = ENTITIES.filter((e) => e.shape === 'steps').map((steps) => {
  const parentField = steps.parent as string;
  const links = ENTITIES.find((e) => e.shape === 'set' && fieldsOf(e).every((f) => f.meta.target === steps.name));
  if (!links) throw new Error(`${steps.name} has no set of the steps that it follows`);
  const [stepField, prevField] = Object.keys(links.fields) as [string, string];
  return { steps, parentField, links, stepField, prevField, parentEntity: fieldsOf(steps).find((f) => f.name === parentField)?.meta.target as string };
});

interface HeadRecord { parent: string; id: string; to: string; dot: string; device: string; actor: string | null; at: string; source: string | null; hlc: string; provisional: number }

const headsSql = (k: StepKind): string => `SELECT s."${snake(k.parentField)}" AS parent, s.id, s."to" AS "to", r.birth AS dot, d.tag AS device, o.actor, o.at, o.src AS source, o.hlc,
    EXISTS (SELECT 1 FROM sync_have h WHERE h.stream_no = r.stream_no AND h.extra IS NOT NULL) AS provisional
  FROM "${tableOf(k.steps)}" s JOIN sync_row r ON r.id = s.id JOIN sync_op o ON o.row_id = s.id AND o.kind = 'c' JOIN sync_device d ON d.no = o.device_no
  WHERE s."${snake(k.parentField)}" IN (SELECT value FROM json_each(?)) AND s.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM "${tableOf(k.links)}" p JOIN "${tableOf(k.steps)}" t ON t.id = p."${snake(k.stepField)}"
      WHERE p."${snake(k.prevField)}" = s.id AND p.deleted_at IS NULL AND t.deleted_at IS NULL)
  ORDER BY o.hlc DESC, d.tag DESC`;

/** Ids asked for, or closed loops looked at, between two breaths. */
const PORTION = 200;

function* portions(ids: Iterable<string>): Generator<string[]> {
  const all = [...ids];
  for (let at = 0; at < all.length; at += PORTION) yield all.slice(at, at + PORTION);
}

/** Parents whose steps, or links between them, were written, and those that wait or may have to: other rows of their stream decide that. */
async function parentsOf(db: Database.Database, kind: StepKind, touched: Touched, breathe: () => Promise<void>): Promise<Set<string>> {
  const steps = new Set(touched.get(kind.steps.name) ?? []);
  const stepOf = `SELECT "${snake(kind.stepField)}" FROM "${tableOf(kind.links)}" WHERE id IN (SELECT value FROM json_each(?))`;
  const parentOf = `SELECT DISTINCT "${snake(kind.parentField)}" FROM "${tableOf(kind.steps)}" WHERE id IN (SELECT value FROM json_each(?))`;
  for (const ids of portions(touched.get(kind.links.name) ?? [])) {
    for (const id of valuesOf(db, stepOf).all(JSON.stringify(ids)) as string[]) steps.add(id);
    await breathe();
  }
  const parents = new Set(valuesOf(db, "SELECT row_id FROM sync_conflict WHERE class = 'closed-loop' AND tbl = ?").all(kind.parentEntity) as string[]);
  for (const ids of portions(steps)) {
    for (const id of valuesOf(db, parentOf).all(JSON.stringify(ids)) as string[]) parents.add(id);
    await breathe();
  }
  return parents;
}

/** Finds again which of the touched closed loops have several heads. */
export async function settleStepHeads(db: Database.Database, touched: Touched, breathe: () => Promise<void>): Promise<void> {
  for (const kind of STEP_KINDS) {
    for (const parents of portions(await parentsOf(db, kind, touched, breathe))) {
      settlePortion(db, kind, parents);
      await breathe();
    }
  }
}

function settlePortion(db: Database.Database, kind: StepKind, parents: readonly string[]): void {
  statementOf(db, "DELETE FROM sync_conflict WHERE class = 'closed-loop' AND tbl = ? AND row_id IN (SELECT value FROM json_each(?))").run(kind.parentEntity, JSON.stringify(parents));
  const byParent = new Map<string, HeadRecord[]>();
  for (const record of statementOf(db, headsSql(kind)).all(JSON.stringify(parents)) as HeadRecord[]) byParent.set(record.parent, [...(byParent.get(record.parent) ?? []), record]);
  const insert = statementOf(db, "INSERT INTO sync_conflict(id, tbl, row_id, field, class, level, heads, base, provisional) VALUES (?, ?, ?, ?, 'closed-loop', 'must', ?, NULL, ?)");
  for (const [parent, records] of byParent) {
    if (records.length < 2) continue;
    const heads = records.map((r): ConflictHead => ({ dot: r.id, value: r.to, shown: false, device: r.device, actor: r.actor, at: r.at, source: r.source, hlc: r.hlc, decided: false, reason: null }));
    insert.run(conflictId(parent, kind.steps.name), kind.parentEntity, parent, kind.steps.name, JSON.stringify(heads), records.some((r) => r.provisional) ? 1 : 0);
  }
}

/** Live rows of a kind after the plan, as `id` and these fields: those of the plan, and those of the store that it does not touch. */
const after = (entity: EntityDefinition, fields: readonly string[]): string => `(SELECT row_id AS id, ${fields.map((f) => `body ->> '$.values.${f}' AS "${f}"`).join(', ')}
    FROM main.plan WHERE entity = '${entity.name}' AND deleted = 0 AND action IN ('insert', 'update', 'same')
  UNION ALL SELECT id, ${fields.map((f) => `"${snake(f)}"`).join(', ')} FROM store."${tableOf(entity)}"
    WHERE deleted_at IS NULL AND id NOT IN (SELECT row_id FROM main.plan WHERE entity = '${entity.name}'))`;

/** Closed loops that a plan would leave with several ends, of those that it says something about, with the streams of their steps. `db` has the workspace attached as `store`. */
export function plannedForks(db: Database.Database): { streams: string[] }[] {
  return STEP_KINDS.flatMap((k) => {
    const parents = `(SELECT body ->> '$.values.${k.parentField}' FROM main.plan WHERE entity = '${k.steps.name}'
      UNION SELECT s."${k.parentField}" FROM main.plan l JOIN ${after(k.steps, [k.parentField])} s ON s.id = l.body ->> '$.values.${k.stepField}' WHERE l.entity = '${k.links.name}')`;
    return (db.prepare(`WITH step AS MATERIALIZED (SELECT * FROM ${after(k.steps, [k.parentField])} WHERE "${k.parentField}" IN ${parents}),
        link AS MATERIALIZED (SELECT l."${k.prevField}" AS prev FROM ${after(k.links, [k.stepField, k.prevField])} l JOIN step ON step.id = l."${k.stepField}")
      SELECT json_group_array(DISTINCT coalesce(p.body ->> '$.stream', t.id)) AS streams FROM step
        LEFT JOIN main.plan p ON p.row_id = step.id AND p.entity = '${k.steps.name}' LEFT JOIN store.sync_row r ON r.id = step.id LEFT JOIN store.sync_stream t ON t.no = r.stream_no
      WHERE step.id NOT IN (SELECT prev FROM link) GROUP BY step."${k.parentField}" HAVING count(*) > 1`).pluck().all() as string[]).map((streams) => ({ streams: JSON.parse(streams) as string[] }));
  });
}
