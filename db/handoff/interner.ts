// Small numbers for the ids of streams and tags of devices in the log's tables.
import type Database from 'better-sqlite3';
import { StreamMemory } from './memory.ts';
import { statementOf, valuesOf } from './statements.ts';

/** Finds or makes the numbers. Valid for one transaction. */
export class Interner {
  readonly #db: Database.Database;
  readonly #streams = new StreamMemory<number>();
  readonly #devices = new Map<string, number>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Number of a stream. */
  stream(id: string): number {
    return this.#number(this.#streams, 'sync_stream', 'id', id);
  }

  /** Number of a device. */
  device(tag: string): number {
    return this.#number(this.#devices, 'sync_device', 'tag', tag);
  }

  #number(known: Map<string, number>, table: string, column: string, value: string): number {
    let no = known.get(value);
    if (no === undefined) {
      statementOf(this.#db, `INSERT INTO ${table}(${column}) VALUES (?) ON CONFLICT(${column}) DO NOTHING`).run(value);
      no = valuesOf(this.#db, `SELECT no FROM ${table} WHERE ${column} = ?`).get(value) as number;
      known.set(value, no);
    }
    return no;
  }
}
