// Writing rows inside an action: prepared once per table, so that the capture triggers are compiled once too.
import type Database from 'better-sqlite3';
import type { z } from 'zod';
import type { EntityDefinition, NewRow, Patch, RowOf } from '../domain/dictionary/entity.ts';
import type { Author } from '../domain/handoff/operation.ts';
import { OPERATION_SCHEMA } from './capture/triggers.ts';
import { columnsOf, encode, tableOf } from './schema/columns.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import { naturalId, naturalKeyFields } from './natural-id.ts';
import type { SqlValue } from './positional.ts';
import type { Reader } from './reader.ts';

/** Derived columns that a row's own values decide, by entity name. */
export type OwnDerivations = Readonly<Record<string, (row: Record<string, unknown>) => Record<string, unknown>>>;

/** Rows written by an action, by entity name: what has to be derived again before it ends. */
export type Touched = Map<string, Set<string>>;

/** A value said again, with whoever said it first; of a deletion what its author had seen. */
export interface Statement {
  value: string | number | null;
  by: Author;
  seen?: readonly string[];
}

const YIELD_AFTER_MS = 8;

const insertSqls = new Map<string, string>();

/** The statement that inserts a row of an entity; where its id is natural, it brings a row back from the bin. */
function insertSql(entity: EntityDefinition): string {
  const known = insertSqls.get(entity.name);
  if (known) return known;
  const columns = columnsOf(entity).map((c) => `"${c.column}"`);
  const natural = entity.shape === 'set' || entity.shape === 'extension';
  // OR FAIL: see insertTrigger. A statement that fails dooms its action, so nothing half done can stay.
  const sql = `INSERT ${natural ? '' : 'OR FAIL '}INTO "${tableOf(entity)}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})${
    natural
      ? ` ON CONFLICT(id) DO UPDATE SET ${columns
          .filter((c) => c !== '"id"' && c !== '"created_at"')
          .map((c) => `${c} = excluded.${c}`)
          .join(', ')}`
      : ''
  }`;
  insertSqls.set(entity.name, sql);
  return sql;
}

/** The hands of one action. Valid until the action ends. */
export class Writer {
  readonly read: Reader;
  readonly touched: Touched = new Map();
  readonly #db: Database.Database;
  readonly #own: OwnDerivations;
  readonly #statements: Map<string, Database.Statement>;
  readonly #now: string;
  readonly #deviceNo: number;
  readonly #numberPrefix: () => string;
  #lastYield = performance.now();
  #ended = false;
  #failure: Error | null = null;

  constructor(parts: {
    db: Database.Database;
    read: Reader;
    own: OwnDerivations;
    statements: Map<string, Database.Statement>;
    now: string;
    deviceNo: number;
    numberPrefix: () => string;
  }) {
    this.#db = parts.db;
    this.read = parts.read;
    this.#own = parts.own;
    this.#statements = parts.statements;
    this.#now = parts.now;
    this.#deviceNo = parts.deviceNo;
    this.#numberPrefix = parts.numberPrefix;
  }

  /** The moment of the action, the same for all its rows. */
  get now(): string {
    return this.#now;
  }

  /**
   * Inserts a row. Links and extensions get their natural id; where such a row is in the bin it comes back.
   * @throws StoreError ROW_INVALID when a value may not be stored.
   */
  async insert<E extends EntityDefinition>(entity: E, given: NewRow<E>): Promise<RowOf<E>> {
    const values = given as Record<string, unknown>;
    const row: Record<string, unknown> = {};
    for (const c of columnsOf(entity)) row[c.field] = values[c.field] ?? c.initial;
    row.id = values.id ?? this.#newId(entity, row);
    row.createdAt = this.#now;
    row.updatedAt = this.#now;
    row.deletedAt = null;
    Object.assign(row, this.#own[entity.name]?.(row));
    this.#validate(entity, row);
    const columns = columnsOf(entity);
    this.#run(
      insertSql(entity),
      columns.map((c) => encode(row[c.field])),
    );
    this.#touch(entity, row.id as string);
    return row as RowOf<E>;
  }

  /**
   * Changes fields of a row; writes nothing when no value differs. Returns the row after the change.
   * @throws StoreError ROW_NOT_FOUND, ROW_INVALID
   */
  async update<E extends EntityDefinition>(entity: E, id: string, patch: Patch<E>): Promise<RowOf<E>> {
    const before = (await this.read.get(entity, id)) as Record<string, unknown> | null;
    if (!before)
      throw new StoreError('ROW_NOT_FOUND', `${entity.name} ${id} does not exist`, { entity: entity.name, id });
    const changes = Object.entries(patch as Record<string, unknown>).filter(
      ([f, v]) => v !== undefined && encode(v) !== encode(before[f]),
    );
    if (changes.length === 0) return before as RowOf<E>;
    const after: Record<string, unknown> = { ...before, ...Object.fromEntries(changes), updatedAt: this.#now };
    Object.assign(after, this.#own[entity.name]?.(after));
    this.#validate(entity, after);
    const columns = columnsOf(entity).filter((c) => encode(after[c.field]) !== encode(before[c.field]));
    this.#run(`UPDATE "${tableOf(entity)}" SET ${columns.map((c) => `"${c.column}" = ?`).join(', ')} WHERE id = ?`, [
      ...columns.map((c) => encode(after[c.field])),
      id,
    ]);
    this.#touch(entity, id);
    return after as RowOf<E>;
  }

  /** Inserts an extension row of `parentId`, or changes the one that is there. */
  async put<E extends EntityDefinition>(entity: E, given: NewRow<E>): Promise<RowOf<E>> {
    const id = this.#newId(entity, given as Record<string, unknown>);
    const present = await this.read.get(entity, id);
    if (!present) return await this.insert(entity, given);
    return await this.update(entity, id, { ...given, deletedAt: null } as unknown as Patch<E>);
  }

  /** Puts a row into the bin; one that is there stays as it is, since saying it again would be a change that revives it. */
  async remove(entity: EntityDefinition, id: string): Promise<void> {
    const row = (await this.read.get(entity, id)) as Record<string, unknown> | null;
    if (row?.deletedAt) return;
    await this.update(entity, id, { deletedAt: this.#now } as never);
  }

  /** Takes a row out of the bin. */
  async restore(entity: EntityDefinition, id: string): Promise<void> {
    await this.update(entity, id, { deletedAt: null } as never);
  }

  /**
   * Makes the members of a set be exactly `members` (ids or vocabulary ids): adds links, bins the others. With the members
   * that were `seen` before they were changed, only what was added and taken out since is done: others may have changed it too.
   */
  async setMembers(
    entity: EntityDefinition,
    parentId: string,
    members: readonly string[],
    seen?: readonly string[],
  ): Promise<void> {
    const [parentField, memberField] = Object.keys(entity.fields) as [string, string];
    const present = (await this.read.find(entity, { [parentField]: parentId } as never)) as Record<string, unknown>[];
    const there = present.map((link) => link[memberField] as string);
    const [added, out] = [members.filter((one) => !seen?.includes(one)), seen?.filter((one) => !members.includes(one))];
    const wanted = new Set([...(out ? there.filter((one) => !out.includes(one)) : []), ...added]);
    for (const link of present)
      if (!wanted.has(link[memberField] as string)) await this.remove(entity, link.id as string);
    const had = new Set(present.map((l) => l[memberField]));
    for (const member of wanted)
      if (!had.has(member)) await this.insert(entity, { [parentField]: parentId, [memberField]: member } as never);
  }

  /**
   * Decides a conflict: the values stand, and every head that is known is replaced, whether or not the shown value changes.
   * @throws StoreError ROW_NOT_FOUND when a field has no conflict any more
   */
  async resolve(
    entity: EntityDefinition,
    id: string,
    decisions: Readonly<Record<string, string | number | null>>,
    reason: string | null,
  ): Promise<void> {
    const body: Record<string, unknown> = reason ? { _reason: reason } : {};
    for (const [field, value] of Object.entries(decisions)) {
      const heads = await this.read.sqlOne<{ w: string; rivals: string }>(
        'SELECT w, rivals FROM sync_field WHERE row_id = ? AND field = ?',
        [id, field],
      );
      if (!heads || heads.rivals === '[]')
        throw new StoreError('ROW_NOT_FOUND', `${entity.name}.${field} is not in conflict`, {
          entity: entity.name,
          id,
        });
      body[field] = [value, [...(JSON.parse(heads.w) as string[]), ...(JSON.parse(heads.rivals) as string[])]];
    }
    this.#log(id, 'r', body);
    this.#touch(entity, id);
  }

  /**
   * Says several values of a field, each in place of `basis` alone, so that they are rivals; the last is shown. The
   * fold writes the row.
   */
  restate(
    entity: EntityDefinition,
    id: string,
    field: string,
    basis: readonly string[],
    statements: readonly Statement[],
  ): void {
    for (const { value, by, seen } of statements)
      this.#log(id, seen ? 'd' : 'u', { [field]: [value, basis], _by: by, ...(seen && { _seen: seen }) });
    // Marks the row as contested; the fold at the end of the action names the heads.
    this.#run(
      `INSERT INTO sync_field(row_id, field, w, rivals) VALUES (?, ?, ?, ?) ON CONFLICT(row_id, field) DO UPDATE SET rivals = excluded.rivals`,
      [id, field, JSON.stringify(basis), JSON.stringify(basis)],
    );
    this.#touch(entity, id);
  }

  /** Writes an operation that no trigger can: about a row, but not a change of its table. */
  #log(id: string, kind: 'u' | 'd' | 'r', body: Record<string, unknown>): void {
    this.#run(
      `INSERT INTO sync_have(stream_no, device_no, upto) SELECT r.stream_no, l.device_no, 1 FROM sync_local l, sync_row r WHERE r.id = ?
      ON CONFLICT(stream_no, device_no) DO UPDATE SET upto = upto + 1`,
      [id],
    );
    this.#run(
      `INSERT INTO sync_op(stream_no, device_no, n, hlc, at, tbl, row_id, kind, body, actor, batch, src, schema)
      SELECT h.stream_no, h.device_no, h.upto, sd_hlc(), l.at, r.tbl, r.id, ?, ?, l.actor, l.batch, l.src, ${OPERATION_SCHEMA}
      FROM sync_local l, sync_row r, sync_have h WHERE r.id = ? AND h.stream_no = r.stream_no AND h.device_no = l.device_no`,
      [kind, JSON.stringify(body), id],
    );
  }

  /** Writes derived columns of a row: never captured, never validated against form rules. */
  async derive(entity: EntityDefinition, id: string, values: Record<string, unknown>): Promise<void> {
    const columns = columnsOf(entity).filter((c) => c.meta?.derived && c.field in values);
    if (columns.length === 0) return;
    this.#run(`UPDATE "${tableOf(entity)}" SET ${columns.map((c) => `"${c.column}" = ?`).join(', ')} WHERE id = ?`, [
      ...columns.map((c) => encode(values[c.field])),
      id,
    ]);
  }

  /** Any other statement, for tables that are not of the dictionary. */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<void> {
    this.#run(sql, parameters);
  }

  /** Does something whole or not at all: what it wrote is taken back where it throws, and the action goes on. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    this.#run('SAVEPOINT attempt', []);
    try {
      return await work();
    } catch (error) {
      this.#run('ROLLBACK TO attempt', []);
      throw error;
    } finally {
      this.#run('RELEASE attempt', []);
    }
  }

  /** Next human number of a series: `HZ7K2-26-00042` (hand-off design 2). Unique without talking to other devices. */
  async nextNumber(series: string, day: string): Promise<string> {
    const year = day.slice(2, 4);
    const key = `${series}-${year}`;
    const { value } = this.#prepared(
      `INSERT INTO number_counter(device_no, series, value) VALUES (?, ?, 1)
      ON CONFLICT(device_no, series) DO UPDATE SET value = value + 1 RETURNING value`,
    ).get(this.#deviceNo, key) as { value: number };
    return `${this.#numberPrefix()}-${year}-${String(value).padStart(5, '0')}`;
  }

  /**
   * Lets waiting reads answer if this action has held the thread for a while. Call between rows of long work; `now`:
   * even if it has not.
   */
  async breathe(now = false): Promise<void> {
    if (!now && performance.now() - this.#lastYield < YIELD_AFTER_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#lastYield = performance.now();
  }

  /** @throws the error of a statement that failed, even if the action's work caught it: it may have been done in part. */
  checkWhole(): void {
    if (this.#failure) throw this.#failure;
  }

  /** Called when the action has ended: what still tries to write then would do so outside a transaction. */
  end(): void {
    this.#ended = true;
  }

  #newId(entity: EntityDefinition, row: Record<string, unknown>): string {
    const key = naturalKeyFields(entity);
    return key.length > 0 ? naturalId(entity, ...key.map((f) => String(row[f]))) : newId();
  }

  #validate(entity: EntityDefinition, row: Record<string, unknown>): void {
    const result = entity.schema.safeParse(row);
    if (result.success) return;
    const issue = result.error.issues[0] as z.core.$ZodIssue;
    throw new StoreError('ROW_INVALID', `${entity.name}.${issue.path.join('.')}: ${issue.message}`, {
      entity: entity.name,
      field: String(issue.path[0] ?? ''),
      issue: issue.message,
    });
  }

  #prepared(sql: string): Database.Statement {
    if (this.#ended) throw new StoreError('STORE_CLOSED', 'the action has ended');
    this.checkWhole();
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, parameters: readonly SqlValue[]): void {
    const statement = this.#prepared(sql);
    try {
      statement.run(...parameters);
    } catch (error) {
      this.#failure = error as Error;
      throw error;
    }
  }

  #touch(entity: EntityDefinition, id: string): void {
    let ids = this.touched.get(entity.name);
    if (!ids) this.touched.set(entity.name, (ids = new Set()));
    ids.add(id);
  }
}
