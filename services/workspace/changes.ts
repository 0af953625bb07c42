// What was written, as numbers that go up, so that another window on the same workspace learns of it while it waits.

/** How much was written: `written` counts commits of records, `noted` those that only concern the state (a backup, a setting). */
export interface Mark {
  readonly written: number;
  readonly noted: number;
}

/** Commits that follow each other closely are told as one; by then whoever wrote has its own answer. */
const TOGETHER_MS = 120;

/** Counts commits and wakes those who wait for the next. */
export class Changes {
  #written = 0;
  #noted = 0;
  readonly #waiting = new Set<() => void>();

  get mark(): Mark {
    return { written: this.#written, noted: this.#noted };
  }

  /** Something was committed, or another workspace was opened. */
  record(what: keyof Mark): void {
    if (what === 'written') this.#written += 1;
    else this.#noted += 1;
    for (const wake of this.#waiting) wake();
  }

  /** The mark once it is another than `seen`, at the latest after `within` milliseconds or when the one who waits has gone. */
  async after(seen: Mark, within: number, signal?: AbortSignal): Promise<Mark> {
    const isNew = (): boolean => seen.written !== this.#written || seen.noted !== this.#noted;
    if (!isNew())
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(later);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const later = (): void => {
          setTimeout(end, TOGETHER_MS).unref();
        };
        const timer = setTimeout(end, within);
        timer.unref();
        this.#waiting.add(later);
        signal?.addEventListener('abort', end);
      });
    return this.mark;
  }
}
