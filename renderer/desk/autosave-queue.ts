// The queue behind saving without a button: changes are written half a second after the last key; what failed stays and is tried again.
import { computed, reactive, ref, type ComputedRef } from 'vue';
import type { Values } from '../../contract/shared.ts';

/** After this many milliseconds without a change the changes are written. */
const QUIET = 500;
const RETRIES = [1000, 2000, 4000, 8000];

export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed';

/** Pending changes of a page, by row. */
export interface Autosave {
  /** Remembers changes of the row `key` and writes them soon. `seen`: what the fields held when typing began. */
  put: (key: string, patch: Values, seen?: Values) => void;
  /** The value to show: what was typed, else what is stored. */
  shown: <T extends Values[string]>(key: string, field: string, stored: T) => T;
  /** Writes everything now. @returns whether all of it is stored */
  flush: () => Promise<boolean>;
  /** Forgets what could not be stored: the person chose to leave without it. */
  abandon: () => void;
  state: ComputedRef<SaveState>;
  /** When it was last saved, `hh:mm:ss`. */
  savedAt: ComputedRef<string>;
  /** Why it could not be saved. */
  failure: ComputedRef<string | null>;
  /** Counts a write that did not go through `put` (an answer, a photo). */
  track: <T>(work: Promise<T>) => Promise<T>;
}

const clock = (): string => new Date().toTimeString().slice(0, 8);

/** What the queue works with. */
export interface AutosaveParts {
  /** Stores changes of one row that is as it was seen. */
  write: (key: string, patch: Values, seen: Values) => Promise<void>;
  /** Fetches the page again after writing. */
  settled: () => Promise<void>;
  /** Why a write failed, which fields were refused, and what those hold that were changed meanwhile. */
  explain: (error: unknown) => { sentence: string; refused: string[]; now?: Values };
}

/** A queue without listeners; `useAutosave` adds those of the page. */
export function createAutosave({ write, settled, explain }: AutosaveParts): Autosave {
  const pending = reactive<Record<string, Values>>({});
  const onTheWay = reactive<Record<string, Values>>({});
  const stored = reactive<Record<string, Values>>({});
  /** What the fields held when typing in them began. */
  const basis: Record<string, Values> = {};
  /** What refused fields hold by now: who types on after being told goes over it. */
  const told: Record<string, Values> = {};
  const failure = ref<string | null>(null);
  const savedAt = ref('');
  const busy = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let running: Promise<void> | null = null;

  const waiting = (): boolean => Object.keys(pending).length > 0;

  function later(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), milliseconds);
  }

  function put(key: string, patch: Values, seen: Values = {}): void {
    for (const field of Object.keys(patch)) {
      const now = told[key];
      if (now && field in now) {
        basis[key] = { ...basis[key], [field]: now[field] ?? null };
        told[key] = Object.fromEntries(Object.entries(now).filter(([other]) => other !== field));
      } else if (field in seen && !(field in (basis[key] ?? {})))
        basis[key] = { ...basis[key], [field]: seen[field] ?? null };
    }
    pending[key] = { ...pending[key], ...patch };
    later(QUIET);
  }

  /** What could not be written goes back, under anything typed since. */
  function putBack(key: string, patch: Values): void {
    pending[key] = { ...patch, ...pending[key] };
  }

  /** What was stored is shown until the page is fetched again, and is what the next change begins with. */
  function keep(key: string, patch: Values): void {
    stored[key] = { ...stored[key], ...patch };
    basis[key] = { ...basis[key], ...patch };
  }

  /** @returns whether anything of it was stored, and whether all of it */
  async function writeRow(key: string): Promise<{ some: boolean; all: boolean }> {
    const patch = pending[key];
    if (!patch) return { some: false, all: true };
    delete pending[key];
    onTheWay[key] = patch;
    try {
      await write(key, patch, basis[key] ?? {});
      keep(key, patch);
      return { some: true, all: true };
    } catch (error) {
      // A field that is refused must not hold back its neighbours.
      const refused = new Set(explain(error).refused);
      told[key] = { ...told[key], ...explain(error).now };
      const good = Object.fromEntries(Object.entries(patch).filter(([field]) => !refused.has(field)));
      const some =
        refused.size > 0 && Object.keys(good).length > 0 && Object.keys(good).length < Object.keys(patch).length;
      failure.value = explain(error).sentence;
      if (!some) {
        putBack(key, patch);
        return { some: false, all: false };
      }
      putBack(key, Object.fromEntries(Object.entries(patch).filter(([field]) => refused.has(field))));
      try {
        await write(key, good, basis[key] ?? {});
      } catch {
        putBack(key, good);
        return { some: false, all: false };
      }
      keep(key, good);
      return { some: true, all: false };
    } finally {
      delete onTheWay[key];
    }
  }

  async function writeAll(): Promise<void> {
    let failed = false;
    let wrote = false;
    for (const key of Object.keys(pending)) {
      const done = await writeRow(key);
      wrote ||= done.some;
      failed ||= !done.all;
    }
    if (failed) {
      later(RETRIES[Math.min(tries, RETRIES.length - 1)] ?? 8000);
      tries += 1;
    } else if (wrote) {
      failure.value = null;
      tries = 0;
      savedAt.value = clock();
    }
    if (wrote) {
      const seen = Object.keys(stored);
      await settled();
      for (const key of seen) {
        if (!onTheWay[key]) delete stored[key];
        // The page shows what holds: typing begins anew with it.
        if (!onTheWay[key] && !pending[key]) delete basis[key];
      }
    }
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    while (running) await running;
    if (!waiting()) return failure.value === null;
    running = writeAll().finally(() => {
      running = null;
    });
    await running;
    return !waiting();
  }

  function abandon(): void {
    clearTimeout(timer);
    for (const key of Object.keys(pending)) {
      delete pending[key];
      delete basis[key];
      delete told[key];
    }
    failure.value = null;
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

  const state = computed<SaveState>(() => {
    if (failure.value) return 'failed';
    if (busy.value > 0 || Object.keys(onTheWay).length > 0) return 'saving';
    if (waiting()) return 'waiting';
    return savedAt.value ? 'saved' : 'clean';
  });

  return {
    put,
    flush,
    track,
    abandon,
    state,
    savedAt: computed(() => savedAt.value),
    failure: computed(() => failure.value),
    shown: <T extends Values[string]>(key: string, field: string, value: T): T => {
      for (const layer of [pending[key], onTheWay[key], stored[key]])
        if (layer && field in layer) return layer[field] as T;
      return value;
    },
  };
}
