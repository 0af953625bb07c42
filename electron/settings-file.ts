// Small facts that the shell remembers between starts (window place, folder of the last download): losing them is no harm.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The file's text, or '' when there is none. */
export function readRemembered(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes under another name first, so that a kill leaves the old file or the new one; a full disk is not worth a dialog. */
export function remember(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch {
    // Nothing that the user made is in here.
  }
}
