// Starting the real desktop application for a test: packed, or from the checkout, with a profile of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { hasDisplay, installedElectron } from '../../../scripts/lib/electron-binary.ts';
import { ROOT } from '../../../scripts/lib/run.ts';
import { WAIT_MS } from '../../support/limits.ts';

export interface DesktopUnderTest {
  app: ElectronApplication;
  window: Page;
}

/** The program to start and its first arguments: the packed one named by STEWARD_DESKTOP_APP, else Electron on dist/. */
export function desktopProgram(): { executablePath: string; args: string[] } | { missing: string } {
  const packed = process.env.STEWARD_DESKTOP_APP;
  if (packed) return { executablePath: packed, args: [] };
  const electron = installedElectron();
  if (!electron)
    return { missing: 'the Electron program is not on this machine (it is fetched at the first "npm start")' };
  if (!hasDisplay()) return { missing: 'there is no display' };
  return { executablePath: electron, args: [ROOT] };
}

/** A profile that is thrown away: window place, settings, keys and logs of the tests touch nobody's own. */
export function throwAwayProfile(): {
  folder: string;
  args: string[];
  env: Record<string, string>;
  discard: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'steward-desktop-e2e-'));
  const env: Record<string, string> = { STEWARD_CONFIG: join(folder, 'settings') };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  delete env.ELECTRON_RUN_AS_NODE;
  return {
    folder,
    args: [`--user-data-dir=${join(folder, 'profile')}`],
    env,
    discard: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

/** Starts the application and waits until its window shows something. */
export async function startDesktop(profile: ReturnType<typeof throwAwayProfile>): Promise<DesktopUnderTest> {
  const program = desktopProgram();
  if ('missing' in program) throw new Error(program.missing);
  const app = await _electron.launch({
    executablePath: program.executablePath,
    args: [...program.args, ...profile.args],
    env: profile.env,
    timeout: WAIT_MS,
  });
  const window = await app.firstWindow();
  await window.locator('#app :is(h1, nav)').first().waitFor({ timeout: WAIT_MS });
  return { app, window };
}
