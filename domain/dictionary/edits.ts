// Which fields of a kind may be changed in many rows at once.
import { writableFields, type EntityDefinition } from './entity.ts';
import type { FieldMeta } from './field.ts';

/** Whether many rows of a kind may be changed at once: plain records, and the enterprise. */
export const isEditedAtOnce = (entity: EntityDefinition): boolean =>
  entity.shape !== 'set' && (entity.facets.write === 'plain' || entity.name === 'enterprise');

/** Kinds of fields of which many rows hold the same although a register finds rows by them. */
const SHARED = ['choice', 'reference', 'day', 'flag', 'fourState'];

/** Fields that hold the same in many rows: none that tells one row from another, and none that the program numbers or keeps. */
export function fieldsForMany(entity: EntityDefinition): { name: string; meta: FieldMeta }[] {
  const { title, parent, once, facets } = entity;
  const own = new Set([title, parent, ...once.flat()]);
  const found = new Set(facets.register?.find ?? []);
  const isOwn = ({ name, meta }: { name: string; meta: FieldMeta }): boolean =>
    own.has(name) || (found.has(name) && !SHARED.includes(meta.kind));
  const isKept = ({ name, meta }: { name: string; meta: FieldMeta }): boolean =>
    meta.numbered === true || meta.axis !== undefined || meta.level === 'auto' || name.endsWith('Precision');
  return writableFields(entity).filter((field) => !isOwn(field) && !isKept(field));
}
