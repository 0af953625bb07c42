// Taking a package in, step by step: path, code or fingerprint where they are needed, preview, confirmation. What is
// under way stays when one looks at another page.
import { computed, shallowReactive, watch } from 'vue';
import { useRouter } from 'vue-router';
import type { HandoffPreview, ImportDone, PackageView } from '../../../contract/handoff.ts';
import { api, sentenceOf } from '../../desk/client.ts';
import { CancelledError, useLastingJob } from '../../desk/job.ts';
import { notifyDone, notifyError } from '../../desk/notify.ts';
import { useSession } from '../../desk/session.ts';
import { outcomeText } from './conflict-groups.ts';

interface TakeIn {
  workspace: string;
  path: string;
  code: string;
  busy: boolean;
  failure: string | null;
  view: PackageView | null;
  preview: HandoffPreview | null;
  done: (ImportDone & { officeName: string }) | null;
  /** Duplicates that are ticked, as `id other`. */
  merges: ReadonlySet<string>;
}

const fresh = (workspace: string): TakeIn => ({
  workspace,
  path: '',
  code: '',
  busy: false,
  failure: null,
  view: null,
  preview: null,
  done: null,
  merges: new Set(),
});
const state = shallowReactive<TakeIn>(fresh(''));

/** Key of a pair of possible duplicates. */
export const pairKey = (pair: { id: string; otherId: string }): string => `${pair.id} ${pair.otherId}`;

/** The one package that is being taken in. */
export function useTakeIn() {
  const session = useSession();
  const router = useRouter();
  const job = useLastingJob('take-in');
  const folder = (): string => session.status?.folder ?? '';
  // What was seen of a package belongs to the workspace that it was seen from.
  watch(
    folder,
    (now) => {
      if (state.workspace !== now && !state.busy) Object.assign(state, fresh(now));
    },
    { immediate: true },
  );

  /** Who made the package is not known: the fingerprint has to be compared first. */
  const unknown = computed(() => state.view?.result === 'UNKNOWN_SIGNER' && state.view.facts !== null);
  const step = computed(() => (state.done ? 'done' : state.preview ? 'preview' : unknown.value ? 'compare' : 'choose'));

  async function run(work: () => Promise<void>): Promise<void> {
    if (state.busy) return;
    state.busy = true;
    state.failure = null;
    try {
      await work();
    } catch (error) {
      if (error instanceof CancelledError) notifyError(error);
      else state.failure = sentenceOf(error);
    } finally {
      state.busy = false;
    }
  }

  async function fold(confirm: string | null): Promise<void> {
    const preview = (
      await job.start(api.handoff.preview({ path: state.path.trim(), code: state.code.trim() || null, confirm }))
    ).result as HandoffPreview;
    state.preview = preview;
    state.merges = new Set(preview.duplicates.filter((pair) => pair.proposed).map(pairKey));
    if (confirm) session.bump();
  }

  /** Looks at the package; goes on to the preview when nothing stands in the way. */
  const look = () =>
    run(async () => {
      state.view = await api.handoff.inspect({ path: state.path.trim(), code: state.code.trim() || null });
      if (!state.view.needsCode && state.view.result === null) await fold(null);
    });

  /** The fingerprint was compared: makes the maker a partner and previews. */
  const compared = () =>
    run(async () => {
      await fold(state.view?.facts?.fingerprint ?? null);
    });

  const again = () =>
    run(async () => {
      await fold(null);
    });

  const apply = () =>
    run(async () => {
      const preview = state.preview;
      if (!preview) return;
      const merges = preview.duplicates
        .filter((pair) => state.merges.has(pairKey(pair)))
        .map(({ id, otherId }) => ({ id, otherId }));
      const done = (await job.start(api.handoff.apply({ previewId: preview.previewId, merges }))).result as ImportDone;
      state.done = { ...done, officeName: preview.facts.officeName };
      state.preview = null;
      // On the page itself the summary stands already.
      if (router.currentRoute.value.path !== '/handoff/take-in')
        notifyDone(`已收进 ${preview.facts.officeName} 的交换包：${outcomeText(done.conflicts)}`);
      session.bump();
    });

  /** Puts the package aside; nothing was taken in. */
  async function leave(): Promise<void> {
    if (state.busy) {
      await job.cancel();
      return;
    }
    const preview = state.preview;
    Object.assign(state, fresh(folder()));
    if (preview) await api.handoff.discard({ previewId: preview.previewId }).catch(() => undefined);
  }

  function tick(pair: { id: string; otherId: string }): void {
    const next = new Set(state.merges);
    if (!next.delete(pairKey(pair))) next.add(pairKey(pair));
    state.merges = next;
  }

  /** Ticks all these pairs, or none of all. */
  function tickAll(pairs: readonly { id: string; otherId: string }[]): void {
    state.merges = pairs.length ? new Set([...state.merges, ...pairs.map(pairKey)]) : new Set();
  }

  return { state, job, step, look, compared, again, apply, leave, tick, tickAll };
}
