// Sentences for people about trouble of the file system: what is wrong and what to do.
import { lookup } from '../domain/values/lookup.ts';

const WHAT: Readonly<Record<string, (name: string) => string>> = lookup({
  ENOSPC: () => '磁盘空间不足。请清理磁盘，或换一个位置',
  EDQUOT: () => '磁盘配额已用完。请清理磁盘，或换一个位置',
  EROFS: (name) => `${name}所在的磁盘只能读、不能写。请换一个位置，或取消磁盘的写保护`,
  EACCES: (name) => `没有权限写${name}。请换一个位置，或请管理员开放权限`,
  EPERM: (name) => `没有权限写${name}。请换一个位置，或请管理员开放权限`,
  ENAMETOOLONG: (name) => `${name}的路径太长。请换一个层级少、名称短的文件夹`,
  EBUSY: (name) => `${name}正被其他程序占用。请关闭打开它的程序（如 Word、杀毒、网盘同步），再重试`,
  ETXTBSY: (name) => `${name}正被其他程序占用。请关闭打开它的程序，再重试`,
  ENOENT: (name) => `找不到${name}。请看看 U 盘或网络盘是否还在，文件夹是否被移走`,
  ENOTDIR: (name) => `${name}的上级不是文件夹。请换一个位置`,
  EISDIR: (name) => `${name}是文件夹，不是文件。请另选`,
  ENODEV: (name) => `${name}所在的磁盘不在了。请插好 U 盘或接好网络盘，再重试`,
  ENXIO: (name) => `${name}所在的磁盘不在了。请插好 U 盘或接好网络盘，再重试`,
  EIO: (name) => `读写${name}时磁盘出错。请换一个磁盘，并检查原来的磁盘`,
  EMFILE: () => '同时打开的文件太多。请关闭几个程序，再重试',
  EFBIG: (name) => `${name}超过这个磁盘允许的文件大小。请换用 NTFS 或 exFAT 格式的磁盘`,
});

/** Last part of a path, whatever it is written like. */
const lastPart = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

/**
 * The sentence for an error of the file system; null for any other.
 * @param error what Node threw: its `code` decides, its `path` is named by its last part
 */
export function fileSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const say = WHAT[code ?? ''];
  const at = dest ?? path;
  return say ? `没有完成：${say(at ? `“${lastPart(at)}”` : '这个文件')}` : null;
}
