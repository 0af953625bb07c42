// From starting the back end on a town's workspace to the first page that can be used, against the bare start of Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { importOptions } from '../contract/registers.ts';
import { applyImport, previewImport } from '../services/registers/index.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { browserSend, clientOver } from '../tests/support/backend.ts';
import { startNode } from '../tests/support/child.ts';
import { registerFile } from './lib/register-file.ts';
import { measurement, median, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, quiet, ROOT } from './lib/workspace.ts';

const ROWS = 4177;
const RUNS = 3;

export async function* measureStart(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  try {
    const preview = await previewImport(
      bench.ctx,
      [{ name: '名册.xlsx', bytes: registerFile(ROWS) }],
      importOptions.parse({}),
      quiet,
    );
    await applyImport(bench.ctx, preview.previewId, quiet);
    await bench.desk.close();
    await closeWorkers();
    const [starts, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      bare.push(
        await timed(async () => {
          await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
        }),
      );
      const begun = performance.now();
      const child = startNode(join(ROOT, 'host', 'cli.ts'), ['serve', '--workspace', bench.folder, '--json'], {
        STEWARD_CONFIG: bench.configFolder,
      });
      const { address } = JSON.parse(await child.line((l) => l.startsWith('{'))) as { address: string };
      const client = clientOver((await browserSend(address)).send);
      await client.today.get({});
      starts.push(performance.now() - begun);
      child.process.kill('SIGTERM');
      await child.exit();
    }
    yield measurement('start to the first usable page', median(starts), 'ms', median(bare), null);
  } finally {
    await closeWorkers();
    await bench.close();
  }
}
