// Which streams a package of some areas or enterprises takes, from what the dictionary says of homes and references (hand-off design 3).
import type Database from 'better-sqlite3';
import { area } from '../../domain/areas/entities.ts';
import { canBeRoot, fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { COMMON_STREAM, OFFICE_STREAM, PERSONAL_SUFFIX } from '../../domain/handoff/operation.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { tableOf } from '../schema/columns.ts';

/**
 * What to hand over. `all`: everything that is exchanged; else the enterprises of these areas and these enterprises,
 * and what belongs to them.
 */
export interface Scope {
  readonly all: boolean;
  readonly areas: readonly string[];
  readonly enterprises: readonly string[];
  readonly personal: boolean;
}

/** Ids of the enterprises in scope, merged ones with all their members, and of the streams that go, both sorted. */
export interface CutScope {
  readonly enterprises: readonly string[];
  readonly streams: readonly string[];
}

/** Names of the references of a kind to one of the kinds `targets`. */
const referencesTo = (entity: EntityDefinition, targets: ReadonlySet<string>): string[] =>
  fieldsOf(entity)
    .filter((f) => f.meta.target !== undefined && targets.has(f.meta.target))
    .map((f) => f.name);

const ROOTS = ENTITIES.filter(canBeRoot);
/** Kinds that go along where something that goes refers to them. Enterprises are what a package is cut by. */
const DRAWN = ROOTS.filter((e) => e.name !== enterprise.name && e.facets.travels !== 'never');
const DRAWN_NAMES = new Set(DRAWN.map((e) => e.name));
const AREA = new Set([area.name]);
/** Kinds with areas of their own, and those of parts of theirs that make up a territory. */
const PLACED = ROOTS.filter((e) => e.facets.travels === 'area').map((entity) => ({
  entity,
  fields: referencesTo(entity, AREA),
  territories: ENTITIES.filter((part) => part.home !== 'g' && part.home !== 'self')
    .map((part) => ({ part, owner: referencesTo(part, new Set([entity.name])), fields: referencesTo(part, AREA) }))
    .filter(({ part, owner, fields }) => fields.length > 0 && part.parent !== null && owner.includes(part.parent)),
}));
/** Kinds with references to what is drawn along. */
const DRAWING = ENTITIES.filter((e) => e.scope === 'shared' && e.home !== 'g')
  .map((entity) => ({ entity, fields: referencesTo(entity, DRAWN_NAMES) }))
  .filter((d) => d.fields.length > 0);
/** Kinds that go along with the enterprises they name, or with the project. */
const FOLLOWING = DRAWN.flatMap((entity) =>
  [enterprise, ...(entity.facets.travels === 'project' ? [serviceProject] : [])].map((of) => ({
    entity,
    of,
    fields: referencesTo(entity, new Set([of.name])),
  })),
).filter((f) => f.fields.length > 0);

const quoted = (fields: readonly string[]): string => fields.map((f) => `'${f}'`).join(', ');

/** Streams of a scope. `db` is a snapshot: the answer holds for it. */
export function cutScope(db: Database.Database, scope: Scope): CutScope {
  const all = db.prepare('SELECT id FROM sync_stream ORDER BY id').pluck().all() as string[];
  const cut = scope.all ? null : new Cut(db, scope);
  return {
    enterprises:
      cut?.enterprises ??
      (db.prepare('SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY id').pluck().all() as string[]),
    streams: all.filter((id) => {
      if (id === OFFICE_STREAM || (!scope.personal && id.endsWith(PERSONAL_SUFFIX))) return false;
      return id === COMMON_STREAM || cut === null || cut.roots.has(id.replace(PERSONAL_SUFFIX, ''));
    }),
  };
}

/** Roots that go with a part of the areas or enterprises: found from the enterprises on, until nothing new is referred to. */
class Cut {
  readonly #db: Database.Database;
  readonly #personal: boolean;
  readonly enterprises: readonly string[];
  readonly roots = new Set<string>();

  constructor(db: Database.Database, scope: Scope) {
    this.#db = db;
    this.#personal = scope.personal;
    const placed = new Map(PLACED.map((kind) => [kind.entity.name, this.#inAreas(kind, scope.areas)]));
    this.enterprises = this.#groups([...(placed.get(enterprise.name) ?? []), ...scope.enterprises]).sort();
    const first = [...placed].flatMap(([name, ids]) => (name === enterprise.name ? [] : ids));
    for (const entity of DRAWN)
      if (entity.facets.travels === 'always')
        first.push(
          ...(db
            .prepare(`SELECT id FROM "${tableOf(entity)}"`)
            .pluck()
            .all() as string[]),
        );
    let added = this.#add([...this.enterprises, ...this.#groups(first)]);
    while (added.length > 0) added = this.#add(this.#groups([...this.#referredTo(added), ...this.#following(added)]));
  }

  /** Takes roots; those that were not taken yet. */
  #add(ids: readonly string[]): string[] {
    const added = [...new Set(ids)].filter((id) => !this.roots.has(id));
    for (const id of added) this.roots.add(id);
    return added;
  }

  /** Rows with all those that are shown as the same row. */
  #groups(ids: readonly string[]): string[] {
    return this.#db
      .prepare(
        `WITH roots(id) AS (SELECT coalesce(r.root, j.value) FROM json_each(?) j LEFT JOIN sync_alias_root r ON r.id = j.value)
        SELECT id FROM roots UNION SELECT r.id FROM sync_alias_root r JOIN roots ON roots.id = r.root`,
      )
      .pluck()
      .all(JSON.stringify(ids)) as string[];
  }

  /**
   * Rows in these areas and those below, or with such an area among the values of a conflict; and rows whose territory has one of these
   * areas, one below or one above.
   */
  #inAreas({ entity, fields, territories }: (typeof PLACED)[number], areas: readonly string[]): string[] {
    if (areas.length === 0) return [];
    const isIn = (table: string, names: readonly string[], set: string): string =>
      names.map((f) => `${table}."${snake(f)}" IN (SELECT id FROM ${set})`).join(' OR ');
    const own = `SELECT t.id FROM "${tableOf(entity)}" t WHERE ${isIn('t', fields, 'inside')}
      UNION SELECT c.row_id FROM sync_conflict c, json_each(c.heads) h
        WHERE c.tbl = '${entity.name}' AND c.field IN (${quoted(fields)}) AND h.value ->> '$.value' IN (SELECT id FROM inside)`;
    const parts = territories.map(
      (of) => `SELECT p."${snake(of.part.parent as string)}" FROM "${tableOf(of.part)}" p
        WHERE p.deleted_at IS NULL AND (${isIn('p', of.fields, 'inside')} OR ${isIn('p', of.fields, 'above')})`,
    );
    return this.#db
      .prepare(
        `WITH RECURSIVE inside(id) AS (SELECT value FROM json_each(?1) UNION SELECT a.id FROM area a JOIN inside i ON a.parent_id = i.id
          UNION SELECT r.id FROM sync_alias_root r JOIN inside i ON r.root = i.id),
        above(id) AS (SELECT value FROM json_each(?1) UNION SELECT a.parent_id FROM area a JOIN above o ON a.id = o.id WHERE a.parent_id IS NOT NULL)
        ${[...(fields.length > 0 ? [own] : []), ...parts].join(' UNION ')}`,
      )
      .pluck()
      .all({ 1: JSON.stringify(areas) }) as string[];
  }

  /** Roots that the rows at home in these streams refer to, also in a value of an open conflict. */
  #referredTo(roots: readonly string[]): string[] {
    const streams = JSON.stringify(roots.flatMap((id) => (this.#personal ? [id, `${id}${PERSONAL_SUFFIX}`] : [id])));
    const within = 'IN (SELECT s.no FROM json_each(?) j JOIN sync_stream s ON s.id = j.value)';
    return DRAWING.flatMap(({ entity, fields }) => {
      const columns = fields.map((f) => `t."${snake(f)}"`);
      const shown = this.#db
        .prepare(
          `SELECT DISTINCT ${columns.join(', ')} FROM "${tableOf(entity)}" t CROSS JOIN sync_row r ON r.id = t.id
          WHERE coalesce(${[...columns, 'NULL'].join(', ')}) IS NOT NULL AND r.stream_no ${within}`,
        )
        .raw()
        .all(streams) as (string | null)[][];
      const rivals = this.#db
        .prepare(
          `SELECT DISTINCT h.value ->> '$.value' FROM sync_conflict c JOIN sync_row r ON r.id = c.row_id, json_each(c.heads) h
          WHERE c.tbl = ? AND c.field IN (${quoted(fields)}) AND r.stream_no ${within}`,
        )
        .pluck()
        .all(entity.name, streams) as (string | null)[];
      return [...shown.flat(), ...rivals].filter((id) => id !== null);
    });
  }

  /** Roots that name one of these: an enterprise, or the project with which they travel. */
  #following(roots: readonly string[]): string[] {
    const list = JSON.stringify(roots);
    return FOLLOWING.flatMap(
      ({ entity, fields }) =>
        this.#db
          .prepare(
            `SELECT t.id FROM "${tableOf(entity)}" t WHERE ${fields.map((f) => `t."${snake(f)}" IN (SELECT value FROM json_each(?1))`).join(' OR ')}`,
          )
          .pluck()
          .all({ 1: list }) as string[],
    );
  }
}
