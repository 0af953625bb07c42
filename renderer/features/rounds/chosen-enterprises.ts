// Enterprises on their way from the list into a new round.
let waiting: readonly string[] = [];

/** Gives enterprises to the new round that is about to be made. */
export function handOverEnterprises(ids: readonly string[]): void {
  waiting = [...ids];
}

/** Takes them, once. */
export function takeChosenEnterprises(): readonly string[] {
  const ids = waiting;
  waiting = [];
  return ids;
}
