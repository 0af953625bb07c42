// Backups: due once a day, verified, pruned by the rule, restored elsewhere with the same counts, told apart when they are damaged.
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import type { BackupMade } from '../../contract/backup.ts';
import type { Context } from '../../services/context.ts';
import { backupState, checkIntegrity, createBackup, isBackupDue, listBackups, listBackupsAt, restoreBackup, setSecondFolder, verifyBackup, type BackupOrder } from '../../services/backup/index.ts';
import { createEnterprise } from '../../services/enterprises/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';

const PASSPHRASE = '青山绿水 2026';
let root: string;
let desk: Desk;
let ctx: Context;
let townId: string;

const control = (signal: AbortSignal = new AbortController().signal) => ({ progress: () => undefined, signal });
const newDesk = (config = 'config') => new Desk({ resources: 'resources', version: 'test', configFolder: join(root, config) });
const order = (over: Partial<BackupOrder> = {}): BackupOrder => ({ folder: null, attachments: true, passphrase: null, appVersion: 'test', ...over });
const make = async (over: Partial<BackupOrder> = {}): Promise<BackupMade> => await createBackup(ctx, order(over), control());
const verify = async (file: string, passphrase: string | null = null) => await verifyBackup({ file, passphrase, near: null }, control());
const restore = async (file: string, folder: string, over: { passphrase?: string | null; replaceDamaged?: boolean } = {}) =>
  await restoreBackup({ file, folder, passphrase: null, replaceDamaged: false, ...over }, control());
const coded = (code: string) => ({ data: { code, sentence: expect.stringMatching(/[一-龥]/) as string } });
const left = (folder: string): string[] => readdirSync(folder).filter((n) => /partial|^\.tmp|^\.restoring/.test(n));
const enterprises = (file: string): number => {
  const db = new Database(file, { readonly: true });
  try { return db.prepare('SELECT count(*) FROM enterprise').pluck().get() as number; } finally { db.close(); }
};
async function addAttachment(name: string, content: string): Promise<string> {
  const blob = await ctx.store.blobs.addBytes(Buffer.from(content));
  await ctx.store.withAction({ name: 't', actor: 'a', source: 'form' }, async (tx) =>
    await tx.insert(attachment, { ownerEntity: 'area', ownerId: townId, name, mime: 'text/plain', kind: 'document', ...blob } as never));
  return blob.sha256;
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-backup-'));
  desk = newDesk();
  await desk.create({ folder: join(root, 'w'), organisation: '甲公司', office: '华漕驻点', code: 'HC', operator: '陈思远', role: 'leader' });
  ctx = desk.context;
  townId = (await ctx.store.withAction({ name: 't', actor: 'a', source: 'form' }, async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' }))).value.id;
  await createEnterprise(ctx, { name: '上海海明科技有限公司', townId });
});
afterEach(async () => { await desk.close(); rmSync(root, { recursive: true, force: true }); });
afterAll(async () => { await closeWorkers(); });

test('a backup is due once something was entered, not again the same day, again the next one and after 24 hours', async () => {
  expect(await isBackupDue(ctx)).toBe(true);
  const { at, path } = await make({ automatic: true, attachments: false });
  expect(path).toMatch(/backups[\\/]steward-\d{8}-\d{6}-auto\.sdbackup$/);
  expect(await isBackupDue(ctx)).toBe(false);
  expect(await isBackupDue(ctx, Date.parse(at) + 24 * 3_600_000)).toBe(true);
  const empty = newDesk('config2');
  await empty.create({ folder: join(root, 'w2'), organisation: '乙公司', office: '驻点', code: 'YJ', operator: '李', role: 'leader' });
  expect(await isBackupDue(empty.context)).toBe(false);
  await empty.close();
});

test('a full backup restored into a new folder has the same rows in every table and every attachment, byte for byte', async () => {
  const sha = await addAttachment('记录.txt', '现场记录');
  mkdirSync(join(root, 'stick'));
  const made = await make({ folder: join(root, 'stick') });
  expect(made).toMatchObject({ encrypted: false, attachments: 1, warnings: [] });
  const verified = await verify(made.path);
  expect(verified).toMatchObject({ ok: true, office: '华漕驻点', problems: [], warnings: [], attachments: { included: true, checked: 1 } });
  const done = await restore(made.path, join(root, 'new'));
  expect(done).toMatchObject({ office: '华漕驻点', attachments: { restored: 1, missing: 0 }, movedAside: null });
  expect(done.counts).toEqual(verified.counts);
  expect(readFileSync(join(root, 'new', 'attachments', sha.slice(0, 2), sha), 'utf8')).toBe('现场记录');
  expect(enterprises(join(root, 'new', 'steward.db'))).toBe(1);
  expect(left(join(root, 'new'))).toEqual([]);
  expect(left(join(root, 'w', 'backups'))).toEqual([]);
});

test('an automatic backup leaves attachments out; restored elsewhere they come from where the workspace keeps them, and what is nowhere is counted', async () => {
  const sha = await addAttachment('a.txt', 'a');
  const made = await make({ automatic: true, attachments: false });
  expect(made.attachments).toBe(0);
  expect((await restore(made.path, join(root, 'near'))).attachments).toEqual({ restored: 1, missing: 0 });
  expect(existsSync(join(root, 'near', 'attachments', sha.slice(0, 2), sha))).toBe(true);
  mkdirSync(join(root, 'far', 'backups'), { recursive: true });
  copyFileSync(made.path, join(root, 'far', 'backups', made.name));
  expect((await restore(join(root, 'far', 'backups', made.name), join(root, 'away'))).attachments).toEqual({ restored: 0, missing: 1 });
});

test('encrypted: nothing can be read without the passphrase; a wrong passphrase is told from a damaged file', async () => {
  const made = await make({ passphrase: PASSPHRASE });
  expect(readFileSync(made.path).includes('海明')).toBe(false);
  expect((await listBackups(ctx))[0]).toMatchObject({ encrypted: true, office: null, counts: null, problem: null });
  await expect(verify(made.path)).rejects.toMatchObject(coded('NEEDS_PASSPHRASE'));
  await expect(verify(made.path, '不对的口令')).rejects.toMatchObject({ data: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('文件本身是完好的') as string } });
  expect(await verify(made.path, PASSPHRASE)).toMatchObject({ ok: true, office: '华漕驻点' });
  expect(await restore(made.path, join(root, 'new'), { passphrase: PASSPHRASE })).toMatchObject({ counts: { enterprise: 1 } });
  const bytes = readFileSync(made.path);
  const damaged = (at: number): Buffer => { const b = Buffer.from(bytes); b[at] = (b[at] ?? 0) ^ 1; return b; };
  // A bit in the header, known by the hash beside the file; one in the middle, known by the cipher.
  for (const at of [60, Math.floor(bytes.length / 2)]) {
    writeFileSync(made.path, damaged(at));
    await expect(verify(made.path, PASSPHRASE)).rejects.toMatchObject(coded('DAMAGED'));
  }
  rmSync(`${made.path}.sha256`);
  writeFileSync(made.path, damaged(60));
  await expect(verify(made.path, PASSPHRASE)).rejects.toMatchObject({ data: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('或文件开头已损坏') as string } });
});

test('[F1][F2] a backup cut short or with a flipped bit anywhere is refused, and a restore of it leaves no folder behind', async () => {
  await addAttachment('a.txt', 'x'.repeat(5000));
  const made = await make();
  const bytes = readFileSync(made.path);
  const copy = join(root, 'copy.sdbackup');
  for (const length of [0, 100, 512, 700, 5000, Math.floor(bytes.length / 2), bytes.length - 3000]) {
    writeFileSync(copy, bytes);
    truncateSync(copy, length);
    await expect(verify(copy), `cut at ${length}`).rejects.toMatchObject({ data: { code: expect.stringMatching(/CUT_SHORT|DAMAGED|NOT_A_BACKUP/) as string } });
  }
  for (const at of [520, 6000, Math.floor(bytes.length / 2), bytes.length - 4000]) {
    const b = Buffer.from(bytes);
    b[at] = (b[at] ?? 0) ^ 4;
    writeFileSync(copy, b);
    const outcome = await verify(copy).then((v) => (v.ok ? 'ok' : 'problems'), (error: { data: { code: string } }) => error.data.code);
    expect(outcome, `bit at ${at}`).not.toBe('ok');
  }
  truncateSync(copy, Math.floor(bytes.length / 2));
  await expect(restore(copy, join(root, 'never'))).rejects.toMatchObject(coded('CUT_SHORT'));
  expect(existsSync(join(root, 'never'))).toBe(false);
});

test('a newer format and a file that is no backup are refused as what they are', async () => {
  const made = await make();
  const bytes = readFileSync(made.path);
  const at = bytes.indexOf('"format": 1');
  bytes.write('"format": 9', at);
  const copy = join(root, 'steward-20260101-000000.sdbackup');
  writeFileSync(copy, bytes);
  await expect(verify(copy)).rejects.toMatchObject(coded('NEWER_FORMAT'));
  expect((await listBackupsAt(root))[0]?.problem).toContain('新版本');
  writeFileSync(copy, 'hello');
  await expect(verify(copy)).rejects.toMatchObject(coded('NOT_A_BACKUP'));
  await expect(verify(join(root, 'no.sdbackup'))).rejects.toMatchObject(coded('FILE_NOT_FOUND'));
});

test('a restore never goes over anything: a workspace, a folder with files, a sound workspace said to be damaged', async () => {
  const made = await make();
  await expect(restore(made.path, join(root, 'w'))).rejects.toMatchObject(coded('IS_WORKSPACE'));
  mkdirSync(join(root, 'full'));
  writeFileSync(join(root, 'full', 'mine.txt'), 'mine');
  await expect(restore(made.path, join(root, 'full'))).rejects.toMatchObject(coded('TARGET_NOT_EMPTY'));
  expect(readdirSync(join(root, 'full'))).toEqual(['mine.txt']);
  await expect(restore(made.path, join(root, 'w'), { replaceDamaged: true })).rejects.toMatchObject(coded('IN_USE'));
  await desk.close();
  await expect(restore(made.path, join(root, 'w'), { replaceDamaged: true })).rejects.toMatchObject(coded('NOT_DAMAGED'));
  expect(enterprises(join(root, 'w', 'steward.db'))).toBe(1);
});

test('a damaged workspace is restored in place: its files are moved aside, never deleted, and it opens again', async () => {
  const sha = await addAttachment('a.txt', 'a');
  const made = await make({ automatic: true, attachments: false });
  await createEnterprise(ctx, { name: '之后的企业有限公司', townId });
  await desk.close();
  const file = join(root, 'w', 'steward.db');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 0, 4096);
  writeFileSync(file, bytes);
  await expect(newDesk().open(join(root, 'w'))).rejects.toMatchObject({ code: 'WORKSPACE_CORRUPT' });
  const done = await restore(made.path, join(root, 'w'), { replaceDamaged: true });
  expect(done).toMatchObject({ attachments: { missing: 0 } });
  expect(readFileSync(join(done.movedAside ?? '', 'steward.db')).equals(bytes)).toBe(true);
  const again = newDesk();
  const open = await again.open(join(root, 'w'));
  expect(await open.store.read.sqlOne('SELECT count(*) AS n FROM enterprise')).toEqual({ n: 1 });
  expect(await open.store.blobs.has(sha)).toBe(true);
  await again.close();
});

test('[F12] a restored backup writes as a new device, on this computer and on another, and its numbers never repeat', async () => {
  const made = await make();
  const tag = ctx.store.deviceTag;
  const after = await createEnterprise(ctx, { name: '备份之后有限公司', townId });
  const numbers = new Set([after].map((e) => e.id));
  const codes = async (c: Context): Promise<string[]> => (await c.store.read.sql<{ code: string }>('SELECT internal_code AS code FROM enterprise')).map((r) => r.code);
  const before = new Set(await codes(ctx));
  await desk.close();
  for (const [config, folder] of [['config', 'here'], ['elsewhere', 'there']] as const) {
    await restore(made.path, join(root, folder));
    const other = newDesk(config);
    const open = await other.open(join(root, folder));
    expect(open.store.deviceTag).not.toBe(tag);
    expect(open.store.deviceTag).not.toBe('');
    const known = new Set(await codes(open));
    const fresh = await createEnterprise(open, { name: `恢复之后${folder}有限公司`, townId });
    expect(numbers.has(fresh.id)).toBe(false);
    numbers.add(fresh.id);
    const [code] = (await codes(open)).filter((c) => !known.has(c));
    expect(code && before.has(code)).toBe(false);
    before.add(code ?? '');
    const dots = await open.store.read.sql<{ tag: string }>('SELECT DISTINCT d.tag FROM sync_op o JOIN sync_device d ON d.no = o.device_no WHERE o.row_id = ?', [fresh.id]);
    expect(dots.map((d) => d.tag)).toEqual([open.store.deviceTag]);
    await other.close();
  }
});

test('automatic backups are pruned by the rule in both folders; those a person made, and another workspace\'s, never', async () => {
  const second = join(root, 'stick');
  mkdirSync(second);
  await setSecondFolder(ctx, second);
  const own = await make();
  const first = await make({ automatic: true, attachments: false });
  // Backups of long ago, by their own word: the manifest's day is what counts, not the file's.
  const old = (day: string): string => {
    const bytes = readFileSync(first.path);
    const manifest = /"madeAt": "[^"]+"/.exec(bytes.toString('latin1'))?.[0] ?? '';
    bytes.write(manifest.replace(/\d{4}-\d{2}-\d{2}/, day), bytes.indexOf(manifest));
    return bytes as unknown as string;
  };
  for (const folder of [join(root, 'w', 'backups'), second]) {
    writeFileSync(join(folder, 'steward-20200105-100000-auto.sdbackup'), old('2020-01-05'));
    writeFileSync(join(folder, 'steward-20200105-110000.db'), 'SQLite format 3\0');
  }
  const last = await make({ automatic: true, attachments: false });
  for (const folder of [join(root, 'w', 'backups'), second]) {
    const names = readdirSync(folder);
    expect(names).toContain(last.name);
    expect(names).toContain('steward-20200105-110000.db');
    expect(names).not.toContain('steward-20200105-100000-auto.sdbackup');
  }
  expect(existsSync(own.path)).toBe(true);
  expect((await backupState(ctx)).second).toMatchObject({ folder: second, ok: true });
});

test('a second folder that is away does not spoil the backup: it is said beside it', async () => {
  const second = join(root, 'stick');
  mkdirSync(second);
  await setSecondFolder(ctx, second);
  rmSync(second, { recursive: true });
  const made = await make({ automatic: true, attachments: false });
  expect(existsSync(made.path)).toBe(true);
  const state = await backupState(ctx);
  expect(state.record?.ok).toBe(true);
  expect(state.notices).toContainEqual(expect.objectContaining({ id: 'second', tone: 'amber', text: expect.stringContaining('U 盘') as string }));
});

test('a cancelled backup ends within a second and leaves nothing; the state stays as it was', async () => {
  await addAttachment('big', 'x'.repeat(4_000_000));
  const made = await make();
  const abort = new AbortController();
  let startedAt = 0;
  const running = createBackup(ctx, order(), { signal: abort.signal, progress: () => { if (!startedAt) { startedAt = performance.now(); abort.abort(); } } });
  await expect(running).rejects.toBeDefined();
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(left(join(root, 'w', 'backups'))).toEqual([]);
  expect((await listBackups(ctx)).map((b) => b.name)).toEqual([made.name]);
  expect((await backupState(ctx)).record).toMatchObject({ ok: true, file: made.name });
});

test('a copy of an earlier version is listed and can be verified and restored', async () => {
  const folder = join(root, 'w', 'backups');
  mkdirSync(folder, { recursive: true });
  await ctx.store.backupTo(join(folder, 'steward-20260101-080000.db'));
  utimesSync(join(folder, 'steward-20260101-080000.db'), new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));
  const [entry] = await listBackups(ctx);
  expect(entry).toMatchObject({ kind: 'database', automatic: true, at: '2026-01-01T00:00:00.000Z' });
  expect(await verify(entry?.path ?? '')).toMatchObject({ ok: true, office: '华漕驻点', warnings: [expect.stringContaining('旧版备份') as string] });
  await restore(entry?.path ?? '', join(root, 'new'));
  const other = newDesk('elsewhere');
  expect((await other.open(join(root, 'new'))).store.facts.id).toBe(ctx.store.facts.id);
  await other.close();
});

test('the check of the database finds damage behind the back of the application and stops writing, with the way out', async () => {
  expect(await checkIntegrity(ctx, true, control())).toMatchObject({ ok: true, full: true });
  const made = await make();
  await desk.close();
  const file = join(root, 'w', 'steward.db');
  const db = new Database(file);
  const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'enterprise'").get() as { rootpage: number };
  const size = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, (rootpage - 1) * size + 8, (rootpage - 1) * size + 200);
  writeFileSync(file, bytes);
  const other = newDesk();
  const open = await other.open(join(root, 'w')).catch(() => null);
  if (open) {
    const record = await checkIntegrity(open, false, control());
    expect(record.ok).toBe(false);
    expect(open.store.readOnlyReason).toContain('备份');
    await other.close();
  }
  expect((await restore(made.path, join(root, 'w'), { replaceDamaged: true })).movedAside).not.toBeNull();
});

test('garbage after the end of a backup is noticed', async () => {
  const made = await make();
  appendFileSync(made.path, Buffer.alloc(4096, 0x41));
  await expect(verify(made.path)).rejects.toMatchObject(coded('DAMAGED'));
});
