// Words of registers for the choices of the dictionary: 汽修厂 is 汽修, 正常 is 在产. They stand with the vocabularies.
import { isUnknownToken, squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import type { Target } from './targets.ts';

const clean = (text: string): string =>
  squeezeText(text)
    .toUpperCase()
    .replace(/(?<![。.,;:!])[。.,;:!]+$/u, '');

interface WordIndex {
  readonly exact: ReadonlyMap<string, string>;
  readonly inside: readonly (readonly [string, string])[];
}
const indexes = new Map<string, WordIndex>();

function indexOf(target: Target): WordIndex {
  const known = indexes.get(target.key);
  if (known) return known;
  const exact = new Map<string, string>();
  for (const [id, words] of Object.entries<string | undefined>(target.meta.vocabulary?.words ?? {}))
    for (const word of words?.split(' ') ?? []) exact.set(clean(word), id);
  for (const [id, name] of Object.entries(target.meta.vocabulary?.labels ?? {})) {
    exact.set(clean(name), id);
    for (const part of name.split('/'))
      if (part !== name && part.length >= 2 && !exact.has(clean(part))) exact.set(clean(part), id);
  }
  const inside = [...exact]
    .filter(([w]) => w.length >= 2 && /\p{Script=Han}{2}/u.test(w))
    .sort((a, b) => b[0].length - a[0].length);
  const index = { exact, inside };
  indexes.set(target.key, index);
  return index;
}

/** What a word means: `exact` for a label or a known word, `inside` where a known word stands in a longer text. */
export type WordResult = { readonly id: string; readonly how: 'exact' | 'inside' } | null;

const DENIAL = /[未不非无免]$/u;

/** The vocabulary id that a cell's words mean for a choice field; null when nothing is recognised. */
export function wordOf(target: Target, text: string): WordResult {
  const index = indexOf(target);
  const word = clean(text);
  const exact = index.exact.get(word);
  if (exact) return { id: exact, how: 'exact' };
  const hits = index.inside.filter(([inside]) => {
    const at = word.indexOf(inside);
    return at >= 0 && !DENIAL.test(word.slice(0, at));
  });
  const best = hits[0];
  if (!best) return null;
  // Two words of one length that mean different things (`停产转生产`) leave it open.
  if (hits.some(([w, id]) => w.length === best[0].length && id !== best[1])) return null;
  return { id: best[1], how: 'inside' };
}

/** Does a column for a choice hold plain numbers that are none of its words? Then the heading meant something else. */
export function saysNothingButNumbers(target: Target, cells: Iterable<RegisterCell>): boolean {
  if (target.meta.kind !== 'choice') return false;
  let numbers = 0;
  for (const cell of cells) {
    const text = squeezeText(cell.text);
    if (text === '' || isUnknownToken(text)) continue;
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) return false;
    const known = target.meta.cell === 'grade' ? null : wordOf(target, text);
    if (known) return false;
    numbers += 1;
    if (numbers >= 50) break;
  }
  return numbers > 0;
}

/** Does a column for a choice hold texts none of which is one of its words? */
export function knowsNoWord(target: Target, cells: Iterable<RegisterCell>): boolean {
  if (target.meta.kind !== 'choice' || target.meta.cell !== undefined) return false;
  let texts = 0;
  for (const cell of cells) {
    const text = squeezeText(cell.text);
    if (text === '' || isUnknownToken(text)) continue;
    if (wordOf(target, text)) return false;
    texts += 1;
    if (texts >= 50) break;
  }
  return texts > 0;
}
