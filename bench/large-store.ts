// 100,000 enterprises: writing them while reads answer, then a page of the list and searches against the bare SQL.
import Database from 'better-sqlite3';
import { area } from '../domain/areas/entities.ts';
import { contact, enterprise } from '../domain/enterprises/entities.ts';
import { listColumns } from '../services/enterprises/list.ts';
import { listPage } from '../services/lists/index.ts';
import { searchAll } from '../services/search/index.ts';
import type { Filter } from '../domain/dictionary/filter.ts';
import type { Context } from '../services/context.ts';
import { creditCode, enterpriseName, personName, VILLAGES } from './lib/made-up.ts';
import { compared, measurement, percentile, type Measurement } from './lib/measure.ts';
import { openBenchDesk, TODAY } from './lib/workspace.ts';

const ENTERPRISES = 100_000;
const BATCH = 10_000;
const PAGE = 100;
const RUNS = 15;
const READ_EVERY_MS = 5;
const SORTED = { field: 'name', descending: false };

async function places(ctx: Context): Promise<{ townId: string; villages: string[] }> {
  return (
    await ctx.store.withAction({ name: '区域', actor: '基准', source: 'bench' }, async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
      const villages: string[] = [];
      for (const name of VILLAGES)
        villages.push((await tx.insert(area, { level: 'village', name, parentId: town.id })).id);
      return { townId: town.id, villages };
    })
  ).value;
}

/** One action: a batch of enterprises, every tenth with a contact. */
async function apply(
  ctx: Context,
  from: number,
  { townId, villages }: { townId: string; villages: string[] },
): Promise<void> {
  await ctx.store.withAction({ name: '基准写入', actor: '基准', source: 'bench' }, async (tx) => {
    for (let n = from; n < from + BATCH; n += 1) {
      const row = await tx.insert(enterprise, {
        name: enterpriseName(n),
        internalCode: `HC-${n}`,
        siteNo: '001',
        townId,
        villageId: villages[n % villages.length] as string,
        creditCode: creditCode(n),
        objectKind: n % 3 === 0 ? 'catering' : 'industrial',
        operatingStatus: 'operating',
        address: `联友路${n % 900}号`,
        legalRep: personName(n),
      });
      if (n % 10 === 0)
        await tx.insert(contact, {
          enterpriseId: row.id,
          name: personName(n + 1),
          mobile: '13900000000',
          isPrimary: true,
        });
      await tx.breathe();
    }
  });
}

/** Reads a page of the newest rows again and again; how long each took from the moment at which it was due. */
function readMeanwhile(ctx: Context): () => Promise<number[]> {
  const waits: number[] = [];
  let going = true;
  const loop = (async () => {
    while (going) {
      const due = performance.now() + READ_EVERY_MS;
      await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));
      await ctx.store.read.sql(
        'SELECT id, name, village_id FROM enterprise WHERE deleted_at IS NULL ORDER BY pinyin, id LIMIT 50',
      );
      waits.push(performance.now() - due);
    }
  })();
  return async () => {
    going = false;
    await loop;
    return waits;
  };
}

const WORDS = ['五金制品', 'hairui', 'qpxg', '联友路88号'];
const BARE_SEARCH = `SELECT row_id AS id, entity, title, detail, parent_id AS parentId, count(*) OVER () AS total,
    CASE WHEN instr(lower(title), @word) = 1 THEN 0 WHEN instr(lower(title), @word) > 0 THEN 1 ELSE 2 END AS rank
  FROM search_entry WHERE instr(words, @word) > 0
  ORDER BY CASE entity WHEN 'enterprise' THEN 0 WHEN 'finding' THEN 1 WHEN 'contact' THEN 2 WHEN 'round' THEN 3 ELSE 4 END, rank, length(title), row_id LIMIT 12`;

export async function* measureLargeStore(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  const { ctx } = bench;
  try {
    const where = await places(ctx);
    const stop = readMeanwhile(ctx);
    const begun = performance.now();
    for (let n = 0; n < ENTERPRISES; n += BATCH) await apply(ctx, n, where);
    const took = performance.now() - begun;
    const waits = await stop();
    yield measurement(`apply of ${ENTERPRISES} enterprises, captured`, took / 1000, 's', null, null);
    yield measurement('longest read meanwhile', Math.max(...waits), 'ms', null, 50);
    yield measurement('99 % of reads meanwhile', percentile(waits, 0.99), 'ms', null, 50);

    const bare = new Database(ctx.store.file, { readonly: true });
    bare.pragma('mmap_size = 268435456');
    bare.pragma('cache_size = -65536');
    try {
      for (const [name, villageIds] of [
        ['list', []],
        ['list of a village', [where.villages[3] as string]],
      ] as const) {
        const filter: Filter = villageIds.length > 0 ? [{ field: 'villageId', op: 'in', value: [...villageIds] }] : [];
        const clause = `e.deleted_at IS NULL${villageIds.length > 0 ? ` AND e.village_id = '${villageIds[0] as string}'` : ''}`;
        const rows = bare.prepare(
          `SELECT ${listColumns(TODAY)} FROM enterprise e WHERE ${clause} ORDER BY e.pinyin, e.id LIMIT ${PAGE}`,
        );
        const count = bare.prepare(`SELECT count(*) FROM enterprise e WHERE ${clause}`);
        const page = await compared(
          RUNS,
          async () =>
            await listPage(ctx, {
              kind: 'enterprise',
              filter,
              sort: SORTED,
              columns: null,
              page: { offset: 0, limit: PAGE },
            }),
          () => {
            rows.all();
            count.get();
          },
        );
        yield measurement(`page of the enterprise ${name}`, page.ours, 'ms', page.bare, 1.5);
      }
      const search = bare.prepare(BARE_SEARCH);
      const found = await compared(
        RUNS,
        async () => {
          for (const word of WORDS) await searchAll(ctx, word, 12);
        },
        () => {
          for (const word of WORDS) search.all({ word });
        },
      );
      yield measurement('search', found.ours / WORDS.length, 'ms', found.bare / WORDS.length, 1.5);
    } finally {
      bare.close();
    }
  } finally {
    await bench.close();
  }
}
