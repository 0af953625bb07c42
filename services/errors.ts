// Expected failures of the services: a code of the contract and a sentence for people.

/** Codes declared by the contract's base procedure. */
export type ServiceErrorCode =
  'NO_WORKSPACE' | 'NOT_FOUND' | 'INVALID' | 'REFUSED' | 'UNDO_BLOCKED' | 'WORKSPACE' | 'UNREADABLE_FILE';

/** Thrown by services when what was asked can't be done; nothing was written then. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly data: { sentence: string } & Record<string, unknown>;

  constructor(code: ServiceErrorCode, sentence: string, data: Record<string, unknown> = {}) {
    super(`${code}: ${sentence}`);
    this.name = 'ServiceError';
    this.code = code;
    this.data = { sentence, ...data };
  }
}

/** A row that is not there (any more). */
export const notFound = (what: string): ServiceError =>
  new ServiceError('NOT_FOUND', `找不到这条${what}，可能已被放入回收站。请刷新后再试`);

/** Something that the rules do not allow now, with what is missing. */
export const refused = (sentence: string, missing: { code: string; sentence: string }[] = []): ServiceError =>
  new ServiceError('REFUSED', sentence, { missing });
