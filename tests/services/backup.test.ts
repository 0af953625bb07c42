// Backups: due once a day, pruned by the rule, in two folders, cancelled.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { backupState, createBackup, isBackupDue, listBackups, setSecondFolder } from '../../services/backup/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { BackupPlace, left, order } from '../support/backups.ts';

let place: BackupPlace;
beforeEach(async () => { place = await BackupPlace.open(); });
afterEach(async () => { await place.close(); });
afterAll(async () => { await closeWorkers(); });

test('a backup is due once something was entered, not again the same day, again the next one and after 24 hours', async () => {
  expect(await isBackupDue(place.ctx)).toBe(true);
  const { at, path } = await place.make({ automatic: true, attachments: false });
  expect(path).toMatch(/backups[\\/]steward-\d{8}-\d{6}-auto\.sdbackup$/);
  expect(await isBackupDue(place.ctx)).toBe(false);
  expect(await isBackupDue(place.ctx, Date.parse(at) + 24 * 3_600_000)).toBe(true);
  const empty = place.newDesk('config2');
  await empty.create({ folder: join(place.root, 'w2'), organisation: '乙公司', office: '驻点', code: 'YJ', operator: '李', role: 'leader' });
  expect(await isBackupDue(empty.context)).toBe(false);
  await empty.close();
});

test('automatic backups are pruned by the rule in both folders; those a person made, and another workspace\'s, never', async () => {
  const second = join(place.root, 'stick');
  mkdirSync(second);
  await setSecondFolder(place.ctx, second);
  const own = await place.make();
  const first = await place.make({ automatic: true, attachments: false });
  // Backups of long ago, by their own word: the manifest's day is what counts, not the file's.
  const old = (day: string): string => {
    const bytes = readFileSync(first.path);
    const manifest = /"madeAt": "[^"]+"/.exec(bytes.toString('latin1'))?.[0] ?? '';
    bytes.write(manifest.replace(/\d{4}-\d{2}-\d{2}/, day), bytes.indexOf(manifest));
    return bytes as unknown as string;
  };
  for (const folder of [join(place.root, 'w', 'backups'), second]) {
    writeFileSync(join(folder, 'steward-20200105-100000-auto.sdbackup'), old('2020-01-05'));
    writeFileSync(join(folder, 'steward-20200105-110000.db'), 'SQLite format 3\0');
  }
  const last = await place.make({ automatic: true, attachments: false });
  for (const folder of [join(place.root, 'w', 'backups'), second]) {
    const names = readdirSync(folder);
    expect(names).toContain(last.name);
    expect(names).toContain('steward-20200105-110000.db');
    expect(names).not.toContain('steward-20200105-100000-auto.sdbackup');
  }
  expect(existsSync(own.path)).toBe(true);
  expect((await backupState(place.ctx)).second).toMatchObject({ folder: second, ok: true });
});

test('a second folder that is away does not spoil the backup: it is said beside it', async () => {
  const second = join(place.root, 'stick');
  mkdirSync(second);
  await setSecondFolder(place.ctx, second);
  rmSync(second, { recursive: true });
  const made = await place.make({ automatic: true, attachments: false });
  expect(existsSync(made.path)).toBe(true);
  const state = await backupState(place.ctx);
  expect(state.record?.ok).toBe(true);
  expect(state.notices).toContainEqual(expect.objectContaining({ id: 'second', tone: 'amber', text: expect.stringContaining('U 盘') as string }));
});

test('a cancelled backup ends within a second and leaves nothing; the state stays as it was', async () => {
  await place.addAttachment('big', 'x'.repeat(4_000_000));
  const made = await place.make();
  const abort = new AbortController();
  let startedAt = 0;
  const running = createBackup(place.ctx, order(), { signal: abort.signal, progress: () => { if (!startedAt) { startedAt = performance.now(); abort.abort(); } } });
  await expect(running).rejects.toBeDefined();
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(left(join(place.root, 'w', 'backups'))).toEqual([]);
  expect((await listBackups(place.ctx)).map((b) => b.name)).toEqual([made.name]);
  expect((await backupState(place.ctx)).record).toMatchObject({ ok: true, file: made.name });
});
