// Plain POSIX tar, the small strict part a package needs: plain files with short names, pulled piece by piece.
// A pulled reader keeps what came before a damage; it also has nothing to say about links, long names and devices but no.
import { PackageError } from './errors.ts';

export const TAR_BLOCK = 512;
/** What a tar ends with. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);

const MAGIC = Buffer.from('ustar\x0000', 'latin1');
const CHECKSUM = { at: 148, end: 156 };

/** Bytes of an entry in the tar: header, content, filling. */
export const tarSize = (size: number): number => TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;

/** Filling after content of `size` bytes. */
export const tarFilling = (size: number): Buffer => TAR_END.subarray(0, (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);

function checksum(block: Buffer): number {
  let sum = 8 * 32;
  for (let i = 0; i < TAR_BLOCK; i += 1) if (i < CHECKSUM.at || i >= CHECKSUM.end) sum += block[i]!;
  return sum;
}

/** The header of a plain file. `seconds` = time stamp since 1970. */
export function tarHeader(name: string, size: number, seconds: number): Buffer {
  const block = Buffer.alloc(TAR_BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 100, 'latin1');
  block.write(octal(0o644, 7), 100, 'latin1');
  block.write(octal(0, 7), 108, 'latin1');
  block.write(octal(0, 7), 116, 'latin1');
  block.write(octal(size, 11), 124, 'latin1');
  block.write(octal(seconds, 11), 136, 'latin1');
  block.write('0', 156, 'latin1');
  MAGIC.copy(block, 257);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, CHECKSUM.at, 'latin1');
  return block;
}

/** An entry as it passes by; `body` must be taken before the next entry is asked for, else it is skipped. */
export interface TarEntry {
  name: string;
  size: number;
  body: AsyncGenerator<Buffer>;
}

const bad = (reason: string): PackageError => new PackageError('BAD_CONTENT', { reason });

function field(block: Buffer, at: number, length: number): string {
  const raw = block.toString('latin1', at, at + length);
  const end = raw.indexOf('\0');
  return end === -1 ? raw : raw.slice(0, end);
}

function decode(block: Buffer): { name: string; size: number } {
  if (parseInt(field(block, CHECKSUM.at, 8), 8) !== checksum(block)) throw bad('tar header');
  if (!block.subarray(257, 257 + MAGIC.length).equals(MAGIC)) throw bad('tar dialect');
  if (block[156] !== 0x30) throw bad('entry type');
  if (block[157] !== 0 || block[345] !== 0) throw bad('entry name');
  if ((block[124]! & 0x80) !== 0) throw new PackageError('TOO_BIG', { reason: 'entry size' });
  const size = field(block, 124, 12).trim();
  if (!/^[0-7]{1,11}$/.test(size)) throw bad('entry size');
  return { name: field(block, 0, 100), size: parseInt(size, 8) };
}

/** Reads entries one after the other. Every fault of the tar itself is BAD_CONTENT; faults of the source pass through. */
export class TarReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #left = 0;
  #filling = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next entry, null after the last. @throws PackageError BAD_CONTENT, TOO_BIG. */
  async next(): Promise<TarEntry | null> {
    await this.#skip();
    const block = await this.#exactly(TAR_BLOCK);
    if (block.every((byte) => byte === 0)) {
      await this.#end();
      return null;
    }
    const { name, size } = decode(block);
    this.#left = size;
    this.#filling = tarFilling(size).length;
    return { name, size, body: this.#body() };
  }

  async #pull(): Promise<Buffer | null> {
    const next = await this.#source.next();
    return next.done === true ? null : next.value;
  }

  async #some(limit: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#pull();
      if (next === null) throw bad('tar ends early');
      this.#rest = next;
    }
    const piece = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async #exactly(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = length; left > 0;) {
      const piece = await this.#some(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  async *#body(): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const piece = await this.#some(this.#left);
      this.#left -= piece.length;
      yield piece;
    }
  }

  async #skip(): Promise<void> {
    while (this.#left > 0) this.#left -= (await this.#some(this.#left)).length;
    const filling = await this.#exactly(this.#filling);
    if (filling.some((byte) => byte !== 0)) throw bad('tar filling');
    this.#filling = 0;
  }

  // Reading on to the very end also proves that the encrypted stream ends where its maker ended it.
  async #end(): Promise<void> {
    const second = await this.#exactly(TAR_BLOCK);
    if (second.some((byte) => byte !== 0) || this.#rest.length > 0) throw bad('after the end');
    for (let next = await this.#pull(); next !== null; next = await this.#pull()) {
      if (next.length > 0) throw bad('after the end');
    }
  }
}

/** All of a small entry. @throws PackageError TOO_BIG beyond `limit` bytes. */
export async function readSmall(entry: TarEntry, limit: number): Promise<Buffer> {
  if (entry.size > limit) throw new PackageError('TOO_BIG', { entry: entry.name });
  const pieces: Buffer[] = [];
  for await (const piece of entry.body) pieces.push(piece);
  return Buffer.concat(pieces);
}
