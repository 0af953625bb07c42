// Opening a workspace: schema, version, triggers, lock, and what a kill leaves behind.
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { afterEach, expect, test } from 'vitest';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { openStore, readFacts, tableOf, type Derivations } from '../../db/index.ts';
import { ENTITY_SCHEMAS } from '../../db/schema/entity-schemas.ts';
import { startNode, type Child } from '../support/child.ts';
import {
  act,
  columnNames,
  countOf,
  dumpOf,
  fileHash,
  holes,
  newFolder,
  openTestStore,
  replayed,
  seedEnterprise,
  tablesOf,
  tamper,
  type TestStore,
} from '../support/store.ts';

const NONE: Derivations = {
  own: {},
  settle: async () => {
    await Promise.resolve();
  },
};
const HOLD = join('tests', 'support', 'processes', 'hold-workspace.ts');
const WRITE = join('tests', 'support', 'processes', 'write-until-killed.ts');

const after: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const f of after.splice(0).reverse()) await f();
});
const open = async (): Promise<TestStore> => {
  const t = await openTestStore();
  after.push(() => t.close());
  return t;
};
const start = (script: string, ...args: string[]): Child => {
  const c = startNode(script, args);
  after.push(() => c.kill());
  return c;
};

test('the migrations make exactly the schema of the dictionary: nothing is left for the schema builder to do', async () => {
  const t = await open();
  await t.store.close();
  const source = await new DataSource({
    type: 'better-sqlite3',
    driver: Database,
    database: t.store.file,
    entities: [...ENTITY_SCHEMAS],
    migrationsTableName: 'migration',
  }).initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  expect(upQueries.map((q) => q.query)).toEqual([]);
});

test('every table is STRICT without REAL, every reference deferred and without cascade, no index unique', async () => {
  const t = await open();
  const tables = await t.store.read.sql<{ name: string; strict: number }>(
    "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration'",
  );
  expect(tables.filter((x) => x.strict !== 1).map((x) => x.name)).toEqual([]);
  expect(tables.length).toBeGreaterThan(ENTITIES.length);
  for (const entity of ENTITIES) {
    const table = tableOf(entity);
    const columns = await t.store.read.sql<{ name: string; type: string }>(
      `SELECT name, type FROM pragma_table_info('${table}')`,
    );
    expect(columns.map((c) => c.name)).toEqual(columnNames(entity));
    expect(columns.filter((c) => !['text', 'integer'].includes(c.type.toLowerCase()))).toEqual([]);
    expect(
      (
        await t.store.read.sql<{ name: string }>(
          `SELECT name FROM pragma_index_list('${table}') WHERE "unique" = 1 AND origin <> 'pk'`,
        )
      ).map((i) => i.name),
    ).toEqual([]);
    for (const key of await t.store.read.sql<{ on_delete: string; on_update: string }>(
      `SELECT on_delete, on_update FROM pragma_foreign_key_list('${table}')`,
    ))
      expect(key).toEqual({ on_delete: 'NO ACTION', on_update: 'NO ACTION' });
  }
  const ddl = (
    await t.store.read.sql<{ sql: string }>(
      "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'",
    )
  )
    .map((r) => r.sql)
    .join('\n');
  expect(ddl.match(/REFERENCES/g)?.length).toBe(ddl.match(/DEFERRABLE INITIALLY DEFERRED/g)?.length);
});

test('the queries that every screen makes use their indexes', async () => {
  const t = await open();
  const plan = async (sql: string) =>
    (await t.store.read.sql<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)).map((r) => r.detail).join(' | ');
  const hot: [string, RegExp][] = [
    ['SELECT id FROM enterprise ORDER BY pinyin, id LIMIT 50', /idx_enterprise_pinyin/],
    ["SELECT id FROM enterprise WHERE credit_code = 'x'", /idx_enterprise_credit_code/],
    ["SELECT id FROM enterprise WHERE name_key = 'x'", /idx_enterprise_name_key/],
    [
      "SELECT id FROM enterprise WHERE village_id = 'x' AND operating_status = 'y'",
      /idx_enterprise_village_id_operating_status/,
    ],
    ["SELECT id FROM contact WHERE enterprise_id = 'x'", /idx_contact_enterprise_id/],
    ["SELECT id FROM finding WHERE enterprise_id = 'x'", /idx_finding_enterprise_id/],
    ["SELECT id FROM finding WHERE status = 'open' AND deadline < '2026-01-01'", /idx_finding_status_deadline/],
    ["SELECT id FROM finding_step WHERE finding_id = 'x' ORDER BY date", /idx_finding_step_finding_id_date/],
    ["SELECT id FROM attachment WHERE owner_id = 'x'", /idx_attachment_owner_id/],
    ["SELECT local_seq FROM sync_op WHERE row_id = 'x'", /idx_sync_op_row/],
    ["SELECT local_seq FROM sync_op WHERE batch = 'x'", /idx_sync_op_batch/],
    ['SELECT id FROM action_log ORDER BY at DESC LIMIT 20', /idx_action_log_at/],
  ];
  for (const [sql, index] of hot) expect(await plan(sql), sql).toMatch(index);
});

test('a database of a newer version is refused untouched', async () => {
  const t = await open();
  await seedEnterprise(t.store);
  await t.store.close();
  tamper(t.store.file, "INSERT INTO migration(timestamp, name) VALUES (1999000000000, 'FromTheFuture1999000000000')");
  const before = fileHash(t.store.file);
  const files = readdirSync(t.folder).sort();
  await expect(openStore(t.folder, NONE)).rejects.toMatchObject({
    code: 'WORKSPACE_NEWER',
    data: { unknown: ['FromTheFuture1999000000000'] },
  });
  expect(fileHash(t.store.file)).toBe(before);
  expect(
    readdirSync(t.folder)
      .filter((f) => !/-(wal|shm)$/.test(f))
      .sort(),
  ).toEqual(files.filter((f) => !/-(wal|shm)$/.test(f)));
  expect(existsSync(join(t.folder, 'backups'))).toBe(false);
  // The refusal has also let go of the lock.
  tamper(t.store.file, "DELETE FROM migration WHERE name LIKE 'FromTheFuture%'");
  t.store = await openStore(t.folder, NONE);
});

test('a workspace whose facts file is of a newer format, broken or missing is refused by its code', async () => {
  const { root, folder } = await newFolder();
  after.push(() => {
    rmSync(root, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'workspace.json'), '{"format":2}');
  await expect(openStore(folder, NONE)).rejects.toMatchObject({ code: 'WORKSPACE_NEWER' });
  writeFileSync(join(folder, 'workspace.json'), '{"format":');
  await expect(openStore(folder, NONE)).rejects.toMatchObject({ code: 'WORKSPACE_CORRUPT' });
  await expect(openStore(join(root, 'nowhere'), NONE)).rejects.toMatchObject({ code: 'WORKSPACE_NOT_FOUND' });
  expect(existsSync(join(root, 'nowhere'))).toBe(false);
});

test('a file that is no database is refused as damaged and left as it was', async () => {
  const { root, folder } = await newFolder();
  after.push(() => {
    rmSync(root, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'steward.db'), 'this is not a database, whatever its name says '.repeat(200));
  const before = fileHash(join(folder, 'steward.db'));
  await expect(openStore(folder, NONE)).rejects.toMatchObject({ code: 'WORKSPACE_CORRUPT' });
  expect(fileHash(join(folder, 'steward.db'))).toBe(before);
  expect(readFacts(folder).office).toBe('测试驻点');
});

test.each([
  ['dropped', 'DROP TRIGGER cap_enterprise_u'],
  ['emptied', 'DROP TRIGGER cap_contact_i; CREATE TRIGGER cap_contact_i AFTER INSERT ON contact BEGIN SELECT 1; END'],
])(
  'a trigger that was %s makes the workspace read-only with a reason: nothing is written past the log',
  async (_how, sql) => {
    const t = await open();
    const e = await seedEnterprise(t.store);
    await t.store.close();
    tamper(t.store.file, sql);
    const before = dumpOf(t.store.file);
    t.store = await openStore(t.folder, NONE);
    expect(t.store.readOnlyReason).toMatch(/触发器/);
    await expect(act(t.store, async (tx) => await tx.update(enterprise, e.id, { employees: 1 }))).rejects.toMatchObject(
      { code: 'WORKSPACE_READ_ONLY' },
    );
    expect(await t.store.read.get(enterprise, e.id)).toMatchObject({ name: e.name });
    await t.store.close();
    expect(dumpOf(t.store.file)).toBe(before);
  },
);

test('a second process can not open a workspace that is open, and can as soon as the first is killed', async () => {
  const t = await open();
  await t.store.close();
  const first = start(HOLD, t.folder);
  await first.line((l) => l === 'open');
  await expect(openStore(t.folder, NONE)).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
  const second = start(HOLD, t.folder);
  expect(await second.exit()).toBe(3);
  expect(second.lines).toEqual(['WORKSPACE_LOCKED']);
  await first.kill();
  t.store = await openStore(t.folder, NONE);
  expect(t.store.readOnlyReason).toBeNull();
  // Nor can this very process open it twice.
  await expect(openStore(t.folder, NONE)).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
});

test('[I20] a kill in the middle of an action leaves the store as before it', async () => {
  const t = await open();
  const e = await seedEnterprise(t.store);
  await t.store.close();
  const before = dumpOf(t.store.file);
  const child = start(WRITE, t.folder, e.townId, 'rows');
  await child.line((l) => Number(l) >= 1500);
  await child.kill();
  t.store = await openStore(t.folder, NONE);
  expect(await countOf(t.store, 'enterprise')).toBe(1);
  expect((await t.store.read.sql<{ integrity_check: string }>('PRAGMA integrity_check'))[0]?.integrity_check).toBe(
    'ok',
  );
  await t.store.close();
  expect(dumpOf(t.store.file)).toBe(before);
});

test('[I5][I20] every action that was confirmed before a kill is there afterwards, whole and without holes', async () => {
  const t = await open();
  const e = await seedEnterprise(t.store);
  await t.store.close();
  let expected = 0;
  for (const stopAt of [5, 37]) {
    const child = start(WRITE, t.folder, e.townId);
    await child.line((_l, all) => all.length >= stopAt);
    await child.kill();
    expected += child.lines.length;
    t.store = await openStore(t.folder, NONE);
    const n = (await countOf(t.store, 'enterprise')) - 1;
    // The action that was committing when the kill came may be there too.
    expect(n).toBeGreaterThanOrEqual(expected);
    expect(n).toBeLessThanOrEqual(expected + 1);
    expected = n;
    expect(await countOf(t.store, 'action_log', "name LIKE '第%'")).toBe(n);
    expect(await countOf(t.store, 'search_entry', "entity = 'enterprise'")).toBe(n + 1);
    expect(await holes(t.store)).toEqual([]);
    expect(await replayed(t.store)).toEqual(await tablesOf(t.store));
    expect(await t.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
    await t.store.close();
  }
});

test('a backup taken while work goes on is a whole database that opens', async () => {
  const t = await open();
  const e = await seedEnterprise(t.store);
  const copy = join(t.folder, 'backups', 'copy.db');
  await Promise.all([
    t.store.backupTo(copy),
    ...Array.from({ length: 20 }, (_, i) =>
      act(t.store, async (tx) => await tx.update(enterprise, e.id, { employees: i })),
    ),
  ]);
  const other = await newFolder();
  after.push(() => {
    rmSync(other.root, { recursive: true, force: true });
  });
  copyFileSync(copy, join(other.folder, 'steward.db'));
  const store = await openStore(other.folder, NONE);
  expect((await store.read.sql<{ integrity_check: string }>('PRAGMA integrity_check'))[0]?.integrity_check).toBe('ok');
  expect(await replayed(store)).toEqual(await tablesOf(store));
  await store.close();
});
