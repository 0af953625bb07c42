// The conditions and the order of a list in the address: a link, another screen and "back" open the same list.
import { computed, onScopeDispose, watch, type ComputedRef } from 'vue';
import { onBeforeRouteLeave, useRoute, useRouter, type LocationQuery } from 'vue-router';
import type { Filter } from '../../../domain/dictionary/filter.ts';
import { FilterTextError } from '../../../domain/dictionary/filter-text.ts';
import { parseFilter, pathEnd, printFilter } from '../../../domain/lists.ts';
import { MOST_IN_ADDRESS, setList, sortOf, sortText, type ListState, type SortBy } from '../../desk/list-state.ts';
import { notifyProblem } from '../../desk/notify.ts';

/** The conditions that an address carries for a kind; none where there are none, or where they do not fit, which is said. */
export function filterIn(kind: string, text: string | null): Filter {
  try {
    return text === null ? [] : parseFilter(kind, text);
  } catch (error) {
    if (!(error instanceof FilterTextError)) throw error;
    notifyProblem(error.message);
    return [];
  }
}

/** The order that an address carries for a kind; none where it has no such column, which is said. */
export function sortIn(kind: string, text: string): SortBy | null {
  const sort = sortOf(text);
  if (!sort || pathEnd(kind, sort.field)) return sort;
  notifyProblem(`不能按“${sort.field}”排序，已按原来的次序排列`);
  return null;
}

/** Keeps the list and the address alike. An address without conditions means the list as it was last. */
export function useListAddress(kind: string, state: ListState): { printed: ComputedRef<string> } {
  const route = useRoute();
  const router = useRouter();
  const { path } = route;
  const printed = computed(() => printFilter(kind, state.filter));
  const query = computed<Record<string, string>>(() => ({
    ...(printed.value.length <= MOST_IN_ADDRESS && { filter: printed.value }),
    ...(state.sort && { sort: sortText(state.sort) }),
  }));

  function take(asked: LocationQuery): void {
    const { filter, sort } = asked;
    if (typeof filter !== 'string' || (filter === printed.value && sort === undefined)) return;
    try {
      const next = typeof sort === 'string' ? sortIn(kind, sort) : null;
      if (filter !== printed.value || sortText(next) !== sortText(state.sort))
        setList(kind, parseFilter(kind, filter), next);
    } catch (error) {
      if (!(error instanceof FilterTextError)) throw error;
      notifyProblem(error.message);
    }
  }
  watch(
    () => route.query,
    (now) => {
      if (route.path === path) take(now);
    },
    { immediate: true },
  );
  // Another page is on its way, whose code may have to be fetched: an address of this one would call it off.
  let leaving = false;
  onBeforeRouteLeave(() => {
    leaving = true;
  });
  onScopeDispose(
    router.afterEach(() => {
      leaving = false;
    }),
  );
  watch(
    query,
    (now) => {
      if (leaving) return;
      const { filter, sort } = route.query;
      if (route.path === path && (filter !== now['filter'] || sort !== now['sort']))
        void router.replace({ path, query: now });
    },
    { immediate: true },
  );
  return { printed };
}
