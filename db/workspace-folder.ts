// The folder of a workspace: its facts file, its lock, its places.
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { renameWithRetry } from './attachments/blob-store.ts';
import { StoreError } from './errors.ts';

/** `workspace.json`: what can be said of a workspace without opening its database. */
export interface WorkspaceFacts {
  format: 1;
  id: string;
  office: string;
  createdAt: string;
  demo: boolean;
}

export const databaseFile = (folder: string) => join(folder, 'steward.db');
export const backupFolder = (folder: string) => join(folder, 'backups');
const factsFile = (folder: string) => join(folder, 'workspace.json');

/** Whether there is a workspace in the folder. */
export const isWorkspace = (folder: string): boolean => existsSync(factsFile(folder));

/** Facts of the workspace. @throws StoreError WORKSPACE_NOT_FOUND, WORKSPACE_CORRUPT, WORKSPACE_NEWER */
export function readFacts(folder: string): WorkspaceFacts {
  if (!isWorkspace(folder)) throw new StoreError('WORKSPACE_NOT_FOUND', 'no workspace in this folder', { folder });
  let facts: WorkspaceFacts;
  try {
    facts = JSON.parse(readFileSync(factsFile(folder), 'utf8')) as WorkspaceFacts;
  } catch (error) {
    throw new StoreError('WORKSPACE_CORRUPT', 'workspace.json can not be read', { folder }, error);
  }
  if (facts.format > 1) throw new StoreError('WORKSPACE_NEWER', 'made by a newer version', { folder });
  return facts;
}

/** Writes a file of its owner's alone under a temporary name, synced, and renames it: it is there whole or not at all. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temp = `${path}.${v7().slice(-8)}.partial`;
  const handle = await open(temp, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await renameWithRetry(temp, path);
}

/** Writes `workspace.json`: from then on the folder is a workspace. */
export async function writeFacts(folder: string, facts: WorkspaceFacts): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await writeFileAtomic(factsFile(folder), `${JSON.stringify(facts, null, 2)}\n`);
}

/**
 * Takes the workspace for this process. The lock is one of the operating system's, held through SQLite,
 * so that it ends with the process however that ends.
 * @throws StoreError WORKSPACE_LOCKED
 */
export function lockWorkspace(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const release = lockFile(join(folder, 'workspace.lock'));
  if (!release) throw new StoreError('WORKSPACE_LOCKED', 'another process has this workspace open', { folder });
  return release;
}

/** Takes a lock file for this process, or null when another one (or this one) holds it. It ends with the process. */
export function lockFile(path: string): (() => void) | null {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return () => {
    db.close();
  };
}
