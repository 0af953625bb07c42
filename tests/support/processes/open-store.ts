// A process that opens a workspace, writes one action, and says what it found: `open-store.ts FOLDER [next]`.
// With `next` it is a later release: it has one more migration, which rebuilds a table, so that its triggers go, and fills a new column.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openStore } from '../../../db/index.ts';
import { MIGRATION_NAMES, MIGRATIONS } from '../../../db/migrations/index.ts';
import { area } from '../../../domain/areas/entities.ts';
import { DERIVATIONS } from '../../../services/derived/index.ts';

class NextStore1999000000000 implements MigrationInterface {
  readonly name = 'NextStore1999000000000';

  async up(runner: QueryRunner): Promise<void> {
    const [table] = (await runner.query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'contact'")) as {
      sql: string;
    }[];
    const indexes = (await runner.query(
      "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'contact' AND sql IS NOT NULL",
    )) as { sql: string }[];
    await runner.query('ALTER TABLE enterprise ADD COLUMN next_text text');
    await runner.query('UPDATE enterprise SET next_text = name');
    await runner.query((table?.sql ?? '').replace('CREATE TABLE "contact"', 'CREATE TABLE "contact_next"'));
    await runner.query('INSERT INTO contact_next SELECT * FROM contact');
    await runner.query('DROP TABLE contact');
    await runner.query('ALTER TABLE contact_next RENAME TO contact');
    for (const { sql } of indexes) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('there is no way back'));
  }
}

const [, , folder, mode] = process.argv as string[];
if (mode === 'next') {
  (MIGRATIONS as (new () => MigrationInterface)[]).push(NextStore1999000000000);
  (MIGRATION_NAMES as string[]).push(NextStore1999000000000.name);
}
const store = await openStore(folder as string, DERIVATIONS);
if (!store.deviceTag) await store.enrolDevice('A1B2C3D4E5');
if (!store.readOnlyReason)
  await store.withAction(
    { name: '打开之后', actor: '甲', source: 'form' },
    async (tx) => await tx.insert(area, { level: 'town', name: '之后' } as never),
  );
process.stdout.write(`${JSON.stringify({ readOnlyReason: store.readOnlyReason })}\n`);
await store.close();
