// Measures the radar of repeats against labelled pairs, one JSON object a line.
import { z } from 'zod';
import { radar } from '../../domain/findings/radar.ts';
import type { Likeness, Sighting } from '../../domain/findings/radar.ts';
import { refused } from '../errors.ts';

const side = z.object({ item: z.string().nullish(), place: z.string().nullish(), text: z.string().trim().min(1) });
const pair = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  a: side,
  b: side,
  same: z.enum(['yes', 'no']),
});

export type LabelledPair = z.output<typeof pair>;

/** A pair that the radar saw otherwise than its label. */
export interface WrongPair extends Likeness {
  readonly line: number;
  readonly pair: LabelledPair;
}

/** How well the radar does: shares of the `yes` pairs, 0 to 1, null where there is nothing to divide by. */
export interface RadarMeasure {
  /** Of the pairs that it takes for repeats, those that are. */
  readonly precision: number | null;
  /** Of the pairs that are repeats, those that it finds. */
  readonly recall: number | null;
  readonly pairs: number;
  readonly wrong: readonly WrongPair[];
}

/** What is wrong with a line, by the field that it lacks. */
function lineFault(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.') ?? '';
  if (path === '') return '不是一对问题';
  return path === 'same' ? 'same 只能是 yes 或 no' : `缺少 ${path}，或它不是文字`;
}

function pairOf(text: string, line: number): LabelledPair {
  const wrong = (what: string): never => {
    throw refused(
      `第 ${line} 行：${what}。每行应是一对问题：{"a": {"item", "place", "text"}, "b": {…}, "same": "yes"}，请改好再测`,
    );
  };
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return wrong('不是 JSON');
  }
  const parsed = pair.safeParse(read);
  return parsed.success ? parsed.data : wrong(lineFault(parsed.error));
}

const sighting = ({ item, place, text }: LabelledPair['a']): Sighting => ({
  item: item ?? null,
  place: place ?? null,
  text,
});
const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/**
 * Measures the radar on labelled pairs.
 * @param text of a file with one pair a line; blank lines do not count
 * @throws REFUSED with the number of the first line that is no pair, or when there is none
 */
export function measureRadar(text: string): RadarMeasure {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  const pairs = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ line: at + 1, pair: pairOf(line, at + 1) }]));
  if (pairs.length === 0) throw refused('文件里没有一对问题。每行写一对，请核对文件');
  const seen = pairs.map((one) => ({ ...one, ...radar(sighting(one.pair.a), sighting(one.pair.b)) }));
  const isYes = (one: (typeof seen)[number]): boolean => one.pair.same === 'yes';
  const right = seen.filter((one) => one.likely && isYes(one)).length;
  return {
    precision: share(right, seen.filter((one) => one.likely).length),
    recall: share(right, seen.filter(isYes).length),
    pairs: pairs.length,
    wrong: seen.filter((one) => one.likely !== isYes(one)),
  };
}
