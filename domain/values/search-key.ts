// The one normaliser of every search, filter and match: width, brackets, case and blanks are one; numbers are compared by their figures.
import { foldText } from './text.ts';

/** Words of a typed text that are looked for. */
const MOST_WORDS = 5;

/** Written as a phone or a code is: figures, letters and what people put between them. */
const NUMBER_LIKE = /^\+?[0-9a-z][0-9a-z().+#*-]*$/;

/** The figures and letters of a number, without what stands between them and the country; null for what is no number. */
function bareNumber(folded: string): string | null {
  if (!NUMBER_LIKE.test(folded) || folded.replace(/\D/g, '').length < 5) return null;
  return folded.replace(/[^0-9a-z]/g, '').replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '');
}

/** What a text is searched in: each line folded, and a number without its hyphens beside it. */
export function searchKey(text: string): string {
  const lines = new Set<string>();
  for (const line of text.split('\n')) {
    const folded = foldText(line);
    if (folded === '') continue;
    lines.add(folded);
    lines.add(bareNumber(folded) ?? folded);
  }
  return [...lines].join('\n');
}

/** Words that mean the same to a search, by each of them. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** A word in its known parts and what stands between them: 危废标识 is 危废 and 标识. */
function partsOf(word: string, synonyms: Synonyms): string[] {
  if (synonyms.size === 0 || synonyms.has(word)) return [word];
  for (let length = word.length - 1; length >= 2; length -= 1)
    for (let at = 0; at + length <= word.length; at += 1) {
      const part = word.slice(at, at + length);
      if (!synonyms.has(part)) continue;
      const [before, after] = [word.slice(0, at), word.slice(at + length)];
      return [before, part, after].flatMap((one) => (one === part ? [one] : one === '' ? [] : partsOf(one, synonyms)));
    }
  return [word];
}

/**
 * What is looked for: every word has to be found, in one of its forms. 138 0000 7002 is one number, not three words.
 * @param synonyms words that a search takes for the same
 */
export function searchTerms(text: string, synonyms: Synonyms = new Map()): string[][] {
  const written = text.split(/\s+/u).map(foldText).filter(Boolean);
  const whole = written.length > 1 ? bareNumber(written.join('')) : null;
  const words = written.flatMap((word) => partsOf(word, synonyms)).slice(0, MOST_WORDS);
  return words.map((word) => [
    ...new Set([word, bareNumber(word) ?? word, whole ?? word, ...(synonyms.get(word) ?? [])]),
  ]);
}

/** Does a text say all that is looked for? */
export function isFound(text: string, typed: string): boolean {
  const key = searchKey(text);
  return searchTerms(typed).every((forms) => forms.some((form) => key.includes(form)));
}

/** Where a folded word stands in a text as it is written, for marking; null where it does not. */
export function foundAt(text: string, word: string): [number, number] | null {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const one of foldText(character)) {
      folded += one;
      from.push(at);
      to.push(at + character.length);
    }
    at += character.length;
  }
  const start = word === '' ? -1 : folded.indexOf(word);
  const [first, last] = [from[start], to[start + word.length - 1]];
  return first === undefined || last === undefined ? null : [first, last];
}

/** The index of words of the content's groups; those that are only related widen a search too. */
export function synonymsOf(groups: readonly { readonly words: readonly string[] }[]): Synonyms {
  const index = new Map<string, string[]>();
  for (const { words } of groups) {
    const folded = words.map(foldText);
    for (const word of folded) index.set(word, [...(index.get(word) ?? []), ...folded.filter((one) => one !== word)]);
  }
  return index;
}
