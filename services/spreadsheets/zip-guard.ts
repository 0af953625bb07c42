// Opens a zip without trusting it: the directory is read first, and nothing is inflated beyond the limits.
import { inflateRawSync } from 'node:zlib';
import { UnreadableFile } from './refusal.ts';

/** Uncompressed bytes that the parts of one workbook may have together. */
export const MAX_UNCOMPRESSED = 300 * 1024 * 1024;
/** An entry compressed more than this is opened only as far as its neighbours leave room (a register reaches some 30). */
const SUSPICIOUS_RATIO = 200;
const SUSPICIOUS_ROOM = 64 * 1024 * 1024;
const MAX_ENTRIES = 65_535;
const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;

/** One file in a zip, as its central directory declares it; sizes in bytes. */
export interface ZipEntry {
  /** Path with forward slashes, as given. */
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly compressed: number;
  readonly uncompressed: number;
  /** Where its local header starts in the file. */
  readonly offset: number;
}

const corrupt = (cause?: unknown): UnreadableFile => new UnreadableFile('CORRUPT', cause);

function endRecord(file: Buffer): number {
  const lowest = Math.max(0, file.length - 65_557);
  for (let i = file.length - 22; i >= lowest; i -= 1) if (file.readUInt32LE(i) === END_SIGNATURE) return i;
  throw corrupt(new Error('no end of central directory'));
}

/** The 64-bit figures of an entry whose 32-bit fields are full, in the order in which the format lists them. */
function wideFigures(extra: Buffer, figures: number[]): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, size] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)];
    if (id === 1) {
      let next = at + 4;
      return figures.map((figure) => {
        if (figure !== 0xffffffff || next + 8 > at + 4 + size) return figure;
        next += 8;
        return Number(extra.readBigUInt64LE(next - 8));
      });
    }
    at += 4 + size;
  }
  return figures;
}

/**
 * The central directory of a zip; nothing is inflated.
 * @throws UnreadableFile CORRUPT when the directory is missing or cut off (a truncated file has none).
 */
export function readDirectory(file: Buffer): ZipEntry[] {
  try {
    const end = endRecord(file);
    const count = file.readUInt16LE(end + 10);
    let at = file.readUInt32LE(end + 16);
    if (count > MAX_ENTRIES) throw new Error('too many entries');
    const entries: ZipEntry[] = [];
    for (let i = 0; i < count; i += 1) {
      if (file.readUInt32LE(at) !== DIRECTORY_SIGNATURE) throw new Error('directory entry expected');
      const [nameLength, extraLength, commentLength] = [
        file.readUInt16LE(at + 28),
        file.readUInt16LE(at + 30),
        file.readUInt16LE(at + 32),
      ];
      const extra = file.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
      const figures = [file.readUInt32LE(at + 24), file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)];
      const [uncompressed = 0, compressed = 0, offset = 0] = wideFigures(extra, figures);
      entries.push({
        name: file
          .toString('utf8', at + 46, at + 46 + nameLength)
          .replaceAll('\\', '/')
          .replace(/^\/+/, ''),
        method: file.readUInt16LE(at + 10),
        encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
        compressed,
        uncompressed,
        offset,
      });
      at += 46 + nameLength + extraLength + commentLength;
    }
    return entries;
  } catch (error) {
    throw error instanceof UnreadableFile ? error : corrupt(error);
  }
}

function storedBytes(file: Buffer, entry: ZipEntry): Buffer {
  if (entry.offset + 30 > file.length || file.readUInt32LE(entry.offset) !== LOCAL_SIGNATURE) throw corrupt();
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  if (start + entry.compressed > file.length) throw corrupt();
  return file.subarray(start, start + entry.compressed);
}

function inflateWithin(bytes: Buffer, limit: number): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    const tooLong = error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableFile(tooLong ? 'TOO_BIG' : 'CORRUPT', error);
  }
}

/**
 * The contents of the given entries, inflated by zlib with a hard limit, so that neither a huge declared size nor a
 * header that lies about it can exhaust memory.
 * @throws UnreadableFile TOO_BIG above {@link MAX_UNCOMPRESSED}, ENCRYPTED for a password-protected zip, CORRUPT else.
 */
export function inflateEntries(
  file: Buffer,
  entries: readonly ZipEntry[],
  limit = MAX_UNCOMPRESSED,
): Map<string, Buffer> {
  const declared = entries.reduce((sum, entry) => sum + entry.uncompressed, 0);
  if (declared > limit) throw new UnreadableFile('TOO_BIG');
  const contents = new Map<string, Buffer>();
  let room = limit;
  for (const entry of entries) {
    if (entry.encrypted) throw new UnreadableFile('ENCRYPTED');
    if (entry.method !== 0 && entry.method !== 8) throw corrupt(new Error(`compression method ${entry.method}`));
    const bytes = storedBytes(file, entry);
    const suspicious = entry.uncompressed > Math.max(1, entry.compressed) * SUSPICIOUS_RATIO;
    if (suspicious && entry.uncompressed > SUSPICIOUS_ROOM) throw new UnreadableFile('TOO_BIG');
    // one byte above the declared size is enough to notice a header that lies
    const content = entry.method === 0 ? bytes : inflateWithin(bytes, Math.min(room, entry.uncompressed + 1));
    if (content.length !== entry.uncompressed)
      throw new UnreadableFile(content.length > entry.uncompressed ? 'TOO_BIG' : 'CORRUPT');
    room -= content.length;
    contents.set(entry.name, content);
  }
  return contents;
}
