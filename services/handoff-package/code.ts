// The spoken code: what two people can say over the phone when no key is known yet.
import { randomInt } from 'node:crypto';

const GROUPS = 6;
const GROUP = 5;
// Spaces of any width, and every dash or dot people put between groups.
const BETWEEN = /[\s\p{Dash}_.,·]+/gu;

/** A new code: 30 random digits in six groups of five, joined by hyphens. */
export function newSpokenCode(): string {
  return Array.from({ length: GROUPS }, () => String(randomInt(10 ** GROUP)).padStart(GROUP, '0')).join('-');
}

/** How many digits a person typed. */
export const digitsOf = (typed: string): number => typed.normalize('NFKC').replace(/[^0-9]/gu, '').length;

/**
 * The code as it is used for encryption, from what a person typed: spaces, dashes and full-width digits are forgiven.
 * null when it is not 30 digits.
 */
export function parseSpokenCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(BETWEEN, '');
  if (!/^[0-9]{30}$/.test(digits)) return null;
  return digits.match(/.{5}/g)!.join('-');
}
