// The back end's own log: what support needs, never personal data, on standard error.
import { StoreError } from '../db/index.ts';
import { ServiceError } from '../services/errors.ts';

/** What is said of an error: an expected one by its code (a person reads its sentence in the window), any other with its stack. */
function detailOf(error: unknown): string {
  if (error instanceof ServiceError) return `: ${String(error.data['code'] ?? error.code)}`;
  if (error instanceof StoreError) return `: ${error.code}`;
  return error instanceof Error ? `: ${error.stack ?? error.message}` : `: ${String(error)}`;
}

/** Writes one line with a time and, for an error, its code, or its name and stack. */
export function log(message: string, error?: unknown): void {
  process.stderr.write(`${new Date().toISOString()} ${message}${error === undefined ? '' : detailOf(error)}\n`);
}
