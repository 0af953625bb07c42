// Worker threads for what would hold the back end up: reading spreadsheets, writing documents, scaling pictures.
import { Piscina } from 'piscina';

/** In the source tree a worker is a .ts file, in the built one a .js file: the ending of this very file tells. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
let pool: Piscina | null = null;

/** What the workers can do: see worker.ts. */
export type WorkerTasks = typeof import('./worker.ts');

/** Runs a task in a worker thread. Aborting ends its thread. */
export async function inWorker<K extends Extract<keyof WorkerTasks, string>>(
  task: K, input: Parameters<WorkerTasks[K]>[0], signal?: AbortSignal,
): Promise<Awaited<ReturnType<WorkerTasks[K]>>> {
  pool ??= new Piscina({
    filename: new URL(`./worker${ENDING}`, import.meta.url).href, minThreads: 0, maxThreads: 2, idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 1500 },
  });
  return (await pool.run(input, { name: task, ...(signal && { signal }) })) as Awaited<ReturnType<WorkerTasks[K]>>;
}

/** Ends the threads. */
export async function closeWorkers(): Promise<void> {
  const closing = pool;
  pool = null;
  await closing?.destroy();
}
