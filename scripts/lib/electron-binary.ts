// Whether the desktop form can be had here: a display, and Electron's binary (fetched at first use, in bounded time).
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

const ELECTRON = join(ROOT, 'node_modules', 'electron');
const FETCH_LIMIT_SECONDS = 300;

export type Desktop = { binary: string } | { impossible: string };

/** The program file of an installed Electron, or null. */
export function installedElectron(folder = ELECTRON, env: NodeJS.ProcessEnv = process.env): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Whether a window could be shown: always on Windows and macOS, with an X or Wayland display elsewhere. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Lets Electron's own installer fetch the binary; gives up silently after the limit. */
async function fetchElectron(limitSeconds: number): Promise<void> {
  console.log('Fetching the Electron program (once) …');
  const installer = spawn(process.execPath, [join(ELECTRON, 'install.js')], { cwd: ROOT, stdio: 'ignore' });
  const limit = setTimeout(() => installer.kill(), limitSeconds * 1000);
  await new Promise<void>((done) => {
    installer.once('error', () => done());
    installer.once('exit', () => done());
  });
  clearTimeout(limit);
}

/** Finds what the desktop form needs; never throws, and says in words why it cannot be had. */
export async function findDesktop(env: NodeJS.ProcessEnv = process.env): Promise<Desktop> {
  if (!hasDisplay(process.platform, env)) return { impossible: 'There is no display' };
  if (!installedElectron(ELECTRON, env)) {
    const seconds = Number(env.STEWARD_ELECTRON_WAIT ?? FETCH_LIMIT_SECONDS);
    if (seconds > 0) await fetchElectron(seconds);
  }
  const binary = installedElectron(ELECTRON, env);
  return binary ? { binary } : { impossible: 'The Electron program could not be fetched' };
}
