// The one window: locked down, and where it was last time.
import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { APP_URL } from './app-url.ts';
import { readRemembered, remember } from './settings-file.ts';
import { fitWindowState, MIN_SIZE, readWindowState } from './window-state.ts';

/** Opens the window at the application's page; `stateFile` is where its place is kept. */
export function openWindow(stateFile: string): BrowserWindow {
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
  void window.loadURL(APP_URL);
  return window;
}

/** Brings the window to the front, as a second start of the program should. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
