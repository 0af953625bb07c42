// How large each piece of a package may be; a reader stops at the first byte beyond.
const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Limits of a package, in bytes unless named otherwise. Tests lower them; the product never does. */
export interface Limits {
  manifest: number;
  certs: number;
  /** One ops-NNNNN.ndjson.gz as stored, and unpacked. */
  opsStored: number;
  opsPlain: number;
  /** have, seals, wants as stored; blobs has its own. Unpacked at most `listPlain`. */
  list: number;
  blobList: number;
  listPlain: number;
  line: number;
  /** Lines of the whole package. */
  lines: number;
  /** Nesting of one JSON line. */
  depth: number;
  blob: number;
  part: number;
}

/** The limits of the format. */
export const LIMITS: Limits = {
  manifest: 4 * MIB,
  certs: 64 * KIB,
  opsStored: 64 * MIB,
  opsPlain: 512 * MIB,
  list: 64 * MIB,
  blobList: 256 * MIB,
  listPlain: 4 * GIB,
  line: MIB,
  lines: 50_000_000,
  depth: 8,
  blob: 512 * MIB,
  part: GIB,
};

/** Bytes of an age header, recipients in it, and the largest scrypt work factor tried. */
export const AGE_HEADER_LIMIT = 64 * KIB;
export const RECIPIENTS_LIMIT = 64;
export const WORK_FACTOR_LIMIT = 18;

/** Work factor used when writing with a spoken code: the code alone has 99 bits. */
export const WORK_FACTOR = 16;

/** Tar bytes of one part: below 1 GiB even with the overhead of age. */
export const PART_BYTES = 1023 * MIB;

/** Pieces handed between the steps of a pipeline. */
export const CHUNK = 64 * KIB;
