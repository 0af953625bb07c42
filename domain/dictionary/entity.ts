// Entity definitions: one kind of record, described once; columns, triggers, contract, forms and imports follow from it.
import { z } from 'zod';
import { choice, instant, metaOf, reference, type FieldMeta, type FieldOptions } from './field.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `record`: stands alone. The others belong to a parent; see architecture section 2 for how each is stored and merged. */
export type Shape = 'record' | 'child' | 'set' | 'extension' | 'steps' | 'attachment';

/** `shared`: exchanged. `office`: history and undo only. `device`: not captured at all. */
export type Scope = 'shared' | 'office' | 'device';

/** Home stream of a row: everyone's, its own, or that of the first of these references that is set (else its own). */
export type Home = 'g' | 'self' | { readonly follow: readonly string[] };

/** A rule on a whole row: what is wrong or doubtful although it may be stored. */
export interface Check<Row> {
  readonly code: string;
  /** Field under which a form shows the sentence. */
  readonly field: string;
  /** How bad it is, by where the row comes from; absent means not checked there. */
  readonly severity: { readonly form?: 'error' | 'warn'; readonly import?: 'error' | 'warn'; readonly handoff?: 'warn' };
  /** The Chinese sentence saying what is wrong and what to do, or null. */
  run(row: Row): string | null;
}

/** Fields by camelCase name, in the order of the form. */
export type Fields = Readonly<Record<string, z.ZodType>>;

const baseFields = {
  id: z.uuid(),
  createdAt: instant({ label: '建立时间', required: 'F', derived: true, level: 'auto' }),
  updatedAt: instant({ label: '更新时间', required: 'F', derived: true, level: 'auto' }),
  deletedAt: instant({ label: '删除时间', level: 'must' }),
};

/** A row as stored: the entity's fields and id, createdAt, updatedAt, deletedAt. */
export type RowOf<E> = E extends EntityDefinition<infer F>
  ? { [K in keyof F]: z.infer<F[K]> } & { id: string; createdAt: string; updatedAt: string; deletedAt: string | null }
  : never;

/** What a caller gives to make a row: nullable fields and fields with an initial value may be left out. */
export type NewRow<E> = E extends EntityDefinition<infer F> ? { [K in keyof F]?: z.infer<F[K]> } & { id?: string } : never;

/** What a caller gives to change a row. */
export type Patch<E> = E extends EntityDefinition<infer F> ? { [K in keyof F]?: z.infer<F[K]> } : never;

/** One kind of record of the dictionary. */
export interface EntityDefinition<F extends Fields = Fields> {
  /** camelCase; the table is its snake_case. */
  readonly name: string;
  readonly label: string;
  readonly shape: Shape;
  readonly scope: Scope;
  readonly home: Home;
  /** Rows that an export may leave out; they live in a companion stream. */
  readonly personal: boolean;
  /** Built-in content: loaded uncaptured, read-only. */
  readonly builtin: boolean;
  /** For rows that belong to a parent: the reference field to it. */
  readonly parent: string | null;
  /** Field that names a row to people. */
  readonly title: string | null;
  readonly fields: F;
  /** Columns with an index, each a list of field names. */
  readonly indexes: readonly (readonly string[])[];
  readonly checks: readonly Check<never>[];
  /** Whole row as stored. */
  readonly schema: z.ZodObject;
}

interface EntityOptions<F extends Fields> {
  name: string;
  label: string;
  shape?: Shape;
  scope?: Scope;
  home: Home;
  personal?: boolean;
  builtin?: boolean;
  parent?: Extract<keyof F, string>;
  title?: Extract<keyof F, string>;
  fields: F;
  indexes?: readonly (readonly Extract<keyof F, string>[])[];
  checks?: readonly Check<{ [K in keyof F]: z.infer<F[K]> }>[];
}

/** Defines a kind of record. @throws when a field was not made by a builder or a name does not exist. */
export function defineEntity<const F extends Fields>(options: EntityOptions<F>): EntityDefinition<F> {
  for (const schema of Object.values(options.fields)) metaOf(schema);
  return {
    name: options.name,
    label: options.label,
    shape: options.shape ?? 'record',
    scope: options.scope ?? 'shared',
    home: options.home,
    personal: options.personal ?? false,
    builtin: options.builtin ?? false,
    parent: options.parent ?? null,
    title: options.title ?? null,
    fields: options.fields,
    indexes: options.indexes ?? [],
    checks: (options.checks ?? []) as readonly Check<never>[],
    schema: z.object({ ...baseFields, ...options.fields }) as unknown as z.ZodObject,
  };
}

/**
 * Defines a set: link rows between `parent` and either rows of another entity or ids of a vocabulary.
 * A link's id is UUIDv5 of the pair, so that two offices that add the same link make the same row.
 */
export function defineSet(options: {
  name: string; label: string; parent: { entity: string; field: string };
  of: { entity: string; field: string } | { vocabulary: Vocabulary; field: string };
  home?: Home; headings?: readonly string[];
}): EntityDefinition {
  const { parent, of } = options;
  const member: FieldOptions = { label: options.label, required: 'F', level: 'auto', ...(options.headings && { headings: options.headings }) };
  return defineEntity({
    name: options.name, label: options.label, shape: 'set', parent: parent.field, home: options.home ?? { follow: [parent.field] },
    fields: {
      [parent.field]: reference(parent.entity, { label: options.label, required: 'F' }),
      [of.field]: 'entity' in of ? reference(of.entity, member) : choice(of.vocabulary, member),
    } as Fields,
    indexes: [[parent.field], ...('entity' in of ? [[of.field]] : [])],
  }) as EntityDefinition;
}

/** Field metadata with its name, in the order of definition, without the base fields. */
export function fieldsOf(entity: EntityDefinition): { name: string; meta: FieldMeta }[] {
  return Object.entries(entity.fields).map(([name, schema]) => ({ name, meta: metaOf(schema) }));
}

/** Base columns every table has, in their order of storage. */
export const BASE_FIELDS = ['id', 'createdAt', 'updatedAt', 'deletedAt'] as const;

/** snake_case of a camelCase dictionary name. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** Names of the captured fields: everything but what is derived, plus `deletedAt`. */
export function capturedFields(entity: EntityDefinition): string[] {
  return [...fieldsOf(entity).filter((f) => !f.meta.derived).map((f) => f.name), 'deletedAt'];
}

/** Result of the checks of a row for one source. */
export interface CheckResult { code: string; field: string; severity: 'error' | 'warn'; sentence: string }

/** Runs an entity's checks; required-to-save fields that are empty come first. */
export function runChecks(entity: EntityDefinition, row: Record<string, unknown>, source: 'form' | 'import' | 'handoff'): CheckResult[] {
  const results: CheckResult[] = [];
  if (source === 'form') {
    for (const { name, meta } of fieldsOf(entity)) {
      const value = row[name];
      if (meta.required === 'F' && !meta.derived && (value === null || value === undefined || value === '')) {
        results.push({ code: 'REQUIRED', field: name, severity: 'error', sentence: `请填写${meta.label}` });
      }
    }
  }
  for (const check of entity.checks) {
    const severity = check.severity[source];
    if (!severity) continue;
    const sentence = check.run(row as never);
    if (sentence) results.push({ code: check.code, field: check.field, severity, sentence });
  }
  return results;
}
