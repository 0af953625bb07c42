// Reads time and position from a photo's EXIF, without inventing what is not there.
import exifr from 'exifr';

/** What the camera wrote. */
export interface PhotoFacts {
  /** ISO-8601 local time of the camera, with an offset only where the camera gave one; null when absent or not a time. */
  readonly takenAt: string | null;
  /** Decimal degrees (WGS-84 by the standard) as text with six decimals; null when absent or impossible. */
  readonly latitude: string | null;
  readonly longitude: string | null;
}

const NOTHING: PhotoFacts = { takenAt: null, latitude: null, longitude: null };

/**
 * Facts from an EXIF block, as `sharp` hands it out. Damaged EXIF gives nothing; it never refuses a photo.
 * @param exif bytes that start with `Exif\0\0` or with the TIFF header
 */
export async function readExif(exif: Uint8Array | undefined): Promise<PhotoFacts> {
  if (!exif || exif.length < 16) return NOTHING;
  const head = String.fromCharCode(...exif.subarray(0, 4));
  const tiff = head === 'Exif' ? exif.subarray(6) : exif;
  let tags: Record<string, unknown> | undefined;
  try {
    tags = (await exifr.parse(Buffer.from(tiff), {
      tiff: true,
      exif: true,
      gps: true,
      reviveValues: false,
      translateValues: false,
      xmp: false,
      icc: false,
      iptc: false,
      mergeOutput: true,
    })) as Record<string, unknown> | undefined;
  } catch {
    return NOTHING;
  }
  if (!tags) return NOTHING;
  const position = positionOf(tags);
  return { takenAt: timeOf(tags), ...position };
}

function timeOf(tags: Record<string, unknown>): string | null {
  const [time, offset] =
    typeof tags['DateTimeOriginal'] === 'string'
      ? [tags['DateTimeOriginal'], tags['OffsetTimeOriginal']]
      : [tags['CreateDate'] ?? tags['DateTimeDigitized'], tags['OffsetTimeDigitized']];
  if (typeof time !== 'string') return null;
  const match = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/.exec(time.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real =
    year >= 1970 &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!real) return null;
  const zone = typeof offset === 'string' && /^[+-]\d{2}:\d{2}$/.test(offset.trim()) ? offset.trim() : '';
  return `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}${zone}`;
}

function positionOf(tags: Record<string, unknown>): { latitude: string | null; longitude: string | null } {
  const { latitude, longitude } = tags;
  const usable = (value: unknown, limit: number): value is number =>
    typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit;
  // Cameras without a fix write 0, 0.
  if (!usable(latitude, 90) || !usable(longitude, 180) || (latitude === 0 && longitude === 0))
    return { latitude: null, longitude: null };
  return { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) };
}
