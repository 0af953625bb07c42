// A small disk of its own, to be filled up or made read-only: a file system in memory, where the tests may mount one.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, statfsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallDisk {
  path: string;
  /** Fills the disk up to `left` bytes. */
  fill(left: number): void;
  /** Makes room again. */
  free(): void;
  setReadOnly(is: boolean): void;
  remove(): void;
}

const MIB = 1024 * 1024;
const isFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOSPC';

/** Mounts a disk of `bytes` at `path`; null where that is not allowed. */
export function smallDisk(path: string, bytes: number): SmallDisk | null {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const filler = join(path, '.filler');
  return {
    path,
    fill(left) {
      const block = Buffer.alloc(MIB / 4);
      let size = 0;
      for (let step = block.length; step >= 4096;) {
        try { appendFileSync(filler, block.subarray(0, step)); size += step; } catch (error) { if (!isFull(error)) throw error; step /= 2; }
      }
      const { bavail, bsize } = statfsSync(path);
      truncateSync(filler, Math.max(0, size - Math.max(0, left - bavail * bsize)));
    },
    free() { rmSync(filler, { force: true }); },
    setReadOnly(is) { execFileSync('mount', ['-o', `remount,${is ? 'ro' : 'rw'}`, path], { stdio: 'ignore' }); },
    remove() { execFileSync('umount', ['-l', path], { stdio: 'ignore' }); },
  };
}

/** Whether disks can be mounted here; says so when not. */
export function canMount(root: string): boolean {
  const disk = process.platform === 'linux' && process.getuid?.() === 0 ? smallDisk(join(root, 'probe'), MIB) : null;
  disk?.remove();
  if (!disk) console.log('skipped: a small disk can only be mounted by root on Linux');
  return disk !== null;
}

