// Figures on the command line: those of the dashboard, or any by at most two dimensions.
import type { Command } from 'commander';
import { figuresByInput, statisticsScope, type Figure, type FigureTable } from '../contract/statistics.ts';
import { DIMENSIONS, FIGURES } from '../domain/statistics/figures.ts';
import { figuresBy, overview } from '../services/statistics/index.ts';
import type { CliTools } from './cli-backup.ts';
import { filterGiven } from './cli-records.ts';

interface Options {
  workspace: string;
  json?: boolean;
  from?: string;
  to?: string;
  asOf?: string;
  by?: string;
  filter?: string[];
  figure?: string[];
}

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter(Boolean);

const lineOf = (f: Figure): string =>
  `${f.label}\t${f.printed}\t${f.denominator === null ? '' : `${f.numerator}/${f.denominator}`}`;

/** A table with a line for each group, under a line of headings. */
function linesOf(table: FigureTable): string[] {
  if (table.by.length === 0) return Object.values(table.total).map(lineOf);
  const row = (names: readonly string[], figures: Record<string, Figure>): string =>
    [...names, ...table.figures.map(({ code }) => figures[code]?.printed ?? '')].join('\t');
  return [
    [...table.by.map((d) => d.label), ...table.figures.map((f) => f.label)].join('\t'),
    ...table.cells.map((cell) => row(cell.names, cell.figures)),
    row(
      table.by.map((_, at) => (at === 0 ? '合计' : '')),
      table.total,
    ),
  ];
}

/** Adds `figures`, also known as `stats`. */
export function addFigureCommands(program: Command, { print, run, withWorkspace }: CliTools<Options>): void {
  program
    .command('figures')
    .alias('stats')
    .description('print the figures of a period, or any of them by dimensions')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--from <day>', 'first day (1 January)')
    .option('--to <day>', 'last day (today)')
    .option('--as-of <day>', 'day whose state is counted (today)')
    .option('--filter <expression...>', 'only enterprises that fit, e.g. objectKind=car_repair')
    .option('--by <dimensions>', `one or two of ${[...DIMENSIONS.keys()].join(', ')}, with a comma between them`)
    .option('--figure <code...>', `only these of ${[...FIGURES.keys()].join(', ')}`)
    .action(
      run(async (o: Options) => {
        await withWorkspace(o, async (d) => {
          const today = d.today();
          const scope = statisticsScope.parse({
            from: o.from ?? `${today.slice(0, 4)}-01-01`,
            to: o.to ?? today,
            asOf: o.asOf ?? today,
            filter: (o.filter ?? []).flatMap((text) => filterGiven('enterprise', text)),
          });
          if (o.by === undefined && o.figure === undefined) {
            const result = await overview(d.context, scope);
            print(o, { ok: true, ...result }, Object.values(result.figures).map(lineOf));
            return;
          }
          const figures = o.figure?.flatMap(listed) ?? [];
          const table = await figuresBy(d.context, figuresByInput.parse({ scope, figures, by: listed(o.by) }));
          print(o, { ok: true, ...table }, linesOf(table));
        });
      }),
    );
}
