// The state of the backups as pages show it.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFolder } from '../../db/index.ts';
import { backupNotices, KEEP_RULE, type BackupNotice } from '../../domain/backup/index.ts';
import { localDay, localTime } from '../../domain/values/clock.ts';
import type { BackupEntry, BackupState } from '../../contract/backup.ts';
import type { Context } from '../context.ts';
import { listFolder } from './files.ts';
import { lastIntegrity } from './integrity.ts';
import { lastRecord, needsBackup, secondCopy } from './make.ts';
import { placeOf } from './place.ts';

async function known(ctx: Context) {
  const [record, second, integrity, place, needed] = [
    await lastRecord(ctx),
    await secondCopy(ctx),
    await lastIntegrity(ctx),
    await placeOf(ctx.store.folder),
    await needsBackup(ctx),
  ];
  // By the clock of the computer, as the records are: the desk's day may be another one in a demonstration.
  const notices = backupNotices({
    record,
    second,
    integrity,
    place,
    needed,
    today: localDay(Date.now()),
    localDay,
    localTime,
  });
  return { record, second, integrity, place, notices };
}

/** What is to be said of the backups, the most urgent first. */
export async function noticesOf(ctx: Context): Promise<BackupNotice[]> {
  return (await known(ctx)).notices;
}

async function attachmentsOf(folder: string): Promise<{ count: number; bytes: number }> {
  let [count, bytes] = [0, 0];
  for (const part of (await readdir(folder).catch(() => [])).filter((n) => n.length === 2)) {
    for (const name of await readdir(join(folder, part)).catch(() => [])) {
      count += 1;
      bytes += await stat(join(folder, part, name)).then(
        (s) => s.size,
        () => 0,
      );
    }
  }
  return { count, bytes };
}

/** Everything that the page of the backups shows besides the list. */
export async function backupState(ctx: Context): Promise<BackupState> {
  return {
    ...(await known(ctx)),
    folder: backupFolder(ctx.store.folder),
    rule: { ...KEEP_RULE },
    attachments: await attachmentsOf(join(ctx.store.folder, 'attachments')),
  };
}

/** Backups of the workspace: its own folder and the second one. Newest first. */
export async function listBackups(ctx: Context): Promise<BackupEntry[]> {
  const second = await secondCopy(ctx);
  const lists = [
    await listFolder(backupFolder(ctx.store.folder)),
    second?.confirmed ? await listFolder(second.folder) : [],
  ];
  return lists.flat().sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Backups of a workspace that need not be open, or in a folder of backups. Newest first. */
export async function listBackupsAt(folder: string): Promise<BackupEntry[]> {
  return [...(await listFolder(backupFolder(folder))), ...(await listFolder(folder))].sort((a, b) =>
    a.at < b.at ? 1 : -1,
  );
}
