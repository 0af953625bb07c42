// TypeORM's view of the tables, derived from the dictionary.
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { columnsOf, decodeFlag, tableOf } from './columns.ts';
import { indexesOf } from './indexes.ts';

const flagTransformer = { to: (v: unknown) => (v ? 1 : 0), from: decodeFlag };

/** TypeORM's schema of one kind of record. */
export function schemaOf(entity: EntityDefinition): EntitySchema {
  const table = tableOf(entity);
  const columns: Record<string, EntitySchemaColumnOptions> = {};
  for (const c of columnsOf(entity)) {
    columns[c.field] = {
      name: c.column,
      type: c.type,
      nullable: c.nullable,
      ...(c.field === 'id' && { primary: true }),
      ...(c.flag && { transformer: flagTransformer }),
    };
  }
  return new EntitySchema({
    name: entity.name,
    tableName: table,
    columns,
    indices: indexesOf(entity).map(({ name, fields, where }) => ({
      name,
      columns: [...fields],
      ...(where !== null && { where }),
    })),
    foreignKeys: columnsOf(entity)
      .filter((c) => c.meta?.kind === 'reference' && c.meta.target)
      .map((c) => ({
        name: `fk_${table}_${c.column}`,
        target: c.meta?.target as string,
        columnNames: [c.field],
        referencedColumnNames: ['id'],
        deferrable: 'INITIALLY DEFERRED' as const,
      })),
  });
}

/** One schema per kind of record, in the order of the dictionary. */
export const ENTITY_SCHEMAS: readonly EntitySchema[] = ENTITIES.map(schemaOf);
