// The shell's log: what the back end prints and what happens to it, in one file of bounded size.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 2 * 1024 * 1024;

/** A function that adds a line to the file; the file before the last rotation is kept beside it as `.old`. */
export function openLog(path: string, limitBytes = LIMIT_BYTES): (line: string) => void {
  mkdirSync(dirname(path), { recursive: true });
  return (line) => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > limitBytes) renameSync(path, `${path}.old`);
      appendFileSync(path, `${new Date().toISOString()} ${line.trimEnd()}\n`);
    } catch {
      // A full disk must not take the application down for want of a log line.
    }
  };
}
