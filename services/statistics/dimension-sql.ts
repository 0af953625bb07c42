// Dimensions as SQL over the rows that are counted, and what their groups are called.
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Counted, DimensionDefinition, FigureDefinition } from '../../domain/dictionary/figure.ts';
import { entityNamed } from '../../domain/entities.ts';
import { same, pathSql } from '../../db/index.ts';
import { areaOn } from '../conditions/index.ts';
import type { Source } from './asked.ts';
import { joinsAlong, wayTo, type Join } from './ways.ts';

/** How rows are told apart: an expression, the joins that it needs, and whether a row may stand in several groups. */
export interface Split {
  readonly expression: string;
  readonly joins: readonly Join[];
  readonly several: boolean;
}

const fieldTo = (kind: EntityDefinition, target: string): string | undefined =>
  fieldsOf(kind).find((f) => f.meta.kind === 'reference' && f.meta.target === target)?.name;
/** Field by which a part refers to the record it is part of. */
const backTo = (child: EntityDefinition, of: string): string => snake(fieldTo(child, of) ?? child.parent ?? '');

/** Parts of the rows `owner`; the newest alike that hold on the day, where only these count. */
function eachOf(
  by: Extract<DimensionDefinition['by'], { each: string }>,
  of: string,
  owner: string,
  day: string,
): Split {
  const child = entityNamed(by.each);
  const [alias, back] = [`${owner}_${snake(by.each)}`, backTo(child, of)];
  const held = (row: string): string =>
    by.newest
      ? ` AND ${row}.${snake(by.newest.day)} <= '${day}' AND (${row}.${snake(by.newest.until)} IS NULL OR ${row}.${snake(by.newest.until)} >= '${day}')`
      : '';
  const alike =
    by.newest?.by.map((field) => ` AND ${same(`n.${snake(field)}`, `${alias}.${snake(field)}`)}`).join('') ?? '';
  const newest = by.newest
    ? ` AND NOT EXISTS (SELECT 1 FROM "${snake(by.each)}" n WHERE n.${back} = ${alias}.${back} AND n.deleted_at IS NULL${held('n')}${alike}
        AND (n.${snake(by.newest.day)}, n.id) > (${alias}.${snake(by.newest.day)}, ${alias}.id))`
    : '';
  return {
    joins: [
      {
        alias,
        sql: `LEFT JOIN "${snake(by.each)}" ${alias} ON ${alias}.${back} = ${owner}.id AND ${alias}.deleted_at IS NULL${held(alias)}${newest}`,
      },
    ],
    expression:
      by.fields.length === 1
        ? `${alias}.${snake(by.fields[0] ?? '')}`
        : `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE ${by.fields.map((f) => `coalesce(${alias}.${snake(f)}, '')`).join(` || ':' || `)} END`,
    several: true,
  };
}

/** Day by which the months of a set are told: the figure's own for rows of the kind of its numerator, else that of the set. */
export function monthOf(figure: FigureDefinition, counted: Counted): string | null {
  return (counted.of === figure.numerator.of ? figure.month : null) ?? counted.day;
}

/** A dimension of the rows of a set, or null where they do not have it. */
export function splitBy(
  d: DimensionDefinition,
  figure: FigureDefinition,
  counted: Counted,
  source: Source,
  day: string,
): Split | null {
  const { by } = d;
  const plain = (expression: string, joins: readonly Join[] = []): Split => ({ expression, joins, several: false });
  if ('day' in by) {
    const path = monthOf(figure, counted);
    return path
      ? plain(`substr(${pathSql(entityNamed(counted.of), path, source.alias)}, 1, ${by.day === 'year' ? 4 : 7})`)
      : null;
  }
  if ('place' in by) return source.place === null ? null : plain(source.place);
  if ('target' in by) {
    const way = wayTo(counted.of, `to ${by.target}`, (kind) => fieldTo(kind, by.target) !== undefined);
    if (!way) return null;
    const { joins, to } = joinsAlong(way, source.alias);
    return plain(`${to}."${snake(fieldTo(way.at(-1)?.to ?? entityNamed(counted.of), by.target) ?? '')}"`, joins);
  }
  const of = d.of ?? counted.of;
  const way = wayTo(counted.of, `at ${of}`, (kind) => kind.name === of);
  // What changes with time is known of the counted rows alone, not of those that they belong to.
  if (!way || (d.dated && way.length > 0)) return null;
  const there = of === source.enterprise?.of ? source.enterprise.alias : null;
  const { joins, to } = there ? { joins: [], to: there } : joinsAlong(way, source.alias);
  if ('area' in by) return plain(areaOn(source.day ?? `'${day}'`, by.area, snake(by.field), to), joins);
  return ofRow(d, of, to, joins, day);
}

/** A dimension of the row `to` of the kind it is said of. */
function ofRow({ by }: DimensionDefinition, of: string, to: string, joins: readonly Join[], day: string): Split | null {
  if ('fields' in by && !('each' in by)) {
    const columns = by.fields.map((field) => `${to}."${snake(field)}"`);
    const value = columns.length > 1 ? `coalesce(${columns.join(', ')})` : (columns[0] ?? '');
    return { expression: by.first ? `substr(${value}, 1, ${by.first})` : value, joins, several: false };
  }
  if ('each' in by) {
    const split = eachOf(by, of, to, day);
    return { ...split, joins: [...joins, ...split.joins] };
  }
  if ('pick' in by) {
    const last = `p.${snake(by.last)}`;
    return {
      expression: `(SELECT p.${snake(by.field)} FROM "${snake(by.pick)}" p WHERE p.${backTo(entityNamed(by.pick), of)} = ${to}.id AND p.deleted_at IS NULL ORDER BY ${last} IS NULL, ${last} DESC, p.id DESC LIMIT 1)`,
      joins,
      several: false,
    };
  }
  if ('ordinal' in by) {
    const [within, at] = [snake(by.ordinal), snake(by.after)];
    return {
      expression: `(SELECT count(*) FROM "${snake(of)}" o WHERE o.${within} = ${to}.${within} AND o.deleted_at IS NULL AND (o.${at}, o.id) <= (${to}.${at}, ${to}.id))`,
      joins,
      several: false,
    };
  }
  return null;
}
