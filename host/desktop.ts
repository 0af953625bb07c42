// Entry of the back-end process of the desktop application: an Electron utility process, or plain Node with a channel.
import { join } from 'node:path';
import type { Backend, BackendOptions } from './backend.ts';
import { runForParent, type FromBackend, type ParentChannel } from './desktop-link.ts';

export type { FromBackend, StartMessage, ToBackend } from './desktop-link.ts';

/** The part of Electron's parent port that is used; Electron itself is not known here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/** Messages to a parent that is going away are of no use to anybody. */
const ignoreFailure = (): void => undefined;

function parentChannel(): ParentChannel | null {
  const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      onDisconnect: (listener) => port.on('close', listener),
    };
  }
  if (!process.send) return null;
  return {
    post: (message: FromBackend) => void (process.connected && process.send?.(message, undefined, {}, ignoreFailure)),
    onMessage: (listener) => void process.on('message', listener),
    onDisconnect: (listener) => void process.on('disconnect', listener),
  };
}

const channel = parentChannel();
if (!channel) {
  console.error('This program is started by the desktop application; to serve the browser, run "npm run serve".');
  process.exit(2);
}
// Ctrl+C in a terminal goes to every process of it; the parent decides when the back end ends.
process.on('SIGINT', ignoreFailure);
const windowDir = join(
  import.meta.dirname,
  '..',
  ...(import.meta.filename.endsWith('.ts') ? ['dist'] : []),
  'renderer',
);
// Loaded when told to start: listening begins at once, and a back end that cannot even be loaded is reported.
const start = async (options: BackendOptions): Promise<Backend> => (await import('./backend.ts')).startBackend(options);
runForParent(channel, start, windowDir, (code) => process.exit(code));
