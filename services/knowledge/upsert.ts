// Built-in rows of the content library, each with an id made of its code.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { columnsOf, encode, naturalId, tableOf, type Writer } from '../../db/index.ts';

/** Writes a built-in row, or brings the one that is there up to date. */
export async function upsert(
  tx: Writer,
  entity: EntityDefinition,
  key: string[],
  values: Record<string, unknown>,
): Promise<string> {
  const id = naturalId(entity, ...key);
  const row: Record<string, unknown> = { id, createdAt: tx.now, updatedAt: tx.now, deletedAt: null };
  const columns = columnsOf(entity);
  for (const c of columns) row[c.field] ??= values[c.field] ?? c.initial ?? null;
  await tx.execute(
    `INSERT INTO "${tableOf(entity)}" (${columns.map((c) => `"${c.column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT(id) DO UPDATE SET ${columns
       .filter((c) => c.field !== 'id' && c.field !== 'createdAt')
       .map((c) => `"${c.column}" = excluded."${c.column}"`)
       .join(', ')}`,
    columns.map((c) => encode(row[c.field])),
  );
  await tx.breathe();
  return id;
}
