// How an import says where the object kinds of new enterprises come from.
import { labelOf } from '../dictionary/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';
import type { KindGuess } from './row-content.ts';

/**
 * Object kinds of the enterprises that an import makes: those that the register says or a person chose, those told from
 * the industry or from words in the name (`guessed`, and by what), and those that nothing tells.
 */
export interface KindCounts {
  said: number;
  guessed: number;
  unknown: number;
  by: { objectKind: string; label: string; from: 'industry' | 'name'; word: string; rows: number }[];
}

/** A guess in words: 按行业“C 制造业”推断为工业企业. */
export const guessText = (guess: KindGuess): string =>
  `对象类型按${guess.from === 'industry' ? '行业' : '名称'}“${guess.word}”推断为${labelOf(OBJECT_KINDS, guess.objectKind)}`;

/** How many kinds were guessed, and how, in one sentence for the command line and the result; null where none was. */
export function kindsText({ guessed, unknown, by }: KindCounts): string | null {
  if (guessed === 0) return unknown > 0 ? `对象类型：${unknown} 家没有说明，记为“其他”` : null;
  const parts = by.map((one) => `${one.from === 'industry' ? '行业' : '名称'}“${one.word}”→${one.label} ${one.rows}`);
  const rest = unknown > 0 ? `；${unknown} 家没有依据，记为“其他”` : '';
  return `对象类型：${guessed} 家按行业或名称推断（${parts.join('，')}）${rest}`;
}
