// The radar of repeated findings, measured on the command line against labelled pairs.
import type { Command } from 'commander';
import { measureRadar, type WrongPair } from '../services/findings/index.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  measure: string;
  json?: boolean;
}

const percent = (share: number | null): string => (share === null ? '－' : `${(share * 100).toFixed(1)}%`);

function linesOf({ line, pair, likely, score, reasons }: WrongPair): string[] {
  const said = ({ item, place, text }: WrongPair['pair']['a']): string => [item ?? '', place ?? '', text].join('\t');
  return [
    `第 ${line} 行${pair.id === undefined ? '' : `（${pair.id}）`}\t${likely ? '误报' : '漏报'}\t${score}\t${reasons.join('；')}`,
    `\t${said(pair.a)}`,
    `\t${said(pair.b)}`,
  ];
}

/** Adds `radar`. */
export function addRadarCommand(
  program: Command,
  { print, run }: CliTools<Options>,
  readSource: (file: string) => Promise<{ bytes: Uint8Array }>,
): void {
  program
    .command('radar')
    .description('measure the radar of repeated findings against labelled pairs')
    .requiredOption('--measure <file>', 'pairs, one JSON object a line: a, b (item, place, text) and same (yes or no)')
    .option('--json', 'print one JSON object as the last line')
    .action(
      run(async (o: Options) => {
        const { bytes } = await readSource(o.measure);
        const { wrong, ...measure } = measureRadar(new TextDecoder().decode(bytes));
        const { precision, recall, pairs } = measure;
        print(o, measure, [
          `共 ${pairs} 对\t准确率 ${percent(precision)}\t查全率 ${percent(recall)}\t判断不同 ${wrong.length} 对`,
          ...wrong.flatMap(linesOf),
        ]);
      }),
    );
}
