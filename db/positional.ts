// Parameters of SQL as the driver takes them.

/** Values that SQLite can bind. */
export type SqlValue = string | number | null;

/** `?1 … ?1` as `? … ?` with the value given twice: the driver takes numbered parameters for named ones. */
export function positional(query: string, parameters: readonly SqlValue[]): [string, SqlValue[]] {
  if (!/\?\d/.test(query)) return [query, [...parameters]];
  const values: SqlValue[] = [];
  const sql = query.replace(/\?(\d+)/g, (_, number: string) => {
    values.push(parameters[Number(number) - 1] ?? null);
    return '?';
  });
  return [sql, values];
}
