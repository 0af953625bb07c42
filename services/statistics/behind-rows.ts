// How the rows behind a number are read and written down: each kind in its own way, or as the dictionary knows it.
import type { BehindRow } from '../../contract/statistics.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { entityNamed } from '../../domain/entities.ts';
import { formatDayShort } from '../../domain/values/day.ts';
import { pathSql } from '../../db/index.ts';
import { placeNamed } from '../conditions/index.ts';
import type { Sheet } from '../documents/index.ts';
import { ENTERPRISES_BEHIND } from './behind-enterprises.ts';
import { FINDINGS_BEHIND } from './behind-findings.ts';
import type { BehindKind, Drill } from './behind-kind.ts';
import { VISITS_BEHIND } from './behind-visits.ts';
import { placeThen } from './cohort.ts';
import { joinsAlong, joinSql, wayTo } from './ways.ts';

/** The kind by whose villages lists are cut. */
const OWNER = 'enterprise';
const OWN: readonly BehindKind[] = [FINDINGS_BEHIND, ENTERPRISES_BEHIND, VISITS_BEHIND];

/** The field that names a row, and the day it is of. */
const titleOf = (kind: EntityDefinition): string => (kind.title ? `c."${snake(kind.title)}"` : "''");
const dayOf = (kind: EntityDefinition): string | undefined => fieldsOf(kind).find((f) => f.meta.kind === 'day')?.name;

/** Rows of a kind as the dictionary knows it: enterprise, title, day. `counted`: path of the day that they are counted by. */
function plain(of: string, counted: string | null): BehindKind {
  const kind = entityNamed(of);
  const listed = fieldsOf(kind).filter((f) => f.meta.list && f.meta.kind !== 'reference');
  const way = wayTo(of, OWNER, (one) => one.name === OWNER);
  const { joins, to } = way
    ? joinsAlong(way, 'c')
    : { joins: [{ alias: 'e', sql: `LEFT JOIN "${snake(OWNER)}" e ON e.id IS NULL` }], to: 'e' };
  const day = dayOf(kind);
  const titled = fieldsOf(kind).find((f) => f.name === kind.title)?.meta;
  return {
    of,
    label: kind.label,
    unit: '条',
    alias: 'c',
    enterprise: to,
    day: counted && pathSql(kind, counted, 'c'),
    from: `"${snake(of)}" c${joinSql(joins)}`,
    order: `${day ? `c."${snake(day)}" DESC, ` : ''}c.id DESC`,
    columns: [
      { heading: '村居', width: 14, of: (row) => row.villageName },
      { heading: '企业', width: 28, of: (row) => (way ? row.name : null) },
      ...listed.map((f) => ({
        heading: f.meta.label,
        width: 16,
        of: (row: BehindRow) => {
          const value = row[f.name];
          return value === null || value === undefined ? null : valueText(f.meta, value, { masked: true });
        },
      })),
    ],
    async rows(ctx, d, where, parameters, tail) {
      const rows = await ctx.store.slow.sql<Record<string, string | null>>(
        `SELECT c.id, ${to}.id AS "enterpriseId", ${placeNamed(placeOf(this, d, ctx.today()))} AS "villageName", ${to}.name AS enterprise, ${titleOf(kind)} AS title, ${day ? `c."${snake(day)}"` : 'NULL'} AS day
           ${listed.map((f) => `, c."${snake(f.name)}" AS "${f.name}"`).join('')}
         FROM ${this.from} WHERE ${where} ${tail}`,
        parameters,
      );
      return rows.map((row): BehindRow => {
        const title = row.title && titled ? valueText(titled, row.title) : (row.title ?? '');
        return {
          ...row,
          id: row.id ?? '',
          enterpriseId: row.enterpriseId ?? null,
          villageName: row.villageName ?? null,
          name: row.enterprise ?? title,
          text: row.enterprise ? title : '',
          tail: row.day ? formatDayShort(row.day, ctx.today()) : '',
          late: false,
          glyph: null,
        };
      });
    },
  };
}

/** How rows of a kind are read; `day`: path of the day that they are counted by. */
export const behindKind = (of: string, day: string | null): BehindKind =>
  OWN.find((kind) => kind.of === of) ?? plain(of, day);

/** SQL of the place of a row: the village, else the park, where its enterprise lay when it happened. */
export const placeOf = (kind: BehindKind, d: Drill, today: string): string =>
  placeThen(d.scope, today, kind.day, kind.enterprise);

/** Villages come by their number of rows, the largest first. */
export const byVillage = (kind: BehindKind, place: string): string =>
  `ORDER BY count(*) OVER (PARTITION BY ${place}) DESC, ${place}, ${kind.order}`;

/** The list as a sheet. */
export const sheetOf = (kind: BehindKind, rows: readonly BehindRow[], head: Pick<Sheet, 'title' | 'note'>): Sheet => ({
  ...head,
  name: kind.label,
  columns: kind.columns.map(({ heading, width }) => ({ heading, width, kind: 'words' as const })),
  rows: rows.map((row) => kind.columns.map((column) => column.of(row))),
  totals: kind.columns.map((_, at) => (at === 0 ? `合计${rows.length}` : null)),
});
