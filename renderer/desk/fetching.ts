// Fetching for a page: once, and again after each write; the last answer stays until the next is there.
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { isGone, sentenceOf } from './client.ts';
import { createNewest } from './newest.ts';
import { useSession } from './session.ts';

/** What a page fetches. */
export interface Fetched<T> {
  data: ShallowRef<T | null>;
  /** The sentence when it failed. */
  failure: ShallowRef<string | null>;
  /** True once fetching takes longer than a second. */
  slow: ShallowRef<boolean>;
  /** True when what was here is not there any more. */
  gone: ShallowRef<boolean>;
  /** Fetches again; resolves when what is here is as new as the call. */
  again: () => Promise<void>;
}

/** Fetches now, whenever `key` changes and after every write. An answer that was overtaken by a later question is dropped. */
export function useFetched<T>(fetcher: () => Promise<T> | null, key: () => unknown = () => null): Fetched<T> {
  const session = useSession();
  const data = shallowRef<T | null>(null);
  const failure = shallowRef<string | null>(null);
  const slow = shallowRef(false);
  const gone = shallowRef(false);
  let timer = 0;

  const { again, stop } = createNewest(async (counts) => {
    const asked = fetcher();
    if (!asked) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (counts()) slow.value = true;
    }, 1000);
    try {
      const answer = await asked;
      if (!counts()) return;
      data.value = answer;
      failure.value = null;
      gone.value = false;
    } catch (error) {
      if (!counts()) return;
      failure.value = sentenceOf(error);
      gone.value = isGone(error);
    } finally {
      if (counts()) {
        window.clearTimeout(timer);
        slow.value = false;
      }
    }
  });

  watch([key, () => session.revision], () => void again(), { immediate: true });
  onScopeDispose(() => {
    stop();
    window.clearTimeout(timer);
  });
  return { data, failure, slow, gone, again };
}

/** Leaves the page of a record for its list when the record goes away under one's eyes, as by undoing what made it. */
export function useLeaveWhenGone({ data, gone }: Fetched<unknown>, list: string): void {
  const router = useRouter();
  watch(gone, (now) => {
    if (now && data.value !== null) void router.replace(list);
  });
}
