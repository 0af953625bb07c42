// Backups restored: elsewhere with the same counts, in place of a damaged workspace, never over anything, as a new device.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../services/context.ts';
import { checkIntegrity, listBackups } from '../../services/backup/index.ts';
import { createEnterprise } from '../../services/enterprises/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { BackupPlace, coded, control, enterprises, left } from '../support/backups.ts';

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

test('a full backup restored into a new folder has the same rows in every table and every attachment, byte for byte', async () => {
  const sha = await place.addAttachment('记录.txt', '现场记录');
  mkdirSync(join(place.root, 'stick'));
  const made = await place.make({ folder: join(place.root, 'stick') });
  expect(made).toMatchObject({ encrypted: false, attachments: 1, warnings: [] });
  const verified = await place.verify(made.path);
  expect(verified).toMatchObject({
    ok: true,
    office: '华漕驻点',
    problems: [],
    warnings: [],
    attachments: { included: true, checked: 1 },
  });
  const done = await place.restore(made.path, join(place.root, 'new'));
  expect(done).toMatchObject({ office: '华漕驻点', attachments: { restored: 1, missing: 0 }, movedAside: null });
  expect(done.counts).toEqual(verified.counts);
  expect(readFileSync(join(place.root, 'new', 'attachments', sha.slice(0, 2), sha), 'utf8')).toBe('现场记录');
  expect(enterprises(join(place.root, 'new', 'steward.db'))).toBe(1);
  expect(left(join(place.root, 'new'))).toEqual([]);
  expect(left(join(place.root, 'w', 'backups'))).toEqual([]);
});

test(
  'an automatic backup leaves attachments out; restored elsewhere they come from where the workspace keeps ' +
    'them, and what is nowhere is counted',
  async () => {
    const sha = await place.addAttachment('a.txt', 'a');
    const made = await place.make({ automatic: true, attachments: false });
    expect(made.attachments).toBe(0);
    expect((await place.restore(made.path, join(place.root, 'near'))).attachments).toEqual({ restored: 1, missing: 0 });
    expect(existsSync(join(place.root, 'near', 'attachments', sha.slice(0, 2), sha))).toBe(true);
    mkdirSync(join(place.root, 'far', 'backups'), { recursive: true });
    copyFileSync(made.path, join(place.root, 'far', 'backups', made.name));
    expect(
      (await place.restore(join(place.root, 'far', 'backups', made.name), join(place.root, 'away'))).attachments,
    ).toEqual({ restored: 0, missing: 1 });
  },
);

test('a restore never goes over anything: a workspace, a folder with files, a sound workspace said to be damaged', async () => {
  const made = await place.make();
  await expect(place.restore(made.path, join(place.root, 'w'))).rejects.toMatchObject(coded('IS_WORKSPACE'));
  mkdirSync(join(place.root, 'full'));
  writeFileSync(join(place.root, 'full', 'mine.txt'), 'mine');
  await expect(place.restore(made.path, join(place.root, 'full'))).rejects.toMatchObject(coded('TARGET_NOT_EMPTY'));
  expect(readdirSync(join(place.root, 'full'))).toEqual(['mine.txt']);
  await expect(place.restore(made.path, join(place.root, 'w'), { replaceDamaged: true })).rejects.toMatchObject(
    coded('IN_USE'),
  );
  await place.desk.close();
  await expect(place.restore(made.path, join(place.root, 'w'), { replaceDamaged: true })).rejects.toMatchObject(
    coded('NOT_DAMAGED'),
  );
  expect(enterprises(join(place.root, 'w', 'steward.db'))).toBe(1);
});

test('two restores into one folder at a time: one is done, the other refused, and nothing of either is lost', async () => {
  const sha = await place.addAttachment('a.txt', 'a');
  const made = await place.make();
  for (const folder of ['new', 'empty']) {
    const to = join(place.root, folder);
    if (folder === 'empty') mkdirSync(to);
    const both = await Promise.allSettled([place.restore(made.path, to), place.restore(made.path, to)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject(coded('RESTORING_THERE'));
    expect([enterprises(join(to, 'steward.db')), left(to)]).toEqual([1, []]);
    expect(existsSync(join(to, 'attachments', sha.slice(0, 2), sha))).toBe(true);
    await expect(place.restore(made.path, to)).rejects.toMatchObject(coded('IS_WORKSPACE'));
  }
});

test('a restore goes into a folder that is named in full, wherever the program runs', async () => {
  const made = await place.make();
  await expect(place.restore(made.path, 'relative')).rejects.toMatchObject(coded('NOT_ABSOLUTE'));
  expect(existsSync('relative')).toBe(false);
});

test('a damaged workspace is restored in place: its files are moved aside, never deleted, and it opens again', async () => {
  const sha = await place.addAttachment('a.txt', 'a');
  const made = await place.make({ automatic: true, attachments: false });
  await createEnterprise(place.ctx, { name: '之后的企业有限公司', townId: place.townId });
  await place.desk.close();
  const file = join(place.root, 'w', 'steward.db');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 0, 4096);
  writeFileSync(file, bytes);
  await expect(place.newDesk().open(join(place.root, 'w'))).rejects.toMatchObject({ code: 'WORKSPACE_CORRUPT' });
  const done = await place.restore(made.path, join(place.root, 'w'), { replaceDamaged: true });
  expect(done).toMatchObject({ attachments: { missing: 0 } });
  expect(readFileSync(join(done.movedAside ?? '', 'steward.db')).equals(bytes)).toBe(true);
  const again = place.newDesk();
  const open = await again.open(join(place.root, 'w'));
  expect(await open.store.read.sqlOne('SELECT count(*) AS n FROM enterprise')).toEqual({ n: 1 });
  expect(await open.store.blobs.has(sha)).toBe(true);
  await again.close();
});

test('[F12] a restored backup writes as a new device, on this computer and on another, and its numbers never repeat', async () => {
  const made = await place.make();
  const tag = place.ctx.store.deviceTag;
  const after = await createEnterprise(place.ctx, { name: '备份之后有限公司', townId: place.townId });
  const numbers = new Set([after].map((e) => e.id));
  const codes = async (c: Context): Promise<string[]> =>
    (await c.store.read.sql<{ code: string }>('SELECT internal_code AS code FROM enterprise')).map((r) => r.code);
  const before = new Set(await codes(place.ctx));
  await place.desk.close();
  for (const [config, folder] of [
    ['config', 'here'],
    ['elsewhere', 'there'],
  ] as const) {
    await place.restore(made.path, join(place.root, folder));
    const other = place.newDesk(config);
    const open = await other.open(join(place.root, folder));
    expect(open.store.deviceTag).not.toBe(tag);
    expect(open.store.deviceTag).not.toBe('');
    const known = new Set(await codes(open));
    const fresh = await createEnterprise(open, { name: `恢复之后${folder}有限公司`, townId: place.townId });
    expect(numbers.has(fresh.id)).toBe(false);
    numbers.add(fresh.id);
    const [code] = (await codes(open)).filter((c) => !known.has(c));
    expect(code && before.has(code)).toBe(false);
    before.add(code ?? '');
    const dots = await open.store.read.sql<{ tag: string }>(
      'SELECT DISTINCT d.tag FROM sync_op o JOIN sync_device d ON d.no = o.device_no WHERE o.row_id = ?',
      [fresh.id],
    );
    expect(dots.map((d) => d.tag)).toEqual([open.store.deviceTag]);
    await other.close();
  }
});

test('a copy of an earlier version is listed and can be verified and restored', async () => {
  const folder = join(place.root, 'w', 'backups');
  mkdirSync(folder, { recursive: true });
  await place.ctx.store.backupTo(join(folder, 'steward-20260101-080000.db'));
  utimesSync(
    join(folder, 'steward-20260101-080000.db'),
    new Date('2026-01-01T00:00:00Z'),
    new Date('2026-01-01T00:00:00Z'),
  );
  const [entry] = await listBackups(place.ctx);
  expect(entry).toMatchObject({ kind: 'database', automatic: true, at: '2026-01-01T00:00:00.000Z' });
  expect(await place.verify(entry?.path ?? '')).toMatchObject({
    ok: true,
    office: '华漕驻点',
    warnings: [expect.stringContaining('旧版备份') as string],
  });
  await place.restore(entry?.path ?? '', join(place.root, 'new'));
  const other = place.newDesk('elsewhere');
  expect((await other.open(join(place.root, 'new'))).store.facts.id).toBe(place.ctx.store.facts.id);
  await other.close();
});

test('the check of the database finds damage behind the back of the application and stops writing, with the way out', async () => {
  expect(await checkIntegrity(place.ctx, true, control())).toMatchObject({ ok: true, full: true });
  const made = await place.make();
  await place.desk.close();
  const file = join(place.root, 'w', 'steward.db');
  const db = new Database(file);
  const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'enterprise'").get() as {
    rootpage: number;
  };
  const size = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, (rootpage - 1) * size + 8, (rootpage - 1) * size + 200);
  writeFileSync(file, bytes);
  const other = place.newDesk();
  const open = await other.open(join(place.root, 'w')).catch(() => null);
  if (open) {
    const record = await checkIntegrity(open, false, control());
    expect(record.ok).toBe(false);
    expect(open.store.readOnlyReason).toContain('备份');
    await other.close();
  }
  expect((await place.restore(made.path, join(place.root, 'w'), { replaceDamaged: true })).movedAside).not.toBeNull();
});
