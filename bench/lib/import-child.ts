// A register of many rows read, matched and written in a process of its own, once given up in the middle of the writing and once
// to the end: `import-child.ts '{"folder":…,"file":…}'`. Prints times and memory as JSON on its last line.
import '../../host/backend.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importOptions } from '../../contract/registers.ts';
import type { Context } from '../../services/context.ts';
import { applyImport, closeReader, previewImport, type ImportControl } from '../../services/registers/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { timed } from './measure.ts';
import { watch } from './watch.ts';
import { quiet, TODAY } from './workspace.ts';

/** Times in ms, memory in MB. */
export interface ImportAnswer {
  readonly preview: number;
  readonly apply: number;
  /** From the wish to stop until it has stopped and nothing is left. */
  readonly cancel: number;
  readonly created: number;
  readonly left: number;
  readonly peak: number;
  readonly held: number;
}

const enterprises = async (ctx: Context): Promise<number> =>
  (await ctx.store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM enterprise'))?.n ?? 0;

/** Gives an import up when half of its rows are written; how long that takes. */
async function cancelled(ctx: Context, previewId: string): Promise<number> {
  let asked = 0;
  const control: ImportControl = {
    ...quiet,
    progress: (done, total, step) => {
      if (asked === 0 && step === '写入档案' && done > total / 2) asked = performance.now();
    },
    check: () => {
      if (asked > 0) throw new Error('given up');
    },
  };
  const outcome = await applyImport(ctx, previewId, control).catch((error: unknown) => String(error));
  if (outcome !== 'Error: given up') throw new Error(`not given up: ${JSON.stringify(outcome)}`);
  return performance.now() - asked;
}

const given = JSON.parse(process.argv[2] ?? '{}') as {
  folder: string;
  configFolder: string;
  root: string;
  file: string;
};
const desk = new Desk({
  resources: join(given.root, 'resources'),
  version: 'bench',
  configFolder: given.configFolder,
  today: () => TODAY,
});
const ctx = await desk.open(given.folder);
const stop = watch();
let previewId = '';
const preview = await timed(async () => {
  const files = [{ name: '名册.xlsx', bytes: readFileSync(given.file) }];
  ({ previewId } = await previewImport(ctx, files, importOptions.parse({}), quiet));
});
const cancel = await cancelled(ctx, previewId);
const left = await enterprises(ctx);
const apply = await timed(async () => await applyImport(ctx, previewId, quiet));
const { peak, held } = stop();
const answer: ImportAnswer = { preview, apply, cancel, created: await enterprises(ctx), left, peak, held };
await closeReader();
await closeWorkers();
await desk.close();
process.stdout.write(`\n${JSON.stringify(answer)}\n`);
