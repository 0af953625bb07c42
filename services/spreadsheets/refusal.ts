// Why a file cannot be read as a register, said in one sentence that tells the user what to do.

/** Reasons to refuse a file, with the sentence shown. */
export const UNREADABLE_FILES = {
  EMPTY_FILE: '文件是空的，没有任何内容，请确认选对了文件后重新选择',
  NOT_A_SPREADSHEET:
    '这不是表格文件，请选择 xlsx、xls 或 csv 格式的表格；如为其他格式，请在 Excel 或 WPS 中另存为 xlsx 后再导入',
  JSON: '文件里是 JSON 数据而不是表格，请由来源系统导出为 xlsx 或 csv 后再导入',
  ENCRYPTED: '文件设有打开密码，无法读取，请在 Excel 或 WPS 中打开并取消密码，另存后再导入',
  WPS_ET: '无法读取这个 WPS 表格（.et）文件，请在 WPS 中另存为 xlsx 格式后再导入',
  TOO_BIG: '表格过大（超过 20 万行、512 列或解压后 300 MB），请删去无关内容或拆成几个文件后再导入',
  CORRUPT: '文件不完整或已损坏，请在 Excel 或 WPS 中确认能打开，另存为 xlsx 后再导入，或请对方重新发送',
} as const;

/** Code of a refused file. */
export type UnreadableCode = keyof typeof UNREADABLE_FILES;

/** A file that cannot be read; `sentence` (also the message) is Chinese and says what to do. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode;
  readonly sentence: string;
  constructor(code: UnreadableCode, cause?: unknown) {
    super(UNREADABLE_FILES[code], cause === undefined ? undefined : { cause });
    this.name = 'UnreadableFile';
    this.code = code;
    this.sentence = UNREADABLE_FILES[code];
  }
}
