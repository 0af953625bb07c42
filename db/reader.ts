// Reading rows: typed by the dictionary, or by SQL for lists and statistics.
import { In, IsNull, type DataSource, type FindOptionsWhere, type ObjectLiteral } from 'typeorm';
import type { EntityDefinition, RowOf } from '../domain/dictionary/entity.ts';
import { inList, listParameter } from './dialect/index.ts';
import { translateSqliteError } from './errors.ts';
import { lastSequence, storeState } from './log-state.ts';
import { positional, type SqlValue } from './positional.ts';
import { columnsOf, decodeFlag, tableOf } from './schema/columns.ts';

/** Equality by field; null means "is null", a list means "one of". */
export type Where<E> = { [K in keyof RowOf<E>]?: RowOf<E>[K] | readonly RowOf<E>[K][] };

/** Options of {@link Reader.find}. */
export interface FindOptions<E> {
  order?: { [K in keyof RowOf<E>]?: 'ASC' | 'DESC' };
  limit?: number;
  /** Also rows in the bin. */
  withDeleted?: boolean;
}

/** Reads through one data source. Inside an action it sees the action's own changes. */
export class Reader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  /** The row with that id, in the bin or not; null when there is none. */
  async get<E extends EntityDefinition>(entity: E, id: string): Promise<RowOf<E> | null> {
    return (await this.#repository(entity).findOneBy({ id } as FindOptionsWhere<ObjectLiteral>)) as RowOf<E> | null;
  }

  /** Rows that match, without those in the bin unless asked for. */
  async find<E extends EntityDefinition>(
    entity: E,
    where: Where<E>,
    options: FindOptions<E> = {},
  ): Promise<RowOf<E>[]> {
    const conditions: Record<string, unknown> = options.withDeleted ? {} : { deletedAt: IsNull() };
    for (const [field, value] of Object.entries(where)) {
      conditions[field] = value === null ? IsNull() : Array.isArray(value) ? In(value) : value;
    }
    return (await this.#repository(entity).find({
      where: conditions as FindOptionsWhere<ObjectLiteral>,
      order: options.order as never,
      ...(options.limit !== undefined && { take: options.limit }),
    })) as RowOf<E>[];
  }

  /** Rows outside of the bin in whose field one of these values stands: as {@link find}, but fast for many rows and often. */
  async among<E extends EntityDefinition>(
    entity: E,
    field: keyof RowOf<E> & string,
    values: readonly string[],
  ): Promise<RowOf<E>[]> {
    const columns = columnsOf(entity);
    const names = columns.map((c) => `"${c.column}" AS "${c.field}"`).join(', ');
    const asked = columns.find((c) => c.field === field)?.column ?? '';
    const rows = await this.sql<Record<string, unknown>>(
      `SELECT ${names} FROM "${tableOf(entity)}" WHERE deleted_at IS NULL AND ${inList(`"${asked}"`)}`,
      [listParameter(values)],
    );
    const flags = columns.filter((c) => c.flag);
    for (const row of rows) for (const { field: flag } of flags) row[flag] = decodeFlag(row[flag]);
    return rows as RowOf<E>[];
  }

  /** The first row that matches, or null. */
  async first<E extends EntityDefinition>(
    entity: E,
    where: Where<E>,
    options: FindOptions<E> = {},
  ): Promise<RowOf<E> | null> {
    return (await this.find(entity, where, { ...options, limit: 1 }))[0] ?? null;
  }

  /** All records of an SQL query, with the names the SQL gives them. */
  async sql<T>(query: string, parameters: readonly SqlValue[] = []): Promise<T[]> {
    try {
      return (await this.#source.query(...positional(query, parameters))) as T[];
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  /** The first record of an SQL query, or null. */
  async sqlOne<T>(query: string, parameters: readonly SqlValue[] = []): Promise<T | null> {
    return (await this.sql<T>(query, parameters))[0] ?? null;
  }

  /** Highest number that an operation ever had here; 0 before the first. */
  async lastOperation(): Promise<number> {
    return (await this.sqlOne<{ seq: number }>(lastSequence()))?.seq ?? 0;
  }

  /** What a preview is made on: another text when anything of the log changed since. */
  async state(): Promise<string> {
    return (await this.sqlOne<{ state: string }>(storeState()))?.state ?? '';
  }

  #repository(entity: EntityDefinition) {
    return this.#source.getRepository<ObjectLiteral>(entity.name);
  }
}
