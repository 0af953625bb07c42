// Names of the rows that conditions mention, for their words; those that were chosen here are known already.
import { ref } from 'vue';
import type { Filter } from '../../../domain/dictionary/filter.ts';
import { mentionedIds } from '../../../domain/lists.ts';
import { api } from '../../desk/client.ts';
import { useFetched } from '../../desk/fetching.ts';

/** For the conditions of a kind: names of rows by id, and a way to tell of further ones. */
export function useConditionNames(kind: string, filter: () => Filter) {
  const picked = ref<Record<string, string>>({});
  const { data } = useFetched(
    () => {
      const unknown = mentionedIds(kind, filter()).some((id) => !picked.value[id]);
      return unknown ? api.lists.names({ kind, filter: [...filter()] }) : Promise.resolve({});
    },
    () => JSON.stringify(filter()),
  );
  return {
    nameOf: (id: string): string | undefined => picked.value[id] ?? (data.value as Record<string, string>)?.[id],
    learn: (names: Record<string, string>): void => {
      picked.value = { ...picked.value, ...names };
    },
  };
}
