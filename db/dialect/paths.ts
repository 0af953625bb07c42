// Fields of the dictionary reached through references, as SQL expressions.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { metaOf, type FieldMeta } from '../../domain/dictionary/field.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { tableOf } from '../schema/columns.ts';
import { joined } from './sql.ts';

/** Stands between the members of a set: no text of the dictionary holds it. */
export const MEMBER_SEPARATOR = '\u001f';

/** Column of a field, quoted. */
const columnOf = (alias: string, field: string): string => `${alias}."${snake(field)}"`;

/** The set (or other part) of that name whose rows belong to rows of `entity`; null when the step is a field. */
function partNamed(entity: EntityDefinition, step: string): EntityDefinition | null {
  if (step in entity.fields || !hasEntity(step)) return null;
  const part = entityNamed(step);
  const parent = part.parent ? part.fields[part.parent] : undefined;
  return parent && metaOf(parent).target === entity.name ? part : null;
}

/** Metadata of the field at the end of a path; null for `id` and the base fields. @throws for a path that leads nowhere */
export function pathMeta(entity: EntityDefinition, path: string): FieldMeta | null {
  const [step = '', ...rest] = path.split('.');
  const part = partNamed(entity, step);
  if (part) return pathMeta(part, rest.join('.'));
  const field = entity.fields[step];
  if (!field) {
    if (rest.length === 0 && ['id', 'createdAt', 'updatedAt'].includes(step)) return null;
    throw new Error(`${entity.name} has no field ${path}`);
  }
  const meta = metaOf(field);
  return rest.length === 0 ? meta : pathMeta(entityNamed(meta.target ?? ''), rest.join('.'));
}

/**
 * Value of a path of the row `alias`, as a scalar expression; several members of a set stand together with `MEMBER_SEPARATOR`.
 * With `named`, a reference at its end gives the title of the row it points to.
 */
export function pathSql(entity: EntityDefinition, path: string, alias: string, named = false): string {
  const [step = '', ...rest] = path.split('.');
  const inner = `${alias}_${step}`;
  const part = partNamed(entity, step);
  if (part) {
    const members = pathSql(part, rest.join('.'), inner, named);
    return `(SELECT ${joined(members, MEMBER_SEPARATOR)} FROM "${tableOf(part)}" ${inner}
      WHERE ${columnOf(inner, part.parent as string)} = ${alias}.id AND ${inner}.deleted_at IS NULL)`;
  }
  const field = entity.fields[step];
  const target = field ? metaOf(field).target : undefined;
  if (rest.length === 0 && !(named && target && entityNamed(target).title)) return columnOf(alias, step);
  const to = entityNamed(target ?? '');
  const end = rest.length > 0 ? pathSql(to, rest.join('.'), inner, named) : columnOf(inner, to.title as string);
  return `(SELECT ${end} FROM "${tableOf(to)}" ${inner} WHERE ${inner}.id = ${columnOf(alias, step)})`;
}

/** Condition that a path of references leads from the row `alias` to a row, over live rows only; `value` is SQL for its id. */
export function leadsTo(entity: EntityDefinition, path: string, alias: string, value: string): string {
  const [step = '', ...rest] = path.split('.');
  if (rest.length === 0) return `${columnOf(alias, step)} = ${value}`;
  const to = entityNamed(metaOf(entity.fields[step] as never).target ?? '');
  const inner = `${alias}_${step}`;
  return `${columnOf(alias, step)} IN (SELECT ${inner}.id FROM "${tableOf(to)}" ${inner}
    WHERE ${inner}.deleted_at IS NULL AND ${leadsTo(to, rest.join('.'), inner, value)})`;
}
