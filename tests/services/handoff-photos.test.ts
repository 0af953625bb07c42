// Many photos through a hand-off, in processes like the back end: memory stays bounded, and a damaged part gives all before the damage.
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asker, type Ask } from '../../bench/lib/handoff-step.ts';
import { folderOf } from '../../bench/lib/offices.ts';

/** Everything resident, with the mapped files, of the process that does what the back end does. */
const PEAK_MB = 300;
const AGE_CHUNK = 64 * 1024;

let root: string;
let ask: Ask;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-photos-'));
  ask = await asker(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Names of the attachments that a workspace has rows of, and whether their content is there. */
function photosIn(copy: string): Map<string, boolean> {
  const folder = folderOf(root, copy);
  const db = new Database(join(folder, 'steward.db'), { readonly: true, fileMustExist: true });
  try {
    const names = db.prepare('SELECT DISTINCT sha256 FROM attachment ORDER BY sha256').pluck().all() as string[];
    return new Map(
      names.map((sha256) => [sha256, existsSync(join(folder, 'attachments', sha256.slice(0, 2), sha256))]),
    );
  } finally {
    db.close();
  }
}

test('20,000 photos go out and in, each way with less than 300 MB in all', async () => {
  const photos = 20_000;
  await ask({ step: 'build', sizes: { enterprises: 40, findings: 400, photos, photoBytes: 2_000 } });
  const out = await ask({ step: 'export', copy: 'a', order: {} });
  expect(out.exported).toMatchObject({ attachments: photos });
  expect(out.watched?.peak).toBeLessThan(PEAK_MB);
  const taken = await ask({ step: 'import', copy: 'b', path: out.exported?.folder ?? '' });
  expect(taken.imported).toMatchObject({ stored: photos, missing: 0 });
  expect(taken.watched?.peak).toBeLessThan(PEAK_MB);
});

test('[I29] a part damaged in the middle gives every whole photo before the damage, and the others are counted as missing', async () => {
  const [photos, photoBytes] = [600, 9_000];
  await ask({ step: 'build', sizes: { enterprises: 5, findings: 20, photos, photoBytes } });
  const { exported } = await ask({ step: 'export', copy: 'a', order: {} });
  const part = join(exported?.folder ?? '', 'part-0001.ehp');
  const { size } = statSync(part);
  const at = Math.floor(size / 2);
  const file = openSync(part, 'r+');
  writeSync(file, Buffer.from('damaged!'), 0, 8, at);
  closeSync(file);
  rmSync(join(exported?.folder ?? '', 'sums.txt'));
  const { imported } = await ask({ step: 'import', copy: 'b', path: exported?.folder ?? '' });

  const held = photosIn('b');
  const present = [...held].filter(([, here]) => here).map(([sha256]) => sha256);
  // In a part, photos lie in the order of their hashes: what is there is the beginning of the list, without a gap.
  expect(present).toEqual([...held.keys()].slice(0, present.length));
  // What ends a chunk of the encryption before the damage is whole.
  const each = 512 * (1 + Math.ceil(photoBytes / 512));
  expect(present.length).toBeGreaterThanOrEqual(Math.floor((at - AGE_CHUNK - 4096) / each));
  expect(present.length).toBeLessThan(photos);
  expect(imported).toMatchObject({ stored: present.length, missing: photos - present.length });
  expect(readdirSync(join(folderOf(root, 'b'), 'attachments', 'tmp'))).toEqual([]);

  // An undamaged copy gives the rest; what the receipt asks for is then nothing.
  const again = await ask({ step: 'export', copy: 'a', order: { full: true } });
  expect((await ask({ step: 'import', copy: 'b', path: again.exported?.folder ?? '' })).imported).toMatchObject({
    stored: photos - present.length,
    missing: 0,
  });
});
