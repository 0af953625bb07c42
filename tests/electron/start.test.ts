// npm start as a person runs it on a machine without a display: says why, prints an address that works, ends on Ctrl+C.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';

const settings = mkdtempSync(join(tmpdir(), 'steward-start-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(settings, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts scripts/start.ts; `lines` are those up to the address, which is the last of them. */
async function start(...args: string[]): Promise<{ child: ChildProcess; lines: string[]; address: string }> {
  const env = { ...process.env, STEWARD_CONFIG: settings, DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: string[] = [];
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('http://')) return { child, lines, address: line };
    }
  }
  throw new Error(`npm start printed no address: ${lines.join('\n')}`);
}

async function openWindow(address: string): Promise<string> {
  const exchanged = await fetch(address, { redirect: 'manual' });
  expect(exchanged.status).toBe(303);
  const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL(exchanged.headers.get('location') ?? '/', address), { headers: { cookie } });
  expect(page.status).toBe(200);
  return page.text();
}

test('without a display one line says so, the address printed below it opens the window, and Ctrl+C ends it cleanly', async () => {
  // Windows and macOS always have a display, so there the browser is asked for.
  const hasNoDisplay = process.platform === 'linux';
  const { child, lines, address } = await start(...(hasNoDisplay ? [] : ['--browser']));
  // A window that had to be built first prints what vite says before.
  if (hasNoDisplay) expect(lines.at(-2)).toMatch(/^There is no display, so Steward Desk is served to the browser/);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  expect(await openWindow(address)).toContain('环保管家工作台');
  if (process.platform === 'win32') return;
  child.kill('SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test('a port that is taken is said in words, not left hanging', async () => {
  const { address } = await start('--browser');
  const second = spawn(
    process.execPath,
    [join(ROOT, 'scripts', 'start.ts'), '--browser', '--port', new URL(address).port],
    {
      env: { ...process.env, STEWARD_CONFIG: settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  running.push(second);
  let error = '';
  second.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  expect((await once(second, 'close'))[0]).toBe(1);
  expect(error).toMatch(/^Steward Desk could not be served: .*EADDRINUSE[^\n]*\n$/);
});
