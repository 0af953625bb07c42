// Documents that wait to be fetched by the window, each under a number of its own.
import { lookup } from '../domain/values/lookup.ts';
import { Readable } from 'node:stream';
import { v4 } from 'uuid';
import type { FileLink } from '../contract/shared.ts';
import { safeFileName } from '../domain/values/file-name.ts';

/** A file to be sent. */
export interface Download {
  fileName: string;
  mime: string;
  size: number;
  open(): Promise<Readable>;
}

const MIMES: Readonly<Record<string, string>> = lookup({
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
/** Documents kept, and bytes of them kept in memory: the window fetches a document as soon as it is made. */
const KEEP = 50;
const MAX_BYTES = 64 * 1024 * 1024;

/** The mime type of a document by its ending. */
export const mimeOf = (fileName: string): string =>
  MIMES[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/** The last documents made in this run. */
export class Downloads {
  readonly #files = new Map<string, Download>();
  /** Bytes in memory by link. */
  readonly #held = new Map<string, number>();

  /** Offers bytes under a link. */
  offer(fileName: string, bytes: Uint8Array): FileLink {
    const link = this.offerStream({
      fileName,
      mime: mimeOf(fileName),
      size: bytes.length,
      open: async () => await Promise.resolve(Readable.from([bytes])),
    });
    this.#held.set(link.url, bytes.length);
    this.#forgetOldest();
    return link;
  }

  /** Offers something that is read when it is fetched, under a name that every system takes. */
  offerStream(given: Download): FileLink {
    const file = { ...given, fileName: safeFileName(given.fileName) };
    const id = v4();
    this.#files.set(id, file);
    this.#forgetOldest();
    return { url: `files/${id}`, fileName: file.fileName, size: file.size };
  }

  /** The newest one is always kept. */
  #forgetOldest(): void {
    let bytes = [...this.#held.values()].reduce((sum, n) => sum + n, 0);
    for (const id of [...this.#files.keys()].slice(0, -1)) {
      const own = this.#held.get(`files/${id}`) ?? 0;
      if (this.#files.size <= KEEP && bytes <= MAX_BYTES) return;
      if (this.#files.size <= KEEP && own === 0) continue;
      this.#files.delete(id);
      this.#held.delete(`files/${id}`);
      bytes -= own;
    }
  }

  find(id: string): Download | null {
    return this.#files.get(id) ?? null;
  }
}
