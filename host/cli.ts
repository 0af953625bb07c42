// The command line: the same services as the window, for scripts, benchmarks and support.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { keepPrivate } from '../db/index.ts';
import { kindsText } from '../domain/registers/kind-text.ts';
import { followText } from '../domain/registers/follow-text.ts';
import { importOptions } from '../contract/registers.ts';
import { REPORT_PAPERS } from '../domain/reports/index.ts';
import { reportRequest } from '../contract/reports.ts';
import { ServiceError } from '../services/errors.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { buildDemo } from '../services/demonstration/index.ts';
import {
  applyImport,
  closeReader,
  discardPreview,
  importReport,
  previewImport,
  type ImportReport,
  adoptProposals,
  takeWaitingNames,
} from '../services/registers/index.ts';
import { issueReport } from '../services/reports/index.ts';
import { fileSentence } from '../services/file-sentences.ts';
import { rebuildDerived, verifyStore } from '../services/maintenance/index.ts';
import type { Desk } from '../services/workspace/index.ts';
import { applicationRoot, applicationVersion, makeDesk, startBackend } from './backend.ts';
import { addBackupCommands } from './cli-backup.ts';
import { addFigureCommands } from './cli-figures.ts';
import { addHandoffCommands } from './cli-handoff.ts';
import { addImportCommand } from './cli-import.ts';
import { addQualityCommands } from './cli-quality.ts';
import { addRadarCommand } from './cli-radar.ts';
import { addWaitingCommand } from './cli-waiting.ts';
import { addRecordCommands, filterGiven } from './cli-records.ts';
import { withSecret } from './cli-secret.ts';
import { silenced, usageSentence } from './cli-usage.ts';
import { sentenceFor } from './error-sentences.ts';

keepPrivate();

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

interface Common {
  workspace: string;
  json?: boolean;
}

/** What a command prints: for people as lines, with `--json` one object on the last line of standard output. */
function print(options: Common, result: Record<string, unknown>, lines: string[]): void {
  for (const line of options.json ? [] : lines) process.stdout.write(`${line}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

const control = (options: Common) => ({
  progress: (done: number, total: number, step?: string): void => {
    if (!options.json && process.stderr.isTTY) process.stderr.write(`\r${step ?? ''} ${done}/${total}   `);
  },
  check: (): void => undefined,
  signal: new AbortController().signal,
});

const desk = (): Desk => makeDesk();

/** Opens the workspace for one command and closes it whatever happens. */
async function withWorkspace(options: Common, work: (d: Desk) => Promise<void>): Promise<void> {
  const d = desk();
  try {
    await withSecret(
      process.env.STEWARD_PASSPHRASE || null,
      '这台电脑上密钥的口令（不显示）：',
      (error) => error instanceof ServiceError && error.data['code'] === 'KEYS_NEED_PASSPHRASE',
      async (passphrase) => await d.open(options.workspace, false, passphrase),
    );
    await work(d);
  } finally {
    await d.close();
    await Promise.all([closeWorkers(), closeReader()]);
  }
}

/** Runs a command; an expected failure is one sentence on standard error and exit code 1. */
function run<A extends unknown[]>(command: (...args: A) => Promise<void>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await command(...args);
    } catch (error) {
      const sentence = fileSentence(error) ?? sentenceFor(error);
      const options = args.find(
        (a): a is A[number] & Common => typeof a === 'object' && a !== null && ('workspace' in a || 'json' in a),
      );
      process.stderr.write(`${sentence}\n`);
      const code =
        (error as { data?: { code?: string }; code?: string }).data?.code ??
        (error as { code?: string }).code ??
        'INTERNAL';
      if (options?.json) process.stdout.write(`${JSON.stringify({ ok: false, code, sentence })}\n`);
      process.exitCode = 1;
      await Promise.all([closeWorkers(), closeReader()]);
    }
  };
}

const program = silenced(
  new Command('steward')
    .description('Steward Desk on the command line')
    .version(applicationVersion())
    .enablePositionalOptions(),
);
const workspaceOption = ['--workspace <dir>', 'folder of the workspace'] as const;
const jsonOption = ['--json', 'print one JSON object as the last line'] as const;

program
  .command('init')
  .description('make a workspace')
  .requiredOption(...workspaceOption)
  .option(...jsonOption)
  .requiredOption('--office <name>')
  .requiredOption('--code <letters>', '2 to 6 capital letters')
  .requiredOption('--operator <name>')
  .option('--organisation <name>')
  .action(
    run(async (o: Common & { office: string; code: string; operator: string; organisation?: string }) => {
      if (!/^[A-Z]{2,6}$/.test(o.code)) {
        process.stderr.write('驻点代号请用 2～6 个大写字母，如 HC\n');
        process.exitCode = 2;
        return;
      }
      const d = desk();
      try {
        await d.create({
          folder: resolve(o.workspace),
          organisation: o.organisation ?? o.office,
          office: o.office,
          code: o.code,
          operator: o.operator,
          role: 'leader',
        });
        const status = await d.status();
        print(o, { ok: true, folder: status.folder, device: status.deviceTag, office: status.office }, [
          `已建立工作区：${status.folder}`,
          `设备标识：${status.deviceTag}`,
        ]);
      } finally {
        await d.close();
        await Promise.all([closeWorkers(), closeReader()]);
      }
    }),
  );

program
  .command('demo')
  .description('make the demonstration town')
  .requiredOption(...workspaceOption)
  .option(...jsonOption)
  .action(
    run(async (o: Common) => {
      const d = desk();
      try {
        await buildDemo(d, resolve(o.workspace), control(o));
        const n = await d.context.store.read.sqlOne<{ enterprises: number; findings: number }>(
          'SELECT (SELECT count(*) FROM enterprise) AS enterprises, (SELECT count(*) FROM finding) AS findings',
        );
        print(o, { ok: true, folder: resolve(o.workspace), ...n }, [
          `已建立演示镇：${n?.enterprises ?? 0} 家企业、${n?.findings ?? 0} 项问题`,
        ]);
      } finally {
        await d.close();
        await Promise.all([closeWorkers(), closeReader()]);
      }
    }),
  );

const bringIn = program.command('import').description('bring data in: registers and ledgers as they come');

bringIn
  .command('register <file...>')
  .description("import clients' registers (xlsx, xls, csv)")
  .requiredOption(...workspaceOption)
  .option(...jsonOption)
  .option('--sheet <name...>', 'only these sheets')
  .option('--dry-run', 'say what would happen, write nothing')
  .option('--town <name>')
  .option('--object-kind <id>')
  .option('--profile <id>', 'profile of the ledger, such as ip-permit')
  .option('--blank-overwrites')
  .option('--take-names', 'take names that differ from those on file where the code says whose they are')
  .option('--adopt', 'take every correction that is proposed, such as look-alike letters in codes')
  .action(
    run(
      async (
        files: string[],
        o: Common & {
          sheet?: string[];
          dryRun?: boolean;
          town?: string;
          objectKind?: string;
          profile?: string;
          blankOverwrites?: boolean;
          adopt?: boolean;
          takeNames?: boolean;
        },
      ) => {
        await withWorkspace(o, async (d) => {
          const sources = await Promise.all(files.map(readSource));
          const options = importOptions.parse({
            sheets: o.sheet ?? null,
            townName: o.town ?? null,
            objectKind: o.objectKind ?? null,
            profile: o.profile ?? null,
            blankOverwrites: o.blankOverwrites ?? false,
          });
          const preview = await previewImport(d.context, sources, options, control(o));
          if (o.adopt) await adoptProposals(d.context, { previewId: preview.previewId, keys: null });
          if (o.takeNames) await takeWaitingNames(d.context, preview.previewId);
          if (o.dryRun) {
            const report = importReport(d.context, preview.previewId);
            discardPreview(preview.previewId);
            print(o, { ok: true, dryRun: true, ...report }, summary(report));
            return;
          }
          const done = await applyImport(d.context, preview.previewId, control(o));
          print(
            o,
            { ok: true, dryRun: false, runId: done.runId, actionId: done.actionId, ...done.report },
            summary(done.report),
          );
        });
      },
    ),
  );

/** A file named on the command line. @throws ServiceError UNREADABLE_FILE when it is not there or may not be read */
async function readSource(file: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    return { name: basename(file), bytes: new Uint8Array(await readFile(file)) };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ServiceError(
      'UNREADABLE_FILE',
      missing ? `找不到文件“${file}”。请核对路径` : `文件“${file}”不能读取。请检查是否为文件、是否有权限`,
      { code: missing ? 'FILE_NOT_FOUND' : 'FILE_NOT_READABLE' },
    );
  }
}

function summary(report: ImportReport): string[] {
  const kinds = kindsText(report.objectKinds);
  return [
    ...report.sheets.flatMap((s) => [
      s.skipped !== null
        ? `${s.name}：未导入，${s.skipped}`
        : `${s.name}：${s.rows} 行 = 新增 ${s.created} + 变更 ${s.updated} + 无变化 ${s.unchanged} + 并入 ${s.joined} + ` +
          `退回 ${s.rejected}；其中疑似重复 ${s.duplicates}`,
      ...(s.droppedNotes > 0 ? [`  另有说明、示例行 ${s.droppedNotes} 行，不作企业`] : []),
      ...(s.rowsAbove > 0 ? [`  表头上方有 ${s.rowsAbove} 行像数据，没有导入，请核对表头`] : []),
      ...(s.unmapped.length > 0 ? [`  未对应的列：${s.unmapped.join('、')}`] : []),
      ...(s.proposed.length > 0 ? [`  要人确认的列：${s.proposed.join('、')}`] : []),
    ]),
    ...(kinds === null ? [] : [kinds]),
    ...followText(report.totals),
  ];
}

interface ReportOptions extends Common {
  from: string;
  to: string;
  asOf?: string;
  filter?: string[];
  kind: string;
  out?: string;
}

program
  .command('report')
  .description('issue a periodic report in Word')
  .requiredOption(...workspaceOption)
  .option(...jsonOption)
  .requiredOption('--from <day>')
  .requiredOption('--to <day>')
  .option('--as-of <day>')
  .option('--filter <expression...>', 'only enterprises that fit, e.g. objectKind=car_repair')
  .option('--kind <kind>', REPORT_PAPERS.map((paper) => paper.id).join(', '), 'monthly_report')
  .option('--out <file>')
  .action(
    run(async (o: ReportOptions) => {
      await withWorkspace(o, async (d) => {
        const filter = (o.filter ?? []).flatMap((text) => filterGiven('enterprise', text));
        const asOf = o.asOf ?? (o.to < d.today() ? o.to : d.today());
        const out = o.out === undefined ? null : resolve(o.out);
        // What is issued is archived, so there has to be a place for it first.
        if (out !== null) await access(dirname(out), constants.W_OK);
        const document = await issueReport(
          d.context,
          reportRequest.parse({ kind: o.kind, from: o.from, to: o.to, asOf, filter }),
        );
        const file = out ?? resolve(document.fileName);
        await writeFile(file, document.bytes);
        print(o, { ok: true, file, documentId: document.documentId, size: document.bytes.length }, [`已出具：${file}`]);
      });
    }),
  );

program
  .command('check')
  .description('verify a workspace; --rebuild writes derived columns and the search index anew')
  .requiredOption(...workspaceOption)
  .option(...jsonOption)
  .option('--rebuild')
  .action(
    run(async (o: Common & { rebuild?: boolean }) => {
      await withWorkspace(o, async (d) => {
        const rebuilt = o.rebuild ? await rebuildDerived(d.context) : 0;
        const result = await verifyStore(d.context);
        print(
          o,
          { ok: result.problems.length === 0, rebuilt, ...result },
          result.problems.length === 0 ? ['没有发现问题'] : result.problems,
        );
        if (result.problems.length > 0) process.exitCode = 1;
      });
    }),
  );

const endThreads = async (): Promise<void> => {
  await Promise.all([closeWorkers(), closeReader()]);
};
const tools = { print, control, run, withWorkspace, version: applicationVersion(), end: endThreads };
addFigureCommands(program, tools);
addBackupCommands(program, tools);
addHandoffCommands(program, tools);
addRecordCommands(program, tools);
addImportCommand(bringIn, tools, readSource);
addWaitingCommand(bringIn, tools);
addQualityCommands(program, tools);
addRadarCommand(program, tools, readSource);

/** In a checkout the window is built when it is first asked for; an installation brings it. */
function needWindow(windowDir: string): void {
  if (existsSync(join(windowDir, 'index.html'))) return;
  process.stderr.write('正在构建窗口，第一次需要一些时间…\n');
  const { status } = spawnSync(process.execPath, [join(applicationRoot(), 'scripts', 'build.ts')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0)
    throw new ServiceError('REFUSED', '窗口没有构建成功，请先运行 npm ci，再运行 npm run build', { missing: [] });
}

program
  .command('serve')
  .description('serve the window to a browser on this computer')
  .option('--workspace <dir>')
  .option('--port <n>')
  .option(...jsonOption)
  .action(
    run(async (o: { workspace?: string; port?: string; json?: boolean }) => {
      const windowDir = join(applicationRoot(), 'dist', 'renderer');
      needWindow(windowDir);
      const backend = await startBackend({
        listen: { kind: 'loopback', ...(o.port && { port: Number(o.port) }) },
        secret: randomBytes(24).toString('base64url'),
        workspaceDir: o.workspace ? resolve(o.workspace) : null,
        windowDir,
      });
      process.stdout.write(
        o.json ? `${JSON.stringify({ ok: true, address: backend.address })}\n` : `${backend.address}\n`,
      );
      const stop = (): void => {
        void backend.close().then(() => process.exit(0));
      };
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      await new Promise(() => undefined);
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  const sentence = usageSentence(error);
  if (sentence !== null) {
    process.stderr.write(`${sentence}\n`);
    if (process.argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ ok: false, code: 'USAGE', sentence })}\n`);
  }
  process.exitCode = error.exitCode;
}
