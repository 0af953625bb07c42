// What a program must know to read a package: schema numbers of kinds, fields and choices (hand-off design 8).
//
// Whatever is added to the dictionary after a release says in `since` the schema number with which it appeared. A package asks for the
// highest number of what it really carries, so that an older program says to update it, and takes everything else as before.
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';
import { ENTITIES } from '../entities.ts';
import type { Operation } from './operation.ts';

/** Since then an office may seal in place of its device; operations are the same. */
export const ADOPTION_SCHEMA = 2;

/** Schema numbers of one kind: its own, and those of fields and choices that are later. */
interface KindSchema {
  readonly own: number;
  /** By field: of the field itself, and of its later choices. Null where nothing is later than the kind. */
  readonly later: ReadonlyMap<
    string,
    { readonly field: number; readonly choices: ReadonlyMap<unknown, number> }
  > | null;
  /** Fields that name the kind of a row which may be of any. */
  readonly names: ReadonlySet<string> | null;
}

function kindSchema(entity: EntityDefinition): KindSchema {
  const later = new Map<string, { field: number; choices: ReadonlyMap<unknown, number> }>();
  for (const { name, meta } of fieldsOf(entity)) {
    const field = Math.max(entity.facets.since, meta.since ?? 0);
    const choices = new Map(
      Object.entries(meta.vocabulary?.since ?? {}).filter((entry): entry is [string, number] => entry[1]! > field),
    );
    if (field > entity.facets.since || choices.size > 0) later.set(name, { field, choices });
  }
  const names = new Set(fieldsOf(entity).flatMap((f) => f.meta.kindIn ?? []));
  return { own: entity.facets.since, later: later.size > 0 ? later : null, names: names.size > 0 ? names : null };
}

/** Tells of an operation the lowest schema number whose programs can read it. */
export function readerOf(
  entities: readonly EntityDefinition[],
): (op: Pick<Operation, 'entity' | 'kind' | 'body'>) => number {
  const kinds = new Map(entities.map((e) => [e.name, kindSchema(e)]));
  const highest = schemaOf(entities);
  return ({ entity, kind, body }) => {
    const known = kinds.get(entity);
    if (!known) return highest;
    let reader = known.own;
    if (!known.later && !known.names) return reader;
    for (const [name, said] of Object.entries(body)) {
      const value = kind === 'c' || !Array.isArray(said) ? said : (said as readonly unknown[])[0];
      const field = known.later?.get(name);
      if (field) reader = Math.max(reader, field.field, field.choices.get(value) ?? 0);
      if (known.names?.has(name)) reader = Math.max(reader, kinds.get(String(value))?.own ?? 0);
    }
    return reader;
  };
}

/** Highest schema number of a dictionary. */
export const schemaOf = (entities: readonly EntityDefinition[]): number =>
  Math.max(
    ...entities.flatMap((e) => [
      e.facets.since,
      ...fieldsOf(e).flatMap(({ meta }) => [
        meta.since ?? 0,
        ...Object.values(meta.vocabulary?.since ?? {}).map((n) => n ?? 0),
      ]),
    ]),
  );

/** Schema number of what this program writes and reads. */
export const SCHEMA = Math.max(ADOPTION_SCHEMA, schemaOf(ENTITIES));
