// The picture of a page of a file: fetched, so that a page that can't be drawn says why.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

/** A page on screen. */
export interface ShownPage {
  url: ShallowRef<string | null>;
  pages: Ref<number>;
  failure: Ref<string | null>;
}

const NOT_THERE = '页面没有取到，请重试；仍不行时下载后打开。';

/** The page `number` of the file `id`, anew whenever one of them changes. */
export function usePage(id: () => string | null, number: () => number): ShownPage {
  const [url, pages, failure] = [shallowRef<string | null>(null), ref(1), ref<string | null>(null)];
  let controller: AbortController | null = null;

  function put(next: string | null): void {
    if (url.value) URL.revokeObjectURL(url.value);
    url.value = next;
  }

  async function load(): Promise<void> {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    const asked = id();
    put(null);
    failure.value = null;
    if (!asked) return;
    try {
      const answer = await fetch(`media/${asked}?page=${number()}`, { credentials: 'include', signal: mine.signal });
      if (answer.ok) {
        pages.value = Number(answer.headers.get('x-steward-pages') ?? 1);
        put(URL.createObjectURL(await answer.blob()));
      } else {
        const said = (await answer.json().catch(() => null)) as { sentence?: string } | null;
        failure.value = said?.sentence ?? NOT_THERE;
      }
    } catch {
      if (!mine.signal.aborted) failure.value = NOT_THERE;
    }
  }

  watch([id, number], () => void load(), { immediate: true });
  onScopeDispose(() => {
    controller?.abort();
    put(null);
  });
  return { url, pages, failure };
}
