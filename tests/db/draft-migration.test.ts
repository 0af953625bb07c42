// A drafted migration, run on a real store: one command must be all that a new kind needs, and a released one must stay as it is.
import { readdirSync, readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { DataSource, type MigrationInterface } from 'typeorm';
import { afterEach, expect, test } from 'vitest';
import { columnsOf } from '../../db/index.ts';
import { schemaOf } from '../../db/schema/entity-schemas.ts';
import { defineEntity, defineSet, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { INNER } from '../../domain/dictionary/facets.ts';
import { choice, day, decimal, flag, integer, reference, text } from '../../domain/dictionary/field.ts';
import { vocabulary } from '../../domain/dictionary/vocabulary.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { indexWith, migrationFile, schemaChange, type MigrationFile } from '../../scripts/lib/migration-draft.ts';
import { act, openTestStore, seedEnterprise } from '../support/store.ts';

const after: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const f of after.splice(0).reverse()) await f();
});

const NOISES = vocabulary({ low: '低', high: '高' });
const noise = defineEntity({
  name: 'noiseMeter',
  label: '噪声仪',
  shape: 'child',
  home: { follow: ['enterpriseId'] },
  parent: 'enterpriseId',
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
  fields: {
    enterpriseId: reference('enterprise', { label: '企业', required: 'F' }),
    level: choice(NOISES, { label: '声级', required: 'F', initial: 'low' }),
    value: decimal({ label: '读数' }),
    isFixed: flag({ label: '固定' }),
  },
  indexes: [['enterpriseId', 'level']],
}) as EntityDefinition;
const noisePeople = defineSet({
  name: 'noiseMeterStaff',
  label: '读数人',
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
  parent: { entity: 'noiseMeter', field: 'noiseMeterId' },
  of: { entity: 'staff', field: 'staffId' },
});

/** A kind of the dictionary with further fields. */
function grown(
  name: string,
  first: Record<string, unknown>,
  last: Record<string, unknown>,
  index: string,
): EntityDefinition {
  const old = ENTITIES.find((entity) => entity.name === name) as EntityDefinition;
  const fields = { ...first, ...old.fields, ...last } as EntityDefinition['fields'];
  return { ...old, name, fields, indexes: [...old.indexes, [index]] };
}

/** Runs the file as a release would, and what the schema builder would still do then. */
async function run(
  database: string,
  entities: readonly EntityDefinition[],
  file: MigrationFile,
): Promise<{ left: string[]; broken: unknown[] }> {
  const place = mkdtempSync(join(tmpdir(), 'steward-drafted-'));
  after.push(() => {
    rmSync(place, { recursive: true, force: true });
  });
  writeFileSync(join(place, file.fileName), file.text);
  const module = (await import(pathToFileURL(join(place, file.fileName)).href)) as Record<
    string,
    new () => MigrationInterface
  >;
  const Migration = module[file.className];
  if (!Migration) throw new Error('no class');
  const source = await new DataSource({
    type: 'better-sqlite3',
    driver: Database,
    database,
    entities: entities.map(schemaOf),
    migrations: [Migration],
    migrationsTableName: 'migration',
  }).initialize();
  const triggers = (await source.query("SELECT name FROM sqlite_master WHERE type = 'trigger'")) as { name: string }[];
  for (const { name } of triggers) await source.query(`DROP TRIGGER "${name}"`);
  await source.runMigrations();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  const broken = (await source.query('PRAGMA foreign_key_check')) as unknown[];
  await source.destroy();
  return { left: upQueries.map(({ query }) => query), broken };
}

const draft = (database: string, entities: readonly EntityDefinition[]): MigrationFile => {
  const db = new Database(database, { readonly: true });
  try {
    const change = schemaChange(entities, (sql) => db.prepare(sql).all() as Record<string, unknown>[]);
    return migrationFile(change, [{ number: 1200, stamp: 1795000001000 }], 1);
  } finally {
    db.close();
  }
};

test('the draft for a made-up kind makes its tables on a real store, and nothing is left for the schema builder to do', async () => {
  const t = await openTestStore();
  after.push(() => t.close());
  const before = await seedEnterprise(t.store);
  await t.store.close();
  const kinds = [...ENTITIES, noise, noisePeople];
  const file = draft(t.store.file, kinds);
  expect(file.fileName).toBe('1300-noise-meter-noise-meter-staff.ts');
  expect(file.className).toBe('NoiseMeterNoiseMeterStaff1795000002000');
  expect(file.text).not.toMatch(/from '\.\.\//);
  expect(file.text.split('\n').filter((line) => line.length > 140 && !line.includes('CONSTRAINT'))).toEqual([]);
  expect(await run(t.store.file, kinds, file)).toEqual({ left: [], broken: [] });
  const db = new Database(t.store.file);
  try {
    const [made] = db.pragma('table_list(noise_meter)') as { strict: number }[];
    expect(made?.strict).toBe(1);
    db.prepare(
      "INSERT INTO noise_meter (id, created_at, updated_at, enterprise_id, level, is_fixed) VALUES ('n', 'x', 'x', ?, 'low', 0)",
    ).run(before.id);
    expect(() => db.exec('UPDATE noise_meter SET is_fixed = 1.5')).toThrow(/REAL/);
    expect(() => db.exec("INSERT INTO noise_meter_staff (id, created_at, updated_at) VALUES ('m', 'x', 'x')")).toThrow(
      /NOT NULL/,
    );
  } finally {
    db.close();
  }
});

test(
  'further fields of a kind that has rows: rows stay, a needed one has its initial value, columns stand as ' +
    'the dictionary says',
  async () => {
    const t = await openTestStore();
    after.push(() => t.close());
    const before = await seedEnterprise(t.store);
    await act(t.store, async (tx) => {
      await tx.insert(
        ENTITIES.find((entity) => entity.name === 'contact') as EntityDefinition,
        {
          enterpriseId: before.id,
          name: '王建国',
          post: 'env_manager',
        } as never,
      );
    });
    await t.store.close();
    const kinds = ENTITIES.map((entity) =>
      entity.name === 'enterprise'
        ? grown(
            'enterprise',
            { rank: integer({ label: '位次', required: 'F', initial: 7 }) },
            { ownerId: reference('staff', { label: '管户' }) },
            'rank',
          )
        : entity.name === 'contact'
          ? grown('contact', {}, { metOn: day({ label: '见面' }), note: text({ label: '说明' }) }, 'metOn')
          : entity,
    );
    const file = draft(t.store.file, kinds);
    expect(file.text).toContain('ALTER TABLE "contact" ADD COLUMN "met_on" text');
    expect(file.text).not.toContain('CREATE TABLE "contact');
    expect(await run(t.store.file, kinds, file)).toEqual({ left: [], broken: [] });
    const db = new Database(t.store.file, { readonly: true });
    try {
      expect(db.prepare('SELECT id, name, rank, owner_id FROM enterprise').all()).toEqual([
        { id: before.id, name: before.name, rank: 7, owner_id: null },
      ]);
      const columns = (db.pragma('table_info(enterprise)') as { name: string }[]).map(({ name }) => name);
      expect(columns).toEqual(
        columnsOf(kinds.find(({ name }) => name === 'enterprise') as EntityDefinition).map((c) => c.column),
      );
    } finally {
      db.close();
    }
  },
);

test('a needed field without a value for the rows of before is refused; where nothing changed nothing is drafted', async () => {
  const t = await openTestStore();
  after.push(() => t.close());
  await t.store.close();
  const kinds = ENTITIES.map((entity) =>
    entity.name === 'area' ? grown('area', {}, { colour: text({ label: '颜色', required: 'F' }) }, 'colour') : entity,
  );
  expect(() => draft(t.store.file, kinds)).toThrow(/area\.colour .* no initial value/);
  const db = new Database(t.store.file, { readonly: true });
  try {
    const change = schemaChange(ENTITIES, (sql) => db.prepare(sql).all() as Record<string, unknown>[]);
    expect(change.statements).toEqual([]);
  } finally {
    db.close();
  }
});

test('the line in the index stands after the last one, with its import', () => {
  const index = readFileSync(join('db', 'migrations', 'index.ts'), 'utf8');
  const next = indexWith(index, { fileName: '9900-noise.ts', className: 'Noise1', text: '' });
  expect(next).toMatch(/import \{ Noise1 \} from '\.\/9900-noise\.ts';\n\n/);
  expect(next).toMatch(/,\n {2}Noise1,\n\];/);
});

test('a released migration imports nothing that lives on: only the types of the mapper', () => {
  const place = join('db', 'migrations');
  for (const name of readdirSync(place).filter((file) => file !== 'index.ts')) {
    const imports = [...readFileSync(join(place, name), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1]);
    expect([name, imports]).toEqual([name, ['typeorm']]);
  }
});
