// Makes photos for tests: drawn scenes of a given size, with EXIF as a phone writes it.
import sharp from 'sharp';

/** A JPEG with some shapes in it; `orientation` is written as EXIF, the pixels stay as drawn. */
export async function testPhoto(
  width: number,
  height: number,
  options: { text?: string; orientation?: number; color?: string } = {},
): Promise<Uint8Array> {
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${options.color ?? '#7a8a92'}"/><rect y="70%" width="100%" height="30%" fill="#8d857b"/>
    <rect x="10%" y="40%" width="18%" height="38%" fill="#22568f"/><rect x="32%" y="36%" width="18%" height="42%" fill="#1f4c7c"/>
    <ellipse cx="19%" cy="40%" rx="9%" ry="4%" fill="#3a6fa8"/><circle cx="76%" cy="20%" r="6%" fill="#fff" opacity=".7"/>
    <ellipse cx="45%" cy="84%" rx="25%" ry="5%" fill="#2b2723" opacity=".7"/>
    <text x="4%" y="95%" font-size="${Math.round(height / 16)}" fill="#fff">${options.text ?? ''}</text></svg>`;
  const picture = sharp(Buffer.from(scene));
  const oriented = options.orientation ? picture.withMetadata({ orientation: options.orientation }) : picture;
  return new Uint8Array(await oriented.jpeg({ quality: 85 }).toBuffer());
}
