// Field builders: each returns a Zod schema of what may be stored, with the dictionary's metadata put on last.
import { z } from 'zod';
import type { Axis } from '../values/coordinates.ts';
import { isDay } from '../values/day.ts';
import { DAY_PRECISIONS, FOUR_STATES, type OpenVocabulary, type Vocabulary } from './vocabulary.ts';

/** How a rival value is treated in a hand-off: decided by people, listed, or only in history. */
export type MergeLevel = 'must' | 'may' | 'auto';

/** `F`: needed to save. `A`: needed for a complete file (建档). */
export type Requirement = 'F' | 'A';

/** A field that a good file says although it is complete without it (建议). */
export interface Advised {
  /** Only for enterprises of these object kinds; without it for all that the kind of record is for. */
  readonly objectKinds?: readonly string[];
  /** Not asked where another field of the record says that there is none. */
  readonly unless?: { readonly field: string; readonly is: readonly string[] };
  /** Not asked where rows of another kind of the file say it: `where` tells which of them, `field` what. */
  readonly also?: {
    readonly kind: string;
    readonly field: string;
    readonly where: { readonly field: string; readonly is: readonly string[] };
  };
}

/** The kinds of field; each has one way to be stored, shown, imported and merged. */
export type FieldKind =
  | 'text'
  | 'longText'
  | 'choice'
  | 'fourState'
  | 'flag'
  | 'day'
  | 'instant'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'reference';

/** What the dictionary knows about a field. Generators read this and never Zod's internals. */
export interface FieldMeta {
  readonly kind: FieldKind;
  readonly label: string;
  readonly unit?: string;
  /** Field beside it that holds the unit of the number. */
  readonly unitIn?: string;
  readonly level: MergeLevel;
  readonly required?: Requirement;
  /** Headings of clients' spreadsheets that mean this field, as people write them. */
  readonly headings?: readonly string[];
  /** Section of the file, form and dossier. */
  readonly section?: string;
  /** Shown under the field in a form. */
  readonly help?: string;
  readonly vocabulary?: Vocabulary;
  /** Which of the vocabulary apply follows from another field of the row: its value -> ids. */
  readonly choicesBy?: { readonly field: string; readonly ids: Readonly<Record<string, readonly string[]>> };
  /** Entity that a reference points to; empty: rows of any kind. */
  readonly target?: string;
  /** Of a reference to rows of any kind: the field beside it that names the kind. */
  readonly kindIn?: string;
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
  /** Field whose Chinese it spells out, for sorting and finding. */
  readonly spells?: string;
  /** A new row gets the next number of its kind's series where none is given (hand-off design 2). */
  readonly numbered?: true;
  /** Day of something that has happened: a form does not take a later one than today. */
  readonly happened?: true;
  /** Day of something that is to come: a form takes none before tomorrow. */
  readonly ahead?: true;
  /** Schema number in which the field first appeared, where that is later than its kind's (domain/handoff/schema.ts). */
  readonly since?: number;
  /** How a cell of a client's spreadsheet is read where the kind of the field does not say it; `own`: only the program fills it. */
  readonly cell?: CellReading;
  /** Day that only ever moves forward: an earlier one comes from an older list. */
  readonly forward?: true;
  /** A state of the world, entered as people find it: no event of the program leads to it. */
  readonly observed?: true;
  /** Why no form asks for it and no list shows it: it is kept for rows that have it, and for the program. */
  readonly unshown?: string;
  /** Kept by the program for itself (a hash, a format): the history does not tell people of it. */
  readonly inner?: true;
  /** Asked of a good file (建议), of which enterprises and when. */
  readonly advised?: Advised;
  /** Degrees of a place: what no place on earth has is refused, what lies abroad is said. */
  readonly axis?: Axis;
  /** Field that says whether the number is a bound: `<0.05` fills both. */
  readonly sign?: string;
  /**
   * Code of a classification, which people find by its words; its name goes into the field `name` of the row. Sub-industries are the
   * names that entries of catalogues know, and others may be written.
   */
  readonly coded?: { readonly by: 'industries'; readonly name: string } | { readonly by: 'subIndustries' };
}

/** Readings of a cell that the kind of a field does not tell (domain/registers/cell-readings.ts has one each). */
export type CellReading =
  | 'own'
  | 'ownNumber'
  | 'name'
  | 'otherName'
  | 'creditCode'
  | 'siteNo'
  | 'industryCode'
  | 'industryName'
  | 'longitude'
  | 'latitude'
  | 'remark'
  | 'state'
  | 'person'
  | 'phone'
  | 'number'
  | 'numbers'
  | 'answer'
  | 'wasteCodes'
  | 'wasteCode'
  | 'grade'
  | 'pollutant'
  | 'measured'
  | 'limit'
  | 'position'
  | 'voided'
  | 'code';

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
  ahead?: true;
  since?: number;
  cell?: CellReading;
  forward?: true;
  observed?: true;
  unshown?: string;
  inner?: true;
  advised?: Advised;
}

type Stored<S extends z.ZodType, O> = O extends { required: 'F' } ? S : z.ZodNullable<S>;

function finish<S extends z.ZodType, O extends FieldOptions>(
  schema: S,
  options: O,
  own: Pick<FieldMeta, 'kind'> & Partial<FieldMeta>,
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
    ...(options.ahead && { ahead: options.ahead }),
    ...(options.since && { since: options.since }),
    ...(options.cell && { cell: options.cell }),
    ...(options.forward && { forward: options.forward }),
    ...(options.observed && { observed: options.observed }),
    ...(options.unshown && { unshown: options.unshown }),
    ...(options.inner && { inner: options.inner }),
    ...(options.advised && { advised: options.advised }),
    ...own,
  };
  return stored.register(fieldMeta, meta) as Stored<S, O>;
}

/** One line of text, trimmed, at most `max` characters (200). */
export function text<
  const O extends FieldOptions & {
    max?: number;
    pattern?: RegExp;
    numbered?: true;
    spells?: string;
    coded?: FieldMeta['coded'];
  },
>(options: O): Stored<z.ZodString, O> {
  const max = options.max ?? 200;
  let schema = z.string().min(1).max(max);
  if (options.pattern) schema = schema.regex(options.pattern);
  return finish(schema, options, {
    kind: 'text',
    max,
    ...(options.numbered && { numbered: options.numbered }),
    ...(options.spells && { spells: options.spells }),
    ...(options.coded && { coded: options.coded }),
  });
}

/** Text of several lines, at most `max` characters (4000); merged line by line in a hand-off. */
export function longText<const O extends FieldOptions & { max?: number }>(options: O): Stored<z.ZodString, O> {
  const max = options.max ?? 4000;
  return finish(z.string().min(1).max(max), options, { kind: 'longText', max });
}

/** One id of a vocabulary. */
export function choice<
  Id extends string,
  const O extends FieldOptions & { initial?: Id; choicesBy?: FieldMeta['choicesBy'] },
>(of: Vocabulary<Id>, options: O): Stored<z.ZodEnum<{ [K in Id]: K }>, O> {
  const known = [...of.ids, ...Object.keys(of.retired ?? {})];
  const schema = z.enum(known) as unknown as z.ZodEnum<{ [K in Id]: K }>;
  return finish(schema, options, {
    kind: 'choice',
    vocabulary: of,
    ...(options.choicesBy && { choicesBy: options.choicesBy }),
    ...(options.initial && { initial: options.initial }),
  });
}

/** One id of a vocabulary that is filled from the rest of the dictionary. */
export function openChoice<const O extends FieldOptions>(of: OpenVocabulary, options: O): Stored<z.ZodString, O> {
  const schema = z.string().refine((id) => id in of.labels);
  return finish(schema, options, { kind: 'choice', vocabulary: of });
}

/** 是/否/不详/不涉及; never null, starts as `unknown`. */
export function fourState<const O extends Omit<FieldOptions, 'required'> & { asked?: 'A' }>(options: O) {
  const { asked, ...rest } = options;
  const schema = z.enum(FOUR_STATES.ids);
  return schema.register(fieldMeta, {
    kind: 'fourState',
    level: 'may',
    ...rest,
    vocabulary: FOUR_STATES,
    initial: 'unknown',
    ...(asked && { required: asked }),
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
    [`${name}Precision`]: choice(DAY_PRECISIONS, {
      label: `${options.label}精度`,
      level: options.level ?? 'may',
      ...(options.since && { since: options.since }),
    }),
  } as { [K in N]: Stored<z.ZodString, O> } & {
    [K in `${N}Precision`]: z.ZodNullable<z.ZodEnum<{ day: 'day'; month: 'month'; year: 'year' }>>;
  };
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
    kind: 'integer',
    ...(options.unit && { unit: options.unit }),
    ...(options.initial !== undefined && { initial: options.initial }),
  });
}

/** An exact decimal, kept as the digits that were entered. */
export function decimal<const O extends FieldOptions & { unit?: string; axis?: Axis; sign?: string; unitIn?: string }>(
  options: O,
): Stored<z.ZodString, O> {
  return finish(
    z
      .string()
      .max(40)
      .regex(/^-?\d+(\.\d+)?$/),
    options,
    {
      kind: 'decimal',
      ...(options.unit && { unit: options.unit }),
      ...(options.axis && { axis: options.axis }),
      ...(options.sign && { sign: options.sign }),
      ...(options.unitIn && { unitIn: options.unitIn }),
    },
  );
}

/** An amount of money in fen. */
export function money<const O extends FieldOptions>(options: O): Stored<z.ZodInt, O> {
  return finish(z.int(), options, { kind: 'money', unit: '元' });
}

/** The id of a row of `target`; of any kind where that is empty, which `kindIn` then names. */
export function reference<const O extends FieldOptions & { kindIn?: string }>(
  target: string,
  options: O,
): Stored<z.ZodUUID, O> {
  return finish(z.uuid(), { level: 'must', ...options } as O, {
    kind: 'reference',
    target,
    ...(options.kindIn && { kindIn: options.kindIn }),
  });
}
