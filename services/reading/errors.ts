// Why the print of a page can't be read.

const SENTENCES = {
  READING_NO_RUNTIME: '这台电脑上没有文字识别组件，请对照页面手工填写',
} as const;

/** Thrown when a page can't be read; the message is the sentence for people. */
export class ReadingError extends Error {
  readonly code: keyof typeof SENTENCES;

  constructor(code: keyof typeof SENTENCES, cause?: unknown) {
    super(SENTENCES[code], { cause });
    this.name = 'ReadingError';
    this.code = code;
  }
}
