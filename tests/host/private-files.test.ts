// Whose files a workspace, its backups and keys are: the owner's alone, however they came to be.
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { browserSend, clientOver } from '../support/backend.ts';
import { startNode, type Child } from '../support/child.ts';

let root: string;
let config: string;
let workspace: string;
let children: Child[];
let mask: number;
beforeEach(() => {
  // A common start: what a program makes may be read by everybody, unless the program says otherwise.
  mask = process.umask(0o022);
  root = mkdtempSync(join(tmpdir(), 'steward-private-'));
  [config, workspace, children] = [join(root, 'config'), join(root, '工作区'), []];
});
afterEach(async () => {
  for (const c of children) await c.kill();
  process.umask(mask);
  rmSync(root, { recursive: true, force: true });
});

const start = (...args: string[]): Child => {
  const child = startNode(join('host', 'cli.ts'), args, {
    STEWARD_CONFIG: config,
    STEWARD_OFFICE_KEY_PASSPHRASE: '青山绿水 2026',
  });
  children.push(child);
  return child;
};
async function steward(...args: string[]): Promise<Record<string, unknown>> {
  const child = start(...args, '--json');
  expect(await child.exit(), child.errors()).toBe(0);
  return JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown>;
}

/** What below a folder, and the folder, others may do anything with. */
function open(folder: string): string[] {
  const found: string[] = [];
  const look = (path: string): void => {
    const entry = lstatSync(path);
    if ((entry.mode & 0o077) !== 0) found.push(relative(root, path));
    if (entry.isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
  };
  look(folder);
  return found;
}

test.skipIf(process.platform === 'win32')(
  'nothing of a workspace, its open database, backups, exports, restored copies and keys is readable by others',
  async () => {
    const of = ['--workspace', workspace] as const;
    await steward(
      'init',
      ...of,
      '--organisation',
      '某公司',
      '--office',
      '华漕驻点',
      '--code',
      'HC',
      '--operator',
      '陈思远',
    );
    mkdirSync(join(root, 'stick'), { mode: 0o700 });
    await steward('backup', 'create', ...of, '--to', join(root, 'stick'));
    const { path } = await steward('backup', 'create', ...of);
    await steward('backup', 'restore', path as string, '--to', join(root, 'restored'));
    await steward('report', ...of, '--from', '2026-01-01', '--to', '2026-01-31', '--out', join(workspace, '月报.docx'));
    await steward('handoff', 'card', ...of, '--out', join(workspace, '名片.json'));
    const served = start('serve', ...of, '--json');
    const { address } = JSON.parse(await served.line((l) => l.startsWith('{'))) as { address: string };
    const client = clientOver((await browserSend(address)).send);
    await client.records.create({ entity: 'area', values: { level: 'town', name: '华漕镇' } });
    expect(readdirSync(workspace)).toEqual(expect.arrayContaining(['steward.db-wal', 'steward.db-shm', '月报.docx']));
    for (const folder of [workspace, config, join(root, 'restored'), join(root, 'stick')])
      expect(open(folder), folder).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'a workspace and keys that an earlier release or a copying program left open are closed at the next opening',
  async () => {
    const of = ['--workspace', workspace] as const;
    await steward(
      'init',
      ...of,
      '--organisation',
      '某公司',
      '--office',
      '华漕驻点',
      '--code',
      'HC',
      '--operator',
      '陈思远',
    );
    await steward('backup', 'create', ...of);
    for (const folder of [workspace, join(config, 'keys')]) {
      chmodSync(folder, 0o755);
      for (const name of readdirSync(folder, { recursive: true }) as string[]) {
        const path = join(folder, name);
        chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644);
      }
    }
    await steward('check', ...of);
    expect([...open(workspace), ...open(join(config, 'keys'))]).toEqual([]);
  },
);
