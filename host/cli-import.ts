// `import FILE…`: registers and ledgers as they come; each file says by its columns which of the two it is.
import type { Command } from 'commander';
import { sheetTexts } from '../domain/registers/left-text.ts';
import { importOptions } from '../contract/registers.ts';
import { entityNamed } from '../domain/entities.ts';
import type { EntityCounts } from '../domain/registers/ledgers/counts.ts';
import { importFiles, type FilesDone, type SourceFile } from '../services/registers/index.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  json?: boolean;
  as?: string;
  sheet?: string[];
  town?: string;
  dryRun?: boolean;
}

const labelOfKind = (kind: string): string => entityNamed(kind).label;

const countsText = (one: EntityCounts): string =>
  `${labelOfKind(one.entity)} ${one.rows} = 新增 ${one.created} + 变更 ${one.updated} + 无变化 ${one.unchanged} + ` +
  `退回 ${one.rejected} + 待定 ${one.waiting}${one.queued > 0 ? `；其中 ${one.queued} 条有值待定` : ''}`;

function linesOf({ files, refused, questions, notes, failed }: FilesDone): string[] {
  return [
    ...failed.map(({ file, reason }) => `没有导入：${file}，${reason}`),
    ...files.flatMap(({ file, kind, sheets, entities }) => [
      `${file}（${kind === 'register' ? '名册' : '台账'}）`,
      ...sheets.flatMap((sheet) => sheetTexts(sheet).map((text) => `  ${sheet.name}：${text}`)),
      ...entities.map((one) => `  ${countsText(one)}`),
    ]),
    ...refused.map(({ file, sheet, row, reason }) => `退回：${file} ${sheet} 第 ${row} 行，${reason}`),
    ...questions.map(
      (q) =>
        `待定：${q.who} ${labelOfKind(q.entity)}的${q.label}，档案“${q.ours}”，${q.file} ${q.sheet} 第 ${q.row} 行“${q.theirs}”`,
    ),
    ...notes.map(({ file, sheet, row, reason }) => `说明：${file} ${sheet} 第 ${row} 行，${reason}`),
  ];
}

/** Adds `import FILE…` to the commands that bring data in. */
export function addImportCommand(
  bringIn: Command,
  { print, run, withWorkspace, control }: CliTools<Options>,
  readSource: (file: string) => Promise<SourceFile>,
): void {
  bringIn
    .enablePositionalOptions()
    .argument('[file...]', 'registers and ledgers (xlsx, xls, csv); what each is, its columns say')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'print one JSON object as the last line')
    .option('--as <what>', 'register, or the profile of a ledger, such as ip-permit')
    .option('--sheet <name...>', 'only these sheets')
    .option('--town <name>')
    .option('--dry-run', 'say what would happen, write nothing')
    .action(
      run(async (files: string[], o: Options) => {
        await withWorkspace(o, async (d) => {
          const sources = await Promise.all(files.map(readSource));
          const profile = o.as === undefined || o.as === 'register' || o.as === 'ledger' ? null : o.as;
          const options = importOptions.parse({ sheets: o.sheet ?? null, townName: o.town ?? null, profile });
          const as = o.as === undefined ? null : o.as === 'register' ? 'register' : 'ledger';
          const done = await importFiles(
            d.context,
            sources,
            { options, as, dryRun: o.dryRun === true },
            { ...control(o), check: () => undefined },
          );
          if (done.failed.length > 0) process.exitCode = 1;
          print(o, { ok: done.failed.length === 0, dryRun: o.dryRun === true, ...done }, linesOf(done));
        });
      }),
    );
}
