// Writing packages goes on while one is at another page; what came of it waits here, above all a code that is shown only once.
import { shallowRef, watch } from 'vue';
import type { ExportMade, ExportOrder } from '../../../contract/handoff.ts';
import type { Started } from '../../../contract/shared.ts';
import { api, sentenceOf } from '../../desk/client.ts';
import { CancelledError, useLastingJob } from '../../desk/job.ts';
import { notifyDone, notifyError } from '../../desk/notify.ts';
import { useSession } from '../../desk/session.ts';

const made = shallowRef<ExportMade | null>(null);
const failed = shallowRef<string | null>(null);
const busy = shallowRef(false);
let workspace = '';

/** The writing of packages and receipts, wherever one is. */
export function useHandoffWork() {
  const job = useLastingJob('handoff');
  const session = useSession();
  // A code belongs to the workspace that it was made in.
  watch(
    () => session.status?.folder ?? '',
    (now) => {
      if (now !== workspace && !busy.value) [made.value, failed.value] = [null, null];
      workspace = now;
    },
    { immediate: true },
  );

  async function run(started: () => Promise<Started>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    [made.value, failed.value] = [null, null];
    try {
      made.value = (await job.start(started())).result as ExportMade;
      if (!made.value.code) notifyDone(made.value.kind === 'receipt' ? '回执已写好并核对' : '交换包已写好并核对');
    } catch (error) {
      if (error instanceof CancelledError) notifyError(error);
      else failed.value = sentenceOf(error);
    } finally {
      busy.value = false;
      session.bump();
    }
  }

  return {
    job,
    made,
    failed,
    busy,
    send: (order: ExportOrder) => run(() => api.handoff.export(order)),
    receipt: (importId: string, target: string) => run(() => api.handoff.receipt({ importId, target })),
    dismiss: () => {
      made.value = null;
      failed.value = null;
    },
  };
}
