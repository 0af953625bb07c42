// Names inside a package, and the two small texts both sides must spell alike.
import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';

export const INDEX_FILE = 'index.ehx';
export const SUMS_FILE = 'sums.txt';
export const README_FILE = 'READ-ME.txt';
/** File in the temporary folder of a writer: which folder it writes, in case it is killed. */
export const FOLDER_NOTE = 'folder.txt';
export const PART_LIMIT = 9999;

/** File name of a part in its folder. */
export const partFile = (no: number): string => `part-${String(no).padStart(4, '0')}.ehp`;
/** Entry name of the n-th operations file, counted from 1. */
export const opsEntry = (no: number): string => `ops-${String(no).padStart(5, '0')}.ndjson.gz`;

/** What the signature of a manifest is over. */
export const signedBytes = (manifest: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('handoff-manifest-v1\0', 'latin1'), manifest]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** part.json: canonical JSON, first entry of a part. */
export const partHeadSchema = z.looseObject({
  package_id: z.uuid(),
  no: z.int().min(1).max(PART_LIMIT),
  manifest_sha256: sha256,
});

/** Collects the hashes of the entries that precede `end`. */
export class EndSum {
  readonly #hash: Hash = createHash('sha256');
  #count = 0;

  /** Adds the next entry's SHA-256, in hex. */
  add(hex: string): void {
    this.#hash.update(Buffer.from(hex, 'hex'));
    this.#count += 1;
  }

  /** Content of `end`. May be called once. */
  text(): string {
    return `${this.#count}\n${this.#hash.digest('hex')}\n`;
  }
}
