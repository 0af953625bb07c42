// SQL put together from pieces that carry their own parameters, so that these stay in the order of the text.
import type { SqlValue } from '../../db/index.ts';

/** SQL with its parameters. */
export interface Sql {
  sql: string;
  parameters: SqlValue[];
}

/** Text and pieces in a row: `` q`${column} = ${param(value)}` ``; strings are SQL of our own, never values. */
export function q(text: TemplateStringsArray, ...parts: readonly (Sql | string | number)[]): Sql {
  const parameters: SqlValue[] = [];
  let sql = text[0] ?? '';
  parts.forEach((part, at) => {
    if (typeof part === 'object') {
      sql += part.sql;
      parameters.push(...part.parameters);
    } else sql += String(part);
    sql += text[at + 1] ?? '';
  });
  return { sql, parameters };
}

/** A value as a parameter. */
export const param = (value: SqlValue): Sql => ({ sql: '?', parameters: [value] });

/** SQL without parameters. */
export const raw = (sql: string): Sql => ({ sql, parameters: [] });

/** Pieces joined by a word. */
export function joined(parts: readonly Sql[], word: string): Sql {
  return { sql: parts.map((part) => part.sql).join(word), parameters: parts.flatMap((part) => part.parameters) };
}

/** All of them; nothing to ask is true. */
export const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? raw('1 = 1') : joined(conditions, ' AND ');
