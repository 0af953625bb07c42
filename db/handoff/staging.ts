// A received package before it is taken in: its operations in a database file of their own, checked one by one.
import Database from 'better-sqlite3';
import { z } from 'zod';
import { capturedFields, laterInitials, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { covers, NOTHING, type Coverage } from '../../domain/handoff/coverage.ts';
import { COMMON_STREAM, OFFICE_STREAM, PERSONAL_SUFFIX, type Operation } from '../../domain/handoff/operation.ts';
import { columnsOf } from '../schema/columns.ts';
import { StreamMemory } from './memory.ts';
import type { Seal } from './seals.ts';
import { coverageIn, operationLine, operationOf, selectOperations, type OperationRecord } from './operations.ts';
import { statementOf } from './statements.ts';

/** Content that no version of this program could have written. `what` is for the log of support people. */
export class BadContent extends Error {
  readonly what: string;

  constructor(what: string) {
    super(`bad content: ${what}`);
    this.name = 'BadContent';
    this.what = what;
  }
}

/** Two different operations with one identity: a device's keys were copied. */
export class ForkedDevice extends Error {
  readonly device: string;

  constructor(device: string) {
    super(`device ${device} is forked`);
    this.name = 'ForkedDevice';
    this.device = device;
  }
}

/** Memory for pages of a staging file. */
const CACHE_KIB = 4 * 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TAG = /^[0-9A-HJKMNP-TV-Z]{10}$/;
const DOT = /^[0-9A-HJKMNP-TV-Z]{10}:[1-9]\d{0,15}(@[0-9a-f-]{36}(\/p)?|@g)?$/;
const LAST_HLC = '73a4a2b6ec00ffff';
const short = z.string().max(400).nullable();

const operationSchema = z.strictObject({
  stream: z
    .string()
    .refine(
      (s) => s === COMMON_STREAM || UUID.test(s.endsWith(PERSONAL_SUFFIX) ? s.slice(0, -PERSONAL_SUFFIX.length) : s),
    ),
  device: z.string().regex(TAG),
  n: z.int().min(1),
  hlc: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .refine((h) => h <= LAST_HLC),
  at: z.iso.datetime(),
  entity: z.string(),
  row: z.string().regex(UUID),
  kind: z.enum(['c', 'u', 'd', 'r']),
  body: z.record(z.string(), z.unknown()),
  actor: short,
  batch: short,
  source: short,
  schema: z.int().min(1),
});

const basisSchema = z.array(z.string().regex(DOT)).max(10_000);
const authorSchema = z.strictObject({ device: z.string().regex(TAG), actor: short, at: z.iso.datetime() });
const seenSchema = z.array(z.string().regex(DOT)).max(1_000_000);

interface FieldCheck {
  ok(value: unknown): boolean;
  /** Whether a create may say nothing of it. */
  mayLack: boolean;
}
const checks = new Map<string, Map<string, FieldCheck>>();

function checksOf(entity: EntityDefinition): Map<string, FieldCheck> {
  const known = checks.get(entity.name);
  if (known) return known;
  const columns = new Map(columnsOf(entity).map((c) => [c.field, c]));
  const later = laterInitials(entity);
  const made = new Map(
    capturedFields(entity).map((field): [string, FieldCheck] => {
      const column = columns.get(field);
      const schema = (entity.schema.shape as Record<string, z.ZodType>)[field] as z.ZodType;
      const ok = (v: unknown): boolean =>
        column?.flag ? v === 0 || v === 1 : v === null ? (column?.nullable ?? true) : schema.safeParse(v).success;
      return [field, { ok, mayLack: ok(null) || later.has(field) }];
    }),
  );
  checks.set(entity.name, made);
  return made;
}

/** Checks one operation against the vocabulary. @throws BadContent */
export function checkOperation(value: unknown): Operation {
  const parsed = operationSchema.safeParse(value);
  if (!parsed.success)
    throw new BadContent(
      `operation: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
    );
  const op = parsed.data as Operation;
  if (!hasEntity(op.entity)) throw new BadContent(`unknown kind of record ${op.entity}`);
  const entity = entityNamed(op.entity);
  if (entity.scope !== 'shared' || op.stream === OFFICE_STREAM) throw new BadContent(`${op.entity} is not exchanged`);
  if (
    (entity.home === 'g') !== (op.stream === COMMON_STREAM) ||
    entity.personal !== op.stream.endsWith(PERSONAL_SUFFIX)
  )
    throw new BadContent(`${op.entity} in a stream that is not its own`);
  checkBody(entity, op);
  return op;
}

function checkBody(entity: EntityDefinition, op: Operation): void {
  const fields = checksOf(entity);
  for (const [name, said] of Object.entries(op.body)) {
    if (name === '_reason' && op.kind === 'r') {
      if (typeof said !== 'string' || said.length > 4000) throw new BadContent('reason');
      continue;
    }
    if (name === '_seen' && op.kind === 'd') {
      if (!seenSchema.safeParse(said).success) throw new BadContent('_seen');
      continue;
    }
    if (name === '_by' && (op.kind === 'u' || op.kind === 'd')) {
      if (!authorSchema.safeParse(said).success) throw new BadContent('_by');
      continue;
    }
    const field = fields.get(name);
    if (!field) throw new BadContent(`unknown field ${op.entity}.${name}`);
    const pair = op.kind === 'c' ? [said, []] : said;
    if (!Array.isArray(pair) || pair.length !== 2 || !basisSchema.safeParse(pair[1]).success)
      throw new BadContent(`basis of ${op.entity}.${name}`);
    if (!field.ok(pair[0])) throw new BadContent(`value of ${op.entity}.${name}`);
    if (name === 'expandedFromId' && pair[0] === op.row) throw new BadContent(`${op.entity} refers to itself`);
  }
  if (op.kind === 'c')
    for (const [name, field] of fields)
      if (!(name in op.body) && !field.mayLack) throw new BadContent(`${op.entity}.${name} is missing`);
}

/** A staging file, open. One thread uses it. */
export class Staging {
  readonly db: Database.Database;
  readonly #coverage = new StreamMemory<Map<string, Coverage>>();
  readonly #insert: Database.Statement;
  readonly #heldOp: Database.Statement;
  dropped = 0;

  /** Opens a new staging file beside which the database of the workspace is attached as `store`, only to be read. */
  constructor(file: string, storeFile: string) {
    this.db = new Database(file);
    this.db.pragma('journal_mode = OFF');
    this.db.pragma('synchronous = OFF');
    this.db.pragma(`main.cache_size = -${CACHE_KIB}`);
    this.db.prepare('ATTACH ? AS store').run(storeFile);
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS main.staged_op (stream TEXT, device TEXT, n INTEGER, hlc TEXT, at TEXT, entity TEXT, row TEXT, kind TEXT, body TEXT,
        actor TEXT, batch TEXT, source TEXT, schema INTEGER, PRIMARY KEY (stream, device, n));
      CREATE TABLE IF NOT EXISTS main.staged_have (stream TEXT, device TEXT, upto INTEGER, extra TEXT, PRIMARY KEY (stream, device));
      CREATE TABLE IF NOT EXISTS main.staged_seal (stream TEXT, device TEXT, "from" INTEGER, prev TEXT, n INTEGER, hash TEXT, sig TEXT, adopter TEXT, PRIMARY KEY (stream, device, n));
      CREATE TABLE IF NOT EXISTS main.staged_blob (sha256 TEXT PRIMARY KEY, size INTEGER, mime TEXT, part INTEGER, original TEXT, needless INTEGER);
      CREATE TABLE IF NOT EXISTS main.staged_want (sha256 TEXT PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS main.plan (seq INTEGER PRIMARY KEY, entity TEXT, row_id TEXT, action TEXT, deleted INTEGER, body TEXT);
      CREATE TABLE IF NOT EXISTS main.plan_step (id TEXT PRIMARY KEY, kind TEXT, parent TEXT, stream TEXT, live INTEGER) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS main.plan_link (id TEXT PRIMARY KEY, kind TEXT, step TEXT, prev TEXT, live INTEGER) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS main.root (id TEXT PRIMARY KEY, root TEXT);
      CREATE TABLE IF NOT EXISTS main.fact (key TEXT PRIMARY KEY, value TEXT);
      CREATE TABLE IF NOT EXISTS main.carried (stream TEXT, device TEXT, "from" INTEGER, "to" INTEGER)`);
    this.#heldOp = this.db.prepare(`${selectOperations('store')} WHERE s.id = ? AND d.tag = ? AND o.n = ?`);
    this.#insert = this.db.prepare('INSERT INTO main.staged_op VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /**
   * Takes operations in that are not held yet.
   * @throws BadContent; ForkedDevice when a held operation of the same identity says something else
   */
  addOperations(operations: readonly Operation[]): void {
    const add = this.db.transaction(() => {
      for (const op of operations) {
        this.#carry(op);
        if (covers(this.#held(op.stream, op.device), op.n)) {
          this.#compare(op);
          this.dropped += 1;
          continue;
        }
        this.#insert.run(
          op.stream,
          op.device,
          op.n,
          op.hlc,
          op.at,
          op.entity,
          op.row,
          op.kind,
          JSON.stringify(op.body),
          op.actor,
          op.batch,
          op.source,
          op.schema,
        );
      }
    });
    try {
      add();
    } catch (error) {
      if ((error as { code?: string }).code?.startsWith('SQLITE_CONSTRAINT'))
        throw new BadContent('the same operation twice');
      throw error;
    }
  }

  /** Keeps how far a device's operations of a stream reach in the package. */
  addHave(have: { stream: string; device: string; upto: number; extra: readonly (readonly [number, number])[] }): void {
    const extra = have.extra.length > 0 ? JSON.stringify(have.extra) : null;
    this.#keep('staged_have', [have.stream, have.device, have.upto, extra]);
  }

  addSeal(s: Seal): void {
    this.#keep('staged_seal', [s.stream, s.device, s.from, s.prev, s.n, s.hash, s.sig, s.adopter ?? null]);
  }

  /** Keeps a file of the package: `original`, of which photo it is the small picture; `needless`, that this is of no use here. */
  addBlob(
    b: { sha256: string; size: number; mime: string; part: number },
    original: string | null,
    needless: boolean,
  ): void {
    this.#keep('staged_blob', [b.sha256, b.size, b.mime, b.part, original, needless ? 1 : 0]);
  }

  /** Keeps that the other side wants a file. */
  addWant(sha256: string): void {
    this.#keep('staged_want', [sha256]);
  }

  /** What is said twice is kept once. */
  #keep(table: string, values: readonly (string | number | null)[]): void {
    const places = values.map(() => '?').join(', ');
    statementOf(this.db, `INSERT OR IGNORE INTO main.${table} VALUES (${places})`).run(...values);
  }

  /** The small picture of a photo that the workspace holds. */
  thumbnailOf(original: string): string | undefined {
    return statementOf(this.db, 'SELECT sha256 FROM store.attachment_thumbnail WHERE original = ?')
      .pluck()
      .get(original) as string | undefined;
  }

  /** Ends the reading: notes the last range that the package carried, and makes what the dry run looks rows up by in one go. */
  endReading(): void {
    this.#endCarry();
    this.db.exec(`CREATE INDEX IF NOT EXISTS main.staged_op_row ON staged_op (row);
      CREATE INDEX IF NOT EXISTS main.staged_op_deletion ON staged_op (row) WHERE kind = 'd'`);
  }

  fact(key: string): string | null {
    return (
      (this.db.prepare('SELECT value FROM main.fact WHERE key = ?').pluck().get(key) as string | undefined) ?? null
    );
  }

  setFact(key: string, value: string): void {
    this.db
      .prepare('INSERT INTO main.fact VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value')
      .run(key, value);
  }

  /**
   * Begins one transaction for all that follows: it sees the workspace as it is now, and no statement has to ask for
   * locks. Ends with `commit`.
   */
  begin(): void {
    this.db.exec('BEGIN');
  }

  commit(): void {
    this.db.exec('COMMIT');
  }

  close(): void {
    this.db.close();
  }

  /** A number that is held already must say the same: else two computers have written under one tag. */
  #compare(op: Operation): void {
    const held = this.#heldOp.get(op.stream, op.device, op.n) as OperationRecord | undefined;
    if (held && operationLine(operationOf(held)) !== operationLine(op)) throw new ForkedDevice(op.device);
  }

  #run: { stream: string; device: string; from: number; to: number } | null = null;

  #carry(op: Operation): void {
    const run = this.#run;
    if (run?.stream === op.stream && run.device === op.device && op.n === run.to + 1) {
      run.to = op.n;
      return;
    }
    this.#endCarry();
    this.#run = { stream: op.stream, device: op.device, from: op.n, to: op.n };
  }

  #endCarry(): void {
    if (this.#run)
      statementOf(this.db, 'INSERT INTO main.carried VALUES (?, ?, ?, ?)').run(
        this.#run.stream,
        this.#run.device,
        this.#run.from,
        this.#run.to,
      );
    this.#run = null;
  }

  #held(stream: string, device: string): Coverage {
    let known = this.#coverage.get(stream);
    if (!known) this.#coverage.set(stream, (known = coverageIn(this.db, 'store', stream)));
    return known.get(device) ?? NOTHING;
  }
}
