// Backups on the command line: create, verify, restore, list. The passphrase comes from STEWARD_BACKUP_PASSPHRASE,
// or a terminal, where it is asked for; never from the arguments.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  createBackup,
  listBackups,
  listBackupsAt,
  restoreBackup,
  verifyBackup,
  type BackupControl,
} from '../services/backup/index.ts';
import { ServiceError } from '../services/errors.ts';
import type { Desk } from '../services/workspace/index.ts';
import { withSecret } from './cli-secret.ts';

/** What the command line lends to its commands. */
export interface CliTools<O> {
  print(options: O, result: Record<string, unknown>, lines: string[]): void;
  control(options: O): BackupControl;
  run<A extends unknown[]>(command: (...args: A) => Promise<void>): (...args: A) => Promise<void>;
  withWorkspace(options: O, work: (d: Desk) => Promise<void>): Promise<void>;
  version: string;
  /** Ends the threads that a command without a workspace used. */
  end(): Promise<void>;
}

interface Options {
  workspace: string;
  json?: boolean;
}
const passphrase = (): string | null => process.env.STEWARD_BACKUP_PASSPHRASE || null;

/** Reads an encrypted backup: with the passphrase of the environment, else with one that is asked for at the terminal. */
const readWith = async <T>(work: (passphrase: string | null) => Promise<T>): Promise<T> =>
  await withSecret(
    passphrase(),
    '备份的口令（不显示）：',
    (error) => error instanceof ServiceError && error.data['code'] === 'NEEDS_PASSPHRASE',
    work,
  );

/** Adds `backup create|verify|restore|list`. */
export function addBackupCommands(program: Command, tools: CliTools<Options>): void {
  const { print, control, run, withWorkspace } = tools;
  const json = ['--json', 'print one JSON object as the last line'] as const;
  const group = program.command('backup').description('back up, verify, restore, list');

  group
    .command('create')
    .description('make a backup, verified by a trial restore')
    .requiredOption('--workspace <dir>', 'folder of the workspace')
    .option(...json)
    .option('--to <dir>', "another folder than the workspace's own")
    .option('--without-attachments')
    .option('--label <text>')
    .action(
      run(async (o: Options & { to?: string; withoutAttachments?: boolean; label?: string }) => {
        await withWorkspace(o, async (d) => {
          const made = await createBackup(
            d.context,
            {
              folder: o.to ? resolve(o.to) : null,
              attachments: !o.withoutAttachments,
              passphrase: passphrase(),
              ...(o.label && { label: o.label }),
              appVersion: tools.version,
            },
            control(o),
          );
          print(o, { ok: true, ...made }, [
            `已备份并核对：${made.path}`,
            `${made.tables} 张表、${made.rows} 行、${made.attachments} 个附件`,
            ...made.warnings,
          ]);
        });
      }),
    );

  group
    .command('verify <file>')
    .description('restore on trial and compare counts and hashes')
    .option(...json)
    .action(
      run(async (file: string, o: Options) => {
        const found = await readWith(
          async (secret) => await verifyBackup({ file: resolve(file), passphrase: secret, near: null }, control(o)),
        );
        print(
          o,
          { ...found },
          found.ok
            ? [`完好：${found.tables} 张表、${found.rows} 行、${found.attachments.checked} 个附件`, ...found.warnings]
            : found.problems,
        );
        if (!found.ok) process.exitCode = 1;
        await tools.end();
      }),
    );

  group
    .command('restore <file>')
    .description('restore into a new folder')
    .requiredOption('--to <dir>')
    .option(...json)
    .option('--replace-damaged', 'into the folder of a damaged workspace; its files are moved aside')
    .action(
      run(async (file: string, o: Options & { to: string; replaceDamaged?: boolean }) => {
        const given = { file: resolve(file), folder: resolve(o.to), replaceDamaged: o.replaceDamaged ?? false };
        const done = await readWith(
          async (secret) => await restoreBackup({ ...given, passphrase: secret }, control(o)),
        );
        print(o, { ok: true, ...done }, [
          `已恢复到：${done.folder}`,
          ...(done.movedAside ? [`损坏的文件移到：${done.movedAside}`] : []),
          ...(done.attachments.missing > 0 ? [`${done.attachments.missing} 个附件不在备份里`] : []),
        ]);
        await tools.end();
      }),
    );

  group
    .command('list')
    .description('list the backups of a workspace or in a folder')
    .option('--workspace <dir>')
    .option('--folder <dir>')
    .option(...json)
    .action(
      run(async (o: { workspace?: string; folder?: string; json?: boolean }) => {
        const options = { workspace: o.workspace ?? '', ...(o.json && { json: true }) };
        const show = (backups: Awaited<ReturnType<typeof listBackupsAt>>): void => {
          print(
            options,
            { ok: true, backups },
            backups.map((b) => `${b.at}\t${b.size}\t${b.problem ?? (b.encrypted ? '已加密' : '')}\t${b.path}`),
          );
        };
        if (o.folder || !o.workspace) show(await listBackupsAt(resolve(o.folder ?? '.')));
        else
          await withWorkspace(options, async (d) => {
            show(await listBackups(d.context));
          });
      }),
    );
}
