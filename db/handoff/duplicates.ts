// Rows that a staged and planned package would add, beside those of the workspace that they may be.
import type Database from 'better-sqlite3';
import {
  areaDuplicates,
  enterpriseDuplicate,
  type AreaFacts,
  type Duplicate,
  type EnterpriseFacts,
} from '../../domain/handoff/duplicates.ts';
import { nameKey } from '../../domain/values/name-key.ts';

/** A possible duplicate and the kind of record it is of. */
export interface StagedDuplicate extends Duplicate {
  readonly entity: string;
}

/** More are never listed: they would not be looked at one by one. */
const LIMIT = 20_000;

const planned = (entity: string): string =>
  `FROM main.plan WHERE entity = '${entity}' AND action = 'insert' AND deleted = 0`;
const value = (field: string): string => `body ->> '$.values.${field}' AS ${field}`;

/**
 * Facts of the enterprises of a table that may be the one with the id ?1, the credit code ?2 and the name key ?3, each
 * found by an index.
 */
export function likeEnterprises(table: string): string {
  const columns =
    'id, name, internal_code AS internalCode, credit_code AS creditCode, site_no AS siteNo, town_id AS townId, ' +
    'village_id AS villageId, park_id AS parkId, address';
  return `SELECT ${columns} FROM ${table} WHERE deleted_at IS NULL AND id <> ?1 AND credit_code = ?2
    UNION SELECT ${columns} FROM ${table} WHERE deleted_at IS NULL AND id <> ?1 AND name_key = ?3 ORDER BY id`;
}

/** Pairs of areas, then pairs of enterprises. `db` has the workspace attached as `store`. */
export function possibleDuplicates(db: Database.Database): StagedDuplicate[] {
  const incoming = db
    .prepare(`SELECT row_id AS id, ${['level', 'name', 'parentId'].map(value).join(', ')} ${planned('area')}`)
    .all() as AreaFacts[];
  const present = db
    .prepare('SELECT id, level, name, parent_id AS parentId FROM store.area WHERE deleted_at IS NULL')
    .all() as AreaFacts[];
  const areas = areaDuplicates(incoming, present);
  const alike = new Map(areas.map((d) => [d.id, d.otherId]));
  const isSame = (one: string | null, other: string | null): boolean =>
    one !== null && other !== null && (one === other || alike.get(one) === other);
  const found: StagedDuplicate[] = areas.map((d) => ({ ...d, entity: 'area' }));
  const near = db.prepare(likeEnterprises('store.enterprise'));
  const fields = ['name', 'creditCode', 'siteNo', 'townId', 'villageId', 'parkId', 'address'].map(value).join(', ');
  for (const e of db
    .prepare(`SELECT row_id AS id, ${fields} ${planned('enterprise')} ORDER BY name`)
    .iterate() as Iterable<EnterpriseFacts>) {
    const judged = (near.all({ 1: e.id, 2: e.creditCode, 3: nameKey(e.name) }) as EnterpriseFacts[]).flatMap(
      (other) => enterpriseDuplicate(e, other, isSame) ?? [],
    );
    found.push(...judged.map((d) => ({ ...d, entity: 'enterprise' as const })));
    if (found.length >= LIMIT) break;
  }
  return found;
}
