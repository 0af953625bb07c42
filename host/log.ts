// The back end's own log: what support needs, never personal data, on standard error.

/** Writes one line with a time and, for an error, its name, code and stack. */
export function log(message: string, error?: unknown): void {
  const detail =
    error instanceof Error ? `: ${error.stack ?? error.message}` : error === undefined ? '' : `: ${String(error)}`;
  process.stderr.write(`${new Date().toISOString()} ${message}${detail}\n`);
}
