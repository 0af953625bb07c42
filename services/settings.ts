// Settings of this workspace on this computer: never exchanged, not in the history.
import type { Reader, Store, Writer } from '../db/index.ts';

/** Keys of the settings. */
export type SettingKey =
  | 'operator'
  | 'project'
  | 'content'
  | 'lastBackup'
  | 'secondBackupFolder'
  | 'secondBackup'
  | 'secondBackupFor'
  | 'integrity'
  | 'office'
  | 'completeness'
  | 'search'
  | 'repeats'
  | 'network';

/** A setting, or null when it was never set. */
export async function readSetting(read: Reader, key: SettingKey): Promise<string | null> {
  return (await read.sqlOne<{ value: string }>('SELECT value FROM store_setting WHERE key = ?', [key]))?.value ?? null;
}

/** Sets a setting within an action of its own. */
export async function writeSetting(store: Store, key: SettingKey, value: string): Promise<void> {
  await store.withoutCapture(async (tx) => {
    await setSetting(tx, key, value);
  });
}

/** Sets a setting together with what else is written. */
export async function setSetting(tx: Writer, key: SettingKey, value: string): Promise<void> {
  await tx.execute(
    'INSERT INTO store_setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
    [key, value],
  );
}
