// Looks into photos and makes smaller ones. Everything that arrives is hostile until it has been decoded within limits.
import sharp, { type Sharp } from 'sharp';
import { PhotoError } from './errors.ts';
import { readExif, type PhotoFacts } from './exif.ts';
import { sniffPhoto, type PhotoMime } from './sniff.ts';

/** Most pixels that are decoded: 100 million, far beyond any phone, far below what fills the memory. */
export const MAX_PHOTO_PIXELS = 100_000_000;

/** Edge of the small picture by which a photo shows that it is whole. */
const SAMPLE_EDGE = 32;

/** What is known about a photo. */
export interface PhotoInfo extends PhotoFacts {
  readonly mime: PhotoMime;
  /** Pixels as shown, that is with the orientation applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1-8; 1 when absent. */
  readonly orientation: number;
}

/** A picture made from a photo. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mime: 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/**
 * Format (by its bytes), size, time and position of a photo. All of it is read once, small: one that was cut off is refused
 * here, before it stands for anything.
 * @throws PhotoError
 */
export async function inspectPhoto(bytes: Uint8Array): Promise<PhotoInfo> {
  const mime = sniffPhoto(bytes);
  try {
    const meta = await open(bytes).metadata();
    if (meta.width * meta.height > MAX_PHOTO_PIXELS) throw new PhotoError('PHOTO_TOO_MANY_PIXELS');
    await open(bytes).resize({ width: SAMPLE_EDGE, height: SAMPLE_EDGE, fit: 'inside' }).raw().toBuffer();
    const orientation = meta.orientation ?? 1;
    const turned = orientation >= 5;
    return {
      mime,
      width: turned ? meta.height : meta.width,
      height: turned ? meta.width : meta.height,
      orientation,
      // A TIFF file is itself laid out as EXIF is.
      ...(await readExif(meta.exif ?? (mime === 'image/tiff' ? bytes : undefined))),
    };
  } catch (error) {
    throw asPhotoError(error);
  }
}

/**
 * A picture whose longer edge is at most `edge` pixels: upright, in sRGB, without EXIF (so without position). Of a
 * moving picture the first frame. `about` is written into it as its description.
 * @throws PhotoError
 */
export async function makeThumbnail(
  bytes: Uint8Array,
  edge: number,
  mime: Picture['mime'] = 'image/webp',
  about?: string,
): Promise<Picture> {
  sniffPhoto(bytes);
  try {
    const scaled = open(bytes)
      .autoOrient()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' });
    if (about !== undefined) scaled.withExif({ IFD0: { ImageDescription: about } });
    const encoded = mime === 'image/webp' ? scaled.webp({ quality: 78 }) : scaled.jpeg({ quality: 82, mozjpeg: false });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    return { bytes: new Uint8Array(data), mime, width: info.width, height: info.height };
  } catch (error) {
    throw asPhotoError(error);
  }
}

/** Whether bytes are a whole WebP picture no longer than `edge` pixels either way: its head is read first, then all of it. */
export async function isSmallPicture(bytes: Uint8Array, edge: number): Promise<boolean> {
  try {
    if (sniffPhoto(bytes) !== 'image/webp') return false;
    const { width, height } = await open(bytes).metadata();
    if (width > edge || height > edge) return false;
    await open(bytes).raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

/** A photo for a Word document: JPEG, upright (Word ignores EXIF), at most 1600 pixels long. @throws PhotoError */
export async function makeDocumentPicture(bytes: Uint8Array, edge = 1600): Promise<Picture> {
  return makeThumbnail(bytes, edge, 'image/jpeg');
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });
}

function asPhotoError(error: unknown): PhotoError {
  if (error instanceof PhotoError) return error;
  const text = error instanceof Error ? error.message : '';
  return new PhotoError(
    /exceeds pixel limit|exceeds processing limit|too large|limit/i.test(text)
      ? 'PHOTO_TOO_MANY_PIXELS'
      : 'PHOTO_DAMAGED',
    error,
  );
}
