// Changes between two periods in words: counts in per cent, rates in percentage points (domain reference 4.1, rule 5).
import { divideHalfUp, printUnits } from '../values/decimal.ts';
import { percent } from './percent.ts';

/** 同比 compares with the same period last year, 环比 with the period before. */
export type ChangeKind = '同比' | '环比';
/** A fraction of counted integers. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

const BASE_NAME: Readonly<Record<ChangeKind, string>> = { 同比: '上年同期', 环比: '上期' };

/** `同比下降56.5%`, `环比持平`; with a base of 0 the absolute numbers: `环比－（上期0，本期5）`. */
export function countChange(kind: ChangeKind, now: number, base: number, decimals = 1): string {
  if (base === 0) return `${kind}－（${BASE_NAME[kind]}0，本期${now}）`;
  if (now === base) return `${kind}持平`;
  return `${kind}${now > base ? '增长' : '下降'}${percent(Math.abs(now - base), base, decimals)}`;
}

/** Difference of two rates in percentage points as decimal text, exact until the one rounding; null where a rate does not exist. */
export function pointsBetween(now: Fraction, base: Fraction, decimals = 1): string | null {
  if (now.d === 0 || base.d === 0) return null;
  const difference = BigInt(now.n) * BigInt(base.d) - BigInt(base.n) * BigInt(now.d);
  return printUnits(
    divideHalfUp(difference * 100n * 10n ** BigInt(decimals), BigInt(now.d) * BigInt(base.d)),
    decimals,
  );
}

/** `同比上升2.3个百分点`; a difference too small to print is 不足0.1, no difference is 持平, a missing rate is －. */
export function rateChange(kind: ChangeKind, now: Fraction, base: Fraction, decimals = 1): string {
  const points = pointsBetween(now, base, decimals);
  if (points === null) return `${kind}－`;
  const sign = BigInt(now.n) * BigInt(base.d) - BigInt(base.n) * BigInt(now.d);
  if (sign === 0n) return `${kind}持平`;
  const digits = points.replace('-', '');
  const word = sign > 0n ? '上升' : '下降';
  return /[1-9]/.test(digits)
    ? `${kind}${word}${digits}个百分点`
    : `${kind}${word}不足${printUnits(1n, decimals)}个百分点`;
}
