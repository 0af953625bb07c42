// Opens the two connections of a store: one that writes, one that only reads.
import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { ENTITY_SCHEMAS } from './schema/entity-schemas.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { READING_CACHE_KIB, WRITING_CACHE_KIB } from './page-cache.ts';
import { defineRules } from './rules.ts';

type RawDatabase = Database.Database;

/** Page size of new databases. */
const PAGE_BYTES = 16_384;

/** Reads the clock of the capture triggers: see HybridClock. */
export type ReadClock = () => string;

function prepare(db: RawDatabase, hlc: ReadClock | null): void {
  db.pragma('busy_timeout = 10000');
  db.pragma('recursive_triggers = ON');
  db.pragma('mmap_size = 268435456');
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${hlc ? WRITING_CACHE_KIB : READING_CACHE_KIB}`);
  defineRules(db);
  if (!hlc) return;
  // Of a new file only: a commit is written page by page, and fewer pages are written faster.
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = WAL');
  // The store itself syncs the log before it reports an action as done: see LogSync.
  db.pragma('synchronous = NORMAL');
  db.function('sd_hlc', { deterministic: false }, hlc);
  // The same as an aggregate over one row, for insertTrigger.
  db.aggregate('sd_hlc_of', { start: null, deterministic: false, step: (_: unknown, _one: unknown) => hlc() });
}

/** The connection that writes; only the write lane uses it. */
export async function openWriting(file: string, hlc: ReadClock): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: file,
    driver: Database,
    entities: [...ENTITY_SCHEMAS],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'migration',
    statementCacheSize: 500,
    synchronize: false,
    logging: false,
    prepareDatabase: (db: RawDatabase) => prepare(db, hlc),
  });
  return await source.initialize();
}

/** A connection that can't write, for lists, pages and statistics. */
export async function openReading(file: string): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: file,
    driver: Database,
    entities: [...ENTITY_SCHEMAS],
    readonly: true,
    fileMustExist: true,
    statementCacheSize: 500,
    synchronize: false,
    logging: false,
    prepareDatabase: (db: RawDatabase) => prepare(db, null),
  });
  return await source.initialize();
}

/** The driver's own connection below a data source. */
export function rawOf(source: DataSource): RawDatabase {
  return (source.driver as unknown as { databaseConnection: RawDatabase }).databaseConnection;
}
