// Rules on a row that need other rows: what it refers to, what refers to it, what may not be there twice.
import { area } from '../../domain/areas/entities.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { trainingAttendance } from '../../domain/training/entities.ts';
import type { FieldProblem } from '../../contract/shared.ts';
import { tableOf, type Reader } from '../../db/index.ts';

type Row = Record<string, unknown>;

/** Problems of references that a change sets (`before` null: a new row) to rows that are not there or in the bin. */
export async function referenceProblems(read: Reader, entity: EntityDefinition, before: Row | null, clean: Row): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const { name, meta } of fieldsOf(entity)) {
    const id = clean[name];
    if (meta.kind !== 'reference' || typeof id !== 'string' || id === before?.[name]) continue;
    const there = await read.sqlOne(`SELECT 1 FROM "${tableOf(entityNamed(meta.target as string))}" WHERE id = ? AND deleted_at IS NULL`, [id]);
    if (!there) problems.push({ code: 'REFERENCE_GONE', field: name, severity: 'error', sentence: `所选的${meta.label}已不在或在回收站里，请重新选择` });
  }
  return problems;
}

/** Rows of one kind that refer to a row. */
export interface Use { label: string; rows: number }

/** What refers to a row, by kind, the bin and the row's own parts left out; of all kinds or those of `by`. */
export async function usesOf(read: Reader, entity: EntityDefinition, id: string, by: readonly EntityDefinition[] = ENTITIES): Promise<Use[]> {
  const uses: Use[] = [];
  for (const other of by) {
    const columns = fieldsOf(other).filter((f) => f.meta.target === entity.name && f.name !== other.parent).map((f) => `"${snake(f.name)}" = ?1`);
    if (columns.length === 0) continue;
    const found = await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM "${tableOf(other)}" WHERE deleted_at IS NULL AND (${columns.join(' OR ')})`, [id]);
    if (found && found.n > 0) uses.push({ label: other.label, rows: found.n });
  }
  return uses;
}

/** An area must not lie within itself. */
async function areaWithinItself(read: Reader, id: string | null, row: Row): Promise<FieldProblem[]> {
  if (!id || !row.parentId) return [];
  const within = await read.sqlOne(
    `WITH RECURSIVE up(id) AS (SELECT ?1 UNION SELECT a.parent_id FROM area a JOIN up ON a.id = up.id WHERE a.parent_id IS NOT NULL)
     SELECT 1 FROM up WHERE id = ?2`, [row.parentId as string, id]);
  return within ? [{ code: 'AREA_CYCLE', field: 'parentId', severity: 'error', sentence: '上级区域不能是它自己或它的下级，请另选' }] : [];
}

/** One person of a unit signs in once; two of the same name are told apart by their phones. */
async function signedInTwice(read: Reader, id: string | null, row: Row): Promise<FieldProblem[]> {
  const twin = await read.sqlOne(
    `SELECT 1 FROM training_attendance WHERE deleted_at IS NULL AND training_id = ?1 AND enterprise_id IS ?2 AND person_name = ?3 AND id IS NOT ?4
       AND (phone IS NULL OR ?5 IS NULL OR phone = ?5)`,
    [row.trainingId as string, (row.enterpriseId as string | null) ?? null, row.personName as string, id, (row.phone as string | null) ?? null]);
  return twin ? [{ code: 'SIGNED_IN_TWICE', field: 'personName', severity: 'error', sentence: `“${row.personName as string}”已在这次的签到里。同名的两个人请填电话区分` }] : [];
}

const OWN: ReadonlyMap<string, (read: Reader, id: string | null, row: Row) => Promise<FieldProblem[]>> = new Map([
  [area.name, areaWithinItself], [trainingAttendance.name, signedInTwice],
]);

/** What the rows of its own kind say against a row; `id` is null for a new one. */
export async function ownProblems(read: Reader, entity: EntityDefinition, id: string | null, row: Row): Promise<FieldProblem[]> {
  return await (OWN.get(entity.name)?.(read, id, row) ?? []);
}
