// What the whole window knows: the workspace, the project, the period, the numbers of the rail, and that something was written.
import { inAct } from '../../domain/projects/act.ts';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { RailCounts, WorkspaceStatus } from '../../contract/workspace.ts';
import { localDay } from '../../domain/values/clock.ts';
import { api, sentenceOf, writtenSoFar } from './client.ts';
import { periodOf, type PeriodKind, type Period } from './period.ts';

const STORED = 'sd.period';

function storedPeriod(): { kind: PeriodKind; from: string; to: string } {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? 'null') as {
      kind: PeriodKind;
      from: string;
      to: string;
    } | null;
    if (stored?.kind) return stored;
  } catch {
    /* an unreadable choice is no choice */
  }
  return { kind: 'project', from: '', to: '' };
}

/** State that every page may read. */
export const useSession = defineStore('session', () => {
  const status = ref<WorkspaceStatus | null>(null);
  const railCounts = ref<RailCounts | null>(null);
  /** Why the back end could not be asked at all. */
  const failure = ref<string | null>(null);
  /** How much was written when pages last began to fetch: what others write after it is news. */
  let fetched = 0;
  /** Goes up after every write, so that pages fetch again. */
  const revision = ref(0);
  const chosen = ref(storedPeriod());

  const today = computed(() => status.value?.today ?? localDay());
  const project = computed(() => status.value?.project ?? null);
  const isOpen = computed(() => status.value?.state === 'open');
  const period = computed<Period>(() => periodOf(chosen.value, today.value, project.value));
  const from = computed(() => period.value.from);
  const to = computed(() => period.value.to);

  async function refreshCounts(): Promise<void> {
    if (!isOpen.value) {
      railCounts.value = null;
      return;
    }
    try {
      railCounts.value = await api.workspace.railCounts();
    } catch {
      // The rail shows its words without numbers; the page itself says what is wrong.
      railCounts.value = null;
    }
  }

  /** Asks for the workspace again. */
  async function refresh(): Promise<void> {
    try {
      status.value = await api.workspace.status();
      failure.value = null;
    } catch (error) {
      failure.value = sentenceOf(error);
    }
    void refreshCounts();
  }

  /** Asks how the workspace is by now; on a new day, or in another workspace, everything that is shown is fetched again. */
  async function look(): Promise<void> {
    try {
      const [before, next] = [status.value, await api.workspace.status()];
      if (before && (next.today !== before.today || next.folder !== before.folder)) take(next);
      else status.value = next;
    } catch {
      // Nobody asked for anything; whoever does next is told that the back end is not there.
    }
  }

  /** Takes over a status that a procedure returned. */
  function take(next: WorkspaceStatus): void {
    status.value = next;
    bump();
  }

  /** Something was written: pages and numbers are fetched again. */
  function bump(): void {
    fetched = writtenSoFar();
    revision.value += 1;
    void refreshCounts();
  }

  /** Another window wrote: the same as if this one had. */
  function bumpTo(count: number): void {
    bump();
    fetched = count;
  }

  function choosePeriod(kind: PeriodKind, own?: { from: string; to: string }): void {
    chosen.value = { kind, from: own?.from ?? '', to: own?.to ?? '' };
    localStorage.setItem(STORED, JSON.stringify(chosen.value));
  }

  return {
    status,
    railCounts,
    failure,
    revision,
    today,
    project,
    /** A text of the program's own in the project's word for a visit. */
    said: (text: string): string => inAct(text, project.value?.act),
    isOpen,
    period,
    from,
    to,
    refresh,
    look,
    fetchedAt: () => fetched,
    begin: () => {
      fetched = writtenSoFar();
    },
    bumpTo,
    refreshCounts,
    take,
    bump,
    choosePeriod,
  };
});
