// A small disk of its own, to be filled up or made read-only: a file system in memory, where the tests may mount one.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
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
        try {
          appendFileSync(filler, block.subarray(0, step));
          size += step;
        } catch (error) {
          if (!isFull(error)) throw error;
          step /= 2;
        }
      }
      const { bavail, bsize } = statfsSync(path);
      truncateSync(filler, Math.max(0, size - Math.max(0, left - bavail * bsize)));
    },
    free() {
      rmSync(filler, { force: true });
    },
    setReadOnly(is) {
      execFileSync('mount', ['-o', `remount,${is ? 'ro' : 'rw'}`, path], { stdio: 'ignore' });
    },
    remove() {
      execFileSync('umount', ['-l', path], { stdio: 'ignore' });
    },
  };
}

/** A disk on a device of its own, whose file system can be made to answer every request with an input/output error. */
export interface FailingDisk {
  path: string;
  fail(): void;
  remove(): void;
}

/** What tells a file system of Linux to go down at once (EXT4_IOC_SHUTDOWN, without writing its log). */
const SHUT_DOWN =
  'open(my $d, "<", $ARGV[0]) or die; my $flags = pack("L", 2); ioctl($d, 0x8004587d, $flags) or die $!';

/** Mounts such a disk of `bytes` at `path`; null where that is not possible. */
export function failingDisk(path: string, bytes: number): FailingDisk | null {
  const image = `${path}.img`;
  mkdirSync(path, { recursive: true });
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    writeFileSync(image, '');
    truncateSync(image, bytes);
    run('mkfs.ext4', '-q', '-O', '^has_journal', image);
    run('mount', '-o', 'loop', image, path);
  } catch {
    return null;
  }
  return {
    path,
    fail() {
      run('perl', '-e', SHUT_DOWN, path);
    },
    remove() {
      run('umount', '-l', path);
    },
  };
}

/** Whether disks can be mounted here; says so when not. */
export function canMount(root: string): boolean {
  const disk = process.platform === 'linux' && process.getuid?.() === 0 ? smallDisk(join(root, 'probe'), MIB) : null;
  disk?.remove();
  if (!disk) console.log('skipped: a small disk can only be mounted by root on Linux');
  return disk !== null;
}
