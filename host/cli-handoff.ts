// Hand-off on the command line: card, trust, export, inspect, import, undo, receipt, conflicts, decide.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { exportOrder, type Decision, type ExportOrder } from '../contract/handoff.ts';
import { canonicalDump } from '../db/index.ts';
import { ServiceError } from '../services/errors.ts';
import { officeKeyFile, proveKeyFile, takeOfficeKey } from '../services/identity/index.ts';
import * as handoff from '../services/handoff/index.ts';
import type { CliTools } from './cli-backup.ts';
import { askSecret } from './cli-secret.ts';

interface Options {
  workspace: string;
  json?: boolean;
}
interface ExportOptions extends Options {
  to?: string[];
  withCode?: boolean;
  out: string;
  area?: string[];
  enterprise?: string[];
  full?: boolean;
  withoutPersonal?: boolean;
  photos: ExportOrder['attachments'];
  withoutAttachments?: boolean;
  note?: string;
}
interface ImportOptions extends Options {
  code?: string;
  confirm?: string;
  dryRun?: boolean;
  merge?: 'none' | 'proposed' | 'all';
}

const text = async (file: string): Promise<string> => {
  try {
    return await readFile(resolve(file), 'utf8');
  } catch {
    throw new ServiceError('UNREADABLE_FILE', `文件“${file}”不能读取。请核对路径`, { code: 'FILE_NOT_READABLE' });
  }
};

/** Files that a package left out, for people. */
const leftOutLines = (left: readonly string[]): string[] =>
  left.length === 0
    ? []
    : [`没有带上 ${left.length} 个照片或文件，其他资料都已写好：`, ...left.map((one) => `  ${one}`)];

/** The code of a package, told by telephone: from STEWARD_PACKAGE_CODE, since every account of the computer can read the arguments. */
const spokenCode = (): string | null => process.env.STEWARD_PACKAGE_CODE || null;

/** Comes from STEWARD_OFFICE_KEY_PASSPHRASE, or is asked for at a terminal; never from the arguments. */
async function keyPassphrase(): Promise<string> {
  const given =
    process.env.STEWARD_OFFICE_KEY_PASSPHRASE || (await askSecret('驻点密钥的口令（至少 8 个字符，不显示）：'));
  if (!given || given.length < 8)
    throw new ServiceError('REFUSED', '请在环境变量 STEWARD_OFFICE_KEY_PASSPHRASE 里给出至少 8 个字符的口令');
  return given;
}

/** Adds `handoff …`. */
export function addHandoffCommands(program: Command, tools: CliTools<Options>): void {
  const { print, control, run, withWorkspace, version } = tools;
  const group = program.command('handoff').description('exchange data with other offices by file');
  const command = (name: string, description: string): Command =>
    group
      .command(name)
      .description(description)
      .requiredOption('--workspace <dir>', 'folder of the workspace')
      .option('--json', 'print one JSON object as the last line');

  command('card', "write this office's card")
    .option('--out <file>')
    .action(
      run(async (o: Options & { out?: string }) => {
        await withWorkspace(o, async (d) => {
          const card = await handoff.makeCard(d.context);
          const file = resolve(o.out ?? card.fileName);
          await writeFile(file, card.text);
          const { office } = await handoff.handoffState(d.context);
          print(o, { ok: true, file, office, fingerprint: office.fingerprint }, [
            `已写出名片：${file}`,
            `指纹：${office.fingerprint}`,
          ]);
        });
      }),
    );

  command('office-key', "write the office's key for another computer of this office")
    .requiredOption('--out <file>')
    .action(
      run(async (o: Options & { out: string }) => {
        await withWorkspace(o, async (d) => {
          const passphrase = await keyPassphrase();
          const key = await officeKeyFile(d.context.store, d.context.keys, passphrase);
          await writeFile(resolve(o.out), key.text, { mode: 0o600, flush: true });
          await proveKeyFile(await text(o.out), passphrase);
          print(o, { ok: true, file: resolve(o.out) }, [`已写出驻点密钥：${resolve(o.out)}`]);
        });
      }),
    );

  command('take-key <file>', "keep the office's key on this computer").action(
    run(async (file: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        await takeOfficeKey(d.context.store, d.context.keys, await text(file), await keyPassphrase());
        print(o, { ok: true, ...(await handoff.handoffState(d.context)) }, ['驻点密钥已在这台电脑上']);
      });
    }),
  );

  command('trust <card>', 'make the office of a card a partner; without --fingerprint show what to compare')
    .option('--fingerprint <digits>', 'the 40 digits, compared by telephone')
    .action(
      run(async (file: string, o: Options & { fingerprint?: string }) => {
        await withWorkspace(o, async (d) => {
          const card = await text(file);
          const view = await handoff.viewCard(d.context, card);
          if (o.fingerprint) await handoff.confirmPartner(d.context, card, o.fingerprint);
          print(o, { ok: true, confirmed: o.fingerprint !== undefined, ...view }, [
            `${view.office.name}　指纹：${view.fingerprint}`,
            o.fingerprint ? '已登记为协作驻点' : '请与对方在电话里逐组核对，再用 --fingerprint 确认',
          ]);
        });
      }),
    );

  command('export', 'write a package')
    .requiredOption('--out <dir>', 'folder that the package goes into')
    .option('--to <office...>', 'ids of partner offices')
    .option('--with-code', 'a spoken code instead of device keys')
    .option('--area <id...>', 'only enterprises of these areas')
    .option('--enterprise <id...>', 'only these enterprises')
    .option('--full', 'everything, also what the partner proved to hold')
    .option('--without-personal', 'leave contacts out')
    .addOption(
      new Option('--photos <which>', 'originals, small pictures in place of photos, or none')
        .choices(['all', 'thumbnails', 'none'])
        .default('all'),
    )
    .option('--without-attachments', 'the same as --photos none')
    .option('--note <text>')
    .action(
      run(async (o: ExportOptions) => {
        await withWorkspace(o, async (d) => {
          const [areas, enterprises] = [o.area ?? [], o.enterprise ?? []];
          const made = await handoff.exportPackage(
            d.context,
            exportOrder.parse({
              target: resolve(o.out),
              offices: o.to ?? [],
              withCode: o.withCode ?? false,
              all: areas.length + enterprises.length === 0,
              areas,
              enterprises,
              personal: !o.withoutPersonal,
              attachments: o.withoutAttachments ? 'none' : o.photos,
              full: o.full ?? false,
              note: o.note ?? '',
            }),
            version,
            control(o),
          );
          print(o, { ok: true, ...made }, [
            `已写出并核对：${made.folder}`,
            `${made.operations} 处改动、${made.attachments} 个附件${made.thumbnails ? `（其中缩略图 ${made.thumbnails} 张）` : ''}`,
            ...leftOutLines(made.leftOut),
            ...(made.code ? [`口令：${made.code}`] : []),
          ]);
        });
      }),
    );

  command('inspect <path>', 'say what a package is').action(
    run(async (path: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        const view = await handoff.viewPackage(d.context, resolve(path), spokenCode());
        print(o, { ok: view.result === null, ...view }, [
          view.sentence ??
            (view.facts
              ? `${view.facts.officeName}　${view.facts.madeAt}　${view.facts.operations} 处改动、${view.facts.attachments} 个附件`
              : '需要口令'),
        ]);
        if (view.result !== null) process.exitCode = 1;
      });
    }),
  );

  command('import <path>', 'take a package in')
    .option('--confirm <digits>', 'fingerprint of an unknown maker, compared by telephone')
    .option('--dry-run', 'say what would happen, write nothing')
    .option('--merge <which>', 'duplicates to merge: none, proposed or all', 'none')
    .action(
      run(async (path: string, o: ImportOptions) => {
        await withWorkspace(o, async (d) => {
          const preview = await handoff.previewPackage(
            d.context,
            { path: resolve(path), code: spokenCode(), confirm: o.confirm ?? null },
            control(o),
          );
          const lines = preview.kinds.map((k) => `${k.label}：新增 ${k.created}，变更 ${k.changed}，删除 ${k.deleted}`);
          lines.push(
            ...preview.adopted.map(
              (one) => `${one.operations} 处改动由“${one.office}”认领：作者的电脑丢了密钥，没能自己签名`,
            ),
          );
          if (o.dryRun) {
            await handoff.discardPreview(preview.previewId);
            print(o, { ok: true, dryRun: true, ...preview }, lines);
            return;
          }
          const merges = preview.duplicates.filter((p) => o.merge === 'all' || (o.merge === 'proposed' && p.proposed));
          const done = await handoff.applyPackage(d.context, { previewId: preview.previewId, merges }, control(o));
          print(o, { ok: true, dryRun: false, ...done, preview }, [
            ...lines,
            `${done.conflicts.must} 项需要决定，${done.conflicts.may} 项建议看一眼，${done.conflicts.waiting} 项等待数据`,
          ]);
        });
      }),
    );

  command('undo <importId>', 'take an import back').action(
    run(async (importId: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        const done = await handoff.undoImport(d.context, importId);
        print(o, { ok: true, ...done }, [`已撤销，去掉 ${done.removed} 处改动`]);
      });
    }),
  );

  command('receipt <importId>', 'write a receipt for an import')
    .requiredOption('--out <dir>')
    .action(
      run(async (importId: string, o: Options & { out: string }) => {
        await withWorkspace(o, async (d) => {
          const made = await handoff.writeReceipt(d.context, importId, resolve(o.out), version, control(o));
          print(o, { ok: true, ...made }, [`已写出回执：${made.folder}`]);
        });
      }),
    );

  command('conflicts', 'list what is to be decided, or decide')
    .option('--decide <id>')
    .option('--side <dot>', 'the side that is to stand; without it what is shown stands')
    .option('--value <text>', "a value of one's own")
    .option('--reason <text>')
    .option('--accept', 'let all that may be looked at stand')
    .action(
      run(
        async (o: Options & { decide?: string; side?: string; value?: string; reason?: string; accept?: boolean }) => {
          await withWorkspace(o, async (d) => {
            const open = await handoff.listConflicts(d.context, { level: null, areaId: null, field: null });
            const decisions: Decision[] = o.decide
              ? [
                  {
                    conflictId: o.decide,
                    dot: o.side ?? null,
                    reason: o.reason ?? null,
                    ...(o.value !== undefined && { value: o.value }),
                  },
                ]
              : o.accept
                ? open.items
                    .filter((i) => i.level === 'may' && !i.waiting)
                    .map((i) => ({ conflictId: i.id, dot: null, reason: o.reason ?? null }))
                : [];
            const decided = decisions.length > 0 ? await handoff.decideConflicts(d.context, decisions) : null;
            const after = decided
              ? await handoff.listConflicts(d.context, { level: null, areaId: null, field: null })
              : open;
            print(
              o,
              { ok: true, decided: decided?.decided ?? 0, ...after },
              after.items.map((i) =>
                [
                  `${i.level === 'must' ? '必须' : '建议'}${i.waiting ? '（等待数据）' : ''}`,
                  i.title,
                  i.fieldLabel,
                  i.sides.map((s) => `${s.office}：${s.text}`).join(' / '),
                  i.id,
                ].join('\t'),
              ),
            );
          });
        },
      ),
    );

  command('state', 'partners, imports, exports, conflicts').action(
    run(async (o: Options) => {
      await withWorkspace(o, async (d) => {
        const state = await handoff.handoffState(d.context);
        print(o, { ok: true, ...state }, [
          `${state.office.name}　指纹：${state.office.fingerprint}`,
          ...state.partners.map((p) => `${p.name}　${p.office}　${p.fingerprint}`),
        ]);
      });
    }),
  );

  command('dump', 'write the canonical dump: offices with the same data have the same bytes')
    .option('--out <file>')
    .action(
      run(async (o: Options & { out?: string }) => {
        await withWorkspace(o, async (d) => {
          const dump = `${(await canonicalDump(d.context.store.read)).join('\n')}\n`;
          if (o.out) await writeFile(resolve(o.out), dump);
          print(
            o,
            { ok: true, lines: dump.split('\n').length - 1, ...(o.out && { file: resolve(o.out) }) },
            o.out ? [] : [dump.trimEnd()],
          );
        });
      }),
    );
}
