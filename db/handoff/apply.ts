// Taking a staged package in, and taking it back: in the write lane, in one transaction, in small steps that let reads through.
import type Database from 'better-sqlite3';
import { coverageOf, missingFrom, NOTHING, rangesOf, union, type Coverage } from '../../domain/handoff/coverage.ts';
import type { OwnDerivations, Touched } from '../writer.ts';
import { storeState } from '../log-state.ts';
import { Interner } from './interner.ts';
import { Planner } from './plan.ts';
import type { RowPlan } from './row-plan.ts';
import { FoldSource } from './source.ts';
import { statementOf } from './statements.ts';
import { PlanWriter, writeRoots } from './write-plan.ts';

/** Facts of an import that the log of imports keeps. */
export interface ImportFacts {
  id: string;
  packageId: string;
  office: string;
  device: string;
  madeAt: string;
  kind: string;
  actor: string;
  /** JSON for people. */
  summary: string;
}

/** What writing needs of the transaction that it runs in. */
export interface ApplyTools {
  db: Database.Database;
  own: OwnDerivations;
  touched: Touched;
  now: string;
  breathe(): Promise<void>;
  advance(hlc: string): void;
}

interface Range {
  stream: string;
  device: string;
  from: number;
  to: number;
}

/** Operations changed between the preview and now: the plan no longer says what would happen. */
export class StoreMoved extends Error {}

const readCoverage = (db: Database.Database, stream: number, device: number): Coverage => {
  const row = statementOf(db, 'SELECT upto, extra FROM sync_have WHERE stream_no = ? AND device_no = ?').get(
    stream,
    device,
  ) as { upto: number; extra: string | null } | undefined;
  return row ? { upto: row.upto, extra: row.extra ? (JSON.parse(row.extra) as [number, number][]) : [] } : NOTHING;
};

function writeCoverage(db: Database.Database, stream: number, device: number, coverage: Coverage): void {
  if (rangesOf(coverage).length === 0) {
    statementOf(db, 'DELETE FROM sync_have WHERE stream_no = ? AND device_no = ?').run(stream, device);
    return;
  }
  statementOf(
    db,
    'INSERT INTO sync_have(stream_no, device_no, upto, extra) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET upto = excluded.upto, extra = excluded.extra',
  ).run(stream, device, coverage.upto, coverage.extra.length > 0 ? JSON.stringify(coverage.extra) : null);
}

async function insertOperations(tools: ApplyTools, staging: Database.Database, interner: Interner): Promise<number> {
  const insert = tools.db.prepare(
    'INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const page = staging.prepare('SELECT rowid AS no, * FROM staged_op WHERE rowid > ? ORDER BY rowid LIMIT 500');
  let [count, last] = [0, 0];
  for (;;) {
    const rows = page.all(last) as {
      no: number;
      stream: string;
      device: string;
      n: number;
      hlc: string;
      at: string;
      entity: string;
      row: string;
      kind: string;
      body: string;
      actor: string | null;
      batch: string | null;
      source: string | null;
      schema: number;
    }[];
    if (rows.length === 0) return count;
    for (const r of rows) {
      insert.run(
        interner.stream(r.stream),
        interner.device(r.device),
        r.n,
        r.hlc,
        r.at,
        r.entity,
        r.row,
        r.kind,
        r.body,
        r.actor,
        r.batch,
        r.source,
        r.schema,
      );
      tools.advance(r.hlc);
      count += 1;
      await tools.breathe();
    }
    last = rows.at(-1)?.no ?? last;
  }
}

async function writePlans(
  tools: ApplyTools,
  staging: Database.Database,
  interner: Interner,
  onProgress: (done: number) => void,
): Promise<void> {
  const writer = new PlanWriter(tools.db, interner, tools.own, tools.touched);
  // Plans begin with parts; the other way round no row refers to one that is not there yet, for which SQLite would look
  // through whole tables.
  const page = staging.prepare('SELECT seq, body FROM plan WHERE seq < ? ORDER BY seq DESC LIMIT 100');
  let [last, done] = [Number.MAX_SAFE_INTEGER, 0];
  for (;;) {
    const rows = page.all(last) as { seq: number; body: string }[];
    if (rows.length === 0) return;
    for (const row of rows) {
      writer.write(JSON.parse(row.body) as RowPlan);
      done += 1;
      await tools.breathe();
    }
    onProgress(done);
    last = rows.at(-1)?.seq ?? last;
  }
}

async function keepFacts(
  tools: ApplyTools,
  staging: Database.Database,
  interner: Interner,
  facts: ImportFacts,
): Promise<void> {
  const { db } = tools;
  // Row by row: a package may be about hundreds of thousands of streams.
  const rowsOf = <Row>(source: string): IterableIterator<Row> =>
    staging.prepare(`SELECT * FROM ${source}`).iterate() as IterableIterator<Row>;
  const ranges: string[] = [];
  for (const range of rowsOf<Range>('carried')) {
    const { stream, device, from, to } = range;
    const [s, d] = [interner.stream(stream), interner.device(device)];
    writeCoverage(db, s, d, union(readCoverage(db, s, d), coverageOf([[from, to]])));
    ranges.push(JSON.stringify(range));
    await tools.breathe();
  }
  const peer = interner.device(facts.device);
  const keepPeer =
    db.prepare(`INSERT INTO sync_peer_have(peer_no, stream_no, device_no, upto, extra, package_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET upto = excluded.upto, extra = excluded.extra, package_id = excluded.package_id`);
  for (const h of rowsOf<{ stream: string; device: string; upto: number; extra: string | null }>('staged_have')) {
    keepPeer.run(peer, interner.stream(h.stream), interner.device(h.device), h.upto, h.extra, facts.packageId);
    await tools.breathe();
  }
  db.prepare('DELETE FROM sync_peer_want WHERE peer_no = ?').run(peer);
  const keepWant = db.prepare('INSERT INTO sync_peer_want(peer_no, sha256) VALUES (?, ?)');
  for (const { sha256 } of rowsOf<{ sha256: string }>('staged_want')) {
    keepWant.run(peer, sha256);
    await tools.breathe();
  }
  const keepThumbnail = db.prepare(
    'INSERT INTO attachment_thumbnail(original, sha256) VALUES (?, ?) ON CONFLICT DO UPDATE SET sha256 = excluded.sha256',
  );
  for (const b of rowsOf<{ original: string; sha256: string }>(
    'staged_blob WHERE original IS NOT NULL AND needless = 0',
  )) {
    keepThumbnail.run(b.original, b.sha256);
    await tools.breathe();
  }
  // A device that is alive after all seals for itself: its own seal takes the place of its office's.
  const keepSeal = db.prepare(
    'INSERT INTO sync_seal(stream_no, device_no, n, hash, sig, adopter) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash, sig = excluded.sig, adopter = NULL WHERE excluded.adopter IS NULL',
  );
  const own = db.prepare('SELECT tag FROM sync_local').pluck().get() as string;
  for (const s of rowsOf<{
    stream: string;
    device: string;
    n: number;
    hash: string;
    sig: string;
    adopter: string | null;
  }>('staged_seal')) {
    if (s.adopter === null || s.device !== own)
      keepSeal.run(interner.stream(s.stream), interner.device(s.device), s.n, s.hash, s.sig, s.adopter);
    await tools.breathe();
  }
  db.prepare(
    'INSERT INTO handoff_import(id, package_id, office, device, made_at, kind, applied_at, actor, summary, ranges) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    facts.id,
    facts.packageId,
    facts.office,
    facts.device,
    facts.madeAt,
    facts.kind,
    tools.now,
    facts.actor,
    facts.summary,
    `[${ranges.join(',')}]`,
  );
}

/** Takes a planned staging database in. @throws StoreMoved when the log went on since the plan was made */
export async function applyStaging(
  tools: ApplyTools,
  staging: Database.Database,
  facts: ImportFacts,
  onProgress: (done: number) => void,
): Promise<{ operations: number }> {
  if (
    staging.prepare("SELECT value FROM fact WHERE key = 'state'").pluck().get() !==
    tools.db.prepare(storeState()).pluck().get()
  )
    throw new StoreMoved();
  const interner = new Interner(tools.db);
  const operations = await insertOperations(tools, staging, interner);
  await writePlans(tools, staging, interner, onProgress);
  if (staging.prepare("SELECT value FROM fact WHERE key = 'rootsChanged'").pluck().get() === '1') {
    writeRoots(
      tools.db,
      new Map(
        (staging.prepare('SELECT id, root FROM root').all() as { id: string; root: string }[]).map((r) => [
          r.id,
          r.root,
        ]),
      ),
    );
  }
  await keepFacts(tools, staging, interner, facts);
  return { operations };
}

/** Folds rows again from the log and writes what differs: after an edit of a row in conflict, a merge, a decision. */
export async function refold(
  tools: Pick<ApplyTools, 'db' | 'own' | 'touched' | 'breathe'>,
  rows: Iterable<readonly [string, string]>,
  changed: readonly string[] = [],
): Promise<void> {
  const source = new FoldSource(tools.db, { store: 'main', staged: false, changed });
  const planner = new Planner(source);
  const plans: RowPlan[] = [];
  for (const plan of planner.plan(rows)) {
    plans.push(plan);
    await tools.breathe();
  }
  const writer = new PlanWriter(tools.db, new Interner(tools.db), tools.own, tools.touched);
  for (const plan of plans) {
    writer.write(plan);
    await tools.breathe();
  }
  if (planner.rootsChanged) writeRoots(tools.db, planner.roots);
}

/** Ranges that only this import brought: what no other import that stands, nor this office itself, also has. */
function ownRanges(db: Database.Database, id: string): Map<string, Map<string, Coverage>> {
  const mine = JSON.parse(
    db.prepare('SELECT ranges FROM handoff_import WHERE id = ?').pluck().get(id) as string,
  ) as Range[];
  const others = (
    db.prepare('SELECT ranges FROM handoff_import WHERE id <> ? AND undone_at IS NULL').pluck().all(id) as string[]
  ).flatMap((r) => JSON.parse(r) as Range[]);
  const made = db
    .prepare(
      `SELECT n FROM sync_op WHERE stream_no = (SELECT no FROM sync_stream WHERE id = ?) AND device_no = (SELECT no FROM sync_device WHERE tag = ?)
    AND batch IN (SELECT id FROM action_log)`,
    )
    .pluck();
  const result = new Map<string, Map<string, Coverage>>();
  for (const { stream, device } of mine) {
    const rangesIn = (list: readonly Range[]) =>
      coverageOf(list.filter((r) => r.stream === stream && r.device === device).map((r) => [r.from, r.to]));
    const here = coverageOf((made.all(stream, device) as number[]).map((n) => [n, n]));
    const left = missingFrom(union(rangesIn(others), here), rangesIn(mine));
    const devices = result.get(stream) ?? new Map<string, Coverage>();
    if (left.length > 0) result.set(stream, devices.set(device, coverageOf(left)));
  }
  return result;
}

/** What stands in the way of taking an import back. */
export type UndoBlock = 'built-on' | 'passed-on' | 'already';

/** Whether an import can be taken back as if it had never been. */
export function undoBlock(db: Database.Database, id: string): UndoBlock | null {
  const row = db.prepare('SELECT undone_at AS undone FROM handoff_import WHERE id = ?').get(id) as
    { undone: string | null } | undefined;
  if (!row || row.undone) return 'already';
  const brought = [...ownRanges(db, id)].flatMap(([stream, devices]) =>
    [...devices].flatMap(([device, coverage]) => rowsIn(db, stream, device, coverage)),
  );
  // By number and not by time: clocks are set back.
  const first = Math.min(...brought.map((r) => r.first));
  if (brought.length === 0) return null;
  if (
    db.prepare("SELECT 1 FROM handoff_export WHERE last_seq >= ? AND kind <> 'receipt' LIMIT 1").get(first) !==
    undefined
  )
    return 'passed-on';
  const rows = new Set(brought.map((r) => r.id));
  const later = db
    .prepare('SELECT row_id AS row, body FROM sync_op WHERE local_seq > ? AND batch IN (SELECT id FROM action_log)')
    .iterate(first) as Iterable<{ row: string; body: string }>;
  for (const op of later) {
    // Also what hangs on a row that would go, or refers to it.
    if (
      rows.has(op.row) ||
      Object.values(JSON.parse(op.body) as Record<string, unknown>).some((v) =>
        rows.has(String(Array.isArray(v) ? v[0] : v)),
      )
    )
      return 'built-on';
  }
  return null;
}

function rowsIn(
  db: Database.Database,
  stream: string,
  device: string,
  coverage: Coverage,
): { id: string; tbl: string; first: number }[] {
  const rows =
    db.prepare(`SELECT o.row_id AS id, o.tbl, min(o.local_seq) AS first FROM sync_op o WHERE o.stream_no = (SELECT no FROM sync_stream WHERE id = ?)
    AND o.device_no = (SELECT no FROM sync_device WHERE tag = ?) AND o.n BETWEEN ? AND ? GROUP BY o.row_id, o.tbl`);
  return rangesOf(coverage).flatMap(
    ([from, to]) => rows.all(stream, device, from, to) as { id: string; tbl: string; first: number }[],
  );
}

/** Takes an import back: removes its operations and folds the touched rows without them. */
export async function removeImport(tools: ApplyTools, id: string): Promise<number> {
  const { db } = tools;
  const ranges = ownRanges(db, id);
  const rows: (readonly [string, string])[] = [];
  const interner = new Interner(db);
  let removed = 0;
  for (const [stream, devices] of ranges) {
    for (const [device, coverage] of devices) {
      rows.push(...rowsIn(db, stream, device, coverage).map((r) => [r.tbl, r.id] as const));
      const [s, d] = [interner.stream(stream), interner.device(device)];
      for (const [from, to] of rangesOf(coverage)) {
        removed += statementOf(
          db,
          'DELETE FROM sync_op WHERE stream_no = ? AND device_no = ? AND n BETWEEN ? AND ?',
        ).run(s, d, from, to).changes;
        statementOf(db, 'DELETE FROM sync_seal WHERE stream_no = ? AND device_no = ? AND n BETWEEN ? AND ?').run(
          s,
          d,
          from,
          to,
        );
      }
      writeCoverage(db, s, d, coverageOf(missingFrom(coverage, readCoverage(db, s, d))));
      await tools.breathe();
    }
  }
  await refold(tools, rows, [...ranges.keys()]);
  db.prepare('UPDATE handoff_import SET undone_at = ? WHERE id = ?').run(tools.now, id);
  return removed;
}
