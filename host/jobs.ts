// Long work: started by a procedure, watched as a stream of events, cancelled within a second.
import { v7 } from 'uuid';
import type { JobState } from '../contract/jobs.ts';

/** What the work is given. */
export interface JobControl {
  /** Reports progress; at most every 100 ms is passed on. */
  progress(done: number, total: number, step?: string): void;
  readonly signal: AbortSignal;
  /** Throws when somebody asked to stop. */
  check(): void;
}

/** Thrown by `check` after a cancel. */
export class JobCancelled extends Error {}

interface Job {
  state: JobState;
  listeners: Set<(s: JobState) => void>;
  abort: AbortController;
  startedAt: number;
  timer: NodeJS.Timeout | null;
}

const KEEP_FINISHED = 20;
const REPORT_EVERY_MS = 100;

/** Runs jobs of one back end and remembers the last ones. */
export class JobRunner {
  readonly #jobs = new Map<string, Job>();
  readonly #sentence: (error: unknown) => string;

  /** `sentence` says in Chinese why work failed. */
  constructor(sentence: (error: unknown) => string) {
    this.#sentence = sentence;
  }

  /** Starts work at once and returns its id. */
  start(name: string, work: (control: JobControl) => Promise<unknown>): { jobId: string } {
    const job: Job = {
      state: { id: v7(), name, state: 'running', done: 0, total: 0, step: '', elapsed: 0 },
      listeners: new Set(),
      abort: new AbortController(),
      startedAt: performance.now(),
      timer: null,
    };
    this.#jobs.set(job.state.id, job);
    this.#forgetOld();
    const check = (): void => {
      if (job.abort.signal.aborted) throw new JobCancelled();
    };
    const progress = (done: number, total: number, step?: string): void => {
      Object.assign(job.state, { done, total, ...(step !== undefined && { step }) });
      this.#announceSoon(job);
    };
    void work({ progress, signal: job.abort.signal, check }).then(
      (result) => {
        this.#finish(job, { state: 'done', result });
      },
      (error: unknown) => {
        if (error instanceof JobCancelled || job.abort.signal.aborted) this.#finish(job, { state: 'cancelled' });
        else this.#finish(job, { state: 'failed', sentence: this.#sentence(error) });
      },
    );
    return { jobId: job.state.id };
  }

  /** Asks a job to stop. False when it is not running. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    if (job?.state.state !== 'running') return false;
    job.abort.abort();
    return true;
  }

  /** Jobs that run, and the last finished ones. */
  list(): JobState[] {
    return [...this.#jobs.values()].map((j) => this.#snapshot(j));
  }

  /** States of a job from now until it ends. An unknown id yields nothing. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<JobState, void> {
    const job = this.#jobs.get(id);
    if (!job) return;
    const queue: JobState[] = [this.#snapshot(job)];
    let wake: () => void = () => undefined;
    const listener = (s: JobState): void => {
      queue.push(s);
      wake();
    };
    const stop = (): void => {
      wake();
    };
    job.listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const next = queue.shift();
        if (!next) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        yield next;
        if (next.state !== 'running') return;
      }
    } finally {
      job.listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Cancels everything and waits a moment for it to end. */
  async stopAll(): Promise<void> {
    for (const job of this.#jobs.values()) job.abort.abort();
    const running = () => [...this.#jobs.values()].some((j) => j.state.state === 'running');
    for (let i = 0; i < 40 && running(); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  #snapshot(job: Job): JobState {
    if (job.state.state === 'running') job.state.elapsed = Math.round(performance.now() - job.startedAt);
    return { ...job.state };
  }

  #announceSoon(job: Job): void {
    if (job.timer) return;
    job.timer = setTimeout(() => {
      job.timer = null;
      this.#announce(job);
    }, REPORT_EVERY_MS);
  }

  #announce(job: Job): void {
    const state = this.#snapshot(job);
    for (const listener of job.listeners) listener(state);
  }

  #finish(job: Job, end: Partial<JobState>): void {
    if (job.timer) clearTimeout(job.timer);
    job.timer = null;
    job.state.elapsed = Math.round(performance.now() - job.startedAt);
    Object.assign(job.state, end);
    this.#announce(job);
  }

  #forgetOld(): void {
    const finished = [...this.#jobs.values()].filter((j) => j.state.state !== 'running');
    for (const job of finished.slice(0, Math.max(0, finished.length - KEEP_FINISHED))) this.#jobs.delete(job.state.id);
  }
}
