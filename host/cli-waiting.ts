// Values that imports brought and that wait for a person, on the command line.
import type { Command } from 'commander';
import { settleValues, waitingValues } from '../services/registers/index.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  json?: boolean;
  take?: string;
  keep?: string;
}

/** Ids with commas between them; null stands for all. */
const idsOf = (text: string): string[] | null => (text === 'all' ? null : text.split(',').map((part) => part.trim()));

/** Adds `import waiting`. */
export function addWaitingCommand(bringIn: Command, { print, run, withWorkspace }: CliTools<Options>): void {
  bringIn
    .command('waiting')
    .description('values that differ from those on file and wait: list them, take them, or keep those on file')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--take <ids>', 'take these values: ids with commas between them, or all')
    .option('--keep <ids>', 'keep the values on file: ids with commas between them, or all')
    .action(
      run(async (o: Options) => {
        await withWorkspace(o, async (d) => {
          const chosen = o.take ?? o.keep;
          const use = o.take === undefined ? 'old' : 'new';
          const done = chosen === undefined ? null : await settleValues(d.context, idsOf(chosen), use);
          const values = await waitingValues(d.context);
          print(o, { ok: true, settled: done?.settled ?? 0, waiting: values }, [
            ...(done ? [use === 'new' ? `已采用 ${done.settled} 个新值` : `${done.settled} 个值留原值`] : []),
            ...(values.length === 0 ? ['没有待定的值'] : []),
            ...values.map((one) =>
              [one.id, one.enterpriseName, one.label, one.ours, one.theirs, one.fileName].join('\t'),
            ),
          ]);
        });
      }),
    );
}
