// Every kind of record, listed by hand in the order tables are created.
import { fieldsOf, type EntityDefinition } from './dictionary/entity.ts';
import { IDENTITY_ENTITIES } from './identity/entities.ts';
import { AREA_ENTITIES } from './areas/entities.ts';
import { PROJECT_ENTITIES } from './projects/entities.ts';
import { ENTERPRISE_ENTITIES } from './enterprises/entities.ts';
import { BLOCK_ENTITIES } from './enterprises/blocks.ts';
import { FORMALITY_ENTITIES } from './formalities/entities.ts';
import { KNOWLEDGE_ENTITIES } from './knowledge/entities.ts';
import { ROUND_ENTITIES } from './rounds/entities.ts';
import { VISIT_ENTITIES } from './visits/entities.ts';
import { FINDING_ENTITIES } from './findings/entities.ts';
import { TRAINING_ENTITIES } from './training/entities.ts';
import { DOCUMENT_ENTITIES } from './documents/entities.ts';
import { REGISTER_ENTITIES } from './registers/entities.ts';
import { HANDOFF_ENTITIES } from './handoff/entities.ts';
import { ATTACHMENT_ENTITIES } from './attachments/entities.ts';

export const ENTITIES = [
  ...IDENTITY_ENTITIES, ...AREA_ENTITIES, ...PROJECT_ENTITIES, ...ENTERPRISE_ENTITIES, ...BLOCK_ENTITIES, ...FORMALITY_ENTITIES,
  ...KNOWLEDGE_ENTITIES, ...ROUND_ENTITIES, ...VISIT_ENTITIES, ...FINDING_ENTITIES, ...TRAINING_ENTITIES, ...DOCUMENT_ENTITIES,
  ...REGISTER_ENTITIES, ...ATTACHMENT_ENTITIES, ...HANDOFF_ENTITIES,
] as readonly EntityDefinition[];

const byName = new Map(ENTITIES.map((e) => [e.name, e]));

/** The entity of that name. @throws on an unknown name: names come from code, never from people. */
export function entityNamed(name: string): EntityDefinition {
  const entity = byName.get(name);
  if (!entity) throw new Error(`no entity named ${name} in the dictionary`);
  return entity;
}

/** Whether the dictionary has an entity of that name (used on names that arrive from outside). */
export function hasEntity(name: string): boolean {
  return byName.has(name);
}

/** A kind of row and the reference by which it hangs on another row. */
export interface Dependant { readonly entity: EntityDefinition; readonly field: string }

const dependants = new Map<string, readonly Dependant[]>();

/**
 * Kinds of rows that hang on a row of `entity`: its parts, and what was recorded under it. A deletion must have seen them all, or it
 * would hide what somebody else entered (hand-off design 5).
 */
export function dependantsOf(entity: EntityDefinition): readonly Dependant[] {
  const known = dependants.get(entity.name);
  if (known) return known;
  const found = ENTITIES.filter((e) => e.scope === 'shared').flatMap((e) => {
    const followed = typeof e.home === 'object' ? e.home.follow : [];
    return fieldsOf(e)
      .filter((f) => f.meta.kind === 'reference' && (f.name === e.parent || followed.includes(f.name)))
      .filter((f) => f.meta.target === entity.name || f.meta.target === '')
      .map((f) => ({ entity: e, field: f.name }));
  });
  dependants.set(entity.name, found);
  return found;
}
