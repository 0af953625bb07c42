// Attachments dealt out to parts, and the plain content of a part.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { PackageError } from './errors.ts';
import { EndSum, PART_LIMIT } from './layout.ts';
import { CHUNK, type Limits } from './limits.ts';
import type { BlobEntry } from './manifest.ts';
import { TAR_END, tarFilling, tarHeader, tarSize } from './tar.ts';

/** Tar bytes of a part besides its blobs: part.json and end (a block each) and the end of the tar. */
const FRAME = 2 * tarSize(1) + TAR_END.length;

/** An attachment to carry: size in bytes. */
export interface BlobToCarry {
  sha256: string;
  size: number;
  mime: string;
}
/** A part as planned; `bytes` = length of its tar. */
export interface PartPlan {
  no: number;
  bytes: number;
  blobs: BlobEntry[];
}

/**
 * Deals blobs out in order of their hash; a part ends before it exceeds `partBytes` of tar (one larger blob is a part of its own).
 * @throws PackageError TOO_BIG: a blob beyond its limit, or too many parts.
 */
export function planParts(blobs: readonly BlobToCarry[], partBytes: number, limits: Limits): PartPlan[] {
  const parts: PartPlan[] = [];
  const sorted = [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()].sort((a, b) =>
    a.sha256 < b.sha256 ? -1 : 1,
  );
  let part: PartPlan | undefined;
  for (const { sha256, size, mime } of sorted) {
    if (size > limits.blob) throw new PackageError('TOO_BIG', { sha256, reason: 'blob' });
    if (part === undefined || part.bytes + tarSize(size) > partBytes) {
      part = { no: parts.length + 1, bytes: FRAME, blobs: [] };
      parts.push(part);
    }
    part.blobs.push({ sha256, size, mime, part: part.no });
    part.bytes += tarSize(size);
  }
  if (parts.length > PART_LIMIT) throw new PackageError('TOO_BIG', { reason: 'parts' });
  return parts;
}

/** A file in a tar, from memory. */
export function* tarFile(name: string, content: Buffer, seconds: number): Generator<Buffer> {
  yield Buffer.concat([tarHeader(name, content.length, seconds), content, tarFilling(content.length)]);
}

async function* blobContent(blob: BlobEntry, open: (sha256: string, size: number) => Readable): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  let stream: Readable | undefined;
  try {
    stream = open(blob.sha256, blob.size);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Nothing beyond the declared size may reach the tar.
      if (size > blob.size) break;
      hash.update(chunk);
      for (let at = 0; at < chunk.length; at += CHUNK) yield chunk.subarray(at, at + CHUNK);
    }
  } catch (error) {
    throw new PackageError('SOURCE_CHANGED', { sha256: blob.sha256 }, { cause: error });
  } finally {
    stream?.destroy();
  }
  if (size !== blob.size || hash.digest('hex') !== blob.sha256)
    throw new PackageError('SOURCE_CHANGED', { sha256: blob.sha256 });
}

/** What every part says first. */
export interface PartFacts {
  packageId: string;
  manifestSha256: string;
  seconds: number;
}

/**
 * The tar of a part. Each blob is checked against its hash on the way.
 * @throws PackageError SOURCE_CHANGED.
 */
export async function* partTar(
  part: PartPlan,
  facts: PartFacts,
  open: (sha256: string, size: number) => Readable,
): AsyncGenerator<Buffer> {
  const end = new EndSum();
  const head = Buffer.from(
    canonicalJson({ package_id: facts.packageId, no: part.no, manifest_sha256: facts.manifestSha256 }),
  );
  end.add(createHash('sha256').update(head).digest('hex'));
  yield* tarFile('part.json', head, facts.seconds);
  for (const blob of part.blobs) {
    yield tarHeader(`b/${blob.sha256}`, blob.size, facts.seconds);
    yield* blobContent(blob, open);
    yield tarFilling(blob.size);
    end.add(blob.sha256);
  }
  yield* tarFile('end', Buffer.from(end.text()), facts.seconds);
  yield TAR_END;
}
