// Scans as a machine makes them: a PDF whose page is one picture.
import sharp from 'sharp';

type Part = string | Uint8Array;

/** A PDF file of objects, numbered from 1. */
function pdfOf(objects: readonly (readonly Part[])[]): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const size = (): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  objects.forEach((object, index) => {
    offsets.push(size());
    const parts = object.map((part) => Buffer.from(part as string));
    chunks.push(Buffer.from(`${index + 1} 0 obj`), ...parts, Buffer.from('endobj\n'));
  });
  const start = size();
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
  chunks.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}${trailer}`));
  return new Uint8Array(Buffer.concat(chunks));
}

const streamOf = (text: string): string => `<</Length ${text.length}>>stream\n${text}\nendstream`;
const pageWith = (resources: string): string[][] => [
  ['<</Type/Catalog/Pages 2 0 R>>'],
  ['<</Type/Pages/Kids[3 0 R]/Count 1>>'],
  [`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<${resources}>>>>`],
];

/** A PDF with one page that is this JPEG. */
export function pdfOfPicture(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const dictionary = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8`;
  return pdfOf([
    ...pageWith('/XObject<</P 5 0 R>>'),
    [streamOf('q 595 0 0 842 0 0 cm /P Do Q')],
    [`<<${dictionary}/Filter/DCTDecode/Length ${jpeg.length}>>stream\n`, jpeg, '\nendstream'],
  ]);
}

/** A PDF with one page of text, its font not in the file: pieces with their place in points from the lower left. */
export function pdfOfText(pieces: readonly (readonly [x: number, y: number, text: string])[]): Uint8Array {
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const shown = pieces.map(([x, y, text]) => `BT /F 12 Tf ${x} ${y} Td <${hex(text)}> Tj ET`).join('\n');
  const system = '/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>';
  const descriptor = '/FontBBox[0 -200 1000 900]/Flags 4/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80';
  return pdfOf([
    ...pageWith('/Font<</F 5 0 R>>'),
    [streamOf(shown)],
    ['<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>'],
    [`<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light${system}/FontDescriptor 7 0 R/DW 1000>>`],
    [`<</Type/FontDescriptor/FontName/STSong-Light${descriptor}>>`],
  ]);
}

/** A scanned page with some words on it, as PDF, JPEG or PNG by the ending of its name. */
export async function scannedPage(name: string, words: string): Promise<Uint8Array> {
  const lines = words.match(/.{1,16}/gu) ?? [];
  const text = lines.map((line, n) => `<text x="30" y="${60 + n * 30}" font-size="22" fill="#222">${line}</text>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="594">
    <rect width="100%" height="100%" fill="#fff"/>${text.join('')}</svg>`;
  const picture = sharp(Buffer.from(svg)).flatten({ background: '#fff' });
  if (name.endsWith('.png')) return new Uint8Array(await picture.png().toBuffer());
  const jpeg = new Uint8Array(await picture.jpeg({ quality: 70 }).toBuffer());
  return name.endsWith('.jpg') ? jpeg : pdfOfPicture(jpeg, 420, 594);
}

/** What a made-up permit says. */
export interface MadePermit {
  readonly code: string;
  readonly holder: string;
  readonly from: string;
  readonly to: string;
}

/** How a page was scanned: the face of its print, how askew it lies, how poor the picture is. */
export interface Scanning {
  readonly font?: string;
  readonly degrees?: number;
  /** Share of grain, 0 to 1. */
  readonly grain?: number;
  readonly quality?: number;
  /** Width of the page in pixels. */
  readonly width?: number;
}

const han = (day: string): string => `${day.slice(0, 4)}年${day.slice(5, 7)}月${day.slice(8)}日`;

/** Lines of a permit as it is issued. */
export const permitLines = ({ code, holder, from, to }: MadePermit): string[] => [
  `证书编号：${code}001U`,
  `单位名称：${holder}`,
  '注册地址：上海市青溪区青禾镇东禾路 88 号',
  '法定代表人：王建国　　行业类别：金属制品业',
  `统一社会信用代码：${code}`,
  `有效期限：自${han(from)}至${han(to)}止`,
  '发证机关：（盖章）上海市青溪区生态环境局',
  `发证日期：${han(from)}`,
];

/** A scanned paper with a heading and lines, as JPEG. */
export async function scannedPaper(heading: string, lines: readonly string[], how: Scanning = {}): Promise<Uint8Array> {
  const { font = 'Noto Sans CJK SC', degrees = 0, grain = 0, quality = 85, width = 1240 } = how;
  const rows = lines.map((line, n) => `<text x="150" y="${500 + n * 90}" font-size="34">${line}</text>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754" font-family="${font}" fill="#1f2326">
    <rect width="100%" height="100%" fill="#fdfcf5"/><text x="620" y="300" font-size="72" text-anchor="middle">${heading}</text>
    ${rows.join('')}<circle cx="900" cy="1180" r="120" fill="none" stroke="#c0392b" stroke-width="7" opacity=".8"/></svg>`;
  const flat = await sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).png().toBuffer();
  let page = sharp(await sharp(flat).rotate(degrees, { background: '#fdfcf5' }).resize({ width }).png().toBuffer());
  if (grain > 0) {
    const { width: w, height: h } = await page.metadata();
    const noise = await sharp({
      create: {
        width: w,
        height: h,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .ensureAlpha(grain)
      .png()
      .toBuffer();
    page = sharp(
      await page
        .composite([{ input: noise }])
        .png()
        .toBuffer(),
    );
  }
  return new Uint8Array(await page.flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer());
}
