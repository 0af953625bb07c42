// The named functions that the window has of the desktop, and what their arguments must be. Everything else is HTTP.
import { extname, isAbsolute, win32 } from 'node:path';

/** Channel names; the preload repeats them, since a sandboxed preload can import nothing, and its types hold it to them. */
export interface BridgeChannels {
  revealInFolder: 'desktop:reveal-in-folder';
  openDocument: 'desktop:open-document';
}

/** What the window finds as `window.desktop`; it is undefined in a browser. */
export interface DesktopBridge {
  /** Shows the file in the system's file manager. False when there is no such file. */
  revealInFolder(path: string): Promise<boolean>;
  /** Opens a document with the program that the user has for it (Word, WPS …). False when it is not a document that is there. */
  openDocument(path: string): Promise<boolean>;
  /** Where a dropped file lies, so that gigabytes need not be copied; '' for a file that lies nowhere. */
  pathOfDroppedFile(file: unknown): string;
}

/** Documents that the product makes or keeps. Nothing in this list can be a program. */
const DOCUMENTS = new Set([
  '.docx',
  '.xlsx',
  '.pptx',
  '.pdf',
  '.csv',
  '.txt',
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.heic',
  '.doc',
  '.xls',
  '.ofd',
  '.wps',
  '.et',
]);
const LONGEST_PATH = 32_767;

/** Whether a value can be the path of a local file: absolute, no device and no share (which would send a login out). */
export function isLocalPath(value: unknown, platform: NodeJS.Platform = process.platform): value is string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_PATH || value.includes('\0')) return false;
  if (platform !== 'win32') return isAbsolute(value);
  return /^[a-z]:[\\/]/i.test(value) && win32.isAbsolute(value) && !value.slice(2).includes(':');
}

/** Whether a local path is one of a document that may be opened. Windows ignores closing dots and blanks in names. */
export function isDocumentPath(value: unknown, platform: NodeJS.Platform = process.platform): value is string {
  return isLocalPath(value, platform) && !/[. ]$/.test(value) && DOCUMENTS.has(extname(value).toLowerCase());
}
