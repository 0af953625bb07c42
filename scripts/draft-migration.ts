// Writes the migration from the newest released schema to what the dictionary says now, and its line in the index:
// npm run draft-migration [name]. Nothing is written where nothing is to be done.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWriting, rawOf } from '../db/connection.ts';
import { MIGRATION_NAMES } from '../db/migrations/index.ts';
import { ENTITIES } from '../domain/entities.ts';
import { indexWith, migrationFile, schemaChange } from './lib/migration-draft.ts';
import { runBin } from './lib/run.ts';

const PLACE = join('db', 'migrations');
const INDEX = join(PLACE, 'index.ts');

const folder = mkdtempSync(join(tmpdir(), 'steward-draft-'));
const source = await openWriting(join(folder, 'draft.db'), () => '');
await source.runMigrations();
const db = rawOf(source);
const change = schemaChange(ENTITIES, (sql) => db.prepare(sql).all() as Record<string, unknown>[]);
await source.destroy();
rmSync(folder, { recursive: true, force: true });

if (change.statements.length === 0) console.log('The migrations make what the dictionary says: nothing to write.');
else {
  const numbers = readdirSync(PLACE).flatMap((name) => /^(\d+)-/.exec(name)?.[1] ?? []);
  const stamps = MIGRATION_NAMES.map((name) => Number(/(?<!\d)\d+$/.exec(name)?.[0]));
  const file = migrationFile(
    change,
    numbers.map((number, place) => ({ number: Number(number), stamp: stamps[place] ?? 0 })),
    Date.now(),
    process.argv[2],
  );
  writeFileSync(join(PLACE, file.fileName), file.text);
  writeFileSync(INDEX, indexWith(readFileSync(INDEX, 'utf8'), file));
  await runBin('prettier', 'prettier', ['--write', '--log-level', 'warn', join(PLACE, file.fileName), INDEX]);
  console.log(
    `Written: ${join(PLACE, file.fileName)} (${change.statements.length} statements) and its line in ${INDEX}.`,
  );
}
