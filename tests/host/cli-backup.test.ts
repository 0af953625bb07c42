// Backups on the command line: what is printed, how it ends, and that a kill leaves nothing that passes for a backup.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desk } from '../../services/workspace/index.ts';
import { startNode, type Child } from '../support/child.ts';

let root: string;
let workspace: string;
let children: Child[];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-cli-backup-'));
  workspace = join(root, '工作区');
  children = [];
  const desk = new Desk({ resources: 'resources', version: 'test', configFolder: join(root, 'config') });
  await desk.create({
    folder: workspace,
    organisation: '某公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  });
  await desk.close();
});
afterEach(async () => {
  for (const c of children) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

const start = (args: string[], env: NodeJS.ProcessEnv = {}): Child => {
  const child = startNode(join('host', 'cli.ts'), args, { STEWARD_CONFIG: join(root, 'config'), ...env });
  children.push(child);
  return child;
};
async function steward(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; errors: string; last: Record<string, unknown> }> {
  const child = start([...args, '--json'], env);
  const code = await child.exit();
  return { code, errors: child.errors(), last: JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown> };
}

test('create, list, verify and restore print one object each; the same counts come back', async () => {
  const made = await steward(['backup', 'create', '--workspace', workspace]);
  expect(made.last).toMatchObject({
    ok: true,
    encrypted: false,
    name: expect.stringMatching(/^steward-\d{8}-\d{6}\.sdbackup$/) as string,
  });
  expect(made.code).toBe(0);
  const path = made.last.path as string;
  expect((await steward(['backup', 'list', '--workspace', workspace])).last).toMatchObject({
    ok: true,
    backups: [{ path, office: '华漕驻点', problem: null }],
  });
  const verified = await steward(['backup', 'verify', path]);
  expect(verified).toMatchObject({ code: 0, last: { ok: true, problems: [] } });
  const restored = await steward(['backup', 'restore', path, '--to', join(root, 'new')]);
  expect(restored).toMatchObject({
    code: 0,
    last: { ok: true, folder: join(root, 'new'), counts: verified.last.counts },
  });
  expect((await steward(['check', '--workspace', join(root, 'new')])).last).toMatchObject({ ok: true, problems: [] });
  const again = await steward(['backup', 'restore', path, '--to', join(root, 'new')]);
  expect(again).toMatchObject({
    code: 1,
    last: { ok: false, code: 'IS_WORKSPACE', sentence: expect.stringContaining('不会覆盖') as string },
  });
});

test('with a passphrase in the environment the backup is encrypted; without it or with another one verify says so', async () => {
  const made = await steward(['backup', 'create', '--workspace', workspace, '--without-attachments'], {
    STEWARD_BACKUP_PASSPHRASE: '青山绿水 2026',
  });
  expect(made.last).toMatchObject({ ok: true, encrypted: true });
  const path = made.last.path as string;
  expect(await steward(['backup', 'verify', path])).toMatchObject({ code: 1, last: { code: 'NEEDS_PASSPHRASE' } });
  expect(await steward(['backup', 'verify', path], { STEWARD_BACKUP_PASSPHRASE: '别的口令 2026' })).toMatchObject({
    code: 1,
    last: { code: 'WRONG_PASSPHRASE' },
  });
  expect(await steward(['backup', 'verify', path], { STEWARD_BACKUP_PASSPHRASE: '青山绿水 2026' })).toMatchObject({
    code: 0,
    last: { ok: true },
  });
});

test('[F4] killed while it writes, a backup leaves nothing that is listed, and the next one clears up', async () => {
  for (let i = 0; i < 40; i += 1) {
    const part = join(workspace, 'attachments', i.toString(16).padStart(2, '0'));
    mkdirSync(part, { recursive: true });
    writeFileSync(
      join(part, `${i.toString(16).padStart(2, '0')}${randomBytes(31).toString('hex')}`),
      randomBytes(2_000_000),
    );
  }
  const child = start(['backup', 'create', '--workspace', workspace, '--json']);
  const folder = join(workspace, 'backups');
  await expect
    .poll(
      () => {
        try {
          return readdirSync(folder).some((n) => n.endsWith('.partial'));
        } catch {
          return false;
        }
      },
      { interval: 5 },
    )
    .toBe(true);
  await child.kill();
  expect(readdirSync(folder).filter((n) => n.endsWith('.sdbackup'))).toEqual([]);
  expect((await steward(['backup', 'list', '--folder', workspace])).last).toMatchObject({ backups: [] });
  expect((await steward(['backup', 'create', '--workspace', workspace, '--without-attachments'])).last).toMatchObject({
    ok: true,
  });
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.sdbackup$/)]);
});
