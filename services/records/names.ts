// Names of the rows that references point to.
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { tableOf, type Reader } from '../../db/index.ts';

/** Entities that references point to and that have a title. */
const NAMED: readonly EntityDefinition[] = [...new Set(ENTITIES.flatMap((e) => fieldsOf(e).map((f) => f.meta.target ?? '')).filter(Boolean))]
  .map(entityNamed).filter((e) => e.title);

/** Names by id, whatever entity each id belongs to. Unknown ids are left out. */
export async function namesOf(read: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const list = JSON.stringify([...new Set(ids)]);
  const query = NAMED.map((e) => `SELECT id, CAST("${snake(e.title as string)}" AS TEXT) AS name FROM "${tableOf(e)}" WHERE id IN (SELECT value FROM json_each(?1))`).join(' UNION ALL ');
  for (const r of await read.sql<{ id: string; name: string | null }>(query, [list])) names.set(r.id, r.name ?? '');
  return names;
}

/** Names of a row's references, by field. */
export async function referenceNames(read: Reader, entity: EntityDefinition, rows: readonly Record<string, unknown>[]): Promise<Record<string, string>[]> {
  const fields = fieldsOf(entity).filter((f) => f.meta.kind === 'reference' && f.meta.target).map((f) => f.name);
  const names = await namesOf(read, rows.flatMap((r) => fields.map((f) => r[f]).filter((v): v is string => typeof v === 'string')));
  return rows.map((r) => Object.fromEntries(fields.flatMap((f) => {
    const name = typeof r[f] === 'string' ? names.get(r[f]) : undefined;
    return name === undefined ? [] : [[f, name]];
  })));
}
