// Results of the hand-off as errors of the contract.
import { RESULT_SENTENCES, resultSentence, type ResultCode } from '../../domain/handoff/results.ts';
import { ServiceError } from '../errors.ts';
import { PackageError } from '../handoff-package/index.ts';

/** A result code with its sentence, and details where they help. */
export const handoffError = (code: ResultCode, data: Record<string, unknown> = {}): ServiceError =>
  new ServiceError('UNREADABLE_FILE', resultSentence(code, data), { code, ...data });

/** Faults of disks as threads name them for backups too. */
const OF_DISKS: Readonly<Record<string, ResultCode>> = {
  NOT_WRITABLE: 'TARGET_READ_ONLY',
  FILE_NOT_FOUND: 'TARGET_GONE',
  MEDIUM_FAILED: 'TARGET_GONE',
  TOO_BIG_FOR_MEDIUM: 'TARGET_LIMIT',
  NOT_A_BACKUP: 'TARGET_GONE',
  DATABASE_DAMAGED: 'TARGET_GONE',
};

/** The error of a task that came back with a code. */
export function taskError(code: string, detail: string): ServiceError {
  const known = code in RESULT_SENTENCES ? (code as ResultCode) : OF_DISKS[code];
  if (!known) return new ServiceError('UNREADABLE_FILE', detail, { code });
  let data: Record<string, unknown> = {};
  try {
    data = JSON.parse(detail) as Record<string, unknown>;
  } catch {
    /* no details */
  }
  return handoffError(known, data);
}

/** Waits for work on packages in this thread. @throws ServiceError in place of a PackageError */
export async function inTerms<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof PackageError ? handoffError(error.code, error.data) : error;
  }
}
