// Workspaces whose making was cut off before anybody was entered in them.
import Database from 'better-sqlite3';
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backupFolder, databaseFile, isWorkspace, lockWorkspace } from './workspace-folder.ts';

const attachmentsOf = (folder: string): string => join(folder, 'attachments');
const hasFiles = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** Whether a database has no operation and no office: nothing was ever written into it. */
function isBlank(file: string): boolean {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const has = db.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?").pluck();
    return ['office', 'sync_op'].every(
      (table) => has.get(table) === 0 || db?.prepare(`SELECT count(*) FROM ${table}`).pluck().get() === 0,
    );
  } catch {
    // What can not be read is not known to be blank.
    return false;
  } finally {
    db?.close();
  }
}

/**
 * Whether the folder holds what is left of a workspace whose making was killed: neither an office nor a record nor a file is in it.
 * @throws StoreError WORKSPACE_LOCKED while another process has it in hand
 */
export function isUnfinished(folder: string): boolean {
  const file = databaseFile(folder);
  if (!isWorkspace(folder) && !existsSync(file)) return false;
  if (hasFiles(attachmentsOf(folder)) || hasFiles(backupFolder(folder)) || (existsSync(file) && !isBlank(file)))
    return false;
  lockWorkspace(folder)();
  return true;
}

/** Files that the program itself makes; a copy that somebody put beside them is none. */
const OWN = /^(workspace\.(json|lock)|steward\.db(-wal|-shm|-journal)?)$/;

/** Takes the left-overs of an unfinished workspace away; anything else in the folder stays. */
export function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) if (OWN.test(name)) rmSync(join(folder, name), { force: true });
  if (existsSync(attachmentsOf(folder))) rmdirSync(attachmentsOf(folder));
}
