// Ranking of organisations, villages or teams (domain reference 4.3): "1,2,2,4", those without findings unranked.

/** Counted integers of one object that is ranked. */
export interface RankedCounts {
  readonly found: number;
  readonly rectified: number;
  /** Targets visited, and targets. */
  readonly visited: number;
  readonly targets: number;
  readonly overdue: number;
}

/** An object with its rank; null where nothing was found (printed `－`). */
export type Ranked<T> = T & { readonly rank: number | null };

/** Which of two fractions is greater; an empty denominator is below every rate. Compares integers, not printed figures. */
function compareFractions(n1: number, d1: number, n2: number, d2: number): number {
  if (d1 === 0 || d2 === 0) return d1 === d2 ? 0 : d1 === 0 ? -1 : 1;
  const difference = BigInt(n1) * BigInt(d2) - BigInt(n2) * BigInt(d1);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** The default key: rectification rate (high first), then coverage (high first), then overdue (few first). */
function compareRanked(a: RankedCounts, b: RankedCounts): number {
  return (
    -compareFractions(a.rectified, a.found, b.rectified, b.found) ||
    -compareFractions(a.visited, a.targets, b.visited, b.targets) ||
    a.overdue - b.overdue
  );
}

/** Ranks the items, best first; equal keys share a rank, items without findings follow unranked in the given order. */
export function rankItems<T extends RankedCounts>(items: readonly T[]): Ranked<T>[] {
  const sorted = items.filter((i) => i.found > 0).sort(compareRanked);
  const ranked: Ranked<T>[] = [];
  sorted.forEach((item, index) => {
    const before = ranked[index - 1];
    ranked.push({ ...item, rank: before !== undefined && compareRanked(before, item) === 0 ? before.rank : index + 1 });
  });
  return [...ranked, ...items.filter((i) => i.found === 0).map((i) => ({ ...i, rank: null }))];
}
