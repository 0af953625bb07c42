// Long queries: run in a thread with its own connection, so that the thread that answers the window is never held.
import { Worker } from 'node:worker_threads';
import { StoreError, translateSqliteError } from './errors.ts';
import type { Answer, Query } from './query-thread.ts';
import type { SqlValue } from './positional.ts';

/** In the source tree the thread is a .ts file, in the built one a .js file: the ending of this very file tells. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** What can run SQL: the store's reader, or the one in the background. */
export interface SqlReader {
  sql<T>(query: string, parameters?: readonly SqlValue[]): Promise<T[]>;
  sqlOne<T>(query: string, parameters?: readonly SqlValue[]): Promise<T | null>;
}

interface Waiting {
  /** Those that came so far. */
  readonly rows: unknown[];
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
}

/** Reads committed data; queries run one after another. Its thread starts with the first of them. */
export class BackgroundReader implements SqlReader {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #last = 0;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** All records of an SQL query, with the names the SQL gives them. @throws StoreError STORE_CLOSED */
  async sql<T>(query: string, parameters: readonly SqlValue[] = []): Promise<T[]> {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'the workspace is closed');
    const thread = (this.#thread ??= this.#open());
    const no = (this.#last += 1);
    const rows = new Promise<unknown[]>((resolve, reject) => {
      this.#waiting.set(no, { rows: [], resolve, reject });
    });
    thread.ref();
    thread.postMessage({ no, sql: query, parameters } satisfies Query);
    return (await rows) as T[];
  }

  /** The first record of an SQL query, or null. */
  async sqlOne<T>(query: string, parameters: readonly SqlValue[] = []): Promise<T | null> {
    return (await this.sql<T>(query, parameters))[0] ?? null;
  }

  /** Ends the thread; a query that runs is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    const thread = this.#thread;
    this.#thread = null;
    if (!thread) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => {
        resolve();
      });
    });
    this.#giveUp(new StoreError('STORE_CLOSED', 'the workspace is closed'));
    thread.ref();
    thread.postMessage('close');
    await ended;
  }

  #open(): Worker {
    const thread = new Worker(new URL(`./query-thread${ENDING}`, import.meta.url), { workerData: this.#file });
    let failure: unknown = null;
    thread.on('message', ({ no, rows, isLast, error }: Answer) => {
      const waiting = this.#waiting.get(no);
      for (const row of rows) waiting?.rows.push(row);
      if (!isLast) return;
      this.#waiting.delete(no);
      if (this.#waiting.size === 0) thread.unref();
      if (error) waiting?.reject(translateSqliteError(Object.assign(new Error(error.message), { code: error.code })));
      else waiting?.resolve(waiting.rows);
    });
    thread.on('error', (error) => {
      failure = error;
    });
    thread.on('exit', () => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#giveUp(failure ?? new Error('the thread of long queries ended'));
    });
    return thread;
  }

  #giveUp(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
