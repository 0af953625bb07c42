// What a workspace holds is nobody else's on this computer. Where the system knows owners (not on Windows, where the user's folder guards
// what is in it), files and folders are readable by theirs alone.
import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** What everybody else may do with a file, and the mark of a folder that is common to all, such as /tmp. */
const OTHERS = 0o077;
const COMMON = 0o1000;
/** What lies at the top of a workspace and of its backups: whoever can't enter the folders can't reach what is below them. */
const TOP = /^(workspace\.(json|lock)|steward\.db(-wal|-shm|-journal)?|attachments|backups|damaged-.+)$/;
const BACKUPS = 'backups';

/**
 * Makes every file and folder that this process makes from now on its owner's alone: also those that SQLite makes, those of its threads
 * and of programs that it starts. Called first of all by whatever starts the back end.
 */
export function keepPrivate(): void {
  if (isMainThread && process.platform !== 'win32') process.umask(OTHERS);
}

/** Takes from everybody else what an earlier release or a copying program left them; a link is left alone, what can't be changed too. */
function close(path: string): void {
  try {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink() || (entry.mode & COMMON) !== 0 || (entry.mode & OTHERS) === 0) return;
    chmodSync(path, entry.mode & 0o700);
  } catch {
    // Not ours to change, or a medium that knows no owners.
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Closes a folder of keys or a workspace to everybody else, with what is at its top. */
export function makePrivate(folder: string, ofTop: RegExp = TOP): void {
  if (process.platform === 'win32') return;
  close(folder);
  for (const name of namesIn(folder)) if (ofTop.test(name)) close(join(folder, name));
  for (const name of namesIn(join(folder, BACKUPS))) close(join(folder, BACKUPS, name));
}
