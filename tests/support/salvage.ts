// What a damaged part of a package must still give.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgeHeader } from '../../services/handoff-package/age.ts';
import { tarSize } from '../../services/handoff-package/tar.ts';
import { Broken } from './store-checks.ts';

/** Bytes of a chunk of an age file, with its authentication. */
export const AGE_CHUNK = 65_536 + 16;

/** Where a byte of the plain content lies in an age file with a header of that size. */
export const inFile = (header: number, plain: number): number => header + 16 + plain + 16 * Math.floor(plain / 65_536);

/** Where each attachment of a part ends in the file. */
export function endsIn(part: Buffer, blobs: readonly { sha256: string; size: number }[]): Map<string, number> {
  const header = parseAgeHeader(part, part.length).size;
  let tar = 2 * 512;
  return new Map(
    [...blobs]
      .sort((x, y) => (x.sha256 < y.sha256 ? -1 : 1))
      .map((blob) => {
        tar += tarSize(blob.size);
        return [blob.sha256, inFile(header, tar)];
      }),
  );
}

/** Hashes of the attachments in a workspace. @throws Broken when one is not what its name says */
export function storedIn(workspace: string): Set<string> {
  const folder = join(workspace, 'attachments');
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((f) => join(folder, f))
        .filter((f) => statSync(f).isFile())
    : [];
  for (const file of files)
    if (!file.endsWith(createHash('sha256').update(readFileSync(file)).digest('hex')))
      throw new Broken('I27', `${file} is not what its name says`);
  return new Set(files.map((f) => f.slice(-64)));
}

/** Whatever ends more than a chunk before a damage is stored, and what is not is counted as missing. @throws Broken */
export function checkSalvage(
  ends: ReadonlyMap<string, number>,
  damage: number,
  stored: ReadonlySet<string>,
  counted: { stored: number; missing: number },
): void {
  const lost = [...ends].filter(([sha256, end]) => end + AGE_CHUNK < damage && !stored.has(sha256));
  if (lost.length > 0)
    throw new Broken(
      'I29',
      `with the damage at ${damage}, ${lost.map(([sha256, end]) => `${sha256} (ends at ${end})`).join()} is not stored`,
    );
  if (counted.stored !== stored.size || counted.stored + counted.missing !== ends.size)
    throw new Broken('I29', `${JSON.stringify(counted)} is counted, but ${stored.size} of ${ends.size} are stored`);
}
