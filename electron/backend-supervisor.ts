// Keeps one back end alive: starts it, answers its key questions, starts it again after a crash, closes it in bounded time.
import type { FromBackend, StartMessage, ToBackend } from '../host/desktop.ts';
import { discardEndpoint, newEndpoint, type Endpoint } from './endpoint.ts';
import { createRestartPolicy, type RestartPolicy } from './restart-policy.ts';

/** A running back-end process, whoever launched it (utilityProcess here, child_process.fork in tests). */
export interface BackendProcess {
  post(message: ToBackend): void;
  onMessage(listener: (message: FromBackend) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface KeyService {
  wrap(plain: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

export interface SupervisorOptions {
  launch(): BackendProcess;
  start: Pick<StartMessage, 'workspaceDir' | 'windowDir'>;
  /** The system's key store, or null where it cannot be trusted. */
  keys: KeyService | null;
  /** Called when restarting has become pointless, with the last reason that is known. */
  onGiveUp(reason: string): void;
  log(line: string): void;
  policy?: RestartPolicy;
  closeLimitMs?: number;
  /** A start that takes longer than this hangs; upgrading a large workspace takes minutes, not more. */
  startLimitMs?: number;
}

export type BackendState = 'starting' | 'ready' | 'down' | 'closed';

const CLOSE_LIMIT_MS = 12_000;
const START_LIMIT_MS = 10 * 60_000;

export class BackendSupervisor {
  readonly #options: SupervisorOptions;
  readonly #policy: RestartPolicy;
  #state: BackendState = 'down';
  #process: BackendProcess | null = null;
  #endpoint: Endpoint | null = null;
  #reason = '';
  #pause: NodeJS.Timeout | undefined;
  #startLimit: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];
  #exited: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#policy = options.policy ?? createRestartPolicy();
  }

  get state(): BackendState {
    return this.#state;
  }

  /** Starts the back end, at first or when the user asks to try again after giving up. */
  start(): void {
    if (this.#process || this.#state === 'closed') return;
    this.#policy.reset();
    this.#launch();
  }

  /** Where the back end answers. While it starts, waits for it (at most `patienceMs`); null when it is down. */
  async endpoint(patienceMs = 0): Promise<Endpoint | null> {
    if (this.#state === 'starting' && patienceMs > 0) {
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, patienceMs);
        this.#waiting.push(() => {
          clearTimeout(limit);
          resolve();
        });
      });
    }
    return this.#state === 'ready' ? this.#endpoint : null;
  }

  /** Asks the back end to close and waits; kills it when the limit has passed. Never rejects. */
  async close(): Promise<void> {
    clearTimeout(this.#pause);
    this.#become('closed');
    const child = this.#process;
    if (!child) return;
    const limit = setTimeout(() => {
      this.#options.log('the back end did not close in time and is killed');
      child.kill();
    }, this.#options.closeLimitMs ?? CLOSE_LIMIT_MS);
    child.post({ type: 'close' });
    await this.#exited;
    clearTimeout(limit);
  }

  #become(state: BackendState): void {
    if (this.#state === 'closed') return;
    this.#state = state;
    if (state === 'starting') return;
    clearTimeout(this.#startLimit);
    for (const resume of this.#waiting.splice(0)) resume();
  }

  #launch(): void {
    this.#become('starting');
    this.#reason = '';
    const endpoint = newEndpoint();
    const child = this.#options.launch();
    this.#process = child;
    this.#endpoint = endpoint;
    child.onMessage((message) => this.#receive(child, message));
    this.#exited = new Promise((resolve) => {
      child.onExit((code) => {
        discardEndpoint(endpoint);
        this.#ended(code);
        resolve();
      });
    });
    this.#startLimit = setTimeout(() => {
      this.#reason = 'the back end did not become ready';
      child.kill();
    }, this.#options.startLimitMs ?? START_LIMIT_MS);
    child.post({ type: 'start', ...this.#options.start, ...endpoint, wrapsKeys: this.#options.keys !== null });
  }

  #receive(child: BackendProcess, message: FromBackend): void {
    switch (message.type) {
      case 'ready':
        this.#become('ready');
        break;
      case 'failed':
        this.#reason = message.reason;
        break;
      case 'wrap-key':
      case 'unwrap-key':
        void this.#answerKey(child, message.type, message.id, message.data);
        break;
    }
  }

  async #answerKey(
    child: BackendProcess,
    question: 'wrap-key' | 'unwrap-key',
    id: string,
    data: string,
  ): Promise<void> {
    try {
      const { keys } = this.#options;
      if (!keys) throw new Error('no key store');
      const bytes = new Uint8Array(Buffer.from(data, 'base64'));
      const result = await (question === 'wrap-key' ? keys.wrap(bytes) : keys.unwrap(bytes));
      child.post({ type: 'key-result', id, data: Buffer.from(result).toString('base64') });
    } catch (error) {
      child.post({ type: 'key-failed', id, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #ended(code: number | null): void {
    this.#process = null;
    this.#endpoint = null;
    clearTimeout(this.#startLimit);
    if (this.#state === 'closed') return;
    this.#become('down');
    this.#reason ||= `the back end ended unexpectedly (code ${code ?? 'none'})`;
    this.#options.log(this.#reason);
    const decision = this.#policy.crashed(Date.now());
    if (!decision.restart) {
      this.#options.onGiveUp(this.#reason);
      return;
    }
    this.#pause = setTimeout(() => this.#launch(), decision.afterMs);
  }
}
