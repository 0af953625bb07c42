// When a back end that died is started again, and when that has become pointless.

export interface RestartLimits {
  /** This many crashes within the period end the attempts. */
  crashes: number;
  periodMs: number;
  /** Pause before the next start, by the number of crashes in the period so far; the last one repeats. */
  pausesMs: readonly number[];
}

export type RestartDecision = { restart: true; afterMs: number } | { restart: false };

export const RESTART_LIMITS: RestartLimits = { crashes: 3, periodMs: 60_000, pausesMs: [200, 1_000] };

/** Remembers crashes; each one gets its decision. `reset` forgets them (the user asked to try again). */
export function createRestartPolicy(limits: RestartLimits = RESTART_LIMITS) {
  let recent: number[] = [];
  return {
    crashed(now: number): RestartDecision {
      recent = [...recent.filter((at) => now - at < limits.periodMs), now];
      if (recent.length >= limits.crashes) return { restart: false };
      return { restart: true, afterMs: limits.pausesMs[recent.length - 1] ?? limits.pausesMs.at(-1) ?? 0 };
    },
    reset(): void {
      recent = [];
    },
  };
}

export type RestartPolicy = ReturnType<typeof createRestartPolicy>;
