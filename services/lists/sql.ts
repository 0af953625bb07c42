// Pieces of SQL that carry their parameters along.
import type { SqlValue } from '../../db/index.ts';

/** SQL with the values of its question marks, in their order. */
export interface Sql {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export const sql = (text: string, ...parameters: SqlValue[]): Sql => ({ sql: text, parameters });

/** Pieces one after the other, with `between` between them. */
export const joinSql = (pieces: readonly Sql[], between: string): Sql => ({
  sql: pieces.map((p) => p.sql).join(between),
  parameters: pieces.flatMap((p) => p.parameters),
});

/** A piece inside text: `before` and `after` carry no parameters. */
export const within = (before: string, piece: Sql, after: string): Sql => ({
  sql: `${before}${piece.sql}${after}`,
  parameters: piece.parameters,
});

/** All hold; `always` where there are none. */
export const allOf = (pieces: readonly Sql[], always: string): Sql =>
  pieces.length === 0 ? sql(always) : joinSql(pieces, ' AND ');
