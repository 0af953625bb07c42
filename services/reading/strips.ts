// Lines of print in what the detection gives: likely pixels that hang together, each within its smallest rectangle, a little larger.
import type { Strip } from './pixels.ts';

/** How likely a pixel, and a line on the whole, has to be print. */
const PIXEL = 0.3;
const LINE = 0.5;
/** Detection shrinks lines to part them; they are let out again by this share of area to edge. */
const LET_OUT = 1.6;
const LEAST_SIDE = 3;

type Point = readonly [x: number, y: number];

interface Blob {
  readonly points: Point[];
  readonly score: number;
}

/** Ends of the rows of a blob, from which its hull follows, and how likely it is. */
function fill(map: Float32Array, seen: Uint8Array, start: number, width: number, height: number): Blob {
  const rows = new Map<number, [number, number]>();
  const stack = [start];
  seen[start] = 1;
  let [sum, count] = [0, 0];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    sum += map[at] ?? 0;
    count += 1;
    const ends = rows.get(y);
    if (!ends) rows.set(y, [x, x]);
    else if (x < ends[0]) ends[0] = x;
    else if (x > ends[1]) ends[1] = x;
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
        const next = ny * width + nx;
        if (seen[next] || (map[next] ?? 0) <= PIXEL) continue;
        seen[next] = 1;
        stack.push(next);
      }
  }
  const points = [...rows].flatMap(([y, [left, right]]): Point[] => [
    [left, y],
    [right, y],
  ]);
  return { points, score: sum / count };
}

const cross = (o: Point, a: Point, b: Point): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

/** The convex hull (monotone chain). */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (from: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of from) {
      while (chain.length > 1 && cross(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** The hull within a rectangle along a direction. */
function within(hull: readonly Point[], angle: number): Strip {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = hull.map(([x, y]) => x * cos + y * sin);
  const across = hull.map(([x, y]) => y * cos - x * sin);
  const [left, right, top, low] = [Math.min(...along), Math.max(...along), Math.min(...across), Math.max(...across)];
  const [u, v] = [(left + right) / 2, (top + low) / 2];
  return {
    ...{ x: u * cos - v * sin, y: u * sin + v * cos, angle },
    ...{ width: right - left + 1, height: low - top + 1 },
  };
}

/** A direction as near to the horizontal as it can be said. */
function levelled(angle: number): number {
  const quarter = Math.PI / 2;
  return angle - Math.round(angle / quarter) * quarter;
}

/** The smallest rectangle around a blob: one of its sides lies on the hull. */
function smallest(points: readonly Point[]): Strip {
  const hull = hullOf(points);
  let best = within(hull.length > 0 ? hull : points, 0);
  hull.forEach((from, index) => {
    const to = hull[(index + 1) % hull.length] as Point;
    const strip = within(hull, levelled(Math.atan2(to[1] - from[1], to[0] - from[0])));
    if (strip.width * strip.height < best.width * best.height) best = strip;
  });
  return best;
}

function letOut(strip: Strip): Strip {
  const by = (strip.width * strip.height * LET_OUT) / (2 * (strip.width + strip.height));
  return { ...strip, width: strip.width + 2 * by, height: strip.height + 2 * by };
}

/** Lines of print in a map of likelihoods, from above and from the left. */
export function stripsOf(map: Float32Array, width: number, height: number): Strip[] {
  const seen = new Uint8Array(width * height);
  const strips: Strip[] = [];
  for (let at = 0; at < map.length; at += 1) {
    if (seen[at] || (map[at] ?? 0) <= PIXEL) continue;
    const { points, score } = fill(map, seen, at, width, height);
    if (score < LINE) continue;
    const strip = smallest(points);
    if (Math.min(strip.width, strip.height) >= LEAST_SIDE) strips.push(letOut(strip));
  }
  return strips.sort((a, b) => a.y - b.y || a.x - b.x);
}
