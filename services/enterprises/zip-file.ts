// One file that holds many: each goes to the disk as it comes; Word documents are packed already and only stored.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';

/** A zip that is written file by file; larger than 4 GB too. */
export class ZipFile {
  readonly #path: string;
  readonly #zip = new yazl.ZipFile();
  readonly #names = new Set<string>();
  readonly #written: Promise<void>;
  /** Why the disk took no more. */
  #failure: Error | null = null;

  /** A new file at a path. */
  constructor(path: string) {
    this.#path = path;
    this.#written = pipeline(this.#zip.outputStream, createWriteStream(path, { flags: 'wx' }));
    this.#written.catch((error: Error) => {
      this.#failure = error;
    });
  }

  /**
   * Adds a file; the name under which it stands there, which is told apart from others by a number.
   * @throws the error of the file system that ended the writing
   */
  add(name: string, bytes: Uint8Array): string {
    if (this.#failure) throw this.#failure;
    const dot = name.lastIndexOf('.');
    let free = name;
    for (let n = 2; this.#names.has(free); n += 1) free = `${name.slice(0, dot)}（${n}）${name.slice(dot)}`;
    this.#names.add(free);
    this.#zip.addBuffer(Buffer.from(bytes), free, { compress: false });
    return free;
  }

  /** Writes the directory and closes the file; its size in bytes. */
  async finish(): Promise<number> {
    this.#zip.end();
    await this.#written;
    return (await stat(this.#path)).size;
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    (this.#zip.outputStream as PassThrough).destroy();
    await this.#written.catch(() => undefined);
  }
}
