// Phone numbers: several in one cell, mobile check, masking (domain reference 2.2, 6.2; microcopy).
import { normaliseText } from './text.ts';

export type PhoneKind = 'mobile' | 'landline' | 'other';

/** One phone of a cell; `note` is what was written beside it, mostly a name. */
export interface Phone {
  readonly number: string;
  readonly kind: PhoneKind;
  readonly note?: string;
}

/** Dashes and points of any width between figures, brackets around the beginning of a number, the code of the country. */
const plain = (text: string): string =>
  normaliseText(text)
    .replace(/(?<=[\d)])\s*[-‐-―−﹣~～.·•]\s*(?=[\d(])/gu, '-')
    .replace(/\((?:\+|00)?86\)\s*-?/g, '+86')
    .replace(/(?:\+|(?<!\d)00)86[-\s]?(?=\(?0\d{2,3})/g, '')
    .replace(/(?:\+|(?<!\d)00)86[-\s]?(?=(?:10|2\d)[-\s]?[2-9]\d{3}[-\s]?\d{4}(?!\d))/g, '0')
    .replace(/\((1[3-9]\d)\)\s*-?/g, '$1')
    .replace(/(\(?\b0\d{2,3}\)?)[-\s]*([2-9]\d{2,3})[-\s](\d{4})(?!\d)/g, '$1-$2$3');

/** Area codes of three figures; all others have four. */
const AREA_CODE = /^(0(?:10|2\d)|0[3-9]\d{2})-?(?=[2-9]\d{6,7}(?!\d))/;

/** Digits only, without +86; keeps the extension of a landline (`021-58881234-802`). */
function compact(text: string): string {
  return plain(text)
    .replace(/^(?:(?:\+|00)86[-\s]?|86[-\s]?(?=1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}$))/, '')
    .replace(/[()\s]/g, '');
}

/** Is this a mainland mobile number (`^1[3-9]\d{9}$` after removing spaces, hyphens and +86)? */
export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(compact(text).replace(/-/g, ''));
}

/** Is this a landline: area code optional, 7 or 8 digits, extension optional; or a 400/800 number? */
export function isLandline(text: string): boolean {
  const number = compact(text);
  return /^(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:[-转*#]\d{1,6})?$/u.test(number) || /^[48]00-?\d{3}-?\d{4}$/.test(number);
}

/** What kind of number it is. */
export function phoneKind(text: string): PhoneKind {
  return isMobile(text) ? 'mobile' : isLandline(text) ? 'landline' : 'other';
}

/** The form in which a number is stored: mobiles as 11 digits, landlines with their hyphens. */
export function normalisePhone(text: string): string {
  const number = compact(text);
  return isMobile(number) ? number.replace(/-/g, '') : number.replace(AREA_CODE, '$1-');
}

/** What only says that a number follows. */
const LABEL = /^(?:(?:联系|办公|移动)?(?:手机|电话)(?:号码|号)?|联系方式|固话|座机|tel|phone|mobile)[\s:.]*/iu;

const made = (number: string, note: string): Phone => {
  const clean = note.replace(/^[-\s:,()]+|(?<![-\s:,()])[-\s:,()]+$/gu, '').replace(LABEL, '');
  return { number: normalisePhone(number), kind: phoneKind(number), ...(clean === '' ? {} : { note: clean }) };
};

const CANDIDATE = new RegExp(
  [
    /(?:(?:\+|00)?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)/u,
    /[48]00-?\d{3}-?\d{4}(?!\d)/u,
    /\(?0\d{2,3}\)?[-\s]?[2-9]\d{6,7}(?:\s?[-转*#]\s?\d{1,6})?(?!\d)/u,
    /[2-9]\d{6,7}(?:\s?[-转*#]\s?\d{1,6})?(?!\d)/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

/**
 * Splits a cell into its phones. Names and posts beside a number become its note; a piece in which no phone is found
 * is kept as `other`, so that nothing that was written is lost.
 */
export function splitPhones(input: string | number | null | undefined): Phone[] {
  if (input === null || input === undefined) return [];
  const text = typeof input === 'number' ? String(input) : normaliseText(input).replace(/\.0+$/, '');
  const phones: Phone[] = [];
  for (const piece of text.split(/[、;,|\n\r]+|\/+|\\+/u)) {
    // two mobiles written without anything between them
    const spaced = plain(piece).replace(/(1[3-9]\d{9})(?=1[3-9]\d{9}(?!\d))/g, '$1 ');
    if (spaced === '') continue;
    const found = [...spaced.matchAll(CANDIDATE)].filter((m) => !/\d/.test(spaced[m.index - 1] ?? ''));
    if (found.length === 0) {
      if (/[\p{L}\d]/u.test(spaced)) phones.push({ number: piece.trim(), kind: 'other' });
      continue;
    }
    found.forEach((match, index) => {
      const from = index === 0 ? 0 : match.index;
      const to = found[index + 1]?.index ?? spaced.length;
      phones.push(
        made(match[0], spaced.slice(from, match.index) + ' ' + spaced.slice(match.index + match[0].length, to)),
      );
    });
  }
  return phones.filter((p, i) => phones.findIndex((q) => q.number === p.number) === i);
}

/** One number alone in its stored form; any other text as it is. */
export function onePhone(text: string): string {
  const [phone, ...others] = splitPhones(text);
  return phone && others.length === 0 && phone.kind !== 'other' && phone.note === undefined ? phone.number : text;
}

function maskOne(text: string): string {
  const number = normalisePhone(text);
  const area = /^0\d{2,3}-/.exec(number)?.[0] ?? '';
  const rest = number.slice(area.length);
  if (isMobile(rest)) return `${rest.slice(0, 3)}****${rest.slice(-4)}`;
  if (rest === '') return '';
  return rest.length >= 7
    ? `${area}${rest.slice(0, Math.max(0, rest.length - 8))}****${rest.slice(-4)}`
    : `${area}****${rest.slice(-2)}`;
}

/**
 * `138****6021`: the last four digits and the first three stay; short numbers keep the last two. Area codes stay. Of
 * several numbers in one text each is masked.
 */
export function maskPhone(text: string): string {
  const shown = plain(text);
  const several = [...shown.matchAll(CANDIDATE)].length > 1 || /\p{Script=Han}/u.test(shown.replace(/转/gu, ''));
  return several ? shown.replace(CANDIDATE, maskOne) : maskOne(text);
}
