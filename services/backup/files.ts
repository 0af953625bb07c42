// Backup files in folders: names, lists, what lies about from a process that ended, copies to a second place.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { v7 } from 'uuid';
import type { BackupEntry } from '../../contract/backup.ts';
import { isRunning } from '../../db/index.ts';
import { localStamp } from '../../domain/values/clock.ts';
import { asFault, BackupFault, ENDING, hashOf, kindOf, peekManifest, type Manifest } from '../backup-file/index.ts';
import { backupRefused, backupSentence } from './sentences.ts';

const NAME = /^steward-(\d{8})-(\d{6})(?:-([^.]+))?\.sdbackup$/;
const OLD_NAME = /^(steward-|before-upgrade-).+\.db$/;
/** With the device that was writing it, and its process. Also SQLite's journal of one that was being copied. */
const PARTIAL = /^steward-.+?\.(?:([0-9A-Z]+)\.)?(\d+)\.partial(?:-journal)?$/;
const SCRATCH = /^(?:\.tmp|steward-trial)-(\d+)-/;
export const AUTOMATIC = 'auto';

/** `steward-YYYYMMDD-HHMMSS[-label].sdbackup` in local time, not taken in that folder. */
export async function freeName(folder: string, at: Date, label: string): Promise<string> {
  const stem = `steward-${localStamp(at.getTime())}${String(at.getSeconds()).padStart(2, '0')}`;
  const taken = new Set(await readdir(folder));
  for (let n = 1; ; n += 1) {
    const name = `${[stem, n === 1 ? '' : String(n), label].filter(Boolean).join('-')}${ENDING}`;
    if (!taken.has(name)) return name;
  }
}

/** A folder for what is only needed now; {@link clearLeft} knows it. */
export const scratchIn = (folder: string): string => join(folder, `.tmp-${process.pid}-${v7().slice(-8)}`);
/** The same where there is no workspace. */
export const scratchInTemp = (): string => join(tmpdir(), `steward-trial-${process.pid}-${v7().slice(-8)}`);

/** Removes a file or folder, however a virus scanner holds it. */
export async function sweep(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 60 });
}

/** Name of a backup of this device while it is written. */
export const partialOf = (name: string, device: string): string =>
  [name, device, String(process.pid), 'partial'].filter(Boolean).join('.');

/**
 * Removes what processes left that were killed. In a folder that others use too (`device` given), only what that device wrote, which
 * is on this computer alone.
 */
export async function clearLeft(folder: string, device: string | null): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const partial = PARTIAL.exec(name);
    const pid = Number(partial?.[2] ?? (device === null ? SCRATCH.exec(name)?.[1] : 0) ?? 0);
    if (pid === 0 || pid === process.pid || (device !== null && partial?.[1] !== device)) continue;
    if (!isRunning(pid)) await sweep(join(folder, name)).catch(() => undefined);
  }
}

/** Makes a rename last over a power cut, where the system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Gives a finished file its name; never takes the place of another one. */
export async function settle(partial: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(partial, target);
      break;
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '') || attempt === 6)
        throw error;
      await new Promise((wake) => {
        setTimeout(wake, 40 * attempt);
      });
    }
  }
  await syncFolder(dirname(target));
}

/** The hash beside an encrypted file, in the form that `sha256sum -c` reads: tells a damaged file from a wrong passphrase. */
export async function writeSideFile(file: string, sha256: string): Promise<void> {
  await writeFile(`${file}.sha256`, `${sha256}  ${basename(file)}\n`, { flush: true });
}

/** Copies a finished backup into another folder for a device, synced and compared. @throws ServiceError */
export async function copyTo(file: string, folder: string, device: string, signal: AbortSignal): Promise<string> {
  await stat(folder).catch(() => {
    throw backupRefused('TARGET_NOT_FOUND');
  });
  const target = join(folder, basename(file));
  const partial = join(folder, partialOf(basename(file), device));
  try {
    await clearLeft(folder, device);
    const free = await statfs(folder).then(
      (s) => s.bavail * s.bsize,
      () => Infinity,
    );
    const { size } = await stat(file);
    if (free < size) throw new BackupFault('NO_SPACE', `${size}/${free}`);
    await pipeline(createReadStream(file), createWriteStream(partial, { flags: 'wx', flush: true }), { signal });
    if ((await hashOf(partial)) !== (await hashOf(file))) throw new BackupFault('MEDIUM_FAILED');
    await settle(partial, target);
    return target;
  } catch (error) {
    await sweep(partial).catch(() => undefined);
    const fault = asFault(error);
    throw fault instanceof BackupFault
      ? backupRefused(fault.code === 'FILE_NOT_FOUND' ? 'TARGET_NOT_FOUND' : fault.code, fault.detail)
      : error;
  }
}

function instantOf(name: string, otherwise: Date): string {
  const parts = /^steward-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})/.exec(name)?.slice(1).map(Number);
  if (!parts || name.endsWith('.db')) return otherwise.toISOString();
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return new Date(year, month - 1, day, hour, minute, second).toISOString();
}

function said(manifest: Manifest): Partial<BackupEntry> {
  const { counts } = manifest.database;
  return {
    at: manifest.madeAt,
    automatic: manifest.automatic,
    office: manifest.office.name || manifest.workspace.office,
    workspaceId: manifest.workspace.id,
    device: manifest.device ?? null,
    attachments: { included: manifest.attachments.included, count: manifest.attachments.count },
    counts: { enterprises: counts.enterprise ?? 0, findings: counts.finding ?? 0 },
  };
}

/** What a file is, as far as its first bytes tell. @throws ServiceError when it is not there */
export async function inspectBackup(file: string): Promise<BackupEntry> {
  const path = resolve(file);
  const s = await stat(path).catch(() => {
    throw backupRefused('FILE_NOT_FOUND');
  });
  if (!s.isFile()) throw backupRefused('NOT_A_BACKUP');
  const name = basename(path);
  const entry: BackupEntry = {
    path,
    name,
    folder: dirname(path),
    kind: name.endsWith('.db') ? 'database' : 'backup',
    automatic: NAME.exec(name)?.[3]?.split('-').at(-1) === AUTOMATIC || OLD_NAME.test(name),
    encrypted: false,
    size: s.size,
    at: instantOf(name, s.mtime),
    office: null,
    workspaceId: null,
    device: null,
    attachments: null,
    counts: null,
    problem: null,
  };
  try {
    const kind = await kindOf(path);
    if (kind === 'plain') return { ...entry, kind: 'backup', ...said(await peekManifest(path)) };
    if (kind === 'unknown') return { ...entry, problem: backupSentence(NAME.test(name) ? 'DAMAGED' : 'NOT_A_BACKUP') };
    return { ...entry, kind: kind === 'database' ? 'database' : 'backup', encrypted: kind === 'encrypted' };
  } catch (error) {
    const fault = asFault(error);
    if (!(fault instanceof BackupFault)) throw error;
    return { ...entry, problem: backupSentence(fault.code, fault.detail) };
  }
}

/** Backups in a folder, newest first; also those of earlier versions. A folder that is not there has none. */
export async function listFolder(folder: string): Promise<BackupEntry[]> {
  const names = (await readdir(folder).catch(() => [])).filter(
    (n) => NAME.test(n) || OLD_NAME.test(n) || n.endsWith(ENDING),
  );
  const entries = await Promise.all(names.map(async (n) => await inspectBackup(join(folder, n)).catch(() => null)));
  return entries
    .filter((e) => e !== null)
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.name < b.name ? 1 : -1));
}

/** Makes sure that a folder named by a person is there. @throws ServiceError */
export async function needFolder(folder: string, make: boolean): Promise<void> {
  try {
    if (make) await mkdir(folder, { recursive: true });
    if (!(await stat(folder)).isDirectory()) throw backupRefused('TARGET_NOT_FOUND');
  } catch (error) {
    const fault = asFault(error);
    throw fault instanceof BackupFault
      ? backupRefused(fault.code === 'FILE_NOT_FOUND' ? 'TARGET_NOT_FOUND' : fault.code)
      : error;
  }
}
