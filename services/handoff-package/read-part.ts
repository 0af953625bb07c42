// Reads a file of attachments. A damaged one still gives every whole attachment before the damage (hand-off design 10).
import { createHash } from 'node:crypto';
import type { ResultCode } from '../../domain/handoff/results.ts';
import { openAge, type Keys } from './age.ts';
import { fromSystem, PackageError, StreamBroken } from './errors.ts';
import { EndSum, partHeadSchema } from './layout.ts';
import { checkSums } from './locate.ts';
import type { ReadOptions } from './read.ts';
import { readSmall, TarReader, type TarEntry } from './tar.ts';

/** What the signed index says of the parts: of which package, and which attachments of which size (bytes) each part holds. */
export interface ExpectedPart {
  packageId: string;
  manifestSha256: string;
  blobs(no: number): ReadonlyMap<string, number>;
}

/** Where attachments go. The chunks end in an error when they are not what was signed; `add` must leave nothing behind then. */
export interface BlobSink {
  has(sha256: string): Promise<boolean>;
  add(sha256: string, chunks: AsyncIterable<Buffer>, size: number): Promise<void>;
}

/** What a part gave. `code`: why it gave no more; null when it was whole. `missing`: attachments of the part that are not stored now. */
export interface PartResult {
  no: number | null;
  stored: number;
  code: ResultCode | null;
  missing: string[];
}

const PART_HEAD_LIMIT = 4096;
const END_LIMIT = 128;
const NAME = /^b\/([0-9a-f]{64})$/;
/** What ends the whole import: people, or the medium and the disk rather than this part. */
const FATAL: readonly ResultCode[] = ['CANCELLED', 'NO_SPACE', 'TARGET_READ_ONLY', 'TARGET_GONE'];
const bad = (reason: string): PackageError => new PackageError('BAD_CONTENT', { reason });

/** A fault of the sink. It says nothing of the package, so it must not become the result of a part. */
class SinkFailed extends Error {}

async function onSink<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new SinkFailed('the attachment cannot be stored', { cause: fromSystem(error, 'temp') });
  }
}

/**
 * Stores the attachments of a part. Damage is a result, not an error.
 * @throws PackageError CANCELLED, NO_SPACE, TARGET_READ_ONLY, TARGET_GONE; other errors of the sink pass through
 */
export async function readPart(
  file: string,
  keys: Keys,
  expected: ExpectedPart,
  sink: BlobSink,
  options: ReadOptions = {},
): Promise<PartResult> {
  const result: PartResult = { no: null, stored: 0, code: null, missing: [] };
  let wanted: ReadonlyMap<string, number> = new Map();
  try {
    const age = await openAge(file, keys, 'absent');
    try {
      const reader = new TarReader(watch(age.plain(), options));
      const end = new EndSum();
      result.no = await readHead(reader, expected, end);
      wanted = expected.blobs(result.no);
      await readBlobs(reader, wanted, sink, result, end);
    } finally {
      await age.close();
    }
  } catch (error) {
    if (error instanceof SinkFailed) throw error.cause;
    result.code = await codeOf(error, file, options);
  }
  for (const sha256 of wanted.keys()) if (!(await sink.has(sha256))) result.missing.push(sha256);
  return result;
}

/** Number of the part. */
async function readHead(reader: TarReader, expected: ExpectedPart, end: EndSum): Promise<number> {
  const entry = await reader.next();
  if (entry?.name !== 'part.json') throw bad('part');
  const bytes = await readSmall(entry, PART_HEAD_LIMIT);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw bad('part');
  }
  const said = partHeadSchema.safeParse(json);
  if (
    !said.success ||
    said.data.package_id !== expected.packageId ||
    said.data.manifest_sha256 !== expected.manifestSha256
  )
    throw bad('part');
  end.add(createHash('sha256').update(bytes).digest('hex'));
  return said.data.no;
}

async function readBlobs(
  reader: TarReader,
  wanted: ReadonlyMap<string, number>,
  sink: BlobSink,
  result: PartResult,
  end: EndSum,
): Promise<void> {
  let last = '';
  let seen = 0;
  let entry = await reader.next();
  for (; entry !== null && entry.name !== 'end'; entry = await reader.next()) {
    const sha256 = NAME.exec(entry.name)?.[1];
    if (sha256 === undefined || sha256 <= last || wanted.get(sha256) !== entry.size) throw bad('entry');
    last = sha256;
    seen += 1;
    end.add(sha256);
    if (await onSink(sink.has(sha256))) continue;
    await store(entry, sha256, sink);
    result.stored += 1;
  }
  if (entry === null || (await readSmall(entry, END_LIMIT)).toString('latin1') !== end.text()) throw bad('end');
  // Reading on also shows whether anything was appended to the file.
  if ((await reader.next()) !== null || seen !== wanted.size) throw bad('end');
}

async function store(entry: TarEntry, sha256: string, sink: BlobSink): Promise<void> {
  let failure: { error: unknown } | null = null;
  const checked = async function* (): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    try {
      for await (const piece of entry.body) {
        hash.update(piece);
        yield piece;
      }
      if (hash.digest('hex') !== sha256) throw bad('attachment');
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const added = await onSink(sink.add(sha256, checked(), entry.size)).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  // The sink may have wrapped what broke off its source.
  const fault = (failure as { error: unknown } | null) ?? added;
  if (fault !== null) throw fault.error;
}

async function* watch(pieces: AsyncIterable<Buffer>, options: ReadOptions): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (options.stopped?.() === true) throw new PackageError('CANCELLED');
    yield piece;
  }
}

/** The code of a failure inside a part. */
async function codeOf(error: unknown, file: string, options: ReadOptions): Promise<ResultCode> {
  const ours = error instanceof PackageError ? error.code : null;
  if (ours === null && !(error instanceof StreamBroken)) throw error;
  if (ours !== null && FATAL.includes(ours)) throw error;
  // A bad copy explains a key that does not fit as well as a stream that breaks off.
  const copy = await checkSums(file, options.stopped).then(
    () => null,
    (fault: unknown) => {
      if (!(fault instanceof PackageError) || FATAL.includes(fault.code)) throw fault;
      return fault.code;
    },
  );
  return copy ?? ours ?? 'DAMAGED';
}
