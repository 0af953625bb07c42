// Saving without a button: changes are written half a second after the last key, on blur, on leaving; what failed stays and is tried again.
import { computed, onBeforeUnmount, onMounted, reactive, ref, type ComputedRef } from 'vue';
import type { Values } from '../../../contract/shared.ts';
import { problemsOf, sentenceOf } from '../../app/client.ts';

/** After this many milliseconds without a change the changes are written. */
const QUIET = 500;
const RETRIES = [2000, 5000, 10_000, 30_000];

export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed';

/** Pending changes of a page, by row. */
export interface Autosave {
  /** Remembers changes of the row `key` and writes them soon. */
  put: (key: string, patch: Values) => void;
  /** The value to show: what was typed, else what is stored. */
  shown: <T extends Values[string]>(key: string, field: string, stored: T) => T;
  /** Writes everything now. @returns whether all of it is stored */
  flush: () => Promise<boolean>;
  state: ComputedRef<SaveState>;
  /** When it was last saved, `hh:mm:ss`. */
  savedAt: ComputedRef<string>;
  /** Why it could not be saved. */
  failure: ComputedRef<string | null>;
  /** Counts a write that did not go through `put` (an answer, a photo). */
  track: <T>(work: Promise<T>) => Promise<T>;
}

const clock = (): string => new Date().toTimeString().slice(0, 8);

/** @param write stores changes of one row; @param settled fetches the page again after writing */
export function useAutosave(write: (key: string, patch: Values) => Promise<void>, settled: () => Promise<void>): Autosave {
  const pending = reactive<Record<string, Values>>({});
  const onTheWay = reactive<Record<string, Values>>({});
  const stored = reactive<Record<string, Values>>({});
  const failure = ref<string | null>(null);
  const savedAt = ref('');
  const busy = ref(0);
  let timer = 0;
  let tries = 0;
  let running: Promise<void> | null = null;

  const waiting = (): boolean => Object.keys(pending).length > 0;

  function later(milliseconds: number): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), milliseconds);
  }

  function put(key: string, patch: Values): void {
    pending[key] = { ...pending[key], ...patch };
    later(QUIET);
  }

  /** What could not be written goes back, under anything typed since. */
  function putBack(key: string, patch: Values): void {
    pending[key] = { ...patch, ...pending[key] };
  }

  async function writeRow(key: string): Promise<void> {
    const patch = pending[key];
    if (!patch) return;
    delete pending[key];
    onTheWay[key] = patch;
    try {
      await write(key, patch);
      stored[key] = { ...stored[key], ...patch };
    } catch (error) {
      // A field that is refused must not hold back its neighbours.
      const refused = new Set(problemsOf(error).filter((problem) => problem.severity === 'error').map((problem) => problem.field));
      const good = Object.fromEntries(Object.entries(patch).filter(([field]) => !refused.has(field)));
      const some = refused.size > 0 && Object.keys(good).length > 0 && Object.keys(good).length < Object.keys(patch).length;
      failure.value = sentenceOf(error);
      if (!some) {
        putBack(key, patch);
        throw error;
      }
      putBack(key, Object.fromEntries(Object.entries(patch).filter(([field]) => refused.has(field))));
      await write(key, good);
      stored[key] = { ...stored[key], ...good };
      throw error;
    } finally {
      delete onTheWay[key];
    }
  }

  async function writeAll(): Promise<void> {
    let failed = false;
    let wrote = false;
    for (const key of Object.keys(pending)) {
      try {
        await writeRow(key);
        wrote = true;
      } catch (error) {
        failed = true;
        failure.value = sentenceOf(error);
      }
    }
    if (failed) {
      later(RETRIES[Math.min(tries, RETRIES.length - 1)] ?? 30_000);
      tries += 1;
    } else if (wrote) {
      failure.value = null;
      tries = 0;
      savedAt.value = clock();
    }
    if (wrote) {
      const seen = Object.keys(stored);
      await settled();
      for (const key of seen) if (!onTheWay[key]) delete stored[key];
    }
  }

  async function flush(): Promise<boolean> {
    window.clearTimeout(timer);
    while (running) await running;
    if (!waiting()) return failure.value === null;
    running = writeAll().finally(() => { running = null; });
    await running;
    return !waiting();
  }

  async function track<T>(work: Promise<T>): Promise<T> {
    busy.value += 1;
    try {
      const value = await work;
      savedAt.value = clock();
      return value;
    } finally {
      busy.value -= 1;
    }
  }

  const flushNow = () => void flush();
  const onHide = () => { if (document.visibilityState === 'hidden') flushNow(); };
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

  const state = computed<SaveState>(() => {
    if (failure.value) return 'failed';
    if (busy.value > 0 || Object.keys(onTheWay).length > 0) return 'saving';
    if (waiting()) return 'waiting';
    return savedAt.value ? 'saved' : 'clean';
  });

  return {
    put, flush, track, state,
    savedAt: computed(() => savedAt.value), failure: computed(() => failure.value),
    shown: <T extends Values[string]>(key: string, field: string, value: T): T => {
      for (const layer of [pending[key], onTheWay[key], stored[key]]) if (layer && field in layer) return layer[field] as T;
      return value;
    },
  };
}
