// The real back-end process of the desktop application, run by Node from the sources: start, refusal, end.
import { once } from 'node:events';
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { discardEndpoint, newEndpoint, type Endpoint } from '../../electron/endpoint.ts';
import { forwardToPipe } from '../../electron/pipe-forward.ts';
import { readStart } from '../../host/desktop-link.ts';
import { ROOT } from '../../scripts/lib/run.ts';

const ENTRY = join(ROOT, 'host', 'desktop.ts');
const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

function start(change: Record<string, unknown> = {}): { child: ChildProcess; endpoint: Endpoint; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'steward-desktop-'));
  const endpoint = newEndpoint();
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>window</title>');
  const child = fork(ENTRY, [], {
    env: { ...process.env, STEWARD_CONFIG: join(folder, 'settings') },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  cleanups.push(() => {
    child.kill('SIGKILL');
    discardEndpoint(endpoint);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  child.send({ type: 'start', ...endpoint, workspaceDir: null, windowDir: folder, wrapsKeys: false, ...change });
  return { child, endpoint, folder };
}

const nextMessage = async (child: ChildProcess) => ((await once(child, 'message')) as [Record<string, unknown>])[0];
const exitCode = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null])[0];

test('it says when it is ready, answers whoever has the secret and nobody else, and ends cleanly when told', async () => {
  const { child, endpoint } = start();
  expect(await nextMessage(child)).toEqual({ type: 'ready', address: endpoint.pipe });
  const health = await forwardToPipe(new Request('app://desk/health'), endpoint);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true });
  expect(await (await forwardToPipe(new Request('app://desk/'), endpoint)).text()).toContain('<title>window</title>');
  expect((await forwardToPipe(new Request('app://desk/'), { ...endpoint, secret: 'x'.repeat(43) })).status).toBe(403);
  child.send({ type: 'close' });
  expect(await exitCode(child)).toBe(0);
});

test('it ends by itself when its parent is gone: no orphan may keep the workspace locked', async () => {
  const { child } = start();
  await nextMessage(child);
  child.disconnect();
  expect(await exitCode(child)).toBe(0);
});

test('closing while it is still starting ends it too', async () => {
  const { child } = start();
  child.send({ type: 'close' });
  expect(await exitCode(child)).toBe(0);
});

test('a pipe that cannot be opened is reported with its reason instead of silence', async () => {
  const { child, folder } = start(
    process.platform === 'win32'
      ? { pipe: 'C:\\not\\a\\pipe' }
      : { pipe: join(tmpdir(), 'no', 'such', 'folder', 'pipe') },
  );
  expect(folder).not.toBe('');
  expect(await nextMessage(child)).toMatchObject({
    type: 'failed',
    reason: expect.stringMatching(/listen|EACCES|ENOENT/) as unknown,
  });
  expect(await exitCode(child)).toBe(1);
});

test('started by hand, without a channel, it says in one sentence what to run instead', () => {
  const run = spawnSync(process.execPath, [ENTRY], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('npm run serve');
});

test('a start message is checked field by field: an empty secret would let everybody in', () => {
  const good = {
    type: 'start',
    pipe: '/p',
    secret: 'x'.repeat(43),
    workspaceDir: null,
    windowDir: null,
    wrapsKeys: true,
  };
  expect(readStart(good)).toEqual(good);
  for (const bad of [
    null,
    'start',
    {},
    { ...good, type: 'ready' },
    { ...good, secret: '' },
    { ...good, pipe: undefined },
    { ...good, workspaceDir: 1 },
    { ...good, windowDir: [] },
  ]) {
    expect(readStart(bad)).toBeNull();
  }
});
