// Exact decimals as text, and money as integer fen. No floating point anywhere: values are judged against limits.
import { isUnknownToken, normaliseText } from './text.ts';

/** A decimal as text: optional `-`, digits, optional fraction; the digits as entered (`7.50` stays `7.50`). */
export type Decimal = string;

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Is the value a decimal in canonical text form? */
export function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'string' && DECIMAL.test(value);
}

/** A decimal as integer units of 10^-scale. @throws RangeError unless {@link isDecimal}. */
function unitsOf(value: Decimal): { units: bigint; scale: number } {
  if (!DECIMAL.test(value)) throw new RangeError(`not a decimal: ${value}`);
  const [whole = '0', fraction = ''] = value.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

const power = (n: number): bigint => 10n ** BigInt(n);

/** Exact comparison: -1, 0 or 1. `7.5` and `7.50` are equal. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = [unitsOf(a), unitsOf(b)];
  const left = x.units * power(Math.max(0, y.scale - x.scale));
  const right = y.units * power(Math.max(0, x.scale - y.scale));
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A number is there and not above 0. */
export const isNotPositive = (value: string | null): boolean => isDecimal(value) && compareDecimals(value, '0') <= 0;

/** Integer division rounded half away from zero (half up for positive values). */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = (n * 2n + d) / (d * 2n);
  return negative ? -rounded : rounded;
}

/** Prints integer units of 10^-decimals as a decimal. */
export function printUnits(units: bigint, decimals: number): Decimal {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** How a register qualified a number. */
export type DecimalQualifier = 'about' | 'at_least' | 'more_than' | 'at_most' | 'less_than';

export type DecimalResult =
  | {
      readonly kind: 'value';
      readonly value: Decimal;
      /** What stood behind the number, such as `吨/年`, `万元`, `mg/L`. */
      readonly unit?: string;
      readonly qualifier?: DecimalQualifier;
      /** The qualifying words as written (`约`, `以上`), to be kept beside the value. */
      readonly note?: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }
  /** Two readings, or a range: a person decides. */
  | { readonly kind: 'ask'; readonly candidates: readonly Decimal[]; readonly sentence: string }
  | { readonly kind: 'invalid'; readonly sentence: string };

const BEFORE: readonly (readonly [RegExp, DecimalQualifier])[] = [
  [/^(?:约为?|大约|大概|近|~|≈|估计|预计)/u, 'about'],
  [/^(?:≥|>=|不少于|不低于|至少)/u, 'at_least'],
  [/^(?:>|大于|超过|高于)/u, 'more_than'],
  [/^(?:≤|<=|不超过|不大于|不高于|至多)/u, 'at_most'],
  [/^(?:<|小于|低于|少于|不足|未满)/u, 'less_than'],
];
const AFTER: readonly (readonly [RegExp, DecimalQualifier])[] = [
  [/(?:左右|上下|余|多)$/u, 'about'],
  [/(?:及以上|以上)$/u, 'at_least'],
  [/(?:及以下|以下|以内)$/u, 'at_most'],
];
const INVALID = '这不是数字，请改为只含数字的写法，如 1200.5';

/** `1.5E-3` -> `0.0015`, exactly. */
function expand(mantissa: string, exponent: number): Decimal {
  const { units, scale } = unitsOf(mantissa);
  const shift = scale - exponent;
  return shift <= 0 ? printUnits(units * power(-shift), 0) : printUnits(units, shift);
}

/** `007` -> `7`, `-0.0` -> `0.0`. */
const withoutZeros = (plain: string): Decimal => plain.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-(0(?:\.0+)?)$/, '$1');

function numberOf(text: string): Decimal | null {
  const plain = text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');
  const scientific = /^(-?\d+(?:\.\d+)?)e([+-]?\d{1,3})$/i.exec(plain);
  if (scientific) return expand(scientific[1] ?? '0', Number(scientific[2]));
  if (!DECIMAL.test(plain)) return null;
  return withoutZeros(plain);
}

/**
 * Reads a number as spreadsheets and people write it (domain reference 6.2): full width, thousands separators, `约`,
 * `以上`, `<0.05`, a unit behind it. `1.2万` is multiplied out; `1.2万元` keeps its unit. Ranges and `1,2` are asked about.
 */
export function parseDecimal(input: string | number | null | undefined): DecimalResult {
  if (input === null || input === undefined) return { kind: 'empty' };
  if (typeof input === 'number' && !Number.isFinite(input)) return { kind: 'invalid', sentence: INVALID };
  // fifteen digits are what a spreadsheet keeps: 0.1+0.2 must not come out as 0.30000000000000004
  const source = typeof input === 'number' ? String(Number(input.toPrecision(15))) : input;
  if (DECIMAL.test(source)) return { kind: 'value', value: withoutZeros(source) };
  let text = normaliseText(source).replace(/[−﹣]/gu, '-').replace(/\s+/gu, ' ');
  if (text === '') return { kind: 'empty' };
  if (isUnknownToken(text)) return { kind: 'unknown' };
  let qualifier: DecimalQualifier | undefined;
  const notes: string[] = [];
  for (const [pattern, meaning] of BEFORE) {
    const match = qualifier === undefined ? pattern.exec(text) : null;
    if (match) {
      qualifier = meaning;
      notes.push(match[0]);
      text = text.slice(match[0].length).trim();
    }
  }
  for (const [pattern, meaning] of AFTER) {
    const match = pattern.exec(text);
    if (match) {
      qualifier ??= meaning;
      notes.push(match[0]);
      text = text.slice(0, -match[0].length).trim();
    }
  }
  text = text.replace(/^[¥￥$]\s?/u, '');
  const number = /^[+-]?(?:\d[\d,. ]*|\.\d+)(?:e[+-]?\d{1,3})?/iu.exec(text)?.[0];
  if (number === undefined) return { kind: 'invalid', sentence: INVALID };
  let digits = number.trim().replace(/[.,]$/u, '');
  let unit = text.slice(number.length).trim();
  const range = /^(?:[-~—–至到]+)\s*([+-]?\d[\d,.]*)/u.exec(unit);
  if (range) {
    const candidates = [numberOf(digits.replace(/,/g, '')), numberOf((range[1] ?? '').replace(/,/g, ''))].filter(
      (c): c is Decimal => c !== null,
    );
    return { kind: 'ask', candidates, sentence: `这是一个范围，请确认取 ${candidates.join(' 还是 ')}` };
  }
  if (/[ ,]/.test(digits)) {
    if (/^[+-]?\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?$/.test(digits)) digits = digits.replace(/[ ,]/g, '');
    else if (/^[+-]?\d+,\d+$/.test(digits)) {
      const candidates = [digits.replace(',', '.'), digits.replace(',', '')]
        .map(numberOf)
        .filter((c): c is Decimal => c !== null);
      return { kind: 'ask', candidates, sentence: `逗号可能是小数点，请确认是 ${candidates.join(' 还是 ')}` };
    } else return { kind: 'invalid', sentence: INVALID };
  }
  let value = numberOf(digits);
  if (value === null) return { kind: 'invalid', sentence: INVALID };
  unit = unit.replace(/^\((.*)\)$/u, '$1');
  for (const [word, exponent] of [
    ['万', 4],
    ['亿', 8],
  ] as const) {
    if (unit === word) {
      value = expand(value, exponent);
      unit = '';
    }
  }
  if (/\d/.test(unit.replace(/(?:m|km|cm|mm|nm|\^)[23]/giu, ''))) return { kind: 'invalid', sentence: INVALID };
  return {
    kind: 'value',
    value,
    ...(unit === '' ? {} : { unit }),
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(notes.length === 0 ? {} : { note: notes.join('') }),
  };
}
