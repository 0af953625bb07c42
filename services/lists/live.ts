// Which rows of a kind are there: not in the bin, nor of something that is.
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { isField, type Filter } from '../../domain/dictionary/filter.ts';
import { metaOfField } from '../../domain/dictionary/path.ts';
import { DICTIONARY, listedKind } from '../../domain/lists.ts';
import { columnsOf, named, tableOf } from '../../db/index.ts';
import { compilation, type CompileFor } from './compile.ts';
import { joinSql, sql, type Sql } from './sql.ts';

interface Owner {
  readonly field: string;
  readonly of: EntityDefinition;
}

/** What a row goes into the bin with: the row it is part of, and those whose story it belongs to. */
function ownersOf(entity: EntityDefinition): Owner[] {
  const followed = typeof entity.home === 'object' ? entity.home.follow : [];
  return [...new Set([...followed, ...(entity.parent ? [entity.parent] : [])])].flatMap((field) => {
    const of = DICTIONARY.find(metaOfField(entity, field)?.target ?? '');
    return of && of.name !== entity.name ? [{ field, of }] : [];
  });
}

const gone = (entity: EntityDefinition, alias: string, depth: number): string =>
  [`${alias}.deleted_at IS NOT NULL`, ...ownersOf(entity).map((o) => ofGone(alias, o, depth))].join(' OR ');

const column = (alias: string, field: string): string => `${alias}.${named(snake(field))}`;

/** The owner is gone. Few rows are, so they are looked up once and not asked for row by row. */
function ofGone(alias: string, owner: Owner, depth: number): string {
  const inner = `o${depth}`;
  return `${column(alias, owner.field)} IN (SELECT ${inner}.id FROM ${named(tableOf(owner.of))} ${inner} WHERE ${gone(owner.of, inner, depth + 1)})`;
}

function ownersThere(entity: EntityDefinition, alias: string): string[] {
  return ownersOf(entity).map((owner) => {
    const test = `NOT (${ofGone(alias, owner, 1)})`;
    const nullable = columnsOf(entity).find((c) => c.field === owner.field)?.nullable;
    return nullable ? `(${column(alias, owner.field)} IS NULL OR ${test})` : test;
  });
}

/** The kinds whose rows decide which rows of a kind are there: its own, and all that it hangs on. */
export function kindsOfRow(kind: string, seen: readonly string[] = []): string[] {
  if (seen.includes(kind)) return [];
  return [kind, ...ownersOf(listedKind(kind)).flatMap((owner) => kindsOfRow(owner.of.name, [...seen, kind]))];
}

/** Whether a filter names the very row that others hang on: then what hangs there is shown, wherever that row is. */
function namesOwner(entity: EntityDefinition, filter: Filter): boolean {
  const owners = new Set(ownersOf(entity).map((o) => o.of.name));
  return filter.some((c) => {
    if (!isField(c) || c.op !== 'eq' || typeof c.value !== 'string') return false;
    const target = DICTIONARY.find(metaOfField(entity, c.field)?.target ?? '');
    if (!target || c.field === 'id') return false;
    return owners.has(target.name) || ownersOf(target).some((o) => owners.has(o.of.name));
  });
}

/**
 * The rows of a list over `given.alias`: those of the filter that are not in the bin, nor of an enterprise (or another owner) in the bin.
 * A filter on `deletedAt` says itself whether the bin is meant.
 */
export function compileRows(kind: string, filter: Filter, given: CompileFor): Sql {
  const entity = listedKind(kind);
  const own = compilation(given).rows(entity, given.alias, filter);
  const bin = filter.some((c) => isField(c) && c.field === 'deletedAt');
  const owners = bin || namesOwner(entity, filter) ? [] : ownersThere(entity, given.alias).map((text) => sql(text));
  return joinSql([own, ...owners], ' AND ');
}
