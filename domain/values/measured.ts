// Results as laboratories write them: below or above what the method sees.
import { squeezeText } from './text.ts';

/** Words for a result that lies below what the method sees. */
const BELOW = /^(?:ND|N\.D\.?|未检出|未检测出|低于检出限|BDL)/iu;
const LESS = /^(?:<|＜|小于|低于)/u;
const MORE = /^(?:>|＞|大于|高于)/u;
/** 0.004L, as reports on water write what lies below the limit of detection 0.004. */
const BELOW_LIMIT = /^(\d+(?:\.\d+)?)[(（]?(?:L|ND)[)）]?$/iu;

/** Whether a result is a bound, and what is left to be read as its number; empty where none was told. */
export function measuredText(written: string): { operator: 'lt' | 'gt' | null; number: string } {
  const text = squeezeText(written);
  const limit = BELOW_LIMIT.exec(text)?.[1];
  if (limit !== undefined) return { operator: 'lt', number: limit };
  const operator = BELOW.test(text) || LESS.test(text) ? 'lt' : MORE.test(text) ? 'gt' : null;
  const number = text
    .replace(BELOW, '')
    .replace(LESS, '')
    .replace(MORE, '')
    .replace(/^[(（]?/u, '')
    .replace(/[)）]$/u, '');
  return { operator, number };
}
