// Downloads: asks where to save, beginning in the folder of the last one, and shows the file when it is there.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { app, dialog, shell, type Session } from 'electron';
import { isAppUrl } from './app-url.ts';
import { saveDialogFor } from './download-rules.ts';
import { readRemembered, remember } from './settings-file.ts';

/** A generated document comes from app://; a picture drawn by the window comes as a blob of it. */
const isOwnDownload = (address: string): boolean => isAppUrl(address.replace(/^blob:/, ''));

/** Handles every download of the session; `memory` is the file that keeps the last folder. */
export function handleDownloads(session: Session, memory: string): void {
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL())) {
      event.preventDefault();
      return;
    }
    const last = readRemembered(memory).trim();
    item.setSaveDialogOptions(
      saveDialogFor(item.getFilename(), last !== '' && existsSync(last) ? last : app.getPath('downloads')),
    );
    item.once('done', (_done, state) => {
      const path = item.getSavePath();
      if (state === 'completed') {
        remember(memory, dirname(path));
        shell.showItemInFolder(path);
      } else if (state === 'interrupted') {
        dialog.showErrorBox('文件没有保存', `“${item.getFilename()}”保存到一半中断了。请检查磁盘空间后重新导出。`);
      }
    });
  });
}
