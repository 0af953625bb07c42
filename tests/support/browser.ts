// The browser that the end-to-end tests drive: found where machines usually keep one, started the same way everywhere.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** What the search looks at; a parameter so that tests can describe another machine. */
export interface Machine {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isProgram(path: string): boolean;
  /** Where Playwright would keep a Chromium of its own. */
  playwrightsOwn(): string;
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    try {
      accessSync(path, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  playwrightsOwn: () => chromium.executablePath(),
};

/** Programs to look for on the PATH of a Linux machine, in the order of preference. */
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chromium',
  'chromium-browser',
];
const LINUX_PLACES = ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/usr/lib/chromium/chromium'];
const MAC_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const WINDOWS_PLACES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

function usualPlaces({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return WINDOWS_PLACES.flatMap((parts) => roots.map((root) => win32.join(root, ...parts)));
  }
  if (platform === 'darwin') {
    return [...MAC_PLACES, ...(env.HOME ? MAC_PLACES.map((place) => posix.join(env.HOME ?? '', place)) : [])];
  }
  const folders = (env.PATH ?? '').split(posix.delimiter).filter(Boolean);
  return [...LINUX_NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name))), ...LINUX_PLACES];
}

/**
 * The program file of a Chromium-like browser, or null: the one named by STEWARD_BROWSER or CHROME_PATH, else Chrome,
 * Edge or Chromium in the usual places, else Playwright's own. Throws when a variable names a file that is not there,
 * rather than test another browser than was asked for.
 */
export function findBrowser(machine: Machine = thisMachine): string | null {
  for (const name of ['STEWARD_BROWSER', 'CHROME_PATH']) {
    const named = machine.env[name];
    if (!named) continue;
    if (machine.isProgram(named)) return named;
    throw new Error(`${name} names "${named}", which is not a program on this machine.`);
  }
  const found = usualPlaces(machine).find((place) => machine.isProgram(place));
  if (found) return found;
  const own = machine.playwrightsOwn();
  return own && machine.isProgram(own) ? own : null;
}

/** Starts the browser for a test; it is the caller's to close. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser was found; "npm test" gets one, or set STEWARD_BROWSER to its program file.');
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    ...options,
    args: [
      // Chromium's sandbox refuses root, and containers give /dev/shm 64 MB only.
      ...(isRoot ? ['--no-sandbox'] : []),
      ...(process.platform === 'linux' ? ['--disable-dev-shm-usage'] : []),
      '--lang=zh-CN',
      ...(options.args ?? []),
    ],
  });
}

/** Whether Chinese text would be drawn with real glyphs (Windows and macOS always bring them). */
export function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  if (list.error) return existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc');
  return list.stdout.trim() !== '';
}
