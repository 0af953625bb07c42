// The lines of print of a page, read from its pixels.
import type { ReadLine } from '../../domain/scans/lines.ts';
import { cutOut, type Pixels, type Strip } from './pixels.ts';
import { loadModels, type Models, type Numbers } from './runtime.ts';
import { signsIn } from './signs.ts';
import { stripsOf } from './strips.ts';

/** Longest edge that detection looks at, and the step of its sides. */
const EDGE = 1280;
const STEP = 32;
/** Height of a strip for recognition, and the longest one that is read in one go. */
const STRIP_HEIGHT = 48;
const STRIP_WIDTH = 2400;
/** A line of which no more than this is sure is a seal or a stain. */
const LEAST_SCORE = 0.5;

/** Colours of a picture as a model takes them: one plane after the other, blue first, around nought. */
function planes({ data, width, height }: Pixels, mean: readonly number[], spread: readonly number[]): Numbers {
  const size = width * height;
  const numbers = new Float32Array(size * 3);
  for (let plane = 0; plane < 3; plane += 1) {
    const [middle, by] = [mean[plane] ?? 0, spread[plane] ?? 1];
    for (let at = 0; at < size; at += 1)
      numbers[plane * size + at] = ((data[at * 3 + 2 - plane] ?? 0) / 255 - middle) / by;
  }
  return { data: numbers, dims: [1, 3, height, width] };
}

const MEAN = [0.485, 0.456, 0.406];
const SPREAD = [0.229, 0.224, 0.225];
const HALF = [0.5, 0.5, 0.5];

const inSteps = (length: number): number => Math.max(STEP, Math.round(length / STEP) * STEP);

async function findStrips(page: Pixels, { detect }: Models): Promise<Strip[]> {
  const scale = Math.min(1, EDGE / Math.max(page.width, page.height));
  const [width, height] = [inSteps(page.width * scale), inSteps(page.height * scale)];
  const raw = { width: page.width, height: page.height, channels: 3 } as const;
  const { default: sharp } = await import('sharp');
  const small = await sharp(page.data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const map = await detect(planes({ data: small, width, height }, MEAN, SPREAD));
  const [sx, sy] = [page.width / width, page.height / height];
  return stripsOf(map.data, width, height).map((strip) => ({
    ...{ x: strip.x * sx, y: strip.y * sy, angle: strip.angle },
    ...{ width: strip.width * sx, height: strip.height * sy },
  }));
}

const placeOf = ({ x, y, width, height }: Strip, page: Pixels): ReadLine['place'] => ({
  x: (x - width / 2) / page.width,
  y: (y - height / 2) / page.height,
  width: width / page.width,
  height: height / page.height,
});

/** Reads the lines of a page, one after the other. @throws ReadingError */
export async function readLines(page: Pixels): Promise<ReadLine[]> {
  const models = await loadModels();
  const lines: ReadLine[] = [];
  for (const strip of await findStrips(page, models)) {
    const cut = cutOut(page, strip, STRIP_HEIGHT);
    if (cut.width > STRIP_WIDTH || cut.width < STRIP_HEIGHT / 2) continue;
    const signs = signsIn(await models.recognise(planes(cut, HALF, HALF)), models.signs);
    const score = signs.reduce((sum, sign) => sum + sign.score, 0) / Math.max(1, signs.length);
    if (signs.length > 0 && score >= LEAST_SCORE) lines.push({ signs, place: placeOf(strip, page) });
  }
  return lines;
}
