// Money in integer fen: read from what is written in yuan, rounded half up beyond the fen (domain reference 3.8).
import type { Decimal } from './decimal.ts';
import { divideHalfUp, isDecimal, parseDecimal, printUnits } from './decimal.ts';
import { hanNumber } from './han-number.ts';
import { squeezeText } from './text.ts';
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

const HAN_DIGITS = '零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两十拾百佰千仟万亿';
const HAN_AMOUNT = new RegExp(
  `^(?:人民币|罚款)?([${HAN_DIGITS}]+)[元圆](?:整|正|([${HAN_DIGITS}])角(?:整|正)?(?:([${HAN_DIGITS}])分)?)?$`,
  'u',
);

/** An amount in Chinese characters, in fen: 贰万元整; null when it is none. */
function hanFen(text: string): number | null {
  const [, yuan, jiao, fen] = HAN_AMOUNT.exec(squeezeText(text)) ?? [];
  if (yuan === undefined) return null;
  const parts = [hanNumber(yuan), hanNumber(jiao ?? '零'), hanNumber(fen ?? '零')];
  const [a, b, c] = parts;
  return a == null || b == null || c == null ? null : a * 100 + b * 10 + c;
}

/** Reads an amount as written (`12万元`, `￥1,200.50`, `30000`, `贰万元整`) into fen; plain numbers are yuan. Null when it is no amount. */
export function parseFen(text: string): number | null {
  const read = parseDecimal(text);
  if (read.kind !== 'value') return hanFen(text);
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
