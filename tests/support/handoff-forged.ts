// Whole packages made with the true keys of an office, but with content that its program would never write.
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { v7 } from 'uuid';
import { Outgoing, type Seal } from '../../db/index.ts';
import { CHAIN_START, chainOn, sealBytes } from '../../db/handoff/seals.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { device } from '../../domain/identity/entities.ts';
import type { Context } from '../../services/context.ts';
import { PACKAGE_FORMAT, writePackage, type Certs, type ManifestHead } from '../../services/handoff-package/index.ts';
import {
  certificateIn,
  networkOf,
  ownOffice,
  signWith,
  type SignedCertificate,
} from '../../services/identity/index.ts';

type Line = object | string;

/**
 * What differs from an honest package. `ops`, `have`, `seals`, `wants` get the honest lines; a text goes in as it is.
 * Own operations are sealed anew.
 */
export interface Forged {
  ops?(ops: Operation[]): Line[];
  have?(have: object[]): Line[];
  seals?(seals: Seal[]): Line[];
  wants?(): Line[];
  /** Files that go along in place of the honest ones. */
  files?: readonly { bytes: Buffer; mime: string }[];
  head?(head: ManifestHead): void;
  certs?(certs: SignedCertificate): SignedCertificate;
  /** Who signs the package: PKCS #8. */
  key?: Uint8Array;
}

const text = (line: Line): string => (typeof line === 'string' ? line : canonicalJson(line as never));

/** Seals over the runs of one device, going on from what is before them. */
function sealed(ops: readonly Line[], honest: readonly Operation[], own: string, key: Uint8Array): Seal[] {
  const runs = new Map<string, Seal>();
  const before = (op: Operation): string =>
    honest
      .filter((h) => h.device === own && h.stream === op.stream && h.n < op.n)
      .reduce((hash, h) => chainOn(hash, canonicalJson(h as never)), CHAIN_START);
  for (const op of ops as Operation[]) {
    if (typeof op !== 'object' || op.device !== own) continue;
    const known = runs.get(op.stream);
    const prev = known?.prev ?? before(op);
    const run = known ?? { stream: op.stream, device: own, from: op.n, prev, n: op.n, hash: prev, sig: '' };
    runs.set(op.stream, { ...run, n: op.n, hash: chainOn(run.hash, canonicalJson(op as never)) });
  }
  return [...runs.values()].map((seal) => ({ ...seal, sig: signWith(key, sealBytes(seal)) }));
}

const addresseeOf = async ({ store }: Context): Promise<Addressee> => ({
  office: (await ownOffice(store))?.id ?? '',
  key: (await store.read.first(device, { tag: store.deviceTag }))?.encryptionKey as string,
});

/** Whom a package is for, where its workspace is not at hand: office and age key. */
export interface Addressee {
  office: string;
  key: string;
}

/** The operations of an office, as an honest package would carry all of them. */
export async function forge(
  from: Context,
  to: Context | Addressee,
  target: string,
  forged: Forged = {},
): Promise<string> {
  const { store, keys } = from;
  const own = store.deviceTag;
  const deviceKey = await keys.signingKey(own);
  const office = await ownOffice(store);
  const certificate = certificateIn(
    (await store.read.first(device, { tag: own }))?.certificate ?? null,
  ) as SignedCertificate;
  const { office: toOffice, key: toKey } = 'store' in to ? await addresseeOf(to) : to;
  const out = new Outgoing(store.file, own, (bytes) => signWith(deviceKey, bytes));
  try {
    const streams = out.streams({ all: true, areas: [], enterprises: [], personal: true });
    const honest: Seal[] = [];
    const contents = new Set<string>();
    const ops = [...out.lines(streams, [], honest, contents)].map((line) => JSON.parse(line) as Operation);
    const lines = forged.ops?.(ops) ?? ops;
    const seals = [...honest.filter((s) => s.device !== own), ...sealed(lines, ops, own, deviceKey)];
    const have = [...out.have(streams)];
    const packageId = v7();
    const head: ManifestHead = {
      format: PACKAGE_FORMAT,
      schema: 1,
      min_reader: 1,
      app_version: 'test',
      package_id: packageId,
      network: (await networkOf(store))?.id ?? '',
      kind: 'full',
      base: null,
      note: '',
      counts: {},
      from: {
        network_name: '',
        office: office?.id ?? '',
        office_name: office?.name ?? '',
        office_code: office?.code ?? '',
        device: own,
        device_name: '本机',
        person: '甲',
        made_at: '2026-11-18T08:00:00.000Z',
        hlc: '0'.repeat(16),
      },
      to: [{ office: toOffice, recipients: [] }],
      scope: { areas: [], enterprises: 0, streams: createHash('sha256').update(streams.join('\n')).digest('hex') },
    };
    forged.head?.(head);
    const signer = forged.key ?? deviceKey;
    const more = new Map((forged.files ?? []).map((f) => [createHash('sha256').update(f.bytes).digest('hex'), f]));
    mkdirSync(target, { recursive: true });
    const written = await writePackage(
      {
        head,
        certs: (forged.certs?.(structuredClone(certificate)) ?? certificate) as Certs,
        ops: lines.map(text),
        have: () => (forged.have?.(have) ?? have).map(text),
        seals: () => (forged.seals?.(seals) ?? seals).map(text),
        wants: () => (forged.wants?.() ?? []).map(text),
        blobs: () => [
          ...out.blobs(contents).filter(() => !forged.files),
          ...[...more].map(([sha256, f]) => ({ sha256, size: f.bytes.length, mime: f.mime })),
        ],
        openBlob: (sha256) => {
          const own = more.get(sha256);
          return own ? Readable.from([own.bytes]) : createReadStream(store.blobs.path(sha256));
        },
      },
      {
        target,
        tempDir: join(target, '..', 'forge-temp'),
        folderName: `forged-${packageId.slice(-12)}`,
        readMe: '',
        sign: (bytes) => Buffer.from(signWith(signer, bytes), 'base64'),
        recipients: [toKey],
        code: null,
      },
    );
    return written.folder;
  } finally {
    out.close();
  }
}
