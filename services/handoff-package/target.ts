// Files on a stick: written beside their name, read back, renamed last; what fails leaves nothing behind.
import { createHash } from 'node:crypto';
import { mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { renameWithRetry } from '../../db/index.ts';
import { fromSystem, PackageError } from './errors.ts';
import type { FileSum } from './sums.ts';

const READ_BACK = 256 * 1024;
/** Bytes between two waits for the medium: on a slow stick the system would take in a whole part, and then not answer for minutes. */
const SYNC_EVERY = 4 * 1024 * 1024;
const SAME_NAME_TRIES = 100;

/** Told of bytes written and read back; `check` throws once people cancelled. */
export interface Watch {
  check(): void;
  moved(bytes: number): void;
}

const partial = (path: string): string => `${path}.partial`;

async function onTarget<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fromSystem(error, 'target');
  }
}

/**
 * Makes a new folder in `target`; a name already taken gets a number behind it. `announce` is told of each before it is
 * tried.
 * @throws PackageError TARGET_READ_ONLY, TARGET_GONE, NO_SPACE.
 */
export async function makeFolder(
  target: string,
  name: string,
  announce: (folder: string) => Promise<void>,
): Promise<string> {
  for (let no = 1; ; no += 1) {
    const folder = join(target, no === 1 ? name : `${name}-${no}`);
    await announce(folder);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || no === SAME_NAME_TRIES)
        throw fromSystem(error, 'target');
    }
  }
}

/** Removes what was written; a medium that is gone is left alone. */
export async function discardFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** @throws PackageError NO_SPACE when files of these sizes do not fit. */
export async function checkSpace(folder: string, sizes: readonly number[]): Promise<void> {
  const { bavail, blocks, bsize } = await onTarget(statfs(folder));
  // Some network shares do not say.
  if (blocks === 0 || bsize === 0) return;
  const needed = sizes.reduce((sum, size) => sum + Math.ceil(size / bsize), 0);
  if (needed > bavail)
    throw new PackageError('NO_SPACE', { where: 'target', needed: needed * bsize, free: bavail * bsize });
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await onTarget(handle.write(bytes, at, bytes.length - at))).bytesWritten;
}

async function writeOut(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  watch: Watch,
): Promise<{ size: number; sha256: string }> {
  const handle = await onTarget(open(path, 'wx'));
  const hash = createHash('sha256');
  let size = 0;
  let sincesync = 0;
  let syncing: Promise<void> = Promise.resolve();
  try {
    for await (const piece of pieces) {
      watch.check();
      await writeAll(handle, piece);
      hash.update(piece);
      size += piece.length;
      sincesync += piece.length;
      watch.moved(piece.length);
      if (sincesync < SYNC_EVERY) continue;
      await onTarget(syncing);
      syncing = handle.datasync();
      // Its error is thrown by the next wait; until then nobody listens.
      syncing.catch(() => undefined);
      sincesync = 0;
    }
    await onTarget(syncing);
    await onTarget(handle.sync());
  } finally {
    await handle.close().catch(() => undefined);
  }
  return { size, sha256: hash.digest('hex') };
}

async function readBack(path: string, watch: Watch): Promise<string> {
  const handle = await onTarget(open(path, 'r'));
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_BACK);
  try {
    for (;;) {
      watch.check();
      const { bytesRead } = await onTarget(handle.read(buffer, 0, buffer.length, null));
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      watch.moved(bytesRead);
    }
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/**
 * Writes `<path>.partial`, waits until the medium has it and compares what can be read there with what was meant.
 * @throws PackageError NO_SPACE, TARGET_READ_ONLY, TARGET_GONE, TARGET_FAULTY, CANCELLED; errors of `pieces` pass through.
 */
export async function putPartial(path: string, pieces: AsyncIterable<Uint8Array>, watch: Watch): Promise<FileSum> {
  const { size, sha256 } = await writeOut(partial(path), pieces, watch);
  if ((await readBack(partial(path), watch)) !== sha256)
    throw new PackageError('TARGET_FAULTY', { file: basename(path) });
  return { name: basename(path), size, sha256 };
}

/** Gives a file written by `putPartial` its name. */
export async function publish(path: string): Promise<void> {
  await onTarget(renameWithRetry(partial(path), path));
}

/** Waits until the names in a folder are on the medium, where the system knows how. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
