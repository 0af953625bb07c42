// The supervision of the back end, with real processes: started again after a crash, given up on, closed in bounded time.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { BackendSupervisor, type SupervisorOptions } from '../../electron/backend-supervisor.ts';
import { forwardToPipe } from '../../electron/pipe-forward.ts';
import { createRestartPolicy } from '../../electron/restart-policy.ts';
import { forkBackend, type NodeBackend } from './support/node-process.ts';
import { WAIT } from '../support/limits.ts';

const FAKE = join(import.meta.dirname, 'support', 'fake-backend.ts');

const open: BackendSupervisor[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((supervisor) => supervisor.close()));
});

function supervise(changes: Partial<SupervisorOptions> = {}, fake = 'works') {
  const launched: NodeBackend[] = [];
  const gaveUp: string[] = [];
  const supervisor = new BackendSupervisor({
    launch() {
      const child = forkBackend(FAKE, { FAKE: fake });
      launched.push(child);
      return child;
    },
    start: { workspaceDir: null, windowDir: null },
    keys: null,
    log: () => undefined,
    onGiveUp: (reason) => gaveUp.push(reason),
    ...changes,
  });
  open.push(supervisor);
  return { supervisor, launched, gaveUp };
}

async function ask(supervisor: BackendSupervisor, path: string): Promise<string> {
  const endpoint = await supervisor.endpoint(20_000);
  if (!endpoint) throw new Error('the back end is down');
  return (await forwardToPipe(new Request(`app://desk${path}`), endpoint)).text();
}

test('a request made while the back end starts waits for it instead of failing', async () => {
  const { supervisor, launched } = supervise();
  supervisor.start();
  expect(supervisor.state).toBe('starting');
  expect(await ask(supervisor, '/')).toBe(String(launched[0]?.pid));
});

test('a back end that dies is started again on a new pipe with a new secret, and the old pipe is cleared away', async () => {
  const { supervisor, launched } = supervise();
  supervisor.start();
  await ask(supervisor, '/');
  const before = await supervisor.endpoint();
  await expect(ask(supervisor, '/crash')).rejects.toThrow();
  await vi.waitFor(() => expect(launched).toHaveLength(2), WAIT);
  expect(await ask(supervisor, '/')).toBe(String(launched[1]?.pid));
  const after = await supervisor.endpoint();
  expect(after?.pipe).not.toBe(before?.pipe);
  expect(after?.secret).not.toBe(before?.secret);
  if (process.platform !== 'win32') expect(existsSync(dirname(before?.pipe ?? ''))).toBe(false);
});

test('while it is down a request is told so at once: the window must not hang', async () => {
  const { supervisor, launched } = supervise({
    policy: createRestartPolicy({ crashes: 3, periodMs: 60_000, pausesMs: [60_000] }),
  });
  supervisor.start();
  await ask(supervisor, '/');
  launched[0]?.kill();
  await vi.waitFor(() => expect(supervisor.state).toBe('down'), WAIT);
  expect(await supervisor.endpoint(20_000)).toBeNull();
});

test('a back end that cannot start is given up after three attempts, with its own reason, and can be tried again', async () => {
  const policy = createRestartPolicy({ crashes: 3, periodMs: 60_000, pausesMs: [1] });
  const { supervisor, launched, gaveUp } = supervise({ policy }, 'fails');
  supervisor.start();
  await vi.waitFor(() => expect(gaveUp).toEqual(['这个工作区正被另一个程序打开']), WAIT);
  expect(launched).toHaveLength(3);
  supervisor.start();
  expect(launched).toHaveLength(4);
  await vi.waitFor(() => expect(gaveUp).toHaveLength(2), WAIT);
});

test('one that never becomes ready is killed and counts as a crash', async () => {
  const policy = createRestartPolicy({ crashes: 1, periodMs: 60_000, pausesMs: [] });
  const silent = () => {
    const child = forkBackend(FAKE);
    return { ...child, post: () => undefined };
  };
  const { supervisor, gaveUp } = supervise({ launch: silent, policy, startLimitMs: 300 });
  supervisor.start();
  await vi.waitFor(() => expect(gaveUp).toEqual(['the back end did not become ready']), WAIT);
});

test('closing ends the process cleanly and is not taken for a crash', async () => {
  const { supervisor, launched, gaveUp } = supervise();
  supervisor.start();
  await ask(supervisor, '/');
  const exit = new Promise<number | null>((resolve) => launched[0]?.onExit(resolve));
  await supervisor.close();
  expect(await exit).toBe(0);
  expect(gaveUp).toEqual([]);
  supervisor.start();
  expect(launched).toHaveLength(1);
});

test('a back end that does not close is killed when the limit has passed, so that the program always ends', async () => {
  const { supervisor, launched } = supervise({ closeLimitMs: 200 }, 'never-closes');
  supervisor.start();
  await ask(supervisor, '/');
  const exit = new Promise<number | null>((resolve) => launched[0]?.onExit(resolve));
  await supervisor.close();
  expect(await exit).not.toBe(0);
});

test('keys are wrapped by the shell: the back end gets the very bytes back', async () => {
  const keys = {
    wrap: async (plain: Uint8Array) => new Uint8Array(Buffer.from(`wrapped:${Buffer.from(plain).toString()}`)),
    unwrap: async (wrapped: Uint8Array) => wrapped.slice('wrapped:'.length),
  };
  const { supervisor } = supervise({ keys });
  supervisor.start();
  expect(JSON.parse(await ask(supervisor, '/wrap'))).toEqual(['wrapped:key', 'key']);
});

test('crashes long ago do not count: only three within the minute end the attempts', () => {
  const policy = createRestartPolicy({ crashes: 3, periodMs: 60_000, pausesMs: [200, 1_000] });
  expect(policy.crashed(0)).toEqual({ restart: true, afterMs: 200 });
  expect(policy.crashed(30_000)).toEqual({ restart: true, afterMs: 1_000 });
  expect(policy.crashed(60_000)).toEqual({ restart: true, afterMs: 1_000 });
  expect(policy.crashed(61_000)).toEqual({ restart: false });
  policy.reset();
  expect(policy.crashed(61_001)).toEqual({ restart: true, afterMs: 200 });
});
