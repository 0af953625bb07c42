// Laws and checklists: search, citation, phrases.
import type { ChecklistRow, LawCitation, LawRow } from '../../contract/knowledge.ts';
import type { Page } from '../../contract/shared.ts';
import type { Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

export { loadBuiltinContent } from './load.ts';

interface CitationRecord {
  id: string; code: string; lawTitle: string; shortTitle: string | null; label: string; kind: string | null; summary: string | null; documentNumber: string | null;
  confidence: string; isUnchecked: number; effectiveDate: string | null; repealedDate: string | null; replacedBy: string | null;
}

const CITATION = `SELECT b.id, b.code, l.title AS lawTitle, l.short_title AS shortTitle, b.label, b.kind, b.summary, l.document_number AS documentNumber,
  b.confidence, l.is_unchecked AS isUnchecked, l.effective_date AS effectiveDate, l.repealed_date AS repealedDate, b.replaced_by_codes AS replacedBy`;

/** Why citing an article on a day deserves a second look: not yet or no longer in force (content library, `transition`). */
function warningOn(r: CitationRecord, day: string | null): string | null {
  if (!day) return null;
  if (r.effectiveDate && day < r.effectiveDate) return `${r.effectiveDate} 起施行，检查日尚未生效`;
  if (r.repealedDate && day >= r.repealedDate) return `已于 ${r.repealedDate} 废止；此前已终了的行为才可引用`;
  return null;
}

function toCitation(r: CitationRecord, day: string | null): LawCitation {
  return {
    id: r.id, code: r.code, lawTitle: r.lawTitle, shortTitle: r.shortTitle ?? r.lawTitle, label: r.label, kind: r.kind, summary: r.summary, documentNumber: r.documentNumber,
    verified: r.confidence === 'verified' && r.isUnchecked === 0, warning: warningOn(r, day),
  };
}

/** Articles cited by rows of a set table, by the id of the row that cites. `day`: the day of the conduct. */
export async function citationsOf(
  read: Reader, link: { table: 'finding_law' | 'checklist_item_basis'; owner: 'finding_id' | 'item_id' }, ownerIds: readonly string[], day: string | null,
): Promise<Map<string, LawCitation[]>> {
  const order = link.table === 'checklist_item_basis' ? 'k.seq' : 'k.created_at';
  const records = await read.sql<CitationRecord & { owner: string }>(
    `${CITATION}, k.${link.owner} AS owner FROM ${link.table} k JOIN legal_basis b ON b.id = k.legal_basis_id JOIN law l ON l.id = b.law_id
     WHERE k.deleted_at IS NULL AND k.${link.owner} IN (SELECT value FROM json_each(?)) ORDER BY ${order}, b.code`, [JSON.stringify(ownerIds)]);
  const byOwner = new Map<string, LawCitation[]>();
  for (const r of records) {
    const list = byOwner.get(r.owner) ?? [];
    list.push(toCitation(r, day));
    byOwner.set(r.owner, list);
  }
  return byOwner;
}

/** Laws whose title, short title or number contains `text`. */
export async function listLaws(ctx: Context, text: string, page: { offset: number; limit: number }): Promise<Page<LawRow>> {
  const like = `%${text.trim()}%`;
  const where = 'l.deleted_at IS NULL AND (l.title LIKE ? OR l.short_title LIKE ? OR l.document_number LIKE ?)';
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM law l WHERE ${where}`, [like, like, like]);
  const rows = await ctx.store.read.sql<Omit<LawRow, 'isUnchecked'> & { isUnchecked: number }>(
    `SELECT l.id, l.code, l.title, l.document_number AS documentNumber, l.law_level AS lawLevel, l.effective_date AS effectiveDate, l.repealed_date AS repealedDate,
       l.status, l.is_unchecked AS isUnchecked, (SELECT count(*) FROM legal_basis b WHERE b.law_id = l.id) AS articles
     FROM law l WHERE ${where} ORDER BY l.repealed_date IS NOT NULL, l.rowid LIMIT ? OFFSET ?`, [like, like, like, page.limit, page.offset]);
  return { rows: rows.map((r) => ({ ...r, isUnchecked: r.isUnchecked === 1 })), total: total?.n ?? 0 };
}

/** Articles by law or by words; each word must occur in the article or its law ("固废法 77", "危废 标识"). */
export async function listArticles(
  ctx: Context, lawId: string | null, text: string, onDay: string | null, page: { offset: number; limit: number },
): Promise<Page<LawCitation>> {
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, 6);
  const hay = "(l.title || ' ' || coalesce(l.short_title, '') || ' ' || coalesce(l.document_number, '') || ' ' || b.label || ' ' || b.no || ' ' || coalesce(b.summary, ''))";
  const conditions = ['b.deleted_at IS NULL', ...(lawId ? ['b.law_id = ?'] : []), ...words.map(() => `${hay} LIKE ?`)];
  const parameters = [...(lawId ? [lawId] : []), ...words.map((w) => `%${w}%`)];
  const from = `FROM legal_basis b JOIN law l ON l.id = b.law_id WHERE ${conditions.join(' AND ')}`;
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n ${from}`, parameters);
  const rows = await ctx.store.read.sql<CitationRecord>(`${CITATION} ${from} ORDER BY l.repealed_date IS NOT NULL, l.rowid, b.rowid LIMIT ? OFFSET ?`, [...parameters, page.limit, page.offset]);
  return { rows: rows.map((r) => toCitation(r, onDay ?? ctx.today())), total: total?.n ?? 0 };
}

const CHECKLIST = `SELECT c.id, c.code, c.name, c.description, c.version,
  (SELECT count(*) FROM checklist_item i WHERE i.checklist_id = c.id) AS items, (SELECT count(*) FROM checklist_aspect a WHERE a.checklist_id = c.id) AS aspects
  FROM checklist c`;

/** All checklists. */
export async function listChecklists(ctx: Context): Promise<ChecklistRow[]> {
  return await ctx.store.read.sql<ChecklistRow>(`${CHECKLIST} WHERE c.deleted_at IS NULL ORDER BY c.rowid`);
}

/** One checklist with its aspects and items. @throws NOT_FOUND */
export async function getChecklist(ctx: Context, checklistId: string) {
  const head = await ctx.store.read.sqlOne<ChecklistRow>(`${CHECKLIST} WHERE c.id = ?`, [checklistId]);
  if (!head) throw notFound('检查表');
  const items = await ctx.store.read.sql<{ id: string; code: string; aspectId: string; aspectName: string; text: string; howToCheck: string | null; condition: string | null; category: string; handlingClass: string; weight: number }>(
    `SELECT i.id, i.code, i.aspect_id AS aspectId, a.name AS aspectName, i.text, i.how_to_check AS howToCheck, i.condition, i.category, i.handling_class AS handlingClass, i.weight
     FROM checklist_item i JOIN checklist_aspect a ON a.id = i.aspect_id WHERE i.checklist_id = ? ORDER BY a.seq, i.seq`, [checklistId]);
  const laws = await citationsOf(ctx.store.read, { table: 'checklist_item_basis', owner: 'item_id' }, items.map((i) => i.id), ctx.today());
  const aspects = new Map<string, { id: string; name: string; items: (Omit<(typeof items)[number], 'aspectId' | 'aspectName'> & { laws: LawCitation[] })[] }>();
  for (const { aspectId, aspectName, ...item } of items) {
    const aspect = aspects.get(aspectId) ?? { id: aspectId, name: aspectName, items: [] };
    aspects.set(aspectId, aspect);
    aspect.items.push({ ...item, laws: laws.get(item.id) ?? [] });
  }
  return { checklist: head, aspects: [...aspects.values()] };
}

/** Wordings for a finding: of the checklists, then the office's own earlier ones. */
export async function phrases(ctx: Context, text: string, category: string | null) {
  const like = `%${text.trim()}%`;
  return await ctx.store.read.sql<{ text: string; measure: string | null; category: string; handlingClass: string; itemId: string | null; source: string }>(
    `SELECT * FROM (
       SELECT i.finding_wording AS text, i.suggestion AS measure, i.category, i.handling_class AS handlingClass, i.id AS itemId, c.name AS source
       FROM checklist_item i JOIN checklist c ON c.id = i.checklist_id
       WHERE i.finding_wording IS NOT NULL AND (i.finding_wording LIKE ? OR i.text LIKE ?) AND (? IS NULL OR i.category = ?) ORDER BY c.rowid, i.seq LIMIT 30)
     UNION ALL SELECT * FROM (
       SELECT f.description AS text, max(f.measure) AS measure, f.category, f.handling_class AS handlingClass, f.checklist_item_id AS itemId, '以往问题 ' || count(*) || ' 次' AS source
       FROM finding f WHERE f.deleted_at IS NULL AND f.status <> 'voided' AND f.description LIKE ? AND (? IS NULL OR f.category = ?)
       GROUP BY f.description ORDER BY count(*) DESC, max(f.found_date) DESC LIMIT 20)`,
    [like, like, category, category, like, category, category]);
}
