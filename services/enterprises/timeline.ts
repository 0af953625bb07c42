// Everything that ever happened to an enterprise, newest first: the kinds say by their facet `timeline` what is told of them.
import type { TimelineEntry } from '../../contract/enterprises.ts';
import type { Page } from '../../contract/shared.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { TimelineFacet } from '../../domain/dictionary/facets.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { joined, createdBy, leadsTo, localDay, pathMeta, pathSql, tableOf } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { wordsOf } from '../records/index.ts';

const TOLD: readonly { entity: EntityDefinition; facet: TimelineFacet }[] = ENTITIES.flatMap((entity) =>
  entity.facets.timeline ? [{ entity, facet: entity.facets.timeline }] : [],
);

const quoted = (ids: readonly string[]): string => ids.map((id) => `'${id}'`).join(', ');

/** The day on which a row is told: an instant's day here. */
function dayOf(entity: EntityDefinition, path: string): string {
  const value = pathSql(entity, path, 't');
  const kind = pathMeta(entity, path)?.kind ?? 'instant';
  return kind === 'instant' ? localDay(value) : value;
}

/** Lines of one kind: day, moment, and the ids of the rows that make the line. */
function linesOf({ entity, facet }: (typeof TOLD)[number]): string {
  const own = facet.enterprise === 'id' ? 't.id = ?1' : leadsTo(entity, facet.enterprise, 't', '?1');
  const day = dayOf(entity, facet.day);
  const told = Object.entries(facet.unless ?? {}).map(
    ([path, ids]) => ` AND ${pathSql(entity, path, 't')} NOT IN (${quoted(ids)})`,
  );
  const ids = facet.once ? joined('t.id', ',') : 't.id';
  const opens = facet.opens ? pathSql(entity, facet.opens, 't') : 't.id';
  return `SELECT ${day} AS day, ${facet.at ? pathSql(entity, facet.at, 't') : 't.created_at'} AS at,
      '${entity.name}' AS kind, ${ids} AS ids, ${opens} AS opens
    FROM "${tableOf(entity)}" t WHERE ${entity.name === 'enterprise' ? own : `t.deleted_at IS NULL AND ${own}`} AND ${day} IS NOT NULL${told.join('')}${
      facet.once ? ` GROUP BY ${pathSql(entity, facet.once, 't')}` : ''
    }`;
}

const SQL = TOLD.map(linesOf).join('\n UNION ALL ');

interface Line {
  day: string;
  at: string;
  kind: string;
  ids: string;
  opens: string;
}

/** What the lines of one kind say, in their order. */
async function entriesOf(ctx: Context, kind: string, lines: readonly Line[]): Promise<TimelineEntry[]> {
  const entity = entityNamed(kind);
  const facet = entity.facets.timeline as TimelineFacet;
  const glyph = typeof facet.glyph === 'object' ? facet.glyph.field : null;
  const paths = [facet.title, facet.detail, facet.who].flatMap(templatePaths);
  const ids = lines.flatMap((line) => line.ids.split(','));
  const { read } = ctx.store;
  const words = await wordsOf(read, entity, ids, [...new Set(paths)]);
  const states = glyph ? await read.find(entity, { id: ids } as never) : [];
  const stateOf = new Map(
    (states as unknown as Record<string, string>[]).map((row) => [row.id, String(row[glyph ?? ''])]),
  );
  return lines.map((line) => {
    const own = line.ids.split(',').map((id) => words.get(id) ?? (() => ''));
    const fill = (template: string): string[] => [...new Set(own.map((one) => fillTemplate(template, one)))];
    return {
      at: line.at,
      day: line.day,
      kind,
      glyph: (glyph ? stateOf.get(line.ids) : String(facet.glyph)) ?? '',
      title: fill(facet.title)[0] ?? '',
      detail: fill(facet.detail)[0] ?? '',
      who: fill(facet.who).filter(Boolean).join('、') || null,
      entity: facet.opens ? (pathMeta(entity, facet.opens)?.target ?? kind) : kind,
      rowId: line.opens,
    };
  });
}

/** A page of the timeline. */
export async function timelineOf(
  ctx: Context,
  id: string,
  page: { offset: number; limit: number },
): Promise<Page<TimelineEntry>> {
  const { read } = ctx.store;
  const total = await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM (${SQL})`, [id]);
  const lines = await read.sql<Line>(`SELECT * FROM (${SQL}) ORDER BY day DESC, at DESC, ids LIMIT ?2 OFFSET ?3`, [
    id,
    page.limit,
    page.offset,
  ]);
  const told = new Map<Line, TimelineEntry>();
  for (const kind of new Set(lines.map((line) => line.kind))) {
    const own = lines.filter((line) => line.kind === kind);
    const entries = await entriesOf(ctx, kind, own);
    own.forEach((line, n) => told.set(line, entries[n] as TimelineEntry));
  }
  const rows = lines.flatMap((line) => told.get(line) ?? []);
  // Who opened the file is known to the log alone.
  const opened = rows.find((row) => row.kind === 'enterprise');
  if (opened) opened.who = await createdBy(read, id);
  return { total: total?.n ?? 0, rows };
}
