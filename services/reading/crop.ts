// The part of a page where a value stands, as a small picture.
import type { Place } from '../../domain/scans/lines.ts';
import type { Pixels } from './pixels.ts';

/** Some room around the value, in shares of its height. */
const ROOM = 0.35;
const HEIGHT = 44;

/** A part of a page as WebP. */
export async function cropOf({ data, width, height }: Pixels, place: Place): Promise<Uint8Array> {
  const room = place.height * height * ROOM;
  const left = Math.max(0, Math.floor(place.x * width - room));
  const top = Math.max(0, Math.floor(place.y * height - room));
  const right = Math.min(width, Math.ceil((place.x + place.width) * width + room));
  const low = Math.min(height, Math.ceil((place.y + place.height) * height + room));
  const region = { left, top, width: Math.max(1, right - left), height: Math.max(1, low - top) };
  const { default: sharp } = await import('sharp');
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).extract(region);
  return new Uint8Array(
    await picture
      .resize({ height: HEIGHT * 2, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer(),
  );
}
