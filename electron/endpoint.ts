// The private address of one start of the back end: a pipe that nobody can guess and a secret that nobody else knows.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Endpoint {
  pipe: string;
  secret: string;
}

/** Longest path of a Unix socket that every system takes (macOS: 104 bytes with the closing zero). */
const LONGEST_SOCKET_PATH = 103;

/**
 * A new endpoint. A Unix socket lies in a folder that only this user may enter (mkdtemp makes it 0700); on Windows the
 * name is random and the secret does the guarding.
 */
export function newEndpoint(platform: NodeJS.Platform = process.platform, temporary = tmpdir()): Endpoint {
  const secret = randomBytes(32).toString('base64url');
  if (platform === 'win32') return { pipe: `\\\\.\\pipe\\steward-desk-${randomBytes(16).toString('hex')}`, secret };
  const fits = Buffer.byteLength(join(temporary, 'steward-XXXXXX', 'pipe')) <= LONGEST_SOCKET_PATH;
  return { pipe: join(mkdtempSync(join(fits ? temporary : '/tmp', 'steward-')), 'pipe'), secret };
}

/** Removes what an endpoint leaves on the disk; on Windows a pipe goes with its process. */
export function discardEndpoint(endpoint: Endpoint, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32') rmSync(join(endpoint.pipe, '..'), { recursive: true, force: true });
}
