// What can go wrong with a package, as codes a person's sentence hangs on.
import { resultSentence, type ResultCode } from '../../domain/handoff/results.ts';

export type { ResultCode } from '../../domain/handoff/results.ts';

/** Details of an error: plain values, no personal data. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>;

/** Thrown by everything that reads or writes packages; `message` is the sentence for people. */
export class PackageError extends Error {
  readonly code: ResultCode;
  readonly data: ErrorData;

  constructor(code: ResultCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(resultSentence(code, data), options);
    this.name = 'PackageError';
    this.code = code;
    this.data = data;
  }
}

/** The encrypted stream cannot be followed further; whoever knows the expected length gives it a code. */
export class StreamBroken extends Error {}

const SYSTEM: Readonly<Record<string, ResultCode>> = {
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  EROFS: 'TARGET_READ_ONLY',
  EACCES: 'TARGET_READ_ONLY',
  EPERM: 'TARGET_READ_ONLY',
  EIO: 'TARGET_GONE',
  ENODEV: 'TARGET_GONE',
  ENXIO: 'TARGET_GONE',
  ENOENT: 'TARGET_GONE',
  ENOTDIR: 'TARGET_GONE',
  ENOTCONN: 'TARGET_GONE',
  ESTALE: 'TARGET_GONE',
  EBUSY: 'TARGET_GONE',
  UNKNOWN: 'TARGET_GONE',
  EFBIG: 'TARGET_LIMIT',
};

/** Gives an operating system's error its code; anything else stays what it is. */
export function fromSystem(error: unknown, where: 'target' | 'temp' | 'source'): unknown {
  if (error instanceof PackageError || !(error instanceof Error)) return error;
  const system = (error as NodeJS.ErrnoException).code ?? '';
  const code = SYSTEM[system];
  return code === undefined ? error : new PackageError(code, { where, system }, { cause: error });
}

/** @throws PackageError CANCELLED once the signal is aborted. */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new PackageError('CANCELLED');
}
