// The back end as an Electron utility process. Only real Electron shows that it loads from inside app.asar.
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { FromBackend } from '../host/desktop.ts';
import type { BackendProcess } from './backend-supervisor.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { HEAP_FLAGS } from './heap-flags.ts';

/** Launches dist/host/desktop.js; what it prints goes to the log. */
export function launchBackend(log: (line: string) => void): BackendProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, '..', 'host', 'desktop.js'), [], {
    serviceName: 'Steward Desk back end',
    // Electron puts these on the command line of the process, where it reads the flags of V8.
    execArgv: [`--js-flags=${HEAP_FLAGS.join(' ')}`],
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(process.env),
  });
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (chunk: Buffer) => log(`[back end] ${chunk.toString()}`));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromBackend) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
}
