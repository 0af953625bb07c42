// The write lane: one action after another, each in one transaction.

/** Runs tasks one at a time in the order in which they came. */
export class Lane {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Actions that wait or run. */
  get depth(): number {
    return this.#waiting;
  }

  /** Runs `task` after everything that came before it; its failure does not stop the lane. */
  run<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const result = this.#tail.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves when the lane is empty. */
  async idle(): Promise<void> {
    while (this.#waiting > 0) await this.#tail;
  }
}
