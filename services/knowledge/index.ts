// Laws and checklists: search, citation, phrases.
import type { ChecklistRow, LawCitation, LawRow } from '../../contract/knowledge.ts';
import type { Page } from '../../contract/shared.ts';
import { scoringRule, type ScoringRule } from '../../domain/knowledge/scoring.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { ALWAYS, contains, inList, listParameter, type Reader } from '../../db/index.ts';
import { basisOn } from './basis.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { synonymsIn } from './synonyms.ts';

export { applicabilityIn, factsIn, requirementOf, sectionsAsked } from './facts.ts';
export { basisOfItems, basisOn } from './basis.ts';
export { industriesOf } from './industries.ts';
export { loadBuiltinContent } from './load.ts';
export { focusOf, tradeLibrary, tradesOf, type Trade, type TradeStep } from './trades.ts';

interface CitationRecord {
  id: string;
  code: string;
  lawTitle: string;
  shortTitle: string | null;
  label: string;
  kind: string | null;
  summary: string | null;
  documentNumber: string | null;
  confidence: string;
  isUnchecked: number;
  effectiveDate: string | null;
  repealedDate: string | null;
  replacedBy: string | null;
}

const CITATION = `SELECT b.id, b.code, l.title AS "lawTitle", l.short_title AS "shortTitle", b.label, b.kind, b.summary, l.document_number AS "documentNumber",
  b.confidence, l.is_unchecked AS "isUnchecked", l.effective_date AS "effectiveDate", l.repealed_date AS "repealedDate", b.replaced_by_codes AS "replacedBy"`;

/** Why citing an article on a day deserves a second look: not yet or no longer in force (content library, `transition`). */
function warningOn(r: CitationRecord, day: string | null): string | null {
  if (!day) return null;
  if (r.effectiveDate && day < r.effectiveDate) return `${r.effectiveDate} 起施行，检查日尚未生效`;
  if (r.repealedDate && day >= r.repealedDate) return `已于 ${r.repealedDate} 废止；此前已终了的行为才可引用`;
  return null;
}

/** Articles in force today in the place of repealed ones, by the code of each. */
async function replacementsOf(read: Reader, records: readonly CitationRecord[]): Promise<Map<string, CitationRecord>> {
  const codes = [...new Set(records.flatMap((r) => r.replacedBy?.split(' ') ?? []))];
  if (codes.length === 0) return new Map();
  const found = await read.sql<CitationRecord>(
    `${CITATION} FROM legal_basis b JOIN law l ON l.id = b.law_id WHERE b.deleted_at IS NULL AND ${inList('b.code')}`,
    [listParameter(codes)],
  );
  return new Map(found.map((r) => [r.code, r]));
}

/** Citations of articles, each with what replaced it. */
async function toCitations(
  read: Reader,
  records: readonly CitationRecord[],
  day: string | null,
): Promise<LawCitation[]> {
  const now = await replacementsOf(read, records);
  return records.map((r) => ({
    ...toCitation(r, day),
    replacedBy: (r.replacedBy?.split(' ') ?? []).flatMap((code) => {
      const record = now.get(code);
      return record ? [toCitation(record, day)] : [];
    }),
  }));
}

function toCitation(r: CitationRecord, day: string | null): LawCitation {
  return {
    id: r.id,
    code: r.code,
    lawTitle: r.lawTitle,
    shortTitle: r.shortTitle ?? r.lawTitle,
    label: r.label,
    kind: r.kind,
    summary: r.summary,
    documentNumber: r.documentNumber,
    verified: r.confidence === 'verified' && r.isUnchecked === 0,
    warning: warningOn(r, day),
    replacedBy: [],
  };
}

/** A day on which only what is in force now is. */
const LATER = '9999-12-31';

/** Whether an article is what its item says of the day; penalties where they are in force. */
const holds = (r: CitationRecord & { owner: string }, meant: Map<string, string[]>, day: string | null): boolean =>
  r.kind === 'penalty' ? warningOn(r, day) === null : (meant.get(r.owner)?.includes(r.id) ?? false);

/** Articles cited by rows of a set table, by the id of the row that cites. `day`: the day of the conduct. */
export async function citationsOf(
  read: Reader,
  link: { table: 'finding_law' | 'checklist_item_basis'; owner: 'finding_id' | 'item_id' },
  ownerIds: readonly string[],
  day: string | null,
): Promise<Map<string, LawCitation[]>> {
  const ofItem = link.table === 'checklist_item_basis';
  const order = ofItem ? 'k.seq' : 'k.created_at';
  const records = await read.sql<CitationRecord & { owner: string }>(
    `${CITATION}, k.${link.owner} AS owner FROM ${link.table} k JOIN legal_basis b ON b.id = k.legal_basis_id JOIN law l ON l.id = b.law_id
     WHERE k.deleted_at IS NULL AND ${inList(`k.${link.owner}`)} ORDER BY ${order}, b.code`,
    [listParameter(ownerIds)],
  );
  // An item says what holds on the day; a finding keeps what it was given.
  const meant = ofItem ? await basisOn(read, ownerIds, day ?? LATER) : null;
  const byOwner = new Map<string, LawCitation[]>();
  const citations = await toCitations(read, records, day);
  for (const [at, r] of records.entries()) {
    const citation = citations[at];
    if (!citation || (meant && !holds(r, meant, day))) continue;
    byOwner.set(r.owner, [...(byOwner.get(r.owner) ?? []), citation]);
  }
  return byOwner;
}

/** Where a law is looked for, and where an article is. */
const LAW_HAY = "(l.title || ' ' || coalesce(l.short_title, '') || ' ' || coalesce(l.document_number, ''))";
const ARTICLE_HAY = `(${LAW_HAY} || ' ' || b.label || ' ' || b.no || ' ' || coalesce(b.summary, ''))`;

/** How many of the words a text has, for putting those first that have most; parameters are all forms. */
const hits = (hay: string, terms: readonly (readonly string[])[]): string =>
  terms.map((forms) => `(${contains(hay, forms.length)})`).join(' + ');

/** Laws in which every word occurs (危废 is 危险废物 too): in name or number, or in one of its articles; the named ones first. */
export async function listLaws(
  ctx: Context,
  text: string,
  page: { offset: number; limit: number },
): Promise<Page<LawRow>> {
  const terms = searchTerms(text, synonymsIn(ctx.resources));
  const named = terms.map((forms) => contains(LAW_HAY, forms.length)).join(' AND ');
  const where = terms.length > 0 ? `l.deleted_at IS NULL AND ${named}` : 'l.deleted_at IS NULL';
  const parameters = terms.flat();
  const total = await ctx.store.read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM law l WHERE ${where}`,
    parameters,
  );
  const rows = await ctx.store.read.sql<Omit<LawRow, 'isUnchecked'> & { isUnchecked: number }>(
    `SELECT l.id, l.code, l.title, l.document_number AS "documentNumber", l.law_level AS "lawLevel", l.effective_date AS "effectiveDate", l.repealed_date AS "repealedDate",
       l.status, l.is_unchecked AS "isUnchecked", (SELECT count(*) FROM legal_basis b WHERE b.law_id = l.id) AS articles
     FROM law l WHERE ${where} ORDER BY l.repealed_date IS NOT NULL, l.seq, l.id LIMIT ? OFFSET ?`,
    [...parameters, page.limit, page.offset],
  );
  return { rows: rows.map((r) => ({ ...r, isUnchecked: r.isUnchecked === 1 })), total: total?.n ?? 0 };
}

/** Articles by law or by words; each word must occur in the article or its law ("固废法 77", "危废 标识"); of the law that is so called first. */
export async function listArticles(
  ctx: Context,
  lawId: string | null,
  text: string,
  onDay: string | null,
  page: { offset: number; limit: number },
): Promise<Page<LawCitation>> {
  const terms = searchTerms(text, synonymsIn(ctx.resources));
  const conditions = [
    'b.deleted_at IS NULL',
    ...(lawId ? ['b.law_id = ?'] : []),
    ...terms.map((forms) => contains(ARTICLE_HAY, forms.length)),
  ];
  const parameters = [...(lawId ? [lawId] : []), ...terms.flat()];
  const from = `FROM legal_basis b JOIN law l ON l.id = b.law_id WHERE ${conditions.join(' AND ')}`;
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n ${from}`, parameters);
  const rows = await ctx.store.read.sql<CitationRecord>(
    `${CITATION} ${from} ORDER BY l.repealed_date IS NOT NULL, ${terms.length > 0 ? `${hits(LAW_HAY, terms)} DESC, ` : ''}l.seq, l.id, b.seq, b.id LIMIT ? OFFSET ?`,
    [...parameters, ...terms.flat(), page.limit, page.offset],
  );
  return { rows: await toCitations(ctx.store.read, rows, onDay ?? ctx.today()), total: total?.n ?? 0 };
}

const CHECKLIST_FIELDS = `c.id, c.code, c.name, c.description, c.version,
  (SELECT count(*) FROM checklist_item i WHERE i.checklist_id = c.id) AS items, (SELECT count(*) FROM checklist_aspect a WHERE a.checklist_id = c.id) AS aspects`;

/** All checklists. */
export async function listChecklists(ctx: Context): Promise<ChecklistRow[]> {
  return await ctx.store.read.sql<ChecklistRow>(
    `SELECT ${CHECKLIST_FIELDS} FROM checklist c WHERE c.deleted_at IS NULL ORDER BY c.seq, c.id`,
  );
}

/** One checklist with its aspects and items. @throws NOT_FOUND */
export async function getChecklist(ctx: Context, checklistId: string) {
  const head = await ctx.store.read.sqlOne<ChecklistRow & { scoring: string | null }>(
    `SELECT ${CHECKLIST_FIELDS}, c.scoring FROM checklist c WHERE c.id = ?`,
    [checklistId],
  );
  if (!head) throw notFound('检查表');
  const items = await ctx.store.read.sql<{
    id: string;
    code: string;
    aspectId: string;
    aspectName: string;
    text: string;
    howToCheck: string | null;
    condition: string | null;
    category: string;
    handlingClass: string;
    weight: number;
    villageMayVerify: number;
  }>(
    `SELECT i.id, i.code, i.aspect_id AS "aspectId", a.name AS "aspectName", i.text, i.how_to_check AS "howToCheck", i.condition, i.category, i.handling_class AS "handlingClass", i.weight, i.village_may_verify AS "villageMayVerify"
     FROM checklist_item i JOIN checklist_aspect a ON a.id = i.aspect_id WHERE i.checklist_id = ? ORDER BY a.seq, i.seq`,
    [checklistId],
  );
  const laws = await citationsOf(
    ctx.store.read,
    { table: 'checklist_item_basis', owner: 'item_id' },
    items.map((i) => i.id),
    ctx.today(),
  );
  const aspects = new Map<
    string,
    {
      id: string;
      name: string;
      items: (Omit<(typeof items)[number], 'aspectId' | 'aspectName' | 'villageMayVerify'> & {
        villageMayVerify: boolean;
        laws: LawCitation[];
      })[];
    }
  >();
  for (const { aspectId, aspectName, ...item } of items) {
    const aspect = aspects.get(aspectId) ?? { id: aspectId, name: aspectName, items: [] };
    aspects.set(aspectId, aspect);
    aspect.items.push({ ...item, villageMayVerify: item.villageMayVerify === 1, laws: laws.get(item.id) ?? [] });
  }
  const { scoring, ...checklist } = head;
  return { checklist, scoring: scoringWords(scoringRule(scoring)), aspects: [...aspects.values()] };
}

/** What a rule of scoring says, line by line. */
function scoringWords(rule: ScoringRule | null): string[] {
  if (!rule) return [];
  const checked = `已检查的权重不到适用的 ${rule.minCheckedRatio * 100}% 时为暂定`;
  return [rule.formula, ...rule.levels.map((level) => `${level.name}：${level.rule}`), checked];
}

/** Wordings for a finding: of the checklists, then the office's own earlier ones. */
export async function phrases(ctx: Context, text: string, category: string | null) {
  const terms = searchTerms(text, synonymsIn(ctx.resources));
  const said = (...columns: string[]): string => {
    const hay = `(${columns.map((column) => `coalesce(${column}, '')`).join(" || ' ' || ")})`;
    return terms.map((forms) => contains(hay, forms.length)).join(' AND ') || ALWAYS;
  };
  const forms = terms.flat();
  return await ctx.store.read.sql<{
    text: string;
    measure: string | null;
    category: string;
    handlingClass: string;
    itemId: string | null;
    source: string;
  }>(
    `SELECT * FROM (
       SELECT i.finding_wording AS text, i.suggestion AS measure, i.category, i.handling_class AS "handlingClass", i.id AS "itemId", c.name AS source
       FROM checklist_item i JOIN checklist c ON c.id = i.checklist_id
       WHERE i.finding_wording IS NOT NULL AND ${said('i.finding_wording', 'i.text')} AND (? IS NULL OR i.category = ?) ORDER BY c.seq, c.id, i.seq LIMIT 30)
     UNION ALL SELECT * FROM (
       SELECT f.description AS text, max(f.measure) AS measure, f.category, f.handling_class AS "handlingClass", f.checklist_item_id AS "itemId", '以往问题 ' || count(*) || ' 次' AS source
       FROM finding f WHERE f.deleted_at IS NULL AND f.status <> 'voided' AND ${said('f.description')} AND (? IS NULL OR f.category = ?)
       GROUP BY f.description ORDER BY count(*) DESC, max(f.found_date) DESC LIMIT 20)`,
    [...forms, category, category, ...forms, category, category],
  );
}
