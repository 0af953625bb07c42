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
import { runsOf, spent, type Runs, type Spent } from './measure.ts';
import { watch } from './watch.ts';
import { TODAY } from './workspace.ts';

const PAGE = 100;
const RUNS = 40;

/** Times in ms, ours and by hand in turns; memory in MB. */
export interface FilesAnswer {
  readonly cases: readonly { readonly name: string; readonly ours: Runs; readonly hand: Runs }[];
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

/** What is read by hand, of enterprises `e`. */
interface ByHand {
  readonly where: string;
  readonly order: string;
  /** The index that has the rows in their order: the page is read along it and the rows are counted apart, which is faster for many. */
  readonly along?: string;
}

/** A page with its count. */
function page(db: Database.Database, { where, order, along }: ByHand): number {
  const of = (what: string, rows = 'enterprise e'): string => `SELECT ${what} FROM ${rows} WHERE ${LIVE} AND ${where}`;
  const end = `ORDER BY ${order} LIMIT ${PAGE}`;
  const few = along
    ? `${of('e.id', `enterprise e INDEXED BY ${along}`)} ${end}`
    : `${of('e.id, count(*) OVER () AS n')} ${end}`;
  const n = along ? '0' : 'few.n';
  const rows = db
    .prepare(
      `SELECT ${ENTERPRISE_COLUMNS}, ${n} AS n FROM (${few}) few CROSS JOIN enterprise e ON e.id = few.id ORDER BY ${order}`,
    )
    .raw()
    .all() as unknown[][];
  if (along) return (db.prepare(of('count(*) AS n')).get() as { n: number }).n;
  return Number(rows[0]?.at(-1) ?? 0);
}
const LIVE = 'e.deleted_at IS NULL';
const kindOf = (turn: number): string => (turn % 2 === 0 ? 'industrial' : 'catering');
const dayOf = (turn: number): string => `2028-07-${String(10 + (turn % 20))}`;
const codeOf = (turn: number): string => `DA${String(40_000 + turn)}`;

const SEARCH = `SELECT row_id, entity, title, detail, parent_id, count(*) OVER () AS total,
    CASE WHEN instr(lower(title), @word) = 1 THEN 0 WHEN instr(lower(title), @word) > 0 THEN 1 ELSE 2 END AS rank
  FROM search_entry WHERE instr(words, @word) > 0
  ORDER BY CASE entity WHEN 'enterprise' THEN 0 WHEN 'finding' THEN 1 WHEN 'contact' THEN 2 ELSE 4 END, rank, length(title), row_id LIMIT 12`;

const BY_NAME = 'e.pinyin, e.id';
const ALONG_NAMES = 'idx_enterprise_pinyin';
const byHand = (asked: (turn: number) => ByHand) => (db: Database.Database, turn: number) => page(db, asked(turn));
/** An enterprise `e` has a row of a kind that a condition takes. */
const has = (table: string, where: string): string =>
  `EXISTS (SELECT 1 FROM ${table} c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL AND ${where})`;

const CASES: readonly Case[] = [
  {
    name: 'enterprises of a kind, by name',
    ours: list('enterprise', (turn) => `objectKind=${kindOf(turn)}`, NAME),
    hand: byHand((turn) => ({ where: `e.object_kind = '${kindOf(turn)}'`, order: BY_NAME, along: ALONG_NAMES })),
  },
  {
    name: 'enterprises by number',
    ours: list('enterprise', () => '', { field: 'internalCode', descending: true }),
    hand: byHand(() => ({
      where: '1 = 1',
      order: 'e.internal_code DESC, e.id',
      along: 'idx_enterprise_internal_code',
    })),
  },
  {
    name: 'enterprises with an outlet of a number',
    ours: list('enterprise', (turn) => `outlet(code~${codeOf(turn)})`, NAME),
    hand: byHand((turn) => ({
      where: `e.id IN (SELECT o.enterprise_id FROM outlet o WHERE o.deleted_at IS NULL AND o.code LIKE '%${codeOf(turn)}%')`,
      order: BY_NAME,
    })),
  },
  {
    name: 'enterprises of a kind with a permit that ends and hazardous waste',
    ours: list(
      'enterprise',
      (turn) => `objectKind=${kindOf(turn)} & permit(validTo<${dayOf(turn)}) & wasteStream(kind=hazardous)`,
      NAME,
    ),
    hand: byHand((turn) => ({
      where: [
        `e.object_kind = '${kindOf(turn)}'`,
        has('permit', `+c.valid_to < '${dayOf(turn)}'`),
        has('waste_stream', "c.kind = 'hazardous'"),
      ].join(' AND '),
      order: BY_NAME,
      along: ALONG_NAMES,
    })),
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
  const [took, alone]: [Spent[], Spent[]] = [[], []];
  for (let turn = -2; turn < RUNS; turn += 1) {
    let [a, b] = [0, 0];
    const byHand = await spent(() => {
      b = hand(db, turn + 2);
    });
    const byUs = await spent(async () => {
      a = await ours(ctx, turn + 2);
    });
    if (a !== b) throw new Error(`${name}: ${String(a)}, by hand ${String(b)}`);
    if (turn < 0) continue;
    took.push(byUs);
    alone.push(byHand);
    // A count must not be known before: something was written.
    await ctx.store.withAction({ name: '基准', actor: '基准', source: 'bench' }, () => Promise.resolve());
  }
  return { name, ours: runsOf(took), hand: runsOf(alone) };
}

/** The page of an enterprise, and the lists in its file. */
async function opened(ctx: Context, ids: readonly string[]): Promise<FilesAnswer['cases'][number]> {
  const took: Spent[] = [];
  for (const id of ids) took.push(await spent(async () => await getEnterprise(ctx, id)));
  return { name: 'page of an enterprise', ours: runsOf(took), hand: runsOf(took) };
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
