// Before a database is used: whether it is ours to open, and whether its triggers are ours.
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { captureTriggers, triggerHash } from './capture/triggers.ts';
import { StoreError, translateSqliteError } from './errors.ts';
import { MIGRATION_NAMES } from './migrations/index.ts';
import { compareSchema } from './schema/compare.ts';

const UNFINISHED_COPY = 'steward-upgrade.';

/**
 * Refuses a database of a newer version, or with a schema that is not ours, before anything of it runs; says whether an upgrade is due.
 * @throws StoreError WORKSPACE_NEWER, WORKSPACE_FOREIGN, WORKSPACE_CORRUPT
 */
export async function inspectSchema(file: string): Promise<{ pending: boolean }> {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const { applied, unknown, foreign } = await compareSchema(db);
    if (unknown.length > 0)
      throw new StoreError('WORKSPACE_NEWER', 'made by a newer version of the application', { unknown });
    if (foreign.length > 0)
      throw new StoreError('WORKSPACE_FOREIGN', `a schema that is not ours: ${foreign.join(', ')}`, { foreign });
    return { pending: applied.length < MIGRATION_NAMES.length };
  } catch (error) {
    throw translateSqliteError(error);
  } finally {
    db.close();
  }
}

/**
 * Copies a database into its folder of backups. What earlier attempts left goes first: whoever upgrades has the workspace alone. The copy
 * is named by the release that made the database, so that attempts that end before the upgrade keep one, the last.
 */
export async function copyBeforeUpgrade(db: Database.Database, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name.startsWith(UNFINISHED_COPY)) rmSync(join(folder, name), { force: true });
  const noted = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migration'").get() !== undefined;
  const last = noted
    ? (db.prepare('SELECT name FROM migration ORDER BY id DESC LIMIT 1').pluck().get() as string | undefined)
    : undefined;
  // Named as left-overs of backups are: where no upgrade follows, the next backup clears it up.
  const partial = join(folder, `${UNFINISHED_COPY}${process.pid}.partial`);
  await db.backup(partial);
  renameSync(partial, join(folder, `before-upgrade-${last ?? 'empty'}.db`));
}

/** Takes the triggers of the log away, whoever made them. */
export function removeTriggers(db: Database.Database): void {
  for (const { name } of installed(db)) db.exec(`DROP TRIGGER "${name}"`);
}

/** Puts our triggers in place of none. */
export function installTriggers(db: Database.Database): void {
  for (const sql of captureTriggers().values()) db.exec(sql);
}

/** Why nothing may be written: the triggers are not ours. Null when they are. */
export function checkTriggers(db: Database.Database): string | null {
  if (triggerHash(captureTriggers()) === triggerHash(installed(db).map((t) => [t.name, t.sql] as const))) return null;
  return '变更记录的触发器与程序不一致，只能查看。请用最近的备份恢复，或联系支持人员。';
}

const installed = (db: Database.Database): { name: string; sql: string }[] =>
  db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'cap\\_%' ESCAPE '\\'")
    .all() as { name: string; sql: string }[];
