// What rows say, in words: values of paths as people read them, for templates, search, the timeline and the printed file.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { asBound, asKnown, valueText } from '../../domain/dictionary/value-text.ts';
import { listParameter, inList, MEMBER_SEPARATOR, pathMeta, pathSql, tableOf, type SqlReader } from '../../db/index.ts';

/** Words of one row by path; empty where it says nothing. */
export type Words = (path: string) => string;

/** Stored values of paths, by row id; a reference at the end of a path gives the name of the row it points to. */
export async function pathValues(
  read: SqlReader,
  entity: EntityDefinition,
  ids: readonly string[],
  paths: readonly string[],
): Promise<Map<string, readonly (string | number | null)[]>> {
  const columns = paths.map((path, n) => `, ${pathSql(entity, path, 't', true)} AS p${n}`).join('');
  const rows = await read.sql<Record<string, string | number | null>>(
    `SELECT t.id AS id${columns} FROM "${tableOf(entity)}" t WHERE ${inList('t.id')}`,
    [listParameter(ids)],
  );
  return new Map(rows.map((row) => [String(row.id), paths.map((_, n) => row[`p${n}`] ?? null)]));
}

/** A value of a path as people read it; members of a set with 、 between them. */
export function pathText(entity: EntityDefinition, path: string, value: string | number | null): string {
  if (value === null) return '';
  const meta = pathMeta(entity, path);
  if (!meta || meta.kind === 'reference') return String(value).replaceAll(MEMBER_SEPARATOR, '、');
  return String(value)
    .split(MEMBER_SEPARATOR)
    .map((one) => valueText(meta, one))
    .join('、');
}

/** The field that says how exactly a vague day of the kind, or a number that may be a bound, is known; null where it is none. */
function exactnessOf(entity: EntityDefinition, path: string): string | null {
  const { sign } = pathMeta(entity, path) ?? {};
  if (sign && Object.hasOwn(entity.fields, path)) return sign;
  const beside = `${path}Precision`;
  return Object.hasOwn(entity.fields, beside) ? beside : null;
}

/** Words of rows by path; a vague day as exactly as it is known. Rows that are not there are left out. */
export async function wordsOf(
  read: SqlReader,
  entity: EntityDefinition,
  ids: readonly string[],
  paths: readonly string[],
): Promise<Map<string, Words>> {
  if (ids.length === 0) return new Map();
  const known = paths.flatMap((path) => exactnessOf(entity, path) ?? []);
  const all = [...new Set([...paths, ...known])];
  const places = new Map(all.map((path, n) => [path, n]));
  const values = await pathValues(read, entity, ids, all);
  const exact = new Map(paths.map((path) => [path, places.get(exactnessOf(entity, path) ?? '')]));
  return new Map(
    [...values].map(([id, row]) => [
      id,
      (path) => {
        const place = places.get(path);
        if (place === undefined) return '';
        const said = pathText(entity, path, row[place] ?? null);
        const by = exact.get(path);
        if (by === undefined || said === '') return said;
        return pathMeta(entity, path)?.sign ? asBound(said, row[by]) : asKnown(said, row[by]);
      },
    ]),
  );
}
