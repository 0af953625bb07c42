// npm start: the desktop application where it can be had, otherwise the same application served to the browser.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBackEnd, ensureWindow, WINDOW_DIR } from './lib/build.ts';
import { findDesktop } from './lib/electron-binary.ts';
import { requireCurrentNode, ROOT } from './lib/run.ts';

const CLOSE_LIMIT_MS = 10_000;
/** An Electron that fails this early never showed a window: a system library or the sandbox is missing. */
const FAILED_START_MS = 15_000;

requireCurrentNode();

const USAGE = 'Usage: npm start -- [--browser] [--workspace DIR] [--port N]';

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        workspace: { type: 'string' },
        port: { type: 'string' },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
      throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
    }
    return { browser: values.browser, workspace: values.workspace ? resolve(values.workspace) : null, port };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}
const options = readOptions();

/** Opens the desktop application and waits for its end; null when it could not even start. */
async function openDesktop(binary: string): Promise<number | null> {
  if ((await ensureBackEnd()) !== 0) process.exit(1);
  const { ELECTRON_RUN_AS_NODE, ...env } = process.env;
  const started = Date.now();
  const args = [ROOT, ...(options.workspace ? [`--workspace=${options.workspace}`] : [])];
  const shell = spawn(binary, args, { cwd: ROOT, stdio: 'inherit', env });
  // Ctrl+C reaches the shell by itself; this process only has to outlive it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => shell.kill('SIGTERM'));
  return new Promise((done) => {
    shell.once('error', () => done(null));
    shell.once('exit', (code) => done(code !== 0 && Date.now() - started < FAILED_START_MS ? null : (code ?? 1)));
  });
}

/** Serves the application on 127.0.0.1 until a signal asks for the end. */
async function serve(): Promise<void> {
  const { startBackend } = await import('../host/backend.ts');
  const backend = await startBackend({
    listen: { kind: 'loopback', ...(options.port === undefined ? {} : { port: options.port }) },
    secret: randomBytes(32).toString('base64url'),
    workspaceDir: options.workspace,
    windowDir: WINDOW_DIR,
  });
  console.log(backend.address);
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
    backend.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);
}

if ((await ensureWindow()) !== 0) process.exit(1);

if (!options.browser) {
  const desktop = await findDesktop();
  let why: string;
  if ('binary' in desktop) {
    const code = await openDesktop(desktop.binary);
    if (code !== null) process.exit(code);
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
    why = 'Electron could not start on this machine';
  } else {
    why = desktop.impossible;
  }
  console.log(`${why}, so Steward Desk is served to the browser; open this address (Ctrl+C ends it):`);
}
try {
  await serve();
} catch (error) {
  console.error(`Steward Desk could not be served: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
