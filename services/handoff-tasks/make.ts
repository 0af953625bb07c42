// Writing a package in a worker thread: from a snapshot of the database and the attachments beside it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { blobPath, Outgoing, stateOfFile, type LostFile, type Scope, type Seal } from '../../db/index.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import type { ExportOrder } from '../../contract/handoff.ts';
import { PackageError, writePackage, type Certs, type ManifestHead } from '../handoff-package/index.ts';
import { signerOf } from '../identity/index.ts';
import { CarriedFiles } from './carried.ts';

/** What the maker says of the package before its content is looked at. */
export type HeadGiven = Pick<
  ManifestHead,
  'format' | 'schema' | 'app_version' | 'package_id' | 'network' | 'kind' | 'from' | 'to' | 'base' | 'note'
>;

/** What is handed to the thread. The key is PKCS #8. */
export interface MakeInput {
  storeFile: string;
  attachments: string;
  device: string;
  signingKey: Uint8Array;
  /** Keys of earlier devices of this database that are on this computer, by tag. */
  earlierKeys: Readonly<Record<string, Uint8Array>>;
  /** The own office with its key, and its devices whose keys are not here: it seals what they never did. Null where its key is not here. */
  adopting: { office: string; key: Uint8Array; devices: readonly string[] } | null;
  certs: Certs;
  head: HeadGiven;
  scope: Scope;
  /** Devices whose proved coverage is left out; none: everything. */
  peers: readonly string[];
  carry: ExportOrder['attachments'];
  receiptOnly: boolean;
  target: string;
  tempDir: string;
  folderName: string;
  readMe: string;
  recipients: readonly string[];
  code: string | null;
  /** The maker's own age identity, by which the package is opened again. */
  ownIdentity: string;
  partBytes?: number;
}

/** What was written. `lastSeq`: highest local number of the log in the snapshot; `signed`: seals made here, to be kept. */
export interface Made {
  folder: string;
  files: number;
  bytes: number;
  operations: number;
  attachments: number;
  thumbnails: number;
  /** Files that stayed behind although they were kept here: gone or damaged. */
  left: LostFile[];
  lastSeq: number;
  signed: Seal[];
}

/** Bytes read at once. */
const READ_BYTES = 64 * 1024;

/** Writes one package. @throws PackageError */
export async function makePackage(
  input: MakeInput,
  onProgress: (done: number, total: number, step: string) => void,
  stopped: () => boolean,
): Promise<Made> {
  const sign = signerOf(input.signingKey);
  const earlier = new Map(Object.entries(input.earlierKeys).map(([device, key]) => [device, signerOf(key)]));
  const out = new Outgoing(
    input.storeFile,
    input.device,
    (bytes, device) => (earlier.get(device) ?? sign)(bytes),
    [...earlier.keys()],
    input.adopting && { ...input.adopting, sign: signerOf(input.adopting.key) },
  );
  try {
    const streams = out.streams(input.scope);
    const seals: Seal[] = [];
    const fileOf = (sha256: string) => blobPath(input.attachments, sha256);
    const known = new Set(out.contents(streams));
    const contents = new Set(out.wanted(input.peers).filter((sha256) => known.has(sha256)));
    let operations = 0;
    const head: ManifestHead = {
      ...input.head,
      min_reader: out.reader,
      counts: input.receiptOnly ? {} : out.counts(streams),
      scope: {
        areas: [...input.scope.areas],
        enterprises: out.enterprises(input.scope).length,
        streams: createHash('sha256').update(streams.join('\n')).digest('hex'),
      },
    };
    const lines = function* (): Generator<string> {
      if (input.receiptOnly) return;
      for (const line of out.lines(streams, input.peers, seals, contents)) {
        operations += 1;
        yield line;
      }
      // The head is written once the operations are known: an earlier reader would call what it does not know bad content, or a forgery.
      head.min_reader = out.reader;
    };
    const carried = new CarriedFiles({
      fileOf,
      thumbnailOf: (sha256) => out.thumbnailOf(sha256),
      folder: join(input.tempDir, 'thumbnails'),
    });
    const blobs = async () =>
      await carried.choose(out.blobs(contents), input.receiptOnly ? 'none' : input.carry, {
        check: () => {
          if (stopped()) throw new PackageError('CANCELLED');
        },
        made: (done, total) => {
          onProgress(done, total, '生成缩略图');
        },
      });
    const written = await writePackage(
      {
        head,
        certs: input.certs,
        ops: lines(),
        have: function* () {
          for (const h of out.have(streams)) yield canonicalJson(h);
        },
        seals: function* () {
          for (const s of seals) yield canonicalJson(s);
        },
        wants: function* () {
          for (const file of out.blobs(known))
            if (stateOfFile(input.attachments, file)) yield canonicalJson({ sha256: file.sha256 });
        },
        // A stream takes a buffer of 64 KiB for the smallest file unless told otherwise; one byte more shows that a file has grown.
        blobs,
        openBlob: (sha256, size) =>
          createReadStream(carried.path(sha256), { highWaterMark: Math.min(size + 1, READ_BYTES) }),
      },
      {
        target: input.target,
        tempDir: input.tempDir,
        folderName: input.folderName,
        readMe: input.readMe,
        recipients: input.recipients,
        code: input.code,
        prove: { identities: [input.ownIdentity], code: input.code },
        sign: (bytes) => Buffer.from(sign(bytes), 'base64'),
        onProgress,
        stopped,
        ...(input.partBytes && { partBytes: input.partBytes }),
      },
    );
    return {
      folder: written.folder,
      files: written.files.length,
      bytes: written.files.reduce((sum, f) => sum + f.size, 0),
      operations,
      attachments: written.manifest.parts.reduce((sum, p) => sum + p.blobs, 0),
      thumbnails: carried.thumbnails,
      left: out.lost(carried.left),
      lastSeq: out.lastSeq,
      signed: out.signed,
    };
  } finally {
    out.close();
  }
}
