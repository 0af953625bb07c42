// One field against values: every kind of field by every operator that the dictionary allows it.
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import type { Operand, Operator } from '../../domain/dictionary/filter.ts';
import { addDays, isDay } from '../../domain/values/day.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { foldText } from '../../domain/values/text.ts';
import {
  ALWAYS,
  asNumber,
  begins,
  containsWord,
  folded,
  inList,
  listParameter,
  type SqlValue,
} from '../../db/index.ts';
import { joinSql, sql, within, type Sql } from './sql.ts';

const SIGNS: Readonly<Partial<Record<Operator, string>>> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };
/** Longer lists go as one parameter. */
const FEW = 50;

/** All days that a text means: `2026`, `2026-02` or one day. */
function periodOf(text: string): { from: string; to: string } {
  if (text.length === 4) return { from: `${text}-01-01`, to: `${text}-12-31` };
  if (text.length > 7) return { from: text, to: text };
  const [year, month] = text.split('-').map(Number) as [number, number];
  const next = month === 12 ? `${year + 1}-01-01` : `${String(year)}-${String(month + 1).padStart(2, '0')}-01`;
  return { from: `${text}-01`, to: addDays(next, -1) };
}

/** First moment of a day here, as instants are stored. */
const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();

function dayTest(x: string, kind: 'day' | 'instant', op: Operator, text: string): Sql {
  const { from, to } = periodOf(text);
  const [first, beyond] = kind === 'day' ? [from, addDays(to, 1)] : [startOf(from), startOf(addDays(to, 1))];
  switch (op) {
    case 'lt':
      return sql(`${x} < ?`, first);
    case 'le':
      return sql(`${x} < ?`, beyond);
    case 'gt':
      return sql(`${x} >= ?`, beyond);
    case 'ge':
      return sql(`${x} >= ?`, first);
    default:
      return kind === 'day' && from === to ? sql(`${x} = ?`, from) : sql(`(${x} >= ? AND ${x} < ?)`, first, beyond);
  }
}

const stored = (value: Operand): SqlValue => (typeof value === 'boolean' ? (value ? 1 : 0) : (value as SqlValue));

function oneOf(x: string, meta: FieldMeta, values: readonly SqlValue[]): Sql {
  if (values.length === 0) return sql('1 = 0');
  if (meta.kind === 'day')
    return values.every((v) => isDay(String(v)))
      ? listed(x, values)
      : joined(values.map((v) => dayTest(x, 'day', 'eq', String(v))));
  return listed(meta.kind === 'decimal' ? asNumber(x) : x, meta.kind === 'decimal' ? values.map(Number) : values);
}
const joined = (pieces: readonly Sql[]): Sql => {
  const all = joinSql(pieces, ' OR ');
  return { sql: `(${all.sql})`, parameters: all.parameters };
};
const listed = (x: string, values: readonly SqlValue[]): Sql => {
  if (values.length === 1) return sql(`${x} = ?`, values[0] as SqlValue);
  return values.length <= FEW
    ? sql(`${x} IN (${values.map(() => '?').join(', ')})`, ...values)
    : sql(inList(x), listParameter(values as (string | number)[]));
};

/** The positive test of which `ne`, `notIn` and `empty` are the contrary; rows without a value are on the contrary's side. */
export const POSITIVE: Readonly<Partial<Record<Operator, Operator>>> = { ne: 'eq', notIn: 'in', empty: 'filled' };

/** All words of a text occur, each in one of its forms. */
function containing(x: string, text: string): Sql {
  const terms = searchTerms(text).map((forms) => containsWord(x, forms));
  return terms.length === 0 ? sql(ALWAYS) : within('(', joinSql(terms, ' AND '), ')');
}

/** Compares a column with values. `x` is an expression without parameters; operands on other fields are expressions in `others`. */
export function compare(x: string, meta: FieldMeta, op: Operator, operands: readonly Operand[], today: string): Sql {
  if (op === 'filled') return sql(`${x} IS NOT NULL`);
  const values = operands.map((o) =>
    typeof o === 'object' && 'today' in o ? addDays(today, Number(o.today)) : stored(o),
  );
  const [value = null, other = null] = values;
  if (op === 'in') return oneOf(x, meta, values);
  if (op === 'contains') return containing(x, String(value));
  if (op === 'startsWith') {
    const start = foldText(String(value));
    return sql(begins(folded(x), [...start].length), start);
  }
  if (op === 'between')
    return joinSql(
      [compare(x, meta, 'ge', [value as Operand], today), compare(x, meta, 'le', [other as Operand], today)],
      ' AND ',
    );
  if (meta.kind === 'day' || meta.kind === 'instant') return dayTest(x, meta.kind, op, String(value));
  if (meta.kind === 'decimal') return sql(`${asNumber(x)} ${SIGNS[op] ?? '='} ?`, Number(value));
  return sql(`${x} ${SIGNS[op] ?? '='} ?`, value);
}

/** Compares a column with another one. */
export const compareFields = (x: string, meta: FieldMeta, op: Operator, other: string): Sql => {
  const side = (column: string): string => (meta.kind === 'decimal' ? asNumber(column) : column);
  return sql(op === 'filled' ? ALWAYS : `${side(x)} ${SIGNS[op] ?? '='} ${side(other)}`);
};
