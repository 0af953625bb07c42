// Limits of two ends: 6~9 of pH.
import { squeezeText } from './text.ts';

/** 6~9 has two ends, ≤ 60 and 60 one. */
const RANGE = /^(\d+(?:\.\d+)?)[~～\-–—－至](\d+(?:\.\d+)?)/u;

/** The two ends of a limit as texts; a single number is the upper end. */
export function limitEnds(text: string): { low: string | null; high: string } {
  const plain = squeezeText(text).replace(/^(?:≤|<=|<|不超过|不大于)/u, '');
  const range = RANGE.exec(plain);
  return { low: range?.[1] ?? null, high: range?.[2] ?? plain };
}

/** The field of the lower end, by that of the upper one. */
export const lowerEndOf = (field: string): string => (field === 'high' ? 'low' : field.replace(/High$/, 'Low'));
