// The list behind a number as lines of one height: a village, then its rows, which may still be on their way.
import type { BehindGroup } from '../../../contract/statistics.ts';

/** A line: the heading of a village, or the row at that place of the whole list. */
export type BehindLine = { kind: 'village'; group: BehindGroup } | { kind: 'row'; index: number };

/** Finds a line without laying out all of them: `count` lines in all, `at` for one of them. */
export function behindLines(groups: readonly BehindGroup[]): {
  count: number;
  at: (line: number) => BehindLine | null;
} {
  const starts: number[] = [];
  let count = 0;
  for (const group of groups) {
    starts.push(count);
    count += group.rows + 1;
  }
  const at = (line: number): BehindLine | null => {
    if (line < 0 || line >= count) return null;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    const group = groups[low];
    if (!group) return null;
    // Each village before this one has a heading that is no row.
    return line === starts[low] ? { kind: 'village', group } : { kind: 'row', index: line - low - 1 };
  };
  return { count, at };
}
