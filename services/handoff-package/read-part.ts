// Reads a file of attachments. A damaged one still gives every whole attachment before the damage (hand-off design 10).
import type { ResultCode } from '../../domain/handoff/results.ts';
import { openAge, type Keys } from './age.ts';
import { PackageError, StreamBroken } from './errors.ts';
import { partHeadSchema } from './layout.ts';
import { checkSums } from './locate.ts';
import type { ReadOptions } from './read.ts';
import { readSmall, TarReader } from './tar.ts';

/** What the signed index says of the parts: of which package, and which attachments of which size (bytes) each part holds. */
export interface ExpectedPart { packageId: string; manifestSha256: string; blobs(no: number): ReadonlyMap<string, number> }

/** Where attachments go. `add` must verify the hash and leave nothing behind when the chunks break off. */
export interface BlobSink { has(sha256: string): Promise<boolean>; add(sha256: string, chunks: AsyncIterable<Buffer>, size: number): Promise<void> }

/** What a part gave. `code`: why it gave no more; null when it was whole. `missing`: attachments of the part that are not stored now. */
export interface PartResult { no: number | null; stored: number; code: ResultCode | null; missing: string[] }

const PART_HEAD_LIMIT = 4096;
const NAME = /^b\/([0-9a-f]{64})$/;

/**
 * Stores the attachments of a part. Damage is a result, not an error.
 * @throws PackageError CANCELLED, NO_SPACE
 */
export async function readPart(file: string, keys: Keys, expected: ExpectedPart, sink: BlobSink, options: ReadOptions = {}): Promise<PartResult> {
  const result: PartResult = { no: null, stored: 0, code: null, missing: [] };
  let wanted: ReadonlyMap<string, number> = new Map();
  try {
    const age = await openAge(file, keys, 'absent');
    try {
      const reader = new TarReader(watch(age.plain(), options));
      const head = await reader.next();
      const said = head?.name === 'part.json' ? partHeadSchema.safeParse(JSON.parse((await readSmall(head, PART_HEAD_LIMIT)).toString('utf8'))) : null;
      if (!said?.success || said.data.package_id !== expected.packageId || said.data.manifest_sha256 !== expected.manifestSha256) throw new PackageError('BAD_CONTENT', { reason: 'part' });
      result.no = said.data.no;
      wanted = expected.blobs(said.data.no);
      await readBlobs(reader, wanted, sink, result);
    } finally {
      await age.close();
    }
  } catch (error) {
    result.code = await codeOf(error, file);
  }
  for (const sha256 of wanted.keys()) if (!(await sink.has(sha256))) result.missing.push(sha256);
  return result;
}

async function readBlobs(reader: TarReader, wanted: ReadonlyMap<string, number>, sink: BlobSink, result: PartResult): Promise<void> {
  let last = '';
  for (let entry = await reader.next(); entry?.name !== 'end'; entry = await reader.next()) {
    const sha256 = entry === null ? undefined : NAME.exec(entry.name)?.[1];
    if (!entry || !sha256 || sha256 <= last || wanted.get(sha256) !== entry.size) throw new PackageError('BAD_CONTENT', { reason: 'entry' });
    last = sha256;
    if (await sink.has(sha256)) continue;
    await sink.add(sha256, entry.body, entry.size);
    result.stored += 1;
  }
}

async function* watch(pieces: AsyncIterable<Buffer>, options: ReadOptions): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (options.stopped?.() === true) throw new PackageError('CANCELLED');
    yield piece;
  }
}

/** The code of a failure inside a part. */
async function codeOf(error: unknown, file: string): Promise<ResultCode> {
  if (error instanceof PackageError && ['CANCELLED', 'NO_SPACE', 'TARGET_READ_ONLY', 'TARGET_GONE'].includes(error.code)) throw error;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new PackageError('NO_SPACE');
  // A bad copy explains a key that does not fit as well as a stream that breaks off.
  const copy = await checkSums(file).then(() => null, (fault: unknown) => (fault instanceof PackageError ? fault.code : null));
  if (copy) return copy;
  if (error instanceof PackageError) return error.code;
  if (error instanceof StreamBroken || error instanceof SyntaxError) return 'DAMAGED';
  return 'DAMAGED';
}
