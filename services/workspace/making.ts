// A workspace is made whole or not at all.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clearUnfinished, databaseFile, isUnfinished, isWorkspace, StoreError } from '../../db/index.ts';
import type { Context } from '../context.ts';

/** What opens and closes workspaces. */
interface Opener {
  readonly isOpen: boolean;
  readonly context: Context;
  open(folder: string, remember?: boolean): Promise<Context>;
  close(): Promise<void>;
}

/**
 * Makes a workspace in `folder`. Where that fails, nothing of it stays: not the folder where it is new, nor what was made in it; what
 * lay there before is untouched, and the workspace that was open is open again. What an attempt that was killed left goes first.
 * @throws StoreError WORKSPACE_EXISTS where there is one; whatever `make` throws
 */
export async function wholeOrNothing<T>(desk: Opener, folder: string, make: () => Promise<T>): Promise<T> {
  if (isUnfinished(folder)) clearUnfinished(folder);
  else if (isWorkspace(folder) || existsSync(databaseFile(folder)))
    throw new StoreError('WORKSPACE_EXISTS', 'there is a workspace already', { folder });
  const previous = desk.isOpen ? desk.context.store.folder : null;
  const before = existsSync(folder) ? new Set(readdirSync(folder)) : null;
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    await desk.close();
    return await make();
  } catch (error) {
    await desk.close();
    if (made) await rm(made, { recursive: true, force: true });
    else if (before) await removeFrom(folder, (name) => !before.has(name));
    if (previous) await desk.open(previous, false);
    throw error;
  }
}

async function removeFrom(folder: string, goes: (name: string) => boolean): Promise<void> {
  for (const name of readdirSync(folder).filter(goes)) await rm(join(folder, name), { recursive: true, force: true });
}
