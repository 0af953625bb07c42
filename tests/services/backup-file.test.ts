// Files of backups: encrypted, damaged, of another format, each told apart.
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { listBackups, listBackupsAt } from '../../services/backup/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { BackupPlace, coded, PASSPHRASE } from '../support/backups.ts';

let place: BackupPlace;
beforeEach(async () => {
  place = await BackupPlace.open();
});
afterEach(async () => {
  await place.close();
});
afterAll(async () => {
  await closeWorkers();
});

test('encrypted: nothing can be read without the passphrase; a wrong passphrase is told from a damaged file', async () => {
  const made = await place.make({ passphrase: PASSPHRASE });
  expect(readFileSync(made.path).includes('海明')).toBe(false);
  expect((await listBackups(place.ctx))[0]).toMatchObject({
    encrypted: true,
    office: null,
    counts: null,
    problem: null,
  });
  await expect(place.verify(made.path)).rejects.toMatchObject(coded('NEEDS_PASSPHRASE'));
  await expect(place.verify(made.path, '不对的口令')).rejects.toMatchObject({
    data: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('文件本身是完好的') as string },
  });
  expect(await place.verify(made.path, PASSPHRASE)).toMatchObject({ ok: true, office: '华漕驻点' });
  expect(await place.restore(made.path, join(place.root, 'new'), { passphrase: PASSPHRASE })).toMatchObject({
    counts: { enterprise: 1 },
  });
  const bytes = readFileSync(made.path);
  const damaged = (at: number): Buffer => {
    const b = Buffer.from(bytes);
    b[at] = (b[at] ?? 0) ^ 1;
    return b;
  };
  // A bit in the header, known by the hash beside the file; one in the middle, known by the cipher.
  for (const at of [60, Math.floor(bytes.length / 2)]) {
    writeFileSync(made.path, damaged(at));
    await expect(place.verify(made.path, PASSPHRASE)).rejects.toMatchObject(coded('DAMAGED'));
  }
  rmSync(`${made.path}.sha256`);
  writeFileSync(made.path, damaged(60));
  await expect(place.verify(made.path, PASSPHRASE)).rejects.toMatchObject({
    data: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('或文件开头已损坏') as string },
  });
});

test('[F1][F2] a backup cut short or with a flipped bit anywhere is refused, and a restore of it leaves no folder behind', async () => {
  await place.addAttachment('a.txt', 'x'.repeat(5000));
  const made = await place.make();
  const bytes = readFileSync(made.path);
  const copy = join(place.root, 'copy.sdbackup');
  for (const length of [0, 100, 512, 700, 5000, Math.floor(bytes.length / 2), bytes.length - 3000]) {
    writeFileSync(copy, bytes);
    truncateSync(copy, length);
    await expect(place.verify(copy), `cut at ${length}`).rejects.toMatchObject({
      data: { code: expect.stringMatching(/CUT_SHORT|DAMAGED|NOT_A_BACKUP/) as string },
    });
  }
  for (const at of [520, 6000, Math.floor(bytes.length / 2), bytes.length - 4000]) {
    const b = Buffer.from(bytes);
    b[at] = (b[at] ?? 0) ^ 4;
    writeFileSync(copy, b);
    const outcome = await place.verify(copy).then(
      (v) => (v.ok ? 'ok' : 'problems'),
      (error: { data: { code: string } }) => error.data.code,
    );
    expect(outcome, `bit at ${at}`).not.toBe('ok');
  }
  truncateSync(copy, Math.floor(bytes.length / 2));
  await expect(place.restore(copy, join(place.root, 'never'))).rejects.toMatchObject(coded('CUT_SHORT'));
  expect(existsSync(join(place.root, 'never'))).toBe(false);
});

test('a newer format and a file that is no backup are refused as what they are', async () => {
  const made = await place.make();
  const bytes = readFileSync(made.path);
  const at = bytes.indexOf('"format": 1');
  bytes.write('"format": 9', at);
  const copy = join(place.root, 'steward-20260101-000000.sdbackup');
  writeFileSync(copy, bytes);
  await expect(place.verify(copy)).rejects.toMatchObject(coded('NEWER_FORMAT'));
  expect((await listBackupsAt(place.root))[0]?.problem).toContain('新版本');
  writeFileSync(copy, 'hello');
  await expect(place.verify(copy)).rejects.toMatchObject(coded('NOT_A_BACKUP'));
  await expect(place.verify(join(place.root, 'no.sdbackup'))).rejects.toMatchObject(coded('FILE_NOT_FOUND'));
});

test('garbage after the end of a backup is noticed', async () => {
  const made = await place.make();
  appendFileSync(made.path, Buffer.alloc(4096, 0x41));
  await expect(place.verify(made.path)).rejects.toMatchObject(coded('DAMAGED'));
});
