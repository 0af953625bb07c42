// Data quality and changes of many rows, on the command line.
import type { Command } from 'commander';
import type { EditDone, EditPreview } from '../contract/edits.ts';
import { QUALITY_CHECKS, qualityCheck } from '../domain/quality.ts';
import { listOf } from '../domain/lists.ts';
import { applyEdit, previewEdit } from '../services/edits/index.ts';
import { refused } from '../services/errors.ts';
import { previewProposals, qualityCounts, qualityRows, takeProposals } from '../services/quality/index.ts';
import { kindNamed } from '../services/writing/index.ts';
import type { CliTools } from './cli-backup.ts';
import { filterGiven, valuesGiven } from './cli-records.ts';

interface Options {
  workspace: string;
  json?: boolean;
  check?: string;
  take?: string;
  dryRun?: boolean;
  filter?: string[];
  values?: string;
}

/** Rows of a check that are printed. */
const MOST = 500;

function previewLines(preview: EditPreview): string[] {
  const { counted } = listOf(preview.kind);
  const sum = `共 ${preview.total} ${counted}：将改 ${preview.changed}，已是这样 ${preview.same}，没有建议 ${preview.none}`;
  return [
    sum,
    ...preview.rows.map(({ title, fields, reason }) =>
      [title, ...fields.map((f) => `${f.label} ${f.old || '（空）'} → ${f.new || '（空）'}`), reason].join('\t'),
    ),
    ...preview.refused.map((one) => `不能改 ${one.count} ${counted}：${one.sentence}（${one.titles.join('、')}）`),
  ];
}

const doneLine = (done: EditDone): string => `已改 ${done.changed} 条，${done.refused} 条保持原样`;

/** Adds `quality` and `edit`. */
export function addQualityCommands(program: Command, { print, run, withWorkspace, control }: CliTools<Options>): void {
  const follow = (o: Options) => ({ ...control(o), check: (): void => undefined });
  program
    .command('quality')
    .description('data quality: counts of all checks, the rows of one, and taking what it proposes')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--check <id>', 'the rows of this check')
    .option('--take <ids>', 'take its proposals: ids with commas between them, or all')
    .option('--dry-run', 'say what taking them would do, write nothing')
    .action(
      run(async (o: Options) => {
        await withWorkspace(o, async ({ context }) => {
          if (o.check === undefined) {
            const counts = await qualityCounts(context);
            const label = (id: string): string => qualityCheck(id)?.label ?? id;
            const lines = counts.map((one) => [one.count, one.id, label(one.id)].join('\t'));
            print(o, { ok: true, checks: counts }, lines);
            return;
          }
          const check = o.check;
          if (!qualityCheck(check))
            throw refused(`没有“${check}”这一项检查。全部检查是：${QUALITY_CHECKS.map(({ id }) => id).join('、')}`);
          if (o.take === undefined) {
            const found = await qualityRows(context, { check, page: { offset: 0, limit: MOST } });
            const lines = found.rows.map((row) =>
              [row.id, row.enterprise, row.title, row.says, row.proposal?.reason ?? ''].join('\t'),
            );
            print(o, { ok: true, ...found }, [`${found.total} 条`, ...lines]);
            return;
          }
          const ids = o.take === 'all' ? null : o.take.split(',').map((part) => part.trim());
          const preview = await previewProposals(context, { check, ids }, follow(o));
          const done = o.dryRun ? null : await takeProposals(context, { check, ids, seen: preview.seen }, follow(o));
          print(o, { ok: true, preview, done }, [...previewLines(preview), ...(done ? [doneLine(done)] : [])]);
        });
      }),
    );
  program
    .command('edit <kind>')
    .description('the same values for all rows that a filter finds: what can not be changed so is named')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .requiredOption('--values <json>', 'the values, as a JSON object')
    .option('--filter <expr...>', 'only rows that this finds, as objectKind=car_repair')
    .option('--dry-run', 'say what would change, write nothing')
    .option('--json', 'print one JSON object as the last line')
    .action(
      run(async (kind: string, o: Options) => {
        await withWorkspace(o, async ({ context }) => {
          const values = valuesGiven(o.values) as Parameters<typeof previewEdit>[1]['values'];
          const filter = (o.filter ?? []).flatMap((text) => filterGiven(kind, text));
          const edit = { kind: kindNamed(kind).name, filter, values };
          const preview = await previewEdit(context, edit, follow(o));
          const done = o.dryRun ? null : await applyEdit(context, { ...edit, seen: preview.seen }, follow(o));
          print(o, { ok: true, preview, done }, [...previewLines(preview), ...(done ? [doneLine(done)] : [])]);
        });
      }),
    );
}
