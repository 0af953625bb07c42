// Compiled lists at 100,000 enterprises and 300,000 findings, three conditions of which one is on a child: each page
// against the best SQL that we could write by hand: one statement that finds, counts, sorts and says the columns of a page.
import Database from 'better-sqlite3';
import { parseFilter } from '../domain/lists.ts';
import { listPage } from '../services/lists/index.ts';
import type { Context } from '../services/context.ts';
import { ENTERPRISE_COLUMNS, OPEN } from './lib/enterprise-columns.ts';
import { fillStore } from './lib/filled.ts';
import { measurement, median, percentile, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, TODAY } from './lib/workspace.ts';

const PAGE = 100;
const RUNS = 20;

/** A list with its filter as text, and the same by hand: what is counted, which page is shown, what is said of its rows. */
interface Case {
  name: string;
  kind: string;
  /** `turn` makes each run another filter, so that no count is known before. */
  filter: (turn: number) => string;
  from: string;
  where: (turn: number) => string;
  order: string;
  columns: string;
}

const found = (turn: number): string => `2023-03-${String(4 + (turn % 20)).padStart(2, '0')}`;
const hasOpen = (turn: number): string =>
  `EXISTS (SELECT 1 FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND ${OPEN} AND +f.found_date >= '${found(turn)}')`;

const FINDING_COLUMNS = `x.id, x.status, x.enterprise_id, (SELECT e.name FROM enterprise e WHERE e.id = x.enterprise_id), x.description, x.location,
  (SELECT a.name FROM enterprise e JOIN area a ON a.id = coalesce(e.village_id, e.park_id) WHERE e.id = x.enterprise_id),
  x.category, x.handling_class, x.deadline, x.responsible_person, x.found_date, x.no`;

const cases = (villages: readonly string[]): Case[] => {
  const two = (turn: number): string[] => [villages[turn % 15] as string, villages[(turn + 4) % 15] as string];
  return [
    {
      name: 'enterprises of two villages, operating, with an open finding',
      kind: 'enterprise',
      filter: (turn) =>
        `villageId=${two(turn).join('|')} & operatingStatus=operating & finding(open & foundDate>=${found(turn)})`,
      from: 'enterprise e',
      where: (turn) =>
        `e.deleted_at IS NULL AND e.village_id IN ('${two(turn).join("', '")}') AND e.operating_status = 'operating' AND ${hasOpen(turn)}`,
      order: 'e.pinyin, e.id',
      columns: ENTERPRISE_COLUMNS,
    },
    {
      name: 'enterprises of one kind, in scope, with an open finding',
      kind: 'enterprise',
      filter: (turn) => `objectKind=catering & inScope & finding(open & foundDate>=${found(turn)})`,
      from: 'enterprise e',
      where: (turn) =>
        `e.deleted_at IS NULL AND e.object_kind = 'catering' AND e.operating_status NOT IN ('closed', 'relocated') AND ${hasOpen(turn)}`,
      order: 'e.pinyin, e.id',
      columns: ENTERPRISE_COLUMNS,
    },
    {
      name: 'findings that are overdue, of two villages, never followed up',
      kind: 'finding',
      filter: (turn) => `overdue & enterpriseId.villageId=${two(turn).join('|')} & !followUp(date>=${found(turn)})`,
      from: 'finding x',
      where: (turn) =>
        `x.deleted_at IS NULL AND (+x.status IN ('open', 'in_progress') AND +x.deadline < '${TODAY}' OR +x.status = 'submitted' AND +x.report_date > +x.deadline)
          AND x.enterprise_id IN (SELECT e.id FROM enterprise e WHERE e.deleted_at IS NULL AND e.village_id IN ('${two(turn).join("', '")}'))
          AND NOT EXISTS (SELECT 1 FROM follow_up u WHERE u.finding_id = x.id AND u.deleted_at IS NULL AND u.date >= '${found(turn)}')`,
      order: 'x.found_date DESC, x.no DESC, x.id',
      columns: FINDING_COLUMNS,
    },
  ];
};

/** Follow-ups of every third finding: the children that are asked for. */
async function addFollowUps(ctx: Context): Promise<void> {
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(`INSERT INTO follow_up(id, created_at, updated_at, finding_id, date, by_name, channel, content)
      SELECT printf('01900000-0004-7000-8000-%012x', row_number() OVER (ORDER BY id)), created_at, updated_at, id, found_date, '陈思远', 'phone', '已联系' FROM finding WHERE substr(no, -1) IN ('0', '3', '6')`);
  });
}

export async function* measureLists(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  const { ctx } = bench;
  try {
    const villages = await fillStore(ctx);
    await addFollowUps(ctx);
    const bare = new Database(ctx.store.file, { readonly: true });
    bare.pragma('mmap_size = 268435456');
    bare.pragma('cache_size = -65536');
    try {
      for (const one of cases(villages)) yield* measureCase(ctx, bare, one);
    } finally {
      bare.close();
    }
  } finally {
    await bench.close();
  }
}

async function* measureCase(ctx: Context, bare: Database.Database, one: Case): AsyncGenerator<Measurement> {
  const pageSql = (turn: number): string => {
    const alias = one.from.split(' ')[1] as string;
    const few = `SELECT ${alias}.id, count(*) OVER () AS n FROM ${one.from} WHERE ${one.where(turn)} ORDER BY ${one.order} LIMIT ${PAGE}`;
    return `SELECT ${one.columns}, few.n AS total FROM (${few}) few CROSS JOIN ${one.from} ON ${alias}.id = few.id ORDER BY ${one.order}`;
  };
  const byHand = (turn: number): [number, number] => {
    const rows = bare.prepare(pageSql(turn)).raw().all() as unknown[][];
    return [Number(rows[0]?.at(-1) ?? 0), rows.length];
  };
  const compiled = async (turn: number): Promise<[number, number]> => {
    const { total, rows } = await listPage(ctx, {
      kind: one.kind,
      filter: parseFilter(one.kind, one.filter(turn)),
      sort: null,
      columns: null,
      page: { offset: 0, limit: PAGE },
    });
    return [total, rows.length];
  };
  const [ours, hand]: [number[], number[]] = [[], []];
  for (let turn = -2; turn < RUNS; turn += 1) {
    let [a, b]: [unknown, unknown] = [null, null];
    const other = turn + RUNS * 15;
    const tookByHand = await timed(() => {
      b = byHand(other);
    });
    const took = await timed(async () => {
      a = await compiled(other);
    });
    if (String(a) !== String(b)) throw new Error(`${one.name}: compiled ${String(a)}, by hand ${String(b)}`);
    if (turn < 0) continue;
    ours.push(took);
    hand.push(tookByHand);
    // A count must not be known before: something was written.
    await ctx.store.withAction({ name: '基准', actor: '基准', source: 'bench' }, () => Promise.resolve());
  }
  const plan = bare
    .prepare(`EXPLAIN QUERY PLAN ${pageSql(0)}`)
    .all()
    .map((r) => (r as { detail: string }).detail);
  yield { ...measurement(`list: ${one.name}`, median(ours), 'ms', median(hand), 1.5), plan };
  yield measurement(`list: ${one.name}, p95`, percentile(ours, 0.95), 'ms', null, 100);
  yield measurement(`list: ${one.name}, by hand, p95`, percentile(hand, 0.95), 'ms', null, null);
}
