// Global search over names, former names, signs, codes, contacts, pinyin and initials.
import type { SearchHit } from '../../contract/search.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { SqlValue } from '../../db/index.ts';
import { liveEnterprise } from '../conditions/index.ts';
import type { Context } from '../context.ts';

interface Entry { id: string; entity: string; title: string; detail: string; parentId: string | null; rank: number }

/** Where the query stands in the title, for marking; null when only the pinyin, code or a former name matches. */
function matchedIn(title: string, word: string): [number, number] | null {
  const at = title.toLowerCase().indexOf(word);
  return at < 0 ? null : [at, at + word.length];
}

const ENTITY_ORDER = "CASE entity WHEN 'enterprise' THEN 0 WHEN 'finding' THEN 1 WHEN 'contact' THEN 2 WHEN 'round' THEN 3 ELSE 4 END";

async function tailOf(ctx: Context, hits: readonly Entry[]): Promise<Map<string, string>> {
  const tails = new Map<string, string>();
  const list = (entity: string): string => JSON.stringify(hits.filter((h) => h.entity === entity).map((h) => h.id));
  for (const r of await ctx.store.read.sql<{ id: string; tail: string | null }>(
    'SELECT e.id, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id, e.town_id)) AS tail FROM enterprise e WHERE e.id IN (SELECT value FROM json_each(?))', [list('enterprise')])) tails.set(r.id, r.tail ?? '');
  for (const r of await ctx.store.read.sql<{ id: string; tail: string }>('SELECT id, status AS tail FROM finding WHERE id IN (SELECT value FROM json_each(?))', [list('finding')])) tails.set(r.id, labelOf(FINDING_STATE_VOCABULARY, r.tail));
  return tails;
}

/** The best hits for what was typed: every word must occur; beginnings of names come first. */
export async function searchAll(ctx: Context, text: string, limit: number): Promise<{ hits: SearchHit[]; total: number }> {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  const first = words[0];
  if (!first) return { hits: [], total: 0 };
  // What hangs on an enterprise goes into the bin with it.
  const where = [...words.map(() => 'instr(words, ?) > 0'), `NOT EXISTS (SELECT 1 FROM enterprise e WHERE e.id = parent_id AND NOT (${liveEnterprise()}))`].join(' AND ');
  const entries = await ctx.store.read.sql<Entry & { total: number }>(
    `SELECT row_id AS id, entity, title, detail, parent_id AS parentId, count(*) OVER () AS total,
       CASE WHEN instr(lower(title), ?) = 1 THEN 0 WHEN instr(lower(title), ?) > 0 THEN 1 ELSE 2 END AS rank
     FROM search_entry WHERE ${where} ORDER BY ${ENTITY_ORDER}, rank, length(title), row_id LIMIT ?`, [first, first, ...words, limit] as SqlValue[]);
  const tails = await tailOf(ctx, entries);
  return {
    total: entries[0]?.total ?? 0,
    hits: entries.map((e) => ({ entity: e.entity as SearchHit['entity'], id: e.id, parentId: e.parentId, title: e.title, detail: e.detail, tail: tails.get(e.id) ?? '', matched: matchedIn(e.title, first) })),
  };
}
