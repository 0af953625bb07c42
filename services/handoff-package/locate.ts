// Finds the files of a package, and tells a bad copy by sums.txt before any key is asked for.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseAgeHeader, type Encryption } from './age.ts';
import { fromSystem, PackageError } from './errors.ts';
import { INDEX_FILE, SUMS_FILE } from './layout.ts';
import { AGE_HEADER_LIMIT, CHUNK } from './limits.ts';
import { parseSums } from './sums.ts';

export type Sums = 'ok' | 'absent';

/** The index of a package: of a folder, or the file itself. @throws PackageError NOT_A_PACKAGE */
export async function locateIndex(path: string): Promise<string> {
  const facts = await stat(path).catch(() => null);
  if (facts?.isFile()) return path;
  const index = join(path, INDEX_FILE);
  if (
    !facts?.isDirectory() ||
    !(await stat(index).then(
      (s) => s.isFile(),
      () => false,
    ))
  )
    throw new PackageError('NOT_A_PACKAGE');
  return index;
}

/** Files of attachments beside the index, in any order: each says itself which part it is. */
export async function partFiles(path: string): Promise<string[]> {
  const folder = dirname(await locateIndex(path));
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fromSystem(error, 'source');
  });
  return entries
    .filter((e) => e.isFile() && e.name.toLowerCase().endsWith('.ehp'))
    .map((e) => join(folder, e.name))
    .sort();
}

/**
 * Compares a file with sums.txt beside it; `stopped` is asked at every piece.
 * @throws PackageError CUT_SHORT, DAMAGED, CANCELLED, TARGET_GONE
 */
export async function checkSums(file: string, stopped?: () => boolean): Promise<Sums> {
  const text = await readFile(join(dirname(file), SUMS_FILE), 'utf8').catch(() => null);
  const known = text === null ? undefined : parseSums(text)?.get(basename(file));
  if (!known) return 'absent';
  const { size } = await stat(file);
  if (size < known.size) throw new PackageError('CUT_SHORT', { file: basename(file) });
  if (size > known.size) throw new PackageError('DAMAGED', { file: basename(file) });
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
      if (stopped?.() === true) throw new PackageError('CANCELLED');
      hash.update(chunk);
    }
  } catch (error) {
    throw fromSystem(error, 'source');
  }
  if (hash.digest('hex') !== known.sha256) throw new PackageError('DAMAGED', { file: basename(file) });
  return 'ok';
}

/**
 * What key a package asks for. A bad copy is told first, as when it is read.
 * @throws PackageError CUT_SHORT, DAMAGED, NOT_A_PACKAGE, TOO_BIG
 */
export async function encryptionOf(path: string): Promise<{ encryption: Encryption; sums: Sums }> {
  const index = await locateIndex(path);
  const sums = await checkSums(index);
  const handle = await open(index, 'r').catch((error: unknown) => {
    throw fromSystem(error, 'source');
  });
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, AGE_HEADER_LIMIT));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { encryption: parseAgeHeader(head.subarray(0, bytesRead), size).encryption, sums };
  } finally {
    await handle.close();
  }
}
