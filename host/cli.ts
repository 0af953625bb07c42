// The command line: the same services as the window, for scripts, benchmarks and support.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { importOptions } from '../contract/registers.ts';
import { reportRequest } from '../contract/reports.ts';
import { statisticsScope } from '../contract/statistics.ts';
import { ServiceError } from '../services/errors.ts';
import { closeWorkers } from '../services/workers/index.ts';
import { buildDemo } from '../services/demonstration/index.ts';
import { applyImport, closeReader, discardPreview, importReport, previewImport } from '../services/registers/index.ts';
import { issueReport } from '../services/reports/index.ts';
import { overview } from '../services/statistics/index.ts';
import { passphraseWrapper } from '../services/identity/index.ts';
import { rebuildDerived, verifyStore } from '../services/maintenance/index.ts';
import type { Desk } from '../services/workspace/index.ts';
import { applicationRoot, applicationVersion, makeDesk, startBackend } from './backend.ts';
import { addBackupCommands } from './cli-backup.ts';
import { addHandoffCommands } from './cli-handoff.ts';
import { sentenceFor } from './error-sentences.ts';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? 0 : 1); });

interface Common { workspace: string; json?: boolean }

/** What a command prints: for people as lines, with `--json` one object on the last line of standard output. */
function print(options: Common, result: Record<string, unknown>, lines: string[]): void {
  for (const line of options.json ? [] : lines) process.stdout.write(`${line}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

const control = (options: Common) => ({
  progress: (done: number, total: number, step?: string): void => { if (!options.json && process.stderr.isTTY) process.stderr.write(`\r${step ?? ''} ${done}/${total}   `); },
  check: (): void => undefined,
  signal: new AbortController().signal,
});

function desk(): Desk {
  const passphrase = process.env.STEWARD_PASSPHRASE;
  return makeDesk(passphrase ? { keyWrapper: passphraseWrapper(passphrase) } : {});
}

/** Opens the workspace for one command and closes it whatever happens. */
async function withWorkspace(options: Common, work: (d: Desk) => Promise<void>): Promise<void> {
  const d = desk();
  try {
    await d.open(options.workspace, false);
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
      const sentence = sentenceFor(error);
      const options = args.find((a): a is A[number] & Common => typeof a === 'object' && a !== null && ('workspace' in a || 'json' in a));
      process.stderr.write(`${sentence}\n`);
      const code = (error as { data?: { code?: string }; code?: string }).data?.code ?? (error as { code?: string }).code ?? 'INTERNAL';
      if (options?.json) process.stdout.write(`${JSON.stringify({ ok: false, code, sentence })}\n`);
      process.exitCode = 1;
      await Promise.all([closeWorkers(), closeReader()]);
    }
  };
}

const program = new Command('steward').description('Steward Desk on the command line').version(applicationVersion());
const workspaceOption = ['--workspace <dir>', 'folder of the workspace'] as const;
const jsonOption = ['--json', 'print one JSON object as the last line'] as const;

program.command('init').description('make a workspace')
  .requiredOption(...workspaceOption).option(...jsonOption).requiredOption('--office <name>').requiredOption('--code <letters>', '2 to 6 capital letters').requiredOption('--operator <name>').option('--organisation <name>')
  .action(run(async (o: Common & { office: string; code: string; operator: string; organisation?: string }) => {
    if (!/^[A-Z]{2,6}$/.test(o.code)) { process.stderr.write('驻点代号请用 2～6 个大写字母，如 HC\n'); process.exitCode = 2; return; }
    const d = desk();
    try {
      await d.create({ folder: resolve(o.workspace), organisation: o.organisation ?? o.office, office: o.office, code: o.code, operator: o.operator, role: 'leader' });
      const status = await d.status();
      print(o, { ok: true, folder: status.folder, device: status.deviceTag, office: status.office }, [`已建立工作区：${status.folder}`, `设备标识：${status.deviceTag}`]);
    } finally {
      await d.close();
      await Promise.all([closeWorkers(), closeReader()]);
    }
  }));

program.command('demo').description('make the demonstration town').requiredOption(...workspaceOption).option(...jsonOption)
  .action(run(async (o: Common) => {
    const d = desk();
    try {
      await buildDemo(d, resolve(o.workspace), control(o));
      const n = await d.context.store.read.sqlOne<{ enterprises: number; findings: number }>('SELECT (SELECT count(*) FROM enterprise) AS enterprises, (SELECT count(*) FROM finding) AS findings');
      print(o, { ok: true, folder: resolve(o.workspace), ...n }, [`已建立演示镇：${n?.enterprises ?? 0} 家企业、${n?.findings ?? 0} 项问题`]);
    } finally {
      await d.close();
      await Promise.all([closeWorkers(), closeReader()]);
    }
  }));

program.command('import').description('bring data in').command('register <file...>').description('import clients\' registers (xlsx, xls, csv)')
  .requiredOption(...workspaceOption).option(...jsonOption).option('--sheet <name...>', 'only these sheets').option('--dry-run', 'say what would happen, write nothing')
  .option('--town <name>').option('--object-kind <id>').option('--blank-overwrites')
  .action(run(async (files: string[], o: Common & { sheet?: string[]; dryRun?: boolean; town?: string; objectKind?: string; blankOverwrites?: boolean }) => {
    await withWorkspace(o, async (d) => {
      const sources = await Promise.all(files.map(readSource));
      const options = importOptions.parse({ sheets: o.sheet ?? null, townName: o.town ?? null, objectKind: o.objectKind ?? null, blankOverwrites: o.blankOverwrites ?? false });
      const preview = await previewImport(d.context, sources, options, control(o));
      if (o.dryRun) {
        const report = importReport(d.context, preview.previewId);
        discardPreview(preview.previewId);
        print(o, { ok: true, dryRun: true, ...report }, summary(report));
        return;
      }
      const done = await applyImport(d.context, preview.previewId, control(o));
      print(o, { ok: true, dryRun: false, runId: done.runId, actionId: done.actionId, ...done.report }, summary(done.report));
    });
  }));

/** A file named on the command line. @throws ServiceError UNREADABLE_FILE when it is not there or may not be read */
async function readSource(file: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    return { name: basename(file), bytes: new Uint8Array(await readFile(file)) };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ServiceError('UNREADABLE_FILE', missing ? `找不到文件“${file}”。请核对路径` : `文件“${file}”不能读取。请检查是否为文件、是否有权限`, { code: missing ? 'FILE_NOT_FOUND' : 'FILE_NOT_READABLE' });
  }
}

function summary(report: { sheets: readonly { name: string; rows: number; created: number; updated: number; unchanged: number; duplicates: number; rejected: number; unmapped: readonly string[] }[] }): string[] {
  return report.sheets.flatMap((s) => [
    `${s.name}：${s.rows} 行 = 新增 ${s.created} + 变更 ${s.updated} + 无变化 ${s.unchanged} + 退回 ${s.rejected}；其中疑似重复 ${s.duplicates}`,
    ...(s.unmapped.length > 0 ? [`  未对应的列：${s.unmapped.join('、')}`] : []),
  ]);
}

program.command('report').description('issue a periodic report in Word').requiredOption(...workspaceOption).option(...jsonOption)
  .requiredOption('--from <day>').requiredOption('--to <day>').option('--as-of <day>').option('--kind <kind>', 'weekly_report, monthly_report, quarterly_report, annual_report', 'monthly_report').option('--out <file>')
  .action(run(async (o: Common & { from: string; to: string; asOf?: string; kind: string; out?: string }) => {
    await withWorkspace(o, async (d) => {
      const asOf = o.asOf ?? (o.to < d.today() ? o.to : d.today());
      const document = await issueReport(d.context, reportRequest.parse({ kind: o.kind, from: o.from, to: o.to, asOf }));
      const out = resolve(o.out ?? document.fileName);
      await writeFile(out, document.bytes);
      print(o, { ok: true, file: out, documentId: document.documentId, size: document.bytes.length }, [`已出具：${out}`]);
    });
  }));

program.command('stats').description('print the figures of a period').requiredOption(...workspaceOption).option(...jsonOption).option('--from <day>').option('--to <day>').option('--as-of <day>')
  .action(run(async (o: Common & { from?: string; to?: string; asOf?: string }) => {
    await withWorkspace(o, async (d) => {
      const today = d.today();
      const scope = statisticsScope.parse({ from: o.from ?? `${today.slice(0, 4)}-01-01`, to: o.to ?? today, asOf: o.asOf ?? today });
      const result = await overview(d.context, scope);
      print(o, { ok: true, ...result }, Object.values(result.figures).map((f) => `${f.label}\t${f.printed}\t${f.denominator === null ? '' : `${f.numerator}/${f.denominator}`}`));
    });
  }));

program.command('check').description('verify a workspace; --rebuild writes derived columns and the search index anew').requiredOption(...workspaceOption).option(...jsonOption).option('--rebuild')
  .action(run(async (o: Common & { rebuild?: boolean }) => {
    await withWorkspace(o, async (d) => {
      const rebuilt = o.rebuild ? await rebuildDerived(d.context) : 0;
      const result = await verifyStore(d.context);
      print(o, { ok: result.problems.length === 0, rebuilt, ...result }, result.problems.length === 0 ? ['没有发现问题'] : result.problems);
      if (result.problems.length > 0) process.exitCode = 1;
    });
  }));

const endThreads = async (): Promise<void> => { await Promise.all([closeWorkers(), closeReader()]); };
const tools = { print, control, run, withWorkspace, version: applicationVersion(), end: endThreads };
addBackupCommands(program, tools);
addHandoffCommands(program, tools);

/** In a checkout the window is built when it is first asked for; an installation brings it. */
function needWindow(windowDir: string): void {
  if (existsSync(join(windowDir, 'index.html'))) return;
  process.stderr.write('正在构建窗口，第一次需要一些时间…\n');
  const { status } = spawnSync(process.execPath, [join(applicationRoot(), 'scripts', 'build.ts')], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new ServiceError('REFUSED', '窗口没有构建成功，请先运行 npm ci，再运行 npm run build', { missing: [] });
}

program.command('serve').description('serve the window to a browser on this computer').option('--workspace <dir>').option('--port <n>').option(...jsonOption)
  .action(run(async (o: { workspace?: string; port?: string; json?: boolean }) => {
    const windowDir = join(applicationRoot(), 'dist', 'renderer');
    needWindow(windowDir);
    const backend = await startBackend({
      listen: { kind: 'loopback', ...(o.port && { port: Number(o.port) }) }, secret: randomBytes(24).toString('base64url'), workspaceDir: o.workspace ? resolve(o.workspace) : null, windowDir,
    });
    process.stdout.write(o.json ? `${JSON.stringify({ ok: true, address: backend.address })}\n` : `${backend.address}\n`);
    const stop = (): void => { void backend.close().then(() => process.exit(0)); };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    await new Promise(() => undefined);
  }));

await program.parseAsync();
