// Copies of databases, for worker threads: every function opens its own connection by file path and closes it again.
import Database from 'better-sqlite3';
import { describeLost, knownFiles, nameFiles, stateOfFile, type KnownFile, type LostFile } from './attachments/lost.ts';
import { lastSequence } from './log-state.ts';
import { MIGRATION_NAMES } from './migrations/index.ts';
import { isSha256 } from './attachments/blob-store.ts';
import { compareSchema } from './schema/compare.ts';

/**
 * What a database file holds. `foreignKeyProblems` counts references without an object; `unknownMigrations` are those
 * of a newer version.
 */
export interface DatabaseFacts {
  counts: Record<string, number>;
  lastOperation: number;
  foreignKeyProblems: number;
  unknownMigrations: string[];
}

/** Pages of 16 KiB copied between two looks at the clock: 8 MiB. */
const PAGES_PER_STEP = 512;
const PROBLEMS_SHOWN = 20;

/**
 * Copies a database that may be in use, by SQLite's backup call, into one closed file without side files. The copy shows one
 * moment: the read transaction held open meanwhile keeps writers from restarting it.
 * @throws SQLite's errors; the half-made copy is then the caller's to remove
 */
export async function copyDatabase(
  file: string,
  target: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    source.pragma('busy_timeout = 10000');
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages);
        return PAGES_PER_STEP;
      },
    });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  const copy = new Database(target, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/**
 * What the schema of a database names that we did not make; `[]` of one that is ours, or of a newer release. Asked first: the checks
 * below run what stands in the schema.
 * @throws SQLite's errors
 */
export async function foreignSchema(file: string): Promise<string[]> {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return (await compareSchema(db)).foreign;
  } finally {
    db.close();
  }
}

/** SQLite's own check: `[]` when the file is sound, else what it complains about (also when it can't be opened at all). */
export function checkDatabase(file: string, thorough: boolean): string[] {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const lines = db.pragma(`${thorough ? 'integrity_check' : 'quick_check'}(${PROBLEMS_SHOWN})`) as Record<
      string,
      string
    >[];
    const said = lines.flatMap((line) => Object.values(line)).filter((text) => text !== 'ok');
    return said;
  } catch (error) {
    return [(error as Error).message];
  } finally {
    db?.close();
  }
}

/** Rows per table, last operation, dangling references, migrations we do not know. @throws SQLite's errors */
export function databaseFacts(file: string): DatabaseFacts {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    const counts = Object.fromEntries(
      tables.map((name) => [
        name,
        db
          .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
          .pluck()
          .get() as number,
      ]),
    );
    const known = new Set(MIGRATION_NAMES);
    const applied = tables.includes('migration')
      ? (db.prepare('SELECT name FROM migration').pluck().all() as string[])
      : [];
    return {
      counts,
      unknownMigrations: applied.filter((name) => !known.has(name)),
      lastOperation: tables.includes('sync_op') ? (db.prepare(lastSequence()).pluck().get() as number) : 0,
      foreignKeyProblems: (db.pragma('foreign_key_check') as unknown[]).length,
    };
  } finally {
    db.close();
  }
}

/**
 * Name of the first office and the hashes of all files in the attachment folder that a database knows of: they become paths, so what is
 * no hash is left out.
 * @throws SQLite's errors
 */
export function databaseOwner(file: string): { office: string; attachments: string[] } {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const office =
      (db.prepare('SELECT name FROM office ORDER BY created_at LIMIT 1').pluck().get() as string | undefined) ?? '';
    const tables = db
      .prepare(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'sha256' WHERE m.type = 'table'",
      )
      .pluck()
      .all() as string[];
    const known = new Set<string>();
    for (const table of tables) {
      for (const sha256 of db
        .prepare(`SELECT DISTINCT sha256 FROM "${table.replaceAll('"', '""')}" WHERE sha256 IS NOT NULL`)
        .pluck()
        .iterate() as Iterable<string>)
        if (isSha256(sha256)) known.add(sha256);
    }
    return { office, attachments: [...known].sort() };
  } finally {
    db.close();
  }
}

/**
 * Makes a restored database a new incarnation: it belongs to no device until one is enrolled at the next opening, and what it
 * remembers of its own backups and checks, which tell of another file, is forgotten. The name of a second folder stays as a proposal.
 */
export function forgetIncarnation(file: string): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.exec(
      "UPDATE sync_local SET tag = ''; DELETE FROM store_setting WHERE key IN ('lastBackup', 'secondBackup', 'secondBackupFor', 'integrity')",
    );
  } finally {
    db.close();
  }
}

/** Contents that rows of a database know and that are not in the folder in their size. @throws SQLite's errors */
export function fileStates(file: string, folder: string): (KnownFile & { state: LostFile['state'] })[] {
  return withCopy(file, (db) =>
    knownFiles(db).flatMap((known) => {
      const state = stateOfFile(folder, known);
      return state ? [{ ...known, state }] : [];
    }),
  );
}

/**
 * Those of these files that are a loss, named for people: damaged ones, and what one of `devices` kept (or nobody can say who).
 * What another computer keeps and never sent is no loss.
 * @throws SQLite's errors
 */
export function lostFilesIn(
  file: string,
  states: readonly { sha256: string; state: LostFile['state']; device?: string }[],
  devices: readonly string[],
): LostFile[] {
  const lost = states.filter((s) => s.state === 'damaged' || !s.device || devices.includes(s.device));
  const once = [...new Map(lost.map((s) => [s.sha256, { sha256: s.sha256, state: s.state }])).values()];
  return withCopy(file, (db) => describeLost(db, once));
}

/** Contents that rows of a database know. @throws SQLite's errors */
export const contentsIn = (file: string): string[] =>
  withCopy(file, (db) => knownFiles(db).map((known) => known.sha256));

/** Names of contents for people, by SHA-256. @throws SQLite's errors */
export const namesIn = (file: string, contents: readonly string[]): string[] =>
  withCopy(file, (db) => [...nameFiles(db, contents).values()]);

function withCopy<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
