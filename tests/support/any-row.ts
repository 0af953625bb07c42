// A row of any kind, with what it must refer to: for tests that walk the dictionary and do not know its kinds.
import type { Writer } from '../../db/index.ts';
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { entityNamed } from '../../domain/entities.ts';

/** Values of which every field takes one. */
const VALUES: readonly unknown[] = [
  '甲',
  '001',
  'A-1',
  '09:00',
  '1.5',
  '2026-11-17',
  '2026-11-17T08:00:00.000Z',
  1,
  2026,
  true,
];

function valueFor(entity: EntityDefinition, name: string, meta: FieldMeta): unknown {
  // A field that came later than its kind is not said where it holds what it begins with.
  const later = (meta.since ?? 0) > entity.facets.since;
  const ids = meta.vocabulary?.ids.filter((id) => !later || id !== meta.initial);
  const begins = later ? undefined : meta.initial;
  const value = begins ?? ids?.at(-1) ?? VALUES.find((v) => entity.fields[name]?.safeParse(v).success);
  if (value === undefined) throw new Error(`no value for ${entity.name}.${name}`);
  return value;
}

/**
 * Inserts a row with a value in each field that has to have one, and makes the rows that it must refer to; `given` are ids of rows that
 * are there, by kind. With `all` every field that refers to nothing gets one.
 */
export async function insertAny(
  tx: Writer,
  entity: EntityDefinition,
  given: Readonly<Record<string, string>>,
  all = false,
): Promise<string> {
  const values: Record<string, unknown> = {};
  const fields = fieldsOf(entity).filter((f) => !f.meta.derived);
  const must = (meta: FieldMeta): boolean => meta.required === 'F' || (all && meta.kind !== 'reference');
  for (const { name, meta } of fields) {
    if (meta.kindIn && meta.required === 'F') {
      const [kind, id] = Object.entries(given)[0] as [string, string];
      Object.assign(values, { [name]: id, [meta.kindIn]: kind });
    } else if (meta.kind === 'reference' && meta.target && (must(meta) || name === entity.parent))
      values[name] = given[meta.target] ?? (await insertAny(tx, entityNamed(meta.target), given));
    else if (must(meta) && values[name] === undefined) values[name] = valueFor(entity, name, meta);
  }
  return ((await tx.insert(entity as never, values as never)) as { id: string }).id;
}
