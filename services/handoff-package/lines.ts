// Unpacks gzip NDJSON piece by piece and hands on whole lines, never more than the limits allow.
import { isUtf8 } from 'node:buffer';
import { crc32, createInflateRaw } from 'node:zlib';
import { PackageError } from './errors.ts';
import type { Limits } from './limits.ts';

const BATCH = 500;
const LINE_FEED = 0x0a;

/** Lines seen so far in the whole package. */
export interface LineCount {
  total: number;
}

/** Whether the JSON text nests deeper than `limit`, found without parsing it. */
export function isTooDeep(line: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) quoted = false;
      continue;
    }
    if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return false;
}

/** Start of a gzip file without optional fields; six bytes of time stamp and the like follow. */
const GZIP_START = Buffer.from([0x1f, 0x8b, 8, 0]);
const GZIP_HEADER = 10;
/** Check sum and length. */
const GZIP_TRAILER = 8;

/**
 * One gzip entry of one member. Feed it pieces, then end it; both resolve when the lines were taken. Header and trailer are read
 * here: the library's own reader also takes several members one after the other.
 */
export class LineInflater {
  readonly #inflate = createInflateRaw();
  readonly #limits: Limits;
  readonly #plainLimit: number;
  readonly #count: LineCount;
  readonly #onLines: (lines: string[]) => void | Promise<void>;
  /** What came of the header so far, then the bytes that may be the trailer. */
  #held: Buffer = Buffer.alloc(0);
  #started = false;
  #deflated = 0;
  #crc = 0;
  #pieces: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #plain = 0;
  #failure: Error | null = null;
  lines = 0;

  constructor(
    limits: Limits,
    plainLimit: number,
    count: LineCount,
    onLines: (lines: string[]) => void | Promise<void>,
  ) {
    this.#limits = limits;
    this.#plainLimit = plainLimit;
    this.#count = count;
    this.#onLines = onLines;
    this.#inflate.on('data', (piece: Buffer) => {
      this.#plain += piece.length;
      this.#crc = crc32(piece, this.#crc);
      if (this.#plain <= this.#plainLimit) {
        this.#pieces.push(piece);
        return;
      }
      this.#failure ??= new PackageError('TOO_BIG', { reason: 'unpacked size' });
      this.#pieces = [];
      this.#inflate.destroy();
    });
    this.#inflate.on('error', () => {
      this.#failure ??= new PackageError('BAD_CONTENT', { reason: 'gzip' });
    });
  }

  /** Bytes unpacked. */
  get plain(): number {
    return this.#plain;
  }

  async write(piece: Buffer): Promise<void> {
    const deflated = this.#framed(piece);
    if (deflated.length === 0) return;
    this.#deflated += deflated.length;
    await this.#step((done) => {
      this.#inflate.write(deflated, done);
    });
    // More than the end of the compressed data: a second member, or something else behind the first.
    if (this.#inflate.bytesWritten !== this.#deflated) throw new PackageError('BAD_CONTENT', { reason: 'gzip' });
    await this.#takeLines();
  }

  async end(): Promise<void> {
    await this.#step((done) => {
      this.#inflate.once('end', done);
      this.#inflate.end();
    });
    await this.#takeLines();
    const sound =
      this.#started &&
      this.#held.length === GZIP_TRAILER &&
      this.#held.readUInt32LE(0) === this.#crc &&
      this.#held.readUInt32LE(4) === this.#plain % 2 ** 32;
    if (!sound) throw new PackageError('BAD_CONTENT', { reason: 'gzip' });
    if (this.#rest.length > 0) throw new PackageError('BAD_CONTENT', { reason: 'last line' });
  }

  /** Frees what is held, after a failure. */
  close(): void {
    this.#inflate.destroy();
  }

  /** The part of the next bytes that is compressed data: neither header nor possibly trailer. */
  #framed(piece: Buffer): Buffer {
    this.#held = Buffer.concat([this.#held, piece]);
    if (!this.#started) {
      if (this.#held.length < GZIP_HEADER) return Buffer.alloc(0);
      if (!this.#held.subarray(0, GZIP_START.length).equals(GZIP_START))
        throw new PackageError('BAD_CONTENT', { reason: 'gzip' });
      this.#held = this.#held.subarray(GZIP_HEADER);
      this.#started = true;
    }
    const end = Math.max(0, this.#held.length - GZIP_TRAILER);
    const deflated = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    return deflated;
  }

  async #step(work: (done: () => void) => void): Promise<void> {
    if (!this.#failure) {
      await new Promise<void>((resolve) => {
        this.#inflate.once('close', resolve);
        work(() => {
          resolve();
        });
      });
      this.#inflate.removeAllListeners('close');
    }
    if (this.#failure) throw this.#failure;
  }

  async #takeLines(): Promise<void> {
    if (this.#pieces.length === 0) return;
    const bytes = Buffer.concat([this.#rest, ...this.#pieces]);
    this.#pieces = [];
    let [at, batch]: [number, string[]] = [0, []];
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, at)) {
      batch.push(this.#line(bytes.subarray(at, end)));
      at = end + 1;
      if (batch.length === BATCH) {
        await this.#onLines(batch);
        batch = [];
      }
    }
    if (batch.length > 0) await this.#onLines(batch);
    this.#rest = Buffer.from(bytes.subarray(at));
    if (this.#rest.length > this.#limits.line) throw new PackageError('TOO_BIG', { reason: 'line' });
  }

  #line(bytes: Buffer): string {
    if (bytes.length > this.#limits.line) throw new PackageError('TOO_BIG', { reason: 'line' });
    this.lines += 1;
    this.#count.total += 1;
    if (this.#count.total > this.#limits.lines) throw new PackageError('TOO_BIG', { reason: 'lines' });
    // Decoding would put other characters in place of what is not UTF-8, and the text would no longer be what was signed.
    if (bytes.length === 0 || !isUtf8(bytes)) throw new PackageError('BAD_CONTENT', { reason: 'text' });
    const line = bytes.toString('utf8');
    if (isTooDeep(line, this.#limits.depth)) throw new PackageError('BAD_CONTENT', { reason: 'depth' });
    return line;
  }
}
