// What the engine and the log say is wrong with an open store.
import { ENTITIES } from '../domain/entities.ts';
import type { Reader } from './reader.ts';
import { tableOf } from './schema/columns.ts';

/** What is wrong with a store, as far as the engine and the log can tell. */
export interface StoreFaults {
  /** What the engine says of damage; null where it finds none. */
  readonly damage: string | null;
  /** References that lead nowhere, and a table that has one. */
  readonly dangling: { readonly rows: number; readonly table: string };
  /** Chains of operations of which some are missing. */
  readonly holes: number;
}

/** Looks at everything; takes long on a large store. */
export async function faultsOf(read: Reader): Promise<StoreFaults> {
  const integrity = await read.sqlOne<{ integrity_check: string }>('PRAGMA integrity_check');
  const foreign = await read.sql<{ table: string }>('PRAGMA foreign_key_check');
  const holes = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT h.stream_no FROM sync_have h JOIN sync_op o ON o.stream_no = h.stream_no AND o.device_no = h.device_no
     GROUP BY h.stream_no, h.device_no HAVING count(*) <> max(h.upto))`,
  );
  return {
    damage: integrity?.integrity_check === 'ok' ? null : (integrity?.integrity_check ?? ''),
    dangling: { rows: foreign.length, table: foreign[0]?.table ?? '' },
    holes: holes?.n ?? 0,
  };
}

/** Rows of every kind and operations of the log, by table. */
export async function rowCounts(read: Reader): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...ENTITIES.map(tableOf), 'sync_op'])
    counts[table] = (await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n ?? 0;
  return counts;
}
