// Making backups: on demand, daily, and what of the automatic ones is kept.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupFolder, devicesBeside, NAMED_AT_MOST, type LostFile } from '../../db/index.ts';
import { toRemove, type BackupRecord, type SecondCopy } from '../../domain/backup/index.ts';
import { localDay } from '../../domain/values/clock.ts';
import type { BackupMade } from '../../contract/backup.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { ownOffice } from '../identity/index.ts';
import { readSetting, setSetting, writeSetting } from '../settings.ts';
import { inBackground } from '../workers/index.ts';
import {
  AUTOMATIC,
  clearLeft,
  copyTo,
  freeName,
  listFolder,
  needFolder,
  partialOf,
  scratchIn,
  settle,
  sweep,
  writeSideFile,
} from './files.ts';
import { backupRefused } from './sentences.ts';

/** How far a job is, and whether it is to stop. */
export interface BackupControl {
  progress(done: number, total: number, step?: string): void;
  readonly signal: AbortSignal;
}

/** What is to be made. `folder` null: the workspace's own. */
export interface BackupOrder {
  folder: string | null;
  attachments: boolean;
  passphrase: string | null;
  automatic?: boolean;
  label?: string;
  appVersion: string;
}

const A_DAY = 24 * 3_600_000;
const RETRY_AFTER = 3_600_000;
/** Workspaces that are being backed up, by folder: one at a time each. */
const running = new Map<string, Promise<void>>();

/** Waits for the backup under way; an automatic one leaves it at that. @throws ServiceError RUNNING, CANCELLED */
async function takeTurn(folder: string, automatic: boolean, { progress, signal }: BackupControl): Promise<() => void> {
  for (let other = running.get(folder); other; other = running.get(folder)) {
    if (automatic) throw backupRefused('RUNNING');
    progress(0, 0, '等正在进行的备份');
    await Promise.race([other, new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))]);
    if (signal.aborted) throw backupRefused('CANCELLED');
  }
  let done = (): void => undefined;
  running.set(folder, new Promise((resolve) => (done = resolve)));
  return () => {
    running.delete(folder);
    done();
  };
}

/** The last attempt; null before the first one. */
export async function lastRecord(ctx: Context): Promise<BackupRecord | null> {
  const text = await readSetting(ctx.store.read, 'lastBackup');
  if (!text) return null;
  const stored = JSON.parse(text) as Omit<BackupRecord, 'lastOk'> & { lastOk?: BackupRecord['lastOk'] };
  // Earlier versions wrote down successes only.
  const lastOk = stored.lastOk ?? (stored.ok ? { at: stored.at, file: stored.file } : null);
  const own = backupFolder(ctx.store.folder);
  const vanished = lastOk?.folder === own && !existsSync(join(own, lastOk.file));
  return { ...stored, lastOk, ...(vanished && { vanished }) };
}

/** The second folder and how the last copy into it went; null when there is none. */
export async function secondCopy(ctx: Context): Promise<SecondCopy | null> {
  const folder = await readSetting(ctx.store.read, 'secondBackupFolder');
  if (!folder) return null;
  const confirmed = (await readSetting(ctx.store.read, 'secondBackupFor')) === (ctx.store.deviceTag || null);
  const last = JSON.parse((await readSetting(ctx.store.read, 'secondBackup')) ?? 'null') as SecondCopy | null;
  return confirmed && last?.folder === folder
    ? { ...last, confirmed }
    : { folder, confirmed, at: null, ok: true, sentence: null };
}

/**
 * Sets the folder that automatic backups are copied to, too; null: nowhere. It holds for this incarnation of the workspace alone.
 * @throws ServiceError when it is not there
 */
export async function setSecondFolder(ctx: Context, folder: string | null): Promise<void> {
  if (folder !== null) {
    await needFolder(folder, false);
    if (resolve(folder) === resolve(backupFolder(ctx.store.folder))) throw backupRefused('TARGET_NOT_EMPTY');
  }
  await ctx.store.withoutCapture(async (tx) => {
    await setSetting(tx, 'secondBackupFolder', folder === null ? '' : resolve(folder));
    await setSetting(tx, 'secondBackupFor', ctx.store.deviceTag);
  });
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
  const end = await takeTurn(ctx.store.folder, automatic, control);
  try {
    const { made, lost } = await write(ctx, order, control, { own, folder, automatic });
    await note(ctx, 'lastBackup', {
      at: made.at,
      ok: true,
      file: made.name,
      lastOk: { at: made.at, file: made.name, folder: folder === own ? own : null },
      lost: { count: lost.length, named: lost.slice(0, NAMED_AT_MOST).map((file) => file.text) },
    });
    if (automatic) await afterAutomatic(ctx, made, control.signal);
    return made;
  } catch (error) {
    if (folder === own && !control.signal.aborted) {
      const before = await lastRecord(ctx).catch(() => null);
      const sentence = error instanceof ServiceError ? error.data.sentence : '原因不明，请现在备份一次';
      await note(ctx, 'lastBackup', {
        at: new Date().toISOString(),
        ok: false,
        file: '',
        sentence,
        lastOk: before?.lastOk ?? null,
        ...(before?.lost && { lost: before.lost }),
      });
    }
    throw error;
  } finally {
    end();
  }
}

async function write(
  ctx: Context,
  order: BackupOrder,
  control: BackupControl,
  to: { own: string; folder: string; automatic: boolean },
): Promise<{ made: BackupMade; lost: readonly LostFile[] }> {
  const { own, folder, automatic } = to;
  await needFolder(own, true);
  if (folder !== own) await needFolder(folder, false);
  await clearLeft(own, null);
  if (folder !== own) await clearLeft(folder, ctx.store.deviceTag);
  const at = new Date();
  const label = automatic ? AUTOMATIC : (order.label ?? '').replaceAll(/[^\p{L}\p{N}_-]/gu, '').slice(0, 40);
  const name = await freeName(folder, at, label);
  const scratch = scratchIn(own);
  const partial = join(folder, partialOf(name, ctx.store.deviceTag));
  const desk = await ownOffice(ctx.store);
  try {
    const result = await inBackground(
      'makeBackup',
      {
        database: ctx.store.file,
        attachmentFolder: order.attachments ? join(ctx.store.folder, 'attachments') : null,
        files: join(ctx.store.folder, 'attachments'),
        devices: await devicesHere(ctx),
        scratch,
        partial,
        passphrase: order.passphrase,
        about: {
          madeAt: at.toISOString(),
          localDay: localDay(at.getTime()),
          appVersion: order.appVersion,
          automatic,
          label,
          device: ctx.store.deviceTag,
          workspace: ctx.store.facts,
          office: { name: desk?.name ?? '', code: desk?.code ?? '' },
        },
      },
      control.progress.bind(control),
      control.signal,
    );
    if (!result.ok) throw backupRefused(result.code, result.detail);
    if (control.signal.aborted) throw backupRefused('CANCELLED');
    const { size, sha256, checked, lost } = result.value;
    const path = join(folder, name);
    await settle(partial, path);
    // The backup is whole without it: the hash only helps to tell a damaged file from a wrong passphrase.
    if (order.passphrase !== null) await writeSideFile(path, sha256).catch(() => undefined);
    const made = {
      path,
      name,
      size,
      at: at.toISOString(),
      encrypted: order.passphrase !== null,
      attachments: checked.attachments,
      rows: checked.rows,
      tables: checked.tables,
      removed: 0,
      warnings: checked.warnings,
    };
    return { made, lost };
  } finally {
    await sweep(partial).catch(() => undefined);
    await sweep(scratch).catch(() => undefined);
  }
}

/** Devices that wrote this database on this computer: what they kept should be here. */
async function devicesHere(ctx: Context): Promise<string[]> {
  const before = await devicesBeside(ctx.store.read, ctx.store.deviceTag);
  return [ctx.store.deviceTag, ...before.filter((tag) => ctx.keys.has(tag))];
}

/**
 * Keeps what the rule keeps of the automatic backups that this incarnation of the workspace wrote into a folder; those of a copy, and
 * of what it was before it was restored, are not its own. Returns how many were removed.
 */
async function rotate(folder: string, ctx: Context, today: string): Promise<number> {
  const { store } = ctx;
  const ours = (await listFolder(folder)).filter(
    (b) =>
      b.kind === 'backup' &&
      b.automatic &&
      b.problem === null &&
      b.workspaceId === store.facts.id &&
      b.device === store.deviceTag,
  );
  const old = toRemove(
    ours.map((b) => ({ id: b.path, day: localDay(b.at), at: b.at })),
    today,
  );
  for (const path of old) await sweep(path);
  return old.length;
}

async function afterAutomatic(ctx: Context, made: BackupMade, signal: AbortSignal): Promise<void> {
  const today = localDay(made.at);
  made.removed = await rotate(backupFolder(ctx.store.folder), ctx, today).catch(() => 0);
  const second = await secondCopy(ctx);
  if (!second?.confirmed) return;
  const at = new Date().toISOString();
  try {
    await copyTo(made.path, second.folder, ctx.store.deviceTag, signal);
    await rotate(second.folder, ctx, today);
    await note(ctx, 'secondBackup', { folder: second.folder, confirmed: true, at, ok: true, sentence: null });
  } catch (error) {
    const sentence = error instanceof ServiceError ? error.data.sentence : '复制没有完成。请检查那个文件夹';
    await note(ctx, 'secondBackup', { folder: second.folder, confirmed: true, at, ok: false, sentence });
  }
}

/** Whether there is anything worth a backup: not before anything was entered. The demonstration town does what it shows. */
export async function needsBackup(ctx: Context): Promise<boolean> {
  return (
    ((await ctx.store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM (SELECT 1 FROM enterprise LIMIT 1)'))?.n ??
      0) > 0
  );
}

/**
 * Whether an automatic backup is due at `now`: the first use of the day, or 24 hours after the last one; after a failure an hour later,
 * whatever succeeded before. A moment that lies ahead of the clock says nothing: the clock was wrong then or is wrong now.
 */
export async function isBackupDue(ctx: Context, now = Date.now()): Promise<boolean> {
  if (ctx.store.readOnlyReason || running.has(ctx.store.folder) || !(await needsBackup(ctx))) return false;
  const record = await lastRecord(ctx);
  const within = (at: string, span: number): boolean => now >= Date.parse(at) && now - Date.parse(at) < span;
  if (record && !record.ok) return !within(record.at, RETRY_AFTER);
  const last = record?.lastOk?.at;
  return !last || record.vanished === true || localDay(last) !== localDay(now) || !within(last, A_DAY);
}
