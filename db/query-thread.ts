// The thread that runs long queries, on a connection of its own that can't write.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { READING_CACHE_KIB } from './page-cache.ts';
import { positional, type SqlValue } from './positional.ts';
import { defineRules } from './rules.ts';

/** A query, and what it gave, portion by portion: thousands of rows at once would hold the thread that takes them. */
export interface Query {
  no: number;
  sql: string;
  parameters: readonly SqlValue[];
}
export interface Answer {
  no: number;
  rows: unknown[];
  /** No more rows follow. */
  isLast: boolean;
  error?: { message: string; code?: string };
}

const port = parentPort;
const db = new Database(workerData as string, { readonly: true, fileMustExist: true });
db.pragma('busy_timeout = 10000');
db.pragma(`cache_size = -${READING_CACHE_KIB}`);
db.pragma('mmap_size = 268435456');
db.pragma('temp_store = MEMORY');
defineRules(db);

/** Rows of one message. */
const PORTION = 1000;

function answer(no: number, query: Query): void {
  const [sql, values] = positional(query.sql, query.parameters);
  let rows: unknown[] = [];
  for (const row of db.prepare(sql).iterate(...values)) {
    rows.push(row);
    if (rows.length < PORTION) continue;
    port?.postMessage({ no, rows, isLast: false } satisfies Answer);
    rows = [];
  }
  port?.postMessage({ no, rows, isLast: true } satisfies Answer);
}

port?.on('message', (query: Query | 'close') => {
  if (query === 'close') {
    db.close();
    port.close();
    return;
  }
  const { no } = query;
  try {
    answer(no, query);
  } catch (error) {
    const { message, code = '' } = error as { message: string; code?: string };
    port.postMessage({ no, rows: [], isLast: true, error: { message, code } } satisfies Answer);
  }
});
