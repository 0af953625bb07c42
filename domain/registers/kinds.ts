// Kinds of record that a row of a register fills: every kind of the dictionary whose facet `register` says so.
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';
import type { RegisterFacet } from '../dictionary/facets.ts';
import { metaOf, type CellReading, type FieldMeta } from '../dictionary/field.ts';
import { enterprise } from '../enterprises/entities.ts';
import { ENTITIES } from '../entities.ts';

/** A kind of record that hangs on the enterprise of a row. */
export interface RegisterKind {
  readonly entity: EntityDefinition;
  readonly facet: RegisterFacet;
  /** Field that refers to the enterprise. */
  readonly parent: string;
  /** Fields without which there is no record: a register that leaves one out makes none. */
  readonly needs: readonly string[];
}

/** The kind that a register is a list of. */
export const SUBJECT = enterprise as unknown as EntityDefinition;

function kindOf(entity: EntityDefinition): RegisterKind[] {
  const { parent } = entity;
  const { register } = entity.facets;
  const field = parent === null ? undefined : entity.fields[parent];
  if (!register || parent === null || !field || metaOf(field).target !== SUBJECT.name) return [];
  const needs = fieldsOf(entity)
    .filter(({ name, meta }) => meta.required === 'F' && name !== parent && !meta.derived && meta.initial === undefined)
    .map(({ name }) => name);
  return [{ entity, facet: register, parent, needs }];
}

/** Kinds that hang on the enterprise, in the order in which they are offered. */
export const REGISTER_KINDS: readonly RegisterKind[] = (ENTITIES as readonly EntityDefinition[])
  .flatMap(kindOf)
  .sort((a, b) => a.facet.order - b.facet.order);

const byName = new Map(REGISTER_KINDS.map((kind) => [kind.entity.name, kind]));

/** The kind of that name, or null: the enterprise itself, or none that registers fill. */
export const registerKind = (name: string): RegisterKind | null => byName.get(name) ?? null;

/** What the dictionary says of a field; null for a field that the kind has not. */
export function fieldOf(entity: EntityDefinition, name: string): FieldMeta | null {
  const schema = entity.fields[name];
  return schema ? metaOf(schema) : null;
}

/** The field of a kind whose cells are read in that way, or null. */
export const fieldRead = (entity: EntityDefinition, reading: CellReading): string | null =>
  fieldsOf(entity).find(({ meta }) => meta.cell === reading)?.name ?? null;

/** The kind that people of a row become: its name column is read as persons. */
export const PEOPLE: RegisterKind | null = REGISTER_KINDS.find((kind) => fieldRead(kind.entity, 'person')) ?? null;

/** The kind that other names of the enterprise become. */
export const OTHER_NAMES: RegisterKind | null =
  REGISTER_KINDS.find((kind) => fieldRead(kind.entity, 'otherName')) ?? null;

/** Does the field keep beside it how exactly its day is known? */
export const isVague = (entity: EntityDefinition, field: string): boolean => `${field}Precision` in entity.fields;

/** The field that holds the start of a period of which this one is the end, or null. */
export function startOf(entity: EntityDefinition, field: string): string | null {
  const start = field.replace(/To$/, 'From').replace(/End$/, 'Start');
  return start !== field && start in entity.fields ? start : null;
}
