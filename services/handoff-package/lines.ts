// Unpacks gzip NDJSON piece by piece and hands on whole lines, never more than the limits allow.
import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import { PackageError } from './errors.ts';
import type { Limits } from './limits.ts';

const BATCH = 500;
const LINE_FEED = 0x0a;

/** Lines seen so far in the whole package. */
export interface LineCount { total: number }

/** Whether the JSON text nests deeper than `limit`, found without parsing it. */
export function isTooDeep(line: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line.charCodeAt(i);
    if (quoted) { if (c === 0x5c) i += 1; else if (c === 0x22) quoted = false; continue; }
    if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) { depth += 1; if (depth > limit) return true; }
    else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return false;
}

/** One gzip entry. Feed it pieces, then end it; both resolve when the lines were taken. */
export class LineInflater {
  readonly #gunzip = createGunzip();
  readonly #limits: Limits;
  readonly #plainLimit: number;
  readonly #count: LineCount;
  readonly #onLines: (lines: string[]) => void | Promise<void>;
  #pieces: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #plain = 0;
  #failure: Error | null = null;
  lines = 0;

  constructor(limits: Limits, plainLimit: number, count: LineCount, onLines: (lines: string[]) => void | Promise<void>) {
    this.#limits = limits; this.#plainLimit = plainLimit; this.#count = count; this.#onLines = onLines;
    this.#gunzip.on('data', (piece: Buffer) => {
      this.#plain += piece.length;
      if (this.#plain <= this.#plainLimit) { this.#pieces.push(piece); return; }
      this.#failure ??= new PackageError('TOO_BIG', { reason: 'unpacked size' });
      this.#pieces = [];
      this.#gunzip.destroy();
    });
    this.#gunzip.on('error', () => { this.#failure ??= new PackageError('BAD_CONTENT', { reason: 'gzip' }); });
  }

  /** Bytes unpacked. */
  get plain(): number { return this.#plain; }

  async write(piece: Buffer): Promise<void> {
    await this.#step((done) => { this.#gunzip.write(piece, done); });
    await this.#takeLines();
  }

  async end(): Promise<void> {
    await this.#step((done) => { this.#gunzip.once('end', done); this.#gunzip.end(); });
    await this.#takeLines();
    if (this.#rest.length > 0) throw new PackageError('BAD_CONTENT', { reason: 'last line' });
  }

  /** Frees what is held, after a failure. */
  close(): void { this.#gunzip.destroy(); }

  async #step(work: (done: () => void) => void): Promise<void> {
    if (!this.#failure) {
      await new Promise<void>((resolve) => {
        this.#gunzip.once('close', resolve);
        work(() => { resolve(); });
      });
      this.#gunzip.removeAllListeners('close');
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
      if (batch.length === BATCH) { await this.#onLines(batch); batch = []; }
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
