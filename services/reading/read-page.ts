// A page as lines, its pixels beside them: of a page that holds text the text itself, of any other what its pixels show.
import type { ReadLine } from '../../domain/scans/lines.ts';
import { pixelsOfPage, textOfPdfPage, type PagePixelsRgb } from '../pages/index.ts';
import { readLines } from './read-lines.ts';
import { linesOfText } from './text-lines.ts';

/** A page that was read. */
export interface PageLines {
  readonly lines: readonly ReadLine[];
  readonly page: PagePixelsRgb;
  /** How: the file held the text, or it was read from print. */
  readonly by: 'text' | 'print';
}

/** Longest edge of a page that is read, in pixels: small print of A4 at 170 dpi. */
const EDGE = 2000;
/** With less text than this a page is a picture with a stamp or a number on it. */
const LEAST_TEXT = 30;

/** Reads a page of a file. @throws PageError, ReadingError */
export async function readPage(bytes: Uint8Array, mime: string, number: number): Promise<PageLines> {
  const page = await pixelsOfPage(bytes, mime, number, EDGE);
  const pieces = mime === 'application/pdf' ? await textOfPdfPage(bytes, number) : [];
  const length = pieces.reduce((sum, { text }) => sum + text.trim().length, 0);
  if (length >= LEAST_TEXT) return { lines: linesOfText(pieces, page.width / page.height), page, by: 'text' };
  return { lines: await readLines(page), page, by: 'print' };
}
