// Backups: due once a day, complete, and pruned.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createEnterprise } from '../../services/enterprises/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { backupNow, Desk, isBackupDue, listBackups } from '../../services/workspace/index.ts';

const root = mkdtempSync(join(tmpdir(), 'steward-backup-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

test('a backup is due once something was entered, and not again the same day; it holds what was entered', async () => {
  const desk = new Desk({ resources: 'resources', version: 'test', configFolder: join(root, 'config') });
  await desk.create({ folder: join(root, 'w'), organisation: '甲公司', office: '驻点', code: 'HC', operator: '陈思远', role: 'leader' });
  const ctx = desk.context;
  expect(await isBackupDue(ctx)).toBe(false);
  const town = (await ctx.store.withAction({ name: 't', actor: 'a', source: 'form' }, async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' }))).value;
  await createEnterprise(ctx, { name: '上海海明科技有限公司', townId: town.id });
  expect(await isBackupDue(ctx)).toBe(true);
  const { file } = await backupNow(ctx);
  expect(await isBackupDue(ctx)).toBe(false);
  const copy = new Database(join(root, 'w', 'backups', file), { readonly: true });
  expect(copy.prepare('SELECT name FROM enterprise').all()).toEqual([{ name: '上海海明科技有限公司' }]);
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  copy.close();
  expect((await listBackups(ctx)).map((b) => b.file)).toEqual(readdirSync(join(root, 'w', 'backups')).filter((f) => f.endsWith('.db')));
  await desk.close();
});
