// Running the project's tools as this Node would: no shell and no .cmd shim, so that Windows behaves like the rest.
import { spawn, type SpawnOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** The script file behind a package's command, wherever the package keeps it. */
export function packageBin(packageName: string, command = packageName): string {
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin?: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin?.[command];
  if (!script) throw new Error(`${packageName} has no command named ${command}`);
  return join(dirname(manifest), script);
}

/** Runs a program with its output on ours; resolves with its exit code (1 when a signal ended it). */
export function run(program: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a package's command under this very Node. */
export function runBin(packageName: string, command: string, args: string[], options?: SpawnOptions): Promise<number> {
  return run(process.execPath, [packageBin(packageName, command), ...args], options);
}

/**
 * Stops with one sentence unless this is a Node that better-sqlite3 can live in. The engine is compiled against
 * Node-API 10; an older Node does not refuse it but crashes in the middle of work.
 */
export function requireCurrentNode(versions: { node: string; napi?: string } = process.versions): void {
  if (Number(versions.napi ?? 0) >= 10) return;
  console.error(
    `Steward Desk needs the Node 24 that "npm ci" puts into node_modules, but is running on Node ${versions.node}: ` +
      'start it with "npm start" (not "node scripts/…") after "npm ci".',
  );
  process.exit(1);
}
