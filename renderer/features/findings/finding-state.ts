// What the page of a finding knows: the record, its place in the list, the steps it has gone.
import { computed, type ComputedRef, type Ref } from 'vue';
import type { FindingPage } from '../../../contract/findings.ts';
import { FINDING_STATE_VOCABULARY } from '../../../domain/findings/entities.ts';
import type { FindingState } from '../../../domain/findings/machine.ts';
import { TRANSITIONS, type FindingEventId } from '../../../domain/findings/workflow.ts';
import { labelOf } from '../../../domain/dictionary/vocabulary.ts';
import { api } from '../../desk/client.ts';
import { useFetched } from '../../desk/fetching.ts';
import { useSession } from '../../desk/session.ts';
import { shortDay } from '../../components/day-text.ts';
import { glyphOf } from '../../components/glyph-of.ts';
import { useNeighbours } from '../../components/list/neighbours.ts';
import type { Step } from '../../components/StateSteps.vue';

const MAIN_LINE: readonly FindingState[] = ['draft', 'open', 'in_progress', 'submitted', 'closed'];

/** The page, its neighbours in the list, its steps. */
export interface FindingView {
  page: ComputedRef<FindingPage | null>;
  failure: Ref<string | null>;
  slow: Ref<boolean>;
  again: () => Promise<void>;
  status: ComputedRef<string>;
  steps: ComputedRef<Step[]>;
  /** Place in the list, from 1; 0 when it isn't on it (any more). */
  place: ComputedRef<number>;
  count: ComputedRef<number>;
  /** Name of the list. */
  listName: ComputedRef<string>;
  go: (step: number) => void;
  text: (field: string) => string;
}

/** @param id id of the finding, as it stands in the address */
export function useFinding(id: () => string): FindingView {
  const session = useSession();
  const { data, failure, slow, again } = useFetched(() => api.findings.get({ id: id() }), id);
  const page = computed(() => data.value);
  const status = computed(() => String(page.value?.values['status'] ?? 'draft'));
  const { place, count, name, go } = useNeighbours('finding', id);

  /** Day on which each state was last reached, and how often. */
  const reached = computed(() => {
    const days = new Map<string, { day: string; times: number }>();
    for (const event of page.value?.events ?? []) {
      const to = event.kind === 'step' ? TRANSITIONS[event.event as FindingEventId]?.to : undefined;
      if (!to || to === 'same' || to === 'before_void') continue;
      const before = days.get(to);
      days.set(to, { day: before && before.day > event.day ? before.day : event.day, times: (before?.times ?? 0) + 1 });
    }
    return days;
  });

  const steps = computed<Step[]>(() => {
    const aside = MAIN_LINE.includes(status.value as FindingState) ? null : (status.value as FindingState);
    // A state beside the main line stands where the work stopped.
    const at = aside
      ? Math.max(
          1,
          MAIN_LINE.findLastIndex((state) => state !== 'closed' && reached.value.has(state)),
        )
      : MAIN_LINE.indexOf(status.value as FindingState);
    const line: FindingState[] = aside
      ? [...MAIN_LINE.slice(0, at + 1), aside, ...(aside === 'voided' ? [] : (['closed'] as const))]
      : [...MAIN_LINE];
    const now = aside ? at + 1 : at;
    return line.map((state, index) => {
      const when = reached.value.get(state);
      const note =
        index === 0 || !when || index > now
          ? ''
          : `${shortDay(when.day, session.today)}${when.times > 1 ? ` 第 ${when.times} 次` : ''}`;
      const done = index < now;
      // Immediate findings are closed without the steps between.
      const skipped = done && index > 0 && !when;
      return {
        key: state,
        label: labelOf(FINDING_STATE_VOCABULARY, state),
        glyph: done ? (skipped ? 'na' : 'closed') : glyphOf('finding', state).glyph,
        tone: done || index > now ? 't3' : glyphOf('finding', state).tone,
        state: done ? 'past' : index === now ? 'now' : 'ahead',
        ...(note && { note }),
      } satisfies Step;
    });
  });

  return {
    page,
    failure,
    slow,
    again,
    status,
    steps,
    place,
    count,
    listName: name,
    go,
    text: (field) => String(page.value?.values[field] ?? ''),
  };
}
