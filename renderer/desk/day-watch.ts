// Notices when the day may have changed under an open window: at midnight, and when somebody comes back to it.

/** How often the clock is looked at: after a computer slept, a timer for midnight would come too late. */
const EVERY_MS = 60_000;

/** What is listened to: the document, its window, and the day of the clock. */
export interface DaySources {
  page: EventTarget & { visibilityState?: string };
  window: EventTarget;
  day(): string;
}

/** Calls `look` when the window is seen or focused again and when the day of the clock changes. Returns how to stop. */
export function watchDay(look: () => void, sources: DaySources): () => void {
  let last = sources.day();
  const onVisible = (): void => {
    if (sources.page.visibilityState !== 'hidden') look();
  };
  const timer = setInterval(() => {
    const now = sources.day();
    if (now === last) return;
    last = now;
    look();
  }, EVERY_MS);
  sources.page.addEventListener('visibilitychange', onVisible);
  sources.window.addEventListener('focus', look);
  return () => {
    clearInterval(timer);
    sources.page.removeEventListener('visibilitychange', onVisible);
    sources.window.removeEventListener('focus', look);
  };
}
