// The hybrid logical clock of this device: an order for operations that never runs backwards (hand-off design 4.1).

/** State of the clock: milliseconds and a counter within them. */
export interface ClockState {
  ms: number;
  c: number;
}

const COUNTER_LIMIT = 0xffff;

/** A clock whose every reading is greater than all before, whatever the wall clock does. */
export class HybridClock {
  #ms: number;
  #c: number;
  readonly #now: () => number;

  constructor(state: ClockState, now: () => number = Date.now) {
    this.#ms = state.ms;
    this.#c = state.c;
    this.#now = now;
  }

  /** Next reading: 16 lower-case hex characters, 12 of milliseconds and 4 of counter. */
  next(): string {
    const now = this.#now();
    if (now > this.#ms) {
      this.#ms = now;
      this.#c = 0;
    } else if (this.#c < COUNTER_LIMIT) this.#c += 1;
    else {
      this.#ms += 1;
      this.#c = 0;
    }
    return this.#ms.toString(16).padStart(12, '0') + this.#c.toString(16).padStart(4, '0');
  }

  /** Moves the clock on to a reading seen elsewhere. */
  advanceTo(hlc: string): void {
    const ms = Number.parseInt(hlc.slice(0, 12), 16);
    const c = Number.parseInt(hlc.slice(12), 16);
    if (ms > this.#ms || (ms === this.#ms && c > this.#c)) {
      this.#ms = ms;
      this.#c = c;
    }
  }

  /** Goes back to an earlier state. Only where nothing that was read since is kept, or was seen by anybody. */
  returnTo(state: ClockState): void {
    this.#ms = state.ms;
    this.#c = state.c;
  }

  /** What to store so that the next start goes on from here. */
  get state(): ClockState {
    return { ms: this.#ms, c: this.#c };
  }
}
