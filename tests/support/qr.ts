// Reads a QR code as a phone would, by another hand than the one that draws them.
import jsQR from 'jsqr';
import sharp from 'sharp';

/** What the code in a picture says; null where none is found. */
export async function readCode(picture: Uint8Array): Promise<string | null> {
  const raw = sharp(picture).ensureAlpha().raw();
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  return jsQR.default(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}
