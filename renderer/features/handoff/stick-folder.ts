// Where the last package went: offered again, since it is mostly the same stick.
const STORED = 'sd.handoff.folder';

/** The folder used last, or nothing. */
export const lastFolder = (): string => localStorage.getItem(STORED) ?? '';

/** Keeps the folder for the next time. */
export function rememberFolder(folder: string): void {
  localStorage.setItem(STORED, folder);
}
