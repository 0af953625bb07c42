// Global setup of a run: a folder for what is dear to set up, which test files share (shared.ts); removed when the run ends.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export default function setup(): (() => void) | undefined {
  // Every layer asks for it; the first one makes it for all.
  if (process.env.STEWARD_SHARED) return undefined;
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'steward-shared-'));
  process.env.STEWARD_SHARED = folder;
  // Every package and every command line starts a thread or a process: they need not compile the sources again each time.
  process.env.NODE_COMPILE_CACHE ??= resolve('.cache', 'compile');
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
