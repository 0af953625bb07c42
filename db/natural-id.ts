// Ids that two offices must make alike without talking to each other (hand-off design 2).
import { v5 } from 'uuid';
import type { EntityDefinition } from '../domain/dictionary/entity.ts';
import { tableOf } from './schema/columns.ts';

/** Name space of the UUIDv5 ids of links, extensions and built-in content. Never changes. */
const NAMESPACE = '5d0c7f0e-3c55-4a1b-9a51-7e0f3a6f4b10';

/**
 * Id of a row that two offices must make alike: a link (table, left, right), an extension (table, parent), built-in
 * content (table, code).
 */
export function naturalId(entity: EntityDefinition, ...parts: string[]): string {
  return v5([tableOf(entity), ...parts].join('\u0000'), NAMESPACE);
}

/** Fields whose values make the id of a row: both ends of a link; the parent of an extension, and its item where there is one each. */
export function naturalKeyFields(entity: EntityDefinition): string[] {
  if (entity.shape === 'set') return Object.keys(entity.fields).slice(0, 2);
  if (entity.shape === 'extension') return [entity.parent as string, ...('itemId' in entity.fields ? ['itemId'] : [])];
  return [];
}
