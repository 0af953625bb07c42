// The search index: one entry per thing that can be found, rewritten when it or what it says changes.
import { contact, formerName } from '../../domain/enterprises/entities.ts';
import type { Reader, Touched, Writer } from '../../db/index.ts';
import { addOwners, portionsOf } from './portions.ts';
import { initialsOf, pinyinOf } from './spelling.ts';

interface Entry { id: string; entity: string; title: string; detail: string; words: string; parentId: string | null }

const lower = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join('\n').toLowerCase();

/** Words of Chinese names: as written, spelled out, and by initials. */
function spelled(names: readonly (string | null)[]): string[] {
  return names.filter((n): n is string => Boolean(n)).flatMap((n) => {
    const full = pinyinOf(n);
    return [n, full.replaceAll(' ', ''), initialsOf(full)];
  });
}

async function enterpriseEntries(read: Reader, ids: readonly string[]): Promise<Entry[]> {
  const rows = await read.sql<{ id: string; name: string; shortName: string | null; signName: string | null; creditCode: string | null; quarantine: string | null; internalCode: string; village: string | null; address: string | null; former: string | null; contacts: string | null; phones: string | null }>(
    `SELECT e.id, e.name, e.short_name AS shortName, e.sign_name AS signName, e.credit_code AS creditCode, e.credit_code_quarantine AS quarantine, e.internal_code AS internalCode,
       (SELECT a.name FROM area a WHERE a.id = e.village_id) AS village, e.address,
       (SELECT group_concat(n.name, char(10)) FROM former_name n WHERE n.enterprise_id = e.id AND n.deleted_at IS NULL) AS former,
       (SELECT group_concat(c.name, char(10)) FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL) AS contacts,
       (SELECT group_concat(coalesce(c.mobile, c.landline), char(10)) FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL) AS phones
     FROM enterprise e WHERE e.deleted_at IS NULL AND e.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
  return rows.map((r) => ({
    id: r.id, entity: 'enterprise', title: r.name, detail: [r.shortName ?? r.signName, r.creditCode].filter(Boolean).join(' '), parentId: null,
    words: lower([...spelled([r.name, r.shortName, r.signName, ...(r.former?.split('\n') ?? []), ...(r.contacts?.split('\n') ?? [])]), r.creditCode, r.quarantine, r.internalCode, r.phones, r.village, r.address]),
  }));
}

async function findingEntries(read: Reader, ids: readonly string[]): Promise<Entry[]> {
  const rows = await read.sql<{ id: string; no: string; description: string; enterpriseId: string; name: string }>(
    `SELECT f.id, f.no, f.description, f.enterprise_id AS enterpriseId, e.name FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
     WHERE f.deleted_at IS NULL AND f.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
  return rows.map((r) => ({ id: r.id, entity: 'finding', title: `${r.no} ${r.description.slice(0, 60)}`, detail: r.name, words: lower([r.no, r.description]), parentId: r.enterpriseId }));
}

async function contactEntries(read: Reader, ids: readonly string[]): Promise<Entry[]> {
  const rows = await read.sql<{ id: string; name: string; mobile: string | null; enterpriseId: string; enterprise: string }>(
    `SELECT c.id, c.name, c.mobile, c.enterprise_id AS enterpriseId, e.name AS enterprise FROM contact c JOIN enterprise e ON e.id = c.enterprise_id
     WHERE c.deleted_at IS NULL AND e.deleted_at IS NULL AND c.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
  return rows.map((r) => ({ id: r.id, entity: 'contact', title: r.name, detail: r.enterprise, words: lower([...spelled([r.name]), r.mobile]), parentId: r.enterpriseId }));
}

const titled = (entity: string, table: string, title: string) => async (read: Reader, ids: readonly string[]): Promise<Entry[]> => {
  const rows = await read.sql<{ id: string; title: string; detail: string | null }>(
    `SELECT t.id, t."${title}" AS title, t.${entity === 'round' ? 'start_date' : 'date'} AS detail FROM ${table} t WHERE t.deleted_at IS NULL AND t.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
  return rows.map((r) => ({ id: r.id, entity, title: r.title, detail: r.detail ?? '', words: lower(spelled([r.title])), parentId: null }));
};

const SOURCES: Readonly<Record<string, (read: Reader, ids: readonly string[]) => Promise<Entry[]>>> = {
  enterprise: enterpriseEntries, finding: findingEntries, contact: contactEntries, training: titled('training', 'training', 'title'), round: titled('round', 'round', 'name'),
};

/** Enterprises whose entry also says what their children say. */
async function enterprisesOf(tx: Writer, touched: Touched): Promise<Set<string>> {
  const ids = new Set(touched.get('enterprise') ?? []);
  for (const child of [contact, formerName]) await addOwners(tx, ids, child, 'enterpriseId', touched.get(child.name) ?? []);
  return ids;
}

/** Rewrites the entries that an action made untrue. */
export async function settleSearch(tx: Writer, touched: Touched): Promise<void> {
  for (const [entity, entriesOf] of Object.entries(SOURCES)) {
    const ids = entity === 'enterprise' ? await enterprisesOf(tx, touched) : touched.get(entity) ?? [];
    for await (const part of portionsOf(tx, ids)) {
      const entries = await entriesOf(tx.read, part);
      const found = new Set(entries.map((e) => e.id));
      for (const id of part) if (!found.has(id)) await tx.execute('DELETE FROM search_entry WHERE row_id = ?', [id]);
      for (const e of entries) {
        await tx.execute(`INSERT INTO search_entry(row_id, entity, title, detail, words, parent_id) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT(row_id) DO UPDATE SET title = excluded.title, detail = excluded.detail, words = excluded.words, parent_id = excluded.parent_id`,
        [e.id, e.entity, e.title, e.detail, e.words, e.parentId]);
        await tx.breathe();
      }
    }
  }
}
