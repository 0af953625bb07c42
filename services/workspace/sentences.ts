// Sentences for people about the store: what is wrong and what to do.
import type { StoreError, StoreErrorCode } from '../../db/index.ts';

const SENTENCES: Readonly<Record<StoreErrorCode, string>> = {
  WORKSPACE_LOCKED: '这个工作区正被另一个窗口或程序打开。请先关闭那一个，再重试',
  WORKSPACE_NEWER: '这个工作区是新版本程序建立的，当前版本不能打开，资料没有改动。请升级程序后再打开',
  WORKSPACE_FOREIGN:
    '这个工作区的数据库里有不是本程序建立的内容，没有打开，也没有改动。请用自己最近的备份恢复；文件若是别人给的，请核对来源',
  WORKSPACE_CORRUPT: '工作区的数据库已损坏，没有改动。请用“备份”里最近的一份恢复',
  WORKSPACE_NOT_FOUND: '这个文件夹里没有工作区。请选择正确的文件夹，或新建一个',
  WORKSPACE_READ_ONLY: '工作区目前只能查看，不能写入。请检查磁盘权限，或用最近的备份恢复',
  WORKSPACE_EXISTS: '这个文件夹里已有工作区。请直接打开，或换一个文件夹',
  ROW_NOT_FOUND: '找不到要修改的内容，可能已被删除。请刷新后再试',
  ROW_INVALID: '有一项内容不能保存，请检查后重填',
  REFERENCE_GONE: '所选的企业、人员或其他内容已不在，没有保存。请刷新后重新选择',
  UNDO_BLOCKED: '后来又有人改过这些内容，不能整体撤销。请在变更记录里逐项改回',
  DISK_FULL: '磁盘空间不足，这一步没有写入，原有资料未受影响。请清理磁盘后重试',
  DISK_FAULTY: '读写资料时磁盘出错，这一步没有写入。请看看 U 盘或网络盘是否还在，并检查磁盘，再重试',
  DATABASE_BUSY: '资料正被其他程序占用（如杀毒、网盘同步、备份软件），这一步没有写入。请关闭占用它的程序，再重试',
  STORE_CLOSED: '工作区正在关闭，请稍候重新打开',
};

/** The sentence for an error of the store. */
export function storeSentence(error: StoreError): string {
  return SENTENCES[error.code];
}
