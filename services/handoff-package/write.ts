// Writes a package: content into temporary files, then the signed table of contents, then the encrypted files on the target.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { ageSize, encryptAge, type Keys, type Lock } from './age.ts';
import { writeLines, type EntryRoom, type LinesPlan, type StoredEntry } from './entries.ts';
import { fromSystem, PackageError } from './errors.ts';
import { EndSum, FOLDER_NOTE, INDEX_FILE, opsEntry, partFile, README_FILE, signedBytes, SUMS_FILE } from './layout.ts';
import { CHUNK, LIMITS, PART_BYTES, RECIPIENTS_LIMIT, type Limits } from './limits.ts';
import { manifestSchema, type Certs, type Manifest, type ManifestHead } from './manifest.ts';
import { inspectPackage } from './read.ts';
import { partTar, planParts, tarFile, type BlobToCarry, type PartPlan } from './parts.ts';
import { formatSums, type FileSum } from './sums.ts';
import { checkSpace, discardFolder, makeFolder, publish, putPartial, syncFolder, type Watch } from './target.ts';
import { TAR_END, tarFilling, tarHeader, tarSize } from './tar.ts';

/**
 * What goes into a package. Lines are canonical JSON without line feed; `ops` come sorted by (stream, device, n).
 * The functions are asked once `ops` has been read to its end; sizes in bytes.
 */
export interface PackageSource {
  head: ManifestHead;
  certs: Certs;
  ops: AsyncIterable<string> | Iterable<string>;
  have(): Iterable<string>;
  seals(): Iterable<string>;
  wants(): Iterable<string>;
  blobs(): readonly BlobToCarry[] | Promise<readonly BlobToCarry[]>;
  openBlob(sha256: string, size: number): Readable;
}

/**
 * Where and how. `sign` returns the 64 raw bytes of an Ed25519 signature. With a spoken `code` it is the only key, `recipients`
 * (age1…) are not used then. `partBytes` = tar bytes per part. `onProgress` counts lines first, then bytes written and read back.
 * `stopped` is asked at every piece. With `prove`, keys of the maker or the code, the package is opened again before it is done.
 */
export interface WriteOptions {
  target: string;
  tempDir: string;
  folderName: string;
  readMe: string;
  sign(bytes: Uint8Array): Uint8Array;
  recipients: readonly string[];
  code: string | null;
  prove?: Keys;
  partBytes?: number;
  onProgress?(done: number, total: number, step: string): void;
  stopped?(): boolean;
  limits?: Partial<Limits>;
}

/** A package as written; `files` in the order written. */
export interface WrittenPackage {
  folder: string;
  manifest: Manifest;
  files: FileSum[];
}

/** Bytes between two reports of progress. */
const REPORT_EVERY = 1024 * 1024;
const SIGNATURE = 64;

/** Everything the index holds, before it is encrypted. */
interface Content {
  manifest: Manifest;
  manifestBytes: Buffer;
  signature: Buffer;
  certs: Buffer;
  entries: StoredEntry[];
  parts: PartPlan[];
  seconds: number;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function lockOf(options: WriteOptions): Lock {
  if (options.code !== null) return { code: options.code };
  const recipients = [...new Set(options.recipients)];
  if (recipients.length === 0) throw new TypeError('a package needs a recipient or a code');
  if (recipients.length > RECIPIENTS_LIMIT) throw new PackageError('TOO_BIG', { reason: 'recipients' });
  return { recipients };
}

function check(options: WriteOptions): void {
  if (options.stopped?.() === true) throw new PackageError('CANCELLED');
}

function small(name: string, content: Uint8Array, limit: number): Buffer {
  if (content.length > limit) throw new PackageError('TOO_BIG', { entry: name });
  return Buffer.from(content);
}

function* blobLines(parts: readonly PartPlan[]): Generator<string> {
  for (const part of parts) for (const blob of part.blobs) yield canonicalJson(blob);
}

async function content(source: PackageSource, options: WriteOptions, limits: Limits, folder: string): Promise<Content> {
  const expected = Object.values(source.head.counts)
    .flatMap((kinds) => Object.values(kinds))
    .reduce((sum, count) => sum + count, 0);
  let done = 0;
  const room: EntryRoom = {
    folder,
    limits,
    lines: 0,
    check: () => {
      check(options);
    },
    written: (lines) => {
      done += lines;
      options.onProgress?.(done, Math.max(done, expected), '整理资料');
    },
  };
  const list = (name: string, stored: number): LinesPlan => ({
    name: () => name,
    rolls: false,
    stored,
    plain: limits.listPlain,
  });
  const ops = await writeLines(
    source.ops,
    { name: opsEntry, rolls: true, stored: limits.opsStored, plain: limits.opsPlain },
    room,
  );
  const parts = planParts(await source.blobs(), Math.min(options.partBytes ?? PART_BYTES, limits.part), limits);
  const entries = [
    ...ops,
    ...(await writeLines(source.have(), list('have.ndjson.gz', limits.list), room)),
    ...(await writeLines(source.seals(), list('seals.ndjson.gz', limits.list), room)),
    ...(await writeLines(blobLines(parts), list('blobs.ndjson.gz', limits.blobList), room)),
    ...(await writeLines(source.wants(), list('wants.ndjson.gz', limits.list), room)),
  ];
  const certs = small('certs.json', Buffer.from(canonicalJson(source.certs)), limits.certs);
  const manifest = manifestSchema.parse({
    ...source.head,
    entries: [
      { name: 'certs.json', sha256: sha256(certs), size: certs.length, plain: certs.length, lines: 0 },
      ...entries.map(({ path: _path, ...entry }) => entry),
    ],
    parts: parts.map(({ no, bytes, blobs }) => ({ no, bytes, blobs: blobs.length })),
  });
  const manifestBytes = small('manifest.json', Buffer.from(canonicalJson(manifest)), limits.manifest);
  const signature = Buffer.from(options.sign(signedBytes(manifestBytes)));
  if (signature.length !== SIGNATURE) throw new TypeError('not an Ed25519 signature');
  const seconds = Math.floor(Date.parse(manifest.from.made_at) / 1000);
  return { manifest, manifestBytes, signature, certs, entries, parts, seconds };
}

async function* stored(entry: StoredEntry): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(entry.path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>)
      yield chunk;
  } catch (error) {
    throw fromSystem(error, 'temp');
  }
}

async function* indexTar(made: Content): AsyncGenerator<Buffer> {
  const end = new EndSum();
  const files: [string, Buffer][] = [
    ['manifest.json', made.manifestBytes],
    ['manifest.sig', made.signature],
    ['certs.json', made.certs],
  ];
  for (const [name, bytes] of files) {
    end.add(sha256(bytes));
    yield* tarFile(name, bytes, made.seconds);
  }
  for (const entry of made.entries) {
    end.add(entry.sha256);
    yield tarHeader(entry.name, entry.size, made.seconds);
    yield* stored(entry);
    yield tarFilling(entry.size);
  }
  yield* tarFile('end', Buffer.from(end.text()), made.seconds);
  yield TAR_END;
}

/**
 * In pieces of 64 KiB: larger ones would hold the thread for long, and each piece costs the encryption as much as its
 * content, however small.
 */
async function* cut(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(CHUNK);
  let size = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const taken = piece.copy(chunk, size, at);
      at += taken;
      size += taken;
      if (size < CHUNK) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(CHUNK);
      size = 0;
    }
  }
  if (size > 0) yield chunk.subarray(0, size);
}

const indexBytes = (made: Content): number =>
  [
    made.manifestBytes.length,
    made.signature.length,
    made.certs.length,
    ...made.entries.map((entry) => entry.size),
    1,
  ].reduce((sum, size) => sum + tarSize(size), TAR_END.length);

/** Counts what is written and read back, and tells people now and then. */
function progress(options: WriteOptions, total: number): (step: string) => Watch {
  let done = 0;
  let told = 0;
  return (step) => ({
    check: () => {
      check(options);
    },
    moved(bytes) {
      done += bytes;
      if (done - told < REPORT_EVERY) return;
      told = done;
      options.onProgress?.(Math.min(done, total), total, step);
    },
  });
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function put(made: Content, source: PackageSource, options: WriteOptions, folder: string): Promise<FileSum[]> {
  const lock = lockOf(options);
  const header = 300 + ('code' in lock ? 1 : lock.recipients.length) * 100;
  const sizes = [...made.parts.map((part) => part.bytes), indexBytes(made)].map((plain) => ageSize(plain, header));
  await checkSpace(folder, [...sizes, Buffer.byteLength(options.readMe), sizes.length * 200]);
  const total = 2 * sizes.reduce((sum, size) => sum + size, 0);
  const watch = progress(options, total);
  const manifestSha256 = sha256(made.manifestBytes);
  const files: FileSum[] = [];
  const whole = async (name: string, pieces: AsyncIterable<Uint8Array>, step: string): Promise<void> => {
    files.push(await putPartial(join(folder, name), pieces, watch(step)));
    await publish(join(folder, name));
  };
  for (const part of made.parts) {
    const facts = { packageId: made.manifest.package_id, manifestSha256, seconds: made.seconds };
    await whole(
      partFile(part.no),
      encryptAge(cut(partTar(part, facts, (sha, size) => source.openBlob(sha, size))), lock),
      '写入附件',
    );
  }
  await whole(README_FILE, once(options.readMe), '写入资料');
  const index = await putPartial(join(folder, INDEX_FILE), encryptAge(cut(indexTar(made)), lock), watch('写入资料'));
  files.push(index);
  await whole(SUMS_FILE, once(formatSums(files)), '写入资料');
  check(options);
  // A folder becomes a package with this name, so it comes last.
  await publish(join(folder, INDEX_FILE));
  await syncFolder(folder);
  options.onProgress?.(total, total, '写入资料');
  return files;
}

/** Opens what was written, as its reader will. @throws PackageError NOT_OPENED */
async function prove(folder: string, manifest: Manifest, keys: Keys): Promise<void> {
  const found = await inspectPackage(folder, keys).catch((error: unknown) => {
    throw new PackageError('NOT_OPENED', {}, { cause: error });
  });
  if (!found.signatureOk || found.manifest.package_id !== manifest.package_id) throw new PackageError('NOT_OPENED');
}

async function inTemp<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fromSystem(error, 'temp');
  }
}

/**
 * Writes a package into a new folder of `target`. Whatever goes wrong, nothing of it stays behind; what a kill leaves is named in
 * `folder.txt` of the temporary folder.
 * With a spoken code each file costs a scrypt (0.3 s without a pause): call it in a worker.
 * @throws PackageError NO_SPACE, TARGET_READ_ONLY, TARGET_LIMIT, TARGET_GONE, TARGET_FAULTY, SOURCE_CHANGED, NOT_OPENED, TOO_BIG,
 * CANCELLED.
 */
export async function writePackage(source: PackageSource, options: WriteOptions): Promise<WrittenPackage> {
  const limits = { ...LIMITS, ...options.limits };
  lockOf(options);
  await inTemp(mkdir(options.tempDir, { recursive: true }));
  const note = join(options.tempDir, FOLDER_NOTE);
  const folder = await makeFolder(options.target, options.folderName, async (path) => {
    await inTemp(writeFile(note, path, { flush: true }));
  }).catch(async (error: unknown) => {
    await rm(note, { force: true });
    throw error;
  });
  let temp: string | undefined;
  try {
    temp = await inTemp(mkdtemp(join(options.tempDir, 'package-')));
    const made = await content(source, options, limits, temp);
    const files = await put(made, source, options, folder);
    if (options.prove) await prove(folder, made.manifest, options.prove);
    return { folder, manifest: made.manifest, files };
  } catch (error) {
    await discardFolder(folder);
    throw error;
  } finally {
    if (temp !== undefined) await rm(temp, { recursive: true, force: true }).catch(() => undefined);
    await rm(note, { force: true }).catch(() => undefined);
  }
}
