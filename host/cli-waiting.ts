// Values that imports brought and that wait for a person, on the command line.
import type { Command } from 'commander';
import { answerRow, settleValues, waitingRows, waitingValues } from '../services/registers/index.ts';
import type { SiteChoice } from '../contract/registers.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  json?: boolean;
  take?: string;
  keep?: string;
  row?: string;
  site?: string;
}

/** Ids with commas between them; null stands for all. */
const idsOf = (text: string): string[] | null => (text === 'all' ? null : text.split(',').map((part) => part.trim()));

const siteText = ({ id, name, siteNo, address }: SiteChoice): string => `${id} ${name}${siteNo ?? ''} ${address}`;

/** Adds `import waiting`. */
export function addWaitingCommand(bringIn: Command, { print, run, withWorkspace }: CliTools<Options>): void {
  bringIn
    .command('waiting')
    .description(
      'what waits of imports: values that differ from those on file, and rows that may be of several sites; lists and decides',
    )
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--take <ids>', 'take these values: ids with commas between them, or all')
    .option('--keep <ids>', 'keep the values on file: ids with commas between them, or all')
    .option('--row <id>', 'a row that waits, with --site')
    .option('--site <id>', 'the enterprise of which the row is, or none to leave it out')
    .action(
      run(async (o: Options) => {
        await withWorkspace(o, async (d) => {
          const answered =
            o.row === undefined || o.site === undefined
              ? null
              : await answerRow(d.context, o.row, o.site === 'none' ? null : o.site);
          const chosen = o.take ?? o.keep;
          const use = o.take === undefined ? 'old' : 'new';
          const done = chosen === undefined ? null : await settleValues(d.context, idsOf(chosen), use);
          const values = await waitingValues(d.context);
          const rows = await waitingRows(d.context);
          print(o, { ok: true, settled: done?.settled ?? 0, answered, waiting: values, rows }, [
            ...(answered ? [`这一行：${answered.result}${answered.reason}`] : []),
            ...(done ? [use === 'new' ? `已采用 ${done.settled} 个新值` : `${done.settled} 个值留原值`] : []),
            ...(values.length + rows.length === 0 ? ['没有待定的值'] : []),
            ...rows.map((one) =>
              [
                one.id,
                `${one.fileName} ${one.sheet} 第 ${one.rowNumber} 行`,
                one.says,
                ...one.sites.map(siteText),
              ].join('\t'),
            ),
            ...values.map((one) =>
              [one.id, one.enterpriseName, one.label, one.ours, one.theirs, one.fileName].join('\t'),
            ),
          ]);
        });
      }),
    );
}
