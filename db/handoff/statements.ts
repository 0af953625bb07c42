// Statements kept per connection. What is asked row by row must not be compiled each time: that takes longer than the answer,
// and the memory of a statement is given back only when the collector of JavaScript, which does not see it, happens to run.
import type Database from 'better-sqlite3';

const kept = new WeakMap<Database.Database, Map<string, Database.Statement>>();

function keep(db: Database.Database, key: string, make: () => Database.Statement): Database.Statement {
  let statements = kept.get(db);
  if (!statements) kept.set(db, (statements = new Map()));
  let statement = statements.get(key);
  if (!statement) statements.set(key, (statement = make()));
  return statement;
}

/** A statement of this connection, compiled once. Not for `iterate`: it may be asked again before an iteration ends. */
export const statementOf = (db: Database.Database, sql: string): Database.Statement =>
  keep(db, sql, () => db.prepare(sql));

/** The same, of which the first column is wanted. */
export const valuesOf = (db: Database.Database, sql: string): Database.Statement =>
  keep(db, `values ${sql}`, () => db.prepare(sql).pluck());
