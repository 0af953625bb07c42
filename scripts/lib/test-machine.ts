// Getting what the tests need of the machine: a browser, and Chinese glyphs to draw the window and the documents with.
import { spawnSync } from 'node:child_process';
import { findBrowser, hasChineseFont } from '../../tests/support/browser.ts';
import { run, runBin } from './run.ts';

/** Whether packages of the system can be installed without asking: apt-get, and root. */
function canUseApt(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

let listsAreFresh = false;

async function aptInstall(...packages: string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!listsAreFresh) {
    // An update that fails for one source may still have brought what is needed.
    await run('apt-get', ['update', '-q'], { env });
    listsAreFresh = true;
  }
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })) === 0;
}

const TO_INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Install Google Chrome or Microsoft Edge',
  darwin: 'Install Google Chrome, Microsoft Edge or Chromium into /Applications',
};

/** The browser's program file, installed if need be; stops with a sentence that says what to install. */
export async function ensureBrowser(): Promise<string> {
  const present = findBrowser();
  if (present) return present;
  if (canUseApt()) {
    console.log('No browser found; installing chromium with apt-get …');
    await aptInstall('chromium');
  }
  if (!findBrowser()) {
    console.log('No browser found; asking Playwright to download its own …');
    await runBin('playwright-core', 'playwright-core', ['install', 'chromium'], { timeout: 600_000 });
  }
  const installed = findBrowser();
  if (installed) return installed;
  console.error(
    `The end-to-end tests need a browser and none could be installed. ` +
      `${TO_INSTALL[process.platform] ?? 'As root: apt-get install chromium fonts-noto-cjk'}, ` +
      'or set STEWARD_BROWSER to the program file of a Chromium-like browser.',
  );
  process.exit(1);
}

/** Sees to a Chinese font on Linux where that is possible; tests that measure pictures of text say so if it is missing. */
export async function ensureChineseFont(): Promise<void> {
  if (hasChineseFont()) return;
  if (canUseApt() && (await aptInstall('fonts-noto-cjk', 'fontconfig')) && hasChineseFont()) return;
  console.log('No Chinese font on this machine: the tests run, but screenshots show boxes (Debian: fonts-noto-cjk).');
}
