// Rows that name files (attachments, archived papers) compared with them: what is gone or damaged, told by enterprise, record and file.
import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed, hasEntity } from '../../domain/entities.ts';
import { pathSql } from '../dialect/index.ts';
import { tableOf } from '../schema/columns.ts';
import { blobPath } from './blob-store.ts';

/** A file that is not what its row says. `text` names it for people: enterprise, record, file. */
export interface LostFile {
  sha256: string;
  state: 'gone' | 'damaged';
  text: string;
}

/** A content that rows know: its size in bytes, and the device that kept it first (empty where nothing was logged). */
export interface KnownFile {
  sha256: string;
  size: number;
  device: string;
}

/** Kinds whose rows say the content and the size of a file. */
const KINDS = ENTITIES.filter((e) => 'sha256' in e.fields && 'size' in e.fields && e.scope !== 'local');
const ATTACHED = KINDS.filter((e) => e.shape === 'attachment');
/** As many files are named one by one in one message; the others are counted. */
export const NAMED_AT_MOST = 20;

/** Contents that rows of this database know, those in the bin left out. @throws SQLite's errors */
export function knownFiles(db: Database.Database): KnownFile[] {
  return KINDS.flatMap(
    (kind) =>
      db
        .prepare(
          `SELECT a.sha256, max(a.size) AS size, coalesce(min(substr(r.birth, 1, instr(r.birth, ':') - 1)), '') AS device
      FROM "${tableOf(kind)}" a LEFT JOIN sync_row r ON r.id = a.id
      WHERE a.deleted_at IS NULL GROUP BY a.sha256 ORDER BY a.sha256`,
        )
        .all() as KnownFile[],
  );
}

/** The path from a kind to its enterprise; null where none leads there. */
function pathToEnterprise(entity: EntityDefinition, depth = 0): string | null {
  const direct = fieldsOf(entity).find((f) => f.meta.kind === 'reference' && f.meta.target === 'enterprise');
  if (direct) return direct.name;
  const up = entity.parent ? fieldsOf(entity).find((f) => f.name === entity.parent) : undefined;
  if (!up?.meta.target || depth > 3) return null;
  const rest = up.meta.target === entity.name ? null : pathToEnterprise(entityNamed(up.meta.target), depth + 1);
  return rest && `${up.name}.${rest}`;
}

/** What a record is called to people, its enterprise first. */
function ownerText(db: Database.Database, kind: string, id: string): string[] {
  if (!hasEntity(kind)) return [];
  const entity = entityNamed(kind);
  const path = entity.name === 'enterprise' ? null : pathToEnterprise(entity);
  const row = db
    .prepare(
      `SELECT ${Object.hasOwn(entity.fields, 'no') ? 't.no' : 'NULL'} AS no, ${entity.title ? pathSql(entity, entity.title, 't', true) : 'NULL'} AS title,
      ${path ? pathSql(entity, path, 't', true) : 'NULL'} AS enterprise FROM "${tableOf(entity)}" t WHERE t.id = ?`,
    )
    .get(id) as { no: string | null; title: string | null; enterprise: string | null } | undefined;
  if (entity.name === 'enterprise') return row?.title ? [row.title] : [];
  return [row?.enterprise ?? '', [entity.label, row?.no, row?.title].filter(Boolean).join(' ')].filter(Boolean);
}

/** Names of files for people: `企业 · 问题 编号 · 文件`, by SHA-256. A content that several rows share is named by the first. */
export function nameFiles(db: Database.Database, contents: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const kind of ATTACHED) {
    const rows = db
      .prepare(
        `SELECT sha256, name, owner_entity AS owner, owner_id AS id FROM "${tableOf(kind)}"
      WHERE deleted_at IS NULL AND sha256 IN (SELECT value FROM json_each(?)) ORDER BY created_at, id`,
      )
      .all(JSON.stringify(contents)) as { sha256: string; name: string; owner: string; id: string }[];
    for (const { sha256, name, owner, id } of rows)
      if (!names.has(sha256)) names.set(sha256, [...ownerText(db, owner, id), name].join(' · '));
  }
  for (const kind of KINDS.filter((one) => !ATTACHED.includes(one))) {
    const rows = db
      .prepare(
        `SELECT sha256, id FROM "${tableOf(kind)}"
      WHERE deleted_at IS NULL AND sha256 IN (SELECT value FROM json_each(?)) ORDER BY created_at, id`,
      )
      .all(JSON.stringify(contents)) as { sha256: string; id: string }[];
    for (const { sha256, id } of rows)
      if (!names.has(sha256)) names.set(sha256, ownerText(db, kind.name, id).join(' · '));
  }
  return names;
}

/** Lost files with their names, in the order given. */
export function describeLost(
  db: Database.Database,
  lost: readonly { sha256: string; state: LostFile['state'] }[],
): LostFile[] {
  const named = nameFiles(
    db,
    lost.map((file) => file.sha256),
  );
  return lost.map((file) => ({ ...file, text: named.get(file.sha256) ?? file.sha256.slice(0, 12) }));
}

/** Whether a content lies in the folder with its size; `gone`, `damaged`, or null when all is well. */
export function stateOfFile(folder: string, file: { sha256: string; size: number }): LostFile['state'] | null {
  try {
    return statSync(blobPath(folder, file.sha256)).size === file.size ? null : 'damaged';
  } catch {
    return 'gone';
  }
}
