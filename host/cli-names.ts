// Names that imports brought and that wait for a person, on the command line.
import type { Command } from 'commander';
import { settleNames, waitingNames } from '../services/registers/index.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  json?: boolean;
  take?: string;
  keep?: string;
}

/** Ids with commas between them; null stands for all. */
const idsOf = (text: string): string[] | null => (text === 'all' ? null : text.split(',').map((part) => part.trim()));

/** Adds `import names`. */
export function addNameCommand(bringIn: Command, { print, run, withWorkspace }: CliTools<Options>): void {
  bringIn
    .command('names')
    .description('names that differ from those on file and wait: list them, take them, or keep those on file')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--take <ids>', 'take these names: ids with commas between them, or all')
    .option('--keep <ids>', 'keep the name on file: ids with commas between them, or all')
    .action(
      run(async (o: Options) => {
        await withWorkspace(o, async (d) => {
          const chosen = o.take ?? o.keep;
          const use = o.take === undefined ? 'old' : 'new';
          const done = chosen === undefined ? null : await settleNames(d.context, idsOf(chosen), use);
          const names = await waitingNames(d.context);
          print(o, { ok: true, settled: done?.settled ?? 0, waiting: names }, [
            ...(done ? [use === 'new' ? `已采用 ${done.settled} 个新名称` : `${done.settled} 个名称留原名`] : []),
            ...(names.length === 0 ? ['没有待定的名称'] : []),
            ...names.map((one) => [one.id, one.enterpriseName, one.waiting, one.fileName].join('\t')),
          ]);
        });
      }),
    );
}
