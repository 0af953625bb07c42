// A change of many rows as a dialog makes it: looked at, then done as it was looked at, said with its undo.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { EditDone, EditPreview } from '../../contract/edits.ts';
import type { Started } from '../../contract/shared.ts';
import { useAction } from './action.ts';
import { CancelledError, useJob, type WatchedJob } from './job.ts';

/** The two steps, with what they show. */
export interface EditJob {
  job: WatchedJob;
  busy: Ref<boolean>;
  preview: ShallowRef<EditPreview | null>;
  /** What stood in the way the last time; null when nothing did. */
  failure: Readonly<Ref<string | null>>;
  look: (started: () => Promise<Started>) => Promise<void>;
  /** True when it was done. */
  apply: (started: (seen: string) => Promise<Started>) => Promise<boolean>;
  clear: () => void;
}

/** For one dialog. */
export function useEditJob(): EditJob {
  const job = useJob();
  const { busy, failure, clear, run } = useAction();
  const preview = shallowRef<EditPreview | null>(null);
  const step = ref(0);

  async function look(started: () => Promise<Started>): Promise<void> {
    preview.value = null;
    step.value += 1;
    const mine = step.value;
    const ended = await run(
      async () => {
        try {
          return (await job.start(started())).result as EditPreview;
        } catch (error) {
          if (error instanceof CancelledError) return null;
          throw error;
        }
      },
      { writes: false, inPlace: true },
    );
    if (ended && step.value === mine) preview.value = ended;
  }

  async function apply(started: (seen: string) => Promise<Started>): Promise<boolean> {
    const seen = preview.value?.seen;
    if (!seen) return false;
    const said = ({ changed, refused }: EditDone): string =>
      `已改 ${changed.toLocaleString()} 条${refused ? `，${refused.toLocaleString()} 条保持原样` : ''}`;
    const done = await run(async () => (await job.start(started(seen))).result as EditDone, { said, inPlace: true });
    return done !== null;
  }

  return {
    job,
    busy,
    preview,
    failure,
    look,
    apply,
    clear: () => {
      preview.value = null;
      clear();
    },
  };
}
