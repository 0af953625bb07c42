// Documents that must not be made, with the sentence shown.

/** Reasons to refuse a document. */
export const DOCUMENT_ERRORS = {
  NOTICE_WITHOUT_CONSENT: '整改通知单以委托方名义出具，须先登记委托方同意；未同意的请改出整改建议单',
  NOTICE_WITHOUT_FINDINGS: '整改单至少要有一项问题，请先选择问题',
} as const;

/** Code of a refused document. */
export type DocumentErrorCode = keyof typeof DOCUMENT_ERRORS;

/** A refused document; `message` is the Chinese sentence. */
export class DocumentError extends Error {
  readonly code: DocumentErrorCode;
  constructor(code: DocumentErrorCode) {
    super(DOCUMENT_ERRORS[code]);
    this.name = 'DocumentError';
    this.code = code;
  }
}
