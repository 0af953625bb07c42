// The left half of the status bar: what the page says about itself.
import { computed, onScopeDispose, shallowReactive } from 'vue';

const speakers = shallowReactive<(() => string)[]>([]);

/** Says something in the status bar for as long as the component lives; the last component speaks. */
export function useStatusText(text: () => string): void {
  speakers.push(text);
  onScopeDispose(() => {
    const index = speakers.indexOf(text);
    if (index >= 0) speakers.splice(index, 1);
  });
}

/** Text of the status bar. */
export const statusText = computed(() => speakers.at(-1)?.() ?? '');
