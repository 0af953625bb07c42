// What must be true of a store after any hand-off, read from its tables and its log.
import Database from 'better-sqlite3';
import { tableOf, type PlanSummary, type Store } from '../../db/index.ts';
import { SHADOW } from '../../db/handoff/placeholder.ts';
import { Planner } from '../../db/handoff/plan.ts';
import { FoldSource } from '../../db/handoff/source.ts';
import { conflictsOf } from '../../db/handoff/write-plan.ts';
import { capturedFields, fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { dotIn, type Operation, type Scalar } from '../../domain/handoff/operation.ts';
import { rawHeads, saidOn } from './handoff-laws.ts';
import type { Office } from './offices.ts';
import { dumpOf, replayed, tablesOf } from './store.ts';

/** A law that did not hold. */
export class Broken extends Error {
  constructor(law: string, what: string) {
    super(`[${law}] ${what}`);
    this.name = 'Broken';
  }
}

/** Compares two texts line by line. @throws Broken with the lines that differ */
export function same(law: string, what: string, a: string, b: string): void {
  if (a === b) return;
  const [left, right] = [new Set(a.split('\n')), new Set(b.split('\n'))];
  const only = (x: Set<string>, y: Set<string>) =>
    [...x]
      .filter((l) => !y.has(l))
      .slice(0, 8)
      .join('\n  ');
  throw new Broken(law, `${what}:\n- ${only(left, right)}\n+ ${only(right, left)}`);
}

/** How many operations the device of this office has made. */
export async function ownCount(o: Office): Promise<number> {
  return (
    (
      await o.store.read.sqlOne<{ n: number }>(
        'SELECT count(*) AS n FROM sync_op WHERE device_no = (SELECT device_no FROM sync_local)',
      )
    )?.n ?? 0
  );
}

/** Conflicts about fields. */
export async function conflictsIn(
  o: Office,
): Promise<{ id: string; rowId: string; level: string; provisional: number }[]> {
  return await o.store.read.sql(
    "SELECT id, row_id AS rowId, level, provisional FROM sync_conflict WHERE class <> 'closed-loop'",
  );
}

/** Closed loops with several ends, of those that planned steps or links belong to. */
export async function forksIn(
  o: Office,
  planned: ReadonlySet<string>,
): Promise<{ level: string; provisional: number }[]> {
  return await o.store.read.sql(
    `SELECT level, provisional FROM sync_conflict WHERE class = 'closed-loop' AND row_id IN (
    SELECT s.finding_id FROM finding_step s LEFT JOIN finding_step_prev p ON p.step_id = s.id WHERE s.id IN (SELECT value FROM json_each(?1)) OR p.id IN (SELECT value FROM json_each(?1)))`,
    [JSON.stringify([...planned])],
  );
}

/**
 * The canonical dump with the heads of every field, which decide what later edits mean, and what is held of each stream
 * that is exchanged.
 */
export async function deepDump(o: Office): Promise<string> {
  const heads = await o.store.read.sql<{ line: string }>(
    `SELECT 'head ' || f.row_id || ' ' || f.field || ' ' || f.w || ' ' || f.rivals AS line FROM sync_field f JOIN sync_row r ON r.id = f.row_id
     WHERE NOT (f.rivals = '[]' AND f.w = json_array(r.birth)) ORDER BY 1`,
  );
  const rows = await o.store.read.sql<{ line: string }>(
    "SELECT 'row ' || r.id || ' ' || r.tbl || ' ' || s.id || ' ' || r.birth AS line FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no ORDER BY 1",
  );
  const have = await o.store.read.sql<{ line: string }>(
    "SELECT 'have ' || s.id || ' ' || d.tag || ' ' || h.upto || coalesce(h.extra, '') AS line FROM sync_have h JOIN sync_stream s ON s.no = h.stream_no JOIN sync_device d ON d.no = h.device_no WHERE s.id <> 'o' ORDER BY 1",
  );
  return [await o.dump(), ...[...heads, ...rows, ...have].map((r) => r.line)].join('\n');
}

type State = 'live' | 'bin' | 'shadow';
type Snapshot = Map<string, Map<string, { state: State; text: string }>>;

/** Rows of some entities as people see them. */
export async function snapshot(o: Office, entities: readonly EntityDefinition[]): Promise<Snapshot> {
  const result: Snapshot = new Map();
  for (const entity of entities) {
    const rows = await o.store.read.sql<Record<string, Scalar>>(
      `SELECT id, ${capturedFields(entity)
        .map((f) => `"${snake(f)}" AS "${f}"`)
        .join(', ')} FROM "${tableOf(entity)}"`,
    );
    result.set(
      entity.name,
      new Map(
        rows.map(({ id, ...row }) => [
          String(id),
          {
            state: row.deletedAt === null ? 'live' : row.deletedAt === SHADOW ? 'shadow' : 'bin',
            text: JSON.stringify(row),
          },
        ]),
      ),
    );
  }
  return result;
}

/** What a preview counted must be what became of it. */
export function comparePreview(summary: PlanSummary, before: Snapshot, after: Snapshot): void {
  for (const [name, rows] of after) {
    const counted = { created: 0, changed: 0, deleted: 0 };
    for (const [id, now] of rows) {
      const was = before.get(name)?.get(id);
      if (now.state === 'live' && was?.state !== 'live') counted.created += 1;
      else if (now.state === 'live' && was?.text !== now.text) counted.changed += 1;
      else if (now.state === 'bin' && was?.state === 'live') counted.deleted += 1;
    }
    const { created, changed, deleted } = summary.byEntity[name] ?? { created: 0, changed: 0, deleted: 0 };
    same(
      'I21',
      `the preview counted other rows of ${name}`,
      JSON.stringify({ created, changed, deleted }),
      JSON.stringify(counted),
    );
  }
}

/** Conflicts that a preview announced must be those that are there. */
export function compareConflicts(
  summary: PlanSummary,
  conflicts: readonly { level: string; provisional: number }[],
): void {
  const counted = { must: 0, may: 0, waiting: 0 };
  for (const c of conflicts) counted[c.provisional ? 'waiting' : (c.level as 'must' | 'may')] += 1;
  same('I21', 'the preview counted other conflicts', JSON.stringify(summary.conflicts), JSON.stringify(counted));
}

/** What fails must leave nothing behind, whatever it is. @throws Broken; an error of its own when nothing failed */
export async function checkAtomic(o: Office, failing: () => Promise<unknown>): Promise<void> {
  const before = dumpOf(o.store.file);
  if (
    await failing().then(
      () => true,
      () => false,
    )
  )
    throw new Error('it did not fail');
  if (dumpOf(o.store.file) !== before) throw new Broken('I20', 'what failed left something behind');
}

/** Operations say in every office what they said where they were made, byte for byte. */
export async function checkTexts(o: Office, other: Office): Promise<void> {
  const said = async (at: Office): Promise<Map<string, string>> =>
    new Map(
      (
        await at.store.read.sql<{ id: string; body: string; actor: string | null; src: string | null }>(
          `SELECT s.id || ' ' || d.tag || ' ' || o.n AS id, o.body, o.actor, o.src FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no`,
        )
      ).map((r) => [r.id, canonicalJson([JSON.parse(r.body), r.actor, r.src])]),
    );
  const [here, there] = [await said(o), await said(other)];
  for (const [id, text] of here)
    if (there.has(id)) same('I26', `${id} says something else elsewhere`, text, there.get(id) ?? '');
}

/** The tables are what replaying the log on nothing gives. */
export async function checkReplay(store: Store): Promise<void> {
  const textOf = (tables: Awaited<ReturnType<typeof tablesOf>>): string =>
    [...tables]
      .flatMap(([name, rows]) =>
        [...rows].map(
          ([id, row]) => `${name} ${id} ${JSON.stringify(Object.entries(row).sort(([x], [y]) => (x < y ? -1 : 1)))}`,
        ),
      )
      .sort()
      .join('\n');
  same(
    'I25',
    'the log replayed on nothing gives other tables',
    textOf(await tablesOf(store)),
    textOf(await replayed(store)),
  );
}

/** Numbers of the devices that this office was have no holes. */
export async function checkDense(o: Office, tags: Iterable<string>): Promise<void> {
  for (const tag of tags) {
    const bad = await o.store.read.sql(
      `SELECT o.stream_no, min(o.n) AS low, max(o.n) AS high, count(*) AS ops, h.upto FROM sync_op o LEFT JOIN sync_have h ON h.stream_no = o.stream_no AND h.device_no = o.device_no
      WHERE o.device_no = (SELECT no FROM sync_device WHERE tag = ?) GROUP BY o.stream_no HAVING low <> 1 OR high <> ops OR h.upto IS NOT high`,
      [tag],
    );
    if (bad.length > 0) throw new Broken('I14', JSON.stringify(bad));
  }
}

/** References lead somewhere, and every live row has its entry in the log. */
export async function checkStore(o: Office): Promise<void> {
  const broken = await o.store.read.sql('PRAGMA foreign_key_check');
  if (broken.length > 0) throw new Broken('I27', JSON.stringify(broken.slice(0, 3)));
  const lost = await o.store.read.sql(
    'SELECT r.id, r.tbl FROM sync_row r WHERE NOT EXISTS (SELECT 1 FROM sync_op o WHERE o.row_id = r.id) AND r.id NOT IN (SELECT root FROM sync_alias_root)',
  );
  if (lost.length > 0) throw new Broken('I7', `rows that nobody made: ${JSON.stringify(lost.slice(0, 3))}`);
}

/** Whatever was said is shown, a head or replaced; whatever is shown was said. */
export async function checkFields(o: Office): Promise<void> {
  const roots = new Map(
    (await o.store.read.sql<{ id: string; root: string }>('SELECT id, root FROM sync_alias_root')).map((r) => [
      r.id,
      r.root,
    ]),
  );
  const homes = new Map(
    (
      await o.store.read.sql<{ id: string; home: string; birth: string }>(
        'SELECT r.id, s.id AS home, r.birth FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no',
      )
    ).map((r) => [r.id, r]),
  );
  const heads = new Map(
    (
      await o.store.read.sql<{ id: string; field: string; w: string; rivals: string }>(
        'SELECT row_id AS id, field, w, rivals FROM sync_field',
      )
    ).map((h) => [`${h.id} ${h.field}`, [...(JSON.parse(h.w) as string[]), ...(JSON.parse(h.rivals) as string[])]]),
  );
  const groups = new Map<string, Operation[]>();
  for (const op of await o.operations()) {
    const root = roots.get(op.row) ?? op.row;
    groups.set(root, [...(groups.get(root) ?? []), op]);
  }
  for (const [root, ops] of groups) {
    if (!ops.some((op) => op.kind === 'c')) continue;
    const entity = entityNamed((ops[0] as Operation).entity);
    const row = await o.store.read.sqlOne<Record<string, Scalar>>(`SELECT * FROM "${tableOf(entity)}" WHERE id = ?`, [
      root,
    ]);
    const { home, birth } = homes.get(root) ?? { home: '', birth: '' };
    if (!row) throw new Broken('I7', `${entity.name} ${root} is not in its table`);
    for (const field of capturedFields(entity)) {
      const said = saidOn(field, ops);
      const named = heads.get(`${root} ${field}`) ?? [birth];
      for (const h of rawHeads(said)) {
        const dot = dotIn(home, h.op.stream, `${h.op.device}:${h.op.n}`);
        if (!named.includes(dot))
          throw new Broken(
            'I5',
            `${entity.name}.${field} of ${root}: ${dot} is neither shown nor a head (${named.join(' ')})`,
          );
      }
      const isReference = fieldsOf(entity).some((f) => f.name === field && f.meta.kind === 'reference');
      const meant = (v: Scalar): Scalar =>
        isReference && entity.name !== 'alias' && typeof v === 'string' ? (roots.get(v) ?? v) : v;
      const shown = row[snake(field)] as Scalar;
      if (!said.some((s) => meant(s.value) === shown) && !(field === 'deletedAt' && shown === null))
        throw new Broken('I6', `${entity.name}.${field} of ${root} shows ${shown}, which nobody said`);
    }
  }
}

/** Folding every row from the log again must find the tables as they are. */
export async function checkRefold(o: Office): Promise<void> {
  const rows = await o.store.read.sql<{ tbl: string; id: string }>(
    'SELECT DISTINCT tbl, row_id AS id FROM sync_op ORDER BY 1, 2',
  );
  const heads = new Map(
    (
      await o.store.read.sql<{ id: string; field: string; w: string; rivals: string }>(
        'SELECT row_id AS id, field, w, rivals FROM sync_field',
      )
    ).map((h) => [`${h.id} ${h.field}`, `${h.w} ${h.rivals}`]),
  );
  const conflicts = new Set(
    (
      await o.store.read.sql<{ id: string }>(
        "SELECT id || provisional || class AS id FROM sync_conflict WHERE class <> 'closed-loop'",
      )
    ).map((c) => c.id),
  );
  const db = new Database(o.store.file, { readonly: true });
  try {
    const planner = new Planner(new FoldSource(db, { store: 'main', staged: false }));
    for (const plan of planner.plan(rows.map((r) => [r.tbl, r.id] as const))) {
      if (plan.action === 'insert' || plan.action === 'update')
        throw new Broken(
          'I25',
          `${plan.entity} ${plan.id} is not as its log says: ${plan.action} ${JSON.stringify(plan.before)} to ` +
            JSON.stringify(Object.fromEntries(Object.keys(plan.before ?? plan.values).map((f) => [f, plan.values[f]]))),
        );
      if (plan.action !== 'same') continue;
      for (const [field, w, rivals] of plan.heads) {
        const kept = heads.get(`${plan.id} ${field}`) ?? `${JSON.stringify([plan.birth])} []`;
        same(
          'I25',
          `heads of ${plan.entity}.${field} of ${plan.id}`,
          `${JSON.stringify([...(JSON.parse(kept.split(' ')[0] as string) as string[])].sort())} ${kept.split(' ')[1]}`,
          `${JSON.stringify(w)} ${JSON.stringify(rivals)}`,
        );
      }
      for (const c of conflictsOf(plan))
        if (!conflicts.has(`${c.id}${c.provisional ? 1 : 0}${c.class}`))
          throw new Broken('I25', `a conflict on ${plan.entity}.${c.field} of ${plan.id} is not in the list`);
    }
    const kept = await o.store.read.sql<{ id: string; root: string }>(
      'SELECT id, root FROM sync_alias_root ORDER BY id',
    );
    same(
      'I25',
      'roots of merged rows are not as the log says',
      kept.map((r) => `${r.id} ${r.root}`).join('\n'),
      [...planner.roots]
        .map(([id, root]) => `${id} ${root}`)
        .sort()
        .join('\n'),
    );
  } finally {
    db.close();
  }
}
