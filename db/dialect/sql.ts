// What SQL says differently from engine to engine: everything that is compiled, and what services write by hand, says it through here.

/** A name as it stands, whatever its letters: other engines fold names that are not quoted. */
export const named = (name: string): string => `"${name}"`;

/** A column is one of a list; its parameter is {@link listParameter}. */
export const inList = (column: string, parameter = '?'): string =>
  `${column} IN (SELECT value FROM json_each(${parameter}))`;

/** The parameter of {@link inList}. */
export const listParameter = (values: readonly (string | number)[]): string => JSON.stringify(values);

/** A column by its name, which costs nothing to be said twice. */
const COLUMN = /^\+?[\w".]+$/;
/** Letters, figures and Han characters are written in one way but for their case. */
const isPlain = (column: string): string => `${column} NOT GLOB '*[^A-Za-z0-9一-鿿]*'`;
/** 86 may be the country of a phone. */
const asWritten = (column: string): string => `${isPlain(column)} AND ${column} NOT GLOB '*86*'`;

/**
 * A text as it is searched in, whatever its width, brackets, case and blanks (`searchKey` of the domain). Most texts are in
 * that form but for their case: the store tells them by itself, which is several times faster.
 */
export const folded = (text: string): string =>
  COLUMN.test(text)
    ? `CASE WHEN ${asWritten(text)} THEN lower(${text}) ELSE sd_search_key(${text}) END`
    : `sd_search_key(${text})`;

const anyOf = (text: string, forms: number): string =>
  forms === 1 ? `instr(${text}, ?) > 0` : `(${Array<string>(forms).fill(`instr(${text}, ?) > 0`).join(' OR ')})`;

/** A text contains a word in one of so many forms; the parameters are those of `searchTerms`. */
export const contains = (column: string, forms = 1): string => anyOf(folded(column), forms);

/** Letters and figures of a word that tell most texts that do not say it. */
const TELLING = 4;

/**
 * The pattern of every ASCII text that is folded into one with this form in it; null where other characters may be folded into it.
 * Folding takes characters out of ASCII and changes signs, but leaves letters and figures in their order.
 */
function patternOf(form: string): string | null {
  const letters = /^[!-~]+$/.test(form) ? form.replace(/[^0-9a-z]/g, '').slice(-TELLING) : '';
  return letters === '' ? null : `%${[...letters].join('%')}%`;
}

/** Words that stand in a text as they are, whatever is folded around them. */
const HAN = /^[一-鿿]+$/;

/**
 * {@link contains} with its parameters. Of a column, an ASCII text that can't say the word is left out before it is folded; a word of Han
 * characters is looked for as it is written, and only texts with other signs in them are folded.
 */
export function containsWord(
  text: string,
  forms: readonly string[],
): { readonly sql: string; readonly parameters: readonly string[] } {
  const test = contains(text, forms.length);
  const asked = (patterns: readonly string[]): string => patterns.map(() => `${text} LIKE ?`).join(' OR ');
  if (!COLUMN.test(text)) return { sql: test, parameters: forms };
  if (forms.every((form) => HAN.test(form))) {
    const patterns = forms.map((form) => `%${form}%`);
    return { sql: `(${asked(patterns)} OR NOT (${isPlain(text)}) AND ${test})`, parameters: [...patterns, ...forms] };
  }
  const patterns = forms.flatMap((form) => patternOf(form) ?? []);
  if (patterns.length < forms.length) return { sql: test, parameters: forms };
  const may = `(${asked(patterns)} OR length(${text}) <> octet_length(${text}))`;
  return { sql: `${may} AND ${test}`, parameters: [...patterns, ...forms] };
}

/** Words of the search index, which are folded already, contain a word in one of so many forms. */
export const holds = (column: string, forms = 1): string => anyOf(column, forms);

/** A text begins with another of that many characters. */
export const begins = (column: string, length: number): string => `substr(${column}, 1, ${length}) = ?`;

/** The values of a group in one text. */
export const joined = (expression: string, separator: string): string =>
  `group_concat(${expression}, '${separator.replaceAll("'", "''")}')`;

/** The calendar day here of an instant. */
export const localDay = (column: string): string => `date(${column}, 'localtime')`;

/** Equal, or both without a value. */
export const same = (one: string, other: string): string => `${one} IS ${other}`;

/** Not equal, or only one of them without a value. */
export const differs = (one: string, other: string): string => `${one} IS NOT ${other}`;

/** What a column of JSON says under a key. */
export const inJson = (column: string, key: string): string => `json_extract(${column}, '$.${key}')`;

/** What a column of JSON says under the key that another column names. */
export const inJsonUnder = (column: string, key: string): string => `json_extract(${column}, '$.' || ${key})`;

/** The first value of an object of a column of JSON. */
export const firstInJson = (column: string, key: string): string =>
  `(SELECT j.value FROM json_each(${column}, '$.${key}') j LIMIT 1)`;

/** A text has these characters in it, as they are written. */
export const says = (column: string, characters: string): string =>
  `instr(${column}, '${characters.replaceAll("'", "''")}') > 0`;

/** The day so many days before another. */
export const dayMinus = (day: string, days: number): string => `date(${day}, '-${days} days')`;

/** Days from one day to another. */
export const daysBetween = (from: string, to: string): string =>
  `CAST(julianday(${to}) - julianday(${from}) AS INTEGER)`;

/** The digits of an exact decimal as a number: to compare and to sort by. */
export const asNumber = (column: string): string => `CAST(${column} AS REAL)`;

/** A column by which no index is to be chosen: another one is the better. */
export const unindexed = (column: string): string => `+${column}`;

/** A table read in the order of one of its indexes. */
export const inOrderOf = (table: string, index: string): string => `${table} INDEXED BY "${index}"`;

/** Always, and never. */
export const ALWAYS = '1 = 1';
export const NEVER = '1 = 0';

/** A condition does not hold, be it false or without an answer. */
export const isNot = (condition: string): string => `(${condition}) IS NOT TRUE`;

/** A term of ORDER BY in which rows without a value come last. */
export const ordered = (expression: string, descending: boolean, nullable: boolean): string =>
  descending
    ? `${expression} DESC${nullable ? ' NULLS LAST' : ''}`
    : `${expression} ASC${nullable ? ' NULLS LAST' : ''}`;
