// Seals: a device hash-chains its operations of a stream and signs the end, so that its authorship survives being
// passed on (hand-off design 9).
import { createHash, createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import type Database from 'better-sqlite3';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { operationLine, operationOf, type OperationRecord } from './operations.ts';
import { valuesOf } from './statements.ts';

/**
 * A signed end of a chain: operations `from` to `n` of a device in a stream, beginning after the hash `prev`. Hashes are hex, signatures
 * base64. `adopter`: the office that sealed in place of its device, whose key is lost; absent where the device did.
 */
export interface Seal {
  stream: string;
  device: string;
  from: number;
  prev: string;
  n: number;
  hash: string;
  sig: string;
  adopter?: string;
}

/** Hash before the first operation. */
export const CHAIN_START = '0'.repeat(64);

/** The hash after one more operation. */
export const chainOn = (prev: string, line: string): string =>
  createHash('sha256').update(Buffer.from(prev, 'hex')).update(line, 'utf8').digest('hex');

/** Bytes that a seal's signature covers. An adoption is another statement than a seal of the author: neither can be taken for the other. */
export function sealBytes({
  stream,
  device,
  n,
  hash,
  adopter,
}: Pick<Seal, 'stream' | 'device' | 'n' | 'hash' | 'adopter'>): Buffer {
  const said =
    adopter === undefined
      ? `handoff-seal-v1\u0000${canonicalJson({ stream, device, n, hash })}`
      : `handoff-adoption-v1\u0000${canonicalJson({ office: adopter, stream, device, n, hash })}`;
  return Buffer.from(said, 'utf8');
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Tag of a device: the first 10 Crockford base32 characters of SHA-256 of its raw signing public key. A key proves its tag. */
export function deviceTag(publicKeyRaw: Uint8Array): string {
  const digest = createHash('sha256').update(publicKeyRaw).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 7)) bits = (bits << 8n) | BigInt(byte);
  let tag = '';
  for (let i = 0; i < 10; i += 1) tag += CROCKFORD[Number((bits >> BigInt(51 - 5 * i)) & 31n)];
  return tag;
}

/** The key that was asked for last: seals come by the thousand from one device. */
let lastKey: { text: string; key: KeyObject } | null = null;

function publicKey(text: string): KeyObject {
  if (lastKey?.text === text) return lastKey.key;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(text, 'base64')]);
  lastKey = { text, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
  return lastKey.key;
}

/** Whether `sig` (base64) is the Ed25519 signature over `bytes` by the raw public key `key` (base64). */
export function isSignedBy(key: string, bytes: Uint8Array, sig: string): boolean {
  try {
    return verifySignature(null, bytes, publicKey(key), Buffer.from(sig, 'base64'));
  } catch {
    return false;
  }
}

/** Public keys of devices by tag, as their rows say, when the key fits the tag. Staged rows count too. */
function keysOfDevices(db: Database.Database): (tag: string) => string | null {
  const staged = db
    .prepare(
      "SELECT body ->> '$.signingKey' FROM main.staged_op WHERE entity = 'device' AND kind = 'c' AND body ->> '$.tag' = ?",
    )
    .pluck();
  const held = db.prepare('SELECT signing_key FROM store.device WHERE tag = ?').pluck();
  const known = new Map<string, string | null>();
  return (tag) => {
    const cached = known.get(tag);
    if (cached !== undefined) return cached;
    const key =
      ([...held.all(tag), ...staged.all(tag)] as (string | null)[]).find(
        (k) => k !== null && deviceTag(Buffer.from(k, 'base64')) === tag,
      ) ?? null;
    known.set(tag, key);
    return key;
  };
}

const REGISTERED: Readonly<Record<'main' | 'store' | 'staged', string>> = {
  main: registrations('main'),
  store: registrations('store'),
  staged:
    "SELECT body ->> '$.officeId' FROM main.staged_op WHERE stream = 'g' AND device = ?1 AND entity = 'device' AND kind = 'c' AND body ->> '$.tag' = ?1",
};

function registrations(schema: string): string {
  return `SELECT o.body ->> '$.officeId' FROM ${schema}.sync_op o WHERE o.stream_no = (SELECT no FROM ${schema}.sync_stream WHERE id = 'g')
    AND o.device_no = (SELECT no FROM ${schema}.sync_device WHERE tag = ?1) AND o.tbl = 'device' AND o.kind = 'c' AND o.body ->> '$.tag' = ?1`;
}

/**
 * The office that a device named when it registered itself, by the operations in `places`; null when none says, or several say otherwise.
 * What others say of a device does not count: they could claim it.
 */
export function homeOffice(
  db: Database.Database,
  places: readonly (keyof typeof REGISTERED)[],
  tag: string,
): string | null {
  const said = new Set(places.flatMap((place) => valuesOf(db, REGISTERED[place]).all({ 1: tag }) as (string | null)[]));
  return said.size === 1 ? ([...said][0] as string | null) : null;
}

/** Key of an office that nobody here compared a fingerprint of: as its row says, held before staged. */
function keyInRow(db: Database.Database, office: string): string | null {
  const held = valuesOf(db, 'SELECT signing_key FROM store.office WHERE id = ?').get(office) as
    string | null | undefined;
  return (
    held ??
    (valuesOf(
      db,
      "SELECT body ->> '$.signingKey' FROM main.staged_op WHERE stream = 'g' AND entity = 'office' AND kind = 'c' AND row = ?",
    ).get(office) as string | null | undefined) ??
    null
  );
}

/**
 * Checks that every staged run of operations ends in a valid seal of its author, or of the author's office in its place. Returns what is
 * wrong, or null. `trusted` gives the key of an office that is known here. Operations that were held already are taken from the store:
 * the caller has made sure that they are the same.
 */
export function checkSeals(
  db: Database.Database,
  trusted: (office: string) => string | null,
  onSeal: (done: number) => void = () => undefined,
): string | null {
  const keyOf = keysOfDevices(db);
  const staged = db.prepare(
    'SELECT * FROM main.staged_op WHERE stream = ?1 AND device = ?2 AND n BETWEEN ?3 AND ?4 ORDER BY n',
  );
  const all = db.prepare(`SELECT * FROM (
      SELECT stream, device, n, hlc, at, entity, row, kind, body, actor, batch, source, schema FROM main.staged_op WHERE stream = ?1 AND device = ?2 AND n BETWEEN ?3 AND ?4
      UNION ALL
      SELECT s.id, d.tag, o.n, o.hlc, o.at, o.tbl, o.row_id, o.kind, o.body, o.actor, o.batch, o.src, o.schema FROM store.sync_op o
        JOIN store.sync_stream s ON s.no = o.stream_no JOIN store.sync_device d ON d.no = o.device_no WHERE s.id = ?1 AND d.tag = ?2 AND o.n BETWEEN ?3 AND ?4
    ) ORDER BY n`);
  const sealFrom = db.prepare(
    'SELECT * FROM main.staged_seal WHERE stream = ? AND device = ? AND "from" = ? AND n <= ? ORDER BY n DESC LIMIT 1',
  );
  const signedBy = ({ adopter, ...seal }: Seal & { adopter?: string | null }): boolean => {
    if (!adopter) {
      const key = keyOf(seal.device);
      return key !== null && isSignedBy(key, sealBytes(seal), seal.sig);
    }
    if (homeOffice(db, ['store', 'staged'], seal.device) !== adopter) return false;
    const key = trusted(adopter) ?? keyInRow(db, adopter);
    return key !== null && isSignedBy(key, sealBytes({ ...seal, adopter }), seal.sig);
  };
  let done = 0;
  for (const run of db.prepare('SELECT * FROM main.carried').all() as {
    stream: string;
    device: string;
    from: number;
    to: number;
  }[]) {
    const name = `${run.stream} ${run.device}:${run.from}-${run.to}`;
    const asked = { 1: run.stream, 2: run.device, 3: run.from, 4: run.to };
    let records = staged.all(asked) as OperationRecord[];
    if (records.length <= run.to - run.from) records = all.all(asked) as OperationRecord[];
    let [hash, n, seal] = [CHAIN_START, run.from, null as Seal | null];
    for (const record of records) {
      if (record.n !== n) return `operation ${n} of ${name} is missing`;
      if (!seal) {
        seal = (sealFrom.get(run.stream, run.device, n, run.to) as Seal | undefined) ?? null;
        if (!seal) return `no seal for ${name} from ${n} on`;
        // A run may end in the author's own seal and go on to one of its office.
        if (seal.prev !== hash && (n === 1 || n !== run.from)) return `the chain of ${name} is broken at ${n}`;
        hash = seal.prev;
      }
      hash = chainOn(hash, operationLine(operationOf(record)));
      n += 1;
      if (record.n !== seal.n) continue;
      if (hash !== seal.hash) return `the chain of ${name} does not lead to its seal`;
      if (!signedBy(seal)) return `the seal of ${name} is not signed by its author, nor by the author's office`;
      seal = null;
    }
    if (seal || n !== run.to + 1) return `the chain of ${name} does not lead to its seal`;
    done += 1;
    if (done % 200 === 0) onSeal(done);
  }
  return null;
}

/** Operations of a staged package that are new here and sealed by an office in place of their author, by office. */
export function adoptedIn(db: Database.Database): { office: string; operations: number }[] {
  return db
    .prepare(
      `SELECT coalesce((SELECT name FROM store.office WHERE id = z.adopter), (SELECT body ->> '$.name' FROM main.staged_op WHERE stream = 'g' AND entity = 'office' AND kind = 'c' AND row = z.adopter), z.adopter) AS office,
    count(*) AS operations FROM main.staged_seal z JOIN main.staged_op o ON o.stream = z.stream AND o.device = z.device AND o.n BETWEEN z."from" AND z.n WHERE z.adopter IS NOT NULL GROUP BY z.adopter ORDER BY 1`,
    )
    .all() as { office: string; operations: number }[];
}
