// Money in integer fen: read from what is written in yuan, rounded half up beyond the fen (domain reference 3.8).
import type { Decimal } from './decimal.ts';
import { divideHalfUp, isDecimal, parseDecimal, printUnits } from './decimal.ts';
import { inThousands } from './thousands.ts';

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

/** Reads an amount as written (`12万元`, `￥1,200.50`, `30000`) into fen; plain numbers are yuan. Null when it is no amount. */
export function parseFen(text: string): number | null {
  const read = parseDecimal(text);
  if (read.kind !== 'value') return null;
  const factor = /^亿/u.test(read.unit ?? '') ? 100_000_000n : /^万/u.test(read.unit ?? '') ? 10_000n : 1n;
  if (read.unit !== undefined && !/^(?:[万亿]?元?(?:人民币)?|rmb|cny)$/iu.test(read.unit)) return null;
  const { n, d } = ratio(read.value);
  return safe(divideHalfUp(n * 100n * factor, d));
}

/** `1,234.50`: yuan with thousands separators. */
export function formatFen(fen: number): string {
  const [whole = '0', fraction = '00'] = printUnits(BigInt(fen), 2).split('.');
  return `${inThousands(whole)}.${fraction}`;
}
