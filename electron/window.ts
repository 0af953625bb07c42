// The one window: locked down, and where it was last time.
import { join } from 'node:path';
import { BrowserWindow, dialog, Menu, screen } from 'electron';
import { APP_URL } from './app-url.ts';
import { contextMenuTemplate } from './menu-template.ts';
import { createRestartPolicy } from './restart-policy.ts';
import { readRemembered, remember } from './settings-file.ts';
import { fitWindowState, MIN_SIZE, readWindowState } from './window-state.ts';

/** A page whose process died is loaded again, unless it keeps dying: then the user decides what to do with the program. */
function reviveAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  const policy = createRestartPolicy();
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    log(`the window's process ended: ${details.reason} (code ${details.exitCode})`);
    const decision = policy.crashed(Date.now());
    if (decision.restart) window.webContents.reload();
    else
      dialog.showErrorBox(
        '窗口反复出错',
        '已确认的内容都已保存。请退出程序后重新打开；仍不行时把日志（菜单“帮助”）交给支持人员。',
      );
  });
}

/** Opens the window at the application's page; `stateFile` is where its place is kept. */
export function openWindow(stateFile: string, log: (line: string) => void): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const state = fitWindowState(
    readWindowState(readRemembered(stateFile)),
    [primary, ...others].map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: '环保管家工作台',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    // getNormalBounds is the place before maximising, which is the one to come back to.
    remember(stateFile, JSON.stringify({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  });
  reviveAfterCrash(window, log);
  window.webContents.on('context-menu', (_event, params) => {
    const template = contextMenuTemplate(params);
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
  });
  // A load that fails leaves its own page behind; the address is the same when the user reloads.
  window.loadURL(APP_URL).catch((error: unknown) => log(`the page could not be loaded: ${String(error)}`));
  return window;
}

/** Brings the window to the front, as a second start of the program should. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
