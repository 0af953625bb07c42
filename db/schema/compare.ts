// Whether a database holds what our migrations make, and nothing else. Asked before anything of the database runs: a view, a
// generated column or a trigger is a program of whoever wrote the file.
import Database from 'better-sqlite3';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MIGRATIONS } from '../migrations/index.ts';
import { defineRules } from '../rules.ts';

type RawDatabase = Database.Database;

/** A line of `sqlite_master`; `sql` is null for the indexes that SQLite makes itself. */
interface SchemaObject {
  type: string;
  name: string;
  table: string;
  sql: string | null;
}

/** What a database holds besides, without or other than ours, by name; and the migrations in it that we do not know. */
export interface SchemaLook {
  applied: string[];
  unknown: string[];
  foreign: string[];
}

/** How the mapper keeps the names of the migrations. */
const MIGRATION_TABLE =
  'CREATE TABLE "migration" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "timestamp" bigint NOT NULL, "name" varchar NOT NULL)';
/** Tables of SQLite itself, which a query planner or a counter may have made. */
const OF_SQLITE: ReadonlySet<string> = new Set(['sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4']);
/** More migrations, or longer names, than any release has: whoever writes that means harm. */
const MIGRATIONS_READ = 1000;
/** More objects, or longer texts, than ours: what lies beyond is not read, and what is read differs. */
const OBJECTS_READ = 10_000;
const TEXT_READ = 100_000;
/** Names said to people and written into logs. */
const NAME_SHOWN = 80;

const made = new Map<string, Promise<ReadonlyMap<string, string>>>();

const keyOf = ({ type, name }: SchemaObject): string => `${type} ${name}`;
const textOf = ({ table, sql }: SchemaObject): string => `${table}: ${(sql ?? '').replace(/\s+/g, ' ').trim()}`;

/** Everything that the schema names, as far as we could have made it; reading it runs nothing of it. */
const objectsOf = (db: RawDatabase): SchemaObject[] =>
  db
    .prepare(
      `SELECT type, name, tbl_name AS "table", substr(sql, 1, ${TEXT_READ}) AS sql FROM sqlite_master LIMIT ${OBJECTS_READ}`,
    )
    .all() as SchemaObject[];

/** As much of the mapper's runner as frozen migrations use. */
const runnerOver = (db: RawDatabase): QueryRunner =>
  ({
    query: async (sql: string, parameters: unknown[] = []) => {
      const statement = db.prepare(sql);
      return await Promise.resolve(statement.reader ? statement.all(...parameters) : statement.run(...parameters));
    },
  }) as unknown as QueryRunner;

/** The schema that these migrations make, in this order, on an empty database. */
async function schemaAfter(applied: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const db = new Database(':memory:');
  try {
    // Migrations may ask rules of the domain.
    defineRules(db);
    db.pragma('foreign_keys = OFF');
    db.exec('BEGIN');
    if (applied.length > 0) db.exec(MIGRATION_TABLE);
    for (const name of applied) {
      const Step = MIGRATIONS.find((m) => m.name === name) as new () => MigrationInterface;
      await new Step().up(runnerOver(db));
    }
    return new Map(objectsOf(db).map((o) => [keyOf(o), textOf(o)]));
  } finally {
    db.close();
  }
}

/** What these migrations make, made once per process; null where they can't be run in that order. */
async function expected(applied: readonly string[]): Promise<ReadonlyMap<string, string> | null> {
  const key = applied.join('\n');
  const known = made.get(key);
  if (known) return await known;
  const fresh = schemaAfter(applied);
  made.set(key, fresh);
  return await fresh.catch(() => {
    made.delete(key);
    return null;
  });
}

/**
 * Triggers of the log on tables and the view that are ours: their text is compared apart, and those of an older release
 * are taken away unrun.
 */
function isCapture({ type, name, table }: SchemaObject, ours: ReadonlyMap<string, string>): boolean {
  const isOurs = ours.has(`table ${table}`) || ours.has(`view ${table}`);
  return type === 'trigger' && isOurs && /^_[iuxd]$/.test(name.replace(`cap_${table}`, ''));
}

function appliedIn(db: RawDatabase, objects: readonly SchemaObject[]): string[] | null {
  const table = objects.find((o) => o.name === 'migration');
  if (!table) return [];
  if (table.type !== 'table' || textOf(table) !== `migration: ${MIGRATION_TABLE}`) return null;
  const names = db.prepare(`SELECT name FROM migration ORDER BY id LIMIT ${MIGRATIONS_READ}`).pluck().all();
  return names.map((name) => String(name).slice(0, NAME_SHOWN));
}

/**
 * Compares the schema of a database with what the migrations that it names make. A database of a newer release (`unknown`) is not
 * compared: it is refused by that.
 * @throws SQLite's errors, where the file can't be read
 */
export async function compareSchema(db: RawDatabase): Promise<SchemaLook> {
  const objects = objectsOf(db);
  const applied = appliedIn(db, objects);
  if (applied === null) return { applied: [], unknown: [], foreign: ['migration'] };
  const unknown = applied.filter((name) => !MIGRATIONS.some((m) => m.name === name));
  if (unknown.length > 0) return { applied, unknown, foreign: [] };
  const ours = await expected(applied);
  if (!ours) return { applied, unknown, foreign: ['migration'] };
  const found = new Map(objects.map((o) => [keyOf(o), o]));
  const foreign = objects
    .filter((o) => ours.get(keyOf(o)) !== textOf(o))
    .filter((o) => !isCapture(o, ours) && !(o.type === 'table' && OF_SQLITE.has(o.name)))
    .map((o) => o.name);
  const missing = [...ours.keys()].filter((key) => !found.has(key)).map((key) => key.slice(key.indexOf(' ') + 1));
  return { applied, unknown, foreign: [...new Set([...foreign, ...missing])].map((n) => n.slice(0, NAME_SHOWN)) };
}
