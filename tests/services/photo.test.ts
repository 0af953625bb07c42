// Photos: format by bytes, size as shown, time and position as written, hostile files refused with a sentence.
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectPhoto, makeDocumentPicture, makeThumbnail, PHOTO_ERRORS } from '../../services/photos/index.ts';
import { testPhoto } from '../support/photos.ts';

const plain = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#667' } });
type Exif = Parameters<Sharp['withExif']>[0];
const withExif = async (exif: Exif): Promise<Uint8Array> => plain(80, 60).jpeg().withExif(exif).toBuffer();

describe('facts', () => {
  test('position comes from EXIF as decimal degrees, south and west are negative', async () => {
    const north = await inspectPhoto(
      await withExif({
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '31/1 13/1 48/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '121/1 28/1 1234/100',
        },
      }),
    );
    expect([north.latitude, north.longitude]).toEqual(['31.230000', '121.470094']);
    const south = await inspectPhoto(
      await withExif({
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '31/1 30/1 0/1',
          GPSLongitudeRef: 'W',
          GPSLongitude: '121/1 15/1 0/1',
        },
      }),
    );
    expect([south.latitude, south.longitude]).toEqual(['-31.500000', '-121.250000']);
  });

  test('0, 0 and impossible positions are no positions', async () => {
    for (const [lat, lon] of [
      ['0/1 0/1 0/1', '0/1 0/1 0/1'],
      ['131/1 0/1 0/1', '121/1 0/1 0/1'],
      ['31/0 0/0 0/0', '121/1 0/1 0/1'],
    ] as const) {
      const facts = await inspectPhoto(
        await withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: lat, GPSLongitudeRef: 'E', GPSLongitude: lon } }),
      );
      expect([facts.latitude, facts.longitude], lat).toEqual([null, null]);
    }
  });

  test.each([
    [{ DateTimeOriginal: '2026:11:18 09:30:12' }, '2026-11-18T09:30:12'],
    [{ DateTimeOriginal: '2026:11:18 09:30:12', OffsetTimeOriginal: '+08:00' }, '2026-11-18T09:30:12+08:00'],
    [{ DateTimeOriginal: '2026:11:18 09:30:12', OffsetTimeOriginal: 'nonsense' }, '2026-11-18T09:30:12'],
    [{ DateTimeOriginal: '0000:00:00 00:00:00' }, null],
    [{ DateTimeOriginal: '2026:02:30 10:00:00' }, null],
    [{ DateTimeOriginal: '2026:11:18 24:61:00' }, null],
  ])('the time of %j is %s: no zone is invented', async (tags, expected) => {
    expect((await inspectPhoto(await withExif({ IFD2: tags as Record<string, string> }))).takenAt).toBe(expected);
  });

  test('size is as shown: a photo turned by EXIF is upright, and its thumbnail too', async () => {
    const turned = await testPhoto(800, 600, { orientation: 6 });
    expect(await inspectPhoto(turned)).toMatchObject({
      mime: 'image/jpeg',
      width: 600,
      height: 800,
      orientation: 6,
      takenAt: null,
    });
    const thumbnail = await makeThumbnail(turned, 200);
    expect(thumbnail).toMatchObject({ mime: 'image/webp', width: 150, height: 200 });
    expect((await sharp(thumbnail.bytes).metadata()).orientation).toBeUndefined();
  });

  test.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)(
    '%s is told by its bytes and gets a thumbnail',
    async (format) => {
      const bytes = new Uint8Array(await plain(320, 200).toFormat(format).toBuffer());
      expect(await inspectPhoto(bytes)).toMatchObject({ mime: `image/${format}`, width: 320, height: 200 });
      expect(await makeThumbnail(bytes, 64)).toMatchObject({ width: 64, height: 40 });
    },
  );
});

describe('smaller ones', () => {
  test('a picture for a document is JPEG without position and without enlargement', async () => {
    const picture = await makeDocumentPicture(
      await withExif({
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 0/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 0/1 0/1' },
      }),
    );
    expect(picture).toMatchObject({ mime: 'image/jpeg', width: 80, height: 60 });
    expect(await inspectPhoto(picture.bytes)).toMatchObject({ latitude: null, longitude: null });
  });

  test('a moving GIF gives its first frame; transparent pixels become white, not black', async () => {
    const frames = Buffer.concat([
      await sharp({ create: { width: 20, height: 20, channels: 4, background: '#f00' } })
        .raw()
        .toBuffer(),
      await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00f' } })
        .raw()
        .toBuffer(),
    ]);
    const gif = await sharp(frames, { raw: { width: 20, height: 40, channels: 4, pageHeight: 20 } })
      .gif()
      .toBuffer();
    expect(await inspectPhoto(gif)).toMatchObject({ width: 20, height: 20 });
    const first = await sharp((await makeThumbnail(gif, 20, 'image/jpeg')).bytes)
      .raw()
      .toBuffer();
    expect(first[0]).toBeGreaterThan(200);
    expect(first[2]).toBeLessThan(60);
    const clear = await sharp({
      create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(
      (
        await sharp((await makeThumbnail(clear, 10, 'image/jpeg')).bytes)
          .raw()
          .toBuffer()
      )[0],
    ).toBeGreaterThan(250);
  });
});

describe('hostile files', () => {
  const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
  const box = (brand: string, compatible: string[] = []): Uint8Array =>
    new Uint8Array([
      0,
      0,
      0,
      16 + compatible.length * 4,
      ...ascii('ftyp'),
      ...ascii(brand),
      0,
      0,
      0,
      0,
      ...compatible.flatMap(ascii),
      ...Array.from({ length: 64 }, () => 0),
    ]);

  /** A PNG that claims huge dimensions; its data is tiny. */
  function bomb(width: number, height: number): Uint8Array {
    const crc = (bytes: number[]): number => {
      let value = 0xffffffff;
      for (const byte of bytes) {
        value ^= byte;
        for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
      }
      return (value ^ 0xffffffff) >>> 0;
    };
    const word = (value: number): number[] => [
      (value >>> 24) & 255,
      (value >>> 16) & 255,
      (value >>> 8) & 255,
      value & 255,
    ];
    const chunk = (type: string, data: number[]): number[] => [
      ...word(data.length),
      ...ascii(type),
      ...data,
      ...word(crc([...ascii(type), ...data])),
    ];
    return new Uint8Array([
      0x89,
      ...ascii('PNG\r\n\x1a\n'),
      ...chunk('IHDR', [...word(width), ...word(height), 8, 2, 0, 0, 0]),
      ...chunk('IDAT', [...deflateSync(Buffer.alloc(1000))]),
      ...chunk('IEND', []),
    ]);
  }

  test.each([
    ['an empty file', new Uint8Array(), 'PHOTO_EMPTY'],
    ['HEIC of an iPhone', box('heic', ['mif1', 'heic']), 'PHOTO_HEIC'],
    ['HEIF by its general brand', box('mif1', ['heic']), 'PHOTO_HEIC'],
    ['a film', box('isom', ['mp42']), 'PHOTO_FORMAT'],
    [
      'SVG',
      new TextEncoder().encode(
        '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      ),
      'PHOTO_SVG',
    ],
    [
      'SVG behind a byte order mark and a comment',
      new TextEncoder().encode('\ufeff<!-- x --><svg width="1"/>'),
      'PHOTO_SVG',
    ],
    ['a PDF called .jpg', new TextEncoder().encode('%PDF-1.7'), 'PHOTO_FORMAT'],
    ['a truncated head', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'PHOTO_DAMAGED'],
    ['a PNG of ten thousand million pixels', bomb(100_000, 100_000), 'PHOTO_TOO_MANY_PIXELS'],
    ['a PNG just over the limit', bomb(20_000, 5_001), 'PHOTO_TOO_MANY_PIXELS'],
  ])('%s is refused with a sentence that says what to do', async (_, bytes, code) => {
    for (const look of [inspectPhoto, (photo: Uint8Array) => makeThumbnail(photo, 100)]) {
      await expect(look(bytes)).rejects.toMatchObject({
        name: 'PhotoError',
        code,
        message: PHOTO_ERRORS[code as keyof typeof PHOTO_ERRORS],
      });
    }
  });

  test('the sentence for HEIC names both ways out', () => {
    expect(PHOTO_ERRORS.PHOTO_HEIC).toMatch(/改选.*照片/);
    expect(PHOTO_ERRORS.PHOTO_HEIC).toContain('兼容性最佳');
  });

  test('a photo cut off in the middle is refused when it is added, in a sentence of its own', async () => {
    const whole = await testPhoto(1200, 900);
    expect(await inspectPhoto(whole)).toMatchObject({ width: 1200, height: 900 });
    for (const part of [0.3, 0.6, 0.9])
      await expect(inspectPhoto(whole.subarray(0, Math.floor(whole.length * part)))).rejects.toMatchObject({
        code: 'PHOTO_DAMAGED',
        message: PHOTO_ERRORS.PHOTO_DAMAGED,
      });
  });

  test('a photo cut off in the middle makes no half-grey thumbnail', async () => {
    const whole = await testPhoto(1200, 900);
    await expect(makeThumbnail(whole.subarray(0, whole.length / 2), 200)).rejects.toMatchObject({
      code: 'PHOTO_DAMAGED',
    });
  });

  test('damaged EXIF loses the facts, not the photo', async () => {
    const photo = await withExif({ IFD2: { DateTimeOriginal: '2026:11:18 09:30:12' } });
    const at = Buffer.from(photo).indexOf('Exif');
    const damaged = new Uint8Array(photo);
    damaged.fill(0xff, at + 14, at + 60);
    expect(await inspectPhoto(damaged)).toMatchObject({ width: 80, height: 60, takenAt: null });
  });
});
