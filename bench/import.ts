// Import of a town's register (preview and apply) against the bare reading of the same file.
import * as XLSX from '@e965/xlsx';
import { importOptions } from '../contract/registers.ts';
import { applyImport, previewImport } from '../services/registers/index.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { registerFile } from './lib/register-file.ts';
import { measurement, median, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, quiet } from './lib/workspace.ts';

const ROWS = 4177;
const RUNS = 3;

export async function* measureImport(): AsyncGenerator<Measurement> {
  const bytes = registerFile(ROWS);
  const [whole, previews, applies, bare]: number[][] = [[], [], [], []];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      bare?.push(
        await timed(() => {
          XLSX.read(bytes);
        }),
      );
      const bench = await openBenchDesk();
      try {
        const begun = performance.now();
        const preview = await previewImport(bench.ctx, [{ name: '名册.xlsx', bytes }], importOptions.parse({}), quiet);
        const seen = performance.now();
        const done = await applyImport(bench.ctx, preview.previewId, quiet);
        const end = performance.now();
        if (done.totals.created !== ROWS) throw new Error(`${done.totals.created} of ${ROWS} rows created`);
        whole?.push(end - begun);
        previews?.push(seen - begun);
        applies?.push(end - seen);
      } finally {
        await bench.close();
      }
    }
  } finally {
    await closeWorkers();
  }
  const baseline = median(bare ?? []);
  yield measurement(`import of ${ROWS} rows`, median(whole ?? []), 'ms', baseline, 3);
  yield measurement('import: preview', median(previews ?? []), 'ms', baseline, null);
  yield measurement('import: apply', median(applies ?? []), 'ms', baseline, null);
}
