// Sets the menu bar.
import { app, dialog, Menu, shell } from 'electron';
import { menuTemplate, PRODUCT } from './menu-template.ts';

/** Builds the menu once, before the window opens. */
export function setMenu(): void {
  const template = menuTemplate(process.platform, app.isPackaged, {
    showLogs: () => void shell.openPath(app.getPath('logs')),
    about: () =>
      void dialog.showMessageBox({
        type: 'info',
        title: `关于${PRODUCT}`,
        message: PRODUCT,
        detail: `版本 ${app.getVersion()}\n数据只保存在本机，不上传。`,
        buttons: ['好'],
      }),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
