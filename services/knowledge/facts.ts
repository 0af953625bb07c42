// Facts of an enterprise's file, read by the rules of the content library over whatever kinds the dictionary has.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENTITIES, entityNamed, ownerOf } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { fieldsOf, isSeen, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import {
  factHolds,
  factsNamed,
  judgeRequirement,
  placeOfFact,
  type Applicability,
  type Fact,
  type Requirement,
  type Truth,
} from '../../domain/knowledge/facts.ts';
import type { Reader } from '../../db/index.ts';
import { inScope, inside, insideParameters } from '../conditions/index.ts';

const known = new Map<string, Promise<readonly Fact[]>>();

async function read(resources: string): Promise<readonly Fact[]> {
  const text = await readFile(join(resources, 'content', 'facts.json'), 'utf8');
  return (JSON.parse(text) as { facts: Fact[] }).facts;
}

/** The facts of the content library. */
export function factsIn(resources: string): Promise<readonly Fact[]> {
  const found = known.get(resources) ?? read(resources);
  known.set(resources, found);
  return found;
}

const DICTIONARY = { entities: ENTITIES as readonly EntityDefinition[] };

/** Field of a kind that leads to the enterprise; null for the enterprise itself, undefined where there is none. */
function wayHome(entity: EntityDefinition): string | null | undefined {
  if (entity.name === enterprise.name) return null;
  const ways = fieldsOf(entity).filter((f) => f.meta.target === enterprise.name);
  return (ways.find((f) => f.name === entity.parent) ?? ways[0])?.name;
}

/** Rows that hang on rows of the file, as limits on outlets. */
async function rowsBelow(
  from: Reader,
  entity: EntityDefinition,
  enterpriseId: string,
): Promise<Record<string, unknown>[]> {
  const owner = ownerOf(entity);
  if (!owner || !entity.parent || wayHome(entityNamed(owner)) === undefined) return [];
  const ids = (await rowsOf(from, entityNamed(owner), enterpriseId)).map((row) => row.id);
  return (await from.find(entity, { [entity.parent]: ids } as never)) as Record<string, unknown>[];
}

async function rowsOf(
  from: Reader,
  entity: EntityDefinition,
  enterpriseId: string,
): Promise<Record<string, unknown>[]> {
  const way = wayHome(entity);
  if (way === undefined) return await rowsBelow(from, entity, enterpriseId);
  if (way !== null) {
    const rows = (await from.find(entity, { [way]: enterpriseId } as never)) as Record<string, unknown>[];
    return rows.filter((row) => isSeen(entity, row));
  }
  const row = (await from.get(entity, enterpriseId)) as Record<string, unknown> | null;
  return row ? [row] : [];
}

/** Those inside of an enterprise or in its building that are still there, with what facts ask of them. */
const tenantsIn = (from: Reader, row: Record<string, unknown>): Promise<Record<string, unknown>[]> =>
  from.sql(
    `SELECT e.object_kind AS "objectKind" FROM enterprise e WHERE ${inside()} AND ${inScope()}`,
    insideParameters(row),
  );

/** Judges what items require of the file of an enterprise. */
export async function applicabilityIn(
  from: Reader,
  resources: string,
  enterpriseId: string,
): Promise<(requirement: Requirement | null) => Applicability> {
  const facts = await factsIn(resources);
  const kinds = new Set(
    facts.flatMap((fact) => fact.sources.flatMap((source) => placeOfFact(DICTIONARY, source)?.entity ?? [])),
  );
  const rows = new Map<EntityDefinition, readonly Record<string, unknown>[]>();
  for (const kind of kinds) rows.set(kind, await rowsOf(from, kind, enterpriseId));
  const verified = await from.sql<{ section: string }>(
    'SELECT DISTINCT section FROM section_check WHERE enterprise_id = ? AND deleted_at IS NULL',
    [enterpriseId],
  );
  const sections = new Set(verified.map((row) => row.section));
  const own = rows.get(enterprise as EntityDefinition)?.[0];
  const file = {
    tenants: own ? await tenantsIn(from, own) : [],
    rowsOf: (kind: EntityDefinition) => rows.get(kind) ?? [],
    isVerified: (section: string) => sections.has(section),
  };
  const judged = new Map<string, { label: string; truth: Truth }>(
    facts.map((fact) => [fact.id, { label: fact.label, truth: factHolds(DICTIONARY, fact, file) }]),
  );
  return (requirement) => judgeRequirement(requirement, (id) => judged.get(id) ?? { label: id, truth: null });
}

/** Parts of the file that requirements ask about. */
export async function sectionsAsked(
  resources: string,
  requirements: readonly (Requirement | null)[],
): Promise<Set<string>> {
  const sections = new Map((await factsIn(resources)).map((fact) => [fact.id, fact.section]));
  return new Set(requirements.flatMap((one) => factsNamed(one).flatMap((id) => sections.get(id) ?? [])));
}

/** Reads what an item keeps of its requirement. */
export const requirementOf = (kept: string | null): Requirement | null =>
  kept ? (JSON.parse(kept) as Requirement) : null;
