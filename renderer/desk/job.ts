// Long work: follow a job of the back end, show how far it is, let it be cancelled.
import { effectScope, onScopeDispose, shallowReactive, shallowRef, type ShallowRef } from 'vue';
import type { JobState } from '../../contract/jobs.ts';
import type { Started } from '../../contract/shared.ts';
import { api, SaidError } from './client.ts';

/** A job that this component watches. */
export interface WatchedJob {
  /** Its last known state; null when nothing runs. */
  state: ShallowRef<JobState | null>;
  /** Waits until it has ended. @throws SaidError when it failed or was cancelled */
  start: (started: Promise<Started>) => Promise<JobState>;
  cancel: () => Promise<void>;
}

/** A cancelled job is not a failure: callers look for this. */
export class CancelledError extends SaidError {}

/** Jobs that this window follows now, by id; the status bar names them. */
export const runningJobs = shallowReactive(new Map<string, JobState>());

const lasting = new Map<string, WatchedJob>();

/** A job that goes on being watched when one leaves the page and is found again under its name. */
export function useLastingJob(name: string): WatchedJob {
  let job = lasting.get(name);
  if (!job) {
    job = effectScope(true).run(useJob) as WatchedJob;
    lasting.set(name, job);
  }
  return job;
}

/** Watches one job at a time. */
export function useJob(): WatchedJob {
  const state = shallowRef<JobState | null>(null);
  let controller: AbortController | null = null;
  onScopeDispose(() => controller?.abort());

  async function start(started: Promise<Started>): Promise<JobState> {
    const { jobId } = await started;
    controller = new AbortController();
    let last: JobState | null = null;
    try {
      const events = await api.jobs.watch({ jobId }, { signal: controller.signal });
      for await (const event of events) {
        last = event;
        state.value = event;
        runningJobs.set(jobId, event);
        if (event.state !== 'running') break;
      }
    } finally {
      runningJobs.delete(jobId);
      state.value = null;
      controller = null;
    }
    if (last?.state === 'done') return last;
    if (last?.state === 'cancelled') throw new CancelledError('已取消，没有写入任何内容。');
    throw new SaidError(last?.sentence ?? '这项工作中断了，没有完成。请重试。');
  }

  async function cancel(): Promise<void> {
    const id = state.value?.id;
    if (id) await api.jobs.cancel({ jobId: id });
  }

  return { state, start, cancel };
}
