// Trial restores and restores: into a new folder, or in place of a damaged workspace whose files are moved aside.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { v7 } from 'uuid';
import { blobPath, isWorkspace, lockFile, readFacts, writeFacts, type WorkspaceFacts } from '../../db/index.ts';
import { localStamp } from '../../domain/values/clock.ts';
import type { BackupRestored, BackupVerified } from '../../contract/backup.ts';
import { asFault, BackupFault, DATABASE_NAME, hashOf, needSpace } from '../backup-file/index.ts';
import { inBackground, type Outcome } from '../workers/index.ts';
import { inspectBackup, scratchIn, scratchInTemp, sweep } from './files.ts';
import type { BackupControl } from './make.ts';
import { backupRefused } from './sentences.ts';

const RESTORING = '.restoring';
/** Held while a workspace is open or being restored. */
const LOCK = 'workspace.lock';
/** Files of a database and what names the workspace: moved aside before others take their place. */
const MOVED = ['steward.db', 'steward.db-wal', 'steward.db-shm', 'workspace.json'];

function valueOf<T>(outcome: Outcome<T>, control: BackupControl): T {
  if (control.signal.aborted) throw backupRefused('CANCELLED');
  if (!outcome.ok) throw backupRefused(outcome.code, outcome.detail);
  return outcome.value;
}

interface Unpacked {
  facts: WorkspaceFacts | null;
  office: string;
  counts: Record<string, number>;
  at: string | null;
  included: boolean;
  checked: number;
  problems: string[];
  warnings: string[];
}

/** Unpacks and checks a backup of either kind into `scratch`. @throws ServiceError */
async function unpack(
  file: string,
  passphrase: string | null,
  scratch: string,
  attachmentFolder: string | null,
  control: BackupControl,
): Promise<Unpacked> {
  const entry = await inspectBackup(file);
  await mkdir(scratch, { recursive: true });
  const progress = control.progress.bind(control);
  if (entry.kind === 'database') {
    await needSpace(scratch, entry.size).catch((error: unknown) => {
      throw error instanceof BackupFault ? backupRefused(error.code, error.detail) : error;
    });
    const old = valueOf(
      await inBackground(
        'unpackDatabase',
        { file: entry.path, target: join(scratch, DATABASE_NAME) },
        progress,
        control.signal,
      ),
      control,
    );
    return {
      facts: null,
      office: old.owner.office,
      counts: old.counts,
      at: entry.at,
      included: false,
      checked: 0,
      problems: [],
      warnings: [
        '旧版备份没有记下行数和指纹，只检查了数据库本身',
        ...(old.foreignKeyProblems > 0 ? [`${old.foreignKeyProblems} 处引用找不到对象`] : []),
      ],
    };
  }
  const { manifest, ...checked } = valueOf(
    await inBackground(
      'unpackBackup',
      { file: entry.path, passphrase, scratch, attachmentFolder },
      progress,
      control.signal,
    ),
    control,
  );
  return {
    facts: manifest.workspace,
    office: manifest.office.name || manifest.workspace.office,
    counts: checked.counts,
    at: manifest.madeAt,
    included: manifest.attachments.included,
    checked: checked.attachments,
    problems: checked.problems,
    warnings: checked.warnings,
  };
}

/**
 * Restores a backup on trial: everything is read, checked and thrown away. `near`: a workspace folder for what is
 * unpacked.
 * @throws ServiceError
 */
export async function verifyBackup(
  given: { file: string; passphrase: string | null; near: string | null },
  control: BackupControl,
): Promise<BackupVerified> {
  const path = resolve(given.file);
  const scratch = given.near ? scratchIn(given.near) : scratchInTemp();
  try {
    const found = await unpack(path, given.passphrase, scratch, null, control);
    return {
      ok: found.problems.length === 0,
      path,
      at: found.at,
      office: found.office,
      tables: Object.keys(found.counts).length,
      rows: Object.values(found.counts).reduce((a, b) => a + b, 0),
      counts: found.counts,
      attachments: { included: found.included, checked: found.checked },
      problems: found.problems,
      warnings: found.warnings,
    };
  } finally {
    await sweep(scratch).catch(() => undefined);
  }
}

/** @throws ServiceError unless the folder is new or empty (what a restore that was killed left does not count) */
async function needEmpty(folder: string): Promise<void> {
  if (isWorkspace(folder) || existsSync(join(folder, DATABASE_NAME))) throw backupRefused('IS_WORKSPACE');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw backupRefused('TARGET_NOT_EMPTY');
  });
  if (names.some((name) => !name.startsWith(LOCK) && !name.startsWith(RESTORING)))
    throw backupRefused('TARGET_NOT_EMPTY');
}

/** Removes what a restore that was killed left; only whoever holds the folder may. */
async function clearRestoring(folder: string): Promise<void> {
  await needEmpty(folder);
  for (const name of await readdir(folder)) if (name.startsWith(RESTORING)) await sweep(join(folder, name));
}

/** The facts of a damaged workspace, as far as they can still be read. */
function factsOf(folder: string): WorkspaceFacts | null {
  try {
    return readFacts(folder);
  } catch {
    return null;
  }
}

/** @throws ServiceError unless the workspace in the folder is damaged; a sound one is never replaced */
async function needDamaged(folder: string, control: BackupControl): Promise<void> {
  const database = join(folder, DATABASE_NAME);
  if (factsOf(folder) === null || !existsSync(database)) return;
  const problems = valueOf(
    await inBackground('examine', { file: database, thorough: true }, control.progress.bind(control), control.signal),
    control,
  );
  if (problems.length === 0) throw backupRefused('NOT_DAMAGED');
}

/** Copies attachments that the database knows from where the backup's workspace keeps them; counts those that are nowhere. */
async function bringAttachments(
  known: readonly string[],
  target: string,
  source: string | null,
  control: BackupControl,
): Promise<{ brought: number; missing: number }> {
  let [brought, missing, done] = [0, 0, 0];
  for (const sha256 of known) {
    if (control.signal.aborted) throw backupRefused('CANCELLED');
    done += 1;
    const to = blobPath(target, sha256);
    if (existsSync(to)) continue;
    const from = source && blobPath(source, sha256);
    if (!from || !existsSync(from) || (await hashOf(from)) !== sha256) {
      missing += 1;
      continue;
    }
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    brought += 1;
    control.progress(done, known.length, '复制附件');
  }
  return { brought, missing };
}

/** Moves the attachments that were unpacked beside those that are there; the same name is the same content. */
async function settleAttachments(from: string, to: string): Promise<void> {
  for (const part of await readdir(from).catch(() => [])) {
    await mkdir(join(to, part), { recursive: true });
    for (const name of await readdir(join(from, part))) {
      const target = join(to, part, name);
      if (existsSync(target) && (await hashOf(target)) === name) continue;
      await rename(join(from, part, name), target);
    }
  }
}

/** Moves the files of a damaged workspace into `damaged-<time>/`; returns that folder, or null when there was none to move. */
async function moveAside(folder: string): Promise<string | null> {
  const now = Date.now();
  const stem = `damaged-${localStamp(now)}`;
  const aside = join(folder, existsSync(join(folder, stem)) ? `${stem}-${v7().slice(-4)}` : stem);
  const there = MOVED.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0) return null;
  await mkdir(aside);
  for (const name of there) await rename(join(folder, name), join(aside, name));
  return aside;
}

export interface RestoreOrder {
  file: string;
  folder: string;
  passphrase: string | null;
  replaceDamaged: boolean;
}

/**
 * Restores a backup, after a trial restore of it. `workspace.json` comes last: until then the folder is no workspace. The
 * restored database belongs to no device; opening it enrols a new one.
 * @throws ServiceError with `data.code`; a new folder is then as it was, a damaged workspace untouched
 */
export async function restoreBackup(order: RestoreOrder, control: BackupControl): Promise<BackupRestored> {
  if (!isAbsolute(order.folder)) throw backupRefused('NOT_ABSOLUTE');
  const folder = resolve(order.folder);
  if (!order.replaceDamaged) await needEmpty(folder);
  const isNew = !existsSync(folder);
  const scratch = join(folder, `${RESTORING}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const unlock = lockFile(join(folder, LOCK));
  // Whoever has it makes or uses a workspace there; nothing of theirs is touched.
  if (!unlock) throw backupRefused(order.replaceDamaged ? 'IN_USE' : 'RESTORING_THERE');
  let finished = false;
  try {
    if (order.replaceDamaged) await needDamaged(folder, control);
    else await clearRestoring(folder);
    await mkdir(scratch, { recursive: true });
    const restored = await bring(order, folder, scratch, control);
    finished = true;
    return restored;
  } catch (error) {
    const fault = asFault(error);
    throw fault instanceof BackupFault ? backupRefused(fault.code, fault.detail) : error;
  } finally {
    await sweep(scratch).catch(() => undefined);
    if (isNew && !finished) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    unlock();
    if (!isNew && !finished && !order.replaceDamaged) await sweep(join(folder, LOCK)).catch(() => undefined);
  }
}

async function bring(
  order: RestoreOrder,
  folder: string,
  scratch: string,
  control: BackupControl,
): Promise<BackupRestored> {
  const blobs = join(scratch, 'attachments');
  const found = await unpack(order.file, order.passphrase, scratch, blobs, control);
  if (found.problems.length > 0) throw backupRefused('DAMAGED', found.problems[0]);
  const database = join(scratch, DATABASE_NAME);
  const beside = join(dirname(resolve(order.file)), '..');
  const present = order.replaceDamaged ? factsOf(folder) : null;
  if (present && found.facts && present.id !== found.facts.id) throw backupRefused('OTHER_WORKSPACE');
  const facts: WorkspaceFacts = found.facts ??
    present ??
    factsOf(beside) ?? { format: 1, id: v7(), office: found.office, createdAt: new Date().toISOString(), demo: false };
  const { attachments } = valueOf(
    await inBackground('prepareRestored', { file: database }, () => undefined, control.signal),
    control,
  );
  const kept = join(folder, 'attachments');
  const source = order.replaceDamaged ? kept : join(beside, 'attachments');
  const { brought, missing } = order.replaceDamaged
    ? { brought: 0, missing: await countMissing(attachments, [blobs, kept]) }
    : await bringAttachments(attachments, blobs, existsSync(source) ? source : null, control);
  const movedAside = order.replaceDamaged ? await moveAside(folder) : null;
  await settleAttachments(blobs, kept);
  await rename(database, join(folder, DATABASE_NAME));
  await writeFacts(folder, facts);
  return {
    folder,
    office: found.office,
    counts: found.counts,
    attachments: { restored: found.checked + brought, missing },
    movedAside,
  };
}

async function countMissing(known: readonly string[], folders: readonly string[]): Promise<number> {
  let missing = 0;
  for (const sha256 of known) {
    const there = await Promise.all(
      folders.map(
        async (f) =>
          await stat(blobPath(f, sha256)).then(
            () => true,
            () => false,
          ),
      ),
    );
    if (!there.includes(true)) missing += 1;
  }
  return missing;
}
