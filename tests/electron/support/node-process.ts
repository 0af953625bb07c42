// A back-end process as the supervisor sees it, run by plain Node instead of Electron's utilityProcess.
import { fork } from 'node:child_process';
import type { BackendProcess } from '../../../electron/backend-supervisor.ts';
import type { FromBackend } from '../../../host/desktop.ts';

export interface NodeBackend extends BackendProcess {
  pid: number;
  output(): string;
}

/** Forks a script with a message channel; `node` is the Node that runs the tests. */
export function forkBackend(script: string, env: NodeJS.ProcessEnv = {}): NodeBackend {
  const child = fork(script, [], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    post: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromBackend)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}
