// Pictures in documents: upright, in proportion, in paragraphs that grow with them.
import { AlignmentType, ImageRun, LineRuleType, Paragraph } from 'docx';
import { makeDocumentPicture, type Picture } from '../../photos/index.ts';
import { STYLE } from './styles.ts';
import { cellParagraph } from './table.ts';
import { cleanText, runs } from './text.ts';
import { POINTS, type Theme } from './theme.ts';
import type { PhotoRef } from '../../../domain/reports/figures.ts';

/** A photo of a document; `bytes` is null when its file is not there. */
export interface DocumentPhoto {
  readonly bytes: Uint8Array | null;
  /** Under the picture: place and time. */
  readonly caption?: string;
}

/** Bytes of the photos by id, beside the data, so that the data stays plain JSON; one that is not there prints 「照片缺失」. */
export type PhotoBytes = Readonly<Record<string, Uint8Array>>;

/** Photos with their bytes; an empty place stays one. */
export function resolvePhotos<R extends PhotoRef | null>(
  refs: readonly R[],
  bytes: PhotoBytes | undefined,
): (R extends null ? DocumentPhoto | null : DocumentPhoto)[] {
  const photo = (ref: PhotoRef): DocumentPhoto => ({
    bytes: bytes?.[ref.id] ?? null,
    ...(ref.caption && { caption: ref.caption }),
  });
  return refs.map((ref) => (ref === null ? null : photo(ref)) as R extends null ? DocumentPhoto | null : DocumentPhoto);
}

/** What is printed where a photo should be. */
export const PHOTO_MISSING = '「照片缺失」';

/** Pixels at 96 to the inch, the unit of picture sizes in docx. */
function pixels(twips: number): number {
  return twips / 15;
}

/** Size within a box, in proportion, never enlarged beyond 1 pixel of the photo per pixel at 96 dpi. */
export function fitInto(
  width: number,
  height: number,
  box: { width: number; height: number },
): { width: number; height: number } {
  const scale = Math.min(box.width / width, box.height / height, 1);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Decodes a photo for printing; null when it is missing or cannot be decoded. */
export async function loadPicture(photo: DocumentPhoto): Promise<Picture | null> {
  if (!photo.bytes || photo.bytes.length === 0) return null;
  try {
    return await makeDocumentPicture(photo.bytes);
  } catch {
    // A photo that cannot be printed must not stop the document; its place says so.
    return null;
  }
}

/**
 * One photo as paragraphs (picture and caption), within a box.
 * @param box twips
 */
export async function photoParagraphs(
  theme: Theme,
  photo: DocumentPhoto,
  box: { width: number; height: number },
  number: number,
  what = '照片',
): Promise<Paragraph[]> {
  const picture = await loadPicture(photo);
  const caption = photo.caption ? cleanText(photo.caption) : '';
  const paragraphs: Paragraph[] = [];
  if (picture) {
    const size = fitInto(picture.width, picture.height, { width: pixels(box.width), height: pixels(box.height) });
    const name = `${what}${number}`;
    paragraphs.push(
      new Paragraph({
        style: STYLE.picture,
        alignment: AlignmentType.CENTER,
        spacing: { before: 40, line: 240, lineRule: LineRuleType.AUTO },
        keepNext: caption !== '',
        children: [
          new ImageRun({
            type: 'jpg',
            data: picture.bytes,
            transformation: size,
            altText: { name, title: name, description: caption || (what === '照片' ? '现场照片' : what) },
          }),
        ],
      }),
    );
  } else {
    paragraphs.push(
      new Paragraph({ style: STYLE.picture, children: runs(theme, 'table', PHOTO_MISSING, { points: POINTS.table }) }),
    );
  }
  if (caption) paragraphs.push(cellParagraph(theme, caption, { align: 'center', points: POINTS.note }));
  return paragraphs;
}
