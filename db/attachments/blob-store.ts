// Immutable files addressed by their SHA-256: attachments/ab/<sha256>.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 } from 'uuid';

/** A stored file. */
export interface Blob {
  sha256: string;
  size: number;
}

const SHA256 = /^[0-9a-f]{64}$/;
const RENAME_TRIES = 6;

/** Whether a text is the SHA-256 of a file: what a database or a package says is not, until this was asked. */
export const isSha256 = (text: string): boolean => SHA256.test(text);

/** Where a file lies in a folder of attachments. @throws when the name is not a SHA-256 */
export function blobPath(folder: string, sha256: string): string {
  if (!isSha256(sha256)) throw new Error('not a SHA-256');
  return join(folder, sha256.slice(0, 2), sha256);
}

/** Thrown by `add` when a stream is larger than allowed. */
export class BlobTooBig extends Error {}

/** Thrown when content is not what its hash says. */
export class BlobDiffers extends Error {}

/** Renames with retries: virus scanners on Windows hold new files for a moment. */
export async function renameWithRetry(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(code) || attempt === RENAME_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 40 * attempt));
    }
  }
}

/** The attachment folder of a workspace. */
export class BlobStore {
  readonly #folder: string;
  readonly #temp: string;

  constructor(workspace: string) {
    this.#folder = join(workspace, 'attachments');
    this.#temp = join(workspace, 'attachments', 'tmp');
  }

  /** Absolute path of a blob. @throws when the name is not a SHA-256. */
  path(sha256: string): string {
    return blobPath(this.#folder, sha256);
  }

  /** Removes what was being written when an earlier process ended. Only whoever has the workspace may. */
  async clearTemporary(): Promise<void> {
    await rm(this.#temp, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Stores bytes; the same content is stored once, and anew where the file is damaged. Nothing is left behind when that fails. */
  async addBytes(bytes: Uint8Array): Promise<Blob> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const target = this.path(sha256);
    if (await this.#isWhole(sha256, bytes.length)) return { sha256, size: bytes.length };
    await mkdir(this.#temp, { recursive: true });
    const temp = join(this.#temp, v7());
    try {
      const handle = await open(temp, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await this.#settle(temp, target);
    } catch (error) {
      await rm(temp, { force: true });
      throw error;
    }
    return { sha256, size: bytes.length };
  }

  /** Stores a stream of at most `limit` bytes. @throws BlobTooBig; nothing is left behind then. */
  async addStream(stream: Readable, limit: number, expected?: string): Promise<Blob> {
    await mkdir(this.#temp, { recursive: true });
    const temp = join(this.#temp, v7());
    const hash = createHash('sha256');
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) {
          done(new BlobTooBig(`more than ${limit} bytes`));
          return;
        }
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(stream, meter, createWriteStream(temp, { flags: 'wx', flush: true }));
      const sha256 = hash.digest('hex');
      if (expected !== undefined && sha256 !== expected) {
        await rm(temp, { force: true });
        return { sha256, size };
      }
      const target = this.path(sha256);
      if (await this.#isWhole(sha256, size)) await rm(temp);
      else await this.#settle(temp, target);
      return { sha256, size };
    } catch (error) {
      await rm(temp, { force: true });
      throw error;
    }
  }

  /**
   * Stores content whose hash is known, from chunks.
   * @throws BlobTooBig, BlobDiffers when it is something else; nothing is left behind then
   */
  async addVerified(sha256: string, chunks: AsyncIterable<Buffer>, size: number): Promise<void> {
    const stored = await this.addStream(Readable.from(chunks, { objectMode: false }), size, sha256);
    if (stored.sha256 !== sha256) throw new BlobDiffers(sha256);
  }

  /** Whether the content is here; with its size, whether it is here in that size. */
  async has(sha256: string, size?: number): Promise<boolean> {
    return await stat(this.path(sha256)).then(
      (s) => s.isFile() && (size === undefined || s.size === size),
      () => false,
    );
  }

  /** Whether the content is here as it was stored: read and hashed, since what is there may be damaged. */
  async #isWhole(sha256: string, size: number): Promise<boolean> {
    if (!(await this.has(sha256, size))) return false;
    const hash = createHash('sha256');
    try {
      for await (const chunk of this.stream(sha256)) hash.update(chunk as Buffer);
    } catch {
      return false;
    }
    return hash.digest('hex') === sha256;
  }

  /** The whole content. */
  async read(sha256: string): Promise<Buffer> {
    return await readFile(this.path(sha256));
  }

  /** The content as a stream. */
  stream(sha256: string): Readable {
    return createReadStream(this.path(sha256));
  }

  async #settle(temp: string, target: string): Promise<void> {
    await mkdir(join(target, '..'), { recursive: true });
    await renameWithRetry(temp, target);
  }
}
