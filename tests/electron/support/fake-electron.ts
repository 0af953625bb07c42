// A stand-in for the module `electron`: records what the shell asks of it, and lets a test play the user and the page.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';

/** Everything that happened, in order: the order of starting up is a matter of security. */
export const calls: string[] = [];
const note = (name: string): void => void calls.push(name);

export const state = {
  profile: '',
  isOnlyInstance: true,
  dialogChoices: [] as number[],
  dialogs: [] as { message: string; detail: string }[],
  shown: [] as string[],
  opened: [] as string[],
  windows: [] as BrowserWindow[],
  backEndScript: '',
  backEndEnv: {} as NodeJS.ProcessEnv,
};

class App extends EventEmitter {
  isPackaged = true;
  commandLine = { getSwitchValue: (name: string) => (name === 'user-data-dir' ? state.profile : '') };
  quits = 0;
  exited: number | null = null;
  setPath(): void {
    note('setPath');
  }
  setAppLogsPath(): void {
    note('setAppLogsPath');
  }
  getPath(name: string): string {
    return join(state.profile, name);
  }
  getVersion(): string {
    return '0.1.0';
  }
  enableSandbox(): void {
    note('enableSandbox');
  }
  whenReady(): Promise<void> {
    note('whenReady');
    return Promise.resolve();
  }
  requestSingleInstanceLock(): boolean {
    note('requestSingleInstanceLock');
    return state.isOnlyInstance;
  }
  exit(code: number): void {
    this.exited = code;
  }
  /** As Electron: asks `will-quit`, which may hold it back. */
  quit(): void {
    let held = false;
    this.emit('will-quit', { preventDefault: () => (held = true) });
    if (!held) this.quits += 1;
  }
}
export const app = new App();

class Contents extends EventEmitter {
  mainFrame = { url: 'app://desk/' };
  openHandler: (() => { action: string }) | null = null;
  reloads = 0;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new Contents();
  options: Record<string, unknown>;
  url = '';
  focused = 0;
  constructor(options: Record<string, unknown>) {
    super();
    note('BrowserWindow');
    this.options = options;
    state.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  isDestroyed(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return true;
  }
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds() {
    return { x: 5, y: 6, width: 1300, height: 710 };
  }
  maximize(): void {
    note('maximize');
  }
  restore(): void {
    note('restore');
  }
  show(): void {
    note('show');
  }
  focus(): void {
    this.focused += 1;
  }
}

type Handler = (...args: never[]) => unknown;
class Session extends EventEmitter {
  handlers: Record<string, Handler | null> = {};
  protocol = {
    handle: (scheme: string, handler: Handler) => {
      note('protocol.handle');
      this.handlers[scheme] = handler;
    },
  };
  webRequest = {
    onBeforeRequest: (handler: Handler) => {
      note('onBeforeRequest');
      this.handlers.onBeforeRequest = handler;
    },
  };
  setPermissionRequestHandler(handler: Handler): void {
    this.handlers.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Handler): void {
    this.handlers.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Handler): void {
    this.handlers.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: Handler | null): void {
    this.handlers.displayMedia = handler;
  }
  setSpellCheckerEnabled(): void {
    note('setSpellCheckerEnabled');
  }
}
export const session = { defaultSession: new Session() };

export const ipc: Record<string, (event: unknown, ...args: unknown[]) => Promise<unknown>> = {};
export const ipcMain = { handle: (channel: string, handler: (typeof ipc)[string]) => void (ipc[channel] = handler) };
export const protocol = { registerSchemesAsPrivileged: () => note('registerSchemesAsPrivileged') };
export const screen = {
  getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
  getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
};
export const Menu = {
  setApplicationMenu: () => note('setApplicationMenu'),
  buildFromTemplate: (template: unknown) => template,
};
export const shell = {
  showItemInFolder: (path: string) => void state.shown.push(path),
  openPath: (path: string) => {
    state.opened.push(path);
    return Promise.resolve('');
  },
};
export const dialog = {
  showMessageBoxSync: (options: { message: string; detail: string }) => {
    state.dialogs.push(options);
    return state.dialogChoices.shift() ?? 2;
  },
  showErrorBox: (message: string, detail: string) => void state.dialogs.push({ message, detail }),
};
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  getSelectedStorageBackend: () => 'basic_text',
};

/** A process of plain Node with the face of a utility process. */
export const utilityProcess = {
  fork(_script: string, args: string[], options: { env: NodeJS.ProcessEnv }) {
    note('utilityProcess.fork');
    const child = fork(state.backEndScript, args, {
      env: { ...options.env, ...state.backEndEnv },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    return Object.assign(child, {
      postMessage: (message: object) => void (child.connected && child.send(message, () => undefined)),
    });
  },
};
