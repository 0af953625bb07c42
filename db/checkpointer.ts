// Keeps the write-ahead log short without holding up the thread that answers: a thread of its own copies it into the database file.
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** In the source tree the thread is a .ts file, in the built one a .js file: the ending of this very file tells. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

const MIB = 1024 * 1024;
/** Bytes in the log, not in the file yet, from which it is copied in the background. */
const COPY_FROM = 4 * MIB;
/** Bytes in the log, copied or not, from which the next action waits for the copying: only a log copied to its end is begun anew. */
const WAIT_FROM = 32 * MIB;

/** One checkpointer per store; its thread starts with the first log that is long enough. */
export class Checkpointer {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #pageBytes: number;
  #thread: Worker | null = null;
  #running: Promise<void> | null = null;
  #finish: () => void = () => undefined;
  #broken = false;

  /** @param db the connection that writes; its own automatic checkpoint is switched off. */
  constructor(db: Database.Database, file: string) {
    this.#db = db;
    this.#file = file;
    this.#pageBytes = db.pragma('page_size', { simple: true }) as number;
    db.pragma('wal_autocheckpoint = 0');
  }

  /** Call after a commit: copies the log in the background if it is long. */
  committed(): void {
    if (!this.#broken && !this.#running && this.#log().uncopied >= COPY_FROM) void this.#start();
  }

  /** Call before an action: waits, without holding the thread, until a log that has grown too long is copied. */
  async room(): Promise<void> {
    if (this.#broken || this.#log().bytes < WAIT_FROM) return;
    // The copying under way may have begun before the last commit and then leaves a rest.
    await this.#running;
    if (this.#log().uncopied > 0) await this.#start();
  }

  /** Waits for what is under way and ends the thread. */
  async close(): Promise<void> {
    await this.#running;
    const thread = this.#thread;
    this.#thread = null;
    if (!thread) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => {
        resolve();
      });
    });
    thread.ref();
    thread.postMessage('close');
    await ended;
  }

  /** Bytes in the log, and how many of them are not in the file yet. */
  #log(): { bytes: number; uncopied: number } {
    const [state] = this.#db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return state
      ? { bytes: state.log * this.#pageBytes, uncopied: (state.log - state.checkpointed) * this.#pageBytes }
      : { bytes: 0, uncopied: 0 };
  }

  async #start(): Promise<void> {
    const thread = (this.#thread ??= this.#open());
    this.#running = new Promise<void>((resolve) => {
      this.#finish = () => {
        this.#running = null;
        thread.unref();
        resolve();
      };
    });
    thread.ref();
    thread.postMessage('checkpoint');
    await this.#running;
  }

  #open(): Worker {
    const thread = new Worker(new URL(`./checkpoint-thread${ENDING}`, import.meta.url), { workerData: this.#file });
    // A refusal (no space, a busy reader) is no harm: the log stays, and the next commit asks again.
    thread.on('message', () => {
      this.#finish();
    });
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      if (this.#thread !== thread) return;
      // Without the thread the writing connection does it itself, as SQLite does by default.
      this.#broken = true;
      this.#thread = null;
      if (this.#db.open) this.#db.pragma(`wal_autocheckpoint = ${COPY_FROM / this.#pageBytes}`);
      this.#finish();
    });
    return thread;
  }
}
