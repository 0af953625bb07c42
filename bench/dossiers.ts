// Files of enterprises in Word whose every section is filled, written in batches, against the bare docx library, which writes the
// same paragraphs, tables, pictures and contents: what it writes is read back from ours, and both are seen to say the same.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../services/context.ts';
import { buildDemo } from '../services/demonstration/index.ts';
import { dossierData, dossierFile, writeBatch } from '../services/enterprises/index.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { readDocument, requireSame, writeBare, type Said } from './lib/bare-docx.ts';
import { fillFile } from './lib/full-file.ts';
import { measurement, median, spent, type Measurement, type Spent } from './lib/measure.ts';
import { watch } from './lib/watch.ts';
import { openBenchDesk, quiet } from './lib/workspace.ts';

/** Enterprises of the largest service (Pudong). */
const ALL = 4177;
const FEW = 60;
/** Files that are filled; each is written as often as it takes. */
const FILLED = 40;
/** Files that ours and the library write in turns: a busy machine harms both alike. */
const BATCH = 20;
const TARGET = 1.5;

/** Industrial files with outlets, visits and findings. */
async function inspected(ctx: Context): Promise<string[]> {
  const found = await ctx.store.read.sql<{ id: string }>(
    `SELECT e.id FROM enterprise e WHERE e.deleted_at IS NULL AND EXISTS (SELECT 1 FROM outlet o WHERE o.enterprise_id = e.id)
       AND EXISTS (SELECT 1 FROM finding f WHERE f.enterprise_id = e.id AND f.status <> 'draft') ORDER BY e.id LIMIT ${FILLED}`,
  );
  return found.map(({ id }) => id);
}

/** Sees that every section of a file says something. @throws where one does not */
async function requireFull(ctx: Context, id: string): Promise<void> {
  for (const { title, facts, tables } of (await dossierData(ctx, id)).data.sections) {
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
    if (facts.length + rows === 0) throw new Error(`${title} of ${id} is empty`);
  }
}

/** Fills the files; what their documents say. */
async function filled(ctx: Context, ids: readonly string[]): Promise<Said[]> {
  const said: Said[] = [];
  for (const id of ids) {
    await fillFile(ctx, id);
    await requireFull(ctx, id);
    const one = await readDocument((await dossierFile(ctx, id, 'masked')).bytes);
    await requireSame(one);
    said.push(one);
  }
  return said;
}

/** What a batch took, and where the library wrote the same files right after it, what that took. */
interface Turn {
  readonly files: number;
  readonly ours: Spent;
  readonly bare: Spent | null;
}
type Pair = Turn & { readonly bare: Spent };

const pairsOf = (turns: readonly Turn[]): Pair[] => turns.filter((turn): turn is Pair => turn.bare !== null);
const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0);
const filesOf = (turns: readonly Turn[]): number => sum(turns.map(({ files }) => files));
/** What both ways took for the files that both wrote. */
const both = (turns: readonly Turn[], by: keyof Spent): readonly [ours: number, bare: number] => [
  sum(pairsOf(turns).map(({ ours }) => ours[by])),
  sum(pairsOf(turns).map(({ bare }) => bare[by])),
];

/** Says on the other stream how far it is: whoever stops it has what was measured until then. */
function tell(turns: readonly Turn[], count: number): void {
  const ratios = (['clock', 'processor'] as const).map((by) => {
    const [ours, bare] = both(turns, by);
    return `${by} ${Math.round(ours / 1000)} / ${Math.round(bare / 1000)} s = ${(ours / bare).toFixed(3)}`;
  });
  const all = Math.round(sum(turns.map(({ ours }) => ours.clock)) / 1000);
  const memory = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  const said = [`${filesOf(turns)} of ${count} files in ${all} s`, `${filesOf(pairsOf(turns))} by both`, ...ratios];
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${said.join(', ')}, ${memory} MB\n`);
}

/** Writes so many files, in batches; the library writes those of every `every`th batch right after it. */
async function writeAll(ctx: Context, root: string, count: number, every: number): Promise<Turn[]> {
  const ids = await inspected(ctx);
  const said = await filled(ctx, ids);
  const path = join(root, 'dossiers.zip');
  const turns: Turn[] = [];
  while (filesOf(turns) < count) {
    const from = filesOf(turns);
    const chosen = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => (from + n) % ids.length);
    const asked = {
      paper: 'dossier' as const,
      ids: chosen.map((at) => ids[at] as string),
      contacts: 'masked' as const,
    };
    const ours = await spent(() => writeBatch(ctx, asked, path, quiet));
    await rm(path);
    const bare = async (): Promise<void> => {
      for (const at of chosen) await writeBare(said[at] as Said, true);
    };
    turns.push({ files: chosen.length, ours, bare: turns.length % every === 0 ? await spent(bare) : null });
    tell(turns, count);
  }
  return turns;
}

function ratioOf(name: string, turns: readonly Turn[], by: keyof Spent): Measurement {
  const [ours, bare] = both(turns, by);
  return measurement(name, ours, 'ms', bare, TARGET);
}

async function* measured(ctx: Context, root: string, count: number, every: number): AsyncGenerator<Measurement> {
  const stop = watch();
  const turns = await writeAll(ctx, root, count, every);
  const { peak } = stop();
  const pairs = pairsOf(turns);
  const name = `dossiers: ${filesOf(pairs)} files`;
  yield ratioOf(name, turns, 'clock');
  yield ratioOf(`${name}, processor time`, turns, 'processor');
  const each = pairs.map(({ ours, bare }) => ours.clock / bare.clock);
  yield measurement(`${name}, ratio of the middle batch of ${BATCH}`, median(each), '', null, TARGET);
  const all = sum(turns.map(({ ours }) => ours.clock));
  yield measurement(`dossiers: ${filesOf(turns)} files by ours`, all, 'ms', null, null);
  yield measurement('dossiers: memory of both ways', peak, 'MB', null, null);
}

async function* measureDossiers(count: number, every: number): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  try {
    await buildDemo(bench.desk, join(bench.root, 'town'), quiet);
    yield* measured(bench.desk.context, bench.root, count, every);
  } finally {
    await closeWorkers();
    await bench.close();
  }
}

export const measureFewDossiers = (count = FEW): AsyncGenerator<Measurement> => measureDossiers(count, 1);
/** As many as the largest service has, an hour and more; the library, which has no memory of what it wrote, writes a third. */
export const measureAllDossiers = (count = ALL): AsyncGenerator<Measurement> => measureDossiers(count, 3);
