// Documents that wait to be fetched by the window, each under a number of its own.
import { Readable } from 'node:stream';
import { v4 } from 'uuid';
import type { FileLink } from '../contract/shared.ts';

/** A file to be sent. */
export interface Download { fileName: string; mime: string; size: number; open(): Promise<Readable> }

const MIMES: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const KEEP = 50;

/** The mime type of a document by its ending. */
export const mimeOf = (fileName: string): string => MIMES[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/** The last documents made in this run. */
export class Downloads {
  readonly #files = new Map<string, Download>();

  /** Offers bytes under a link. */
  offer(fileName: string, bytes: Uint8Array): FileLink {
    return this.offerStream({ fileName, mime: mimeOf(fileName), size: bytes.length, open: async () => await Promise.resolve(Readable.from([bytes])) });
  }

  /** Offers something that is read when it is fetched. */
  offerStream(file: Download): FileLink {
    const id = v4();
    this.#files.set(id, file);
    const oldest = this.#files.keys().next().value;
    if (this.#files.size > KEEP && oldest) this.#files.delete(oldest);
    return { url: `/files/${id}`, fileName: file.fileName, size: file.size };
  }

  find(id: string): Download | null { return this.#files.get(id) ?? null; }
}
