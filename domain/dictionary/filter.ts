// A filter is data: it is stored in views, written in addresses, handed to rounds, invitations, reports and the command line.
import type { FieldKind } from './field.ts';

/** What a field may be compared by. `empty` and `filled` take no value. */
export type Operator =
  'eq' | 'ne' | 'in' | 'notIn' | 'contains' | 'startsWith' | 'lt' | 'le' | 'gt' | 'ge' | 'between' | 'empty' | 'filled';

/** A plain value: text, number (money in fen), yes or no. Days are `YYYY-MM-DD`, or `YYYY-MM` and `YYYY` for all days of them. */
export type Scalar = string | number | boolean;

/** A value that is known when the filter is asked. `given` stands, inside a named condition, for the value it was called with. */
export type Operand =
  Scalar | { readonly today: number | 'given' | '-given' } | { readonly field: string } | { readonly given: true };

/** A field, reached through references: `status`, `enterpriseId.villageId`; or a computed column of the kind's list. */
export interface FieldCondition {
  readonly field: string;
  readonly op: Operator;
  readonly value?: Operand | readonly Operand[];
}

/** A condition that has a name (`defineCondition`). */
export interface IsCondition {
  readonly is: string;
  readonly value?: Operand;
  readonly not?: true;
}

/**
 * There is (or with `not` there is no) row of a kind that refers to this one: `permit`, or
 * `enterprise.hostEnterpriseId` to say by which field.
 */
export interface HasCondition {
  readonly has: string;
  readonly where?: Filter;
  readonly not?: true;
}

/** One of several filters holds. */
export interface AnyCondition {
  readonly any: readonly Filter[];
}

/** Every word occurs in what the list is searched by. */
export interface TextCondition {
  readonly text: string;
}

export type Condition = FieldCondition | IsCondition | HasCondition | AnyCondition | TextCondition;

/** All conditions hold. Without a condition on `deletedAt`, rows in the bin are left out of a list. */
export type Filter = readonly Condition[];

const EQUAL = ['eq', 'ne', 'in', 'notIn'] as const;
const ORDERED = [...EQUAL, 'lt', 'le', 'gt', 'ge', 'between'] as const;
const PRESENT = ['empty', 'filled'] as const;

/** Operators of each kind of field, the usual one first. */
export const OPERATORS: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: ['contains', 'startsWith', ...EQUAL, ...PRESENT],
  longText: ['contains', 'startsWith', ...EQUAL, ...PRESENT],
  choice: ['in', 'notIn', 'eq', 'ne', ...PRESENT],
  fourState: ['in', 'notIn', 'eq', 'ne', ...PRESENT],
  flag: ['eq', 'ne', ...PRESENT],
  day: ['between', 'eq', 'ne', 'in', 'notIn', 'lt', 'le', 'gt', 'ge', ...PRESENT],
  instant: ['between', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', ...PRESENT],
  integer: ['between', ...ORDERED.filter((op) => op !== 'between'), ...PRESENT],
  decimal: ['between', ...ORDERED.filter((op) => op !== 'between'), ...PRESENT],
  money: ['between', ...ORDERED.filter((op) => op !== 'between'), ...PRESENT],
  reference: ['in', 'notIn', 'eq', 'ne', ...PRESENT],
};

/** Operators that take no value, and those that take several. */
export const WITHOUT_VALUE: readonly Operator[] = PRESENT;
export const WITH_LIST: readonly Operator[] = ['in', 'notIn'];

/** What a named condition is called with. */
export type Taken =
  | { readonly kind: 'days' | 'metres'; readonly initial: number }
  | { readonly kind: 'day' }
  | { readonly kind: 'reference'; readonly target: string };

/** The number that a named condition is called with: what it begins with, its unit and what it is called; null where it takes none. */
export const numberTaken = (
  takes: Taken | null | undefined,
): { readonly initial: number; readonly unit: string; readonly word: string } | null =>
  takes && 'initial' in takes
    ? {
        initial: takes.initial,
        ...(takes.kind === 'days' ? { unit: '天', word: '天数' } : { unit: 'm', word: '距离' }),
      }
    : null;

/**
 * A condition with a name, shared by lists, figures, Today, rounds, invitations and reports. `where` is a filter over the kind, or `'sql'`
 * where only SQL can say it (services/conditions). `slow`: it looks through the whole store and is asked in the background.
 */
export interface NamedCondition {
  readonly id: string;
  readonly of: string;
  readonly label: string;
  readonly takes?: Taken;
  readonly where: Filter | 'sql';
  readonly slow?: true;
  /** What a chip says after the label when it holds, when it does not, and of the value it takes. */
  readonly yes?: string;
  readonly no?: string;
  readonly words?: (value: string) => string;
}

/** Defines a named condition; it is listed in the definition of its kind. */
export const defineCondition = (condition: NamedCondition): NamedCondition => condition;

/** Which of the five a condition is. */
export const isField = (c: Condition): c is FieldCondition => 'field' in c;
export const isNamed = (c: Condition): c is IsCondition => 'is' in c;
export const isHas = (c: Condition): c is HasCondition => 'has' in c;
export const isAny = (c: Condition): c is AnyCondition => 'any' in c;
export const isText = (c: Condition): c is TextCondition => 'text' in c;

/** The values of a field condition, one or several, as a list. */
export function operandsOf(c: FieldCondition): readonly Operand[] {
  if (c.value === undefined) return [];
  return Array.isArray(c.value) ? (c.value as readonly Operand[]) : [c.value as Operand];
}

/** A filter with the value that a named condition was called with put in its place. */
export function withGiven(filter: Filter, given: Operand | undefined): Filter {
  const put = (operand: Operand): Operand => {
    if (typeof operand !== 'object') return operand;
    if ('given' in operand) return given ?? '';
    if ('today' in operand && typeof operand.today === 'string')
      return { today: operand.today === 'given' ? Number(given) : -Number(given) };
    return operand;
  };
  return filter.map((c): Condition => {
    if (isField(c) && c.value !== undefined)
      return {
        ...c,
        value: Array.isArray(c.value) ? (c.value as readonly Operand[]).map(put) : put(c.value as Operand),
      };
    if (isNamed(c) && c.value !== undefined) return { ...c, value: put(c.value) };
    if (isHas(c) && c.where) return { ...c, where: withGiven(c.where, given) };
    if (isAny(c)) return { any: c.any.map((one) => withGiven(one, given)) };
    return c;
  });
}
