// Packages with small pictures in place of photos: what the other office sees, what it still lacks, and how it gets that.
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { AttachmentRow } from '../../contract/attachments.ts';
import { addAttachment, listAttachments, photoThumbnail } from '../../services/attachments/index.ts';
import type { Context } from '../../services/context.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { createFinding } from '../../services/findings/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { readIndex } from '../../services/handoff-package/index.ts';
import { recordFile, startVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDocx, textOf } from '../support/docx.ts';
import { befriend, control, Desks, dump, preview, seed, take } from '../support/handoff-desks.ts';
import { forge } from '../support/handoff-forged.ts';
import { testPhoto } from '../support/photos.ts';

let desks: Desks;
let a: Context;
let b: Context;
let findingId: string;
let photos: Buffer[];
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeEach(async () => {
  desks = new Desks();
  [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  const { id } = await seed(a);
  findingId = (
    await createFinding(
      a,
      { enterpriseId: id, description: '危废贮存场所标签缺失', foundDate: '2026-11-17' } as never,
      [],
    )
  ).id;
  const scene = Buffer.from(await testPhoto(1600, 1200, { text: '现场' }));
  // The second one looks exactly like the first, as a copy does that some program wrote notes into.
  photos = [
    scene,
    await sharp(scene)
      .withExif({ IFD0: { Copyright: 'copy' } })
      .jpeg({ quality: 85 })
      .toBuffer(),
  ];
  for (const [n, bytes] of photos.entries())
    await addAttachment(a, {
      ownerEntity: 'finding',
      ownerId: findingId,
      bytes,
      name: `现场${n}.jpg`,
      kind: 'photo_before',
    });
  await addAttachment(a, {
    ownerEntity: 'finding',
    ownerId: findingId,
    bytes: Buffer.from('%PDF-1.4 report'),
    name: '报告.pdf',
    kind: 'document',
  });
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const shown = async (at: Context): Promise<[name: string, isHere: boolean, onlyThumbnail: boolean][]> =>
  (await listAttachments(at, findingId)).map((r: AttachmentRow) => [r.name, r.isHere, r.onlyThumbnail]);
const sizeOf = async (bytes: Uint8Array): Promise<(number | string)[]> => {
  const m = await sharp(bytes).metadata();
  return [m.format, m.width, m.height];
};

test('[I27] the other office sees each photo small, knows that the original is missing, asks for it and gets it', async () => {
  const made = await desks.send(a, b, { attachments: 'thumbnails' });
  expect(made).toMatchObject({ attachments: 2, thumbnails: 2 });
  expect((await preview(b, made.folder)).attachments).toEqual({ carried: 2, present: 0, missing: 0, thumbnails: 2 });
  const done = await take(b, made.folder);
  expect(done.attachments).toEqual({ stored: 2, missing: 0 });
  expect(await shown(b)).toEqual([
    ['现场0.jpg', false, true],
    ['现场1.jpg', false, true],
    ['报告.pdf', false, false],
  ]);
  const [photo, , document] = await listAttachments(b, findingId);
  expect(await sizeOf((await photoThumbnail(b, photo?.id as string))?.bytes as Uint8Array)).toEqual(['webp', 480, 360]);
  expect(await photoThumbnail(b, document?.id as string)).toBeNull();
  // Under the name of an original there is the original or nothing.
  for (const bytes of photos) expect(await b.store.blobs.has(sha256(bytes))).toBe(false);
  for (const name of readdirSync(join(b.store.folder, 'attachments'), { recursive: true, encoding: 'utf8' }).filter(
    (f) => /[0-9a-f]{64}$/.test(f),
  )) {
    expect(sha256(await b.store.blobs.read(name.slice(-64)))).toBe(name.slice(-64));
  }
  expect(await dump(b)).toContain('现场0.jpg');

  await take(a, (await handoff.writeReceipt(b, done.importId, desks.stick, 'test', control)).folder);
  const rest = await desks.send(a, b);
  expect(rest).toMatchObject({ kind: 'delta', operations: 0, attachments: 3, thumbnails: 0 });
  expect((await take(b, rest.folder)).attachments).toEqual({ stored: 3, missing: 0 });
  expect(await shown(b)).toEqual([
    ['现场0.jpg', true, false],
    ['现场1.jpg', true, false],
    ['报告.pdf', true, false],
  ]);
  for (const bytes of photos) expect(Buffer.from(await b.store.blobs.read(sha256(bytes))).equals(bytes)).toBe(true);
  // Where the originals are, small pictures are of no use.
  const late = await preview(b, (await desks.send(a, b, { attachments: 'thumbnails', full: true })).folder);
  expect(late.attachments).toEqual({ carried: 2, present: 2, missing: 0, thumbnails: 0 });
});

test('a paper prints the small picture and says so, and the photo without a word once it is here', async () => {
  const { id: enterpriseId } = (await a.store.read.find(enterprise, {}))[0] as { id: string };
  const visit = await startVisit(a, { enterpriseId, roundTargetId: null, date: '2026-11-18', purposes: [] });
  await addAttachment(a, {
    ownerEntity: 'visit',
    ownerId: visit.id,
    bytes: photos[0] as Buffer,
    name: '厂门.jpg',
    kind: 'photo',
    caption: '厂门',
  });
  await take(b, (await desks.send(a, b, { attachments: 'thumbnails' })).folder);
  const paper = async (): Promise<[string, number]> => {
    const docx = await openDocx((await recordFile(b, visit.id)).bytes);
    return [textOf(docx.body), docx.paths.filter((path) => /media\/.+\.jpe?g$/.test(path)).length];
  };
  const [text, pictures] = await paper();
  expect(text).toContain('厂门（缩略图，原图未收到）');
  expect(pictures).toBe(1);
  await take(b, (await desks.send(a, b, { full: true })).folder);
  expect((await paper())[0]).toContain('厂门');
  expect((await paper())[0]).not.toContain('缩略图');
});

test('what came as a small picture goes on as one, also when all photos are sent, and is never called the photo', async () => {
  const c = await desks.office('闵行驻点', 'MH');
  await befriend(b, c);
  await take(b, (await desks.send(a, b, { attachments: 'thumbnails' })).folder);
  const made = await desks.send(b, c);
  expect(made).toMatchObject({ attachments: 2, thumbnails: 2 });
  await take(c, made.folder);
  expect(await shown(c)).toEqual([
    ['现场0.jpg', false, true],
    ['现场1.jpg', false, true],
    ['报告.pdf', false, false],
  ]);
  expect((await desks.send(b, c, { full: true, attachments: 'none' })).attachments).toBe(0);
});

test('a reader of format 1.0 finds nothing in such a package that it does not know, and files that are what their names say', async () => {
  const { folder } = await desks.send(a, b, { attachments: 'thumbnails' });
  const lines: object[] = [];
  const nothing = (): void => undefined;
  const { manifest } = await readIndex(
    folder,
    { identities: await b.keys.ageIdentities(b.store.deviceTag), code: null },
    {
      manifest: nothing,
      ops: nothing,
      have: nothing,
      seals: nothing,
      wants: nothing,
      blobs: (entries) => {
        lines.push(...entries);
      },
    },
  );
  expect(manifest.min_reader).toBe(1);
  expect(manifest.format).toEqual({ major: 1, minor: 1 });
  expect(lines.map((line) => Object.keys(line).sort())).toEqual([
    ['mime', 'part', 'sha256', 'size'],
    ['mime', 'part', 'sha256', 'size'],
  ]);
  for (const bytes of photos) expect(JSON.stringify(lines)).toContain(`"image/webp;thumbnail-of=${sha256(bytes)}"`);
  for (const bytes of photos) expect(lines).not.toContainEqual(expect.objectContaining({ sha256: sha256(bytes) }));
});

test('[F9] a file that is no small picture is not kept as one, however it is called; the photo still comes later', async () => {
  const original = sha256(photos[0] as Buffer);
  const mime = `image/webp;thumbnail-of=${original}`;
  const small = await sharp(photos[0]).resize(300).webp().toBuffer();
  for (const [name, bytes] of Object.entries({
    text: Buffer.from('not a picture'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    'another format': await sharp(photos[0]).resize(100).png().toBuffer(),
    'too large': await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .webp()
      .toBuffer(),
    'cut short': small.subarray(0, small.length >> 1),
    'the photo itself': photos[1] as Buffer,
  })) {
    const path = await forge(a, b, join(desks.root, 'forged'), { files: [{ bytes, mime }] });
    expect((await take(b, path)).attachments, name).toEqual({ stored: 0, missing: 1 });
    expect((await listAttachments(b, findingId))[0], name).toMatchObject({ isHere: false, onlyThumbnail: false });
    expect(await b.store.blobs.has(sha256(bytes)), name).toBe(false);
  }
  // A true one is taken; after it no other takes its place.
  expect(
    (await take(b, await forge(a, b, join(desks.root, 'forged'), { files: [{ bytes: small, mime }] }))).attachments,
  ).toEqual({ stored: 1, missing: 0 });
  const other = await sharp(photos[0]).resize(200).negate().webp().toBuffer();
  expect(
    (await preview(b, await forge(a, b, join(desks.root, 'forged'), { files: [{ bytes: other, mime }] }))).attachments,
  ).toMatchObject({ carried: 1, present: 1, thumbnails: 0 });
  expect((await take(b, (await desks.send(a, b, { full: true })).folder)).attachments).toEqual({
    stored: 3,
    missing: 0,
  });
});

test('[F15] a photo that is damaged here is not made a small picture of', async () => {
  writeFileSync(
    a.store.blobs.path(sha256(photos[0] as Buffer)),
    Buffer.from(await testPhoto(800, 600, { text: '别的' })),
  );
  const made = await desks.send(a, b, { attachments: 'thumbnails' });
  expect(made).toMatchObject({ thumbnails: 1, leftOut: [expect.stringContaining('文件已损坏') as string] });
});
