// Papers of all kinds by their words, for names of files and headings of pages.
import { SCANNED } from '../entities.ts';
import { readFileName, type PaperWords } from './file-name.ts';
import { textOfLine, type ReadLine } from './lines.ts';

/** Every paper with the words that tell it. */
export const PAPER_WORDS: readonly PaperWords[] = [...SCANNED.values()].map(({ paper: { id, label, words = [] } }) => ({
  id,
  label,
  words,
}));

/** How far down a page its heading may stand. */
const HEAD = 0.45;

/** The paper that the heading of a page names; null where none of its lines names one alone. */
export function paperOfPage(lines: readonly ReadLine[]): string | null {
  for (const line of lines.filter(({ place }) => place.y < HEAD)) {
    const { papers } = readFileName(textOfLine(line), PAPER_WORDS);
    if (papers.length === 1) return papers[0] ?? null;
  }
  return null;
}
