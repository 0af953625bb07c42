// The whole shell put together on a stand-in for Electron: order of starting, locks, bridge, downloads, crash, quit.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { app, calls, ipc, session, state } from './support/fake-electron.ts';
import { WAIT } from '../support/limits.ts';

vi.mock('electron', () => import('./support/fake-electron.ts'));

const profile = mkdtempSync(join(tmpdir(), 'steward-shell-'));
const handlers = session.defaultSession.handlers as Record<string, (...args: unknown[]) => unknown>;

beforeAll(async () => {
  Object.assign(state, { profile, backEndScript: join(import.meta.dirname, 'support', 'fake-backend.ts') });
  mkdirSync(join(profile, 'downloads'));
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(state.windows).toHaveLength(1), WAIT);
});
afterAll(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

const ask = async (path: string): Promise<Response> =>
  (await handlers.app?.(new Request(`app://desk${path}`))) as Response;

test('sandbox and scheme are set before the application is ready, and every lock before a window exists', () => {
  const place = (name: string) => {
    expect(calls).toContain(name);
    return calls.indexOf(name);
  };
  for (const early of ['setPath', 'enableSandbox', 'registerSchemesAsPrivileged', 'requestSingleInstanceLock']) {
    expect(place(early), early).toBeLessThan(place('whenReady'));
  }
  for (const lock of ['protocol.handle', 'onBeforeRequest', 'setApplicationMenu'])
    expect(place(lock), lock).toBeLessThan(place('BrowserWindow'));
});

test('the window is sandboxed, isolated, without Node, and opens the application', () => {
  const [window] = state.windows;
  expect(window?.url).toBe('app://desk/');
  expect(window?.options).toMatchObject({ minWidth: 1180, minHeight: 700, width: 1366, height: 768 });
  expect(window?.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webviewTag: false,
    webSecurity: true,
  });
});

test('what the page asks for arrives at the back end through the scheme', async () => {
  const answer = await ask('/');
  expect(answer.status).toBe(200);
  expect(Number(await answer.text())).toBeGreaterThan(0);
});

test('a page cannot leave, redirect, embed or open windows', () => {
  const contents = state.windows[0]?.webContents;
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    const prevented = (url: string) => {
      const preventDefault = vi.fn();
      contents?.emit(name, { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect(prevented('https://example.com/'), name).toBe(true);
    expect(prevented('file:///etc/passwd'), name).toBe(true);
    expect(prevented('app://desk/today'), name).toBe(false);
  }
  const attach = vi.fn();
  contents?.emit('will-attach-webview', { preventDefault: attach });
  expect(attach).toHaveBeenCalled();
  expect(contents?.openHandler?.()).toEqual({ action: 'deny' });
});

test('permissions, devices, screen capture and the network are refused', () => {
  const answer = vi.fn();
  const own = { requestingUrl: 'app://desk/' };
  for (const refused of ['media', 'clipboard-read', 'geolocation', 'notifications', 'fileSystem']) {
    handlers.permissionRequest?.(null, refused, answer, own);
    expect(handlers.permissionCheck?.(null, refused, 'app://desk/'), refused).toBe(false);
  }
  handlers.permissionRequest?.(null, 'clipboard-sanitized-write', answer, { requestingUrl: 'https://example.com/' });
  expect(new Set(answer.mock.calls.flat())).toEqual(new Set([false]));
  // What 复制 asks for, from the window's own page.
  handlers.permissionRequest?.(null, 'clipboard-sanitized-write', answer, own);
  expect(answer).toHaveBeenLastCalledWith(true);
  expect(handlers.permissionCheck?.(null, 'clipboard-sanitized-write', 'app://desk/')).toBe(true);
  expect(handlers.permissionCheck?.(null, 'clipboard-sanitized-write', 'https://example.com')).toBe(false);
  expect(handlers.devicePermission?.()).toBe(false);
  expect(handlers.displayMedia).toBeNull();
  const network = vi.fn();
  handlers.onBeforeRequest?.({ url: 'https://example.com/' }, network);
  handlers.onBeforeRequest?.({ url: 'app://desk/' }, network);
  expect(network.mock.calls).toEqual([[{ cancel: true }], [{ cancel: false }]]);
});

test('the bridge hears only the main frame of the window at its own address, and only about documents that are there', async () => {
  const contents = state.windows[0]?.webContents;
  const document = join(profile, '月报.docx');
  const program = join(profile, 'run.sh');
  for (const file of [document, program]) writeFileSync(file, '');
  const own = { sender: contents, senderFrame: contents?.mainFrame };
  const open = (event: object, path: unknown) => ipc['desktop:open-document']?.(event, path);
  expect(await open(own, document)).toBe(true);
  expect(await open(own, program)).toBe(false);
  expect(await open(own, join(profile, 'none.docx'))).toBe(false);
  expect(await open({ sender: {}, senderFrame: contents?.mainFrame }, document)).toBe(false);
  expect(await open({ sender: contents, senderFrame: { url: 'app://desk/' } }, document)).toBe(false);
  expect(await open({ sender: contents, senderFrame: null }, document)).toBe(false);
  if (process.platform !== 'win32') {
    symlinkSync(program, join(profile, 'disguised.docx'));
    expect(await open(own, join(profile, 'disguised.docx'))).toBe(false);
  }
  expect(state.opened).toHaveLength(1);
  expect(await ipc['desktop:reveal-in-folder']?.(own, program)).toBe(true);
  expect(await ipc['desktop:reveal-in-folder']?.(own, 42)).toBe(false);
});

test('a download asks for its place, shows the file and begins there the next time; a foreign one is refused', () => {
  const begin = (url: string, savedAs: string) => {
    const options: { defaultPath?: string } = {};
    let done: (event: object, state: string) => void = () => undefined;
    const preventDefault = vi.fn();
    session.defaultSession.emit(
      'will-download',
      { preventDefault },
      {
        getURL: () => url,
        getFilename: () => '通知单.docx',
        getSavePath: () => savedAs,
        setSaveDialogOptions: (wanted: object) => void Object.assign(options, wanted),
        once: (_name: string, listener: typeof done) => (done = listener),
      },
    );
    return { options, preventDefault, finish: (how: string) => done({}, how) };
  };
  mkdirSync(join(profile, '客户'));
  const first = begin('app://desk/files/1', join(profile, '客户', '通知单.docx'));
  expect(first.options.defaultPath).toBe(join(profile, 'downloads', '通知单.docx'));
  first.finish('completed');
  expect(state.shown.at(-1)).toBe(join(profile, '客户', '通知单.docx'));
  expect(begin('blob:app://desk/1-2', 'x').options.defaultPath).toBe(join(profile, '客户', '通知单.docx'));
  const broken = begin('app://desk/files/2', 'x');
  broken.finish('interrupted');
  expect(state.dialogs.pop()?.message).toBe('文件没有保存');
  expect(begin('https://example.com/a.docx', 'x').preventDefault).toHaveBeenCalled();
});

test('a second start shows the window that is there', () => {
  app.emit('second-instance');
  expect(state.windows[0]?.focused).toBe(1);
  expect(state.windows).toHaveLength(1);
});

test('a page whose process dies is loaded again, but not for ever', () => {
  const contents = state.windows[0]?.webContents;
  contents?.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  expect(contents?.reloads).toBe(0);
  for (let i = 0; i < 3; i += 1) contents?.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
  expect(contents?.reloads).toBe(2);
  expect(state.dialogs.pop()?.message).toBe('窗口反复出错');
});

test('the place of the window is remembered when it closes', () => {
  state.windows[0]?.emit('close');
  const kept: unknown = JSON.parse(readFileSync(join(profile, 'userData', 'window-state.json'), 'utf8'));
  expect(kept).toEqual({ bounds: { x: 5, y: 6, width: 1300, height: 710 }, maximized: false });
});

test('after three crashes the user is asked, in Chinese and with the place of the log, and can try again', async () => {
  state.backEndEnv = { FAKE: 'fails' };
  // The user looks at the log, then tries again; by then what was in the way is gone.
  state.dialogChoices = [1, 0];
  const shownBefore = state.shown.length;
  const restored = vi.waitFor(() => expect(state.dialogs).toHaveLength(2), WAIT).then(() => (state.backEndEnv = {}));
  await ask('/crash');
  await restored;
  expect(state.dialogs[0]?.message).toContain('连续三次意外退出');
  expect(state.dialogs[0]?.detail).toContain('这个工作区正被另一个程序打开');
  expect(state.dialogs[0]?.detail).toContain(join(profile, 'logs', 'main.log'));
  expect(state.shown).toHaveLength(shownBefore + 1);
  await vi.waitFor(async () => expect((await ask('/')).status).toBe(200), WAIT);
  expect(app.quits).toBe(0);
});

test('quitting waits until the back end has closed, then quits once', async () => {
  app.quit();
  expect(app.quits).toBe(0);
  await vi.waitFor(() => expect(app.quits).toBe(1), WAIT);
  expect((await ask('/')).status).toBe(503);
});
