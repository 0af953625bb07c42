// Reads register files in a thread of their own pool: it waits for no document library to load, and may use more memory.
import { Piscina } from 'piscina';
import type { Reading } from './reading-thread.ts';
import type { ReadInput } from './stage.ts';

/** In the source tree the thread is a .ts file, in the built one a .js file: the ending of this very file tells. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
let pool: Piscina | null = null;

/** Whoever has read so many rows is ended: what the thread built of them stays in its memory until then. */
const MANY = 20_000;

const rowsIn = (reading: Reading): number =>
  reading.ok
    ? reading.staged.files.reduce((sum, { sheets }) => sum + sheets.reduce((n, { rows }) => n + rows.length, 0), 0)
    : 0;

/**
 * Reads files in a thread. Aborting ends it at once.
 * @throws an AbortError after an abort
 */
export async function readFiles(input: ReadInput, signal: AbortSignal): Promise<Reading> {
  pool ??= new Piscina({
    filename: new URL(`./reading-thread${ENDING}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 2000 },
  });
  const reading = (await pool.run(input, { signal })) as Reading;
  if (rowsIn(reading) > MANY) await closeReader();
  return reading;
}

/** Ends the thread. */
export async function closeReader(): Promise<void> {
  const closing = pool;
  pool = null;
  await closing?.destroy();
}
