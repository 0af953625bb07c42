// The decisions of the shell that need no Electron: addresses, window place, paths, names, environment, menu.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { APP_URL, isAppUrl, mayRequest, mayUse } from '../../electron/app-url.ts';
import { isDocumentPath, isLocalPath } from '../../electron/bridge.ts';
import { cleanEnvironment } from '../../electron/clean-environment.ts';
import { safeFileName, saveDialogFor } from '../../electron/download-rules.ts';
import { discardEndpoint, newEndpoint } from '../../electron/endpoint.ts';
import { openLog } from '../../electron/log-file.ts';
import { contextMenuTemplate, menuTemplate } from '../../electron/menu-template.ts';
import { readRemembered, remember } from '../../electron/settings-file.ts';
import { DEFAULT_SIZE, fitWindowState, MIN_SIZE, readWindowState } from '../../electron/window-state.ts';

test('the window may be at app://desk only: look-alikes that a comparison by beginning would let through are refused', () => {
  for (const own of [APP_URL, 'app://desk/findings/1?tab=2#x', 'APP://desk/']) expect(isAppUrl(own), own).toBe(true);
  for (const foreign of [
    'app://desk.example.com/',
    'app://desk@example.com/',
    'app://user@desk/',
    'app://desk:8080/',
    'app://other/',
    'app:desk',
    'https://desk/',
    'file:///C:/x.html',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    '',
    'not an address',
  ]) {
    expect(isAppUrl(foreign), foreign).toBe(false);
  }
});

test('no request of the window reaches the network or the file system', () => {
  for (const own of [APP_URL, 'blob:app://desk/0-1', 'data:image/png;base64,AA'])
    expect(mayRequest(own), own).toBe(true);
  for (const foreign of [
    'https://example.com/',
    'http://127.0.0.1/',
    'ws://x/',
    'wss://x/',
    'ftp://x/',
    'file:///etc/passwd',
    '',
  ]) {
    expect(mayRequest(foreign), foreign).toBe(false);
  }
});

const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const SECOND = { x: 1920, y: 0, width: 1366, height: 728 };

test('the window opens where it was, also on the second screen', () => {
  const state = { bounds: { x: 1930, y: 10, width: 1200, height: 710 }, maximized: true };
  expect(fitWindowState(state, [SCREEN, SECOND])).toEqual(state);
});

test('a window left on a screen that is gone comes back to the middle of the first one', () => {
  const lost = { bounds: { x: 2500, y: 300, width: 1200, height: 720 }, maximized: false };
  expect(fitWindowState(lost, [SCREEN]).bounds).toEqual({ x: 277, y: 136, ...DEFAULT_SIZE });
});

test('a window whose title bar is out of reach is brought back: it could not be dragged', () => {
  for (const bounds of [
    { x: 100, y: -300, width: 1200, height: 720 },
    { x: 100, y: 1030, width: 1200, height: 720 },
    { x: -1150, y: 100, width: 1200, height: 720 },
  ]) {
    expect(fitWindowState({ bounds, maximized: false }, [SCREEN]).bounds).toMatchObject(DEFAULT_SIZE);
  }
});

test('the size is kept between the smallest that the screens are made for and the work area', () => {
  const fit = (width: number, height: number) =>
    fitWindowState({ bounds: { x: 0, y: 0, width, height }, maximized: false }, [SCREEN]).bounds;
  expect(fit(300, 200)).toMatchObject(MIN_SIZE);
  expect(fit(9_000, 9_000)).toMatchObject({ width: 1920, height: 1040 });
  expect(fitWindowState(null, [{ x: 0, y: 0, width: 1024, height: 600 }]).bounds).toEqual({ x: 0, y: 0, ...MIN_SIZE });
});

test('a window-state file that was cut off, edited or is of another program is as good as none', () => {
  const good = '{"bounds":{"x":1,"y":2,"width":1300,"height":800},"maximized":true}';
  expect(readWindowState(good)).toEqual({ bounds: { x: 1, y: 2, width: 1300, height: 800 }, maximized: true });
  for (const bad of [
    '',
    good.slice(0, 40),
    'null',
    '[]',
    '{"bounds":null}',
    '{"bounds":{"x":"1","y":2,"width":3,"height":4}}',
    '{"bounds":{"x":1e999,"y":0,"width":1,"height":1}}',
  ]) {
    expect(readWindowState(bad), bad).toBeNull();
  }
});

test('remembered facts survive a restart, and a folder that cannot be written is no reason to fail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-memory-'));
  try {
    remember(join(folder, 'deep', 'a.txt'), '甲');
    remember(join(folder, 'deep', 'a.txt'), '乙');
    expect(readRemembered(join(folder, 'deep', 'a.txt'))).toBe('乙');
    expect(readRemembered(join(folder, 'none.txt'))).toBe('');
    expect(() => remember(join(folder, 'deep', 'a.txt', 'below-a-file'), 'x')).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('only documents are opened, and only from this computer: no programs, shares, devices or alternate streams', () => {
  for (const path of ['C:\\报告\\月报.docx', 'D:/a/b.XLSX', 'c:\\x.pdf'])
    expect(isDocumentPath(path, 'win32'), path).toBe(true);
  for (const path of [
    'C:\\a.exe',
    'C:\\a.docx.lnk',
    'C:\\a.hta',
    '\\\\server\\share\\a.docx',
    '//server/share/a.docx',
    '\\\\?\\C:\\a.docx',
    '\\a.docx',
    'a.docx',
    'C:a.docx',
    'C:\\a.exe:b.docx',
    'C:\\a.docx.',
    'C:\\a.docx ',
    'file:///C:/a.docx',
    '',
    'C:\\a\0.docx',
    7,
    null,
    ['C:\\a.docx'],
  ]) {
    expect(isDocumentPath(path, 'win32'), String(path)).toBe(false);
  }
  expect(isDocumentPath('/home/a/月报.docx', 'linux')).toBe(true);
  for (const path of ['/home/a/run.sh', '/home/a/x.desktop', '/Applications/X.app', 'a.docx', '~/a.docx']) {
    expect(isDocumentPath(path, 'darwin'), path).toBe(false);
  }
  expect(isLocalPath('/home/a/run.sh', 'linux')).toBe(true);
  expect(isLocalPath(`/${'x'.repeat(40_000)}`, 'linux')).toBe(false);
});

test('a download gets a name that Windows takes, with its ending, without hidden characters that disguise it', () => {
  expect(safeFileName('第一轮检查月报（2025年3月）.docx')).toBe('第一轮检查月报（2025年3月）.docx');
  expect(safeFileName('甲/乙:丙*.xlsx')).toBe('甲_乙_丙_.xlsx');
  expect(safeFileName('..\\..\\evil.docx')).toBe('_.._evil.docx');
  expect(safeFileName('con.docx')).toBe('_con.docx');
  expect(safeFileName('报告\u202excod.exe')).toBe('报告_xcod.exe');
  expect(safeFileName('a.docx. . ')).toBe('a.docx');
  expect(safeFileName('')).toBe('未命名');
  expect(safeFileName(`${'长'.repeat(300)}.docx`)).toBe(`${'长'.repeat(120)}.docx`);
});

test('the save dialog opens in the folder of the last download and names the kind of file', () => {
  expect(saveDialogFor('月报.docx', join('home', 'reports'))).toEqual({
    title: '保存文件',
    defaultPath: join('home', 'reports', '月报.docx'),
    filters: [{ name: 'Word 文档', extensions: ['docx'] }],
  });
  expect(saveDialogFor('无后缀', 'x')).not.toHaveProperty('filters');
});

test('switches that make Node run foreign code do not reach the back end, in whatever case Windows spells them', () => {
  const env = {
    PATH: '/bin',
    NODE_OPTIONS: '--require /x',
    Node_Options: '--require /y',
    ELECTRON_RUN_AS_NODE: '1',
    LD_PRELOAD: 'x',
    EMPTY: undefined,
  };
  expect(cleanEnvironment(env)).toEqual({ PATH: '/bin' });
});

test('each start has a pipe and a secret of its own, in a folder that other users cannot enter', () => {
  const [first, second] = [newEndpoint(), newEndpoint()];
  expect(first.pipe).not.toBe(second.pipe);
  expect(first.secret).not.toBe(second.secret);
  expect(first.secret.length).toBeGreaterThanOrEqual(43);
  expect(newEndpoint('win32').pipe).toMatch(/^\\\\\.\\pipe\\steward-desk-[0-9a-f]{32}$/);
  if (process.platform !== 'win32') {
    expect(statSync(dirname(first.pipe)).mode & 0o077).toBe(0);
    const inDeepTemp = newEndpoint('darwin', join(tmpdir(), 'x'.repeat(120)));
    expect(Buffer.byteLength(inDeepTemp.pipe)).toBeLessThanOrEqual(103);
    discardEndpoint(inDeepTemp);
  }
  for (const endpoint of [first, second]) discardEndpoint(endpoint);
});

test('the log cannot fill the disk: it is rotated once, and a log that cannot be written stops nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-log-'));
  try {
    const file = join(folder, 'logs', 'main.log');
    const log = openLog(file, 200);
    for (let i = 0; i < 20; i += 1) log(`line ${i} ${'x'.repeat(30)}\n`);
    expect(readFileSync(file, 'utf8')).toContain('line 19');
    expect(statSync(file).size).toBeLessThan(400);
    expect(statSync(`${file}.old`).size).toBeLessThan(400);
    rmSync(folder, { recursive: true, force: true });
    expect(() => log('nobody reads this')).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

type Items = MenuItemConstructorOptions[];
const everyItem = (items: Items): Items =>
  items.flatMap((item) => [item, ...everyItem((item.submenu as Items | undefined) ?? [])]);

test.each(['win32', 'darwin', 'linux'] as const)(
  'every entry of the menu on %s has a Chinese label: a role alone would be English',
  (platform) => {
    const items = everyItem(menuTemplate(platform, true, { showLogs: () => undefined, about: () => undefined }));
    for (const item of items.filter(({ type }) => type !== 'separator'))
      expect(item.label, JSON.stringify(item)).toMatch(/\p{Script=Han}/u);
    expect(items.map((item) => item.role)).toEqual(expect.arrayContaining(['quit', 'copy', 'paste', 'undo', 'zoomIn']));
  },
);

test('developer tools are not in the menu of an installed program', () => {
  const roles = (packaged: boolean) =>
    everyItem(menuTemplate('win32', packaged, { showLogs: () => undefined, about: () => undefined })).map(
      ({ role }) => role,
    );
  expect(roles(true)).not.toContain('toggleDevTools');
  expect(roles(false)).toContain('toggleDevTools');
});

test('the right mouse button copies a selection and pastes into a field, and shows no empty menu elsewhere', () => {
  const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
  const roles = (isEditable: boolean, selectionText: string) =>
    contextMenuTemplate({ isEditable, selectionText, editFlags }).flatMap(({ role, enabled }) =>
      role ? [`${role}:${String(enabled)}`] : [],
    );
  expect(roles(false, ' ')).toEqual([]);
  expect(roles(false, '91440101')).toEqual(['copy:true']);
  expect(roles(true, '')).toEqual(['cut:false', 'copy:true', 'paste:true', 'selectAll:true']);
});

test('of all permissions the window has one: to put copied text on the clipboard, from its own page', () => {
  expect(mayUse('clipboard-sanitized-write', APP_URL)).toBe(true);
  expect(mayUse('clipboard-read', APP_URL)).toBe(false);
  expect(mayUse('media', APP_URL)).toBe(false);
  for (const foreign of ['https://example.com', 'app://other/', 'null', '', undefined])
    expect(mayUse('clipboard-sanitized-write', foreign), foreign).toBe(false);
});
