// A page of a file as a picture: of a PDF any page, of a picture its only one. The libraries are loaded with the first page, in the
// thread that draws it: the back end asks for errors and types alone (decision 0007).
import { PageError } from './errors.ts';
import { drawPdfPage } from './pdf.ts';

/** A page to look at. */
export interface PagePicture {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly pages: number;
}

/** Whether files of this type have pages. */
export const hasPages = (mime: string): boolean => mime === 'application/pdf' || mime.startsWith('image/');

/** A page as a picture whose longer edge has at most `edge` pixels. @throws PageError */
export async function drawPage(bytes: Uint8Array, mime: string, number: number, edge: number): Promise<PagePicture> {
  if (!hasPages(mime)) throw new PageError('PAGE_KIND');
  if (mime === 'application/pdf') {
    const { data, width, height, pages } = await drawPdfPage(bytes, number, edge);
    const { default: sharp } = await import('sharp');
    const picture = await sharp(data, { raw: { width, height, channels: 4 } })
      .webp({ quality: 82 })
      .toBuffer();
    return { bytes: new Uint8Array(picture), mime: 'image/webp', pages };
  }
  if (number !== 1) throw new PageError('PAGE_MISSING');
  const { makeThumbnail, PhotoError } = await import('../photos/index.ts');
  try {
    const picture = await makeThumbnail(bytes, edge);
    return { bytes: picture.bytes, mime: picture.mime, pages: 1 };
  } catch (error) {
    if (error instanceof PhotoError) throw new PageError('PAGE_DAMAGED', error);
    throw error;
  }
}

/** Pixels of a page without what shines through. */
export interface PagePixelsRgb {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly pages: number;
}

/** The pixels of a page whose longer edge has `edge` pixels, of a picture at most as many as it has. @throws PageError */
export async function pixelsOfPage(
  bytes: Uint8Array,
  mime: string,
  number: number,
  edge: number,
): Promise<PagePixelsRgb> {
  const { bytes: picture, pages } = await drawPage(bytes, mime, number, edge);
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(picture)
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, pages };
}
