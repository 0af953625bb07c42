// The menu in Chinese, as data.
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  showLogs(): void;
  about(): void;
}

export const PRODUCT = '环保管家工作台';
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu bar for a platform. Developer tools are for a checkout, not for an installed program. */
export function menuTemplate(
  platform: NodeJS.Platform,
  packaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const about: MenuItemConstructorOptions = { label: `关于${PRODUCT}`, click: actions.about };
  const application: MenuItemConstructorOptions = {
    label: PRODUCT,
    submenu: [
      about,
      SEPARATOR,
      { role: 'hide', label: `隐藏${PRODUCT}` },
      { role: 'hideOthers', label: '隐藏其他' },
      { role: 'unhide', label: '全部显示' },
      SEPARATOR,
      { role: 'quit', label: `退出${PRODUCT}` },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: '文件',
    submenu: [mac ? { role: 'close', label: '关闭窗口' } : { role: 'quit', label: '退出' }],
  };
  const edit: MenuItemConstructorOptions = {
    label: '编辑',
    submenu: [
      { role: 'undo', label: '撤销' },
      { role: 'redo', label: '重做' },
      SEPARATOR,
      { role: 'cut', label: '剪切' },
      { role: 'copy', label: '复制' },
      { role: 'paste', label: '粘贴' },
      { role: 'pasteAndMatchStyle', label: '粘贴为纯文本' },
      { role: 'selectAll', label: '全选' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '视图',
    submenu: [
      { role: 'reload', label: '重新载入' },
      SEPARATOR,
      { role: 'resetZoom', label: '实际大小' },
      { role: 'zoomIn', label: '放大' },
      { role: 'zoomOut', label: '缩小' },
      SEPARATOR,
      { role: 'togglefullscreen', label: '全屏' },
      ...(packaged ? [] : [SEPARATOR, { role: 'toggleDevTools', label: '开发者工具' } as const]),
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: '窗口',
    role: 'windowMenu',
    submenu: [
      { role: 'minimize', label: '最小化' },
      ...(mac ? [{ role: 'zoom', label: '缩放' } as const, { role: 'front', label: '全部置于前面' } as const] : []),
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: '帮助',
    role: 'help',
    submenu: [{ label: '打开日志文件夹', click: actions.showLogs }, ...(mac ? [] : [SEPARATOR, about])],
  };
  return [...(mac ? [application] : []), file, edit, view, window, help];
}

/** What the context menu looks at. */
export interface ContextFacts {
  isEditable: boolean;
  selectionText: string;
  editFlags: { canCut: boolean; canCopy: boolean; canPaste: boolean; canSelectAll: boolean };
}

/** The menu of the right mouse button, which Electron leaves out; empty where there is nothing to copy or paste. */
export function contextMenuTemplate({
  isEditable,
  selectionText,
  editFlags,
}: ContextFacts): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: '复制', enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: '剪切', enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: '粘贴', enabled: editFlags.canPaste },
    SEPARATOR,
    { role: 'selectAll', label: '全选', enabled: editFlags.canSelectAll },
  ];
}
