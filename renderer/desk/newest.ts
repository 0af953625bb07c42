// Work that is asked for again before it is done: only the newest run counts, and whoever waits for one waits for that.

/** One piece of work that may be asked for again at any time. */
export interface Newest {
  /** Runs it; resolves when the newest run has ended, this one or one that overtook it. Rejects as that one does. */
  again: () => Promise<void>;
  /** From now on no run counts. */
  stop: () => void;
}

/** @param work does the work; asks `counts` before it shows what came of it */
export function createNewest(work: (counts: () => boolean) => Promise<void>): Newest {
  let turn = 0;
  let newest = Promise.resolve();
  return {
    again: async () => {
      const mine = ++turn;
      newest = work(() => mine === turn);
      for (let waited: Promise<void> | null = null; waited !== newest;) {
        waited = newest;
        await waited;
      }
    },
    stop: () => {
      turn += 1;
    },
  };
}
