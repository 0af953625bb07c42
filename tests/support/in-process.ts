// Long work of the back end in the thread of the test, where modules can be mocked.
import type { MessagePort } from 'node:worker_threads';
import type { BackgroundTasks } from '../../services/workers/index.ts';

type Task = (input: object) => Promise<never>;

/** Does what `inBackground` does, without a thread. For the factory of `vi.mock`. */
export async function inThisThread(
  task: keyof BackgroundTasks,
  input: object,
  onProgress: (done: number, total: number, step: string) => void,
  signal?: AbortSignal,
): Promise<never> {
  const tasks = await import('../../services/workers/background.ts');
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const abort = (): void => {
    Atomics.store(stop, 0, 1);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  const port = {
    postMessage: (m: { done: number; total: number; step: string }) => {
      onProgress(m.done, m.total, m.step);
    },
    close: () => undefined,
  } as unknown as MessagePort;
  return await (tasks[task] as unknown as Task)({ ...input, port, stop });
}
