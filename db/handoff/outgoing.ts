// What a package carries: streams in scope, their operations beyond what the receiver proved to hold, and the seals of their authors.
import Database from 'better-sqlite3';
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { NOTHING, type Coverage } from '../../domain/handoff/coverage.ts';
import { COMMON_STREAM, OFFICE_STREAM, PERSONAL_SUFFIX } from '../../domain/handoff/operation.ts';
import { lastSequence } from '../log-state.ts';
import { tableOf } from '../schema/columns.ts';
import { coverageIn, operationLine, operationOf, selectOperations, type OperationRecord } from './operations.ts';
import { CHAIN_START, chainOn, sealBytes, type Seal } from './seals.ts';
import { statementOf, valuesOf } from './statements.ts';

/** What to hand over. `all`: everything that is exchanged; else the enterprises of these areas, these enterprises and these other root records. */
export interface Scope { readonly all: boolean; readonly areas: readonly string[]; readonly enterprises: readonly string[]; readonly records: readonly string[]; readonly personal: boolean }

/** Kinds of rows that say which files belong to a record. */
const ATTACHMENTS = new Set(ENTITIES.filter((e) => e.shape === 'attachment' && e.scope === 'shared').map((e) => e.name));

/** A snapshot of a store for one export: what is written meanwhile is not in it. */
export class Outgoing {
  readonly #db: Database.Database;
  readonly #mine: ReadonlySet<string>;
  readonly #sign: (bytes: Uint8Array, device: string) => string;

  /**
   * `sign` gives the base64 signature of device `own`, and of those in `earlier`: what this database was before a backup was put
   * back may never have been sealed, and nobody else can.
   */
  constructor(storeFile: string, own: string, sign: (bytes: Uint8Array, device: string) => string, earlier: readonly string[] = []) {
    this.#db = new Database(storeFile, { readonly: true, fileMustExist: true });
    this.#db.exec('BEGIN');
    this.#mine = new Set([own, ...earlier]); this.#sign = sign;
  }

  close(): void { this.#db.close(); }

  /** Highest local number of the log in this snapshot. */
  get lastSeq(): number { return this.#db.prepare(lastSequence()).pluck().get() as number; }

  /** Ids of the enterprises in scope; merged ones with all their members. */
  enterprises(scope: Scope): string[] {
    if (scope.all) return this.#db.prepare("SELECT id FROM enterprise WHERE deleted_at IS NULL").pluck().all() as string[];
    const placed = fieldsOf(entityNamed('enterprise')).filter((f) => f.meta.target === 'area').map((f) => f.name);
    const inArea = placed.map((f) => `e."${snake(f)}" IN (SELECT id FROM inside)`).join(' OR ');
    const rival = placed.map((f) => `'${f}'`).join(', ');
    return this.#db.prepare(`WITH RECURSIVE inside(id) AS (SELECT value FROM json_each(?) UNION SELECT a.id FROM area a JOIN inside i ON a.parent_id = i.id),
        chosen(id) AS (SELECT value FROM json_each(?) UNION SELECT e.id FROM enterprise e WHERE ${inArea}
          UNION SELECT c.row_id FROM sync_conflict c, json_each(c.heads) h WHERE c.tbl = 'enterprise' AND c.field IN (${rival}) AND h.value ->> '$.value' IN (SELECT id FROM inside)),
        roots(id) AS (SELECT coalesce(r.root, c.id) FROM chosen c LEFT JOIN sync_alias_root r ON r.id = c.id)
      SELECT id FROM roots UNION SELECT r.id FROM sync_alias_root r JOIN roots ON roots.id = r.root ORDER BY 1`)
      .pluck().all(JSON.stringify(scope.areas), JSON.stringify(scope.enterprises)) as string[];
  }

  /** Ids of the streams of a scope, sorted. */
  streams(scope: Scope): string[] {
    const all = this.#db.prepare('SELECT id FROM sync_stream ORDER BY id').pluck().all() as string[];
    const roots = scope.all ? null : new Set([...this.enterprises(scope), ...scope.records]);
    return all.filter((id) => {
      if (id === OFFICE_STREAM || (!scope.personal && id.endsWith(PERSONAL_SUFFIX))) return false;
      return id === COMMON_STREAM || roots === null || roots.has(id.replace(PERSONAL_SUFFIX, ''));
    });
  }

  /** What a device proved to hold of a stream, by author. */
  proved(peer: string, stream: string): Map<string, Coverage> {
    const rows = statementOf(this.#db, `SELECT d.tag, h.upto, h.extra FROM sync_peer_have h JOIN sync_stream s ON s.no = h.stream_no JOIN sync_device d ON d.no = h.device_no
      JOIN sync_device p ON p.no = h.peer_no WHERE p.tag = ? AND s.id = ?`).all(peer, stream) as { tag: string; upto: number; extra: string | null }[];
    return new Map(rows.map((r) => [r.tag, { upto: r.upto, extra: r.extra ? (JSON.parse(r.extra) as [number, number][]) : [] }]));
  }

  /** Operations of these streams that not all of `peers` proved to hold, as lines in the order of a package. Seals are put into `seals`, hashes of attachments into `contents`. */
  *lines(streams: readonly string[], peers: readonly string[], seals: Seal[], contents: Set<string>): Generator<string> {
    const page = this.#db.prepare(`${selectOperations('main')} WHERE s.id = ? AND d.tag = ? AND o.n BETWEEN ? AND ? ORDER BY o.n`);
    const sealed = this.#db.prepare(`SELECT max(z.n) FROM sync_seal z JOIN sync_stream s ON s.no = z.stream_no JOIN sync_device d ON d.no = z.device_no WHERE s.id = ? AND d.tag = ? AND z.n <= ?`).pluck();
    for (const stream of streams) {
      const held = coverageIn(this.#db, 'main', stream);
      const known = peers.map((peer) => this.proved(peer, stream));
      for (const device of [...held.keys()].sort()) {
        const upto = (held.get(device) ?? NOTHING).upto;
        const last = this.#mine.has(device) ? upto : ((sealed.get(stream, device, upto) as number | null) ?? 0);
        const base = known.length === 0 ? 0 : Math.min(...known.map((k) => (k.get(device) ?? NOTHING).upto));
        if (last <= base) continue;
        let hash = CHAIN_START;
        for (const record of page.iterate(stream, device, 1, base) as Iterable<OperationRecord>) hash = chainOn(hash, operationLine(operationOf(record)));
        const prev = hash;
        for (const record of page.iterate(stream, device, base + 1, last) as Iterable<OperationRecord>) {
          const op = operationOf(record);
          const line = operationLine(op);
          hash = chainOn(hash, line);
          if (ATTACHMENTS.has(op.entity) && typeof op.body.sha256 === 'string') contents.add(op.body.sha256);
          yield line;
        }
        const seal = { stream, device, from: base + 1, prev, n: last, hash };
        seals.push({ ...seal, sig: this.#mine.has(device) ? this.#sign(sealBytes(seal), device) : this.#storedSeal(stream, device, last) });
      }
    }
  }

  /** Coverage of these streams, as lines of a package. */
  *have(streams: readonly string[]): Generator<{ stream: string; device: string; upto: number; extra: readonly (readonly [number, number])[] }> {
    for (const stream of streams) {
      for (const [device, c] of [...coverageIn(this.#db, 'main', stream)].sort(([a], [b]) => (a < b ? -1 : 1))) yield { stream, device, upto: c.upto, extra: c.extra };
    }
  }

  /** Attachments with these contents, in the order of a package. */
  blobs(contents: Iterable<string>): { sha256: string; size: number; mime: string }[] {
    const list = JSON.stringify([...contents]);
    return [...ATTACHMENTS].flatMap((name) => this.#db.prepare(`SELECT sha256, max(size) AS size, max(mime) AS mime FROM "${tableOf(entityNamed(name))}"
      WHERE deleted_at IS NULL AND sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256 ORDER BY sha256`).all(list) as { sha256: string; size: number; mime: string }[]);
  }

  /** The small picture that came in place of a photo, by its SHA-256; null when none did. */
  thumbnailOf(sha256: string): string | null {
    return (statementOf(this.#db, 'SELECT sha256 FROM attachment_thumbnail WHERE original = ?').get(sha256) as { sha256: string } | undefined)?.sha256 ?? null;
  }

  /** Contents that one of these devices said it lacks. */
  wanted(peers: readonly string[]): string[] {
    return this.#db.prepare('SELECT DISTINCT w.sha256 FROM sync_peer_want w JOIN sync_device d ON d.no = w.peer_no WHERE d.tag IN (SELECT value FROM json_each(?))').pluck().all(JSON.stringify(peers)) as string[];
  }

  /** Contents that rows of these streams refer to. */
  contents(streams: readonly string[]): string[] {
    return [...ATTACHMENTS].flatMap((name) => this.#db.prepare(`SELECT DISTINCT a.sha256 FROM "${tableOf(entityNamed(name))}" a JOIN sync_row r ON r.id = a.id
      JOIN sync_stream s ON s.no = r.stream_no WHERE a.deleted_at IS NULL AND s.id IN (SELECT value FROM json_each(?)) ORDER BY 1`).pluck().all(JSON.stringify(streams)) as string[]);
  }

  /** Counts of operations per kind of record, for the manifest. */
  counts(streams: readonly string[]): Record<string, Record<string, number>> {
    const rows = this.#db.prepare(`SELECT o.tbl, o.kind, count(*) AS n FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no WHERE s.id IN (SELECT value FROM json_each(?)) GROUP BY o.tbl, o.kind ORDER BY o.tbl, o.kind`)
      .all(JSON.stringify(streams)) as { tbl: string; kind: string; n: number }[];
    const counts: Record<string, Record<string, number>> = {};
    for (const r of rows) (counts[r.tbl] ??= {})[r.kind] = r.n;
    return counts;
  }

  #storedSeal(stream: string, device: string, n: number): string {
    return valuesOf(this.#db, 'SELECT z.sig FROM sync_seal z JOIN sync_stream s ON s.no = z.stream_no JOIN sync_device d ON d.no = z.device_no WHERE s.id = ? AND d.tag = ? AND z.n = ?').get(stream, device, n) as string;
  }
}
