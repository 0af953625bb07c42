// Names and places of downloads.
import { basename, extname, join } from 'node:path';

/** Characters that Windows refuses in names, and those that nobody sees. */
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/i;
const LONGEST_NAME = 120;

const LABELS: Record<string, string> = {
  '.docx': 'Word 文档',
  '.xlsx': 'Excel 工作簿',
  '.pdf': 'PDF 文档',
  '.zip': '压缩包',
  '.csv': 'CSV 表格',
  '.jpg': '图片',
  '.png': '图片',
};

/** A name that every system takes, with its ending kept. */
export function safeFileName(proposed: string): string {
  const clean = basename(proposed.replace(FORBIDDEN, '_'))
    .replace(/(?<![. ])[. ]+$/, '')
    .replace(/^\.+/, '');
  if (clean === '') return '未命名';
  const ending = extname(clean);
  const stem = Array.from(clean.slice(0, clean.length - ending.length))
    .slice(0, LONGEST_NAME)
    .join('');
  return RESERVED.test(clean) ? `_${stem}${ending}` : `${stem}${ending}`;
}

/** What the save dialog opens with: last folder, clean name, the kind of file. */
export function saveDialogFor(proposed: string, folder: string) {
  const name = safeFileName(proposed);
  const ending = extname(name).toLowerCase();
  const label = LABELS[ending];
  return {
    title: '保存文件',
    defaultPath: join(folder, name),
    ...(label ? { filters: [{ name: label, extensions: [ending.slice(1)] }] } : {}),
  };
}
