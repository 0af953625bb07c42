// Writes planned rows into their tables, with their heads and conflicts; capture is off meanwhile, since nothing new is said.
import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { Head } from '../../domain/handoff/fold.ts';
import type { Author, Scalar } from '../../domain/handoff/operation.ts';
import { columnsOf, encode, tableOf } from '../schema/columns.ts';
import type { OwnDerivations, Touched } from '../writer.ts';
import type { Interner } from './interner.ts';
import type { RowPlan } from './row-plan.ts';
import { statementOf } from './statements.ts';

/** One of the values of a conflict, as `sync_conflict.heads` keeps it; those with the shown value first. */
export interface ConflictHead {
  dot: string;
  value: Scalar;
  shown: boolean;
  device: string;
  actor: string | null;
  at: string;
  source: string | null;
  hlc: string;
  decided: boolean;
  reason: string | null;
}

/** Id of a conflict: the same in every office, so that a decision made anywhere ends it everywhere. */
export const conflictId = (rowId: string, field: string): string =>
  createHash('sha256').update(`${rowId}\u0000${field}`).digest('hex');

const authorOf = ({ device, actor, at, body }: Head['op']): Author =>
  (body._by as Author | undefined) ?? { device, actor, at };

const headOf = (head: Head, shown: boolean): ConflictHead => ({
  dot: head.dot,
  value: head.value,
  shown,
  ...authorOf(head.op),
  source: head.op.source,
  hlc: head.op.hlc,
  decided: head.op.kind === 'r',
  reason: (head.op.body._reason as string | undefined) ?? null,
});

/** What a plan's conflicts are, ready to be stored. */
export function conflictsOf(plan: RowPlan): {
  id: string;
  field: string;
  class: string;
  level: string;
  heads: ConflictHead[];
  base: { value: Scalar } | null;
  provisional: boolean;
}[] {
  return plan.conflicts.map((c) => {
    const shown = new Set(plan.heads.find(([field]) => field === c.field)?.[1] ?? []);
    return {
      id: conflictId(plan.id, c.field),
      field: c.field,
      class: c.class,
      level: c.level,
      heads: c.heads.map((h) => headOf(h, shown.has(h.dot))),
      base: c.base,
      provisional: c.provisional,
    };
  });
}

interface TableWriter {
  upsert: Database.Statement;
  columns: ReturnType<typeof columnsOf>;
}

/** Writes plans through the writing connection, inside a transaction with capture off. */
export class PlanWriter {
  readonly #db: Database.Database;
  readonly #own: OwnDerivations;
  readonly #interner: Interner;
  readonly #tables = new Map<string, TableWriter>();
  readonly touched: Touched;
  readonly #clearHeads: Database.Statement;
  readonly #insertHead: Database.Statement;
  readonly #clearConflicts: Database.Statement;
  readonly #insertConflict: Database.Statement;
  readonly #upsertRow: Database.Statement;

  constructor(db: Database.Database, interner: Interner, own: OwnDerivations, touched: Touched) {
    this.#db = db;
    this.#interner = interner;
    this.#own = own;
    this.touched = touched;
    this.#clearHeads = db.prepare('DELETE FROM sync_field WHERE row_id = ?');
    this.#insertHead = db.prepare('INSERT INTO sync_field(row_id, field, w, rivals) VALUES (?, ?, ?, ?)');
    this.#clearConflicts = db.prepare("DELETE FROM sync_conflict WHERE row_id = ? AND class <> 'closed-loop'");
    this.#insertConflict = db.prepare(
      'INSERT INTO sync_conflict(id, tbl, row_id, field, class, level, heads, base, provisional) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#upsertRow = db.prepare(
      'INSERT INTO sync_row(id, tbl, stream_no, birth) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET birth = excluded.birth, stream_no = excluded.stream_no',
    );
  }

  /** Writes one row. */
  write(plan: RowPlan): void {
    const entity = entityNamed(plan.entity);
    this.#clearHeads.run(plan.id);
    this.#clearConflicts.run(plan.id);
    this.#touch(plan);
    if (plan.action === 'drop') {
      statementOf(this.#db, `DELETE FROM "${tableOf(entity)}" WHERE id = ?`).run(plan.id);
      statementOf(this.#db, 'DELETE FROM sync_row WHERE id = ?').run(plan.id);
      return;
    }
    if (plan.action !== 'same') this.#upsert(entity, plan);
    if (plan.action === 'stub') {
      statementOf(this.#db, 'DELETE FROM sync_row WHERE id = ?').run(plan.id);
      return;
    }
    this.#upsertRow.run(plan.id, plan.entity, this.#interner.stream(plan.stream), plan.birth);
    for (const [field, w, rivals] of plan.heads)
      this.#insertHead.run(plan.id, field, JSON.stringify(w), JSON.stringify(rivals));
    for (const c of conflictsOf(plan))
      this.#insertConflict.run(
        c.id,
        plan.entity,
        plan.id,
        c.field,
        c.class,
        c.level,
        JSON.stringify(c.heads),
        c.base === null ? null : JSON.stringify(c.base),
        c.provisional ? 1 : 0,
      );
  }

  #touch(plan: RowPlan): void {
    if (plan.action === 'same') return;
    const ids = this.touched.get(plan.entity);
    if (ids) ids.add(plan.id);
    else this.touched.set(plan.entity, new Set([plan.id]));
  }

  #upsert(entity: EntityDefinition, plan: RowPlan): void {
    const { upsert, columns } = this.#table(entity);
    const row: Record<string, unknown> = {
      ...plan.values,
      id: plan.id,
      createdAt: plan.createdAt,
      updatedAt: plan.updatedAt,
    };
    for (const c of columns) if (!(c.field in row)) row[c.field] = c.initial;
    Object.assign(row, this.#own[entity.name]?.(row));
    upsert.run(...columns.map((c) => encode(row[c.field])));
  }

  #table(entity: EntityDefinition): TableWriter {
    const known = this.#tables.get(entity.name);
    if (known) return known;
    const columns = columnsOf(entity);
    const own = Object.keys(this.#own[entity.name]?.({ name: '' }) ?? {});
    const overwritten = columns.filter((c) => c.field !== 'id' && (!c.meta?.derived || own.includes(c.field)));
    const made = {
      columns,
      upsert: this.#db
        .prepare(`INSERT INTO "${tableOf(entity)}" (${columns.map((c) => `"${c.column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
        ON CONFLICT(id) DO UPDATE SET ${overwritten.map((c) => `"${c.column}" = excluded."${c.column}"`).join(', ')}`),
    };
    this.#tables.set(entity.name, made);
    return made;
  }
}

/** Writes the roots of merged rows as they are now. */
export function writeRoots(db: Database.Database, roots: ReadonlyMap<string, string>): void {
  db.prepare('DELETE FROM sync_alias_root').run();
  const insert = db.prepare('INSERT INTO sync_alias_root(id, root) VALUES (?, ?)');
  for (const [id, root] of roots) insert.run(id, root);
}
