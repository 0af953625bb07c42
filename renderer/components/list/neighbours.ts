// The next and the previous record of the list one came from, and "7 / 41".
import { computed, ref, watch, type ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { listOf } from '../../../domain/lists.ts';
import { api } from '../../desk/client.ts';
import type { KeyBinding } from '../../desk/keys.ts';
import { pathOf } from '../../desk/links.ts';
import { listStateOf, wholeFilter } from '../../desk/list-state.ts';

/** Place of a record in the list one came from. */
export interface Neighbours {
  /** From 1; 0 when it isn't on the list. */
  place: ComputedRef<number>;
  count: ComputedRef<number>;
  /** Name of the view. */
  name: ComputedRef<string>;
  go: (step: number) => void;
  keys: () => KeyBinding[];
}

/** The list stays as it was while one works through it, though a record may leave it meanwhile. */
export function useNeighbours(kind: string, id: () => string): Neighbours {
  const router = useRouter();
  const state = listStateOf(kind);
  const ids = ref<string[]>([]);
  watch(
    () => [state.filter, state.scope, state.sort],
    async () => {
      try {
        ids.value = await api.lists.ids({ kind, filter: [...wholeFilter(state)], sort: state.sort });
      } catch {
        // The page itself says what is wrong; without the list there is only no next one.
        ids.value = [];
      }
    },
    { immediate: true },
  );
  const place = computed(() => ids.value.indexOf(id()) + 1);
  function go(step: number): void {
    const at = place.value === 0 ? (step > 0 ? 0 : ids.value.length - 1) : place.value - 1 + step;
    const next = ids.value[at];
    const path = next && next !== id() ? pathOf(kind, next) : null;
    if (path) void router.replace(path);
  }
  const { counted, views } = listOf(kind);
  return {
    place,
    count: computed(() => ids.value.length),
    name: computed(() => views.find((view) => view.id === state.viewId)?.label ?? '所列'),
    go,
    keys: () => [
      {
        keys: '[',
        label: `上一${counted} / 下一${counted}`,
        shown: '[ ]',
        when: () => ids.value.length > 0,
        run: () => go(-1),
      },
      { keys: ']', label: `下一${counted}`, hint: false, when: () => ids.value.length > 0, run: () => go(1) },
    ],
  };
}
