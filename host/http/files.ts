// Bytes in and out: uploads, photos, generated documents. RPC carries only their addresses.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { UPLOAD_LIMIT, UPLOAD_TOO_BIG } from '../../contract/shared.ts';
import { BlobTooBig } from '../../db/index.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { attachmentFile, pagePicture, photoThumbnail } from '../../services/attachments/index.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Desk } from '../../services/workspace/index.ts';
import type { Downloads } from '../downloads.ts';
import type { Uploads } from '../uploads.ts';
import { send } from './send.ts';

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
};

/** `attachment; filename*=…` for a name in any script. */
const disposition = (fileName: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(safeFileName(fileName))}`;

/** How long the rest of a refused upload is taken from its sender, who else would not get to read the answer. */
const DRAIN_MS = 30_000;

/** Says at once that a file is too large, and keeps nothing of what still comes. */
function refuseUpload(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  json(response, 413, { sentence: UPLOAD_TOO_BIG });
  request.resume();
  const end = setTimeout(() => request.destroy(), DRAIN_MS);
  end.unref();
  request.once('close', () => {
    clearTimeout(end);
  });
}

/** POST /files/upload?name=… with the raw bytes → `{ id, size }`. */
export async function receiveUpload(
  uploads: Uploads,
  request: IncomingMessage,
  response: ServerResponse,
  limit = UPLOAD_LIMIT,
): Promise<void> {
  if (Number(request.headers['content-length']) > limit) {
    refuseUpload(request, response);
    return;
  }
  try {
    // Read through an iterator, so that a refused upload does not tear down the connection before its answer is sent.
    const body = Readable.from(request.iterator({ destroyOnReturn: false }), { objectMode: false });
    json(response, 200, await uploads.receive(body, limit));
  } catch (error) {
    if (error instanceof BlobTooBig) {
      refuseUpload(request, response);
      return;
    }
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      json(response, 507, { sentence: '磁盘空间不足，文件没有保存。请清理磁盘后重试' });
      return;
    }
    throw error;
  }
}

/** GET /files/<id>: a document that a procedure has prepared. */
export async function sendDownload(downloads: Downloads, id: string, response: ServerResponse): Promise<void> {
  const file = downloads.find(id);
  if (!file) {
    json(response, 404, { sentence: '这个文件已不在，请重新生成' });
    return;
  }
  const stream = await file.open();
  response.writeHead(200, {
    'content-type': file.mime,
    'content-length': file.size,
    'content-disposition': disposition(file.fileName),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  await send(stream, response);
}

const INLINE = /^image\/(jpeg|png|webp|gif)$/;

/** The picture that is asked for of a file: a small one of a photo, or one of its pages; null where the file itself is. */
async function pictureOf(desk: Desk, id: string, query: URLSearchParams) {
  if (query.has('page')) return await pagePicture(desk.context, id, Number(query.get('page')));
  return query.get('size') === 'thumb' ? await photoThumbnail(desk.context, id) : null;
}

/** GET /media/<id of a file>[?size=thumb][?page=N][&download]: a photo, its thumbnail, a page, or a document. */
export async function sendMedia(
  desk: Desk,
  id: string,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  try {
    const picture = await pictureOf(desk, id, query);
    if (picture) {
      response
        .writeHead(200, {
          'content-type': picture.mime,
          'content-length': picture.bytes.length,
          'cache-control': 'private, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          ...('pages' in picture && { 'x-steward-pages': String(picture.pages) }),
        })
        .end(picture.bytes);
      return;
    }
    const file = await attachmentFile(desk.context, id);
    const inline = INLINE.test(file.mime) && !query.has('download');
    response.writeHead(200, {
      'content-type': inline ? file.mime : 'application/octet-stream',
      'content-length': file.size,
      'content-disposition': inline ? 'inline' : disposition(file.name),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    await send(desk.context.store.blobs.stream(file.sha256), response);
  } catch (error) {
    if (error instanceof ServiceError) {
      json(response, error.code === 'UNREADABLE_FILE' ? 422 : 404, error.data);
      return;
    }
    throw error;
  }
}
