// Tells a picture's format from its first bytes; names and declared types are not believed.
import { PhotoError } from './errors.ts';

/** Formats that are accepted. */
export type PhotoMime = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/tiff' | 'image/avif';

/** Most bytes of a photo file. */
export const MAX_PHOTO_BYTES = 60 * 1024 * 1024;

const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1', 'mif2']);

/** The format of the bytes. @throws PhotoError when they are no photo that is accepted */
export function sniffPhoto(bytes: Uint8Array): PhotoMime {
  if (bytes.length === 0) throw new PhotoError('PHOTO_EMPTY');
  if (bytes.length > MAX_PHOTO_BYTES) throw new PhotoError('PHOTO_FILE_TOO_BIG');
  const latin = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (latin(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (latin(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (latin(0, 4) === 'RIFF' && latin(8, 12) === 'WEBP') return 'image/webp';
  if (latin(0, 6) === 'GIF87a' || latin(0, 6) === 'GIF89a') return 'image/gif';
  if (latin(0, 4) === 'II*\0' || latin(0, 4) === 'MM\0*') return 'image/tiff';
  if (latin(4, 8) === 'ftyp') return isoImage(latin(8, 64), bytes);
  if (looksLikeSvg(bytes)) throw new PhotoError('PHOTO_SVG');
  throw new PhotoError('PHOTO_FORMAT');
}

/** An ISO container: AVIF is decoded, HEIC is not, anything else (a film) is no photo. */
function isoImage(brands: string, bytes: Uint8Array): PhotoMime {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const end = Math.min(brands.length, Math.max(8, size - 8));
  const names = [brands.slice(0, 4)];
  for (let at = 8; at + 4 <= end; at += 4) names.push(brands.slice(at, at + 4));
  if (names.includes('avif') || names[0] === 'avis') return 'image/avif';
  throw new PhotoError(names.some((name) => HEIF_BRANDS.has(name)) ? 'PHOTO_HEIC' : 'PHOTO_FORMAT');
}

function looksLikeSvg(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  const text =
    head[0] === 0xff && head[1] === 0xfe ? new TextDecoder('utf-16le').decode(head) : new TextDecoder().decode(head);
  return /<(?:\w+:)?svg[\s/>]|<!DOCTYPE\s+svg/i.test(text);
}
