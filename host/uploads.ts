// Uploaded files wait in a folder of their own until a procedure uses them; after an hour nobody will.
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { BlobStore, isRunning } from '../db/index.ts';

const FOLDER = /^steward-upload-(\d+)-/;

/** Removes what back ends left behind that were killed: uploads hold clients' papers. */
export async function clearLeftUploads(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = Number(FOLDER.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

const AN_HOUR = 3_600_000;

/** Files on their way in, named by their SHA-256. */
export class Uploads {
  readonly #folder = mkdtempSync(join(tmpdir(), `steward-upload-${process.pid}-`));
  readonly #blobs = new BlobStore(this.#folder);
  readonly #came = new Map<string, number>();

  /** Takes a stream of at most `limit` bytes. @throws BlobTooBig */
  async receive(stream: Readable, limit: number): Promise<{ id: string; size: number }> {
    const blob = await this.#blobs.addStream(stream, limit);
    this.#came.set(blob.sha256, Date.now());
    for (const [id, at] of this.#came) {
      if (Date.now() - at < AN_HOUR) continue;
      this.#came.delete(id);
      await rm(this.#blobs.path(id), { force: true });
    }
    return { id: blob.sha256, size: blob.size };
  }

  /** The bytes of an upload, or null when it is not (or no longer) here. */
  async bytes(id: string): Promise<Buffer | null> {
    return (await this.#blobs.has(id)) ? await this.#blobs.read(id) : null;
  }

  /** Removes everything. */
  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
