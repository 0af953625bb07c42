// Amounts in the unit of the field: a heading may say kg where the file counts tonnes.
import { lookup } from '../values/lookup.ts';
import { squeezeText } from '../values/text.ts';

/** Powers of ten between units of registers and those of the dictionary. */
const SHIFTS: Readonly<Record<string, Readonly<Record<string, number>>>> = lookup({
  t: {
    t: 0,
    吨: 0,
    '吨/年': 0,
    't/a': 0,
    '吨/a': 0,
    kg: -3,
    公斤: -3,
    千克: -3,
    'kg/a': -3,
    'kg/年': -3,
    '公斤/年': -3,
    '千克/年': -3,
    g: -6,
    克: -6,
    万吨: 4,
    '万吨/年': 4,
  },
  'm²': { m2: 0, '㎡': 0, 平方米: 0, 平米: 0, 平方: 0, 平: 0, 公顷: 4, 万m2: 4, 万平方米: 4, 万平: 4 },
  元: { 元: 0, 块: 0, 万元: 4, 万: 4 },
  人: { 人: 0, 名: 0, 个: 0, 位: 0 },
  '°': { '°': 0, 度: 0 },
  '℃': { '℃': 0, 度: 0, 摄氏度: 0 },
  m: { m: 0, 米: 0, cm: -2, 厘米: -2, mm: -3, 毫米: -3, km: 3, 公里: 3, 千米: 3 },
  'dB(A)': { 'db(a)': 0, dba: 0, db: 0, 分贝: 0 },
  h: { h: 0, 小时: 0, 时: 0 },
  kg: { kg: 0, 公斤: 0, 千克: 0, t: 3, 吨: 3, g: -3, 克: -3 },
});

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

/** The value in the field's unit; null when the unit that was written can't be turned into it. */
export function inUnit(value: string, from: string | null, to: string | undefined): string | null {
  if (from === null || from === '' || to === undefined) return value;
  const [shifts, unit] = [SHIFTS[to] ?? {}, squeezeText(from).toLowerCase().replace('m²', 'm2')];
  const shift = Object.hasOwn(shifts, unit) ? shifts[unit] : undefined;
  if (shift !== undefined) return shift === 0 ? value : shiftDecimal(value, shift);
  return squeezeText(from) === squeezeText(to) ? value : null;
}
