// Files leave the tray: each becomes a paper of the row or the enterprise that it belongs to, all in one action.
import type { LeftFile, ScansFiled } from '../../contract/scans.ts';
import { ATTACHED_AS } from '../../domain/dictionary/scanned.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import { entityNamed, SCANNED } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { scan } from '../../domain/scans/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { insertFile } from '../attachments/index.ts';
import { act, type Context } from '../context.ts';
import { refused } from '../errors.ts';
import { placeOnFile } from './on-file.ts';
import { SURE } from './tray.ts';

type Row = RowOf<typeof scan>;

/** Where a file goes. */
export interface Place {
  readonly ownerEntity: string;
  readonly ownerId: string;
  readonly kind: string;
}

const isThere = async (read: Reader, kind: string, id: string): Promise<boolean> => {
  const row = (await read.get(entityNamed(kind), id)) as { deletedAt: string | null } | null;
  return row !== null && row.deletedAt === null;
};

/** Where a file goes, or why it can't go anywhere. */
async function placeFor(read: Reader, row: Row): Promise<Place | string> {
  const known = row.paper === null ? undefined : SCANNED.get(row.paper);
  if (row.enterpriseId === null) return '还没有选企业';
  if (!known) return '还没有选资料种类';
  if (!(await isThere(read, enterprise.name, row.enterpriseId))) return '所选企业已放入回收站，请另选';
  const onFile = await placeOnFile(read, row.sha256, row.id);
  if (onFile) return `${onFile}；没有再归一份，可以移出待归档`;
  // What is no picture can't be a layout picture: it is kept as a document.
  const kind = row.mime.startsWith('image/') ? (known.paper.as ?? ATTACHED_AS) : ATTACHED_AS;
  if (row.recordId && row.recordKind && (await isThere(read, row.recordKind, row.recordId)))
    return { ownerEntity: row.recordKind, ownerId: row.recordId, kind };
  return { ownerEntity: enterprise.name, ownerId: row.enterpriseId, kind };
}

const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Inside an action: the file becomes a paper at its place and leaves the tray. */
export async function fileOne(tx: Writer, row: Row, place: Place): Promise<void> {
  await insertFile(tx, {
    ...place,
    ...{ sha256: row.sha256, mime: row.mime, size: row.size, width: row.width, height: row.height },
    ...{ title: row.title, documentDate: row.documentDate },
    name: wholeCharacters(baseName(row.name), 200),
  });
  await tx.remove(scan, row.id);
}

async function rowsFor(read: Reader, ids: readonly string[] | null): Promise<Row[]> {
  const chosen =
    ids ??
    (await read.sql<{ id: string }>(`SELECT id FROM scan WHERE deleted_at IS NULL AND ${SURE} ORDER BY id`)).map(
      ({ id }) => id,
    );
  const rows = await Promise.all(chosen.map(async (id) => await read.get(scan, id)));
  return rows.filter((row): row is Row => row !== null && row.deletedAt === null);
}

/**
 * Files those named, or all of which nothing is open. What can't be filed stays in the tray and is named.
 * @throws REFUSED where none can
 */
export async function fileScans(ctx: Context, ids: readonly string[] | null): Promise<ScansFiled> {
  const left: LeftFile[] = [];
  const rows = await rowsFor(ctx.store.read, ids);
  if (rows.length === 0) throw refused('没有可以归档的文件，可能已经归档。请刷新后再看');
  let filed = 0;
  const name = rows.length > 1 ? `归档 ${rows.length} 份文件` : `归档“${rows[0]?.title ?? rows[0]?.name ?? ''}”`;
  const { actionId } = await act(ctx, wholeCharacters(name, 80), 'form', async (tx) => {
    for (const row of rows) {
      const place = await placeFor(tx.read, row);
      if (typeof place === 'string') left.push({ name: row.name, sentence: place });
      else {
        await fileOne(tx, row, place);
        filed += 1;
      }
    }
    const [first] = left;
    if (filed === 0 && first) throw refused(`“${first.name}”：${first.sentence}`);
  });
  return { actionId, filed, left };
}
