// Rows of a kind as they are offered where one is chosen.
import type { RecordName, ReferenceOption } from '../../contract/records.ts';
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { entityNamed } from '../../domain/entities.ts';
import { contains, holds, pathMeta, tableOf, type SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { wordsOf } from './words.ts';

/** The place of a row by the order of a vocabulary. */
function rankOf(entity: EntityDefinition, field: string): string {
  const ids = pathMeta(entity, field)?.vocabulary?.ids ?? [];
  return `CASE t."${snake(field)}" ${ids.map((id, place) => `WHEN '${id}' THEN ${place}`).join(' ')} END`;
}

/** Condition that a row's names contain what was typed: by the search index where the kind has entries there. */
const named = (entity: EntityDefinition, title: string, forms: number): string =>
  entity.facets.search && 'title' in entity.facets.search
    ? `t.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = '${entity.name}' AND ${holds('s.words', forms)})`
    : contains(title, forms);

/** Choices of a reference picker: names that contain `text`; parts of a record by that record, areas also by level and parent. */
export async function referenceOptions(
  ctx: Context,
  input: { target: RecordName; text: string; level: string | null; parentId: string | null; limit: number },
): Promise<ReferenceOption[]> {
  const entity = entityNamed(input.target);
  const title = `t."${snake(entity.title as string)}"`;
  const conditions = ['t.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  const add = (condition: string, value: SqlValue): void => {
    conditions.push(condition);
    parameters.push(value);
  };
  for (const [field, value] of Object.entries(entity.offer?.only ?? {})) add(`t."${snake(field)}" = ?`, value);
  for (const forms of searchTerms(input.text)) {
    conditions.push(named(entity, title, forms.length));
    parameters.push(...forms);
  }
  if (input.level && 'level' in entity.fields) add('t."level" = ?', input.level);
  if (input.parentId && 'parentId' in entity.fields)
    add('(t."parent_id" = ? OR t."parent_id" IS NULL)', input.parentId);
  else if (input.parentId && entity.parent) add(`t."${snake(entity.parent)}" = ?`, input.parentId);
  const rank = entity.offer?.order ? `${rankOf(entity, entity.offer.order)}, ` : '';
  const found = await ctx.store.read.sql<{ id: string; name: string }>(
    `SELECT t.id, CAST(${title} AS TEXT) AS name FROM "${tableOf(entity)}" t WHERE ${conditions.join(' AND ')}
     ORDER BY ${rank}length(${title}), ${title} LIMIT ?`,
    [...parameters, input.limit],
  );
  const detail = entity.offer?.detail ?? '';
  const words = await wordsOf(
    ctx.store.read,
    entity,
    found.map((row) => row.id),
    templatePaths(detail),
  );
  return found.map((row) => {
    const own = words.get(row.id);
    return { ...row, detail: own ? fillTemplate(detail, own) : '' };
  });
}
