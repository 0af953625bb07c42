// Small pictures that a package may carry in place of photos: files of their own, whose media type says of which photo
// they are (format 1.1).

/** Longer edge in pixels, and bytes, of a small picture. */
export const THUMBNAIL_EDGE = 480;
export const THUMBNAIL_BYTES = 256 * 1024;

const PARAMETER = 'thumbnail-of';
const THUMBNAIL = /^image\/webp;thumbnail-of=([0-9a-f]{64})$/;

/** Media type of the small picture of a photo with this SHA-256. */
export const thumbnailMime = (original: string): string => `image/webp;${PARAMETER}=${original}`;

/** SHA-256 of the photo of which a file is the small picture; null when it is none. */
export const originalOf = (mime: string): string | null => THUMBNAIL.exec(mime)?.[1] ?? null;

/** Whether a file that calls itself a small picture may be one, as far as its line in the signed list tells. */
export function isThumbnailSound(file: { sha256: string; size: number; mime: string }): boolean {
  if (!file.mime.includes(PARAMETER)) return true;
  const original = originalOf(file.mime);
  return original !== null && original !== file.sha256 && file.size > 0 && file.size <= THUMBNAIL_BYTES;
}
