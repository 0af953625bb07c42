// Temporary folders of packages on their way in and out, and what processes left in them that were killed.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRunning } from '../../db/index.ts';
import { FOLDER_NOTE, fromSystem, INDEX_FILE } from '../handoff-package/index.ts';

const LEFT = /^steward-(?:incoming|outgoing)-(\d+)-/;

/** A new folder that {@link clearLeftHandoffs} knows. @throws PackageError NO_SPACE, TARGET_READ_ONLY, TARGET_GONE */
export async function temporaryFolder(way: 'incoming' | 'outgoing'): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), `steward-${way}-${process.pid}-`));
  } catch (error) {
    throw fromSystem(error, 'temp');
  }
}

const isThere = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    () => false,
  );

/** Removes a package that was not finished from where it was being written. False when its medium is not there now. */
async function clearUnfinished(left: string): Promise<boolean> {
  const folder = await readFile(join(left, FOLDER_NOTE), 'utf8').catch(() => '');
  if (folder === '') return true;
  if (!(await isThere(dirname(folder)))) return false;
  // With its index a folder is a package: the process ended just after it.
  if (!(await isThere(join(folder, INDEX_FILE)))) await rm(folder, { recursive: true, force: true });
  return true;
}

/** Removes what imports and exports left behind that were killed: staged data in the open, and half a package on a stick. */
export async function clearLeftHandoffs(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = Number(LEFT.exec(name)?.[1]);
    if (!(pid > 0) || isRunning(pid)) continue;
    const left = join(tmpdir(), name);
    const cleared = await clearUnfinished(left).catch(() => false);
    for (const inside of await readdir(left).catch(() => []))
      if (inside !== FOLDER_NOTE) await rm(join(left, inside), { recursive: true, force: true }).catch(() => undefined);
    if (cleared) await rm(left, { recursive: true, force: true }).catch(() => undefined);
  }
}
