// The contract's implementer with the one place where expected failures become errors of the contract.
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import { CALL_TOO_BIG } from '../../contract/shared.ts';
import { StoreError, translateSqliteError, type StoreErrorCode } from '../../db/index.ts';
import { ServiceError, type ServiceErrorCode } from '../../services/errors.ts';
import { storeSentence, type Desk } from '../../services/workspace/index.ts';
import type { Downloads } from '../downloads.ts';
import { sentenceFor } from '../error-sentences.ts';
import type { JobRunner } from '../jobs.ts';
import type { Uploads } from '../uploads.ts';

/** What procedures work with: one per back end. */
export interface HostContext {
  desk: Desk;
  uploads: Uploads;
  downloads: Downloads;
  jobs: JobRunner;
  startFolder: string | null;
}

/** Status of each declared error, as the contract states it. */
const STATUS: Readonly<Record<ServiceErrorCode, number>> = {
  NO_WORKSPACE: 409,
  NOT_FOUND: 404,
  INVALID: 422,
  REFUSED: 409,
  UNDO_BLOCKED: 409,
  WORKSPACE: 409,
  UNREADABLE_FILE: 422,
};

/** Errors of the store that mean something for what was asked; the others are about the workspace. */
const STORE_CODES: Readonly<Partial<Record<StoreErrorCode, ServiceErrorCode>>> = {
  UNDO_BLOCKED: 'UNDO_BLOCKED',
  REFERENCE_GONE: 'NOT_FOUND',
};

/** What is said of calls that reach no procedure. */
const UNTAKEN: Readonly<Partial<Record<string, string>>> = {
  BAD_REQUEST: '有一项内容或地址的格式不对，这一步没有办成。请检查填写的内容，或从列表重新进入',
  PAYLOAD_TOO_LARGE: CALL_TOO_BIG,
};

/** What the contract, or the server before it, does not take: with a sentence, and the places for whoever looks after the program. */
function refusedInput(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const sentence = UNTAKEN[error.code];
  if (sentence === undefined || (error.data as { sentence?: unknown } | undefined)?.sentence !== undefined)
    return error;
  return new ORPCError(error.code, {
    message: sentence,
    data: { ...(error.data as object | undefined), sentence },
    cause: error,
  });
}

/** Declared errors of services and store as errors of the contract; everything else is logged with a number. */
function toContractError(thrown: unknown): unknown {
  const error = translateSqliteError(thrown);
  if (error instanceof ORPCError) return refusedInput(error);
  if (error instanceof ServiceError)
    return new ORPCError(error.code, {
      defined: true,
      status: STATUS[error.code],
      message: error.message,
      data: error.data,
    });
  if (error instanceof StoreError) {
    const code = STORE_CODES[error.code] ?? 'WORKSPACE';
    return new ORPCError(code, {
      defined: true,
      status: STATUS[code],
      message: error.message,
      data: { sentence: storeSentence(error), code: error.code },
    });
  }
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'internal', data: { sentence: sentenceFor(error) } });
}

/** A call that could not be read: too large, or no JSON. What procedures throw has its sentence already. */
export function unreadCall(error: unknown): unknown {
  if (error instanceof SyntaxError) return refusedInput(new ORPCError('BAD_REQUEST', { cause: error }));
  return error instanceof ORPCError ? refusedInput(error) : error;
}

/** The implementer of the whole contract. */
export function makeImplementer() {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error);
    }
  });
}

/** The implementer handed to each group of procedures. */
export type Implementer = ReturnType<typeof makeImplementer>;
