// Entry of the desktop application: puts the pieces together in the one order that is safe, and takes them down again.
import { join, resolve } from 'node:path';
import { app, session, type BrowserWindow } from 'electron';
import { handleAppScheme, registerAppScheme } from './app-protocol.ts';
import { BackendSupervisor } from './backend-supervisor.ts';
import { serveBridge } from './bridge-main.ts';
import { handleDownloads } from './downloads.ts';
import { askAfterCrashes } from './fatal-dialog.ts';
import { systemKeys } from './key-wrapper.ts';
import { openLog } from './log-file.ts';
import { setMenu } from './menu.ts';
import { lockNavigation, lockSession } from './security.ts';
import { isOnlyInstance } from './single-instance.ts';
import { launchBackend } from './utility-backend.ts';
import { openWindow, showWindow } from './window.ts';

// A profile of its own for tests; before anything reads a path.
const profile = app.commandLine.getSwitchValue('user-data-dir');
if (profile) app.setPath('userData', resolve(profile));
app.setAppLogsPath(profile ? join(resolve(profile), 'logs') : undefined);

// Also for windows that nobody meant to open.
app.enableSandbox();
registerAppScheme();
lockNavigation();

let window: BrowserWindow | null = null;
let supervisor: BackendSupervisor | null = null;

async function begin(): Promise<void> {
  await app.whenReady();
  const logFile = join(app.getPath('logs'), 'main.log');
  const log = openLog(logFile);
  log(`Steward Desk ${app.getVersion()} on ${process.platform} ${process.arch}, Electron ${process.versions.electron}`);
  const workspace = app.commandLine.getSwitchValue('workspace');
  const backend = new BackendSupervisor({
    launch: () => launchBackend(log),
    start: { workspaceDir: workspace ? resolve(workspace) : null, windowDir: null },
    keys: await systemKeys(),
    log,
    onGiveUp(reason) {
      if (askAfterCrashes(reason, logFile) === 'retry') backend.start();
      else app.quit();
    },
  });
  supervisor = backend;
  backend.start();

  lockSession(session.defaultSession);
  handleAppScheme(session.defaultSession, backend);
  handleDownloads(session.defaultSession, join(app.getPath('userData'), 'download-folder.txt'));
  serveBridge(() => window);
  setMenu();
  const open = (): void => {
    window = openWindow(join(app.getPath('userData'), 'window-state.json'), log);
    window.once('closed', () => (window = null));
  };
  open();
  // macOS keeps a program without windows running; a click on its icon opens one again.
  app.on('activate', () => {
    if (!window) open();
  });
}

app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

// The back end closes its workspace before the program ends; the supervisor bounds how long that may take.
let closed = false;
app.on('will-quit', (event) => {
  if (closed || !supervisor) return;
  event.preventDefault();
  void supervisor.close().then(() => {
    closed = true;
    app.quit();
  });
});

if (isOnlyInstance(() => window && showWindow(window))) {
  begin().catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
} else {
  app.quit();
}
