// Photos and documents of records.
import { attachment } from '../../domain/attachments/entities.ts';
import { LAYOUT_PICTURE } from '../../domain/production/layout.ts';
import { scan } from '../../domain/scans/entities.ts';
import type { AttachmentRow } from '../../contract/attachments.ts';
import type { Done, Saved } from '../../contract/shared.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { NewRow } from '../../domain/dictionary/entity.ts';
import { creatorsOf, inList, listParameter, type Reader, type Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { PageError, type PagePicture } from '../pages/index.ts';
import { fileSettled } from '../settled.ts';
import { inWorker } from '../workers/index.ts';

type Row = Awaited<ReturnType<typeof readRow>>;

async function readRow(read: Reader, id: string) {
  return await read.get(attachment, id);
}

/** What can be looked at by its id: what is on file, and what waits in the tray. */
async function heldFile(read: Reader, id: string): Promise<Held | null> {
  return (await read.get(attachment, id)) ?? (await read.get(scan, id));
}

type Held = Pick<NonNullable<Row>, 'sha256' | 'mime' | 'size' | 'name'>;

const isImage = (mime: string): boolean => mime.startsWith('image/');

/** Attachments of owners, by owner id, in order. */
export async function attachmentsOf(ctx: Context, ownerIds: readonly string[]): Promise<Map<string, AttachmentRow[]>> {
  const rows = await ctx.store.read.sql<
    Omit<AttachmentRow, 'url' | 'isImage' | 'isHere' | 'onlyThumbnail' | 'createdBy'> & {
      ownerId: string;
      sha256: string;
    }
  >(
    `SELECT a.id, a.owner_id AS "ownerId", a.kind, a.seq, a.name, a.title, a.caption, a.document_date AS "documentDate", a.mime, a.size, a.width, a.height, a.taken_at AS "takenAt", a.created_at AS "createdAt",
       a.original_id AS "originalId", a.sha256
     FROM attachment a WHERE a.deleted_at IS NULL AND ${inList('a.owner_id')} ORDER BY a.seq, a.id`,
    [listParameter(ownerIds)],
  );
  const creators = await creatorsOf(
    ctx.store.read,
    rows.map((row) => row.id),
  );
  const byOwner = new Map<string, AttachmentRow[]>();
  for (const { ownerId, sha256, ...row } of rows) {
    const list = byOwner.get(ownerId) ?? [];
    byOwner.set(ownerId, list);
    const isHere = await ctx.store.blobs.has(sha256);
    list.push({
      ...row,
      createdBy: creators.get(row.id) ?? null,
      url: `media/${row.id}`,
      isImage: isImage(row.mime),
      isHere,
      onlyThumbnail: !isHere && (await thumbnailInPlaceOf(ctx, sha256)) !== null,
    });
  }
  return byOwner;
}

/** The small picture that came in place of a photo, by its SHA-256; null when none is here. */
async function thumbnailInPlaceOf(ctx: Context, sha256: string): Promise<string | null> {
  const held = await ctx.store.read.sqlOne<{ sha256: string }>(
    'SELECT sha256 FROM attachment_thumbnail WHERE original = ?',
    [sha256],
  );
  return held && (await ctx.store.blobs.has(held.sha256)) ? held.sha256 : null;
}

/** The file that can be shown of a photo: its own, or the small picture that came in its place; null when neither is here. */
async function shownFile(ctx: Context, sha256: string): Promise<string | null> {
  return (await ctx.store.blobs.has(sha256)) ? sha256 : await thumbnailInPlaceOf(ctx, sha256);
}

/** Attachments of one record. */
export async function listAttachments(ctx: Context, ownerId: string): Promise<AttachmentRow[]> {
  return (await attachmentsOf(ctx, [ownerId])).get(ownerId) ?? [];
}

/** @throws REFUSED where the record that carries a file takes none of its kind any more */
async function requireOpen(read: Reader, of: { ownerEntity: string; ownerId: string; kind: string }): Promise<void> {
  const sentence = await fileSettled(read, of.ownerEntity, of.ownerId, of.kind);
  if (sentence) throw refused(sentence);
}

/** Kinds that must be pictures. */
const PICTURE_KINDS: readonly string[] = ['photo', 'photo_before', 'photo_after', 'signature', LAYOUT_PICTURE];

/**
 * Keeps a file for a record. Pictures are looked at first: what they are, when and where they were taken.
 * @throws ServiceError UNREADABLE_FILE for a picture that can't be read, REFUSED for an empty file
 */
export async function addAttachment(
  ctx: Context,
  given: {
    ownerEntity: string;
    ownerId: string;
    bytes: Uint8Array;
    name: string;
    kind: string;
    caption?: string | null;
    originalId?: string | null;
  },
): Promise<Saved> {
  const owner = await ctx.store.read.get(entityNamed(given.ownerEntity), given.ownerId);
  if (!owner) throw notFound(entityNamed(given.ownerEntity).label);
  if (given.bytes.length === 0) throw refused('文件是空的，没有保存。请重新选择');
  const look = await inWorker('lookAtFile', { bytes: given.bytes, name: given.name });
  if (PICTURE_KINDS.includes(given.kind) && look.refusal)
    throw new ServiceError('UNREADABLE_FILE', look.refusal.sentence, { code: look.refusal.code });
  const blob = await ctx.store.blobs.addBytes(given.bytes);
  const { ownerEntity, ownerId, name, kind } = given;
  const { value, actionId } = await act(
    ctx,
    `添加${PICTURE_KINDS.includes(kind) ? '照片' : '附件'}`,
    'form',
    async (tx) =>
      await insertFile(tx, {
        ...{ ownerEntity, ownerId, kind, name, sha256: blob.sha256, size: blob.size },
        ...{ mime: look.mime, width: look.width, height: look.height, takenAt: look.takenAt },
        ...{ longitude: look.longitude, latitude: look.latitude },
        caption: given.caption ?? null,
        originalId: given.originalId ?? null,
      }),
  );
  return { id: value, actionId, problems: [] };
}

/** Inside an action: a stored file becomes the next one of a record. Gives back its id. @throws REFUSED where the record takes none */
export async function insertFile(
  tx: Writer,
  file: Omit<NewRow<typeof attachment>, 'seq' | 'kind'> & { ownerEntity: string; ownerId: string; kind: string },
): Promise<string> {
  await requireOpen(tx.read, file);
  const last = await tx.read.sqlOne<{ seq: number | null }>(
    'SELECT max(seq) AS seq FROM attachment WHERE owner_id = ? AND deleted_at IS NULL',
    [file.ownerId],
  );
  const row = await tx.insert(attachment, { ...file, kind: file.kind as 'photo', seq: (last?.seq ?? 0) + 1 });
  return row.id;
}

/** Changes caption, title, day or order. */
export async function updateAttachment(
  ctx: Context,
  id: string,
  patch: {
    caption?: string | null | undefined;
    title?: string | null | undefined;
    documentDate?: string | null | undefined;
    seq?: number | undefined;
  },
): Promise<Done> {
  const row = await requireRow(ctx, id);
  const { actionId } = await act(ctx, '修改附件', 'form', async (tx) => {
    await requireOpen(tx.read, row);
    await tx.update(attachment, id, patch as never);
  });
  return { actionId };
}

/** Puts an attachment into the bin; its file stays. */
export async function removeAttachment(ctx: Context, id: string): Promise<Done> {
  const row = await requireRow(ctx, id);
  const { actionId } = await act(ctx, '移除附件', 'form', async (tx) => {
    await requireOpen(tx.read, row);
    await tx.remove(attachment, id);
  });
  return { actionId };
}

/** Facts needed to send a file. @throws NOT_FOUND when the row or its content is not here */
export async function attachmentFile(
  ctx: Context,
  id: string,
): Promise<{ sha256: string; mime: string; size: number; name: string }> {
  const row = await requireHeld(ctx, id);
  if (!(await ctx.store.blobs.has(row.sha256))) throw notHere();
  return { sha256: row.sha256, mime: row.mime, size: row.size, name: row.name };
}

const notHere = (): ServiceError => new ServiceError('NOT_FOUND', '这份文件的内容不在本机，可能还没有随交换包收到');

const thumbnails = new Map<string, { bytes: Uint8Array; mime: string }>();
const KEEP_THUMBNAILS = 400;

/**
 * A small picture of a photo, of what came in its place where the photo is not here. One that came is made anew like any other: nothing
 * that others made reaches the window as it is. Null of what is no picture.
 * @throws NOT_FOUND when neither is here
 */
export async function photoThumbnail(ctx: Context, id: string): Promise<{ bytes: Uint8Array; mime: string } | null> {
  const { sha256, mime } = await requireHeld(ctx, id);
  if (!isImage(mime)) return null;
  const here = await shownFile(ctx, sha256);
  if (here === null) throw notHere();
  return await thumbnail(ctx, here);
}

/** Longest edge of a page on the screen, in pixels, and how long its drawing may take. */
const PAGE_EDGE = 1600;
const PAGE_WITHIN_MS = 20_000;

/** A page of a file as a picture. @throws NOT_FOUND when it is not here, UNREADABLE_FILE when it can't be drawn */
export async function pagePicture(ctx: Context, id: string, number: number): Promise<PagePicture> {
  const { sha256, mime } = await requireHeld(ctx, id);
  if (!(await ctx.store.blobs.has(sha256))) throw notHere();
  const bytes = await ctx.store.blobs.read(sha256);
  const within = AbortSignal.timeout(PAGE_WITHIN_MS);
  const page = await inWorker('showPage', { bytes, mime, number, edge: PAGE_EDGE }, within).catch((error: unknown) => {
    if (within.aborted) return { refusal: { code: 'PAGE_TOO_LONG', sentence: new PageError('PAGE_TOO_LONG').message } };
    throw error;
  });
  if ('refusal' in page) throw new ServiceError('UNREADABLE_FILE', page.refusal.sentence, { code: page.refusal.code });
  return page;
}

/** What a paper prints of a photo: its bytes, or those of the small picture that came in its place; null when neither is here. */
export async function photoForPaper(ctx: Context, photo: Pick<AttachmentRow, 'id'>): Promise<Uint8Array | null> {
  const { sha256 } = await requireRow(ctx, photo.id);
  const here = await shownFile(ctx, sha256);
  return here === null ? null : await ctx.store.blobs.read(here);
}

/** The caption of a photo on a paper: a small picture is not passed off as the photo. */
export const captionOnPaper = (photo: Pick<AttachmentRow, 'onlyThumbnail'>, caption: string): string =>
  photo.onlyThumbnail ? `${caption}（缩略图，原图未收到）` : caption;

/** A small picture of stored bytes, made once and kept in memory. */
async function thumbnail(ctx: Context, sha256: string): Promise<{ bytes: Uint8Array; mime: string }> {
  const kept = thumbnails.get(sha256);
  if (kept) return kept;
  const made = await inWorker('shrinkPhoto', { bytes: await ctx.store.blobs.read(sha256), edge: 480 });
  thumbnails.set(sha256, made);
  const oldest = thumbnails.keys().next().value;
  if (thumbnails.size > KEEP_THUMBNAILS && oldest) thumbnails.delete(oldest);
  return made;
}

async function requireRow(ctx: Context, id: string): Promise<NonNullable<Row>> {
  const row = /^[0-9a-f-]{36}$/.test(id) ? await readRow(ctx.store.read, id) : null;
  if (!row) throw notFound('附件');
  return row;
}

async function requireHeld(ctx: Context, id: string): Promise<Held> {
  const row = /^[0-9a-f-]{36}$/.test(id) ? await heldFile(ctx.store.read, id) : null;
  if (!row) throw notFound('附件');
  return row;
}
