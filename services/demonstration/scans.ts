// Files in the tray of the demonstration town: some whose names say all, one that says a part, one that says nothing.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import type { Reader } from '../../db/index.ts';
import type { NewFile } from '../scans/index.ts';
import type { DemoEnterprise } from './enterprises.ts';

const [WIDTH, HEIGHT] = [900, 1273];
const FONT = 'Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif';

/** A page with a heading and lines, as PNG. */
async function drawPaper(heading: string, lines: readonly string[]): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const rows = lines.map((line, n) => `<text x="90" y="${330 + n * 62}" font-size="26">${line}</text>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}" fill="#23292b">
<rect width="100%" height="100%" fill="#fdfcf8"/><text x="450" y="210" font-size="52" text-anchor="middle">${heading}</text>
${rows.join('')}<circle cx="690" cy="1050" r="92" fill="none" stroke="#b5412f" stroke-width="6"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}

/** What a permit on file says, as its paper does. */
async function permitLines(read: Reader, enterpriseId: string): Promise<string[]> {
  const [owner, held] = [
    await read.get(enterprise, enterpriseId),
    await read.first(permit, { enterpriseId }, { order: { createdAt: 'ASC' } }),
  ];
  return [
    `证书编号：${held?.number ?? `${owner?.creditCode ?? ''}001U`}`,
    `单位名称：${owner?.name ?? ''}`,
    `统一社会信用代码：${owner?.creditCode ?? ''}`,
    `有效期限：自${held?.validFrom ?? ''}至${held?.validTo ?? ''}止`,
    `发证机关：${held?.issueAuthority ?? '青溪区生态环境局'}`,
  ];
}

/** Files as they come from the scanner of an office. */
export async function drawScans(
  read: Reader,
  enterprises: readonly DemoEnterprise[],
  year: string,
): Promise<NewFile[]> {
  const made = enterprises.filter(({ kind, status }) => kind === 'industrial' && status === 'operating');
  const [a, b, c, d] = made.slice(10, 14);
  if (!a || !b || !c || !d) return [];
  const part = d.name.replace(/^上海市?/u, '').slice(0, 4);
  const papers: readonly (readonly [name: string, heading: string, lines: readonly string[]])[] = [
    [`${a.name}_排污许可证.png`, '排污许可证', await permitLines(read, a.id)],
    [`${b.name}_监测报告_${year}-03-12_废水.png`, '监测报告', [`委托单位：${b.name}`, `采样日期：${year}-03-12`]],
    [`${c.name}_危废处置合同_${year}年度.png`, '危险废物委托处置合同', [`甲方：${c.name}`]],
    [`${part}-应急预案备案表.png`, '突发环境事件应急预案备案表', [`单位名称：${d.name}`]],
    ['扫描件0007.png', '环保管理制度', ['一、总则']],
  ];
  const files: NewFile[] = [];
  for (const [name, heading, lines] of papers)
    files.push({
      name,
      bytes: await drawPaper(heading, lines),
      look: { mime: 'image/png', width: WIDTH, height: HEIGHT },
    });
  return files;
}
