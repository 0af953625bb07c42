// Layout pictures of the demonstration town: one drawn plan for the files that were filled from paper, with marks where things stand.
import { attachment } from '../../domain/attachments/entities.ts';
import { layoutMark } from '../../domain/production/entities.ts';
import { LAYOUT_PICTURE } from '../../domain/production/layout.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { entityNamed, siblingFields } from '../../domain/entities.ts';
import type { Reader, Writer } from '../../db/index.ts';

const [WIDTH, HEIGHT] = [1200, 800];

/** Where on the plan things stand, by the field of the mark and in their order. */
const SPOTS: Readonly<Record<string, readonly (readonly [x: string, y: string])[]>> = {
  outletId: [
    ['0.925', '0.88'],
    ['0.3', '0.16'],
  ],
  facilityId: [['0.46', '0.16']],
  storageId: [
    ['0.74', '0.33'],
    ['0.74', '0.51'],
  ],
};

const block = (x: number, y: number, w: number, h: number, name: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#e7ece8" stroke="#5b655f" stroke-width="4"/>
<text x="${x + w / 2}" y="${y + h / 2}" font-size="30" fill="#4a544f" text-anchor="middle"
  font-family="Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif">${name}</text>`;

/** The plan as PNG. */
export async function drawPlan(): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/>
<rect x="40" y="40" width="1120" height="720" fill="#fafbf9" stroke="#20272a" stroke-width="6"/>
${block(100, 170, 560, 260, '一车间')}${block(100, 490, 360, 210, '原料库')}${block(520, 490, 240, 210, '办公楼')}
${block(860, 170, 240, 130, '危废仓库')}${block(860, 330, 240, 110, '一般固废')}
<path d="M820 60V740" stroke="#9aa39d" stroke-width="4" stroke-dasharray="18 12"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}

/** A thing of a file that is marked: its row, and the field of the mark. */
interface Thing {
  id: string;
  enterpriseId: string;
  field: string;
}

/** What can be marked, by the fields of a mark. */
async function thingsOf(read: Reader): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const field of siblingFields(layoutMark as never)) {
    if (!SPOTS[field]) continue;
    const { target = '' } = metaOf(layoutMark.fields[field as keyof typeof layoutMark.fields]);
    const order = { order: { id: 'ASC' } as never };
    const rows = (await read.find(entityNamed(target), {}, order)) as unknown as Omit<Thing, 'field'>[];
    things.push(...rows.map(({ id, enterpriseId }) => ({ id, enterpriseId, field })));
  }
  return things;
}

/** Writes a layout with marks into every file that has outlets. */
export async function writeLayouts(tx: Writer, plan: { sha256: string; size: number }): Promise<void> {
  const files = Map.groupBy(await thingsOf(tx.read), (thing) => thing.enterpriseId);
  for (const [enterpriseId, things] of files) {
    if (!things.some((thing) => thing.field === 'outletId')) continue;
    const picture = {
      name: '平面布置图.png',
      title: '厂区平面布置图',
      mime: 'image/png',
      width: WIDTH,
      height: HEIGHT,
    };
    const file = await tx.insert(attachment, {
      ownerEntity: 'enterprise',
      ownerId: enterpriseId,
      kind: LAYOUT_PICTURE,
      seq: 1,
      ...picture,
      ...plan,
    });
    const taken = new Map<string, number>();
    for (const { id, field } of things) {
      const place = taken.get(field) ?? 0;
      taken.set(field, place + 1);
      const spot = SPOTS[field]?.[place];
      if (spot)
        await tx.insert(layoutMark, { enterpriseId, attachmentId: file.id, x: spot[0], y: spot[1], [field]: id });
    }
    await tx.breathe();
  }
}
