// Seals: a device hash-chains its operations of a stream and signs the end, so that its authorship survives being passed on (hand-off design 9).
import { createHash, createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import type Database from 'better-sqlite3';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { operationLine, operationOf, type OperationRecord } from './operations.ts';

/** A signed end of a chain: operations `from` to `n` of a device in a stream, beginning after the hash `prev`. Hashes are hex, signatures base64. */
export interface Seal { stream: string; device: string; from: number; prev: string; n: number; hash: string; sig: string }

/** Hash before the first operation. */
export const CHAIN_START = '0'.repeat(64);

/** The hash after one more operation. */
export const chainOn = (prev: string, line: string): string => createHash('sha256').update(Buffer.from(prev, 'hex')).update(line, 'utf8').digest('hex');

/** Bytes that a seal's signature covers. */
export const sealBytes = (seal: Pick<Seal, 'stream' | 'device' | 'n' | 'hash'>): Buffer =>
  Buffer.from(`handoff-seal-v1\u0000${canonicalJson({ stream: seal.stream, device: seal.device, n: seal.n, hash: seal.hash })}`, 'utf8');

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
  const staged = db.prepare("SELECT body ->> '$.signingKey' FROM main.staged_op WHERE entity = 'device' AND kind = 'c' AND body ->> '$.tag' = ?").pluck();
  const held = db.prepare('SELECT signing_key FROM store.device WHERE tag = ?').pluck();
  const known = new Map<string, string | null>();
  return (tag) => {
    const cached = known.get(tag);
    if (cached !== undefined) return cached;
    const key = ([...held.all(tag), ...staged.all(tag)] as (string | null)[]).find((k) => k !== null && deviceTag(Buffer.from(k, 'base64')) === tag) ?? null;
    known.set(tag, key);
    return key;
  };
}

/**
 * Checks that every staged run of operations ends in a valid seal of its author. Returns what is wrong, or null.
 * Operations that were held already are taken from the store: the caller has made sure that they are the same.
 */
export function checkSeals(db: Database.Database, onSeal: (done: number) => void = () => undefined): string | null {
  const keyOf = keysOfDevices(db);
  const staged = db.prepare('SELECT * FROM main.staged_op WHERE stream = ?1 AND device = ?2 AND n BETWEEN ?3 AND ?4 ORDER BY n');
  const all = db.prepare(`SELECT * FROM (
      SELECT stream, device, n, hlc, at, entity, row, kind, body, actor, batch, source, schema FROM main.staged_op WHERE stream = ?1 AND device = ?2 AND n BETWEEN ?3 AND ?4
      UNION ALL
      SELECT s.id, d.tag, o.n, o.hlc, o.at, o.tbl, o.row_id, o.kind, o.body, o.actor, o.batch, o.src, o.schema FROM store.sync_op o
        JOIN store.sync_stream s ON s.no = o.stream_no JOIN store.sync_device d ON d.no = o.device_no WHERE s.id = ?1 AND d.tag = ?2 AND o.n BETWEEN ?3 AND ?4
    ) ORDER BY n`);
  const sealOf = db.prepare('SELECT * FROM main.staged_seal WHERE stream = ? AND device = ? AND "from" = ? AND n = ?');
  let done = 0;
  for (const run of db.prepare('SELECT * FROM main.carried').all() as { stream: string; device: string; from: number; to: number }[]) {
    const name = `${run.stream} ${run.device}:${run.from}-${run.to}`;
    const seal = sealOf.get(run.stream, run.device, run.from, run.to) as Seal | undefined;
    const key = keyOf(run.device);
    if (!seal || !key) return `no ${seal ? 'key' : 'seal'} for ${name}`;
    let [hash, n] = [seal.prev, run.from];
    const asked = { 1: run.stream, 2: run.device, 3: run.from, 4: run.to };
    let records = staged.all(asked) as OperationRecord[];
    if (records.length <= run.to - run.from) records = all.all(asked) as OperationRecord[];
    for (const record of records) {
      if (record.n !== n) return `operation ${n} of ${name} is missing`;
      hash = chainOn(hash, operationLine(operationOf(record)));
      n += 1;
    }
    if (hash !== seal.hash || n !== run.to + 1 || (run.from === 1 && seal.prev !== CHAIN_START)) return `the chain of ${name} does not lead to its seal`;
    if (!isSignedBy(key, sealBytes(seal), seal.sig)) return `the seal of ${name} is not signed by its author`;
    done += 1;
    if (done % 200 === 0) onSeal(done);
  }
  return null;
}
