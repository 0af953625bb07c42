// Letters of the content, read once; a paper that prints one gets its blocks from here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PaperDefinition } from '../../domain/dictionary/paper.ts';
import { letterBlocks, letterLines, type Letter } from '../../domain/letters/letter.ts';

const known = new Map<string, readonly Letter[]>();

/** All letters of the content. `resources`: folder of the program's resources. */
export function lettersIn(resources: string): readonly Letter[] {
  let letters = known.get(resources);
  if (!letters) {
    const file = join(resources, 'content', 'letters.json');
    ({ letters } = JSON.parse(readFileSync(file, 'utf8')) as { letters: readonly Letter[] });
    known.set(resources, letters);
  }
  return letters;
}

/** A paper with the blocks of its letter before its own; any other paper as it is. @throws for a letter that is not there */
export function withLetter(resources: string, paper: PaperDefinition): PaperDefinition {
  const { letter: use } = paper;
  if (!use) return paper;
  const letter = lettersIn(resources).find(({ id }) => id === use.id);
  if (!letter) throw new Error(`no letter ${use.id} for ${paper.id}`);
  const own = paper.blocks.map((block) =>
    block.type === 'code' ? { ...block, texts: letterLines(letter, use.words) } : block,
  );
  return { ...paper, blocks: [...letterBlocks(letter, use.words), ...own] };
}
