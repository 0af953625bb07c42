// What only real Electron can show. Runs wherever its program and a display are: on the release workflow, on a desk.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { previewRegister } from './page-scripts.ts';
import { desktopProgram, startDesktop, throwAwayProfile, type DesktopUnderTest } from './desktop-app.ts';

const program = desktopProgram();
if ('missing' in program) console.log(`Skipped, the desktop suite: ${program.missing}.`);

// As text, since it is the page's code: the types of a browser are not those of the tests.
const TRY_TO_GET_OUT = `(async () => {
  const opened = window.open('https://example.com/') === null;
  const network = await fetch('https://example.com/').then(() => 'reached', () => 'refused');
  const permission = await Notification.requestPermission();
  const position = await new Promise((done) => navigator.geolocation.getCurrentPosition(() => done('given'), () => done('refused')));
  const link = document.createElement('a');
  link.href = 'https://example.com/';
  document.body.append(link);
  link.click();
  return { opened, network, permission, position };
})()`;

describe.skipIf('missing' in program)('the desktop application', () => {
  const profile = throwAwayProfile();
  let desktop: DesktopUnderTest;

  beforeAll(async () => {
    desktop = await startDesktop(profile);
  });
  afterAll(async () => {
    await desktop.app.close();
    profile.discard();
  });

  const backEndPids = () =>
    desktop.app.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter((metric) => metric.type === 'Utility' && metric.name === 'Steward Desk back end')
        .map((metric) => metric.pid),
    );

  test('the window shows the application from app://desk, in Chinese, and opens no port', async () => {
    expect(desktop.window.url()).toMatch(/^app:\/\/desk\//);
    expect(await desktop.window.title()).toContain('环保管家工作台');
    const answer = await desktop.window.evaluate(async () => {
      const response = await fetch('/health');
      return { status: response.status, body: (await response.json()) as { ok: boolean } };
    });
    expect(answer).toMatchObject({ status: 200, body: { ok: true } });
  });

  test('the page is sandboxed: no Node, and of the desktop three named functions', async () => {
    const seen = await desktop.window.evaluate(() => {
      const page = globalThis as unknown as Record<string, unknown>;
      return {
        require: typeof page.require,
        process: typeof page.process,
        desktop: Object.keys(page.desktop as object).sort(),
      };
    });
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      desktop: ['openDocument', 'pathOfDroppedFile', 'revealInFolder'],
    });
    const refused = await desktop.window.evaluate(
      async (path) => {
        const { desktop } = globalThis as unknown as {
          desktop: Record<'openDocument' | 'revealInFolder', (path: unknown) => Promise<boolean>>;
        };
        return [
          await desktop.openDocument(path),
          await desktop.openDocument('\\\\server\\a.docx'),
          await desktop.revealInFolder(7),
        ];
      },
      'executablePath' in program ? program.executablePath : '',
    );
    expect(refused).toEqual([false, false, false]);
  });

  test('the window stays where it is: no navigation, no new window, no network, no permission', async () => {
    const before = desktop.window.url();
    const seen = await desktop.window.evaluate(TRY_TO_GET_OUT);
    expect(seen).toEqual({ opened: true, network: 'refused', permission: 'denied', position: 'refused' });
    // A round trip through the page: a navigation that was allowed would have begun before it.
    await desktop.window.evaluate(() => fetch('/health').then((response) => response.status));
    expect(desktop.window.url()).toBe(before);
    expect(desktop.app.windows()).toHaveLength(1);
  });

  test('a large upload passes through the scheme', async () => {
    const size = 32 * 1024 * 1024;
    const upload = await desktop.window.evaluate(async (bytes) => {
      const response = await fetch('/files/upload?name=large.bin', {
        method: 'POST',
        body: new Blob([new Uint8Array(bytes)]),
      });
      return { status: response.status, body: (await response.json()) as { size: number } };
    }, size);
    expect(upload).toMatchObject({ status: 200, body: { size } });
  });

  test('a job streams its progress to the window, with database, workers and built-in content from inside app.asar', async () => {
    const events = await desktop.window.evaluate(previewRegister, join(profile.folder, 'workspace'));
    expect(events).toContain('"state":"done"');
    expect(events).toContain('"created":1');
  });

  test('a back end that is killed comes back by itself, and the window reaches it again', async () => {
    const [before] = await backEndPids();
    expect(before).toBeDefined();
    if (before !== undefined) process.kill(before, 'SIGKILL');
    await expect.poll(backEndPids).not.toContain(before);
    const status = () => desktop.window.evaluate(() => fetch('/health').then((response) => response.status));
    await expect.poll(status).toBe(200);
  });

  test('the menu is in Chinese', async () => {
    const labels = await desktop.app.evaluate(
      ({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? [],
    );
    expect(labels).toEqual(expect.arrayContaining(['文件', '编辑', '视图', '帮助']));
  });

  test('a second start shows the first window and ends', async () => {
    if ('missing' in program) return;
    const second = spawn(program.executablePath, [...program.args, ...profile.args], {
      env: profile.env,
      stdio: 'ignore',
    });
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(desktop.app.windows()).toHaveLength(1);
  });

  test('it closes its back end with it, and opens again where its window was', async () => {
    const bounds = { x: 40, y: 60, width: 1240, height: 720 };
    await desktop.app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
      bounds,
    );
    const [pid] = await backEndPids();
    const placed = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await desktop.app.close();
    await expect.poll(() => isRunning(pid)).toBe(false);
    desktop = await startDesktop(profile);
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
      placed,
    );
  });
});

function isRunning(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
