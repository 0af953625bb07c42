// Attachments of a package into the workspace. Most of the time goes by waiting for the disk, so several wait together.
import type { BlobStore, StagedBlob } from '../../db/index.ts';
import { fromSystem, THUMBNAIL_EDGE } from '../handoff-package/index.ts';

/** Up to this size (bytes) a file is held in memory while the next ones are read. */
const SMALL = 1024 * 1024;
const AT_ONCE = 8;

/** The library of pictures is loaded for those that need it: most packages have no small pictures, and it takes its memory. */
async function isPicture(bytes: Uint8Array): Promise<boolean> {
  const { isSmallPicture } = await import('../photos/index.ts');
  return await isSmallPicture(bytes, THUMBNAIL_EDGE);
}

/** Takes the files that `readPart` gives. What was taken is on the disk after `settle`. */
export class FileSink {
  readonly #blobs: BlobStore;
  readonly #onStored: () => void;
  readonly #needless: ReadonlySet<string>;
  readonly #pictures: ReadonlySet<string>;
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #pending = new Map<string, Promise<void>>();
  #failure: { error: unknown } | null = null;

  /**
   * `expected` says which files are small pictures, which are kept only if they are pictures. `onStored` is called once
   * for each file that was not there.
   */
  constructor(blobs: BlobStore, expected: readonly StagedBlob[], onStored: () => void) {
    this.#blobs = blobs;
    this.#onStored = onStored;
    this.#needless = new Set(expected.filter((b) => b.needless === 1).map((b) => b.sha256));
    this.#sizes = new Map(expected.map((b) => [b.sha256, b.size]));
    this.#pictures = new Set(expected.filter((b) => b.original !== null).map((b) => b.sha256));
  }

  /** Whether a file is here whole, on its way, or of no use. */
  async has(sha256: string): Promise<boolean> {
    if (this.#needless.has(sha256) || this.#pending.has(sha256)) return true;
    return await this.#blobs.has(sha256, this.#sizes.get(sha256));
  }

  /** Takes a file in. The chunks end in an error when they are not what was signed; nothing is kept then. */
  async add(sha256: string, chunks: AsyncIterable<Buffer>, size: number): Promise<void> {
    this.#check();
    if (size > SMALL) {
      await this.#blobs.addVerified(sha256, chunks, size);
      this.#onStored();
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of chunks) pieces.push(piece);
    while (this.#pending.size >= AT_ONCE) await Promise.race(this.#pending.values());
    this.#pending.set(sha256, this.#store(sha256, Buffer.concat(pieces)));
  }

  /** Waits for the files on their way. */
  async settle(): Promise<void> {
    await Promise.all(this.#pending.values());
  }

  /** Waits likewise. @throws PackageError NO_SPACE and other faults of the disk */
  async end(): Promise<void> {
    await this.settle();
    this.#check();
  }

  async #store(sha256: string, bytes: Buffer): Promise<void> {
    try {
      if (this.#pictures.has(sha256) && !(await isPicture(bytes))) return;
      await this.#blobs.addBytes(bytes);
      this.#onStored();
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#pending.delete(sha256);
    }
  }

  #check(): void {
    if (this.#failure) throw fromSystem(this.#failure.error, 'temp');
  }
}
