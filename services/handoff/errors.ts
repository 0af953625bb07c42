// Results of the hand-off as errors of the contract.
import { RESULT_SENTENCES, resultSentence, type ResultCode } from '../../domain/handoff/results.ts';
import { ServiceError } from '../errors.ts';

/** A result code with its sentence, and details where they help. */
export const handoffError = (code: ResultCode, data: Record<string, unknown> = {}): ServiceError =>
  new ServiceError('UNREADABLE_FILE', resultSentence(code, data), { code, ...data });

/** The error of a task that came back with a code. */
export function taskError(code: string, detail: string): ServiceError {
  if (!(code in RESULT_SENTENCES)) return new ServiceError('UNREADABLE_FILE', detail, { code });
  let data: Record<string, unknown> = {};
  try { data = JSON.parse(detail) as Record<string, unknown>; } catch { /* no details */ }
  return handoffError(code as ResultCode, data);
}
