// Global search over names, former names, signs, codes, contacts, pinyin and initials.
import type { SearchHit } from '../../contract/search.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { SearchFacet } from '../../domain/dictionary/facets.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { foundAt, searchTerms } from '../../domain/values/search-key.ts';
import { begins, contains, folded, holds, type SqlValue } from '../../db/index.ts';
import { liveEnterprise } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { namesOf, wordsOf } from '../records/index.ts';

interface Entry {
  id: string;
  entity: string;
  title: string;
  detail: string;
  parentId: string | null;
  rank: number;
}

/** Kinds that are found, by the place of their hits. */
const FOUND: readonly { entity: EntityDefinition; facet: SearchFacet }[] = ENTITIES.flatMap((entity) => {
  const { search } = entity.facets;
  return search && 'title' in search ? [{ entity, facet: search }] : [];
});

const ENTITY_ORDER = `CASE entity ${FOUND.map(({ entity, facet }) => `WHEN '${entity.name}' THEN ${facet.order}`).join(' ')} END`;

/** What stands at the end of each hit, by its id. */
async function tailOf(ctx: Context, hits: readonly Entry[]): Promise<Map<string, string>> {
  const tails = new Map<string, string>();
  for (const { entity, facet } of FOUND) {
    const ids = hits.filter((hit) => hit.entity === entity.name).map((hit) => hit.id);
    if (!facet.tail || ids.length === 0) continue;
    const words = await wordsOf(ctx.store.read, entity, ids, templatePaths(facet.tail));
    for (const [id, word] of words) tails.set(id, fillTemplate(facet.tail, word));
  }
  return tails;
}

/** The best hits for what was typed: every word must occur; beginnings of names come first. */
export async function searchAll(
  ctx: Context,
  text: string,
  limit: number,
): Promise<{ hits: SearchHit[]; total: number }> {
  const terms = searchTerms(text);
  const first = terms[0]?.[0];
  if (first === undefined) return { hits: [], total: 0 };
  // What hangs on an enterprise goes into the bin with it.
  const where = [
    ...terms.map((forms) => holds('words', forms.length)),
    `NOT EXISTS (SELECT 1 FROM enterprise e WHERE e.id = parent_id AND NOT (${liveEnterprise()}))`,
  ].join(' AND ');
  const entries = await ctx.store.read.sql<Entry & { total: number }>(
    `SELECT row_id AS id, entity, title, detail, parent_id AS "parentId", count(*) OVER () AS total,
       CASE WHEN ${begins(folded('title'), [...first].length)} THEN 0 WHEN ${contains('title')} THEN 1 ELSE 2 END AS rank
     FROM search_entry WHERE ${where} ORDER BY ${ENTITY_ORDER}, rank, length(title), row_id LIMIT ?`,
    [first, first, ...terms.flat(), limit] as SqlValue[],
  );
  const tails = await tailOf(ctx, entries);
  // A file says nothing of whose it is.
  const files = entries.filter((e) => entityNamed(e.entity).shape === 'attachment').flatMap((e) => e.parentId ?? []);
  const owners = await namesOf(ctx.store.read, files);
  return {
    total: entries[0]?.total ?? 0,
    hits: entries.map((e) => ({
      entity: e.entity,
      id: e.id,
      parentId: e.parentId,
      title: e.title,
      detail: e.detail,
      tail: tails.get(e.id) || (owners.get(e.parentId ?? '') ?? ''),
      matched: foundAt(e.title, first),
    })),
  };
}
