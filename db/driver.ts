// SQLite's own code, which is loaded with the first database that a thread opens.
import Database from 'better-sqlite3';

/** Loads it now: a thread that is ended while it does so takes the whole process with it. */
export function loadDriver(): void {
  new Database(':memory:').close();
}
