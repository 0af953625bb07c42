// Saving without a button on a page: the queue, written at once on blur, when the window is hidden, and on leaving.
import { onBeforeUnmount, onMounted } from 'vue';
import type { Values } from '../../contract/shared.ts';
import { problemsOf, sentenceOf } from './client.ts';
import { createAutosave, type Autosave } from './autosave-queue.ts';

export type { Autosave };

/** @param write stores changes of one row; @param settled fetches the page again after writing */
export function useAutosave(
  write: (key: string, patch: Values, seen: Values) => Promise<void>,
  settled: () => Promise<void>,
): Autosave {
  const saver = createAutosave({
    write,
    settled,
    explain: (error) => ({
      sentence: sentenceOf(error),
      refused: problemsOf(error)
        .filter((problem) => problem.severity === 'error')
        .map((problem) => problem.field),
      now: Object.fromEntries(problemsOf(error).flatMap(({ field, now }) => (now === undefined ? [] : [[field, now]]))),
    }),
  });
  const flushNow = () => void saver.flush();
  const onHide = () => {
    if (document.visibilityState === 'hidden') flushNow();
  };
  onMounted(() => {
    window.addEventListener('pagehide', flushNow);
    window.addEventListener('blur', flushNow);
    document.addEventListener('visibilitychange', onHide);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', flushNow);
    window.removeEventListener('blur', flushNow);
    document.removeEventListener('visibilitychange', onHide);
    flushNow();
  });
  return saver;
}
