// Reads the index of a package: every byte is hashed, counted and checked before anybody relies on it.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isSignedBy } from '../../db/index.ts';
import { ageSize, openAge, type AgeFile, type Encryption, type Keys } from './age.ts';
import { PackageError, StreamBroken } from './errors.ts';
import { EndSum, opsEntry, signedBytes } from './layout.ts';
import { LIMITS, type Limits } from './limits.ts';
import { LineInflater, type LineCount } from './lines.ts';
import { checkSums, locateIndex, type Sums } from './locate.ts';
import {
  blobSchema,
  certsSchema,
  manifestSchema,
  PACKAGE_FORMAT,
  type BlobEntry,
  type Certs,
  type Manifest,
  type ManifestEntry,
} from './manifest.ts';
import { isThumbnailSound } from './thumbnail.ts';
import { readSmall, TAR_END, TarReader, tarSize, type TarEntry } from './tar.ts';

/** Takes what comes, in the order in which it comes. `manifest` throws to refuse the package before anything else is looked at. */
export interface IndexHandlers {
  manifest(manifest: Manifest, certs: Certs, signatureOk: boolean): void | Promise<void>;
  ops(lines: string[]): void | Promise<void>;
  have(lines: string[]): void | Promise<void>;
  seals(lines: string[]): void | Promise<void>;
  blobs(entries: BlobEntry[]): void | Promise<void>;
  wants(lines: string[]): void | Promise<void>;
}

/** `onProgress` counts bytes of the index; `stopped` is asked at every piece. */
export interface ReadOptions {
  onProgress?(done: number, total: number, step: string): void;
  stopped?(): boolean;
  limits?: Partial<Limits>;
}

interface Start {
  manifest: Manifest;
  manifestBytes: Buffer;
  signature: Buffer;
  certs: Certs;
  certsBytes: Buffer;
  signatureOk: boolean;
}

const SIGNATURE = 64;
const REPORT_EVERY = 1024 * 1024;
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bad = (reason: string): PackageError => new PackageError('BAD_CONTENT', { reason });

function parseJson(bytes: Buffer, what: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw bad(what);
  }
}

function manifestOf(bytes: Buffer): Manifest {
  const said = parseJson(bytes, 'manifest') as { format?: { major?: unknown } } | null;
  const major = said?.format?.major;
  if (typeof major === 'number' && major > PACKAGE_FORMAT.major) throw new PackageError('NEWER_FORMAT');
  const parsed = manifestSchema.safeParse(said);
  if (!parsed.success) throw bad(`manifest ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  const names = parsed.data.entries.map((e) => e.name);
  const lists = ['have.ndjson.gz', 'seals.ndjson.gz', 'blobs.ndjson.gz', 'wants.ndjson.gz'];
  const ops = names.slice(1, names.length - lists.length);
  if (
    names[0] !== 'certs.json' ||
    names.slice(-lists.length).join() !== lists.join() ||
    ops.some((name, i) => name !== opsEntry(i + 1))
  )
    throw bad('entries');
  return parsed.data;
}

function isSigned(manifestBytes: Buffer, signature: Buffer, manifest: Manifest, certs: Certs): boolean {
  if (manifest.from.device !== certs.certificate.device) return false;
  return isSignedBy(certs.certificate.signing_key, signedBytes(manifestBytes), signature.toString('base64'));
}

async function need(reader: TarReader, name: string): Promise<TarEntry> {
  const entry = await reader.next();
  if (entry?.name !== name) throw bad(`entry ${entry?.name ?? 'none'} instead of ${name}`);
  return entry;
}

async function readStart(reader: TarReader, limits: Limits): Promise<Start> {
  const manifestBytes = await readSmall(await need(reader, 'manifest.json'), limits.manifest);
  const manifest = manifestOf(manifestBytes);
  const signature = await readSmall(await need(reader, 'manifest.sig'), SIGNATURE);
  // Before sizes are compared: a file is not called cut short because its signature is.
  if (signature.length !== SIGNATURE) throw new PackageError('BAD_SIGNATURE', { entry: 'manifest.sig' });
  const certsBytes = await readSmall(await need(reader, 'certs.json'), limits.certs);
  const certs = certsSchema.safeParse(parseJson(certsBytes, 'certs'));
  if (!certs.success) throw bad('certs');
  const [entry] = manifest.entries;
  const signatureOk =
    isSigned(manifestBytes, signature, manifest, certs.data) &&
    entry?.sha256 === hex(certsBytes) &&
    entry.size === certsBytes.length;
  return { manifest, manifestBytes, signature, certs: certs.data, certsBytes, signatureOk };
}

/** Size of the encrypted index that a manifest implies. */
function impliedSize(start: Start, headerSize: number): number {
  const count = start.manifest.entries.length + 2;
  const sizes = [
    start.manifestBytes.length,
    SIGNATURE,
    ...start.manifest.entries.map((e) => e.size),
    String(count).length + 66,
  ];
  return ageSize(
    sizes.reduce((sum, size) => sum + tarSize(size), TAR_END.length),
    headerSize,
  );
}

/** Plain content of the index; counts, reports, and gives a broken stream its code. */
async function* watched(file: AgeFile, known: { size: number | null }, options: ReadOptions): AsyncGenerator<Buffer> {
  let [done, told] = [0, 0];
  try {
    for await (const piece of file.plain()) {
      if (options.stopped?.() === true) throw new PackageError('CANCELLED');
      done += piece.length;
      if (done - told >= REPORT_EVERY) {
        told = done;
        options.onProgress?.(done, file.size, '读取交换包');
      }
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof StreamBroken)) throw error;
    throw new PackageError(
      known.size !== null && file.size < known.size ? 'CUT_SHORT' : 'DAMAGED',
      {},
      { cause: error },
    );
  }
}

const limitOf = (name: string, limits: Limits): { stored: number; plain: number } =>
  name.startsWith('ops-')
    ? { stored: limits.opsStored, plain: limits.opsPlain }
    : { stored: name.startsWith('blobs') ? limits.blobList : limits.list, plain: limits.listPlain };

/** One gzip entry: its lines go out as they come; at its end it must be what the signed manifest says. */
async function readEntry(
  entry: TarEntry,
  said: ManifestEntry,
  limits: Limits,
  count: LineCount,
  onLines: (lines: string[]) => void | Promise<void>,
): Promise<string> {
  const { stored, plain } = limitOf(entry.name, limits);
  if (entry.size > stored) throw new PackageError('TOO_BIG', { entry: entry.name });
  const hash = createHash('sha256');
  const inflater = new LineInflater(limits, Math.min(plain, said.plain), count, onLines);
  let failure: unknown = null;
  const step = async (work: () => Promise<void>): Promise<void> => {
    if (failure === null)
      await work().catch((error: unknown) => {
        failure = error ?? new Error('failed');
      });
  };
  for await (const piece of entry.body) {
    hash.update(piece);
    await step(async () => {
      await inflater.write(piece);
    });
  }
  await step(async () => {
    await inflater.end();
  });
  inflater.close();
  const sha256 = hash.digest('hex');
  // Altered content is no reason to call its maker's program faulty: the hash decides first.
  if (sha256 !== said.sha256 || entry.size !== said.size)
    throw new PackageError('BAD_SIGNATURE', { entry: entry.name });
  if (failure !== null) throw failure as Error;
  if (inflater.plain !== said.plain || inflater.lines !== said.lines)
    throw new PackageError('BAD_SIGNATURE', { entry: entry.name });
  return sha256;
}

/** Reads lines of the list of attachments: strictly sorted, so none comes twice, and each in a part that there is. */
function blobReader(manifest: Manifest, limits: Limits): (line: string) => BlobEntry {
  const parts = new Set(manifest.parts.map((part) => part.no));
  let last = '';
  return (line) => {
    const parsed = blobSchema.safeParse(parseJson(Buffer.from(line), 'blobs'));
    if (!parsed.success || parsed.data.sha256 <= last || !parts.has(parsed.data.part) || !isThumbnailSound(parsed.data))
      throw bad('blobs');
    if (parsed.data.size > limits.blob)
      throw new PackageError('TOO_BIG', { reason: 'blob', sha256: parsed.data.sha256 });
    last = parsed.data.sha256;
    return parsed.data;
  };
}

function takerOf(
  name: string,
  handlers: IndexHandlers,
  blobOf: (line: string) => BlobEntry,
): (lines: string[]) => void | Promise<void> {
  if (name.startsWith('ops-')) return (lines) => handlers.ops(lines);
  if (name.startsWith('have')) return (lines) => handlers.have(lines);
  if (name.startsWith('seals')) return (lines) => handlers.seals(lines);
  if (name.startsWith('wants')) return (lines) => handlers.wants(lines);
  return (lines) => handlers.blobs(lines.map(blobOf));
}

async function withIndex<T>(
  path: string,
  keys: Keys,
  options: ReadOptions,
  work: (reader: TarReader, start: Start, encryption: Encryption, sums: Sums, limits: Limits) => Promise<T>,
): Promise<T> {
  const limits = { ...LIMITS, ...options.limits };
  const index = await locateIndex(path);
  const sums = await checkSums(index, options.stopped);
  const file = await openAge(index, keys, sums);
  try {
    const known: { size: number | null } = { size: null };
    const reader = new TarReader(watched(file, known, options));
    const start = await readStart(reader, limits);
    known.size = impliedSize(start, file.header.size);
    if (file.size < known.size) throw new PackageError('CUT_SHORT');
    if (file.size > known.size) throw new PackageError('DAMAGED');
    return await work(reader, start, file.header.encryption, sums, limits);
  } finally {
    await file.close();
  }
}

/**
 * Reads the whole index of the package at `path` (a folder or the index itself). Lines are handed on before the end is reached:
 * whoever takes them must be able to forget them when this throws.
 * @throws PackageError with the result code; whatever a handler throws
 */
export async function readIndex(
  path: string,
  keys: Keys,
  handlers: IndexHandlers,
  options: ReadOptions = {},
): Promise<{ manifest: Manifest; manifestSha256: string }> {
  return await withIndex(path, keys, options, async (reader, start, _encryption, _sums, limits) => {
    const { manifest } = start;
    await handlers.manifest(manifest, start.certs, start.signatureOk);
    if (!start.signatureOk) throw new PackageError('BAD_SIGNATURE');
    const end = new EndSum();
    for (const bytes of [start.manifestBytes, start.signature, start.certsBytes]) end.add(hex(bytes));
    const count: LineCount = { total: 0 };
    const blobOf = blobReader(manifest, limits);
    for (const said of manifest.entries.slice(1))
      end.add(
        await readEntry(await need(reader, said.name), said, limits, count, takerOf(said.name, handlers, blobOf)),
      );
    if ((await readSmall(await need(reader, 'end'), 128)).toString('latin1') !== end.text())
      throw new PackageError('BAD_SIGNATURE', { entry: 'end' });
    if ((await reader.next()) !== null) throw bad('after the end');
    return { manifest, manifestSha256: hex(start.manifestBytes) };
  });
}

/** Who made a package and what it says it holds, without reading further. @throws PackageError */
export async function inspectPackage(
  path: string,
  keys: Keys,
  options: ReadOptions = {},
): Promise<{
  manifest: Manifest;
  certs: Certs;
  signatureOk: boolean;
  encryption: Encryption;
  sums: Sums;
  size: number;
}> {
  const { size } = await stat(await locateIndex(path));
  return await withIndex(
    path,
    keys,
    options,
    async (_reader, start, encryption, sums) =>
      await Promise.resolve({
        manifest: start.manifest,
        certs: start.certs,
        signatureOk: start.signatureOk,
        encryption,
        sums,
        size,
      }),
  );
}
