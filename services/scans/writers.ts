// Files of the tray, written by name of the kind: `file` names one on this computer.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { refused } from '../errors.ts';
import { neededText, textOf, type KindWriter } from '../writer.ts';
import { addScans } from './add.ts';
import { removeScans } from './tray.ts';
import { updateScans, type Said } from './update.ts';

export const SCAN_WRITERS: readonly KindWriter[] = [
  {
    of: 'scan',
    adds: ['file', 'name'],
    sets: ['enterpriseId', 'paper', 'recordId', 'title', 'number', 'documentDate'],
    add: async (ctx, given) => {
      const file = neededText(given, 'file', '文件路径');
      const bytes = await readFile(file).catch(() => null);
      if (!bytes) throw refused(`找不到文件“${file}”，或不能读取。请核对路径`);
      const { actionId, left } = await addScans(ctx, [{ name: textOf(given, 'name') ?? basename(file), bytes }]);
      if (actionId === null) throw refused(`“${left[0]?.name ?? file}”：${left[0]?.sentence ?? '没有收进来'}`);
      return { actionId };
    },
    set: async (ctx, id, given) => await updateScans(ctx, [id], given as Said),
    remove: async (ctx, id) => await removeScans(ctx, [id]),
  },
];
