// Runs a step of a hand-off in a process like that of the back end: built code, the memory flags of the product, nothing else in it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HEAP_FLAGS } from '../../electron/heap-flags.ts';
import { ensureBench } from '../../scripts/lib/build.ts';
import type { Answer, Asked } from './handoff-child.ts';

/** A step without the folder that all steps share. */
export type Step = Asked extends infer A ? (A extends unknown ? Omit<A, 'root'> : never) : never;
export type Ask = (step: Step) => Promise<Answer>;

const MB = 1024 * 1024;

/** Builds the code once; the returned function runs steps below `root`. */
export async function asker(root: string): Promise<Ask> {
  const built = await ensureBench();
  if ('failed' in built) throw new Error(`the benchmarks could not be built: ${built.failed}`);
  const child = join(built.folder, 'bench', 'lib', 'handoff-child.js');
  return async (step) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...HEAP_FLAGS, child, JSON.stringify({ ...step, root })],
      { maxBuffer: MB },
    );
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer;
  };
}
