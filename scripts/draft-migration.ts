// Prints the SQL that would bring the newest migrated schema to what the dictionary says now: a draft for a migration.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWriting } from '../db/connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'steward-draft-'));
const source = await openWriting(join(folder, 'draft.db'), () => '');
await source.runMigrations();
const log = await source.driver.createSchemaBuilder().log();
for (const { query } of log.upQueries) process.stdout.write(`${query};\n`);
await source.destroy();
rmSync(folder, { recursive: true, force: true });
