// node scripts/icons.ts: draws the application's icons from resources/icons/icon.svg; electron-builder makes ico and icns of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { ROOT } from './lib/run.ts';

const FOLDER = join(ROOT, 'resources', 'icons');
const DRAWN_AT = 1024;

const svg = readFileSync(join(FOLDER, 'icon.svg'));
for (const size of [512, 1024]) {
  const density = (72 * size) / DRAWN_AT;
  writeFileSync(
    join(FOLDER, `icon-${size}.png`),
    await sharp(svg, { density }).resize(size, size).png({ compressionLevel: 9 }).toBuffer(),
  );
}
