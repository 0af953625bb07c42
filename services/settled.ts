// What stands still: content, rows and files of a record whose state says so (`settled` of its workflow), until it is opened again.
import { attachment } from '../domain/attachments/entities.ts';
import { metaOf } from '../domain/dictionary/field.ts';
import { settledIn } from '../domain/dictionary/workflow.ts';
import type { EntityDefinition } from '../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed, hasEntity } from '../domain/entities.ts';
import { rowsWrittenBy, tableOf, type Reader } from '../db/index.ts';
import { refused } from './errors.ts';

/** Files, and kinds whose rows belong to a record that settles, by table. */
const OF_SETTLED: ReadonlyMap<string, EntityDefinition> = new Map(
  ENTITIES.filter((entity: EntityDefinition) => {
    const target = entity.parent ? metaOf(entity.fields[entity.parent]!).target : null;
    return entity.name === attachment.name || (target && hasEntity(target) && entityNamed(target).workflow?.settled);
  }).map((entity) => [tableOf(entity), entity]),
);

type Row = Readonly<Record<string, unknown>>;

/** The record that a field of a row names. */
async function named(read: Reader, entity: EntityDefinition, row: Row, field: string): Promise<[string, Row] | null> {
  const target = metaOf(entity.fields[field]!).target;
  const id = row[field];
  const found = target && typeof id === 'string' ? await read.get(entityNamed(target), id) : null;
  return target && found ? [target, found as Row] : null;
}

/** The sentence that refuses a file of a kind of a record, or null: by its own state, or by that of the record it stands still with. */
export async function fileSettled(
  read: Reader,
  ownerEntity: string,
  owner: Row | string,
  kind: string,
): Promise<string | null> {
  const entity = entityNamed(ownerEntity);
  const { workflow } = entity;
  const row = typeof owner === 'string' ? ((await read.get(entity, owner)) as Row | null) : owner;
  if (!workflow || !row) return null;
  const own = settledIn(workflow, String(row[workflow.state]), kind);
  const by = workflow.settledWith?.files.includes(kind)
    ? await named(read, entity, row, workflow.settledWith.field)
    : null;
  return own ?? (by && (await fileSettled(read, by[0], by[1], kind)));
}

/** Looks whether the parent of a plain row still takes changes. @throws REFUSED */
export async function requireParentOpen(read: Reader, entity: EntityDefinition, row: Row): Promise<void> {
  const parent = entity.parent ? await named(read, entity, row, entity.parent) : null;
  const workflow = parent && entityNamed(parent[0]).workflow;
  const sentence = parent && workflow && settledIn(workflow, String(parent[1][workflow.state]));
  if (sentence) throw refused(sentence);
}

/** Looks whether what an action wrote of settled records may be taken back. @throws REFUSED */
export async function requireActionOpen(read: Reader, actionId: string): Promise<void> {
  for (const { table, rowId } of await rowsWrittenBy(read, actionId, [...OF_SETTLED.keys()])) {
    const entity = OF_SETTLED.get(table);
    const row = entity && ((await read.get(entity, rowId)) as Row | null);
    if (!entity || !row) continue;
    if (entity.name === attachment.name) {
      const sentence = await fileSettled(read, String(row.ownerEntity), String(row.ownerId), String(row.kind));
      if (sentence) throw refused(sentence);
    } else await requireParentOpen(read, entity, row);
  }
}
