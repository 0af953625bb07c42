// The dry run: folds everything that staged operations touch and keeps the plans beside them; nothing in the workspace changes.
import Database from 'better-sqlite3';
import { entityNamed } from '../../domain/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import type { Scalar } from '../../domain/handoff/operation.ts';
import { storeState } from '../log-state.ts';
import { Planner } from './plan.ts';
import type { RowPlan } from './row-plan.ts';
import { FoldSource } from './source.ts';
import type { Staging } from './staging.ts';
import { plannedForks, stepKeeper } from './step-heads.ts';
import { conflictId } from './write-plan.ts';

/** What taking the package in would do. Counts are rows as people see them. */
export interface PlanSummary {
  operations: number;
  known: number;
  byEntity: Record<string, { created: number; changed: number; unchanged: number; deleted: number }>;
  conflicts: { must: number; may: number; waiting: number };
  stubs: number;
  /** Devices of which numbers are missing in between, with the streams concerned. */
  gaps: { device: string; streams: number }[];
}

type Kind = 'created' | 'changed' | 'unchanged' | 'deleted';

function kindOf(plan: RowPlan): Kind | null {
  if (plan.action === 'stub' || plan.action === 'shadow' || plan.action === 'drop') return null;
  const wasThere = plan.before !== null && !('deletedAt' in plan.before && plan.before.deletedAt !== null);
  if (plan.deleted) return wasThere && plan.before?.deletedAt === null ? 'deleted' : 'unchanged';
  return plan.action === 'insert' || !wasThere ? 'created' : plan.action === 'same' ? 'unchanged' : 'changed';
}

/** Plans all staged operations. Calls `onRow` now and then; what it throws ends the work. */
export function planStaging(staging: Staging, onRow: (done: number) => void = () => undefined): PlanSummary {
  const { db } = staging;
  staging.endReading();
  db.exec('DELETE FROM main.plan; DELETE FROM main.plan_step; DELETE FROM main.plan_link; DELETE FROM main.root');
  const source = new FoldSource(db, { store: 'store', staged: true });
  const planner = new Planner(source);
  const summary: PlanSummary = {
    operations: db.prepare('SELECT count(*) FROM main.staged_op').pluck().get() as number,
    known: staging.dropped,
    byEntity: {},
    conflicts: { must: 0, may: 0, waiting: 0 },
    stubs: 0,
    gaps: [],
  };
  const state = db.prepare(storeState('store')).pluck().get() as string;
  const keep = db.prepare('INSERT INTO main.plan(entity, row_id, action, deleted, body) VALUES (?, ?, ?, ?, ?)');
  const dropped = new Map<string, number>();
  const takeBack = db.prepare('DELETE FROM main.plan WHERE seq = ?');
  const keepStep = stepKeeper(db);
  const work = db.transaction(() => {
    const known = knownIn(db);
    let done = 0;
    for (const plan of planner.plan(
      db.prepare('SELECT DISTINCT entity, row FROM main.staged_op').raw().iterate() as Iterable<[string, string]>,
    )) {
      // A row that was to go is needed after all: plans are not written in the order in which they were made.
      if (plan.action === 'stub') takeBack.run(dropped.get(plan.id) ?? 0);
      const { lastInsertRowid } = keep.run(
        plan.entity,
        plan.id,
        plan.action,
        plan.deleted ? 1 : 0,
        JSON.stringify(plan),
      );
      if (plan.action === 'drop') dropped.set(plan.id, Number(lastInsertRowid));
      keepStep(plan);
      count(summary, plan, known);
      done += 1;
      if (done % 200 === 0) onRow(done);
    }
    for (const { streams } of plannedForks(db))
      summary.conflicts[streams.some((stream) => source.hasGaps(stream)) ? 'waiting' : 'must'] += 1;
    if (planner.rootsChanged)
      for (const [id, root] of planner.roots) db.prepare('INSERT INTO main.root VALUES (?, ?)').run(id, root);
  });
  work();
  staging.setFact('state', state);
  staging.setFact('rootsChanged', planner.rootsChanged ? '1' : '0');
  summary.gaps = gapsOf(db, source);
  return summary;
}

/** A row that no operation is about is looked at again for its conflicts only, and those that stay as they are are not news. */
interface Known {
  isTouched(id: string): boolean;
  hasConflict(id: string, provisional: boolean): boolean;
}

function knownIn(db: Database.Database): Known {
  const touched = db.prepare('SELECT 1 FROM main.staged_op WHERE row = ? LIMIT 1');
  const conflict = db.prepare('SELECT 1 FROM store.sync_conflict WHERE id = ? AND provisional = ?');
  return {
    isTouched: (id) => touched.get(id) !== undefined,
    hasConflict: (id, provisional) => conflict.get(id, provisional ? 1 : 0) !== undefined,
  };
}

function count(summary: PlanSummary, plan: RowPlan, known: Known): void {
  if (plan.action === 'stub') summary.stubs += 1;
  const kind = kindOf(plan);
  if (!kind) return;
  const counts = (summary.byEntity[plan.entity] ??= { created: 0, changed: 0, unchanged: 0, deleted: 0 });
  if (kind !== 'unchanged' || known.isTouched(plan.id)) counts[kind] += 1;
  for (const c of plan.conflicts) {
    if (!known.isTouched(plan.id) && known.hasConflict(conflictId(plan.id, c.field), c.provisional)) continue;
    if (c.provisional) summary.conflicts.waiting += 1;
    else if (c.level === 'must') summary.conflicts.must += 1;
    else summary.conflicts.may += 1;
  }
}

function gapsOf(db: Database.Database, source: FoldSource): { device: string; streams: number }[] {
  const pairs = db.prepare('SELECT DISTINCT stream, device FROM main.staged_op').iterate() as Iterable<{
    stream: string;
    device: string;
  }>;
  const byDevice = new Map<string, number>();
  for (const { stream, device } of pairs)
    if (source.gap(stream, device)) byDevice.set(device, (byDevice.get(device) ?? 0) + 1);
  return [...byDevice].map(([device, streams]) => ({ device, streams }));
}

/**
 * A row of the preview: what it is and which of its fields change. `joins`: of a merge, the two rows, each with its
 * title where the package says it.
 */
export interface PreviewRow {
  entity: string;
  id: string;
  title: string;
  joins: { id: string; title: string | null }[];
  kind: Kind;
  fields: { field: string; before: Scalar; after: Scalar }[];
}

const titleOf = ({ entity, values }: RowPlan): string => {
  const { title } = entityNamed(entity);
  return title ? String(values[title] ?? '') : '';
};

/** Titles of rows that the package says something about; of one that is here, as it is called before. */
function titlesOf(db: Database.Database, ids: readonly string[]): Map<string, string> {
  if (ids.length === 0) return new Map();
  const plans = db
    .prepare(
      "SELECT body FROM main.plan WHERE action NOT IN ('stub', 'drop') AND row_id IN (SELECT value FROM json_each(?))",
    )
    .pluck()
    .all(JSON.stringify(ids)) as string[];
  return new Map(
    plans
      .map((text) => JSON.parse(text) as RowPlan)
      .map((plan) => [plan.id, titleOf({ ...plan, values: { ...plan.values, ...plan.before } })]),
  );
}

/** Planned rows that change something, a page of them. */
export function previewRows(db: Database.Database, offset: number, limit: number): PreviewRow[] {
  const plans = (
    db
      .prepare("SELECT body FROM main.plan WHERE action IN ('insert', 'update') ORDER BY seq LIMIT ? OFFSET ?")
      .pluck()
      .all(limit, offset) as string[]
  ).map((text) => JSON.parse(text) as RowPlan);
  const merged = (plan: RowPlan): string[] =>
    plan.entity === alias.name ? [String(plan.values.lowId), String(plan.values.highId)] : [];
  const coming = titlesOf(db, plans.flatMap(merged));
  return plans.map((plan) => {
    const changed = plan.before ? Object.entries(plan.before) : [];
    return {
      entity: plan.entity,
      id: plan.id,
      title: titleOf(plan),
      joins: merged(plan).map((id) => ({ id, title: coming.get(id) ?? null })),
      kind: kindOf(plan) ?? 'unchanged',
      fields: changed.map(([field, before]) => ({ field, before, after: plan.values[field] ?? null })),
    };
  });
}

function inStaging<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** {@link previewRows} of a staging file that is not open. */
export const previewRowsIn = (file: string, offset: number, limit: number): PreviewRow[] =>
  inStaging(file, (db) => previewRows(db, offset, limit));

/** A file that a staged package carries: the part that holds it; of a small picture also whose it is, and whether it is of no use here. */
export interface StagedBlob {
  sha256: string;
  size: number;
  part: number;
  original: string | null;
  needless: 0 | 1;
}

/** Files that a staged package carries. */
export const stagedBlobs = (file: string): StagedBlob[] =>
  inStaging(
    file,
    (db) => db.prepare('SELECT sha256, size, part, original, needless FROM main.staged_blob').all() as StagedBlob[],
  );
