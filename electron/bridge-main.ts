// The main process's side of the bridge: who asks and with what is checked before anything is done.
import { realpath, stat } from 'node:fs/promises';
import { ipcMain, shell, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from './app-url.ts';
import { isDocumentPath, isLocalPath, type BridgeChannels } from './bridge.ts';

const CHANNELS: BridgeChannels = {
  revealInFolder: 'desktop:reveal-in-folder',
  openDocument: 'desktop:open-document',
};

/** The path behind links if it is a file that is there, else null. */
async function existingFile(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}

/** Answers the window's named functions; only its main frame, at the application's address, is heard. */
export function serveBridge(window: () => BrowserWindow | null): void {
  const isOurs = (event: IpcMainInvokeEvent): boolean => {
    const contents = window()?.webContents;
    return event.sender === contents && event.senderFrame === contents.mainFrame && isAppUrl(event.senderFrame.url);
  };
  ipcMain.handle(CHANNELS.revealInFolder, async (event, path: unknown) => {
    if (!isOurs(event) || !isLocalPath(path)) return false;
    const file = await existingFile(path);
    if (!file) return false;
    shell.showItemInFolder(file);
    return true;
  });
  ipcMain.handle(CHANNELS.openDocument, async (event, path: unknown) => {
    if (!isOurs(event) || !isDocumentPath(path)) return false;
    const file = await existingFile(path);
    // Judged again behind links: report.docx may be one to a program.
    if (!file || !isDocumentPath(file)) return false;
    return (await shell.openPath(file)) === '';
  });
}
