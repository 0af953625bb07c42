// A credit code as it was read from print: right by its check character, or doubtful, with what it may be.
import { checkCreditCode, CREDIT_CODE_ALPHABET } from '../values/credit-code.ts';
import type { ReadSign } from './lines.ts';

/** Signs that print and scanners confuse, each way. */
const ALIKE: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  I: '1',
  L: '1',
  '|': '1',
  Z: '2',
  S: '5',
  '0': 'DQ',
  '1': 'LT7',
  '2': 'Z7',
  '3': '8',
  '4': 'A',
  '5': '6',
  '6': '5G8',
  '7': '1T',
  '8': 'B36',
  '9': 'G8',
  B: '8',
  G: '6C',
  C: 'G',
  E: 'F',
  F: 'E',
  M: 'N',
  N: 'M',
  U: 'V0',
  V: 'U',
  W: 'M',
  X: 'K',
  K: 'X',
  Y: 'V',
  P: 'R',
  R: 'P',
  J: '1',
  T: '1',
  A: '4',
  H: 'N',
};

const LENGTH = 18;

/** The first two signs say the office and the kind of body: hardly any others than 9 and 1 come with an enterprise. */
const FIRST = 2;

/** Codes that are right when one sign is another one: what else the sign may be, or is often taken for. At most five. */
export function likelyCodes(code: string, signs: readonly ReadSign[] = []): string[] {
  if (code.length !== LENGTH) return [];
  const found = new Set<string>();
  for (let at = FIRST; at < LENGTH; at += 1) {
    const others = `${signs[at]?.other ?? ''}${ALIKE[code[at] ?? ''] ?? ''}`.toUpperCase();
    for (const other of others)
      if (CREDIT_CODE_ALPHABET.includes(other)) {
        const next = `${code.slice(0, at)}${other}${code.slice(at + 1)}`;
        if (checkCreditCode(next).ok) found.add(next);
      }
  }
  return [...found].slice(0, 5);
}

/** Whether two codes differ in one sign alone. */
export const differsInOne = (a: string, b: string): boolean =>
  a.length === b.length && [...a].filter((sign, at) => sign !== b[at]).length === 1;
