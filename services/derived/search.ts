// The search index: one entry per thing that can be found, rewritten when it or what it says changes; kinds say by
// their facet what finds them.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import type { Path, SearchFacet } from '../../domain/dictionary/facets.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { searchKey } from '../../domain/values/search-key.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import {
  fileOfRow,
  listParameter,
  inList,
  joined,
  pathSql,
  tableOf,
  type Reader,
  type Touched,
  type Writer,
} from '../../db/index.ts';
import { pathText } from '../records/index.ts';
import { addOwners, portionsOf } from './portions.ts';
import { initialsOf, pinyinOf } from './spelling.ts';

interface Entry {
  id: string;
  title: string;
  detail: string;
  words: string;
  parentId: string | null;
}

/** Rows of a part whose words find their owner. */
interface Part {
  readonly entity: EntityDefinition;
  readonly owner: string;
  readonly spelled: readonly Path[];
  readonly words: readonly Path[];
}

/** A kind with entries of its own, and the parts that lend it their words. */
interface Source {
  readonly entity: EntityDefinition;
  readonly facet: SearchFacet;
  readonly parts: readonly Part[];
}

/** Longest title of a hit. */
const TITLE = 80;

/** The field by which rows of a kind lend their words, or null. */
function lentBy({ facets: { search } }: EntityDefinition): string | null {
  if (!search) return null;
  return 'owner' in search ? search.owner : search.lends ? (search.parent ?? null) : null;
}

function partsOf(owner: EntityDefinition): Part[] {
  return ENTITIES.flatMap((entity) => {
    const field = lentBy(entity);
    const { search } = entity.facets;
    if (!search || !field || metaOf(entity.fields[field] as never).target !== owner.name) return [];
    return [{ entity, owner: field, spelled: search.spelled, words: search.words }];
  });
}

const SOURCES: readonly Source[] = ENTITIES.flatMap((entity) => {
  const { search } = entity.facets;
  return search && 'title' in search ? [{ entity, facet: search, parts: partsOf(entity) }] : [];
});

/** Words of Chinese names: as written, spelled out, and by initials. */
function spelled(names: readonly string[]): string[] {
  return names.filter(Boolean).flatMap((n) => {
    const full = pinyinOf(n);
    return [n, full.replaceAll(' ', ''), initialsOf(full)];
  });
}

/** What rows of a part say by one of its paths, a line each. */
const lent = (part: Part, path: Path): string =>
  `(SELECT ${joined(pathSql(part.entity, path, 'x', true), '\n')} FROM "${tableOf(part.entity)}" x
    WHERE x."${snake(part.owner)}" = t.id AND x.deleted_at IS NULL)`;

const parentOf = (entity: EntityDefinition, { parent }: SearchFacet): string =>
  entity.shape === 'attachment' ? fileOfRow('t.id') : parent ? pathSql(entity, parent, 't') : 'NULL';

const hasEntry = ({ unless }: SearchFacet): string =>
  unless
    ? `NOT (t."${snake(unless.field)}" IN (${unless.is.map((one) => `'${one}'`).join(', ')}) AND t."${snake(unless.named)}" IS NULL)`
    : '1';

/** Entries of rows; those in the bin have none. */
async function entriesOf(read: Reader, { entity, facet, parts }: Source, ids: readonly string[]): Promise<Entry[]> {
  const own = [...new Set([...[facet.title, facet.detail].flatMap(templatePaths), ...facet.spelled, ...facet.words])];
  const names = parts.flatMap((part) => part.spelled.map((path) => lent(part, path)));
  const codes = parts.flatMap((part) => part.words.map((path) => lent(part, path)));
  const columns = [...own.map((path) => pathSql(entity, path, 't', true)), ...names, ...codes];
  const parent = parentOf(entity, facet);
  const rows = await read.sql<Record<string, string | number | null>>(
    `SELECT t.id AS id, ${parent} AS parent, ${columns.map((sql, n) => `${sql} AS p${n}`).join(', ')}
     FROM "${tableOf(entity)}" t WHERE t.deleted_at IS NULL AND ${inList('t.id')} AND ${hasEntry(facet)}`,
    [listParameter(ids)],
  );
  const held = entity.shape === 'attachment' ? rows.filter((row) => row.parent !== null) : rows;
  return held.map((row) => {
    const textAt = (n: number): string[] => String(row[`p${n}`] ?? '').split('\n');
    const words = (path: Path): string => pathText(entity, path, row[`p${own.indexOf(path)}`] ?? null);
    const lentFrom = (start: number, count: number): string[] =>
      Array.from({ length: count }, (_, n) => textAt(own.length + start + n)).flat();
    return {
      id: String(row.id),
      title: wholeCharacters(fillTemplate(facet.title, words), TITLE),
      detail: fillTemplate(facet.detail, words),
      parentId: row.parent as string | null,
      words: searchKey(
        [
          ...spelled([...facet.spelled.map(words), ...lentFrom(0, names.length)]),
          ...facet.words.map(words),
          ...lentFrom(names.length, codes.length),
        ]
          .filter(Boolean)
          .join('\n'),
      ),
    };
  });
}

/** Rows whose entry an action made untrue: those written, and those whose parts were. */
async function staleOf(tx: Writer, touched: Touched, { entity, parts }: Source): Promise<Set<string>> {
  const ids = new Set(touched.get(entity.name) ?? []);
  for (const part of parts) await addOwners(tx, ids, part.entity, part.owner, touched.get(part.entity.name) ?? []);
  return ids;
}

/** Rewrites the entries that an action made untrue. */
export async function settleSearch(tx: Writer, touched: Touched): Promise<void> {
  for (const source of SOURCES) {
    for await (const part of portionsOf(tx, await staleOf(tx, touched, source))) {
      const entries = await entriesOf(tx.read, source, part);
      const found = new Set(entries.map((e) => e.id));
      for (const id of part) if (!found.has(id)) await tx.execute('DELETE FROM search_entry WHERE row_id = ?', [id]);
      for (const e of entries) {
        await tx.execute(
          `INSERT INTO search_entry(row_id, entity, title, detail, words, parent_id) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT(row_id) DO UPDATE SET title = excluded.title, detail = excluded.detail, words = excluded.words, parent_id = excluded.parent_id`,
          [e.id, source.entity.name, e.title, e.detail, e.words, e.parentId],
        );
        await tx.breathe();
      }
    }
  }
}
