// Why a page can't be shown or read.

const SENTENCES = {
  PAGE_NO_RUNTIME: '这台电脑的系统没有页面组件，不能在这里看 PDF 的页面；文件照样可以归档，也可以下载后打开',
  PAGE_PASSWORD: '这个 PDF 有打开密码，看不到页面。请用去掉密码的一份',
  PAGE_DAMAGED: '这个文件不完整或已损坏，看不到页面。请重新扫描或另取一份',
  PAGE_MISSING: '没有这一页',
  PAGE_KIND: '这种文件没有页面可看，可以下载后打开',
  PAGE_TOO_LONG: '这一页太复杂，画了很久没有画完。请下载后打开',
} as const;

export type PageErrorCode = keyof typeof SENTENCES;

/** Thrown when a page can't be shown or read; the message is the sentence for people. */
export class PageError extends Error {
  readonly code: PageErrorCode;

  constructor(code: PageErrorCode, cause?: unknown) {
    super(SENTENCES[code], { cause });
    this.name = 'PageError';
    this.code = code;
  }
}
