// Coverage: which operations of a device are held in a stream: all up to a number, and ranges beyond it (hand-off design 3).

/** Numbers from 1 to `upto` and the inclusive ranges in `extra`, which are sorted and lie apart from each other and from `upto`. */
export interface Coverage {
  readonly upto: number;
  readonly extra: readonly (readonly [number, number])[];
}

export const NOTHING: Coverage = { upto: 0, extra: [] };

/** Whether number `n` is covered. */
export function covers(coverage: Coverage, n: number): boolean {
  return n <= coverage.upto || coverage.extra.some(([from, to]) => n >= from && n <= to);
}

/** Whether numbers below the highest one are missing. */
export function hasGap(coverage: Coverage): boolean {
  return coverage.extra.length > 0;
}

/** The coverage of these ranges, in any order, overlapping or not. */
export function coverageOf(ranges: readonly (readonly [number, number])[]): Coverage {
  const sorted = ranges.filter(([from, to]) => to >= from).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let upto = 0;
  const extra: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = extra.at(-1);
    if (from <= upto + 1) upto = Math.max(upto, to);
    else if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else extra.push([from, to]);
  }
  return { upto, extra };
}

/** All ranges of a coverage. */
export function rangesOf(coverage: Coverage): (readonly [number, number])[] {
  return [...(coverage.upto > 0 ? [[1, coverage.upto] as const] : []), ...coverage.extra];
}

/** What either covers. */
export function union(a: Coverage, b: Coverage): Coverage {
  return coverageOf([...rangesOf(a), ...rangesOf(b)]);
}

/** Ranges of `held` that `known` does not cover. */
export function missingFrom(known: Coverage, held: Coverage): [number, number][] {
  const missing: [number, number][] = [];
  const taken = rangesOf(known);
  for (const [from, to] of rangesOf(held)) {
    let next = from;
    for (const [f, t] of taken) {
      if (t < next || f > to) continue;
      if (f > next) missing.push([next, f - 1]);
      next = Math.max(next, t + 1);
    }
    if (next <= to) missing.push([next, to]);
  }
  return missing;
}
