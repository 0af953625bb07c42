// The rows that figures count, as SQL: cohorts that only SQL can say, or the live rows of a kind whose day lies in the period.
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Counted, FigureScope } from '../../domain/dictionary/figure.ts';
import { entityNamed } from '../../domain/entities.ts';
import { pathSql } from '../../db/index.ts';
import { daysOf, type Asked, type Source } from './asked.ts';
import { enterpriseScope, isNarrowed, placeThen } from './cohort.ts';
import { COHORTS } from './cohorts.ts';
import { all, param, q, raw, type Sql } from './sql.ts';
import { joinsAlong, joinSql, wayTo, type Way } from './ways.ts';

/** The kind that the scope of figures is about. */
const OWNER = 'enterprise';
/** What a row may say of its own place. */
const AREA = 'area';
/** The way from a kind to the enterprise that its rows belong to; null where there is none. */
export const toOwner = (of: string): readonly Way[] | null => wayTo(of, OWNER, (kind) => kind.name === OWNER);

/** Field by which a kind, or what it belongs to, joins a round. */
function roundOf(of: string): { way: readonly Way[]; field: string } | null {
  const fieldOf = (kind: EntityDefinition): string | undefined =>
    fieldsOf(kind).find((f) => f.meta.kind === 'reference' && f.meta.target === 'round')?.name;
  const way = wayTo(of, 'round', (kind) => fieldOf(kind) !== undefined);
  return way && { way, field: fieldOf(way.at(-1)?.to ?? entityNamed(of)) ?? '' };
}

/** Live rows of a kind whose day lies in the days given, of live enterprises of the scope where they belong to one. */
function rowsOf(counted: Counted, asked: Asked, days: { from: string; to: string }): Source {
  const { of, day } = counted;
  const alias = 'c';
  const where: Sql[] = [raw(`${alias}.deleted_at IS NULL`)];
  const on = day && pathSql(entityNamed(of), day, alias);
  if (on) where.push(q`${on} BETWEEN ${param(days.from)} AND ${param(days.to)}`);
  // Rows among those of another set are of its scope already.
  const owner = counted.among && !counted.among.not ? null : toOwner(of);
  const required = (owner ?? []).every(
    (way, at) =>
      fieldsOf((owner ?? [])[at - 1]?.to ?? entityNamed(of)).find((f) => f.name === way.field)?.meta.required === 'F',
  );
  const { joins, to } = joinsAlong(owner ?? [], alias, required);
  if (owner && owner.length > 0) {
    const scope = enterpriseScope(asked.scope, to, on);
    where.push(required || isNarrowed(asked.scope) ? scope : q`(${to}.id IS NULL OR ${scope})`);
  } else if (owner) where.push(enterpriseScope(asked.scope, alias));
  const round = asked.scope.roundId && owner ? roundOf(of) : null;
  const path = round && [...round.way.map((way) => way.field), round.field].join('.');
  if (path) where.push(q`${pathSql(entityNamed(of), path, alias)} = ${param(asked.scope.roundId)}`);
  const own = of === OWNER ? undefined : fieldsOf(entityNamed(of)).find((f) => f.meta.target === AREA);
  const places = [
    ...(own ? [`${alias}."${snake(own.name)}"`] : []),
    ...(owner ? [placeThen(asked.scope, asked.today, of === OWNER ? null : on, to)] : []),
  ];
  return {
    tables: [],
    from: raw(`"${snake(of)}" ${alias}${joinSql(joins)}`),
    joins,
    alias,
    where: all(where),
    day: of === OWNER ? null : on,
    place: places.length > 1 ? `coalesce(${places.join(', ')})` : (places[0] ?? null),
    enterprise: owner ? { of: OWNER, alias: to } : null,
  };
}

/** The rows of a set under a scope. */
export function sourceOf(counted: Counted, asked: Asked, scope: FigureScope): Source {
  if (counted.cohort === null) return rowsOf(counted, asked, daysOf(asked, scope));
  const cohort = COHORTS[counted.cohort];
  if (!cohort) throw new Error(`no cohort named ${counted.cohort}`);
  return cohort({ ...asked, scope: { ...asked.scope, ...(scope === 'year' && daysOf(asked, scope)) } });
}
