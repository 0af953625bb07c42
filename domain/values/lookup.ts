// Tables that are asked for names from outside: files, addresses, people.

/** A table whose only names are its own: plain objects also answer to `constructor` and `toString`. */
export function lookup<T extends object>(entries: T): T {
  return Object.assign(Object.create(null) as T, entries);
}
