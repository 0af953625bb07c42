// The whole back end as a process: killed at any moment it loses nothing that it has confirmed.
import { join } from 'node:path';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { browserSend, clientOver, makeEnterprise, type Client } from '../support/backend.ts';
import { startNode, type Child } from '../support/child.ts';

const CLI = join('host', 'cli.ts');
let root: string;
let children: Child[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-kill-'));
  children = [];
});
afterEach(async () => {
  for (const c of children) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

async function serve(): Promise<{ child: Child; client: Client }> {
  const child = startNode(CLI, ['serve', '--workspace', join(root, 'w'), '--json'], {
    STEWARD_CONFIG: join(root, 'config'),
  });
  children.push(child);
  const { address } = JSON.parse(await child.line((l) => l.startsWith('{'))) as { address: string };
  return { child, client: clientOver((await browserSend(address)).send) };
}

test('[I5] the back end is killed in the middle of many writes: every confirmed one is there after the restart', async () => {
  const first = await serve();
  await first.client.workspace.create({ organisation: '某公司', office: '华漕驻点', code: 'HC', operator: '陈思远' });
  const { townId } = await makeEnterprise(first.client, '第一家');
  const confirmed: string[] = [];
  let sent = 0;
  const writer = async (n: number): Promise<void> => {
    for (let i = 0; ; i += 1) {
      sent += 1;
      const { id } = await first.client.enterprises.create({ values: { name: `企业${n}-${i}`, townId } });
      confirmed.push(id);
    }
  };
  const writers = Promise.allSettled([1, 2, 3].map(writer));
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (confirmed.length >= 40) resolve();
      else setImmediate(look);
    };
    look();
  });
  await first.child.kill();
  await writers;
  const left = (): string[] =>
    readdirSync(tmpdir()).filter((f) => f.startsWith(`steward-upload-${first.child.process.pid}-`));
  expect(left()).toHaveLength(1);
  const second = await serve();
  // What was being uploaded when the first was killed is not left lying about.
  expect(left()).toEqual([]);
  const there = new Set(await second.client.lists.ids({ kind: 'enterprise' }));
  expect(confirmed.filter((id) => !there.has(id))).toEqual([]);
  // Nothing but what was sent: the one from before, the confirmed ones, and at most those under way.
  expect(there.size - 1).toBeGreaterThanOrEqual(confirmed.length);
  expect(there.size - 1).toBeLessThanOrEqual(sent);
  await second.client.enterprises.create({ values: { name: '之后', townId } });
  await second.child.kill();
  const check = startNode(CLI, ['check', '--workspace', join(root, 'w'), '--json'], {
    STEWARD_CONFIG: join(root, 'config'),
  });
  children.push(check);
  expect(await check.exit()).toBe(0);
  expect(JSON.parse(check.lines.at(-1) ?? '')).toMatchObject({
    ok: true,
    problems: [],
    counts: { enterprise: there.size + 1 },
  });
});

test('asked to end, the back end closes the workspace and leaves no side files of the database', async () => {
  if (process.platform === 'win32') {
    console.log('skipped on Windows: it has no SIGTERM, the desktop asks over its channel');
    return;
  }
  const { child, client } = await serve();
  await client.workspace.create({ organisation: '某公司', office: '华漕驻点', code: 'HC', operator: '陈思远' });
  child.process.kill('SIGTERM');
  expect(await child.exit()).toBe(0);
  expect(readdirSync(join(root, 'w')).filter((f) => /-(wal|shm)$/.test(f))).toEqual([]);
});
