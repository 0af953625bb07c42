// Ways from one kind of record to another by what a row belongs to, as joins.
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';

/** A way from a kind to another by the references that say what a row belongs to. */
export interface Way {
  readonly field: string;
  readonly to: EntityDefinition;
}

const ways = new Map<string, readonly Way[] | null>();

/** The shortest way from a kind to a kind that fits; empty for the kind itself, null where there is none. */
export function wayTo(from: string, key: string, fits: (kind: EntityDefinition) => boolean): readonly Way[] | null {
  const known = ways.get(`${from} ${key}`);
  if (known !== undefined) return known;
  const seen = new Set([from]);
  let paths: Way[][] = [[]];
  let found: readonly Way[] | null = null;
  while (paths.length > 0 && found === null) {
    found = paths.find((path) => fits(path.at(-1)?.to ?? entityNamed(from))) ?? null;
    paths = paths.flatMap((path) =>
      stepsFrom(path.at(-1)?.to ?? entityNamed(from), seen).map((step) => [...path, step]),
    );
  }
  ways.set(`${from} ${key}`, found);
  return found;
}

/** The rows that a row belongs to: those that its stream follows, and its parent. */
function stepsFrom(kind: EntityDefinition, seen: Set<string>): Way[] {
  const belonging = [...(typeof kind.home === 'object' ? kind.home.follow : []), kind.parent ?? ''];
  return fieldsOf(kind)
    .filter((f) => f.meta.kind === 'reference' && belonging.includes(f.name) && !seen.has(f.meta.target ?? ''))
    .map((f) => {
      seen.add(f.meta.target ?? '');
      return { field: f.name, to: entityNamed(f.meta.target ?? '') };
    });
}

/** A join with the alias that it makes. */
export interface Join {
  readonly alias: string;
  readonly sql: string;
}

/** Joins along a way, each named after the columns that lead there; `to` is the alias at its end. */
export function joinsAlong(way: readonly Way[], alias: string, inner = false): { joins: readonly Join[]; to: string } {
  const joins: Join[] = [];
  let to = alias;
  for (const { field, to: kind } of way) {
    const next = `${to}_${snake(field)}`;
    const sql = `${inner ? '' : 'LEFT '}JOIN "${snake(kind.name)}" ${next} ON ${next}.id = ${to}."${snake(field)}"`;
    joins.push({ alias: next, sql });
    to = next;
  }
  return { joins, to };
}

/** Joins as SQL, each once. */
export const joinSql = (joins: readonly Join[]): string =>
  [...new Map(joins.map((join) => [join.alias, ` ${join.sql}`])).values()].join('');
