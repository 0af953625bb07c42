// Unified social credit codes (GB 32100-2015) and the organisation code inside them (GB 11714); domain reference 2.3.

/** The 31 characters of GB 32100 in the order of their values; I, O, S, V and Z are not among them. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^(i-1) mod 31 for positions 1..17. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const VALUE = new Map([...CREDIT_CODE_ALPHABET].map((character, index) => [character, index]));

/** Letters that GB 32100 does not have and the digit each is usually misread from. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', S: '5', Z: '2' };

export type CreditCodeFault = 'length' | 'character' | 'check' | 'empty';

/** What a check of a credit code found; `code` is the normalised text in every case. */
export type CreditCodeResult =
  | { readonly ok: true; readonly code: string }
  | {
      readonly ok: false;
      readonly reason: CreditCodeFault;
      readonly code: string;
      /** 1-based position of the character that is wrong. */
      readonly position?: number;
      /** The character that the check digit should be (`check` only). */
      readonly expected?: string;
    };

/** NFKC, upper case, without spaces, hyphens, quotes and invisible characters. */
export function normaliseCreditCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}\p{Pi}\p{Pf}'"`´′″_−]/gu, '')
    .toUpperCase();
}

/**
 * The check character that belongs to the first 17 characters of a credit code.
 * @throws RangeError unless given 17 characters of the GB 32100 alphabet.
 */
export function creditCodeCheckCharacter(first17: string): string {
  if (first17.length !== 17) throw new RangeError('a credit code check character is computed from 17 characters');
  let sum = 0;
  WEIGHTS.forEach((weight, index) => {
    const value = VALUE.get(first17[index] ?? '');
    if (value === undefined) throw new RangeError(`character ${index + 1} is not in the GB 32100 alphabet`);
    sum += value * weight;
  });
  // "31 - sum mod 31" gives 31 where the sum divides: that is character 0, not a 32nd character
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31] as string;
}

function illegalPosition(characters: readonly string[]): number {
  return characters.findIndex((c, i) => (i >= 2 && i <= 7 ? !/^[0-9]$/.test(c) : !VALUE.has(c)));
}

/** Checks form and check character of a credit code as it was typed (full width, spaces and hyphens are forgiven). */
export function checkCreditCode(text: string): CreditCodeResult {
  const code = normaliseCreditCode(text);
  if (code === '') return { ok: false, reason: 'empty', code };
  const characters = [...code];
  if (characters.length !== 18) return { ok: false, reason: 'length', code };
  const illegal = illegalPosition(characters);
  if (illegal >= 0) return { ok: false, reason: 'character', code, position: illegal + 1 };
  const expected = creditCodeCheckCharacter(code.slice(0, 17));
  if (code[17] !== expected) return { ok: false, reason: 'check', code, position: 18, expected };
  return { ok: true, code };
}

/** The sentence for the user: what is wrong, where, and what to do. Empty for a valid code. */
export function creditCodeSentence(result: CreditCodeResult): string {
  if (result.ok) return '';
  const length = [...result.code].length;
  switch (result.reason) {
    case 'empty':
      return '信用代码为空，请填写 18 位代码，或选择无代码的原因';
    case 'length':
      if (/^\d{15}$/.test(result.code)) return '这是 15 位的旧注册号，请填写 18 位信用代码，旧号可填入“旧注册号”';
      if (/^[0-9A-Z]{8}[0-9X]$/.test(result.code)) return '这是 9 位的组织机构代码，请对照营业执照填写 18 位信用代码';
      return length < 18
        ? `信用代码应为 18 位，现为 ${length} 位，请对照营业执照补全`
        : `信用代码应为 18 位，现为 ${length} 位，请删去多余的字符`;
    case 'character': {
      const position = result.position ?? 1;
      const found = [...result.code][position - 1] ?? '';
      const digit = LOOKALIKES[found];
      if (digit !== undefined)
        return `信用代码第 ${position} 位是字母 ${found}，代码不用这个字母，请核对是否为数字 ${digit}`;
      if (position >= 3 && position <= 8)
        return `信用代码第 ${position} 位应为数字，现为“${found}”，请对照营业执照核对`;
      return `信用代码第 ${position} 位不能是“${found}”，请对照营业执照核对`;
    }
    case 'check':
      return `信用代码第 18 位校验不符，应为 ${result.expected ?? ''}`;
  }
}

/** The second check of {@link organisationCodeWarning}: a warning only, old codes break it. */
export interface OrganisationCodeWarning {
  readonly position: 17;
  readonly expected: string;
  readonly sentence: string;
}

/** Checks positions 9-17 as an organisation code (GB 11714). Null when it agrees or the code is not 18 characters. */
export function organisationCodeWarning(text: string): OrganisationCodeWarning | null {
  const code = normaliseCreditCode(text);
  if (code.length !== 18) return null;
  let sum = 0;
  for (const [index, weight] of ORGANISATION_WEIGHTS.entries()) {
    const value = ORGANISATION_ALPHABET.indexOf(code[8 + index] ?? '?');
    if (value < 0) return null;
    sum += value * weight;
  }
  const c = 11 - (sum % 11);
  const expected = c === 10 ? 'X' : c === 11 ? '0' : String(c);
  if (code[16] === expected) return null;
  return {
    position: 17,
    expected,
    sentence: `信用代码第 17 位与其中的组织机构代码校验不符（应为 ${expected}），请对照营业执照核对`,
  };
}

/**
 * A corrected code when letters were typed for look-alike digits (O/0, I/1, S/5, Z/2), for the user to confirm.
 * GB 32100 has none of the four letters, so each must become its digit and only one substitution set exists; it is
 * proposed only if the whole code is then valid. Null for valid codes and wherever no such correction exists.
 */
export function proposeCreditCode(text: string): string | null {
  const code = normaliseCreditCode(text);
  if ([...code].length !== 18) return null;
  const corrected = code.replace(/[OISZ]/g, (letter) => LOOKALIKES[letter] as string);
  return corrected !== code && checkCreditCode(corrected).ok ? corrected : null;
}

/** The code that a person may mean, to be confirmed: look-alike letters set right, or what is written behind a right code taken off. */
export function creditCodeMeant(text: string): string | null {
  const substituted = proposeCreditCode(text);
  if (substituted) return substituted;
  const head = /^([0-9A-Z]{18})[^0-9A-Z]/.exec(normaliseCreditCode(text))?.[1];
  return head && checkCreditCode(head).ok ? head : null;
}

/** The credit code that the number of a discharge permit or registration begins with (`…001P`); null where it has none that is right. */
export function creditCodeOfPermit(number: string): string | null {
  const text = normaliseCreditCode(number);
  const code = text.slice(0, 18);
  return /^[0-9A-Z]{18}\d{3}[A-Z]$/.test(text) && checkCreditCode(code).ok ? code : null;
}

/**
 * Was a code kept in a number cell, so that its last digits are gone (`9.13101E+17`, or an 18-digit number)?
 * Spreadsheets keep 15 significant digits; such a code must be asked for again, never repaired (domain reference 6.2).
 * @param raw the cell's stored value, when it is known: a number of 16 and more digits is lost whatever it looks like.
 */
export function isCreditCodeLost(text: string, raw?: unknown): boolean {
  if (typeof raw === 'number') return Math.abs(raw) >= 1e15;
  const code = text
    .normalize('NFKC')
    .replace(/[\s'",]/g, '')
    .toUpperCase();
  if (/^\d(\.\d+)?E\+?\d+$/.test(code)) return true;
  return /^\d{15}0{3}$/.test(code) && !checkCreditCode(code).ok;
}
