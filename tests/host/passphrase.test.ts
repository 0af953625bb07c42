// STEWARD_PASSPHRASE keeps the keys of this computer however the program is started; a start without it says so and asks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { browserSend, clientOver, type Client } from '../support/backend.ts';
import { startNode, type Child } from '../support/child.ts';

const RIGHT = '青山绿水 2026';
let root: string;
let workspace: string;
let children: Child[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-passphrase-'));
  workspace = join(root, '工作区');
  children = [];
});
afterEach(async () => {
  for (const c of children) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

const CLI = join('host', 'cli.ts');
function start(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = startNode(script, args, {
    STEWARD_CONFIG: join(root, 'config'),
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    ...env,
  });
  children.push(child);
  return child;
}
async function steward(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; errors: string; last: Record<string, unknown> }> {
  const child = start(CLI, [...args, '--workspace', workspace, '--json'], env);
  const code = await child.exit();
  return { code, errors: child.errors(), last: JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown> };
}
const init = (env: NodeJS.ProcessEnv): ReturnType<typeof steward> =>
  steward(['init', '--office', '华漕驻点', '--code', 'HC', '--operator', '陈思远'], env);

/** How the keys of this computer begin. */
const marks = (): string[] => {
  const keys = join(root, 'config', 'keys');
  return readdirSync(keys)
    .filter((name) => /\.(key|age)$/.test(name))
    .map((name) => readFileSync(join(keys, name)).toString('latin1', 0, 4));
};

/** Serves the workspace in one of the ways to start it, and speaks to it as its window does. */
async function served(
  way: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<{ child: Child; client: Client }> {
  const [script, ...args] = way;
  const child = start(script, [...args, '--workspace', workspace], env);
  const address = await child.line((line) => line.startsWith('http://'));
  return { child, client: clientOver((await browserSend(address)).send) };
}

test('on the command line: without it a workspace says what it needs, a wrong one has its sentence, the right one opens', async () => {
  expect((await init({ STEWARD_PASSPHRASE: RIGHT })).code).toBe(0);
  expect(new Set(marks())).toEqual(new Set(['SDP1']));
  const none = await steward(['check']);
  expect(none).toMatchObject({ code: 1, last: { code: 'KEYS_NEED_PASSPHRASE' } });
  expect(none.errors).toContain('STEWARD_PASSPHRASE');
  expect(await steward(['check'], { STEWARD_PASSPHRASE: '别的口令 2026' })).toMatchObject({
    code: 1,
    last: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('口令不对') as string },
  });
  expect((await steward(['check'], { STEWARD_PASSPHRASE: RIGHT })).last).toMatchObject({ ok: true, problems: [] });
});

test('keys that were bare go under the passphrase at the first start with one, and the workspace stays the same device', async () => {
  const made = await init({});
  expect(marks()).not.toContain('SDP1');
  expect((await steward(['check'], { STEWARD_PASSPHRASE: RIGHT })).code).toBe(0);
  expect(new Set(marks())).toEqual(new Set(['SDP1']));
  expect((await steward(['handoff', 'state'], { STEWARD_PASSPHRASE: RIGHT })).code).toBe(0);
  const { client } = await served([CLI, 'serve'], { STEWARD_PASSPHRASE: RIGHT });
  expect((await client.workspace.status()).deviceTag).toBe(made.last.device);
});

test.each<[string, readonly [string, ...string[]]]>([
  ['serve', [CLI, 'serve']],
  ['npm run serve', [join('scripts', 'start.ts'), '--browser']],
  ...(process.platform === 'linux'
    ? ([['npm start without a display', [join('scripts', 'start.ts')]]] as [string, readonly [string, ...string[]]][])
    : []),
])('%s holds to it: given in the environment, or asked for by the window', async (_name, way) => {
  await init({ STEWARD_PASSPHRASE: RIGHT });
  const asked = await served(way, {});
  const status = await asked.client.workspace.status();
  expect(status).toMatchObject({ state: 'failed', failure: { code: 'KEYS_NEED_PASSPHRASE' } });
  // It is no fault of the program: the log names it, without a stack.
  expect(asked.child.errors()).toContain('KEYS_NEED_PASSPHRASE');
  expect(asked.child.errors()).not.toMatch(/^\s+at /m);
  await expect(asked.client.workspace.open({ folder: workspace, passphrase: '别的口令 2026' })).rejects.toMatchObject({
    data: { code: 'WRONG_PASSPHRASE', sentence: expect.stringContaining('口令不对') as string },
  });
  expect(await asked.client.workspace.open({ folder: workspace, passphrase: RIGHT })).toMatchObject({ state: 'open' });
  await asked.child.kill();
  const given = await served(way, { STEWARD_PASSPHRASE: RIGHT });
  expect(await given.client.workspace.status()).toMatchObject({ state: 'open' });
});

test('keys that an earlier release kept under a passphrase, without the mark, are asked for, opened and marked', async () => {
  const made = await init({ STEWARD_PASSPHRASE: RIGHT });
  const keys = join(root, 'config', 'keys');
  for (const name of readdirSync(keys).filter((one) => /\.(key|age)$/.test(one)))
    writeFileSync(join(keys, name), readFileSync(join(keys, name)).subarray(4));
  expect(marks()).not.toContain('SDP1');
  expect((await steward(['check'])).last).toMatchObject({ code: 'KEYS_NEED_PASSPHRASE' });
  expect((await steward(['check'], { STEWARD_PASSPHRASE: '别的口令 2026' })).last).toMatchObject({
    code: 'WRONG_PASSPHRASE',
  });
  expect(marks()).not.toContain('SDP1');
  expect((await steward(['check'], { STEWARD_PASSPHRASE: RIGHT })).last).toMatchObject({ ok: true });
  expect(new Set(marks())).toEqual(new Set(['SDP1']));
  const { client } = await served([CLI, 'serve'], { STEWARD_PASSPHRASE: RIGHT });
  expect((await client.workspace.status()).deviceTag).toBe(made.last.device);
});

// util-linux: runs a command at a terminal of its own.
test.runIf(existsSync('/usr/bin/script')).each([
  [RIGHT, '"ok":true'],
  ['别的口令 2026', 'WRONG_PASSPHRASE'],
])('at a terminal the command line asks for it, and shows nothing of what is typed', async (typed, said) => {
  await init({ STEWARD_PASSPHRASE: RIGHT });
  const line = [process.execPath, CLI, 'check', '--workspace', workspace, '--json'].map((one) => `'${one}'`).join(' ');
  const child = spawn('/usr/bin/script', ['-qec', line, '/dev/null'], {
    env: { ...process.env, STEWARD_CONFIG: join(root, 'config'), STEWARD_PASSPHRASE: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!shown.includes('不显示') && `${shown}${text}`.includes('不显示')) child.stdin.write(`x\u007f${typed}\r`);
    shown += text;
  });
  await once(child, 'close');
  expect(shown).toContain('口令');
  expect(shown).toContain(said);
  expect(shown).not.toContain(typed);
});

test('the spoken code of a package comes from the environment, and is no argument that other accounts could read', async () => {
  await init({});
  const made = await steward(['handoff', 'export', '--out', root, '--with-code']);
  expect(made.code, made.errors).toBe(0);
  const { folder, code } = made.last as { folder: string; code: string };
  expect((await steward(['handoff', 'inspect', folder], { STEWARD_PACKAGE_CODE: code })).last).toMatchObject({
    ok: true,
  });
  for (const command of ['inspect', 'import'])
    expect(await steward(['handoff', command, folder, '--code', code])).toMatchObject({ last: { code: 'USAGE' } });
});
