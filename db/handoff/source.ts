// What the fold reads: the log of a store, together with operations that are staged.
import type Database from 'better-sqlite3';
import { coverageOf, covers, hasGap, NOTHING, rangesOf, type Coverage } from '../../domain/handoff/coverage.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { dependantsOf } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';
import { StreamMemory } from './memory.ts';
import { coverageIn, operationOf, selectOperations, type OperationRecord } from './operations.ts';
import { statementOf, valuesOf } from './statements.ts';

/** A row as its table holds it now. */
export type CurrentRow = Record<string, string | number | null>;

/**
 * Reads through one connection. `store` names the attached database of the workspace; with `staged`, `main` holds
 * staged operations. `changed`: streams from which operations were taken.
 */
export class FoldSource {
  readonly db: Database.Database;
  readonly store: string;
  readonly staged: boolean;
  readonly #changed: readonly string[];
  readonly #coverage = new StreamMemory<Map<string, Coverage>>();
  readonly #roots: Map<string, string>;

  constructor(db: Database.Database, options: { store: string; staged: boolean; changed?: readonly string[] }) {
    this.db = db;
    this.store = options.store;
    this.staged = options.staged;
    this.#changed = options.changed ?? [];
    this.#roots = new Map(
      (db.prepare(`SELECT id, root FROM ${this.store}.sync_alias_root`).all() as { id: string; root: string }[]).map(
        (r) => [r.id, r.root],
      ),
    );
  }

  /** Roots of merged rows; the planner changes it as it learns of edges. */
  get roots(): Map<string, string> {
    return this.#roots;
  }

  /** All operations on these rows, by row. */
  operations(rowIds: readonly string[]): Map<string, Operation[]> {
    const list = JSON.stringify(rowIds);
    const records = statementOf(
      this.db,
      `${selectOperations(this.store)} WHERE o.row_id IN (SELECT value FROM json_each(?))`,
    ).all(list) as OperationRecord[];
    if (this.staged)
      records.push(
        ...(statementOf(this.db, 'SELECT * FROM main.staged_op WHERE row IN (SELECT value FROM json_each(?))').all(
          list,
        ) as OperationRecord[]),
      );
    const byRow = new Map<string, Operation[]>();
    for (const record of records) {
      const ops = byRow.get(record.row);
      if (ops) ops.push(operationOf(record));
      else byRow.set(record.row, [operationOf(record)]);
    }
    return byRow;
  }

  /** Whether operations are missing below the highest one held. */
  gap(stream: string, device: string): boolean {
    return hasGap(this.#heldOf(stream, device));
  }

  /** The same for any device. */
  hasGaps(stream: string): boolean {
    this.#heldOf(stream, '');
    return [...(this.#coverage.get(stream)?.values() ?? [])].some(hasGap);
  }

  /** Whether an operation is held or staged. */
  holds(stream: string, device: string, n: number): boolean {
    return covers(this.#heldOf(stream, device), n);
  }

  #heldOf(stream: string, device: string): Coverage {
    let known = this.#coverage.get(stream);
    if (!known) this.#coverage.set(stream, (known = this.#coverageOf(stream)));
    return known.get(device) ?? NOTHING;
  }

  /** The row that an id stands for. */
  root(id: string): string {
    return this.#roots.get(id) ?? id;
  }

  /** The row of a table as it is now. */
  current(entity: EntityDefinition, id: string): CurrentRow | null {
    return (
      (statementOf(this.db, `SELECT * FROM ${this.store}."${tableOf(entity)}" WHERE id = ?`).get(id) as
        CurrentRow | undefined) ?? null
    );
  }

  /**
   * Dots of the births of live rows that hang on a row, as the fold of that row in `home` names them. Rows in `planned`
   * are left to the planner.
   */
  liveChildren(entity: EntityDefinition, id: string, home: string): { id: string; dot: string }[] {
    return dependantsOf(entity).flatMap(
      (d) =>
        statementOf(
          this.db,
          `SELECT k.id, k.birth || CASE WHEN instr(k.birth, '@') > 0 OR s.id = ? THEN '' ELSE '@' || s.id END AS dot FROM ${this.store}."${tableOf(d.entity)}" c
       JOIN ${this.store}.sync_row k ON k.id = c.id JOIN ${this.store}.sync_stream s ON s.no = k.stream_no
       WHERE c."${snake(d.field)}" = ? AND c.deleted_at IS NULL`,
        ).all(home, id) as { id: string; dot: string }[],
    );
  }

  /** Whether an operation deletes that row. */
  hasDeletion(id: string): boolean {
    return (
      (this.staged &&
        statementOf(this.db, "SELECT 1 FROM main.staged_op WHERE row = ? AND kind = 'd' LIMIT 1").get(id) !==
          undefined) ||
      statementOf(this.db, `SELECT 1 FROM ${this.store}.sync_op WHERE row_id = ? AND kind = 'd' LIMIT 1`).get(id) !==
        undefined
    );
  }

  /** Home stream of a row that is already known. */
  homeOf(id: string): string | null {
    return (
      (valuesOf(
        this.db,
        `SELECT s.id FROM ${this.store}.sync_row r JOIN ${this.store}.sync_stream s ON s.no = r.stream_no WHERE r.id = ?`,
      ).get(id) as string | undefined) ?? null
    );
  }

  /** Rows in conflict that wait, or may have to, when operations of their streams come or go: of other rows too. */
  rowsInDoubt(): [entity: string, id: string][] {
    const streams = [
      ...(this.staged ? (this.db.prepare('SELECT DISTINCT stream FROM main.staged_op').pluck().all() as string[]) : []),
      ...this.#changed,
    ];
    if (streams.length === 0) return [];
    return this.db
      .prepare(
        `SELECT DISTINCT c.tbl, c.row_id FROM ${this.store}.sync_conflict c LEFT JOIN ${this.store}.sync_row r ON r.id = c.row_id LEFT JOIN ${this.store}.sync_stream s ON s.no = r.stream_no
      WHERE c.class <> 'closed-loop' AND (c.provisional = 1 OR s.id IN (SELECT value FROM json_each(?)) OR c.row_id IN (SELECT root FROM ${this.store}.sync_alias_root))`,
      )
      .raw()
      .all(JSON.stringify(streams)) as [string, string][];
  }

  #coverageOf(stream: string): Map<string, Coverage> {
    const known = coverageIn(this.db, this.store, stream);
    if (this.staged) {
      const staged = statementOf(
        this.db,
        'SELECT device, n FROM main.staged_op WHERE stream = ? ORDER BY device, n',
      ).all(stream) as { device: string; n: number }[];
      const ranges = new Map<string, [number, number][]>();
      for (const { device, n } of staged) {
        const list = ranges.get(device);
        if (list) list.push([n, n]);
        else ranges.set(device, [[n, n]]);
      }
      for (const [device, list] of ranges)
        known.set(device, coverageOf([...rangesOf(known.get(device) ?? NOTHING), ...list]));
    }
    return known;
  }
}
