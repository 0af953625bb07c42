// The rows of the sections that describe theirs: read from the dictionary, as they are printed.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { SectionRows } from '../../domain/dictionary/section.ts';
import { entityNamed } from '../../domain/entities.ts';
import { fieldAt } from '../../domain/papers.ts';
import { dayLine, REPORT_SECTIONS, type ReportPart, type ReportSection } from '../../domain/reports/index.ts';
import { ALWAYS, pathSql, tableOf } from '../../db/index.ts';
import type { StatisticsScope } from '../../contract/statistics.ts';
import type { Context } from '../context.ts';
import { wordsOf } from '../records/index.ts';
import { inNarrowed, lastDay, toOwner } from '../statistics/index.ts';

/** Rows that one section prints at most. */
const MOST = 2000;

async function idsOf(
  ctx: Context,
  entity: EntityDefinition,
  rows: SectionRows,
  scope: StatisticsScope,
): Promise<string[]> {
  const day = pathSql(entity, rows.day, 't');
  const unless = Object.entries(rows.unless ?? {}).map(
    ([path, values]) =>
      ` AND coalesce(${pathSql(entity, path, 't')}, '') NOT IN (${values.map((value) => `'${value}'`).join(', ')})`,
  );
  const way = toOwner(entity.name)?.map((step) => step.field);
  const narrowed = way
    ? inNarrowed(scope, pathSql(entity, way.join('.') || 'id', 't'), day)
    : { sql: ALWAYS, parameters: [] };
  const found = await ctx.store.slow.sql<{ id: string }>(
    `SELECT t.id AS id FROM "${tableOf(entity)}" t WHERE t.deleted_at IS NULL AND ${day} BETWEEN ? AND ?${unless.join('')} AND ${narrowed.sql}
     ORDER BY ${day}, t.id LIMIT ${MOST}`,
    [scope.from, lastDay(scope), ...narrowed.parameters],
  );
  return found.map(({ id }) => id);
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Whether anything of a kind was ever entered. */
export async function anyOf(ctx: Context, entity: EntityDefinition): Promise<boolean> {
  const sql = `SELECT id FROM "${tableOf(entity)}" WHERE deleted_at IS NULL LIMIT 1`;
  return (await ctx.store.slow.sqlOne<{ id: string }>(sql)) !== null;
}

async function partOf(ctx: Context, rows: SectionRows, scope: StatisticsScope): Promise<ReportPart | null> {
  const entity = entityNamed(rows.of);
  if (!(await anyOf(ctx, entity))) return null;
  const ids = await idsOf(ctx, entity, rows, scope);
  const paths = rows.columns.map(({ path }) => path);
  const words = await wordsOf(ctx.store.slow, entity, ids, [...new Set(paths)]);
  const cell = (text: string): string => (isDay(text) ? dayLine(text) : text || '－');
  return {
    columns: rows.columns.map(({ path, heading, weight, align }) => {
      const meta = fieldAt(entity, path.split('.'));
      return {
        heading: heading ?? meta?.label ?? path,
        weight,
        ...(align && { align }),
        ...((meta?.masked || meta?.person) && { personal: true as const }),
      };
    }),
    rows: ids.map((id) => paths.map((path) => cell(words.get(id)?.(path) ?? ''))),
  };
}

/**
 * The rows of a period for every section that describes them, of the enterprises of the scope where they belong to one. A
 * section of whose kind nothing was ever entered has none.
 */
export async function reportParts(
  ctx: Context,
  scope: StatisticsScope,
  sections: readonly Pick<ReportSection, 'id' | 'rows'>[] = REPORT_SECTIONS,
): Promise<Record<string, ReportPart>> {
  const parts: Record<string, ReportPart> = {};
  for (const { id, rows } of sections) {
    const part = rows && (await partOf(ctx, rows, scope));
    if (part) parts[id] = part;
  }
  return parts;
}
