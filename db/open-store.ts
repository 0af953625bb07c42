// Opening a workspace. The mapper behind the store is loaded here, on first use: threads that only look at files never need it.
import { existsSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { HybridClock } from './capture/clock.ts';
import { translateSqliteError } from './errors.ts';
import { checkTriggers, copyBeforeUpgrade, inspectSchema, installTriggers, removeTriggers } from './opening.ts';
import { makePrivate } from './private.ts';
import type { Derivations, Store } from './store.ts';
import { backupFolder, databaseFile, lockWorkspace, readFacts } from './workspace-folder.ts';

interface LocalRow {
  deviceNo: number;
  tag: string;
  ms: number;
  c: number;
}

/**
 * Opens the workspace in `folder`, upgrading it if need be (after a backup beside it).
 * @throws StoreError WORKSPACE_NOT_FOUND, WORKSPACE_LOCKED, WORKSPACE_NEWER, WORKSPACE_FOREIGN, WORKSPACE_CORRUPT; nothing is changed then.
 */
export async function openStore(folder: string, derivations: Derivations): Promise<Store> {
  const [{ Store: Opened }, { openReading, openWriting, rawOf }] = await Promise.all([
    import('./store.ts'),
    import('./connection.ts'),
  ]);
  const facts = readFacts(folder);
  const file = databaseFile(folder);
  const unlock = lockWorkspace(folder);
  makePrivate(folder);
  let writing: DataSource | null = null;
  try {
    const isNew = !existsSync(file);
    const { pending } = isNew ? { pending: true } : await inspectSchema(file);
    let clock = new HybridClock({ ms: 0, c: 0 });
    writing = await openWriting(file, () => clock.next());
    const db = rawOf(writing);
    if (pending) {
      if (!isNew) await copyBeforeUpgrade(db, backupFolder(folder));
      // A migration may rebuild tables that triggers and references name, and what it writes is no edit. In one
      // transaction: killed in between, a store could never be written to again.
      db.pragma('foreign_keys = OFF');
      db.exec('BEGIN IMMEDIATE');
      removeTriggers(db);
      await writing.runMigrations({ transaction: 'none' });
      installTriggers(db);
      db.exec('COMMIT');
      db.pragma('foreign_keys = ON');
    }
    const readOnlyReason = checkTriggers(db);
    const local = db.prepare('SELECT device_no AS deviceNo, tag, ms, c FROM sync_local').get() as LocalRow;
    clock = new HybridClock({ ms: local.ms, c: local.c });
    const reading = await openReading(file);
    const store = new Opened({
      folder,
      facts,
      writing,
      reading,
      clock,
      device: { no: local.deviceNo, tag: local.tag },
      derivations,
      unlock,
    });
    store.readOnlyReason = readOnlyReason;
    await store.blobs.clearTemporary();
    return store;
  } catch (error) {
    await writing?.destroy().catch(() => undefined);
    unlock();
    throw translateSqliteError(error);
  }
}
