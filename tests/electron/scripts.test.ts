// The scripts behind npm start and npm test: what they find on a machine, and when they build.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { HEAP_FLAGS } from '../../electron/heap-flags.ts';
import { isStale, newestChange } from '../../scripts/lib/build.ts';
import { hasDisplay, installedElectron } from '../../scripts/lib/electron-binary.ts';
import { packageBin, requireCurrentNode, ROOT } from '../../scripts/lib/run.ts';
import { findBrowser, type Machine } from '../support/browser.ts';

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Record<string, number>): string {
  const folder = mkdtempSync(join(tmpdir(), 'steward-scripts-'));
  folders.push(folder);
  for (const [name, seconds] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), seconds, seconds);
  }
  return folder;
}

test('the window is built when it is missing or when any source, however deep, is newer', () => {
  const folder = tree({
    'src/a.ts': 100,
    'src/deep/er/b.vue': 300,
    'lock.json': 50,
    'out/old.html': 299,
    'out/new.html': 301,
  });
  const sources = [join(folder, 'src'), join(folder, 'lock.json'), join(folder, 'not-there')];
  expect(newestChange(sources)).toBe(300_000);
  expect(isStale(join(folder, 'out', 'old.html'), sources)).toBe(true);
  expect(isStale(join(folder, 'out', 'new.html'), sources)).toBe(false);
  expect(isStale(join(folder, 'out', 'none.html'), sources)).toBe(true);
});

test('an older Node is refused with one sentence, since the database engine would crash on it later', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  requireCurrentNode({ node: '24.21.0', napi: '10' });
  expect(exit).not.toHaveBeenCalled();
  requireCurrentNode({ node: '20.20.2', napi: '9' });
  expect(exit).toHaveBeenCalledWith(1);
  expect(error).toHaveBeenCalledTimes(1);
  expect(String(error.mock.calls[0]?.[0])).toMatch(/^[^\n]*20\.20\.2[^\n]*npm start[^\n]*$/);
});

test('a package without the command asked for is named, instead of running something else', () => {
  expect(packageBin('typescript', 'tsc')).toMatch(/tsc$/);
  expect(() => packageBin('typescript', 'nothing')).toThrow(/typescript.*nothing/);
});

test('a Linux without X or Wayland has no display; Windows and macOS always have one', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('win32', {})).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});

test('Electron counts as installed only when its program is there: the package alone brings none', () => {
  const folder = tree({ 'dist/electron': 1 });
  expect(installedElectron(folder, {})).toBeNull();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(installedElectron(folder, {})).toBe(join(folder, 'dist', 'electron'));
  expect(installedElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') })).toBeNull();
});

const machine = (
  platform: NodeJS.Platform,
  programs: string[],
  env: NodeJS.ProcessEnv = {},
  own = '/cache/chrome',
): Machine => ({
  platform,
  env,
  isProgram: (path) => programs.includes(path),
  playwrightsOwn: () => own,
});

test("the browser is found where each system keeps it, the named one first, and Playwright's own last", () => {
  const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
  expect(findBrowser(machine('win32', [edge], env))).toBe(edge);
  expect(findBrowser(machine('win32', [edge, chrome], env))).toBe(chrome);
  const mac = '/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(findBrowser(machine('darwin', [mac], { HOME: '/Users/a' }))).toBe(mac);
  expect(
    findBrowser(machine('linux', ['/usr/bin/chromium', '/cache/chrome'], { PATH: '/usr/local/bin:/usr/bin' })),
  ).toBe('/usr/bin/chromium');
  expect(findBrowser(machine('linux', ['/cache/chrome'], { PATH: '/usr/bin' }))).toBe('/cache/chrome');
  expect(
    findBrowser(machine('linux', ['/my/chrome', '/usr/bin/chromium'], { PATH: '/usr/bin', CHROME_PATH: '/my/chrome' })),
  ).toBe('/my/chrome');
  expect(findBrowser(machine('linux', [], { PATH: '/usr/bin' }))).toBeNull();
});

test('a variable that names no program is an error: another browser must not be tested in its place', () => {
  expect(() =>
    findBrowser(machine('linux', ['/usr/bin/chromium'], { PATH: '/usr/bin', STEWARD_BROWSER: '/typo' })),
  ).toThrow(/STEWARD_BROWSER.*\/typo/);
});

test('the back end runs with the same memory flags under Node as under Electron', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const name of ['start', 'serve', 'steward']) expect(scripts[name], name).toContain(` ${HEAP_FLAGS.join(' ')} `);
});
