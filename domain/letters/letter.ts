// A letter of the content as blocks of a paper: its words stay the content's, its placeholders become fields (letters.json).
import type { PaperBlock, PaperText } from '../dictionary/paper.ts';

/** A block of a letter as the content has it. */
export interface LetterBlock {
  readonly id: string;
  readonly kind: 'title' | 'salutation' | 'paragraph' | 'list' | 'table' | 'signature' | 'note';
  readonly text: string;
}

/** A letter of the content; `{{placeholder}}` stands in its texts. */
export interface Letter {
  readonly id: string;
  readonly name: string;
  readonly blocks: readonly LetterBlock[];
}

const PLACEHOLDER = /\{\{(\w+)\}\}/gu;
/** What the content leaves open for a pen. */
const PEN = /_{4,}/gu;

/** The placeholders of a letter, each once. */
export const placeholdersOf = (letter: Letter): string[] => [
  ...new Set(letter.blocks.flatMap(({ text }) => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))),
];

/** Room for a pen where a field says nothing. */
export const BLANK = '＿＿＿＿＿＿';
/** A field in a letter; room for a pen where it is empty. */
export const orBlank = (path: string): PaperText => `{${path}|${BLANK}}`;

function textOf(letter: Letter, text: string, words: Readonly<Record<string, PaperText>>): PaperText {
  return text.replace(PEN, BLANK).replace(PLACEHOLDER, (_, name: string) => {
    const said = words[name];
    if (said === undefined) throw new Error(`${letter.id} asks for ${name}, which nothing fills`);
    return said;
  });
}

function blockOf(kind: LetterBlock['kind'], text: PaperText): PaperBlock[] {
  if (kind === 'title') return [{ type: 'title', text }];
  if (kind === 'paragraph' || kind === 'list') return [{ type: 'paragraph', text }];
  if (kind === 'salutation') return [{ type: 'paragraph', text, plain: true }];
  if (kind === 'note') return [{ type: 'paragraph', text, plain: true, small: true }];
  if (kind === 'signature')
    return [
      { type: 'gap', keepNext: true },
      { type: 'paragraph', text, plain: true },
    ];
  throw new Error('a table of a letter needs the rows of its loop');
}

/**
 * The blocks of a letter, its placeholders filled with templates of fields.
 * @throws for a placeholder that nothing fills
 */
export const letterBlocks = (letter: Letter, words: Readonly<Record<string, PaperText>>): PaperBlock[] =>
  letter.blocks.flatMap(({ kind, text }) => blockOf(kind, textOf(letter, text, words)));

/** All that a letter says, a line for each of its blocks. */
export const letterLines = (letter: Letter, words: Readonly<Record<string, PaperText>>): PaperText[] =>
  letter.blocks.map(({ text }) => textOf(letter, text, words));
