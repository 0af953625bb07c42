// How a hand-off can end, and what people are told: what happened, and what to do next.

/** One sentence per result code, shown to people as it stands. */
export const RESULT_SENTENCES = {
  NOT_A_PACKAGE: '这不是交换包。请选择名称以 handoff_ 开头的文件夹，或其中的 index.ehx 文件。',
  NOT_FOR_US: '这个交换包不是给本单位的。请对方在导出时选择本单位为接收方，重新导出一份。没有改动任何数据。',
  WRONG_CODE:
    '密钥或口令不对，打不开这个交换包。请与对方核对 30 位口令；如果不用口令，请对方确认接收方选的是这台电脑。',
  CUT_SHORT: '交换包不完整，复制没有完成。请从原处重新复制一遍，再导入。没有改动任何数据。',
  DAMAGED: '交换包已损坏，内容与制作时不一致。请从原处重新复制一遍；仍然不行，请对方重新导出。没有改动任何数据。',
  BAD_SIGNATURE: '交换包的签名核对不上，内容可能被人改动过，已拒绝导入。请直接向对方索取原始的一份。没有改动任何数据。',
  UNKNOWN_SIGNER: '制作这个交换包的单位还不是本单位的协作单位。请先导入对方的单位名片，并电话核对指纹，再导入。',
  REVOKED: '制作这个交换包的设备已被对方单位停用，已拒绝导入。请对方换一台在用的设备重新导出。',
  OTHER_NETWORK: '这个交换包属于另一个协作网络，不能导入这里。请确认打开的工作区是否正确。',
  NEWER_FORMAT: '这个交换包由更新版本的程序制作，本程序还不认识它的格式。请先升级本程序，再导入。没有改动任何数据。',
  NEWER_SCHEMA: '这个交换包含有本版本还不认识的资料种类。请先升级本程序，再导入。没有改动任何数据。',
  TOO_BIG: '交换包超出了允许的大小，已拒绝处理。请对方缩小范围或分几次导出；如果来历不明，请不要使用。',
  BAD_CONTENT:
    '交换包的内容不合规定，已拒绝导入。请对方升级程序后重新导出；如果来历不明，请不要使用。没有改动任何数据。',
  NO_SPACE: '磁盘空间不足。请清理空间或换一个更大的 U 盘，再试一次；已写的半份文件已清除。',
  FORKED_DEVICE: '同一设备编号在两台电脑上各自记了不同的内容。两边的内容都已保留，请按提示为其中一台重新登记设备。',
  BUSY: '有别的操作正在进行。请等它结束，再试一次。',
  CANCELLED: '已取消，没有改动任何数据。',
  NOTHING_NEW: '交换包里的内容这里都已经有了，不需要导入。',
  TARGET_READ_ONLY: '目标位置不能写入。请检查 U 盘的写保护开关或文件夹权限，或换一个位置。',
  TARGET_LIMIT:
    '目标位置存不下这么大的单个文件。请换一个 U 盘（格式化为 exFAT 或 NTFS）或换一个文件夹，再试一次；已写的半份文件已清除。',
  TARGET_GONE: '存储设备读写失败，可能已被拔出。请重新插好 U 盘，再试一次；仍然不行，请换一个 U 盘。',
  TARGET_FAULTY: '写入后读回核对不一致，存储设备可能有故障。请换一个 U 盘再导出。',
  NOT_OPENED:
    '写好的交换包用本机的密钥再打开时没有通过核对，没有留下。请确认启动时的口令与建立密钥时一致，再导出一次。',
  SOURCE_CHANGED: '有附件在导出时读不到或内容已变。请检查附件后重新导出。',
} as const;

/** Result code of a hand-off. */
export type ResultCode = keyof typeof RESULT_SENTENCES;

const WRONG_OR_DAMAGED =
  '密钥或口令不对，或者文件开头已损坏，打不开这个交换包。请先与对方核对口令；口令无误时，请从原处重新复制一遍。';

const notThirty = (digits: number): string =>
  digits === 30
    ? '口令只含 30 位数字，输入的里面还有别的字。请对照对方读出的口令重新输入。'
    : `口令有 30 位数字（六组，每组五位），输入的是 ${digits} 位。请对照对方读出的口令重新输入。`;

/**
 * The sentence for a code. `data.digits` says that what was typed is no code; `data.sums` = 'absent' that nothing told a bad copy
 * from a wrong key, `data.reason` = 'header' that no key was tried since the start of the file is malformed: the sentence for
 * WRONG_CODE names both then.
 */
export function resultSentence(
  code: ResultCode,
  data: { readonly sums?: unknown; readonly reason?: unknown; readonly digits?: unknown } = {},
): string {
  if (code === 'WRONG_CODE' && typeof data.digits === 'number') return notThirty(data.digits);
  return code === 'WRONG_CODE' && (data.sums === 'absent' || data.reason === 'header')
    ? WRONG_OR_DAMAGED
    : RESULT_SENTENCES[code];
}
