// What a package carries: streams in scope, their operations beyond what the receiver proved to hold, and the seals of their authors.
import Database from 'better-sqlite3';
import { FIRST_SCHEMA } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { NOTHING, type Coverage } from '../../domain/handoff/coverage.ts';
import { ADOPTION_SCHEMA, readerOf } from '../../domain/handoff/schema.ts';
import { describeLost, type LostFile } from '../attachments/lost.ts';
import { lastSequence } from '../log-state.ts';
import { tableOf } from '../schema/columns.ts';
import { coverageIn, operationLine, operationOf, selectOperations, type OperationRecord } from './operations.ts';
import { CHAIN_START, chainOn, homeOffice, sealBytes, type Seal } from './seals.ts';
import { cutScope, type CutScope, type Scope } from './scope.ts';
import { statementOf } from './statements.ts';

const readerFor = readerOf(ENTITIES);

/** Kinds of rows that say which files belong to a record. */
const ATTACHMENTS = new Set(
  ENTITIES.filter((e) => e.shape === 'attachment' && e.scope === 'shared').map((e) => e.name),
);

/**
 * An office that seals in place of those of its devices whose keys are lost: what they never sealed themselves. `sign`
 * gives its base64 signature.
 */
export interface Adopting {
  readonly office: string;
  readonly devices: readonly string[];
  sign(bytes: Uint8Array): string;
}

/** Where a chain is sealed. `sig` null: it is still to be signed, by the device or the adopting office. */
interface ChainEnd {
  n: number;
  sig: string | null;
  adopter: string | null;
}

/** A snapshot of a store for one export: what is written meanwhile is not in it. */
export class Outgoing {
  readonly #db: Database.Database;
  readonly #mine: ReadonlySet<string>;
  readonly #sign: (bytes: Uint8Array, device: string) => string;
  readonly #adopting: Adopting | null;
  /**
   * Seals signed in this export: to be kept, so that what a device sealed itself is known once its key is lost, and its
   * office seals once.
   */
  readonly signed: Seal[] = [];
  /** The lowest schema number that can read the operations given out by `lines`, and the seals over them. */
  reader = FIRST_SCHEMA;

  /**
   * `sign` gives the base64 signature of device `own`, and of those in `earlier`: what this database was before a backup was put
   * back may never have been sealed, and nobody else can.
   */
  constructor(
    storeFile: string,
    own: string,
    sign: (bytes: Uint8Array, device: string) => string,
    earlier: readonly string[] = [],
    adopting: Adopting | null = null,
  ) {
    this.#db = new Database(storeFile, { readonly: true, fileMustExist: true });
    this.#db.exec('BEGIN');
    this.#mine = new Set([own, ...earlier]);
    this.#sign = sign;
    this.#adopting = adopting;
  }

  close(): void {
    this.#db.close();
  }

  /** Highest local number of the log in this snapshot. */
  get lastSeq(): number {
    return this.#db.prepare(lastSequence()).pluck().get() as number;
  }

  readonly #scopes = new Map<Scope, CutScope>();

  #cut(scope: Scope): CutScope {
    const known = this.#scopes.get(scope) ?? cutScope(this.#db, scope);
    this.#scopes.set(scope, known);
    return known;
  }

  /** Ids of the enterprises in scope; merged ones with all their members. */
  enterprises(scope: Scope): readonly string[] {
    return this.#cut(scope).enterprises;
  }

  /** Ids of the streams of a scope, sorted. */
  streams(scope: Scope): readonly string[] {
    return this.#cut(scope).streams;
  }

  /** What a device proved to hold of a stream, by author. */
  proved(peer: string, stream: string): Map<string, Coverage> {
    const rows = statementOf(
      this.#db,
      `SELECT d.tag, h.upto, h.extra FROM sync_peer_have h JOIN sync_stream s ON s.no = h.stream_no JOIN sync_device d ON d.no = h.device_no
      JOIN sync_device p ON p.no = h.peer_no WHERE p.tag = ? AND s.id = ?`,
    ).all(peer, stream) as { tag: string; upto: number; extra: string | null }[];
    return new Map(
      rows.map((r) => [r.tag, { upto: r.upto, extra: r.extra ? (JSON.parse(r.extra) as [number, number][]) : [] }]),
    );
  }

  /**
   * Operations of these streams that not all of `peers` proved to hold, as lines in the order of a package. Seals are
   * put into `seals`, hashes of attachments into `contents`.
   */
  *lines(
    streams: readonly string[],
    peers: readonly string[],
    seals: Seal[],
    contents: Set<string>,
  ): Generator<string> {
    const page = this.#db.prepare(
      `${selectOperations('main')} WHERE s.id = ? AND d.tag = ? AND o.n BETWEEN ? AND ? ORDER BY o.n`,
    );
    for (const stream of streams) {
      const held = coverageIn(this.#db, 'main', stream);
      const known = peers.map((peer) => this.proved(peer, stream));
      for (const device of [...held.keys()].sort()) {
        const upto = (held.get(device) ?? NOTHING).upto;
        const base = known.length === 0 ? 0 : Math.min(...known.map((k) => (k.get(device) ?? NOTHING).upto));
        const ends = this.#ends(stream, device, upto).filter((end) => end.n > base);
        const last = ends.at(-1)?.n ?? 0;
        if (last <= base) continue;
        let hash = CHAIN_START;
        for (const record of page.iterate(stream, device, 1, base) as Iterable<OperationRecord>)
          hash = chainOn(hash, operationLine(operationOf(record)));
        let [from, prev] = [base + 1, hash];
        for (const record of page.iterate(stream, device, base + 1, last) as Iterable<OperationRecord>) {
          const op = operationOf(record);
          this.reader = Math.max(this.reader, readerFor(op));
          const line = operationLine(op);
          hash = chainOn(hash, line);
          if (ATTACHMENTS.has(op.entity) && typeof op.body.sha256 === 'string') contents.add(op.body.sha256);
          yield line;
          if (op.n !== ends[0]?.n) continue;
          seals.push(this.#seal({ stream, device, from, prev, n: op.n, hash }, ends.shift() as ChainEnd));
          [from, prev] = [op.n + 1, hash];
        }
      }
    }
  }

  /** Where the operations of a device up to a number are sealed, in order: by itself as far as it did, beyond that by its office. */
  #ends(stream: string, device: string, upto: number): ChainEnd[] {
    if (this.#mine.has(device)) return [{ n: upto, sig: null, adopter: null }];
    const stored = (adopted: 0 | 1): ChainEnd =>
      (statementOf(
        this.#db,
        `SELECT z.n, z.sig, z.adopter FROM sync_seal z JOIN sync_stream s ON s.no = z.stream_no JOIN sync_device d ON d.no = z.device_no
      WHERE s.id = ? AND d.tag = ? AND z.n <= ? AND (z.adopter IS NOT NULL) = ? ORDER BY z.n DESC LIMIT 1`,
      ).get(stream, device, upto, adopted) as ChainEnd | undefined) ?? { n: 0, sig: null, adopter: null };
    const [own, adopted] = [stored(0), stored(1)];
    const { office } = this.#adopting ?? {};
    if (office !== undefined && Math.max(own.n, adopted.n) < upto && this.#adopts(device))
      return [own, { n: upto, sig: null, adopter: office }];
    return adopted.n > own.n ? [own, adopted] : [own];
  }

  readonly #lost = new Map<string, boolean>();

  /** Whether the office seals for a device: one that it was told is lost, and that registered as its own. */
  #adopts(device: string): boolean {
    const known = this.#lost.get(device);
    if (known !== undefined) return known;
    const lost =
      this.#adopting?.devices.includes(device) === true &&
      homeOffice(this.#db, ['main'], device) === this.#adopting.office;
    this.#lost.set(device, lost);
    return lost;
  }

  #seal(chain: Omit<Seal, 'sig'>, end: ChainEnd): Seal {
    if (end.adopter !== null) this.reader = Math.max(this.reader, ADOPTION_SCHEMA);
    const seal = { ...chain, ...(end.adopter !== null && { adopter: end.adopter }) };
    if (end.sig !== null) return { ...seal, sig: end.sig };
    const made = {
      ...seal,
      sig:
        end.adopter !== null && this.#adopting
          ? this.#adopting.sign(sealBytes(seal))
          : this.#sign(sealBytes(seal), chain.device),
    };
    this.signed.push(made);
    return made;
  }

  /** Coverage of these streams, as lines of a package. */
  *have(
    streams: readonly string[],
  ): Generator<{ stream: string; device: string; upto: number; extra: readonly (readonly [number, number])[] }> {
    for (const stream of streams) {
      for (const [device, c] of [...coverageIn(this.#db, 'main', stream)].sort(([a], [b]) => (a < b ? -1 : 1)))
        yield { stream, device, upto: c.upto, extra: c.extra };
    }
  }

  /** Attachments with these contents, in the order of a package. */
  blobs(contents: Iterable<string>): { sha256: string; size: number; mime: string }[] {
    const list = JSON.stringify([...contents]);
    return [...ATTACHMENTS].flatMap(
      (name) =>
        this.#db
          .prepare(
            `SELECT sha256, max(size) AS size, max(mime) AS mime FROM "${tableOf(entityNamed(name))}"
      WHERE deleted_at IS NULL AND sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256 ORDER BY sha256`,
          )
          .all(list) as { sha256: string; size: number; mime: string }[],
    );
  }

  /** Those of these files that are a loss, named for people: what other devices kept and never sent is none. */
  lost(files: readonly { sha256: string; state: LostFile['state'] }[]): LostFile[] {
    const births = this.#db.prepare(
      `SELECT DISTINCT a.sha256, substr(r.birth, 1, instr(r.birth, ':') - 1) AS device FROM attachment a
      JOIN sync_row r ON r.id = a.id WHERE a.sha256 IN (SELECT value FROM json_each(?))`,
    );
    const kept = new Set(
      (births.all(JSON.stringify(files.map((f) => f.sha256))) as { sha256: string; device: string }[])
        .filter((row) => this.#mine.has(row.device))
        .map((row) => row.sha256),
    );
    return describeLost(
      this.#db,
      files.filter((file) => file.state === 'damaged' || kept.has(file.sha256)),
    );
  }

  /** The small picture that came in place of a photo, by its SHA-256; null when none did. */
  thumbnailOf(sha256: string): string | null {
    return (
      (
        statementOf(this.#db, 'SELECT sha256 FROM attachment_thumbnail WHERE original = ?').get(sha256) as
          { sha256: string } | undefined
      )?.sha256 ?? null
    );
  }

  /** Contents that one of these devices said it lacks. */
  wanted(peers: readonly string[]): string[] {
    return this.#db
      .prepare(
        'SELECT DISTINCT w.sha256 FROM sync_peer_want w JOIN sync_device d ON d.no = w.peer_no WHERE d.tag IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .all(JSON.stringify(peers)) as string[];
  }

  /** Contents that rows of these streams refer to. */
  contents(streams: readonly string[]): string[] {
    return [...ATTACHMENTS].flatMap(
      (name) =>
        this.#db
          .prepare(
            `SELECT DISTINCT a.sha256 FROM "${tableOf(entityNamed(name))}" a JOIN sync_row r ON r.id = a.id
      JOIN sync_stream s ON s.no = r.stream_no WHERE a.deleted_at IS NULL AND s.id IN (SELECT value FROM json_each(?)) ORDER BY 1`,
          )
          .pluck()
          .all(JSON.stringify(streams)) as string[],
    );
  }

  /** Counts of operations per kind of record, for the manifest. */
  counts(streams: readonly string[]): Record<string, Record<string, number>> {
    const rows = this.#db
      .prepare(
        `SELECT o.tbl, o.kind, count(*) AS n FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no WHERE s.id IN (SELECT value FROM json_each(?)) GROUP BY o.tbl, o.kind ORDER BY o.tbl, o.kind`,
      )
      .all(JSON.stringify(streams)) as { tbl: string; kind: string; n: number }[];
    const counts: Record<string, Record<string, number>> = {};
    for (const r of rows) (counts[r.tbl] ??= {})[r.kind] = r.n;
    return counts;
  }
}
