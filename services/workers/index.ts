// Worker threads for what would hold the back end up: reading spreadsheets, writing documents, scaling pictures; backups and checks.
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Ported, Said } from './background.ts';

/** In the source tree a worker is a .ts file, in the built one a .js file: the ending of this very file tells. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
let pool: Piscina | null = null;
let background: Piscina | null = null;
/** SQLite's check of a large table can't be asked to stop: its thread is ended. */
const STOP_WITHIN_MS = 700;
/** Tasks that look into databases of others, which may be made to keep a thread busy for ever. */
const LIMITED: ReadonlySet<string> = new Set(['unpackBackup', 'unpackDatabase', 'prepareRestored', 'examine']);
/** How long such a task may say nothing: the check of the largest database on a slow disk takes minutes. */
const QUIET_MS = 30 * 60_000;
/** How long a thread of long tasks waits for the next one. */
const KEEP_MS = 500;
/** Streams make much garbage and keep little: by default it may pile up to three times as high. */
const YOUNG_MB = 16;

export type { Outcome } from './background.ts';

/** What the workers can do: see worker.ts. */
export type WorkerTasks = typeof import('./worker.ts');

/** Long work on whole files: see background.ts. */
export type BackgroundTasks = typeof import('./background.ts');

/** Runs a task in a worker thread. Aborting ends its thread. */
export async function inWorker<K extends Extract<keyof WorkerTasks, string>>(
  task: K,
  input: Parameters<WorkerTasks[K]>[0],
  signal?: AbortSignal,
): Promise<Awaited<ReturnType<WorkerTasks[K]>>> {
  pool ??= new Piscina({
    filename: new URL(`./worker${ENDING}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 1500 },
  });
  return (await pool.run(input, { name: task, ...(signal && { signal }) })) as Awaited<ReturnType<WorkerTasks[K]>>;
}

/**
 * Runs a long task in a thread of another pool, so that documents need not wait for it, and which ends soon after: its
 * memory is needed by what follows. After an abort it stops at its next step, or is ended where that takes too long;
 * what it had written by then is the caller's to remove. A task on a database of others that says nothing for `quietMs` is ended too, and
 * its outcome is TOO_LONG.
 * @throws an AbortError when it had to be ended
 */
export async function inBackground<K extends Extract<keyof BackgroundTasks, string>>(
  task: K,
  input: Omit<Parameters<BackgroundTasks[K]>[0], keyof Ported>,
  onProgress: (done: number, total: number, step: string) => void,
  signal?: AbortSignal,
  quietMs = QUIET_MS,
): Promise<Awaited<ReturnType<BackgroundTasks[K]>>> {
  background ??= new Piscina({
    filename: new URL(`./background${ENDING}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: KEEP_MS,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const { port1, port2 } = new MessageChannel();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const end = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let begun = false;
  let tooLong = false;
  let quiet: NodeJS.Timeout | null = null;
  const heard = (): void => {
    if (quiet) clearTimeout(quiet);
    if (!LIMITED.has(task)) return;
    quiet = setTimeout(() => {
      tooLong = true;
      end.abort();
    }, quietMs);
    quiet.unref();
  };
  const limit = (): void => {
    if (begun && Atomics.load(stop, 0) === 1)
      timer ??= setTimeout(() => {
        end.abort();
      }, STOP_WITHIN_MS);
  };
  const abort = (): void => {
    Atomics.store(stop, 0, 1);
    limit();
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  port1.on('message', (said: Said) => {
    heard();
    if (said === 'begun') {
      begun = true;
      limit();
    } else onProgress(said.done, said.total, said.step);
  });
  port1.unref();
  try {
    return (await background.run(
      { ...input, port: port2, stop },
      { name: task, transferList: [port2], signal: end.signal },
    )) as Awaited<ReturnType<BackgroundTasks[K]>>;
  } catch (error) {
    if (!tooLong) throw error;
    return { ok: false, code: 'TOO_LONG', detail: '' } as Awaited<ReturnType<BackgroundTasks[K]>>;
  } finally {
    if (timer) clearTimeout(timer);
    if (quiet) clearTimeout(quiet);
    signal?.removeEventListener('abort', abort);
    port1.close();
  }
}

/** Ends the threads. */
export async function closeWorkers(): Promise<void> {
  const closing = [pool, background];
  [pool, background] = [null, null];
  await Promise.all(
    closing.map(async (p) => {
      await p?.destroy();
    }),
  );
}
