// Building what runs outside the sources: the window (vite) and the back end with the shell (tsc), and when each is due.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLicences } from './licences.ts';
import { ROOT, runBin } from './run.ts';

/** Where the built window lies; the back end serves this folder. */
export const WINDOW_DIR = join(ROOT, 'dist', 'renderer');

const BACK_END_FOLDERS = ['domain', 'contract', 'services', 'db', 'host', 'electron'];
const WINDOW_SOURCES = ['vite.config.ts', 'renderer', 'contract', 'domain', 'package-lock.json'];
const BACK_END_SOURCES = [...BACK_END_FOLDERS, 'tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json'];

/** Bundles the window into dist/renderer, with the licence texts of what is shipped beside it. */
export async function buildWindow(): Promise<number> {
  // Said outright, since tests that find the window out of date build it from an environment of their own.
  const env = { ...process.env, NODE_ENV: 'production' };
  const code = await runBin('vite', 'vite', ['build'], { env });
  if (code === 0) writeLicences(WINDOW_DIR);
  return code;
}

/** Compiles everything else into dist/ as a mirror of the tree, without leftovers of files that are gone. */
export function buildBackEnd(): Promise<number> {
  for (const folder of BACK_END_FOLDERS) rmSync(join(ROOT, 'dist', folder), { recursive: true, force: true });
  return runBin('typescript', 'tsc', ['-p', 'tsconfig.build.json']);
}

/** Time of the newest file below the paths, in milliseconds since 1970; 0 when there is none. */
export function newestChange(paths: string[]): number {
  let newest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    if (!stat.isDirectory()) {
      newest = Math.max(newest, stat.mtimeMs);
      continue;
    }
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    }
  }
  return newest;
}

/** Whether a result is missing or older than one of its sources. */
export function isStale(result: string, sources: string[]): boolean {
  return !existsSync(result) || statSync(result).mtimeMs < newestChange(sources);
}

const inRoot = (names: string[]): string[] => names.map((name) => join(ROOT, name));

/** Builds the window unless dist/renderer is up to date. */
export async function ensureWindow(): Promise<number> {
  return isStale(join(WINDOW_DIR, 'index.html'), inRoot(WINDOW_SOURCES)) ? buildWindow() : 0;
}

/** Compiles the back end and the shell unless dist/ is up to date. */
export async function ensureBackEnd(): Promise<number> {
  return isStale(join(ROOT, 'dist', 'electron', 'main.js'), inRoot(BACK_END_SOURCES)) ? buildBackEnd() : 0;
}

/** Compiles the back end with the benchmarks into .cache/bench unless that is up to date; its folder, or why it failed. */
export async function ensureBench(): Promise<{ folder: string } | { failed: string }> {
  const folder = join(ROOT, '.cache', 'bench');
  const done = join(folder, 'done');
  if (!isStale(done, inRoot([...BACK_END_SOURCES, 'bench', 'tsconfig.bench.json']))) return { folder };
  rmSync(folder, { recursive: true, force: true });
  const code = await runBin('typescript', 'tsc', ['-p', 'tsconfig.bench.json']);
  if (code !== 0) return { failed: `tsc ended with ${code}` };
  writeFileSync(done, '');
  return { folder };
}
