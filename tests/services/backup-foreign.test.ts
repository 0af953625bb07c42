// Backups whose database was made by somebody else: refused before anything of it runs, and nothing is left.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { peekManifest, writeBackup } from '../../services/backup-file/index.ts';
import { closeWorkers, inBackground } from '../../services/workers/index.ts';
import { BackupPlace, coded } from '../support/backups.ts';
import { tamper } from '../support/store.ts';

let place: BackupPlace;
beforeEach(async () => {
  place = await BackupPlace.open();
});
afterEach(async () => {
  await place.close();
});
afterAll(async () => {
  await closeWorkers();
});

const FOREIGN: readonly (readonly [string, string])[] = [
  [
    'a trigger that sends later backups elsewhere',
    `CREATE TRIGGER theirs AFTER UPDATE ON sync_local
     BEGIN INSERT OR REPLACE INTO store_setting(key, value) VALUES ('secondBackupFolder', '/somewhere'); END`,
  ],
  [
    'a view that never ends',
    'CREATE VIEW theirs AS WITH RECURSIVE n(sha256) AS (SELECT 1 UNION ALL SELECT sha256 + 1 FROM n) SELECT * FROM n',
  ],
  ['a table with a name that breaks out of quotes', 'CREATE TABLE "x"" UNION SELECT 1 --" (sha256 TEXT)'],
];

/** The workspace's database with a schema that is not ours, and its backup as whoever made it would write it. */
async function forged(sql: string): Promise<{ database: string; backup: string }> {
  const made = await place.make();
  const database = join(place.root, 'forged.db');
  await place.ctx.store.backupTo(database);
  tamper(database, sql);
  const backup = join(place.root, 'forged.sdbackup');
  const about = await peekManifest(made.path);
  const scratch = join(place.root, 'scratch');
  await writeBackup(
    {
      database,
      attachmentFolder: null,
      files: join(place.root, 'w', 'attachments'),
      devices: [],
      scratch,
      partial: backup,
      passphrase: null,
      about,
    },
    () => undefined,
  );
  return { database, backup };
}

test.each(FOREIGN)('a backup with %s is refused on trial and in earnest, and nothing is left', async (_what, sql) => {
  const { database, backup } = await forged(sql);
  mkdirSync(join(place.root, 'bare'));
  const bare = join(place.root, 'bare', 'steward-20260101-080000.db');
  await copyFile(database, bare);
  for (const file of [backup, bare]) {
    await expect(place.verify(file), file).rejects.toMatchObject(coded('FOREIGN_SCHEMA'));
    await expect(place.restore(file, join(place.root, 'new')), file).rejects.toMatchObject(coded('FOREIGN_SCHEMA'));
    expect(existsSync(join(place.root, 'new')), file).toBe(false);
  }
});

test('a workspace with a foreign schema can be replaced by a backup of it, and is moved aside as it was', async () => {
  const made = await place.make();
  await place.desk.close();
  const file = join(place.root, 'w', 'steward.db');
  tamper(file, 'CREATE VIEW theirs AS SELECT 1');
  const bytes = readFileSync(file);
  await expect(place.newDesk().open(join(place.root, 'w'))).rejects.toMatchObject({ code: 'WORKSPACE_FOREIGN' });
  const done = await place.restore(made.path, join(place.root, 'w'), { replaceDamaged: true });
  expect(readFileSync(join(done.movedAside ?? '', 'steward.db')).equals(bytes)).toBe(true);
  const again = place.newDesk();
  await again.open(join(place.root, 'w'));
  await again.close();
});

test('a look into a database that says nothing for too long is ended, with a code of its own', async () => {
  const file = join(place.root, 'long.db');
  await place.ctx.store.backupTo(file);
  tamper(
    file,
    `CREATE TABLE long (a TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
     INSERT INTO long SELECT hex(randomblob(40)) FROM n; CREATE INDEX long_a ON long (a); DROP INDEX long_a`,
  );
  const signal = new AbortController().signal;
  const outcome = await inBackground('examine', { file, thorough: true }, () => undefined, signal, 0);
  expect(outcome).toEqual({ ok: false, code: 'TOO_LONG', detail: '' });
});
