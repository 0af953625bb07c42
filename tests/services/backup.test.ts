// Backups: due once a day, pruned by the rule, in two folders, cancelled.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { backupState, createBackup, isBackupDue, listBackups, setSecondFolder } from '../../services/backup/index.ts';
import { act } from '../../services/context.ts';
import { createEnterprise } from '../../services/enterprises/index.ts';
import { writeSetting } from '../../services/settings.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { BackupPlace, left, order } from '../support/backups.ts';

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

test('a backup is due once something was entered, not again the same day, again the next one and after 24 hours', async () => {
  expect(await isBackupDue(place.ctx)).toBe(true);
  const { at, path } = await place.make({ automatic: true, attachments: false });
  expect(path).toMatch(/backups[\\/]steward-\d{8}-\d{6}-auto\.sdbackup$/);
  expect(await isBackupDue(place.ctx)).toBe(false);
  expect(await isBackupDue(place.ctx, Date.parse(at) + 24 * 3_600_000)).toBe(true);
  const empty = place.newDesk('config2');
  await empty.create({
    folder: join(place.root, 'w2'),
    organisation: '乙公司',
    office: '驻点',
    code: 'YJ',
    operator: '李',
    role: 'leader',
  });
  expect(await isBackupDue(empty.context)).toBe(false);
  await empty.close();
});

test("automatic backups are pruned by the rule in both folders; those a person made, and another workspace's, never", async () => {
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
  expect(state.notices).toContainEqual(
    expect.objectContaining({ id: 'second', tone: 'amber', text: expect.stringContaining('U 盘') as string }),
  );
});

test('a failed backup is tried again whatever succeeded that day and whatever the clock said; a lost file is made again', async () => {
  const { at, path } = await place.make({ automatic: true, attachments: false });
  const made = Date.parse(at);
  const minute = 60_000;
  const failedAt = async (when: number): Promise<void> => {
    const record = {
      at: new Date(when).toISOString(),
      ok: false,
      file: '',
      sentence: '磁盘空间不足',
      lastOk: { at, file: 'x' },
    };
    await writeSetting(place.ctx.store, 'lastBackup', JSON.stringify(record));
  };
  await failedAt(made + minute);
  expect(await isBackupDue(place.ctx, made + 30 * minute)).toBe(false);
  expect(await isBackupDue(place.ctx, made + 62 * minute)).toBe(true);
  // The clock ran ahead when it failed: it must not wait until the clock comes there again.
  await failedAt(made + 400 * 24 * 60 * minute);
  expect(await isBackupDue(place.ctx, made + minute)).toBe(true);
  await place.make({ automatic: true, attachments: false });
  expect(await isBackupDue(place.ctx)).toBe(false);
  for (const name of readdirSync(join(path, '..'))) rmSync(join(path, '..', name));
  expect((await backupState(place.ctx)).notices).toContainEqual(
    expect.objectContaining({ id: 'backup', tone: 'amber', title: '上次的备份已不在' }),
  );
  expect(await isBackupDue(place.ctx)).toBe(true);
});

test('the demonstration town is backed up like any other workspace, as its first page promises', async () => {
  const demo = place.newDesk('demo-config');
  const given = { organisation: '甲', office: '青溪驻点', code: 'QX', operator: '陈思远', role: 'leader', demo: true };
  const ctx = await demo.create({ folder: join(place.root, 'demo'), ...given });
  expect(await isBackupDue(ctx)).toBe(false);
  const town = await act(ctx, 't', 'form', async (tx) => await tx.insert(area, { level: 'town', name: '青溪镇' }));
  await createEnterprise(ctx, { name: '青溪机械有限公司', townId: town.value.id });
  expect(await isBackupDue(ctx)).toBe(true);
  await demo.close();
});

test('a backup that a person asks for while an automatic one runs waits for it and is made', async () => {
  const both = await Promise.all([place.make({ automatic: true, attachments: false }), place.make()]);
  expect((await listBackups(place.ctx)).map((b) => b.name).sort()).toEqual(both.map((b) => b.name).sort());
  const automatic = [place.make(), place.make({ automatic: true, attachments: false })];
  expect((await Promise.allSettled(automatic)).map((r) => r.status)).toEqual(['fulfilled', 'rejected']);
});

test('a cancelled backup ends at its next step and leaves nothing; the state stays as it was', async () => {
  await place.addAttachment('big', 'x'.repeat(4_000_000));
  const made = await place.make();
  const abort = new AbortController();
  const steps: number[] = [];
  const running = createBackup(place.ctx, order(), {
    signal: abort.signal,
    progress: (done) => {
      steps.push(done);
      abort.abort();
    },
  });
  await expect(running).rejects.toBeDefined();
  // What was said before the cancel arrived may still come.
  expect(steps.length).toBeLessThan(5);
  expect(left(join(place.root, 'w', 'backups'))).toEqual([]);
  expect((await listBackups(place.ctx)).map((b) => b.name)).toEqual([made.name]);
  expect((await backupState(place.ctx)).record).toMatchObject({ ok: true, file: made.name });
});
