// What the window gets of the desktop: three named functions. CommonJS without imports, as a sandboxed preload must be.
import type { BridgeChannels, DesktopBridge } from './bridge.ts' with { 'resolution-mode': 'import' };

const { contextBridge, ipcRenderer, webUtils } = require('electron') as typeof Electron.Renderer;

const channels: BridgeChannels = {
  revealInFolder: 'desktop:reveal-in-folder',
  openDocument: 'desktop:open-document',
};

const bridge: DesktopBridge = {
  revealInFolder: (path) => ipcRenderer.invoke(channels.revealInFolder, path) as Promise<boolean>,
  openDocument: (path) => ipcRenderer.invoke(channels.openDocument, path) as Promise<boolean>,
  pathOfDroppedFile: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
};

contextBridge.exposeInMainWorld('desktop', bridge);
