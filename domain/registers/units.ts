// Amounts in the unit of the field: a heading may say kg where the file counts tonnes.
import { divideHalfUp, printUnits } from '../values/decimal.ts';
import { lookup } from '../values/lookup.ts';
import { squeezeText } from '../values/text.ts';

/** Words that count things: 2条 in a field that counts by 台 is 2. */
const COUNTED = lookup(Object.fromEntries([...'台套条个只座部辆间层张口件支眼位桌'].map((word) => [word, 0])));

/** Powers of ten between units that people write and those of the dictionary. */
const SHIFTS: Readonly<Record<string, Readonly<Record<string, number>>>> = lookup({
  t: { t: 0, 吨: 0, 公吨: 0, kg: -3, 公斤: -3, 千克: -3, g: -6, 克: -6, 万吨: 4, 千吨: 3, kt: 3 },
  kg: { kg: 0, 公斤: 0, 千克: 0, t: 3, 吨: 3, 公吨: 3, g: -3, 克: -3, mg: -6, 毫克: -6 },
  'm²': {
    m2: 0,
    平方米: 0,
    平米: 0,
    平方: 0,
    平: 0,
    公顷: 4,
    ha: 4,
    万m2: 4,
    万平方米: 4,
    万平: 4,
    平方公里: 6,
    km2: 6,
  },
  'm³': { m3: 0, 立方米: 0, 立方: 0, 方: 0, 万m3: 4, 万立方米: 4, 万立方: 4, 万方: 4, l: -3, 升: -3 },
  '万m³': { 万m3: 0, 万立方米: 0, 万立方: 0, 万方: 0, m3: -4, 立方米: -4, 立方: -4, 方: -4 },
  kWh: { kwh: 0, 度: 0, 千瓦时: 0, 万kwh: 4, 万度: 4, 万千瓦时: 4 },
  万kWh: { 万kwh: 0, 万度: 0, 万千瓦时: 0, kwh: -4, 度: -4, 千瓦时: -4 },
  L: { l: 0, 升: 0, ml: -3, 毫升: -3, m3: 3, 立方米: 3 },
  'g/L': { 'g/l': 0, '克/升': 0, 'mg/l': -3, 'mg/ml': 0, 'kg/m3': 0 },
  'mg/m³': { 'mg/m3': 0, 'μg/m3': -3, '微克/立方米': -3, 'g/m3': 3, '克/立方米': 3 },
  'mg/L': { 'mg/l': 0, 'μg/l': -3, '微克/升': -3, 'g/l': 3, '克/升': 3 },
  'kg/h': { 'kg/h': 0, 'g/h': -3, '克/小时': -3 },
  元: { 元: 0, 块: 0, 千元: 3, 万元: 4, 万: 4, 亿元: 8, 亿: 8 },
  人: { 人: 0, 名: 0, 个: 0, 位: 0 },
  '°': { '°': 0, 度: 0 },
  '℃': { '℃': 0, 度: 0, 摄氏度: 0 },
  m: { m: 0, 米: 0, cm: -2, 厘米: -2, mm: -3, 毫米: -3, km: 3, 公里: 3, 千米: 3 },
  'dB(A)': { 'db(a)': 0, dba: 0, db: 0, 分贝: 0 },
  h: { h: 0, 小时: 0, 时: 0 },
  天: { 天: 0, 日: 0, d: 0 },
  台: COUNTED,
  个: COUNTED,
  间: COUNTED,
  层: COUNTED,
});

/** Units that are no power of ten of the dictionary's, as a fraction of it. */
type Fraction = readonly [by: bigint, parts: bigint];
const FRACTIONS: Readonly<Record<string, Readonly<Record<string, Fraction>>>> = lookup({
  'm²': { 亩: [2000n, 3n], 市亩: [2000n, 3n], 万亩: [20_000_000n, 3n] },
  kg: { 斤: [1n, 2n], 市斤: [1n, 2n], 万斤: [5000n, 1n] },
  t: { 斤: [1n, 2000n], 市斤: [1n, 2000n], 万斤: [5n, 1n] },
  天: { 周: [7n, 1n], 个月: [30n, 1n], 月: [30n, 1n], 年: [365n, 1n] },
});

/** Units by how they are written: 吨/年 and t/a are amounts of a year as the field says it. */
const plainUnit = (unit: string): string =>
  squeezeText(unit)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?:\/(?:年|a)|每年)$/u, '');

function shiftDecimal(value: string, places: number): string {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  // Zeros that only the change of unit brought.
  const right = padded.slice(at).replace(/(?<!0)0+$/, '');
  return `${negative ? '-' : ''}${left}${right === '' ? '' : `.${right}`}`;
}

/** Square metres of a mu and the like are told to so many decimals. */
const DECIMALS = 2;

/** The value times a fraction: exact where that ends within some decimals, as halves of a weight do, else rounded. */
function multiplied(value: string, [by, parts]: Fraction): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const [units, scale] = [BigInt(whole + fraction) * by, 10n ** BigInt(fraction.length) * parts];
  const places = (units * 10n ** 8n) % scale === 0n ? 8 : DECIMALS;
  const [left = '0', right = ''] = printUnits(divideHalfUp(units * 10n ** BigInt(places), scale), places).split('.');
  const kept = right.replace(/(?<!0)0+$/, '');
  return kept === '' ? left : `${left}.${kept}`;
}

/** The value in the field's unit; null when the unit that was written can't be turned into it. */
export function inUnit(value: string, from: string | null, to: string | undefined): string | null {
  if (from === null || from === '' || to === undefined) return value;
  const [shifts, fractions, unit] = [SHIFTS[to] ?? {}, FRACTIONS[to] ?? {}, plainUnit(from)];
  const shift = Object.hasOwn(shifts, unit) ? shifts[unit] : undefined;
  if (shift !== undefined) return shift === 0 ? value : shiftDecimal(value, shift);
  const fraction = Object.hasOwn(fractions, unit) ? fractions[unit] : undefined;
  if (fraction !== undefined) return multiplied(value, fraction);
  return unit === plainUnit(to) ? value : null;
}
