// Field builders: each returns a Zod schema of what may be stored, with the dictionary's metadata put on last.
import { z } from 'zod';
import { isDay } from '../values/day.ts';
import { DAY_PRECISIONS, FOUR_STATES, type Vocabulary } from './vocabulary.ts';

/** How a rival value is treated in a hand-off: decided by people, listed, or only in history. */
export type MergeLevel = 'must' | 'may' | 'auto';

/** `F`: needed to save. `A`: needed for a complete file (建档). */
export type Requirement = 'F' | 'A';

/** The kinds of field; each has one way to be stored, shown, imported and merged. */
export type FieldKind =
  | 'text' | 'longText' | 'choice' | 'fourState' | 'flag' | 'day' | 'instant' | 'integer' | 'decimal' | 'money' | 'reference';

/** What the dictionary knows about a field. Generators read this and never Zod's internals. */
export interface FieldMeta {
  readonly kind: FieldKind;
  readonly label: string;
  readonly unit?: string;
  readonly level: MergeLevel;
  readonly required?: Requirement;
  /** Headings of clients' spreadsheets that mean this field, as people write them. */
  readonly headings?: readonly string[];
  /** Section of the file, form and dossier. */
  readonly section?: string;
  /** Shown under the field in a form. */
  readonly help?: string;
  readonly vocabulary?: Vocabulary;
  /** Entity that a reference points to. */
  readonly target?: string;
  /** Plain column that only its pure function writes: not captured, not importable, read-only in forms. */
  readonly derived?: true;
  /** Value of a new row when none is given. */
  readonly initial?: string | number | boolean;
  /** Personal data: masked in lists and documents unless asked for. */
  readonly masked?: true;
  /** Names a person, for everybody to see in the window; hidden in printed files like masked ones. */
  readonly person?: true;
  /** Shown in the default list, in this order of fields. */
  readonly list?: true;
  readonly max?: number;
  /** Day of something that has happened: a form does not take a later one than today. */
  readonly happened?: true;
}

/** Metadata of every field schema of the dictionary. */
export const fieldMeta = z.registry<FieldMeta>();

/** Metadata of one field. @throws when the schema was not made by a builder. */
export function metaOf(schema: z.ZodType): FieldMeta {
  const meta = fieldMeta.get(schema);
  if (!meta) throw new Error('not a dictionary field: use the builders of domain/dictionary/field.ts');
  return meta;
}

/** What every builder accepts. */
export interface FieldOptions {
  label: string;
  level?: MergeLevel;
  required?: Requirement;
  headings?: readonly string[];
  section?: string;
  help?: string;
  derived?: true;
  masked?: true;
  person?: true;
  list?: true;
  happened?: true;
}

type Stored<S extends z.ZodType, O> = O extends { required: 'F' } ? S : z.ZodNullable<S>;

function finish<S extends z.ZodType, O extends FieldOptions>(
  schema: S, options: O, own: Pick<FieldMeta, 'kind'> & Partial<FieldMeta>,
): Stored<S, O> {
  const stored = (options.required === 'F' ? schema : schema.nullable()) as z.ZodType;
  const meta: FieldMeta = {
    label: options.label,
    level: options.level ?? 'may',
    ...(options.required && { required: options.required }),
    ...(options.headings && { headings: options.headings }),
    ...(options.section && { section: options.section }),
    ...(options.help && { help: options.help }),
    ...(options.derived && { derived: options.derived }),
    ...(options.masked && { masked: options.masked }),
    ...(options.person && { person: options.person }),
    ...(options.list && { list: options.list }),
    ...(options.happened && { happened: options.happened }),
    ...own,
  };
  return stored.register(fieldMeta, meta) as Stored<S, O>;
}

/** One line of text, trimmed, at most `max` characters (200). */
export function text<const O extends FieldOptions & { max?: number; pattern?: RegExp }>(options: O): Stored<z.ZodString, O> {
  const max = options.max ?? 200;
  let schema = z.string().min(1).max(max);
  if (options.pattern) schema = schema.regex(options.pattern);
  return finish(schema, options, { kind: 'text', max });
}

/** Text of several lines, at most `max` characters (4000); merged line by line in a hand-off. */
export function longText<const O extends FieldOptions & { max?: number }>(options: O): Stored<z.ZodString, O> {
  const max = options.max ?? 4000;
  return finish(z.string().min(1).max(max), options, { kind: 'longText', max });
}

/** One id of a vocabulary. */
export function choice<Id extends string, const O extends FieldOptions & { initial?: Id }>(
  of: Vocabulary<Id>, options: O,
): Stored<z.ZodEnum<{ [K in Id]: K }>, O> {
  const schema = z.enum(of.ids) as unknown as z.ZodEnum<{ [K in Id]: K }>;
  return finish(schema, options, { kind: 'choice', vocabulary: of, ...(options.initial && { initial: options.initial }) });
}

/** 是/否/不详/不涉及; never null, starts as `unknown`. */
export function fourState<const O extends Omit<FieldOptions, 'required'> & { asked?: 'A' }>(options: O) {
  const { asked, ...rest } = options;
  const schema = z.enum(FOUR_STATES.ids);
  return schema.register(fieldMeta, {
    kind: 'fourState', level: 'may', ...rest, vocabulary: FOUR_STATES, initial: 'unknown', ...(asked && { required: asked }),
  });
}

/** Yes or no of the product's own making; never null, starts as `initial` (false). */
export function flag(options: Omit<FieldOptions, 'required'> & { initial?: boolean }): z.ZodBoolean {
  const { initial = false, ...rest } = options;
  return z.boolean().register(fieldMeta, { kind: 'flag', level: 'may', ...rest, initial }) as z.ZodBoolean;
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A calendar day `YYYY-MM-DD`. */
export function day<const O extends FieldOptions>(options: O): Stored<z.ZodString, O> {
  return finish(z.string().regex(DAY).refine(isDay), options, { kind: 'day' });
}

/** A day that may be known only to the month or year: two fields, `name` (first day of it) and `namePrecision`. */
export function vagueDay<const N extends string, const O extends FieldOptions>(name: N, options: O) {
  return {
    [name]: day(options),
    [`${name}Precision`]: choice(DAY_PRECISIONS, { label: `${options.label}精度`, level: options.level ?? 'may' }),
  } as { [K in N]: Stored<z.ZodString, O> } & { [K in `${N}Precision`]: z.ZodNullable<z.ZodEnum<{ day: 'day'; month: 'month'; year: 'year' }>> };
}

/** A moment, ISO-8601 UTC with milliseconds. */
export function instant<const O extends FieldOptions>(options: O): Stored<z.ZodISODateTime, O> {
  return finish(z.iso.datetime(), options, { kind: 'instant' });
}

/** A whole number. */
export function integer<const O extends FieldOptions & { unit?: string; min?: number; max?: number; initial?: number }>(
  options: O,
): Stored<z.ZodInt, O> {
  let schema = z.int();
  if (options.min !== undefined) schema = schema.min(options.min);
  if (options.max !== undefined) schema = schema.max(options.max);
  return finish(schema, options, {
    kind: 'integer', ...(options.unit && { unit: options.unit }), ...(options.initial !== undefined && { initial: options.initial }),
  });
}

/** An exact decimal, kept as the digits that were entered. */
export function decimal<const O extends FieldOptions & { unit?: string }>(options: O): Stored<z.ZodString, O> {
  return finish(z.string().max(40).regex(/^-?\d+(\.\d+)?$/), options, { kind: 'decimal', ...(options.unit && { unit: options.unit }) });
}

/** An amount of money in fen. */
export function money<const O extends FieldOptions>(options: O): Stored<z.ZodInt, O> {
  return finish(z.int(), options, { kind: 'money', unit: '元' });
}

/** The id of a row of `target`. */
export function reference<const O extends FieldOptions>(target: string, options: O): Stored<z.ZodUUID, O> {
  return finish(z.uuid(), { level: 'must', ...options } as O, { kind: 'reference', target });
}
