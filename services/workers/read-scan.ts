// Reads a page in a worker: its paper, its fields, and the part of the page where each of them stands.
import { SCANNED } from '../../domain/entities.ts';
import { paperOfPage } from '../../domain/scans/papers.ts';
import { readPaper, type ReadField } from '../../domain/scans/read-paper.ts';
import { PageError } from '../pages/index.ts';
import { cropOf, readPage, ReadingError } from '../reading/index.ts';

/** What a page says. */
export interface PageSays {
  readonly by: 'text' | 'print';
  readonly pages: number;
  readonly paper: string | null;
  readonly fields: readonly (ReadField & { readonly crop: Uint8Array })[];
}

/** Reads a page as the paper that is given, else as the one that its heading names. @throws PageError, ReadingError */
export async function readScanPage(input: {
  bytes: Uint8Array;
  mime: string;
  number: number;
  paper: string | null;
}): Promise<PageSays> {
  const { lines, page, by } = await readPage(input.bytes, input.mime, input.number);
  const paper = input.paper ?? paperOfPage(lines);
  const known = paper === null ? undefined : SCANNED.get(paper);
  const fields: (ReadField & { crop: Uint8Array })[] = [];
  for (const field of known ? readPaper(lines, known.of, known.paper) : [])
    fields.push({ ...field, crop: await cropOf(page, field.place) });
  return { by, pages: page.pages, paper, fields };
}

/** Whether a failure has its sentence already. */
export const hasSentence = (error: unknown): error is PageError | ReadingError =>
  error instanceof PageError || error instanceof ReadingError;
