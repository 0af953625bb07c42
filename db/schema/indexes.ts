// The indexes of a kind's table: those the dictionary names, and that of the rows in the bin.
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { tableOf } from './columns.ts';

/** An index; `where` of a partial one. `fields` and `columns` name the same. */
export interface TableIndex {
  readonly name: string;
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  readonly where: string | null;
}

/** All indexes of a kind. */
export function indexesOf(entity: EntityDefinition): TableIndex[] {
  const table = tableOf(entity);
  const named = entity.indexes.map((fields): TableIndex => {
    const columns = fields.map(snake);
    return { name: `idx_${table}_${columns.join('_')}`, fields, columns, where: null };
  });
  // Few rows are in the bin: what hangs on them is told by looking these up once.
  const binned = { name: `idx_${table}_binned`, fields: ['id'], columns: ['id'], where: '"deleted_at" IS NOT NULL' };
  return entity.owns ? [...named, binned] : named;
}

/** The statement that makes an index. */
export const indexSql = (table: string, { name, columns, where }: TableIndex): string =>
  `CREATE INDEX "${name}" ON "${table}" (${columns.map((column) => `"${column}"`).join(', ')})${where ? ` WHERE ${where}` : ''}`;
