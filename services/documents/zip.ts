// A zip of files that are packed already (Word documents): stored one after the other, so that memory holds one of them.
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1 January 2026, which no reader takes for a fault. */
const DOS_DAY = ((2026 - 1980) << 9) | (1 << 5) | 1;
/** What fits into the sizes and numbers of a zip without its extension. */
const MOST_BYTES = 0xffff_fff0;
const MOST_FILES = 0xffff;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly at: number;
}

/** Fields that stand in the head of a file and in the directory alike. */
function shared({ name, crc, size }: Entry): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(UTF8, 2);
  head.writeUInt16LE(DOS_DAY, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(size, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Writes a zip file by file. */
export class ZipFile {
  readonly #file: FileHandle;
  readonly #entries: Entry[] = [];
  readonly #names = new Set<string>();
  #at = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** A new file at a path. */
  static async create(path: string): Promise<ZipFile> {
    return new ZipFile(await open(path, 'wx'));
  }

  async #write(...parts: Buffer[]): Promise<void> {
    const bytes = Buffer.concat(parts);
    await this.#file.write(bytes);
    this.#at += bytes.length;
  }

  /** Whether another file of this size fits. */
  fits(size: number): boolean {
    return this.#entries.length < MOST_FILES - 1 && this.#at + size < MOST_BYTES - 300 * this.#entries.length;
  }

  /** Adds a file; the name under which it stands there, which is told apart from others by a number. */
  async add(name: string, bytes: Uint8Array): Promise<string> {
    const dot = name.lastIndexOf('.');
    let free = name;
    for (let n = 2; this.#names.has(free); n += 1) free = `${name.slice(0, dot)}（${n}）${name.slice(dot)}`;
    this.#names.add(free);
    const entry = { name: Buffer.from(free), crc: crc32(bytes), size: bytes.length, at: this.#at };
    this.#entries.push(entry);
    await this.#write(number(LOCAL), shared(entry), entry.name, Buffer.from(bytes));
    return free;
  }

  /** Writes the directory and closes the file; its size. */
  async finish(): Promise<number> {
    const from = this.#at;
    for (const entry of this.#entries) {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(entry.at, 10);
      await this.#write(number(CENTRAL), Buffer.from([20, 0]), shared(entry), rest, entry.name);
    }
    const end = Buffer.alloc(18);
    end.writeUInt16LE(this.#entries.length, 4);
    end.writeUInt16LE(this.#entries.length, 6);
    end.writeUInt32LE(this.#at - from, 8);
    end.writeUInt32LE(from, 12);
    await this.#write(number(END), end);
    await this.#file.close();
    return this.#at;
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
