// A value of the dictionary as people read it: forms, history, conflicts, reviews and papers all say it this way.
import { localDay, localTime } from '../values/clock.ts';
import { formatFen } from '../values/money.ts';
import { maskPhone } from '../values/phone.ts';
import { inThousands } from '../values/thousands.ts';
import type { FieldMeta } from './field.ts';
import { labelOf } from './vocabulary.ts';

/** What a value needs besides its field. */
export interface ValueTextOptions {
  /** Name of the row that a reference leads to; `－` stands for one that has none. */
  name?: ((id: string) => string | undefined) | undefined;
  /** How exactly it is known: a vague day to the `day`, `month` or `year`, a number that is only a bound as `lt` or `gt`. */
  precision?: unknown;
  /** Numbers of personal fields are masked. */
  masked?: boolean;
}

/** A vague day as exactly as it is known: `2016`, `2016-05` or `2016-05-01`. */
export const asKnown = (day: string, precision: unknown): string =>
  precision === 'year' ? day.slice(0, 4) : precision === 'month' ? day.slice(0, 7) : day;

const BOUNDS: Readonly<Record<string, string>> = { lt: '<', gt: '>' };

/** A number that may be a bound: `<0.05`. */
export const asBound = (digits: string, bound: unknown): string => `${BOUNDS[String(bound)] ?? ''}${digits}`;

/** Thousands of a number that counts something; codes and degrees stand as they are. */
const grouped = (digits: string, unit: string | undefined): string =>
  unit !== undefined && unit !== '°' && /^-?\d{4,}(\.\d+)?$/.test(digits) ? inThousands(digits) : digits;

function withUnit(digits: string, unit: string | undefined): string {
  if (unit === undefined) return digits;
  return unit === '%' || unit === '°' ? `${digits}${unit}` : `${digits} ${unit}`;
}

/** Text of a value as it is stored (money in fen, flags as 0/1 or boolean); empty for none. */
export function valueText(
  meta: FieldMeta,
  value: unknown,
  { name, precision, masked = false }: ValueTextOptions = {},
): string {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  if (meta.vocabulary) return labelOf(meta.vocabulary, text);
  switch (meta.kind) {
    case 'flag':
      return value === true || value === 1 || value === '1' ? '是' : '否';
    case 'reference':
      return name?.(text) ?? '－';
    case 'day':
      return asKnown(text, precision);
    case 'instant':
      return Number.isNaN(Date.parse(text)) ? text : `${localDay(text)} ${localTime(text)}`;
    case 'money':
      return Number.isSafeInteger(Number(value))
        ? withUnit(formatFen(Number(value)).replace(/\.00$/, ''), meta.unit)
        : text;
    case 'integer':
    case 'decimal':
      return asBound(withUnit(grouped(text, meta.unit), meta.unit), meta.sign && precision);
    default:
      return meta.masked && masked && /\d{6,}/.test(text) ? maskPhone(text) : text;
  }
}
