// A fingerprint as people read it out by telephone.

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** The 40 digits in 8 groups of 5. */
export function fingerprintGroups(fingerprint: string): string[] {
  return digitsOf(fingerprint).match(/.{1,5}/g) ?? [];
}

/** How what was typed so far stands to the fingerprint: `empty`, `partial` (right so far), `wrong`, `same`. */
export function compareTyped(fingerprint: string, typed: string): 'empty' | 'partial' | 'wrong' | 'same' {
  const [whole, said] = [digitsOf(fingerprint), digitsOf(typed)];
  if (said === '') return 'empty';
  if (said === whole) return 'same';
  return whole.startsWith(said) ? 'partial' : 'wrong';
}

/** A spoken code in groups of 5, as it is read out. */
export const codeGroups = (code: string): string[] => digitsOf(code).match(/.{1,5}/g) ?? [];
