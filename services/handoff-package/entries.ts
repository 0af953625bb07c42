// Line by line into gzip files of known size: what goes into an index, before its table of contents can be written.
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { fromSystem, PackageError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { ManifestEntry } from './manifest.ts';

const deflate = promisify(deflateRaw);

/** Lines handed on together, in bytes: little enough for memory, enough to compress well. */
const BATCH = 256 * 1024;
const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');
/** An empty last block of deflate. */
const LAST_BLOCK = Buffer.from([3, 0]);
const GZIP_END = LAST_BLOCK.length + 8;

/** An entry lying in a temporary file. */
export interface StoredEntry extends ManifestEntry {
  path: string;
}

/** What a set of entries is called and how large each may become; one that `rolls` goes on in the next file. */
export interface LinesPlan {
  name(no: number): string;
  rolls: boolean;
  stored: number;
  plain: number;
}

/** Where entries are written; `lines` counts those of the whole package. `check` throws once people cancelled. */
export interface EntryRoom {
  folder: string;
  limits: Limits;
  lines: number;
  check(): void;
  written?(lines: number): void;
}

interface Batch {
  text: Buffer;
  lines: number;
}

async function inTemp<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fromSystem(error, 'temp');
  }
}

/**
 * One gzip file of one member. Each batch is compressed on its own and ends on a byte, so its exact size is known
 * before it is decided which file it goes into.
 */
class GzipFile {
  readonly #path: string;
  readonly #name: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #crc = 0;
  #size = 0;
  #plain = 0;
  #lines = 0;

  private constructor(path: string, name: string, handle: FileHandle) {
    this.#path = path;
    this.#name = name;
    this.#handle = handle;
  }

  static async create(folder: string, name: string): Promise<GzipFile> {
    const path = join(folder, name);
    const file = new GzipFile(path, name, await inTemp(open(path, 'wx')));
    await file.#put(GZIP_HEADER);
    return file;
  }

  async #put(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    await inTemp(this.#handle.writeFile(bytes));
  }

  takes(packed: number, plain: number, plan: LinesPlan): boolean {
    return this.#size + packed + GZIP_END <= plan.stored && this.#plain + plain <= plan.plain;
  }

  async append(packed: Buffer, batch: Batch): Promise<void> {
    this.#crc = crc32(batch.text, this.#crc);
    this.#plain += batch.text.length;
    this.#lines += batch.lines;
    await this.#put(packed);
  }

  async finish(): Promise<StoredEntry> {
    const end = Buffer.alloc(GZIP_END);
    LAST_BLOCK.copy(end);
    end.writeUInt32LE(this.#crc, LAST_BLOCK.length);
    end.writeUInt32LE(this.#plain % 2 ** 32, LAST_BLOCK.length + 4);
    await this.#put(end);
    await this.close();
    return {
      name: this.#name,
      path: this.#path,
      sha256: this.#hash.digest('hex'),
      size: this.#size,
      plain: this.#plain,
      lines: this.#lines,
    };
  }

  async close(): Promise<void> {
    await inTemp(this.#handle.close());
  }
}

/** Compresses batches into files, one file after the other, while the next batch is being gathered. */
class Entries {
  readonly #plan: LinesPlan;
  readonly #room: EntryRoom;
  readonly #done: StoredEntry[] = [];
  #file: GzipFile | null = null;
  #storing: Promise<void> = Promise.resolve();

  constructor(plan: LinesPlan, room: EntryRoom) {
    this.#plan = plan;
    this.#room = room;
  }

  async add(batch: Batch): Promise<void> {
    await this.#storing;
    this.#room.check();
    this.#storing = this.#store(batch);
    // Its error is thrown by the next wait; until then nobody listens.
    this.#storing.catch(() => undefined);
  }

  async #open(): Promise<GzipFile> {
    this.#file = await GzipFile.create(this.#room.folder, this.#plan.name(this.#done.length + 1));
    return this.#file;
  }

  async #store(batch: Batch): Promise<void> {
    const packed = await deflate(batch.text, { finishFlush: constants.Z_SYNC_FLUSH });
    let file = this.#file ?? (await this.#open());
    if (!file.takes(packed.length, batch.text.length, this.#plan) && this.#plan.rolls) {
      this.#done.push(await file.finish());
      file = await this.#open();
    }
    if (!file.takes(packed.length, batch.text.length, this.#plan))
      throw new PackageError('TOO_BIG', { entry: this.#plan.name(this.#done.length + 1) });
    await file.append(packed, batch);
    this.#room.written?.(batch.lines);
  }

  async end(): Promise<StoredEntry[]> {
    await this.#storing;
    if (!this.#plan.rolls && this.#file === null) await this.#open();
    if (this.#file !== null) this.#done.push(await this.#file.finish());
    this.#file = null;
    return this.#done;
  }

  async abandon(): Promise<void> {
    await this.#storing.catch(() => undefined);
    await this.#file?.close().catch(() => undefined);
  }
}

function lineSize(line: string, room: EntryRoom): number {
  const size = Buffer.byteLength(line);
  room.lines += 1;
  if (size > room.limits.line || room.lines > room.limits.lines) throw new PackageError('TOO_BIG', { reason: 'lines' });
  return size + 1;
}

/**
 * Writes lines (without line feed) into files of the room: one file, or as many as the plan's limits ask for (none without lines).
 * @throws PackageError TOO_BIG, NO_SPACE, CANCELLED; errors of the source pass through.
 */
export async function writeLines(
  lines: AsyncIterable<string> | Iterable<string>,
  plan: LinesPlan,
  room: EntryRoom,
): Promise<StoredEntry[]> {
  const entries = new Entries(plan, room);
  const full = Math.min(BATCH, Math.floor(plan.stored / 2), Math.floor(plan.plain / 2));
  let batch: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await entries.add({ text: Buffer.from(`${batch.join('\n')}\n`), lines: batch.length });
    batch = [];
    size = 0;
  };
  try {
    for await (const line of lines) {
      const bytes = lineSize(line, room);
      if (batch.length > 0 && size + bytes > full) await flush();
      batch.push(line);
      size += bytes;
    }
    if (batch.length > 0) await flush();
    return await entries.end();
  } catch (error) {
    await entries.abandon();
    throw error;
  }
}
