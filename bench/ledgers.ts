// A ledger of 11,000 outlets with 27,000 limits, read, matched and written, against the bare inserts of the same rows.
import { importOptions } from '../contract/registers.ts';
import { enterprise } from '../domain/enterprises/entities.ts';
import { outlet, outletLimit } from '../domain/production/entities.ts';
import { act, type Context } from '../services/context.ts';
import { importFiles } from '../services/registers/index.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { registerFile } from './lib/register-file.ts';
import { measurement, spent, type Measurement, type Spent } from './lib/measure.ts';
import { madeOutlets, outletFile, type MadeOutlet } from './lib/outlet-file.ts';
import { watch } from './lib/watch.ts';
import { openBenchDesk, quiet } from './lib/workspace.ts';

const OUTLETS = 11_000;
const LIMITS = 27_000;
const TARGET = 3;
const options = { ...importOptions.parse({}) };

/** Enterprises that the outlets are of. */
async function fill(ctx: Context): Promise<string[]> {
  await importFiles(
    ctx,
    [{ name: '名册.xlsx', bytes: registerFile(OUTLETS / 2) }],
    { options, as: 'register', dryRun: false },
    quiet,
  );
  return (await ctx.store.read.find(enterprise, {}))
    .toSorted((a, b) => (String(a.creditCode) < String(b.creditCode) ? -1 : 1))
    .map(({ id }) => id);
}

async function insertAll(ctx: Context, ids: readonly string[], outlets: readonly MadeOutlet[]): Promise<void> {
  await act(ctx, '基准', 'bench', async (tx) => {
    for (const { enterprise: at, code, limits } of outlets) {
      const { id } = await tx.insert(outlet, {
        enterpriseId: ids[at] ?? '',
        code,
        name: '废水总排口',
        medium: 'wastewater',
      });
      for (const [pollutant, high] of limits)
        await tx.insert(outletLimit, { outletId: id, pollutant, high, unit: 'mg_L' });
      await tx.breathe();
    }
  });
}

/** A desk with the enterprises; what something takes there, and its memory. */
async function inDesk(work: (ctx: Context, ids: string[]) => Promise<void>): Promise<Spent & { peak: number }> {
  const bench = await openBenchDesk();
  try {
    const ids = await fill(bench.ctx);
    const watched = watch();
    const took = await spent(() => work(bench.ctx, ids));
    return { ...took, peak: watched().peak };
  } finally {
    await bench.close();
  }
}

export async function* measureLedgers(): AsyncGenerator<Measurement> {
  const outlets = madeOutlets(OUTLETS, LIMITS);
  const bytes = outletFile(outlets);
  try {
    const bare = await inDesk((ctx, ids) => insertAll(ctx, ids, outlets));
    const ours = await inDesk(async (ctx) => {
      const given = { options, as: 'ledger', dryRun: false } as const;
      const { entities } = await importFiles(ctx, [{ name: '排放口.xlsx', bytes }], given, quiet);
      const made = (entity: string): number => entities.find((one) => one.entity === entity)?.created ?? 0;
      const counts = [made('outlet'), made('outletLimit')];
      if (String(counts) !== String([OUTLETS, LIMITS])) throw new Error(`made ${String(counts)}`);
    });
    const name = `ledger of ${OUTLETS} outlets and ${LIMITS} limits`;
    yield measurement(name, ours.clock, 'ms', bare.clock, TARGET);
    yield measurement(`${name}, processor time`, ours.processor, 'ms', bare.processor, TARGET);
    yield measurement(`${name}, memory`, ours.peak, 'MB', bare.peak, null);
  } finally {
    await closeWorkers();
  }
}
