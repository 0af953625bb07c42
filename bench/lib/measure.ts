// How things are measured, and the line in which a measurement is printed.

/**
 * One measurement. Where there is a `baseline` (same unit, same run) the target is for `ratio` = value / baseline,
 * otherwise for `value`; null where there is none.
 */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
  target: number | null;
  /** How SQLite runs the baseline, where that is SQL. */
  plan?: string[];
}

const rounded = (n: number): number => Number(n.toPrecision(4));

/** A measurement against a baseline of the same run, or against none. */
export function measurement(
  name: string,
  value: number,
  unit: string,
  baseline: number | null,
  target: number | null,
): Measurement {
  return {
    name,
    value: rounded(value),
    unit,
    baseline: baseline === null ? null : rounded(baseline),
    ratio: baseline === null ? null : rounded(value / baseline),
    target,
  };
}

/** The middle one; the mean of two for an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value below which that part of all lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Milliseconds by the clock and by the processor (of the whole process, so that threads count). */
export interface Spent {
  readonly clock: number;
  readonly processor: number;
}

/** What something takes. */
export async function spent(work: () => unknown): Promise<Spent> {
  const begun = process.cpuUsage();
  const clock = await timed(work);
  const { user, system } = process.cpuUsage(begun);
  return { clock, processor: (user + system) / 1000 };
}

/** Milliseconds of each run. */
export interface Runs {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
}

/** Runs by what each of them took. */
export const runsOf = (runs: readonly Spent[]): Runs => ({
  clock: runs.map(({ clock }) => clock),
  processor: runs.map(({ processor }) => processor),
});

/** Runs of two ways to do the same, taken in turns so that a busy machine harms both alike. */
export async function alternated(
  runs: number,
  ours: () => unknown,
  bare: () => unknown,
): Promise<{ ours: Runs; bare: Runs }> {
  const [took, alone]: [Spent[], Spent[]] = [[], []];
  await ours();
  await bare();
  for (let i = 0; i < runs; i += 1) {
    alone.push(await spent(bare));
    took.push(await spent(ours));
  }
  return { ours: runsOf(took), bare: runsOf(alone) };
}

/** Median milliseconds of two ways to do the same. */
export async function compared(
  runs: number,
  ours: () => unknown,
  bare: () => unknown,
): Promise<{ ours: number; bare: number }> {
  const took = await alternated(runs, ours, bare);
  return { ours: median(took.ours.clock), bare: median(took.bare.clock) };
}
