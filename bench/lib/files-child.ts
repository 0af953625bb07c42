// What people do with the files of 100,000 enterprises, in a process of its own: `files-child.ts '{"folder":…}'`. Prints the times
// and the memory as JSON on its last line.
import '../../host/backend.ts';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parseFilter } from '../../domain/lists.ts';
import type { Context } from '../../services/context.ts';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { ENTERPRISE_COLUMNS } from './enterprise-columns.ts';
import { timed } from './measure.ts';
import { watch } from './watch.ts';
import { TODAY } from './workspace.ts';

const PAGE = 100;
const RUNS = 40;

/** Times in ms, ours and by hand in turns; memory in MB. */
export interface FilesAnswer {
  readonly cases: readonly { readonly name: string; readonly ours: number[]; readonly hand: number[] }[];
  readonly peak: number;
}

/** Something that people do, as the back end does it and by hand; `turn` makes each run another question. */
interface Case {
  readonly name: string;
  readonly ours: (ctx: Context, turn: number) => Promise<number>;
  readonly hand: (db: Database.Database, turn: number) => number;
}

const NAME = { field: 'name', descending: false };
const list = (kind: string, filter: (turn: number) => string, sort: typeof NAME | null) => {
  return async (ctx: Context, turn: number): Promise<number> => {
    const page = { offset: 0, limit: PAGE };
    const asked = { kind, filter: parseFilter(kind, filter(turn)), sort, columns: null, page };
    return (await listPage(ctx, asked)).total;
  };
};

/** A page with its count, in one statement. */
function page(db: Database.Database, from: string, where: string, order: string, columns: string): number {
  const alias = from.split(' ')[1] as string;
  const few = `SELECT ${alias}.id, count(*) OVER () AS n FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ${PAGE}`;
  const sql = `SELECT ${columns}, few.n AS total FROM (${few}) few CROSS JOIN ${from} ON ${alias}.id = few.id ORDER BY ${order}`;
  const rows = db.prepare(sql).raw().all() as unknown[][];
  return Number(rows[0]?.at(-1) ?? 0);
}
const LIVE = 'e.deleted_at IS NULL';
const kindOf = (turn: number): string => (turn % 2 === 0 ? 'industrial' : 'catering');
const codeOf = (turn: number): string => `DA${String(40_000 + turn)}`;

const SEARCH = `SELECT row_id, entity, title, detail, parent_id, count(*) OVER () AS total,
    CASE WHEN instr(lower(title), @word) = 1 THEN 0 WHEN instr(lower(title), @word) > 0 THEN 1 ELSE 2 END AS rank
  FROM search_entry WHERE instr(words, @word) > 0
  ORDER BY CASE entity WHEN 'enterprise' THEN 0 WHEN 'finding' THEN 1 WHEN 'contact' THEN 2 ELSE 4 END, rank, length(title), row_id LIMIT 12`;

const enterprises = (order: string, where: (turn: number) => string) => (db: Database.Database, turn: number) =>
  page(db, 'enterprise e', `${LIVE} AND ${where(turn)}`, order, ENTERPRISE_COLUMNS);

const CASES: readonly Case[] = [
  {
    name: 'enterprises of a kind, by name',
    ours: list('enterprise', (turn) => `objectKind=${kindOf(turn)}`, NAME),
    hand: enterprises('e.pinyin, e.id', (turn) => `e.object_kind = '${kindOf(turn)}'`),
  },
  {
    name: 'enterprises by number',
    ours: list('enterprise', () => '', { field: 'internalCode', descending: true }),
    hand: enterprises('e.internal_code DESC, e.id', () => '1 = 1'),
  },
  {
    name: 'enterprises with an outlet of a number',
    ours: list('enterprise', (turn) => `outlet(code~${codeOf(turn)})`, NAME),
    hand: enterprises(
      'e.pinyin, e.id',
      (turn) =>
        `EXISTS (SELECT 1 FROM outlet o WHERE o.enterprise_id = e.id AND o.deleted_at IS NULL AND instr(o.code, '${codeOf(turn)}') > 0)`,
    ),
  },
  {
    name: 'enterprises of a kind with a permit that ends and hazardous waste',
    ours: list(
      'enterprise',
      (turn) =>
        `objectKind=${kindOf(turn)} & permit(validTo<2028-07-${String(10 + (turn % 20))}) & wasteStream(kind=hazardous)`,
      NAME,
    ),
    hand: enterprises(
      'e.pinyin, e.id',
      (turn) =>
        `e.object_kind = '${kindOf(turn)}'
          AND EXISTS (SELECT 1 FROM permit p WHERE p.enterprise_id = e.id AND p.deleted_at IS NULL AND p.valid_to < '2028-07-${String(10 + (turn % 20))}')
          AND EXISTS (SELECT 1 FROM waste_stream w WHERE w.enterprise_id = e.id AND w.deleted_at IS NULL AND w.kind = 'hazardous')`,
    ),
  },
  {
    name: 'search',
    ours: async (ctx, turn) => (await searchAll(ctx, `企业${String(700 + turn)}`, 12)).total,
    hand: (db, turn) =>
      Number((db.prepare(SEARCH).get({ word: `企业${String(700 + turn)}` }) as { total: number } | undefined)?.total),
  },
];

/** Runs a case in turns with what is done by hand. */
async function measure(
  ctx: Context,
  db: Database.Database,
  { name, ours, hand }: Case,
): Promise<FilesAnswer['cases'][number]> {
  const took = { name, ours: [] as number[], hand: [] as number[] };
  for (let turn = -2; turn < RUNS; turn += 1) {
    let [a, b] = [0, 0];
    const byHand = await timed(() => {
      b = hand(db, turn + 2);
    });
    const byUs = await timed(async () => {
      a = await ours(ctx, turn + 2);
    });
    if (a !== b) throw new Error(`${name}: ${String(a)}, by hand ${String(b)}`);
    if (turn < 0) continue;
    took.ours.push(byUs);
    took.hand.push(byHand);
    // A count must not be known before: something was written.
    await ctx.store.withAction({ name: '基准', actor: '基准', source: 'bench' }, () => Promise.resolve());
  }
  return took;
}

/** The page of an enterprise, and the lists in its file. */
async function opened(ctx: Context, ids: readonly string[]): Promise<FilesAnswer['cases'][number]> {
  const ours: number[] = [];
  for (const id of ids) ours.push(await timed(async () => await getEnterprise(ctx, id)));
  return { name: 'page of an enterprise', ours, hand: ours };
}

const given = JSON.parse(process.argv[2] ?? '{}') as { folder: string; configFolder: string; root: string };
const desk = new Desk({
  resources: join(given.root, 'resources'),
  version: 'bench',
  configFolder: given.configFolder,
  today: () => TODAY,
});
const ctx = await desk.open(given.folder);
const db = new Database(ctx.store.file, { readonly: true });
const stop = watch();
const cases: FilesAnswer['cases'][number][] = [];
for (const one of CASES) cases.push(await measure(ctx, db, one));
const ids = await ctx.store.read.sql<{ id: string }>('SELECT id FROM enterprise ORDER BY internal_code LIMIT 60');
cases.push(
  await opened(
    ctx,
    ids.map(({ id }) => id),
  ),
);
const answer: FilesAnswer = { cases, peak: stop().peak };
db.close();
await desk.close();
process.stdout.write(`\n${JSON.stringify(answer)}\n`);
