// How many rows a choice has, kept until a commit may change it.
import type { SqlReader, Store } from '../../db/index.ts';
import type { Sql } from './sql.ts';

/** A count and the kinds whose rows can change it; null: those of any kind may. */
interface Count {
  readonly n: number;
  readonly of: readonly string[] | null;
}
interface Counts {
  readonly known: Map<string, Count>;
  age: number;
}
/** Counts that still hold; one that was begun before a commit must not outlive it. */
const kept = new WeakMap<Store, Counts>();
const MOST_COUNTS = 200;

function countsOf(store: Store): Counts {
  const there = kept.get(store);
  if (there) return there;
  const fresh: Counts = { known: new Map(), age: 0 };
  kept.set(store, fresh);
  store.onCommit((touched) => {
    fresh.age += 1;
    for (const [key, { of }] of fresh.known) if (!of || of.some((kind) => touched.has(kind))) fresh.known.delete(key);
  });
  return fresh;
}

/** Rows that are counted; `of`: the kinds whose rows can change the count, null where those of any kind may. */
export interface Counted {
  readonly from: string;
  readonly where: Sql;
  readonly of: readonly string[] | null;
}

const keyOf = ({ from, where }: Counted): string => JSON.stringify([from, where.sql, where.parameters]);

/** The count of a choice where it is known and still holds. */
export const knownCount = (store: Store, counted: Counted): number | null =>
  countsOf(store).known.get(keyOf(counted))?.n ?? null;

/** What `find` says of a choice; the count in it is kept unless something was written meanwhile. */
export async function keepingCount<T extends { readonly total: number | null }>(
  store: Store,
  counted: Counted,
  find: () => Promise<T>,
): Promise<T> {
  const counts = countsOf(store);
  const { age } = counts;
  const found = await find();
  if (found.total === null || counts.age !== age) return found;
  if (counts.known.size >= MOST_COUNTS) counts.known.clear();
  counts.known.set(keyOf(counted), { n: found.total, of: counted.of });
  return found;
}

/** How many rows a choice has. */
export async function countOf(store: Store, read: SqlReader, counted: Counted): Promise<number> {
  const known = knownCount(store, counted);
  if (known !== null) return known;
  const { from, where } = counted;
  const { total } = await keepingCount(store, counted, async () => {
    const found = await read.sqlOne<{ n: number }>(
      `SELECT count(*) AS n FROM ${from} WHERE ${where.sql}`,
      where.parameters,
    );
    return { total: found?.n ?? 0 };
  });
  return total;
}
