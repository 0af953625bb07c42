// Limits of time in tests, in one place. They only catch a hang: a machine that is ten times slower, or busy, must not meet them. What a
// test waits for is a thing that happens; how long something may take is measured by the benchmarks, never by a test.

/** A test, or what is set up before it, hangs; in milliseconds. */
export const HANG_MS = 30 * 60_000;

/** One thing that a test waits for never comes; in milliseconds. STEWARD_WAIT_MS shortens it for who looks for a fault. */
export const WAIT_MS = Number(process.env.STEWARD_WAIT_MS ?? 5 * 60_000);

/** The same for `vi.waitFor`. */
export const WAIT = { timeout: WAIT_MS, interval: 20 } as const;

/** Processor time of this process for a piece of work, in milliseconds: what else the machine does is not in it. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
