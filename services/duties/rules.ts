// The duties of the content library, as they were loaded.
import { z } from 'zod';
import type { DutyDefinition } from '../../domain/duties/definition.ts';
import { dutyRule } from '../../domain/duties/entities.ts';
import { placeOf } from '../../domain/duties/file.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { placeOfFact } from '../../domain/knowledge/facts.ts';
import { tableOf, type Reader } from '../../db/index.ts';

/** The dictionary as duties find records and fields in it. */
export const DICTIONARY = { entities: ENTITIES as readonly EntityDefinition[] };

/** A duty with the id of its row. */
export interface LoadedDuty extends DutyDefinition {
  readonly id: string;
}

const said = z.array(z.string());
const definitionShape = z.looseObject({
  due: z.looseObject({ kind: z.string() }),
  permitClasses: said,
  objectKinds: said,
  requires: z.looseObject({}),
  facts: z.array(z.looseObject({ id: z.string() })),
  watch: said,
});

/** What a row keeps of its duty; null of one that this release can't read. */
function definitionIn(kept: string): DutyDefinition | null {
  try {
    return definitionShape.parse(JSON.parse(kept)) as unknown as DutyDefinition;
  } catch {
    return null;
  }
}

/** All duties that an enterprise may have, in the order of the content. */
export async function loadedDuties(read: Reader): Promise<LoadedDuty[]> {
  const rows = await read.sql<{ id: string; definition: string }>(
    `SELECT id, definition FROM "${tableOf(dutyRule)}" WHERE deleted_at IS NULL ORDER BY seq`,
  );
  return rows.flatMap(({ id, definition }) => {
    const read = definitionIn(definition);
    return read ? [{ ...read, id }] : [];
  });
}

/** What is read whatever the content names: classes, reports, plans with their results, lists. */
const ALWAYS_READ: readonly string[] = [
  'Permit.managementClass',
  'HazWasteProfile.managementClass',
  'ExecutionReport.kind',
  'MonitoringPlan.frequency',
  'MonitoringRecord.date',
  'KeyListEntry.list',
];

/** The kinds of record by which duties are judged. */
export function kindsRead(rules: readonly LoadedDuty[]): Set<EntityDefinition> {
  const kinds = new Set<EntityDefinition>(ALWAYS_READ.flatMap((path) => placeOf(DICTIONARY, path)?.entity ?? []));
  for (const rule of rules) {
    const { field, daysField } = rule.due;
    const places = [field, daysField, rule.completedBy, ...rule.watch].map((path) => placeOf(DICTIONARY, path));
    const facts = rule.facts.flatMap((fact) => fact.sources.map((source) => placeOfFact(DICTIONARY, source)));
    for (const place of [...places, ...facts]) if (place) kinds.add(place.entity);
  }
  return kinds;
}
