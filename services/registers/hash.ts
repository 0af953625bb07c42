// Digest of the files of an import.
import { createHash } from 'node:crypto';

/** SHA-256 of all bytes of an import, whatever the files are called. */
export function sha256Of(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
