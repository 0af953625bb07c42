// Long work: progress as a stream of events, cancel, result.
import { eventIterator, type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base } from './shared.ts';

/** State of a job, sent at least every 250 ms while it moves. */
export interface JobState {
  id: string;
  /** What is being done, e.g. `导入名册`. */
  name: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number;
  /** What is happening now. */
  step: string;
  /** Milliseconds since the start. */
  elapsed: number;
  /** JSON result of a finished job; its shape is stated where the job is started. */
  result?: unknown;
  /** Why it failed, in the user's words. */
  sentence?: string;
}

export const jobs = {
  /** Events of a job until it ends; starts with its present state. */
  watch: base.input(z.object({ jobId: z.string() })).output(eventIterator(z.custom<JobState>())),
  cancel: base.input(z.object({ jobId: z.string() })).output(typed<{ cancelled: boolean }>()),
};
