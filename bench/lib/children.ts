// Ten rows in the file of each enterprise, written straight into the tables, and what the search knows of them.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { Context } from '../../services/context.ts';
import { act } from '../../services/context.ts';
import { tableOf } from '../../db/index.ts';

/** How many of a kind each file has, and what its first row says; `n` numbers what is to differ. */
const KINDS: readonly [kind: string, each: number, values: Record<string, unknown>, numbered: string][] = [
  ['contact', 2, { name: '张', post: 'env_manager', mobile: '13900000000' }, 'name'],
  ['permit', 1, { managementClass: 'simplified', number: 'P', validTo: '2028-06-30' }, 'number'],
  ['eiaProject', 1, { projectName: '汽车零部件生产项目', documentKind: 'report_form' }, 'approvalNo'],
  ['outlet', 2, { code: 'DA', medium: 'air', name: '喷涂废气排口' }, 'code'],
  ['wasteStream', 2, { kind: 'hazardous', name: '废机油', code: '900-214-08' }, 'name'],
  ['material', 1, { name: '水性漆' }, 'name'],
  ['treatmentFacility', 1, { name: '活性炭吸附', medium: 'air' }, 'code'],
];

/** The row that the others of its kind are copies of. */
async function first(ctx: Context, kind: EntityDefinition, values: Record<string, unknown>): Promise<string> {
  const [owner] = await ctx.store.read.sql<{ id: string }>('SELECT id FROM enterprise ORDER BY id LIMIT 1');
  const { value } = await act(ctx, '基准', 'bench', (tx) =>
    tx.insert(kind, { ...values, enterpriseId: owner?.id } as never),
  );
  return (value as { id: string }).id;
}

/** Copies of a row for all enterprises: columns as they are, but for whose they are and what is numbered. */
async function copies(ctx: Context, table: string, model: string, each: number, numbered: string): Promise<void> {
  const columns = (await ctx.store.read.sql<{ name: string }>(`SELECT name FROM pragma_table_info(?)`, [table])).map(
    ({ name }) => name,
  );
  const said = columns.map((name) => {
    if (name === 'id') return `printf('01a00000-%04x-7000-8000-%012x', k.n, e.rowid) || ''`;
    if (name === 'enterprise_id') return 'e.id';
    return name === numbered ? `coalesce(m."${name}", '') || e.rowid || 'P' || k.n` : `m."${name}"`;
  });
  const turns = Array.from({ length: each }, (_, n) => `(${String(n)})`).join(', ');
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(
      `INSERT INTO "${table}"(${columns.map((name) => `"${name}"`).join(', ')})
       SELECT ${said.join(', ')} FROM enterprise e JOIN "${table}" m ON m.id = ? CROSS JOIN (SELECT column1 AS n FROM (VALUES ${turns})) k`,
      [model],
    );
  });
}

/** The entries of the search of enterprises and contacts. */
async function searchable(ctx: Context): Promise<void> {
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(`DELETE FROM search_entry`);
    await tx.execute(`INSERT INTO search_entry(row_id, entity, title, detail, words, parent_id)
      SELECT id, 'enterprise', name, '', lower(name || ' ' || pinyin || ' ' || internal_code), NULL FROM enterprise`);
    await tx.execute(`INSERT INTO search_entry(row_id, entity, title, detail, words, parent_id)
      SELECT id, 'contact', name, '', lower(name || ' ' || mobile), enterprise_id FROM contact`);
  });
}

/** Gives each enterprise of a filled store ten rows. */
export async function addChildren(ctx: Context): Promise<void> {
  for (const [name, each, values, numbered] of KINDS) {
    const kind = entityNamed(name);
    const model = await first(ctx, kind, values);
    await copies(ctx, tableOf(kind), model, each, snake(numbered));
  }
  await searchable(ctx);
}
