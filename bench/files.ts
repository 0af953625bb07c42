// 100,000 enterprises with 1,000,000 rows in their files: lists, filters on children, search and the page of an enterprise, each
// against the best SQL by hand, in a process that has nothing in it but the back end; and its memory.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HEAP_FLAGS } from '../electron/heap-flags.ts';
import { ensureBench } from '../scripts/lib/build.ts';
import { addChildren } from './lib/children.ts';
import type { FilesAnswer } from './lib/files-child.ts';
import { fillStore } from './lib/filled.ts';
import { measurement, median, percentile, type Measurement } from './lib/measure.ts';
import { openBenchDesk, ROOT } from './lib/workspace.ts';

const P95_MS = 100;
const RATIO = 1.5;
const MEMORY_MB = 600;

/** Fills a workspace and closes it: what filling leaves in memory is not measured. */
export async function* measureFiles(): AsyncGenerator<Measurement> {
  const built = await ensureBench();
  if ('failed' in built) throw new Error(`the benchmarks could not be built: ${built.failed}`);
  const bench = await openBenchDesk();
  try {
    await fillStore(bench.ctx);
    await addChildren(bench.ctx);
    await bench.desk.close();
    const child = join(built.folder, 'bench', 'lib', 'files-child.js');
    const given = JSON.stringify({ folder: bench.folder, configFolder: bench.configFolder, root: ROOT });
    const { stdout } = await promisify(execFile)(process.execPath, [...HEAP_FLAGS, child, given]);
    const { cases, peak } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as FilesAnswer;
    for (const { name, ours, hand } of cases) {
      const [clock, processor] = [median(hand.clock), median(hand.processor)];
      yield measurement(`files: ${name}`, median(ours.clock), 'ms', clock, RATIO);
      yield measurement(`files: ${name}, processor time`, median(ours.processor), 'ms', processor, RATIO);
      yield measurement(`files: ${name}, p95`, percentile(ours.clock, 0.95), 'ms', null, P95_MS);
      yield measurement(`files: ${name}, p95 by hand`, percentile(hand.clock, 0.95), 'ms', null, null);
      yield measurement(`files: ${name}, p95 of processor time`, percentile(ours.processor, 0.95), 'ms', null, null);
    }
    yield measurement('files: memory of the back end', peak, 'MB', null, MEMORY_MB);
  } finally {
    await bench.close();
  }
}
