// Every kind of record, listed by hand in the order tables are created.
import { fieldsOf, type EntityDefinition, type Shape } from './dictionary/entity.ts';
import { metaOf } from './dictionary/field.ts';
import { groupsOf, type RuledGroup, type TodayRule } from './dictionary/today.ts';
import type { PaperDefinition } from './dictionary/paper.ts';
import type { ScannedPaper } from './dictionary/scanned.ts';
import { IDENTITY_ENTITIES } from './identity/entities.ts';
import { AREA_ENTITIES } from './areas/entities.ts';
import { PROJECT_ENTITIES } from './projects/entities.ts';
import { ENTERPRISE_ENTITIES } from './enterprises/entities.ts';
import { BLOCK_ENTITIES } from './enterprises/blocks.ts';
import { FORMALITY_ENTITIES } from './formalities/entities.ts';
import { PRODUCTION_ENTITIES } from './production/entities.ts';
import { WASTE_ENTITIES } from './waste/entities.ts';
import { MONITORING_ENTITIES } from './monitoring/entities.ts';
import { CREDIT_ENTITIES } from './credit/entities.ts';
import { SUPERVISION_ENTITIES } from './supervision/entities.ts';
import { DUTY_ENTITIES } from './duties/entities.ts';
import { CATALOGUE_ENTITIES } from './catalogues/entities.ts';
import { KNOWLEDGE_ENTITIES } from './knowledge/entities.ts';
import { ROUND_ENTITIES } from './rounds/entities.ts';
import { VISIT_ENTITIES } from './visits/entities.ts';
import { FINDING_ENTITIES } from './findings/entities.ts';
import { TRAINING_ENTITIES } from './training/entities.ts';
import { DOCUMENT_ENTITIES, DOCUMENT_KINDS } from './documents/entities.ts';
import { COMPLAINT_ENTITIES } from './complaints/entities.ts';
import { DRILL_ENTITIES } from './drills/entities.ts';
import { REGISTER_ENTITIES } from './registers/entities.ts';
import { HANDOFF_ENTITIES } from './handoff/entities.ts';
import { VIEW_ENTITIES } from './views/entities.ts';
import { TODAY_ENTITIES, TODAY_RULE_NAMES } from './today/entities.ts';
import { ATTACHMENT_ENTITIES } from './attachments/entities.ts';
import { SCAN_ENTITIES, SCANNED_PAPERS } from './scans/entities.ts';

/** Every kind with its name and facets as literal types, from which the unions of names are derived. */
const KINDS = [
  ...IDENTITY_ENTITIES,
  ...AREA_ENTITIES,
  ...PROJECT_ENTITIES,
  ...ENTERPRISE_ENTITIES,
  ...BLOCK_ENTITIES,
  ...FORMALITY_ENTITIES,
  ...PRODUCTION_ENTITIES,
  ...WASTE_ENTITIES,
  ...MONITORING_ENTITIES,
  ...CREDIT_ENTITIES,
  ...SUPERVISION_ENTITIES,
  ...DUTY_ENTITIES,
  ...KNOWLEDGE_ENTITIES,
  ...CATALOGUE_ENTITIES,
  ...ROUND_ENTITIES,
  ...VISIT_ENTITIES,
  ...FINDING_ENTITIES,
  ...TRAINING_ENTITIES,
  ...DRILL_ENTITIES,
  ...COMPLAINT_ENTITIES,
  ...DOCUMENT_ENTITIES,
  ...REGISTER_ENTITIES,
  ...ATTACHMENT_ENTITIES,
  ...SCAN_ENTITIES,
  ...HANDOFF_ENTITIES,
  ...VIEW_ENTITIES,
  ...TODAY_ENTITIES,
] as const;

type Kinds = (typeof KINDS)[number];

/** Name of a kind of record. */
export type KindName = Kinds['name'];

/** Name of a kind whose facet has this shape. */
export type KindWith<X> = Extract<Kinds, { facets: X }>['name'];

/** Every kind of record, in the order tables are created. */
export const ENTITIES: readonly EntityDefinition[] = KINDS;

/** Every paper of the dictionary. */
export const PAPERS: readonly PaperDefinition[] = ENTITIES.flatMap((entity) => entity.papers);
DOCUMENT_KINDS.add(Object.fromEntries(PAPERS.filter((paper) => paper.archive).map((paper) => [paper.id, paper.label])));

/** Every paper that comes as a scan, with the kind whose rows it belongs to. */
export const SCANNED: ReadonlyMap<string, { readonly of: EntityDefinition; readonly paper: ScannedPaper }> = new Map(
  ENTITIES.flatMap((of) => of.scanned.map((paper) => [paper.id, { of, paper }] as const)),
);
SCANNED_PAPERS.add(Object.fromEntries([...SCANNED].map(([id, { paper }]) => [id, paper.label])));

/** What the kinds bring to Today, by groups. */
export const TODAY_GROUPS: readonly RuledGroup[] = groupsOf(ENTITIES.flatMap((e) => e.today));
/** Rules of Today by their ids. */
export const TODAY_RULES: ReadonlyMap<string, TodayRule> = new Map(
  TODAY_GROUPS.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)),
);
TODAY_RULE_NAMES.add(Object.fromEntries([...TODAY_RULES].map(([id, { title }]) => [id, title])));

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
export interface Dependant {
  readonly entity: EntityDefinition;
  readonly field: string;
}

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

/** The kind whose rows those of `entity` belong to; null where they stand alone, or belong to rows of any kind. */
export function ownerOf(entity: EntityDefinition): string | null {
  const field = entity.parent && entity.fields[entity.parent];
  return (field && metaOf(field).target) || null;
}

/** Kinds of these shapes whose rows belong to rows of a kind, in the order of definition. */
export const partsOf = (owner: string, ...shapes: readonly Shape[]): EntityDefinition[] =>
  ENTITIES.filter((entity) => shapes.includes(entity.shape) && ownerOf(entity) === owner);

/** Fields that refer to a row beside this one: both belong to the same record, as an outlet and what treats its water. */
export function siblingFields(entity: EntityDefinition): readonly string[] {
  const owner = ownerOf(entity);
  if (!owner) return [];
  return fieldsOf(entity)
    .filter(({ meta, name }) => meta.kind === 'reference' && meta.target && name !== entity.parent)
    .filter(({ meta }) => ownerOf(entityNamed(meta.target as string)) === owner)
    .map(({ name }) => name);
}
