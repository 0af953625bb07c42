// Rows of a long list, fetched by pages as they scroll into view; the old rows stay until the new ones are there.
import { onScopeDispose, shallowRef, triggerRef, type ShallowRef } from 'vue';
import { sentenceOf } from '../desk/client.ts';
import type { SortBy } from '../desk/list-state.ts';

export type { SortBy } from '../desk/list-state.ts';

/** Fetches rows `offset` to `offset + limit`. */
export type LoadRows<Row> = (
  offset: number,
  limit: number,
  sort: SortBy | null,
) => Promise<{ rows: Row[]; total: number }>;

/** Rows in one page: small enough to come at once, large enough for a tall window. */
export const PAGE_SIZE = 100;

/** The pages that are here. */
export interface RowPages<Row> {
  total: ShallowRef<number | null>;
  failure: ShallowRef<string | null>;
  slow: ShallowRef<boolean>;
  /** Goes up whenever rows came. */
  version: ShallowRef<number>;
  rowAt: (index: number) => Row | undefined;
  /** Sees to it that these rows are fetched. */
  need: (first: number, last: number) => void;
  /** Fetches all rows, for paper. */
  all: () => Promise<void>;
  /** Everything again (another filter, order or a write). */
  reload: () => Promise<void>;
}

/** Pages of one list. */
export function useRowPages<Row>(load: () => LoadRows<Row>, sort: () => SortBy | null): RowPages<Row> {
  const total = shallowRef<number | null>(null);
  const failure = shallowRef<string | null>(null);
  const slow = shallowRef(false);
  const version = shallowRef(0);
  const pages = shallowRef(new Map<number, Row[]>());
  const asked = new Set<number>();
  let generation = 0;
  let stale = false;
  let lastSeen: [number, number] = [0, 0];
  let timer = 0;

  async function fetchPage(page: number): Promise<void> {
    if (asked.has(page)) return;
    asked.add(page);
    const mine = generation;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      slow.value = true;
    }, 1000);
    try {
      const answer = await load()(page * PAGE_SIZE, PAGE_SIZE, sort());
      if (mine !== generation) return;
      if (stale) {
        pages.value = new Map();
        stale = false;
      }
      pages.value.set(page, answer.rows);
      triggerRef(pages);
      total.value = answer.total;
      failure.value = null;
      version.value += 1;
    } catch (error) {
      if (mine !== generation) return;
      asked.delete(page);
      failure.value = sentenceOf(error);
    } finally {
      if (mine === generation) {
        window.clearTimeout(timer);
        slow.value = false;
      }
    }
  }

  function need(first: number, last: number): void {
    lastSeen = [first, last];
    for (let page = Math.floor(first / PAGE_SIZE); page <= Math.floor(last / PAGE_SIZE); page += 1)
      void fetchPage(page);
  }

  async function all(): Promise<void> {
    for (let page = 0; page * PAGE_SIZE < (total.value ?? 0); page += 1)
      if (!pages.value.has(page)) await fetchPage(page);
  }

  async function reload(): Promise<void> {
    generation += 1;
    stale = true;
    asked.clear();
    const first = Math.floor(lastSeen[0] / PAGE_SIZE);
    const last = Math.floor(lastSeen[1] / PAGE_SIZE);
    const wanted = new Set([0, ...Array.from({ length: last - first + 1 }, (_, i) => first + i)]);
    await Promise.all([...wanted].map(fetchPage));
  }

  onScopeDispose(() => {
    generation += 1;
    window.clearTimeout(timer);
  });

  return {
    total,
    failure,
    slow,
    version,
    rowAt: (index) => pages.value.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
    need,
    all,
    reload,
  };
}
