// Kinds of record that a row of a table fills: every kind of the dictionary whose facet `register` says so.
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';
import type { RegisterFacet } from '../dictionary/facets.ts';
import { metaOf, type CellReading, type FieldMeta } from '../dictionary/field.ts';
import { enterprise } from '../enterprises/entities.ts';
import { ENTITIES } from '../entities.ts';

/** A kind of record that hangs on the enterprise of a row, or on another of its records. */
export interface RegisterKind {
  readonly entity: EntityDefinition;
  readonly facet: RegisterFacet;
  /** Field that refers to the enterprise, or to the record between. */
  readonly parent: string;
  /** Kind of the record between it and the enterprise: the outlet of a limit. */
  readonly within: string | null;
  /** Fields without which there is no record: a register that leaves one out makes none. */
  readonly needs: readonly string[];
}

/** The kind that a register is a list of. */
export const SUBJECT = enterprise as unknown as EntityDefinition;

/** The field by which a record that is nobody's part says which enterprise it is about. */
const ABOUT = 'enterpriseId';

function kindOf(entity: EntityDefinition): RegisterKind[] {
  const parent = entity.parent ?? ABOUT;
  const { register } = entity.facets;
  const field = entity.fields[parent];
  if (!register || entity === SUBJECT || !field) return [];
  const { target } = metaOf(field);
  const within = target === SUBJECT.name || target === undefined ? null : target;
  const needs = fieldsOf(entity)
    .filter(
      ({ name, meta }) =>
        meta.required === 'F' &&
        name !== parent &&
        name !== register.ledger?.numbers &&
        !meta.derived &&
        meta.initial === undefined,
    )
    .map(({ name }) => name);
  return [{ entity, facet: register, parent, within, needs }];
}

/** All kinds that tables fill, those of ledgers included, in the order in which they are offered. */
export const LEDGER_KINDS: readonly RegisterKind[] = (ENTITIES as readonly EntityDefinition[])
  .flatMap(kindOf)
  .sort((a, b) => a.facet.order - b.facet.order);

/** Kinds of which a register of enterprises has columns. */
export const REGISTER_KINDS: readonly RegisterKind[] = LEDGER_KINDS.filter((kind) => !kind.facet.ledger?.only);

const byName = new Map(LEDGER_KINDS.map((kind) => [kind.entity.name, kind]));

/** The kind of that name, or null: the enterprise itself, or none that tables fill. */
export const registerKind = (name: string): RegisterKind | null => byName.get(name) ?? null;

/** What the dictionary says of a field; null for a field that the kind has not. */
export function fieldOf(entity: EntityDefinition, name: string): FieldMeta | null {
  const schema = entity.fields[name];
  return schema ? metaOf(schema) : null;
}

/** The field of a kind whose cells are read in that way, or null. */
export const fieldRead = (entity: EntityDefinition, reading: CellReading): string | null =>
  fieldsOf(entity).find(({ meta }) => meta.cell === reading)?.name ?? null;

/** What a question about a field is about: the trade is one thing, whether its code or its name is said otherwise. */
export function askedField(entity: EntityDefinition, name: string): string {
  const cell = fieldOf(entity, name)?.cell;
  return cell === 'industryName' || cell === 'industryCode' ? 'industry' : name;
}

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
