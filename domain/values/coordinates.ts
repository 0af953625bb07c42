// Longitudes and latitudes as registers write them: decimal or degree-minute-second, sometimes swapped (domain reference 6.2).
import { compareDecimals, divideHalfUp, printUnits } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { isUnknownToken, squeezeText } from './text.ts';

/** Decimals of a converted degree: 10^-7 degrees is about a centimetre. */
const CONVERTED_DECIMALS = 7;
/** What the degrees of a place count. */
export type Axis = 'longitude' | 'latitude';

/** Degrees that there are. */
const EARTH = { longitude: 180, latitude: 90 } as const;
/** Mainland extremes in whole degrees; what lies outside is no position in China. */
export const CHINA = { longitude: ['73', '136'], latitude: ['3', '54'] } as const;

export type CoordinateResult =
  | {
      readonly kind: 'value';
      /** Degrees as decimal text; digits as given, seven decimals where converted. */
      readonly degrees: Decimal;
      readonly converted: boolean;
      /** What a letter or word beside it says it is. */
      readonly axis: 'longitude' | 'latitude' | null;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly sentence: string };

const INVALID = '经纬度看不懂，请改为小数的写法，如 121.512345';

/** Reads one coordinate: `121.5123`, `121°30'44.5"`, `东经121度30分44秒`, `121°30.742'`. */
export function parseCoordinate(input: string | number | null | undefined): CoordinateResult {
  if (input === null || input === undefined) return { kind: 'empty' };
  let text = squeezeText(typeof input === 'number' ? String(Number(input.toPrecision(15))) : input).toUpperCase();
  if (text === '') return { kind: 'empty' };
  if (isUnknownToken(text)) return { kind: 'unknown' };
  const axis = /^(?:东经|经度|E|LON|LNG)|E$/u.test(text)
    ? 'longitude'
    : /^(?:北纬|纬度|N|LAT)|N$/u.test(text)
      ? 'latitude'
      : null;
  text = text
    .replace(/^(?:东经|北纬|经度|纬度|LON|LNG|LAT|E|N)[:=]?/u, '')
    .replace(/[EN]$/u, '')
    .replace(/[`´‘’′]{2}/gu, '"')
    .replace(/''/g, '"');
  if (/^\d{1,3}(?:\.\d+)?[°度]?$/u.test(text))
    return { kind: 'value', degrees: text.replace(/[°度]$/u, ''), converted: false, axis };
  const match = /^(\d{1,3})[°度º˚](\d{1,2}(?:\.\d+)?)(?:['′’‘`´分](?:(\d{1,2}(?:\.\d+)?)["″”“秒]?)?)?$/u.exec(text);
  if (!match) return { kind: 'invalid', sentence: INVALID };
  const [degrees = '0', minutes = '0', seconds = '0'] = [match[1], match[2], match[3]];
  if (compareDecimals(minutes, '60') >= 0 || compareDecimals(seconds, '60') >= 0)
    return { kind: 'invalid', sentence: '经纬度的分和秒应小于 60，请核对' };
  // everything in units of 10^-9 arc seconds
  const scale = (text_: string): bigint => {
    const [whole = '0', fraction = ''] = text_.split('.');
    return BigInt(whole + fraction.slice(0, 9).padEnd(9, '0'));
  };
  const total = scale(degrees) * 3600n + scale(minutes) * 60n + scale(seconds);
  const units = divideHalfUp(total * 10n ** BigInt(CONVERTED_DECIMALS), 3600n * 10n ** 9n);
  return { kind: 'value', degrees: printUnits(units, CONVERTED_DECIMALS), converted: true, axis };
}

export type PositionResult =
  | {
      readonly kind: 'value';
      readonly longitude: Decimal;
      readonly latitude: Decimal;
      /** The two stood in each other's columns and were put right. */
      readonly swapped: boolean;
      readonly converted: boolean;
      readonly sentence?: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly sentence: string };

/** Farther than this from the others of its town, in degrees, is a slip of a digit rather than a place. */
export const FAR_DEGREES = 0.5;

const within = (value: Decimal, [low, high]: readonly [string, string]): boolean =>
  compareDecimals(value, low) >= 0 && compareDecimals(value, high) <= 0;

/**
 * Reads a pair. In China every longitude (73-136) is greater than every latitude (3-54), so a swap is certain and is put
 * right. The coordinate system is never guessed: it has to be asked for.
 */
export function parsePosition(
  longitude: string | number | null | undefined,
  latitude: string | number | null | undefined,
): PositionResult {
  const [first, second] = [parseCoordinate(longitude), parseCoordinate(latitude)];
  if (first.kind === 'empty' && second.kind === 'empty') return { kind: 'empty' };
  if (first.kind === 'invalid') return first;
  if (second.kind === 'invalid') return second;
  if (first.kind !== 'value' || second.kind !== 'value') {
    return first.kind === 'value' || second.kind === 'value'
      ? { kind: 'invalid', sentence: '经度和纬度只填了一个，请补全或都清空' }
      : { kind: 'unknown' };
  }
  const converted = first.converted || second.converted;
  if (within(first.degrees, CHINA.longitude) && within(second.degrees, CHINA.latitude)) {
    return { kind: 'value', longitude: first.degrees, latitude: second.degrees, swapped: false, converted };
  }
  if (within(second.degrees, CHINA.longitude) && within(first.degrees, CHINA.latitude)) {
    return {
      kind: 'value',
      longitude: second.degrees,
      latitude: first.degrees,
      swapped: true,
      converted,
      sentence: '经度和纬度填反了，已对调',
    };
  }
  return { kind: 'invalid', sentence: '经纬度不在中国范围内，可能是平面坐标，请改为度数' };
}

/** What is wrong (no place on earth has it) or doubtful (no place in China) about degrees that were given; null where nothing is. */
export function degreesFault(axis: Axis, label: string, degrees: Decimal): { wrong: boolean; sentence: string } | null {
  const most = EARTH[axis];
  if (compareDecimals(degrees, String(most)) > 0 || compareDecimals(degrees, String(-most)) < 0) {
    const other = axis === 'latitude' && within(degrees, CHINA.longitude) ? '，像是经度填到了这里' : '';
    return { wrong: true, sentence: `${label}只到 ${most} 度，${degrees} 不会有${other}，请核对` };
  }
  const [low, high] = CHINA[axis];
  return within(degrees, CHINA[axis])
    ? null
    : { wrong: false, sentence: `${label} ${degrees} 不在国内（${low}～${high} 度），请核对是否填反` };
}
