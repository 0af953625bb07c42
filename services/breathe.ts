// Work on many rows in the thread that answers the window.

/** Lets whoever waits have a turn. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** How many rows are worked on between two turns, where each takes some microseconds. */
const PORTION = 1000;

/** What a function makes of each row; others have their turn in between. */
export async function mapBreathing<T, R>(rows: readonly T[], of: (row: T) => R): Promise<R[]> {
  const made: R[] = [];
  for (let at = 0; at < rows.length; at += PORTION) {
    if (at > 0) await breathe();
    made.push(...rows.slice(at, at + PORTION).map(of));
  }
  return made;
}
