// How rows of a kind with procedures of its own are written by name of the kind, as the command line does: the guards are the window's.
import type { Done, FieldProblem, Values } from '../contract/shared.ts';
import { writableFields, type EntityDefinition } from '../domain/dictionary/entity.ts';
import type { Context } from './context.ts';
import { refused } from './errors.ts';

/** What is given for a row: field values, and for what is made of several things lists of ids. */
export type Given = Readonly<Record<string, unknown>>;

/** A row that was written. Without an id it is the row of the kind that the action made. */
export interface Written extends Done {
  id?: string;
  problems?: readonly FieldProblem[];
}

/** The procedures of one kind. What is left out is done by the dictionary alone, or not at all. */
export interface KindWriter {
  readonly of: string;
  /** What `add` takes; if nothing is said, the fields that people write. */
  readonly adds?: readonly string[];
  /** What `set` takes; if nothing is said, the fields that people write. */
  readonly sets?: readonly string[];
  /** What both take besides: sets of ids, the name of something to find or make. */
  readonly also?: readonly string[];
  /** Makes a row. */
  add?(ctx: Context, given: Given): Promise<Written>;
  /** The event of another record that makes a row. */
  by?(given: Given): { kind: string; id: string; event: string; values: Values };
  /** Changes a row. */
  set?(ctx: Context, id: string, given: Given): Promise<Done>;
  /** Puts a row into the bin. */
  remove?(ctx: Context, id: string): Promise<Done>;
}

/** The fields of a kind that people write, without some. */
export const fieldsWithout = (entity: EntityDefinition, ...without: readonly string[]): string[] =>
  writableFields(entity).flatMap(({ name }) => (without.includes(name) ? [] : [name]));

/** The scalar values among what is given, without some names. */
export function valuesOf(given: Given, ...without: readonly string[]): Values {
  const scalar = (value: unknown): value is Values[string] => value === null || typeof value !== 'object';
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => scalar(value) && !without.includes(name)),
  ) as Values;
}

/** A text among what is given; null where there is none. */
export const textOf = (given: Given, name: string): string | null =>
  typeof given[name] === 'string' && given[name] !== '' ? given[name] : null;

/** A text that is needed. @throws REFUSED with what is missing */
export function neededText(given: Given, name: string, label: string): string {
  const text = textOf(given, name);
  if (text === null) throw refused(`请给出 ${name}（${label}）`);
  return text;
}

/** A list of texts, or one text as a list of one. */
export function textsOf(given: Given, name: string): string[] {
  const value = given[name];
  return (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);
}
