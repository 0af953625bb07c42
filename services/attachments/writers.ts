// Files of records, written by name of the kind: `file` names one on this computer.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { refused } from '../errors.ts';
import { neededText, textOf, valuesOf, type KindWriter } from '../writer.ts';
import { addAttachment, removeAttachment, updateAttachment } from './files.ts';

export const ATTACHMENT_WRITERS: readonly KindWriter[] = [
  {
    of: 'attachment',
    adds: ['ownerEntity', 'ownerId', 'kind', 'file', 'name', 'caption'],
    sets: ['caption', 'title', 'documentDate', 'seq'],
    add: async (ctx, given) => {
      const ownerEntity = neededText(given, 'ownerEntity', '所属');
      const kind = textOf(given, 'kind') ?? 'document';
      const may = hasEntity(ownerEntity) ? entityNamed(ownerEntity).facets.attach : null;
      if (!may?.includes(kind))
        throw refused(`“${ownerEntity}”不能带这一种附件（${kind}）。可以带的是：${may?.join('、') ?? '无'}`);
      const file = neededText(given, 'file', '文件路径');
      const bytes = await readFile(file).catch(() => null);
      if (!bytes) throw refused(`找不到文件“${file}”，或不能读取。请核对路径`);
      return await addAttachment(ctx, {
        ownerEntity,
        ownerId: neededText(given, 'ownerId', '所属对象'),
        bytes,
        name: textOf(given, 'name') ?? basename(file),
        kind,
        caption: textOf(given, 'caption'),
      });
    },
    set: async (ctx, id, given) => await updateAttachment(ctx, id, valuesOf(given) as never),
    remove: removeAttachment,
  },
];
