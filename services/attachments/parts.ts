// What hangs on the rows of an enterprise's file: seen with its own papers, kept and removed at the row.
import type { PartFile } from '../../contract/attachments.ts';
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { partsOf } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { tableOf, type Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { namesOf } from '../records/index.ts';
import { attachmentsOf } from './files.ts';

/** Parts of the file whose rows carry papers. */
const CARRIERS: readonly EntityDefinition[] = partsOf(enterprise.name, 'child', 'extension').filter(
  (entity) => entity.facets.attach !== null && entity.facets.file !== null && entity.scope === 'shared',
);

const ROWS = CARRIERS.map(
  (entity) =>
    `SELECT '${entity.name}' AS kind, id FROM "${tableOf(entity)}" WHERE "${snake(entity.parent as string)}" = ?1 AND deleted_at IS NULL`,
).join(' UNION ALL ');

/** How many papers hang on the rows of the file of an enterprise. */
export async function countFilesOfParts(read: Reader, enterpriseId: string): Promise<number> {
  const counted = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM attachment a WHERE a.deleted_at IS NULL AND a.owner_id IN (SELECT r.id FROM (${ROWS}) r)`,
    [enterpriseId],
  );
  return counted?.n ?? 0;
}

/** Papers of the rows of the file, in the order of its parts, each with the row that keeps it. */
export async function filesOfParts(ctx: Context, enterpriseId: string): Promise<PartFile[]> {
  const { read } = ctx.store;
  const rows = await read.sql<{ kind: string; id: string }>(ROWS, [enterpriseId]);
  const ids = rows.map(({ id }) => id);
  const [files, names] = [await attachmentsOf(ctx, ids), await namesOf(read, ids)];
  return rows.flatMap(({ kind, id }) =>
    (files.get(id) ?? []).map((file) => ({ ...file, of: { kind, id, title: names.get(id) ?? '' } })),
  );
}
