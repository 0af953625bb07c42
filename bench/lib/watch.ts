// Memory of this process with its threads, and how long its main thread was held up.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * In MB: `peak` of everything that is resident, also pages of mapped files; `own` without files where the system tells
 * (else null); `before` the work began. In ms: the longest block of the main thread by the clock, in which a busy
 * machine has its part; `held`: the longest by the computing time of that thread; and the computing time of all
 * threads.
 */
export interface Watched {
  peak: number;
  own: number | null;
  before: number;
  block: number;
  held: number;
  cpu: number;
}

const MB = 1024 * 1024;
const RESOLUTION_MS = 5;
const SAMPLE_MS = 25;

function ownBytes(): number | null {
  try {
    return Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) * 1024;
  } catch {
    return null;
  }
}

/** Begins to watch; the returned function ends it. */
export function watch(): () => Watched {
  const before = process.memoryUsage.rss();
  let [peak, own] = [before, ownBytes()];
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
    const now = ownBytes();
    if (now !== null) own = Math.max(own ?? 0, now);
  }, SAMPLE_MS);
  const cpu = process.cpuUsage();
  let [held, thread] = [0, process.threadCpuUsage()];
  const tick = setInterval(() => {
    const { user, system } = process.threadCpuUsage(thread);
    held = Math.max(held, (user + system) / 1000);
    thread = process.threadCpuUsage();
  }, RESOLUTION_MS);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return () => {
    clearInterval(timer);
    clearInterval(tick);
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    return {
      peak: Math.max(peak, process.memoryUsage.rss()) / MB,
      own: own === null ? null : own / MB,
      before: before / MB,
      block: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      held,
      cpu: (user + system) / 1000,
    };
  };
}
