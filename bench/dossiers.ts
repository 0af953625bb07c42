// Files of enterprises in Word, written in one batch from the demonstration town's fullest files, against the bare docx
// library, which writes the same paragraphs, tables, pictures and contents: what it writes is read back from ours.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../services/context.ts';
import { buildDemo } from '../services/demonstration/index.ts';
import { dossierData, dossierFile, writeBatch } from '../services/enterprises/index.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { readDocument, writeBare, type Said } from './lib/bare-docx.ts';
import { measurement, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, quiet } from './lib/workspace.ts';

/** Enterprises of the largest service (Pudong). */
const ALL = 4177;
const FEW = 60;
const FULLEST = 10;
const TARGET = 1.5;

/** How much a file holds: sections that say something first, then rows. */
async function fullness(ctx: Context, id: string): Promise<number> {
  const { sections } = (await dossierData(ctx, id)).data;
  const rows = sections.map(({ tables }) => tables.reduce((sum, table) => sum + table.rows.length, 0));
  const filled = sections.filter(({ facts, photos }, at) => facts.length + photos.length + (rows[at] ?? 0) > 0);
  return filled.length * 10_000 + rows.reduce((sum, n) => sum + n, 0);
}

async function fullest(ctx: Context): Promise<string[]> {
  const ids = await ctx.store.read.sql<{ id: string }>(
    `SELECT e.id FROM enterprise e WHERE e.deleted_at IS NULL AND EXISTS (SELECT 1 FROM outlet o WHERE o.enterprise_id = e.id)`,
  );
  const rated: { id: string; full: number }[] = [];
  for (const { id } of ids) rated.push({ id, full: await fullness(ctx, id) });
  return rated
    .toSorted((a, b) => b.full - a.full)
    .slice(0, FULLEST)
    .map(({ id }) => id);
}

/** Milliseconds by the clock and by the processor. */
async function spent(work: () => Promise<unknown>): Promise<{ clock: number; processor: number }> {
  const begun = process.cpuUsage();
  const clock = await timed(work);
  const { user, system } = process.cpuUsage(begun);
  return { clock, processor: (user + system) / 1000 };
}

async function* measured(ctx: Context, root: string, count: number): AsyncGenerator<Measurement> {
  const ids = await fullest(ctx);
  const turn = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;
  const said: Said[] = [];
  for (const id of ids) said.push(await readDocument((await dossierFile(ctx, id, 'masked')).bytes));
  const path = join(root, 'dossiers.zip');
  const asked = {
    paper: 'dossier' as const,
    ids: Array.from({ length: count }, (_, n) => turn(ids, n)),
    contacts: 'masked' as const,
  };
  const bare = async (pages: boolean): Promise<void> => {
    for (let n = 0; n < count; n += 1) await writeBare(turn(said, n), pages);
  };
  const ours = await spent(() => writeBatch(ctx, asked, path, quiet));
  await rm(path);
  const library = await spent(() => bare(true));
  const name = `dossiers: ${count} files`;
  yield measurement(name, ours.clock, 'ms', library.clock, TARGET);
  yield measurement(`${name}, processor time`, ours.processor, 'ms', library.processor, TARGET);
  const plain = await spent(() => bare(false));
  yield measurement(`${name}, beside contents without pages`, ours.clock, 'ms', plain.clock, null);
}

async function* measureDossiers(count: number): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  try {
    await buildDemo(bench.desk, join(bench.root, 'town'), quiet);
    yield* measured(bench.desk.context, bench.root, count);
  } finally {
    await closeWorkers();
    await bench.close();
  }
}

export const measureFewDossiers = (): AsyncGenerator<Measurement> => measureDossiers(FEW);
/** As many as the largest service has: half an hour and more. */
export const measureAllDossiers = (): AsyncGenerator<Measurement> => measureDossiers(ALL);
