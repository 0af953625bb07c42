// How dictionary fields become columns, and values travel between rows and SQLite.
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';

/** A column of a table: its names on both sides and how it is stored. */
export interface Column {
  readonly field: string;
  readonly column: string;
  readonly type: 'text' | 'integer';
  readonly nullable: boolean;
  readonly flag: boolean;
  readonly initial: string | number | boolean | null;
  readonly meta: FieldMeta | null;
}

const INTEGER_KINDS: readonly string[] = ['integer', 'money', 'flag'];

const baseColumns: readonly Column[] = [
  { field: 'id', column: 'id', type: 'text', nullable: false, flag: false, initial: null, meta: null },
  { field: 'createdAt', column: 'created_at', type: 'text', nullable: false, flag: false, initial: null, meta: null },
  { field: 'updatedAt', column: 'updated_at', type: 'text', nullable: false, flag: false, initial: null, meta: null },
  { field: 'deletedAt', column: 'deleted_at', type: 'text', nullable: true, flag: false, initial: null, meta: null },
];

const cache = new WeakMap<EntityDefinition, readonly Column[]>();

/** Table name of an entity. */
export const tableOf = (entity: EntityDefinition): string => snake(entity.name);

/** All columns of an entity's table: the base ones first, then the fields in dictionary order. */
export function columnsOf(entity: EntityDefinition): readonly Column[] {
  const known = cache.get(entity);
  if (known) return known;
  const columns = [
    ...baseColumns,
    ...fieldsOf(entity).map(({ name, meta }): Column => ({
      field: name,
      column: snake(name),
      type: INTEGER_KINDS.includes(meta.kind) ? 'integer' : 'text',
      nullable: !(meta.required === 'F' || meta.kind === 'flag' || meta.kind === 'fourState'),
      flag: meta.kind === 'flag',
      initial: meta.initial ?? null,
      meta,
    })),
  ];
  cache.set(entity, columns);
  return columns;
}

/** A flag as the dictionary has it. */
export const decodeFlag = (stored: unknown): boolean => stored === 1;

/** A dictionary value as SQLite stores it. */
export function encode(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as string | number;
}
