// Pixels of a page, and strips of it that are cut out straight although they lie askew.

/** Red, green and blue of each pixel, row by row. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A rectangle that may lie askew: its middle, its sides, and the angle of the longer one in radians. */
export interface Strip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

const clamp = (value: number, most: number): number => (value < 0 ? 0 : value > most ? most : value);

/** One colour at a point between pixels. */
function between({ data, width, height }: Pixels, x: number, y: number, colour: number): number {
  const [left, top] = [clamp(Math.floor(x), width - 1), clamp(Math.floor(y), height - 1)];
  const [right, low] = [clamp(left + 1, width - 1), clamp(top + 1, height - 1)];
  const [fx, fy] = [clamp(x - left, 1), clamp(y - top, 1)];
  const at = (column: number, row: number): number => data[(row * width + column) * 3 + colour] ?? 0;
  const upper = at(left, top) * (1 - fx) + at(right, top) * fx;
  const lower = at(left, low) * (1 - fx) + at(right, low) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** A strip of a page, straight, so many pixels high. */
export function cutOut(page: Pixels, strip: Strip, height: number): Pixels {
  const scale = strip.height / height;
  const width = Math.max(1, Math.round(strip.width / scale));
  const data = new Uint8Array(width * height * 3);
  const [cos, sin] = [Math.cos(strip.angle), Math.sin(strip.angle)];
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const [along, across] = [(column + 0.5) * scale - strip.width / 2, (row + 0.5) * scale - strip.height / 2];
      const x = strip.x + along * cos - across * sin - 0.5;
      const y = strip.y + along * sin + across * cos - 0.5;
      for (let colour = 0; colour < 3; colour += 1)
        data[(row * width + column) * 3 + colour] = between(page, x, y, colour);
    }
  return { data, width, height };
}
