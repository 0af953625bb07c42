// A register of 100,000 rows, in the back end's process with its limits, against the bare reading of the largest service's 4,177.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as XLSX from '@e965/xlsx';
import { HEAP_FLAGS } from '../electron/heap-flags.ts';
import { ensureBench } from '../scripts/lib/build.ts';
import type { ImportAnswer } from './lib/import-child.ts';
import { measurement, median, timed, type Measurement } from './lib/measure.ts';
import { registerFile } from './lib/register-file.ts';
import { openBenchDesk, ROOT } from './lib/workspace.ts';

const ROWS = 100_000;
const BARE_ROWS = 4177;
const RUNS = 5;
/** 60 s where the bare reading takes 300 ms. */
const RATIO = 200;
const MEMORY_MB = 1000;

async function bareReading(): Promise<number> {
  const bytes = registerFile(BARE_ROWS);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(() => XLSX.read(bytes)));
  return median(times);
}

async function importInChild(): Promise<ImportAnswer> {
  const built = await ensureBench();
  if ('failed' in built) throw new Error(`the benchmarks could not be built: ${built.failed}`);
  const bench = await openBenchDesk();
  try {
    await bench.desk.close();
    const file = join(bench.root, 'register.xlsx');
    writeFileSync(file, registerFile(ROWS));
    const child = join(built.folder, 'bench', 'lib', 'import-child.js');
    const given = JSON.stringify({ folder: bench.folder, configFolder: bench.configFolder, root: ROOT, file });
    const { stdout } = await promisify(execFile)(process.execPath, [...HEAP_FLAGS, child, given]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ImportAnswer;
  } finally {
    await bench.close();
  }
}

/** Reads, matches and writes; that a cancel left nothing behind is seen too. */
export async function* measureLargeImport(): AsyncGenerator<Measurement> {
  const bare = await bareReading();
  const { preview, apply, cancel, created, left, peak, held } = await importInChild();
  if (created !== ROWS || left !== 0) throw new Error(`${created} of ${ROWS} created, ${left} left by the cancel`);
  const name = `import of ${ROWS} rows`;
  yield measurement(name, preview + apply, 'ms', bare, RATIO);
  yield measurement(`${name}: preview`, preview, 'ms', bare, null);
  yield measurement(`${name}: apply`, apply, 'ms', bare, null);
  yield measurement(`${name}: cancel`, cancel, 'ms', null, null);
  yield measurement(`${name}: longest held`, held, 'ms', null, null);
  yield measurement(`${name}: memory`, peak, 'MB', null, MEMORY_MB);
}
