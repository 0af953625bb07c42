// A copy of the tree of sources with a history of its own, in which something may be taken away and put back.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './run.ts';

/** What a kind is not counted by, and the copy is built without. */
const LEFT_OUT = /^(tests|docs|bench)\//;

/** A file that a change touched. */
export interface Touched {
  readonly file: string;
  readonly added: number;
  readonly removed: number;
  readonly isNew: boolean;
}

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=recount', '-c', 'user.email=recount@localhost', '-c', 'core.autocrlf=false'];
  const done = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`git ${args[0] ?? ''}: ${done.stderr || String(done.error)}`);
  return done.stdout;
}

/** Every file of the tree, without tests, benchmarks and documents. */
export function filesOfTree(): string[] {
  return git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
    .split('\0')
    .filter((file) => file !== '' && !LEFT_OUT.test(file));
}

/** A copy of the tree in a temporary folder. */
export class TreeCopy {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'steward-recount-')));

  constructor(files: readonly string[]) {
    for (const file of files) this.fetch(file);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    git(this.folder, 'init', '--quiet');
  }

  /** Takes a file as it is in the tree. */
  fetch(file: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(this.folder, file));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  /** Takes what is there for what changes are counted from. */
  commit(): void {
    git(this.folder, 'add', '--all');
    git(this.folder, 'commit', '--quiet', '--message', 'as it is without the kind');
  }

  /** What changed since the last commit. */
  touched(): Touched[] {
    git(this.folder, 'add', '--all');
    const isNew = new Set(git(this.folder, 'diff', '--cached', '--name-only', '--diff-filter=A').split('\n'));
    return git(this.folder, 'diff', '--cached', '--numstat', '--no-renames')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'))
      .map(([added = '', removed = '', file = '']) => ({
        file,
        added: Number(added),
        removed: Number(removed),
        isNew: isNew.has(file),
      }));
  }

  /** Runs a script of the copy; its output where it failed, else null. */
  script(...args: string[]): string | null {
    const done = spawnSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8' });
    return done.status === 0 ? null : `${args.join(' ')}:\n${done.stdout}${done.stderr}`;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
