// What went wrong with a backup, in sentences for people: what is wrong and what to do.
import type { BackupFaultCode } from '../backup-file/index.ts';
import { ServiceError, type ServiceErrorCode } from '../errors.ts';

/** What can be refused besides the faults of a file. */
export type BackupRefusal =
  | BackupFaultCode
  | 'TARGET_NOT_EMPTY'
  | 'IS_WORKSPACE'
  | 'NOT_DAMAGED'
  | 'OTHER_WORKSPACE'
  | 'IN_USE'
  | 'RESTORING_THERE'
  | 'NOT_ABSOLUTE'
  | 'RUNNING'
  | 'TARGET_NOT_FOUND';

const megabytes = (bytes: string | undefined): string =>
  `${Math.max(1, Math.ceil(Number(bytes ?? 0) / 1024 / 1024)).toLocaleString('en')} MB`;

const SENTENCES: Readonly<Record<BackupRefusal, string | ((detail: string) => string)>> = {
  NOT_A_BACKUP: '这不是环保管家的备份文件。请选择扩展名为 .sdbackup 的文件，或旧版的 .db 备份',
  NEEDS_PASSPHRASE: '这份备份已加密，请输入备份口令',
  WRONG_PASSPHRASE: (detail) =>
    detail
      ? '口令不对，或文件开头已损坏。请核对口令（区分大小写）；仍不行时换一份备份'
      : '口令不对，文件本身是完好的。请核对口令，区分大小写',
  CUT_SHORT: '备份文件不完整，后面一段缺失，可能复制时中断。请重新复制，或换一份备份',
  DAMAGED: '备份文件已损坏，内容与备份时不一致。请换一份备份',
  NEWER_FORMAT: '这份备份是新版本程序做的，当前版本不能读取。请升级程序后再恢复',
  NEWER_SCHEMA: '这份备份是新版本程序做的，当前版本不能读取。请升级程序后再恢复',
  FOREIGN_SCHEMA:
    '这份备份的数据库里有不是本程序建立的内容，没有恢复，也没有留下文件。请换一份自己做的备份；文件若是别人给的，请核对来源',
  TOO_LONG: '这个文件检查了太久还没有结果，已停止，没有改动。请换一份备份重试',
  NO_SPACE: (detail) => {
    const [need, free] = detail.split('/');
    return free
      ? `磁盘空间不足：需要约 ${megabytes(need)}，只剩 ${megabytes(free)}。没有留下任何文件，请清理磁盘或换一个盘`
      : '磁盘空间不足，没有留下任何文件。请清理磁盘或换一个盘';
  },
  TOO_BIG_FOR_MEDIUM: '目标盘不能存放这么大的文件（FAT32 格式最多 4 GB）。请换一个盘，或不带附件备份',
  CANCELLED: '已取消，没有留下任何文件',
  NOT_WRITABLE: '目标文件夹不能写入。请检查权限，或换一个文件夹',
  FILE_NOT_FOUND: '找不到文件或文件夹。请核对路径，U 盘是否已插好',
  DATABASE_DAMAGED: '数据库有损坏，没有另做备份，原有备份没有改动。请从最近完好的备份恢复',
  MEDIUM_FAILED: '写入后核对不一致，这个盘可能有故障，没有留下备份。请换一个盘重试',
  TARGET_NOT_EMPTY: '要恢复到的文件夹里已有别的文件。请选一个新的空文件夹',
  IS_WORKSPACE: '要恢复到的文件夹里已有工作区，不会覆盖。请选一个新的空文件夹',
  NOT_DAMAGED: '这个文件夹里的工作区是好的，不会覆盖。请恢复到一个新的空文件夹',
  OTHER_WORKSPACE: '这份备份属于另一个工作区，不能放进这个文件夹。请恢复到一个新的空文件夹',
  IN_USE: '这个工作区正被打开着，不能恢复到它里面。请先关闭，再重试',
  RESTORING_THERE: '这个文件夹里正在恢复另一份备份，或者有别的程序正在使用。请等它完成，或换一个空文件夹',
  NOT_ABSOLUTE: '请写出文件夹的完整路径，如 D:\\环保管家\\工作区 或 /home/用户/工作区',
  RUNNING: '正在备份，请等它完成后再试',
  TARGET_NOT_FOUND: '找不到要存放备份的文件夹。请核对路径，U 盘是否已插好',
};

const UNREADABLE: ReadonlySet<BackupRefusal> = new Set([
  'NOT_A_BACKUP',
  'NEEDS_PASSPHRASE',
  'WRONG_PASSPHRASE',
  'CUT_SHORT',
  'DAMAGED',
  'NEWER_FORMAT',
  'NEWER_SCHEMA',
  'FOREIGN_SCHEMA',
  'TOO_LONG',
  'FILE_NOT_FOUND',
]);

/** The sentence for a code. */
export function backupSentence(code: BackupRefusal, detail = ''): string {
  const sentence = SENTENCES[code];
  return typeof sentence === 'string' ? sentence : sentence(detail);
}

/** The refusal for a code, with `data.code` naming it. */
export function backupRefused(code: BackupRefusal, detail = ''): ServiceError {
  const kind: ServiceErrorCode = UNREADABLE.has(code) ? 'UNREADABLE_FILE' : 'REFUSED';
  return new ServiceError(kind, backupSentence(code, detail), { code, missing: [] });
}
