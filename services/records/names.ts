// Names of the rows that references point to.
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { inList, listParameter, tableOf, type Reader } from '../../db/index.ts';

/** Entities that references point to and that have a title. */
const NAMED: readonly EntityDefinition[] = [
  ...new Set(ENTITIES.flatMap((e) => fieldsOf(e).map((f) => f.meta.target ?? '')).filter(Boolean)),
]
  .map(entityNamed)
  .filter((e) => e.title);

/** Vocabularies of titles that are words of one, by kind: such a row is called by the label. */
const TITLE_WORDS = new Map(
  NAMED.flatMap((e) => {
    const { vocabulary } = metaOf(e.fields[e.title as string]!);
    return vocabulary ? [[e.name, vocabulary] as const] : [];
  }),
);

/** Names by id, whatever entity each id belongs to. Unknown ids are left out. */
export async function namesOf(read: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const list = listParameter([...new Set(ids)]);
  const query = NAMED.map(
    (e) =>
      `SELECT '${e.name}' AS kind, id, CAST("${snake(e.title as string)}" AS TEXT) AS name FROM "${tableOf(e)}" WHERE ${inList('id', '?1')}`,
  ).join(' UNION ALL ');
  for (const r of await read.sql<{ kind: string; id: string; name: string | null }>(query, [list])) {
    const words = TITLE_WORDS.get(r.kind);
    names.set(r.id, words ? labelOf(words, r.name) : (r.name ?? ''));
  }
  return names;
}

/** Names of a row's references, by field. */
export async function referenceNames(
  read: Reader,
  entity: EntityDefinition,
  rows: readonly Record<string, unknown>[],
): Promise<Record<string, string>[]> {
  const fields = fieldsOf(entity)
    .filter((f) => f.meta.kind === 'reference' && f.meta.target)
    .map((f) => f.name);
  const names = await namesOf(
    read,
    rows.flatMap((r) => fields.map((f) => r[f]).filter((v): v is string => typeof v === 'string')),
  );
  return rows.map((r) =>
    Object.fromEntries(
      fields.flatMap((f) => {
        const name = typeof r[f] === 'string' ? names.get(r[f]) : undefined;
        return name === undefined ? [] : [[f, name]];
      }),
    ),
  );
}
