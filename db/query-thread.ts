// The thread that runs long queries, on a connection of its own that can't write.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { READING_CACHE_KIB } from './page-cache.ts';
import { positional, type SqlValue } from './positional.ts';
import { defineRules } from './rules.ts';

/** A query, and what it gave. */
export interface Query {
  no: number;
  sql: string;
  parameters: readonly SqlValue[];
}
export interface Answer {
  no: number;
  rows?: unknown[];
  error?: { message: string; code?: string };
}

const port = parentPort;
const db = new Database(workerData as string, { readonly: true, fileMustExist: true });
db.pragma('busy_timeout = 10000');
db.pragma(`cache_size = -${READING_CACHE_KIB}`);
db.pragma('mmap_size = 268435456');
db.pragma('temp_store = MEMORY');
defineRules(db);

port?.on('message', (query: Query | 'close') => {
  if (query === 'close') {
    db.close();
    port.close();
    return;
  }
  const answer: Answer = { no: query.no };
  try {
    const [sql, values] = positional(query.sql, query.parameters);
    answer.rows = db.prepare(sql).all(...values);
  } catch (error) {
    answer.error = { message: (error as Error).message, code: (error as { code?: string }).code ?? '' };
  }
  port.postMessage(answer);
});
