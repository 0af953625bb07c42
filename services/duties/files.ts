// Files of enterprises as duties are judged by them, read many at a time.
import { dutyDone } from '../../domain/duties/entities.ts';
import { latest, type DutyFile, type Proof, type Row } from '../../domain/duties/file.ts';
import type { Day } from '../../domain/values/day.ts';
import { fieldsOf, isSeen, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed, ownerOf } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { localDay } from '../../domain/values/clock.ts';
import { changesOf, inList, listParameter, tableOf, type Reader } from '../../db/index.ts';
import { kindsRead, type LoadedDuty } from './rules.ts';

/** A file with what was done by its duties. */
export interface ReadFile extends DutyFile {
  readonly id: string;
  proofsOf(ruleId: string): readonly Proof[];
  /** What was done, row by row. */
  readonly done: readonly Row[];
}

/** Field of a kind that leads to the enterprise; null where it hangs on another row of the file, or on none. */
export const wayHome = (entity: EntityDefinition): string | null => {
  const ways = fieldsOf(entity).filter((f) => f.meta.target === enterprise.name);
  return (ways.find((f) => f.name === entity.parent) ?? ways[0])?.name ?? null;
};

/** Whether anything is asked of it: not of what is over, nor of what nobody saw yet. */
const isAsked = (entity: EntityDefinition, row: Row): boolean =>
  isSeen(entity, row) && (entity.over === null || row[entity.over] === null);

type Grouped = Map<string, Row[]>;

const grouped = (rows: readonly Row[], of: (row: Row) => string): Grouped => {
  const groups: Grouped = new Map();
  for (const row of rows) {
    const known = groups.get(of(row));
    if (known) known.push(row);
    else groups.set(of(row), [row]);
  }
  return groups;
};

async function rowsOfKind(read: Reader, entity: EntityDefinition, ids: readonly string[]): Promise<Grouped> {
  if (entity.name === enterprise.name)
    return grouped((await read.among(enterprise, 'id', ids)) as Row[], (row) => String(row.id));
  const way = wayHome(entity);
  if (way) {
    const rows = (await read.among(entity, way as never, ids)) as Row[];
    return grouped(
      rows.filter((row) => isAsked(entity, row)),
      (row) => String(row[way]),
    );
  }
  const owner = ownerOf(entity);
  const up = owner ? wayHome(entityNamed(owner)) : null;
  if (!owner || !up || !entity.parent) return new Map();
  const owners = (await read.among(entityNamed(owner), up as never, ids)) as Row[];
  const homes = new Map(owners.map((row) => [String(row.id), String(row[up])]));
  const { parent } = entity;
  const below = (await read.among(entity, parent as never, [...homes.keys()])) as Row[];
  return grouped(below, (row) => homes.get(String(row[parent])) ?? '');
}

/** Days on which fields of enterprises were changed to something else: of those with a permit alone it matters. */
async function changesIn(read: Reader, ids: readonly string[]): Promise<Map<string, Map<string, Day>>> {
  const held = await read.sql<{ id: string }>(
    `SELECT DISTINCT enterprise_id AS id FROM "${tableOf(permit)}" WHERE deleted_at IS NULL AND ${inList('enterprise_id')}`,
    [listParameter([...ids])],
  );
  const days = new Map<string, Map<string, Day>>();
  if (held.length === 0) return days;
  for (const change of await changesOf(
    read,
    held.map((row) => row.id),
  )) {
    if (change.kind !== 'update') continue;
    const known = days.get(change.rowId) ?? new Map<string, Day>();
    for (const { field, before } of change.fields) if (before !== null) known.set(field, localDay(change.at));
    days.set(change.rowId, known);
  }
  return days;
}

const proofOf = (row: Row): Proof => ({ dueDate: (row.dueDate as Day | null) ?? null, doneDate: String(row.doneDate) });

/** Reads the files of these enterprises; those that are not there are left out. */
export async function readFiles(
  read: Reader,
  rules: readonly LoadedDuty[],
  ids: readonly string[],
  today: Day,
): Promise<ReadFile[]> {
  const kinds = [...kindsRead(rules), enterprise as EntityDefinition];
  const byKind = new Map<string, Grouped>();
  for (const kind of kinds) byKind.set(kind.name, await rowsOfKind(read, kind, ids));
  const done = await rowsOfKind(read, dutyDone as EntityDefinition, ids);
  const checked = await read.sql<{ id: string; section: string }>(
    `SELECT DISTINCT enterprise_id AS id, section FROM section_check WHERE deleted_at IS NULL AND ${inList('enterprise_id')}`,
    [listParameter([...ids])],
  );
  const sections = new Set(checked.map((row) => `${row.id} ${row.section}`));
  const changes = await changesIn(read, ids);
  return ids.flatMap((id) => {
    const [own] = byKind.get(enterprise.name)?.get(id) ?? [];
    if (!own) return [];
    const proofs = done.get(id) ?? [];
    return [
      {
        id,
        objectKind: String(own.objectKind),
        since: localDay(String(own.createdAt)),
        today,
        done: proofs,
        rowsOf: (entity: EntityDefinition) => byKind.get(entity.name)?.get(id) ?? [],
        isVerified: (section: string) => sections.has(`${id} ${section}`),
        changedOn: (field: string) => latest([changes.get(id)?.get(field) ?? null]),
        proofsOf: (ruleId: string) => proofs.filter((row) => row.ruleId === ruleId).map(proofOf),
      },
    ];
  });
}
