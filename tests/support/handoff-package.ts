// A small package to write: a device with keys, operation lines, attachments in memory.
import { createHash, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { mkdtemp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  identityToRecipient,
  newIdentity,
  type PackageSource,
  type WriteOptions,
} from '../../services/handoff-package/index.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';

/** A device able to sign and to open packages. */
export interface PackageMaker {
  identity: string;
  recipient: string;
  publicKey: string;
  privateKey: KeyObject;
  sign(bytes: Uint8Array): Uint8Array;
}

/** A maker with fresh keys. */
export async function packageMaker(): Promise<PackageMaker> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const identity = await newIdentity();
  return {
    identity,
    privateKey,
    recipient: await identityToRecipient(identity),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
    sign: (bytes) => signBytes(null, bytes, privateKey),
  };
}

/** Bytes that do not compress and are the same each time. */
export function noise(length: number, seed: string): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < length; at += 32) pieces.push(createHash('sha256').update(`${seed}:${at}`).digest());
  return Buffer.concat(pieces).subarray(0, length);
}

/** The n-th operation line of a test package. */
export const opLine = (n: number): string =>
  canonicalJson({
    actor: 'p',
    at: '2026-05-03T08:00:00.000Z',
    batch: 'b',
    body: { 名称: `企业${n}`, x: noise(20, String(n)).toString('hex') },
    device: 'd1',
    entity: 'enterprise',
    hlc: '0000000000000001',
    kind: 'u',
    n,
    row: `r${n}`,
    schema: 1,
    source: 'app',
    stream: 's',
  });

/** Attachments by their hash. */
export function attachments(sizes: readonly number[]): Map<string, Buffer> {
  return new Map(
    sizes.map((size, i) => {
      const bytes = noise(size, `blob ${i}`);
      return [createHash('sha256').update(bytes).digest('hex'), bytes];
    }),
  );
}

/** What goes into a test package of `ops` lines and these attachments. */
export function packageSource(
  maker: PackageMaker,
  ops: readonly string[],
  blobs: ReadonlyMap<string, Buffer>,
): PackageSource {
  return {
    head: {
      format: { major: 1, minor: 0 },
      schema: 1,
      min_reader: 1,
      app_version: '1.0.0',
      package_id: '01890a5d-ac96-774b-bcce-b302099a8057',
      network: 'n1',
      kind: 'full',
      from: {
        network_name: '甲环保',
        office: 'o1',
        office_name: '甲环保',
        office_code: 'JHB',
        device: 'd1',
        device_name: '一号电脑',
        person: '张三',
        made_at: '2026-05-03T08:00:00.000Z',
        hlc: '0000000000000001',
      },
      to: [{ office: 'o2', recipients: [] }],
      scope: { areas: ['a1'], enterprises: 2, streams: '0'.repeat(64) },
      base: null,
      note: '备注',
      counts: { enterprise: { u: ops.length } },
    },
    certs: {
      certificate: {
        network: 'n1',
        office: 'o1',
        device: 'd1',
        device_name: '一号电脑',
        signing_key: maker.publicKey,
        age_key: maker.recipient,
        issued: '2026-01-01T00:00:00.000Z',
      },
      signature: 'c2ln',
      office_key: maker.publicKey,
    },
    ops,
    have: () => [canonicalJson({ stream: 's', device: 'd1', upto: ops.length, extra: [] })],
    seals: () => [canonicalJson({ stream: 's', device: 'd1', from: 1, prev: '', n: ops.length, hash: 'h', sig: 's' })],
    wants: () => [canonicalJson({ sha256: 'f'.repeat(64) })],
    blobs: () => [...blobs].map(([sha256, bytes]) => ({ sha256, size: bytes.length, mime: 'image/jpeg' })).reverse(),
    openBlob: (sha256) => Readable.from([blobs.get(sha256)!]),
  };
}

/** A new folder with `stick` to write to and `temp`; the caller removes `root`. */
export async function packagePlace(): Promise<{ root: string; target: string; tempDir: string }> {
  const root = await mkdtemp(join(tmpdir(), 'handoff-'));
  await mkdir(join(root, 'stick'));
  return { root, target: join(root, 'stick'), tempDir: join(root, 'temp') };
}

/** Options that write for the maker alone. */
export function writeOptions(
  maker: PackageMaker,
  place: { target: string; tempDir: string },
  more: Partial<WriteOptions> = {},
): WriteOptions {
  return {
    target: place.target,
    tempDir: place.tempDir,
    folderName: 'handoff_o1_20260503-0800_01890a5d',
    readMe: '这是交换包。\n',
    sign: maker.sign,
    recipients: [maker.recipient],
    code: null,
    ...more,
  };
}
