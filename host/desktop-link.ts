// The back end at the end of a message channel: what its parent and it say to each other, and how they start and part.
import { randomUUID } from 'node:crypto';
import type { Backend, BackendOptions } from './backend.ts';

/** First message of the parent. Pipe and secret come this way, since a command line can be read by every program. */
export interface StartMessage {
  type: 'start';
  /** Unix socket or Windows named pipe to listen on. */
  pipe: string;
  /** What each request must carry in `x-steward-secret`. */
  secret: string;
  /** Workspace folder; null to go on with the last one, or to ask. */
  workspaceDir: string | null;
  /** The built window; the one beside this program when null. */
  windowDir: string | null;
  /** Whether the parent can wrap keys with the system's key store. */
  wrapsKeys: boolean;
}

/** What the parent says. */
export type ToBackend =
  | StartMessage
  | { type: 'close' }
  | { type: 'key-result'; id: string; data: string }
  | { type: 'key-failed'; id: string; reason: string };

/** What the back end says; bytes travel as base64. */
export type FromBackend =
  | { type: 'ready'; address: string }
  | { type: 'failed'; reason: string }
  | { type: 'wrap-key' | 'unwrap-key'; id: string; data: string };

/** A message channel to the parent, whatever kind of process this is. */
export interface ParentChannel {
  post(message: FromBackend): void;
  onMessage(listener: (message: unknown) => void): void;
  onDisconnect(listener: () => void): void;
}

type KeyWrapper = NonNullable<BackendOptions['keyWrapper']>;
type Start = (options: BackendOptions) => Promise<Backend>;

const CLOSE_LIMIT_MS = 10_000;
const KEY_LIMIT_MS = 60_000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The start message if it is one, checked field by field; null otherwise. */
export function readStart(message: unknown): StartMessage | null {
  if (!isRecord(message) || message.type !== 'start') return null;
  const { pipe, secret, workspaceDir = null, windowDir = null, wrapsKeys = false } = message;
  if (typeof pipe !== 'string' || pipe === '' || typeof secret !== 'string' || secret.length < 16) return null;
  if (workspaceDir !== null && typeof workspaceDir !== 'string') return null;
  if (windowDir !== null && typeof windowDir !== 'string') return null;
  return { type: 'start', pipe, secret, workspaceDir, windowDir, wrapsKeys: wrapsKeys === true };
}

/** A key wrapper that asks the parent; `answer` is to be called with each of its key messages. */
function wrapperOver(channel: ParentChannel): {
  wrapper: KeyWrapper;
  answer: (message: Record<string, unknown>) => void;
} {
  const waiting = new Map<string, { done: (data: Uint8Array) => void; fail: (error: Error) => void }>();
  const ask = (type: 'wrap-key' | 'unwrap-key', bytes: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const id = randomUUID();
      const limit = setTimeout(
        () => settle(() => reject(new Error('the desktop did not answer about a key'))),
        KEY_LIMIT_MS,
      );
      const settle = (end: () => void): void => {
        clearTimeout(limit);
        waiting.delete(id);
        end();
      };
      waiting.set(id, { done: (data) => settle(() => resolve(data)), fail: (error) => settle(() => reject(error)) });
      channel.post({ type, id, data: Buffer.from(bytes).toString('base64') });
    });
  return {
    wrapper: { wrap: (plain) => ask('wrap-key', plain), unwrap: (wrapped) => ask('unwrap-key', wrapped) },
    answer(message) {
      const question = waiting.get(String(message.id));
      if (message.type === 'key-result' && typeof message.data === 'string') {
        question?.done(new Uint8Array(Buffer.from(message.data, 'base64')));
      } else {
        question?.fail(new Error(String(message.reason ?? 'the desktop could not use its key store')));
      }
    },
  };
}

/**
 * Runs one back end for the parent at the other end of the channel: starts it when told, closes it when told or when
 * the parent is gone, and calls `exit` exactly once (0 after a clean close, 1 when it could not start or close).
 */
export function runForParent(
  channel: ParentChannel,
  start: Start,
  windowDir: string,
  exit: (code: number) => void,
): void {
  const keys = wrapperOver(channel);
  let starting: Promise<Backend | null> | null = null;
  let ended = false;
  const end = (code: number): void => {
    if (ended) return;
    ended = true;
    exit(code);
  };

  const begin = async (message: StartMessage): Promise<Backend | null> => {
    try {
      const backend = await start({
        listen: { kind: 'pipe', path: message.pipe },
        secret: message.secret,
        workspaceDir: message.workspaceDir,
        windowDir: message.windowDir ?? windowDir,
        ...(message.wrapsKeys ? { keyWrapper: keys.wrapper } : {}),
      });
      channel.post({ type: 'ready', address: backend.address });
      return backend;
    } catch (error) {
      console.error(error);
      channel.post({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
      end(1);
      return null;
    }
  };

  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return;
    closing = true;
    setTimeout(() => end(1), CLOSE_LIMIT_MS).unref();
    try {
      await (await starting)?.close();
      end(0);
    } catch (error) {
      console.error(error);
      end(1);
    }
  };

  channel.onMessage((message) => {
    const wanted = readStart(message);
    if (wanted && !starting && !closing) starting = begin(wanted);
    else if (isRecord(message) && message.type === 'close') void close();
    else if (isRecord(message) && String(message.type).startsWith('key-')) keys.answer(message);
  });
  channel.onDisconnect(() => void close());
}
