// What is dear to set up is made once in a run, by whoever needs it first, and copied by every test that works on it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeskOptions } from '../../services/workspace/index.ts';
import type { Places } from './shared-places.ts';

let own: string | null = null;

/** The folder of the run; outside of one a folder of this process. */
function home(): string {
  if (process.env.STEWARD_SHARED) return process.env.STEWARD_SHARED;
  if (!own) {
    const made = mkdtempSync(join(tmpdir(), 'steward-shared-'));
    process.on('exit', () => {
      rmSync(made, { recursive: true, force: true });
    });
    own = made;
  }
  return own;
}

/** Makes a place in a process of its own: neither mocks nor a false clock of the test that asks get into it. */
async function make(name: keyof Places, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'shared-places.ts'), name, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the shared place ${name} could not be made: ${errors}`);
}

/** Folder of a place. Only to be copied from. */
async function placeOf(name: keyof Places): Promise<string> {
  const place = join(home(), name);
  while (!existsSync(place)) {
    try {
      mkdirSync(`${place}.lock`);
    } catch {
      // Another file is making it, or has just failed to.
      await pause(50);
      continue;
    }
    try {
      if (existsSync(place)) break;
      await make(name, `${place}.new`);
      renameSync(`${place}.new`, place);
    } finally {
      rmdirSync(`${place}.lock`);
    }
  }
  return place;
}

/** Copies parts of a place: from name in the place to folder. */
export async function copyShared(name: keyof Places, parts: Readonly<Record<string, string>>): Promise<void> {
  const place = await placeOf(name);
  for (const [part, to] of Object.entries(parts))
    // A lock is of the process that took it.
    cpSync(join(place, part), to, { recursive: true, filter: (from) => !from.endsWith('.lock') });
}

/** A desk whose configuration lies in a folder, on the day of the tests. */
export const deskOptions = (folder: string): DeskOptions => ({
  resources: 'resources',
  version: 'test',
  configFolder: join(folder, 'config'),
  today: () => '2026-11-18',
});
