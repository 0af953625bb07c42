// Rows of a kind that the program works out for enterprises: brought to what holds now, and written only where they differ.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { columnsOf, encode, tableOf, type Writer } from '../../db/index.ts';

/** A row as it should be, by the id that follows from what it is about. */
export type DerivedRow = Record<string, unknown> & { readonly id: string };

const BASE: readonly string[] = ['id', 'createdAt', 'updatedAt', 'deletedAt'];

/** Brings the rows of these enterprises to `now`: what is not in it is taken out, what is new or says something else is written. */
export async function writeDerived(
  tx: Writer,
  entity: EntityDefinition,
  enterpriseIds: readonly string[],
  now: readonly DerivedRow[],
): Promise<void> {
  const [table, columns] = [`"${tableOf(entity)}"`, columnsOf(entity)];
  const own = columns.filter((c) => !BASE.includes(c.field));
  const upsert = `INSERT INTO ${table} (${columns.map((c) => `"${c.column}"`).join(', ')})
    VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT(id) DO UPDATE SET ${own.map((c) => `"${c.column}" = excluded."${c.column}"`).join(', ')}`;
  const held = (await tx.read.among(entity, 'enterpriseId' as never, enterpriseIds)) as unknown as DerivedRow[];
  const before = new Map(held.map((row) => [row.id, row]));
  const kept = new Set(now.map((row) => row.id));
  for (const id of before.keys()) if (!kept.has(id)) await tx.execute(`DELETE FROM ${table} WHERE id = ?`, [id]);
  for (const row of now) {
    const there = before.get(row.id);
    if (there && own.every((c) => (there[c.field] ?? null) === (row[c.field] ?? null))) continue;
    const stored: Record<string, unknown> = { createdAt: tx.now, updatedAt: tx.now, deletedAt: null, ...row };
    await tx.execute(
      upsert,
      columns.map((c) => encode(stored[c.field])),
    );
  }
}
