// A picture with points on it, each under its name, as papers print it: what the window draws over the picture is in its pixels here.
import sharp from 'sharp';
import { makeDocumentPicture, type Picture } from './photo.ts';

/** A point of a picture: shares of its width and height from the upper left. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

const COLOUR = '#e0281a';
/** Longer names are cut: the list beside the picture has them whole. */
const LONGEST = 14;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A dot with its name beside it, to the left where there is no room at the right. */
function drawn({ x, y, label }: PicturePoint, width: number, height: number): string {
  const letters = Math.max(14, Math.round(Math.max(width, height) / 48));
  const text = label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
  const units = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 1 : 0.62), 0);
  const [wide, high, dot] = [letters * (units + 0.8), letters * 1.5, letters * 0.45];
  const [cx, cy] = [x * width, y * height];
  const right = cx + dot * 1.6 + wide <= width;
  const left = right ? cx + dot * 1.6 : cx - dot * 1.6 - wide;
  const top = Math.max(0, Math.min(height - high, cy - high / 2));
  return `<circle cx="${cx}" cy="${cy}" r="${dot}" fill="${COLOUR}" stroke="#fff" stroke-width="${dot / 3}"/>
<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="${letters / 6}" fill="#fff" fill-opacity=".9" stroke="${COLOUR}"/>
<text x="${left + wide / 2}" y="${top + high * 0.72}" font-size="${letters}" fill="#1a201d" text-anchor="middle"
  font-family="Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif">${escaped(text)}</text>`;
}

/** The picture as papers take it, with its points. @throws PhotoError */
export async function drawPoints(bytes: Uint8Array, points: readonly PicturePoint[]): Promise<Picture> {
  const picture = await makeDocumentPicture(bytes);
  const { width, height } = picture;
  const layer = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${points
    .map((point) => drawn(point, width, height))
    .join('')}</svg>`;
  const marked = await sharp(picture.bytes)
    .composite([{ input: Buffer.from(layer) }])
    .jpeg({ quality: 85 })
    .toBuffer();
  return { bytes: new Uint8Array(marked), mime: 'image/jpeg', width, height };
}
