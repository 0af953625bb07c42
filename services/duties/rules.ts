// The duties of the content library, as they were loaded.
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

/** All duties that an enterprise may have, in the order of the content. */
export async function loadedDuties(read: Reader): Promise<LoadedDuty[]> {
  const rows = await read.sql<{ id: string; definition: string }>(
    `SELECT id, definition FROM "${tableOf(dutyRule)}" WHERE deleted_at IS NULL ORDER BY seq`,
  );
  return rows.map(({ id, definition }) => ({ ...(JSON.parse(definition) as DutyDefinition), id }));
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
