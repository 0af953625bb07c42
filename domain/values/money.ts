// Money in integer fen: conversion from yuan, shares and instalments, rounded half up (domain reference 3.8).
import type { Decimal } from './decimal.ts';
import { divideHalfUp, isDecimal, parseDecimal, printUnits } from './decimal.ts';

function safe(fen: bigint): number {
  const number = Number(fen);
  if (!Number.isSafeInteger(number)) throw new RangeError('amount of money is too large');
  return number;
}

/** `numerator / 10^scale` of a decimal. */
function ratio(value: Decimal): { n: bigint; d: bigint } {
  if (!isDecimal(value)) throw new RangeError(`not a decimal: ${value}`);
  const [whole = '0', fraction = ''] = value.split('.');
  return { n: BigInt(whole + fraction), d: 10n ** BigInt(fraction.length) };
}

/** Fen of an amount in yuan (`1234.5` -> 123450), rounded half up beyond the fen. @throws RangeError for no decimal. */
export function fenOfYuan(yuan: Decimal): number {
  const { n, d } = ratio(yuan);
  return safe(divideHalfUp(n * 100n, d));
}

/** Reads an amount as written (`12万元`, `￥1,200.50`, `30000`) into fen; plain numbers are yuan. Null when it is no amount. */
export function parseFen(text: string): number | null {
  const read = parseDecimal(text);
  if (read.kind !== 'value') return null;
  const factor = /^亿/u.test(read.unit ?? '') ? 100_000_000n : /^万/u.test(read.unit ?? '') ? 10_000n : 1n;
  if (read.unit !== undefined && !/^(?:[万亿]?元?(?:人民币)?|rmb|cny)$/iu.test(read.unit)) return null;
  const { n, d } = ratio(read.value);
  return safe(divideHalfUp(n * 100n * factor, d));
}

/** An amount times exact ratios (contract x weight x payable ratio), rounded half up once, at the end. */
export function multiplyFen(fen: number, ...ratios: readonly Decimal[]): number {
  if (!Number.isSafeInteger(fen)) throw new RangeError('fen must be an integer');
  let [n, d] = [BigInt(fen), 1n];
  for (const value of ratios) {
    const r = ratio(value);
    n *= r.n;
    d *= r.d;
  }
  return safe(divideHalfUp(n, d));
}

/** Splits an amount by percentages that sum to 100; the rounding remainder goes to the last part. @throws RangeError otherwise. */
export function splitFen(fen: number, percentages: readonly Decimal[]): number[] {
  const exact = percentages.map(ratio);
  const common = exact.reduce((max, r) => (r.d > max ? r.d : max), 1n);
  const sum = exact.reduce((total, r) => total + r.n * (common / r.d), 0n);
  if (sum !== 100n * common) throw new RangeError('percentages do not sum to 100');
  const parts = exact.map((r) => safe(divideHalfUp(BigInt(fen) * r.n, r.d * 100n)));
  const rest = parts.slice(0, -1).reduce((total, part) => total + part, 0);
  return [...parts.slice(0, -1), fen - rest];
}

/** `1,234.50`: yuan with thousands separators. */
export function formatFen(fen: number): string {
  const [whole = '0', fraction = '00'] = printUnits(BigInt(fen), 2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}
