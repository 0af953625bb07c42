// A QR code in a document: what stands on the paper, for whoever keeps it on a phone.
import encodeQR from 'qr';
import { AlignmentType, ImageRun, Paragraph, type FileChild } from 'docx';
import sharp from 'sharp';
import { STYLE } from '../layout/styles.ts';
import { cellParagraph } from '../layout/table.ts';
import { POINTS, type Theme } from '../layout/theme.ts';

/** Printed pixels of a module: coarse enough for any printer. */
const SCALE = 4;
/** Pixels of the code on paper at 96 to the inch: 45 mm. */
const EDGE = 170;

/** The code of a text as a PNG, four light modules around it. */
export async function codePicture(text: string): Promise<Uint8Array> {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const width = rows.length;
  const pixels = Buffer.from(rows.flatMap((row) => row.map((dark) => (dark ? 0 : 255))));
  const picture = sharp(pixels, { raw: { width, height: width, channels: 1 } });
  const png = await picture
    .resize(width * SCALE, width * SCALE, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return new Uint8Array(png);
}

/** The code of all lines, in the middle, with a caption under it. */
export async function codeBlock(theme: Theme, lines: readonly string[], caption: string): Promise<FileChild[]> {
  const text = lines.filter((line) => line !== '').join('\n');
  const altText = { name: '二维码', title: '二维码', description: caption || '二维码' };
  const image = new ImageRun({
    type: 'png',
    data: await codePicture(text),
    transformation: { width: EDGE, height: EDGE },
    altText,
  });
  const picture = new Paragraph({
    style: STYLE.picture,
    alignment: AlignmentType.CENTER,
    keepNext: caption !== '',
    children: [image],
  });
  return [picture, ...(caption ? [cellParagraph(theme, caption, { align: 'center', points: POINTS.note })] : [])];
}
