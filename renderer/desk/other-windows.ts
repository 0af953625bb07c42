// Learns what other windows on the same workspace write: one question waits at the back end while this window is seen.

/** How much was written, as the back end counts it. */
export interface Mark {
  written: number;
  noted: number;
}

/** What is asked and told. `heard` is the count that came with the newest answer before this window last fetched its pages. */
export interface WindowSources {
  ask: (seen: Mark, signal: AbortSignal) => Promise<Mark>;
  heard: () => number;
  /** Records were written elsewhere: pages fetch again. */
  onWritten: (written: number) => void;
  /** Something else is new, or a minute has passed: what the frame shows is asked for again. */
  onNoted: () => void;
  page: EventTarget & { visibilityState?: string };
  wait: (milliseconds: number) => Promise<void>;
}

const AFTER_FAILURE_MS = 3000;
/** Between two fetches of all pages while another window writes without a pause. */
const BETWEEN_MS = 400;

/** Waits for what others write until it is stopped. Returns how to stop. */
export function watchOthers(sources: WindowSources): () => void {
  const { page } = sources;
  let stopped = false;
  let running: AbortController | null = null;
  const seen: Mark = { written: sources.heard(), noted: -1 };

  const isHidden = (): boolean => page.visibilityState === 'hidden';
  const untilSeen = (): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isHidden() && !stopped) return;
        page.removeEventListener('visibilitychange', look);
        resolve();
      };
      page.addEventListener('visibilitychange', look);
    });
  // A browser has few connections to one server: a window that nobody sees holds none.
  const release = (): void => {
    if (isHidden()) running?.abort();
  };

  async function once(): Promise<void> {
    running = new AbortController();
    try {
      const mark = await sources.ask({ ...seen }, running.signal);
      if (stopped) return;
      // Fewer than before: the back end was started again.
      const others = mark.written > sources.heard() || mark.written < seen.written;
      seen.noted = mark.noted;
      seen.written = mark.written;
      sources.onNoted();
      if (!others) return;
      sources.onWritten(mark.written);
      await sources.wait(BETWEEN_MS);
    } catch {
      if (!stopped && !isHidden()) await sources.wait(AFTER_FAILURE_MS);
    } finally {
      running = null;
    }
  }

  void (async () => {
    while (!stopped) {
      if (isHidden()) await untilSeen();
      else await once();
    }
  })();
  page.addEventListener('visibilitychange', release);
  return () => {
    stopped = true;
    running?.abort();
    page.removeEventListener('visibilitychange', release);
  };
}
