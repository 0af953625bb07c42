// A database whose schema is not ours: nothing of it runs, and it is left as it was.
import { expect, test, afterEach } from 'vitest';
import { checkDatabase, databaseOwner, foreignSchema, openStore, type Derivations } from '../../db/index.ts';
import { fileHash, openTestStore, seedEnterprise, tamper, type TestStore } from '../support/store.ts';

const NONE: Derivations = {
  own: {},
  settle: async () => {
    await Promise.resolve();
  },
};

const after: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const f of after.splice(0).reverse()) await f();
});

/** A closed workspace with an enterprise. */
async function closed(): Promise<TestStore> {
  const t = await openTestStore();
  after.push(() => t.close());
  await seedEnterprise(t.store);
  await t.store.close();
  return t;
}

const FOR_EVER = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS name, i AS id FROM n';

test.each([
  ['a view', 'foreign_view', 'CREATE VIEW foreign_view AS SELECT name FROM enterprise'],
  [
    'a trigger on a table of the log',
    'foreign_trigger',
    "CREATE TRIGGER foreign_trigger AFTER UPDATE ON sync_local BEGIN UPDATE office SET name = 'x'; END",
  ],
  [
    'a trigger named like those of the log, on a table that is none',
    'cap_sync_local_z',
    'CREATE TRIGGER cap_sync_local_z AFTER UPDATE ON sync_local BEGIN SELECT 1; END',
  ],
  ['a table', 'foreign "table', 'CREATE TABLE "foreign ""table" (sha256 TEXT)'],
  ['an index', 'foreign_index', 'CREATE INDEX foreign_index ON enterprise (abs(length(name)))'],
  ['a virtual table', 'foreign_words', 'CREATE VIRTUAL TABLE foreign_words USING fts5(words)'],
  ['a column that is computed', 'grid', 'ALTER TABLE grid ADD COLUMN more TEXT AS (abs(length(name)))'],
  ['a table less', 'grid_area', 'PRAGMA foreign_keys = OFF; DROP TABLE grid_area'],
  [
    'a view in place of the list of migrations, which would never end',
    'migration',
    `DROP TABLE migration; CREATE VIEW migration AS ${FOR_EVER}`,
  ],
])('a database with %s is refused by name before anything of it runs, and left as it was', async (_what, name, sql) => {
  const t = await closed();
  expect(await foreignSchema(t.store.file)).toEqual([]);
  tamper(t.store.file, sql);
  const before = fileHash(t.store.file);
  expect(await foreignSchema(t.store.file)).toContain(name);
  await expect(openStore(t.folder, NONE)).rejects.toMatchObject({
    code: 'WORKSPACE_FOREIGN',
    data: { foreign: expect.arrayContaining([name]) as string[] },
  });
  expect(fileHash(t.store.file)).toBe(before);
  expect(checkDatabase(t.store.file, true)).toEqual([]);
});

test('statistics that SQLite itself keeps are no foreign table', async () => {
  const t = await closed();
  tamper(t.store.file, 'ANALYZE');
  t.store = await openStore(t.folder, NONE);
  expect(t.store.readOnlyReason).toBeNull();
});

test('what a database says is a file is taken for one only where it is a hash', async () => {
  const t = await closed();
  const good = 'a'.repeat(64);
  const row = (id: string, sha256: string): string =>
    `INSERT INTO attachment(id, created_at, updated_at, owner_entity, owner_id, name, mime, kind, size, seq, sha256)
     VALUES ('${id}', '', '', 'area', 'x', 'n', 'm', 'document', 1, 0, '${sha256}')`;
  tamper(
    t.store.file,
    `DROP TRIGGER cap_attachment_i; ${row('1', good)}; ${row('2', '../../../../etc/passwd')}; ${row('3', 'A'.repeat(64))}`,
  );
  expect(databaseOwner(t.store.file).attachments).toEqual([good]);
});
