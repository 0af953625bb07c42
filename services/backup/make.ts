// Making backups: on demand, daily, and what of the automatic ones is kept.
import { join, resolve } from 'node:path';
import { backupFolder } from '../../db/index.ts';
import { toRemove, type BackupRecord, type SecondCopy } from '../../domain/backup/index.ts';
import { localDay } from '../../domain/values/clock.ts';
import type { BackupMade } from '../../contract/backup.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { ownOffice } from '../identity/index.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { inBackground } from '../workers/index.ts';
import { AUTOMATIC, clearLeft, copyTo, freeName, listFolder, needFolder, scratchIn, settle, sweep, writeSideFile } from './files.ts';
import { backupRefused } from './sentences.ts';

/** How far a job is, and whether it is to stop. */
export interface BackupControl { progress(done: number, total: number, step?: string): void; readonly signal: AbortSignal }

/** What is to be made. `folder` null: the workspace's own. */
export interface BackupOrder { folder: string | null; attachments: boolean; passphrase: string | null; automatic?: boolean; label?: string; appVersion: string }

const A_DAY = 24 * 3_600_000;
const RETRY_AFTER = 3_600_000;
/** Workspaces that are being backed up, by folder: one at a time each. */
const running = new Set<string>();

/** The last attempt; null before the first one. */
export async function lastRecord(ctx: Context): Promise<BackupRecord | null> {
  const text = await readSetting(ctx.store.read, 'lastBackup');
  if (!text) return null;
  const stored = JSON.parse(text) as Omit<BackupRecord, 'lastOk'> & { lastOk?: BackupRecord['lastOk'] };
  // Earlier versions wrote down successes only.
  return { ...stored, lastOk: stored.lastOk ?? (stored.ok ? { at: stored.at, file: stored.file } : null) };
}

/** The second folder and how the last copy into it went; null when there is none. */
export async function secondCopy(ctx: Context): Promise<SecondCopy | null> {
  const folder = await readSetting(ctx.store.read, 'secondBackupFolder');
  if (!folder) return null;
  const last = JSON.parse((await readSetting(ctx.store.read, 'secondBackup')) ?? 'null') as SecondCopy | null;
  return last?.folder === folder ? last : { folder, at: null, ok: true, sentence: null };
}

/** Sets the folder that automatic backups are copied to, too; null: nowhere. @throws ServiceError when it is not there */
export async function setSecondFolder(ctx: Context, folder: string | null): Promise<void> {
  if (folder !== null) {
    await needFolder(folder, false);
    if (resolve(folder) === resolve(backupFolder(ctx.store.folder))) throw backupRefused('TARGET_NOT_EMPTY');
  }
  await writeSetting(ctx.store, 'secondBackupFolder', folder === null ? '' : resolve(folder));
}

/** Writes a result down; a workspace that was closed or can only be read meanwhile has no use for it. */
async function note(ctx: Context, key: 'lastBackup' | 'secondBackup', value: BackupRecord | SecondCopy): Promise<void> {
  await writeSetting(ctx.store, key, JSON.stringify(value)).catch(() => undefined);
}

/**
 * Makes a backup, verified by a trial restore before it gets its name.
 * @throws ServiceError with `data.code` as in {@link backupRefused}; nothing is left behind then, nor after a cancel
 */
export async function createBackup(ctx: Context, order: BackupOrder, control: BackupControl): Promise<BackupMade> {
  const own = backupFolder(ctx.store.folder);
  const folder = resolve(order.folder ?? own);
  const automatic = order.automatic ?? false;
  if (running.has(ctx.store.folder)) throw backupRefused('RUNNING');
  running.add(ctx.store.folder);
  try {
    const made = await write(ctx, order, control, { own, folder, automatic });
    await note(ctx, 'lastBackup', { at: made.at, ok: true, file: made.name, lastOk: { at: made.at, file: made.name } });
    if (automatic) await afterAutomatic(ctx, made, control.signal);
    return made;
  } catch (error) {
    if (folder === own && !control.signal.aborted) {
      const before = await lastRecord(ctx).catch(() => null);
      const sentence = error instanceof ServiceError ? error.data.sentence : '原因不明，请现在备份一次';
      await note(ctx, 'lastBackup', { at: new Date().toISOString(), ok: false, file: '', sentence, lastOk: before?.lastOk ?? null });
    }
    throw error;
  } finally {
    running.delete(ctx.store.folder);
  }
}

async function write(ctx: Context, order: BackupOrder, control: BackupControl, to: { own: string; folder: string; automatic: boolean }): Promise<BackupMade> {
  const { own, folder, automatic } = to;
  await needFolder(own, true);
  if (folder !== own) await needFolder(folder, false);
  await clearLeft(own, false);
  if (folder !== own) await clearLeft(folder, true);
  const at = new Date();
  const label = automatic ? AUTOMATIC : (order.label ?? '').replaceAll(/[^\p{L}\p{N}_-]/gu, '').slice(0, 40);
  const name = await freeName(folder, at, label);
  const scratch = scratchIn(own);
  const partial = join(folder, `${name}.${process.pid}.partial`);
  const desk = await ownOffice(ctx.store);
  try {
    const result = await inBackground('makeBackup', {
      database: ctx.store.file, attachmentFolder: order.attachments ? join(ctx.store.folder, 'attachments') : null, scratch, partial, passphrase: order.passphrase,
      about: { madeAt: at.toISOString(), localDay: localDay(at.getTime()), appVersion: order.appVersion, automatic, label, workspace: ctx.store.facts, office: { name: desk?.name ?? '', code: desk?.code ?? '' } },
    }, control.progress.bind(control), control.signal);
    if (!result.ok) throw backupRefused(result.code, result.detail);
    if (control.signal.aborted) throw backupRefused('CANCELLED');
    const { size, sha256, checked } = result.value;
    const path = join(folder, name);
    await settle(partial, path);
    // The backup is whole without it: the hash only helps to tell a damaged file from a wrong passphrase.
    if (order.passphrase !== null) await writeSideFile(path, sha256).catch(() => undefined);
    return { path, name, size, at: at.toISOString(), encrypted: order.passphrase !== null, attachments: checked.attachments, rows: checked.rows, tables: checked.tables, removed: 0, warnings: checked.warnings };
  } finally {
    await sweep(partial).catch(() => undefined);
    await sweep(scratch).catch(() => undefined);
  }
}

/** Keeps what the rule keeps of this workspace's automatic backups in a folder; returns how many were removed. */
export async function rotate(folder: string, workspaceId: string, today: string): Promise<number> {
  const ours = (await listFolder(folder)).filter((b) => b.kind === 'backup' && b.automatic && b.workspaceId === workspaceId && b.problem === null);
  const old = toRemove(ours.map((b) => ({ id: b.path, day: localDay(b.at), at: b.at })), today);
  for (const path of old) await sweep(path);
  return old.length;
}

async function afterAutomatic(ctx: Context, made: BackupMade, signal: AbortSignal): Promise<void> {
  const today = localDay(made.at);
  made.removed = await rotate(backupFolder(ctx.store.folder), ctx.store.facts.id, today).catch(() => 0);
  const second = await secondCopy(ctx);
  if (!second) return;
  const at = new Date().toISOString();
  try {
    await copyTo(made.path, second.folder, signal);
    await rotate(second.folder, ctx.store.facts.id, today);
    await note(ctx, 'secondBackup', { folder: second.folder, at, ok: true, sentence: null });
  } catch (error) {
    const sentence = error instanceof ServiceError ? error.data.sentence : '复制没有完成。请检查那个文件夹';
    await note(ctx, 'secondBackup', { folder: second.folder, at, ok: false, sentence });
  }
}

/** Whether there is anything worth a backup: not the demonstration, nor before anything was entered. */
export async function needsBackup(ctx: Context): Promise<boolean> {
  if (ctx.store.facts.demo) return false;
  return ((await ctx.store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM (SELECT 1 FROM enterprise LIMIT 1)'))?.n ?? 0) > 0;
}

/** Whether an automatic backup is due at `now`: the first use of the day, or 24 hours after the last one; after a failure an hour later. */
export async function isBackupDue(ctx: Context, now = Date.now()): Promise<boolean> {
  if (ctx.store.readOnlyReason || running.has(ctx.store.folder) || !(await needsBackup(ctx))) return false;
  const record = await lastRecord(ctx);
  if (record && !record.ok && now - Date.parse(record.at) < RETRY_AFTER) return false;
  const last = record?.lastOk?.at;
  return !last || localDay(last) !== localDay(now) || now - Date.parse(last) >= A_DAY;
}
