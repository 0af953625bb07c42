// Row ids: UUIDv7 in the order in which they were made, from pooled random bytes.
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
const pool = new Uint8Array(BYTES * 512);
let used = pool.length;
let [lastMs, seq] = [0, 0];

/** A new UUIDv7; greater than every one made before it in this process. */
export function newId(): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + BYTES);
  used += BYTES;
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    seq = ((random[6] ?? 0) << 16) | ((random[7] ?? 0) << 8) | (random[8] ?? 0);
  } else seq += 1;
  return v7({ random, msecs: lastMs, seq });
}
