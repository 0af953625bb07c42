// Rules on a row that need other rows: what it refers to, what refers to it, what may not be there twice.
import { area } from '../../domain/areas/entities.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed, ownerOf, siblingFields, TODAY_RULES } from '../../domain/entities.ts';
import { LAYOUT_PICTURE, layoutMark } from '../../domain/production/layout.ts';
import { todaySnooze } from '../../domain/today/entities.ts';
import { trainingAttendance } from '../../domain/training/entities.ts';
import type { FieldProblem } from '../../contract/shared.ts';
import { differs, same, tableOf, type Reader } from '../../db/index.ts';

type Row = Record<string, unknown>;

/** Whether two rows belong to the same record: `id` is of the kind that the field refers to, `parent` the record of the other. */
async function isBeside(read: Reader, target: EntityDefinition, id: string, parent: unknown): Promise<boolean> {
  const column = `"${snake(target.parent as string)}"`;
  const row = await read.sqlOne<{ owner: string }>(`SELECT ${column} AS owner FROM "${tableOf(target)}" WHERE id = ?`, [
    id,
  ]);
  return !row || typeof parent !== 'string' || row.owner === parent;
}

/**
 * Problems of references that a change sets (`before` null: a new row) to rows that are not there, in the bin, or of another record
 * where both are parts of one.
 */
export async function referenceProblems(
  read: Reader,
  entity: EntityDefinition,
  before: Row | null,
  clean: Row,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  const siblings = siblingFields(entity);
  for (const { name, meta } of fieldsOf(entity)) {
    const id = clean[name];
    // Where rows of any kind are meant, the kind's own rules know which.
    if (meta.kind !== 'reference' || !meta.target || typeof id !== 'string' || id === before?.[name]) continue;
    const target = entityNamed(meta.target);
    const there = await read.sqlOne(`SELECT 1 FROM "${tableOf(target)}" WHERE id = ? AND deleted_at IS NULL`, [id]);
    const owner = entity.parent && (clean[entity.parent] ?? before?.[entity.parent]);
    if (there && siblings.includes(name) && !(await isBeside(read, target, id, owner)))
      problems.push({
        code: 'REFERENCE_ELSEWHERE',
        field: name,
        severity: 'error',
        sentence: `所选的${meta.label}不属于同一${entityNamed(ownerOf(entity) as string).label}，请重新选择`,
      });
    if (!there)
      problems.push({
        code: 'REFERENCE_GONE',
        field: name,
        severity: 'error',
        sentence: `所选的${meta.label}已不在或在回收站里，请重新选择`,
      });
  }
  return problems;
}

/** Rows of one kind that refer to a row. */
export interface Use {
  label: string;
  rows: number;
}

/** What refers to a row, by kind, the bin and the row's own parts left out; of all kinds or those of `by`. */
export async function usesOf(
  read: Reader,
  entity: EntityDefinition,
  id: string,
  by: readonly EntityDefinition[] = ENTITIES,
): Promise<Use[]> {
  const uses: Use[] = [];
  for (const other of by) {
    const columns = fieldsOf(other)
      .filter((f) => f.meta.target === entity.name && f.name !== other.parent && !f.meta.derived)
      .map((f) => `"${snake(f.name)}" = ?1`);
    if (columns.length === 0) continue;
    const found = await read.sqlOne<{ n: number }>(
      `SELECT count(*) AS n FROM "${tableOf(other)}" WHERE deleted_at IS NULL AND (${columns.join(' OR ')})`,
      [id],
    );
    if (found && found.n > 0) uses.push({ label: other.label, rows: found.n });
  }
  return uses;
}

/** An area must not lie within itself. */
async function areaWithinItself(read: Reader, id: string | null, row: Row): Promise<FieldProblem[]> {
  if (!id || !row.parentId) return [];
  const within = await read.sqlOne(
    `WITH RECURSIVE up(id) AS (SELECT ?1 UNION SELECT a.parent_id FROM area a JOIN up ON a.id = up.id WHERE a.parent_id IS NOT NULL)
     SELECT 1 FROM up WHERE id = ?2`,
    [row.parentId as string, id],
  );
  return within
    ? [{ code: 'AREA_CYCLE', field: 'parentId', severity: 'error', sentence: '上级区域不能是它自己或它的下级，请另选' }]
    : [];
}

/** One person of a unit signs in once; two of the same name are told apart by their phones. */
async function signedInTwice(read: Reader, id: string | null, row: Row): Promise<FieldProblem[]> {
  const twin = await read.sqlOne(
    `SELECT 1 FROM training_attendance WHERE deleted_at IS NULL AND training_id = ?1 AND ${same('enterprise_id', '?2')} AND person_name = ?3 AND ${differs('id', '?4')}
       AND (phone IS NULL OR ?5 IS NULL OR phone = ?5)`,
    [
      row.trainingId as string,
      (row.enterpriseId as string | null) ?? null,
      row.personName as string,
      id,
      (row.phone as string | null) ?? null,
    ],
  );
  return twin
    ? [
        {
          code: 'SIGNED_IN_TWICE',
          field: 'personName',
          severity: 'error',
          sentence: `“${row.personName as string}”已在这次的签到里。同名的两个人请填电话区分`,
        },
      ]
    : [];
}

/** What is put off is a row of the kind that the rule is about, and put off once. */
async function nothingToPutOff(read: Reader, id: string | null, row: Row, today: string): Promise<FieldProblem[]> {
  const rule = TODAY_RULES.get(String(row.rule));
  if (!rule || typeof row.recordId !== 'string') return [];
  const of = entityNamed(rule.of);
  const problem = (code: string, sentence: string): FieldProblem[] => [
    { code, field: 'recordId', severity: 'error', sentence },
  ];
  const there = await read.sqlOne(`SELECT 1 FROM "${tableOf(of)}" WHERE id = ? AND deleted_at IS NULL`, [row.recordId]);
  if (!there) return problem('RECORD_GONE', `“${rule.title}”里没有这条${of.label}，请核对记录`);
  const other = await read.sqlOne<{ until: string }>(
    `SELECT until FROM today_snooze WHERE deleted_at IS NULL AND rule = ? AND record_id = ? AND until > ? AND ${differs('id', '?')}`,
    [rule.id, row.recordId, today, id],
  );
  return other ? problem('PUT_OFF_TWICE', `这件事已推到 ${other.until} 再提，请先取回，或改那一条的日期`) : [];
}

/** A mark stands on a layout picture of its own enterprise. */
async function markOnNoPicture(read: Reader, _id: string | null, row: Row): Promise<FieldProblem[]> {
  const there = await read.sqlOne(
    'SELECT 1 FROM attachment WHERE id = ? AND owner_id = ? AND kind = ? AND deleted_at IS NULL',
    [row.attachmentId as string, row.enterpriseId as string, LAYOUT_PICTURE],
  );
  const sentence = '所选的平面布置图不是这家企业的，请重新选择';
  return there ? [] : [{ code: 'MARK_ELSEWHERE', field: 'attachmentId', severity: 'error', sentence }];
}

type OwnRule = (read: Reader, id: string | null, row: Row, today: string) => Promise<FieldProblem[]>;

const OWN: ReadonlyMap<string, OwnRule> = new Map([
  [area.name, areaWithinItself],
  [trainingAttendance.name, signedInTwice],
  [todaySnooze.name, nothingToPutOff],
  [layoutMark.name, markOnNoPicture],
]);

/** What a record holds once: another row of it with the same values. */
async function heldTwice(
  read: Reader,
  entity: EntityDefinition,
  id: string | null,
  row: Row,
  fields: readonly string[],
): Promise<FieldProblem[]> {
  const values = fields.map((field) => row[field] as string | number | null | undefined);
  if (values.some((value) => value === null || value === undefined)) return [];
  const columns = [entity.parent as string, ...fields];
  const twin = await read.sqlOne(
    `SELECT 1 FROM "${tableOf(entity)}" WHERE deleted_at IS NULL AND ${differs('id', '?')}
       AND ${columns.map((field) => `"${snake(field)}" = ?`).join(' AND ')}`,
    [id, row[entity.parent as string] as string, ...(values as (string | number)[])],
  );
  if (!twin) return [];
  const labels = fieldsOf(entity).filter((f) => fields.includes(f.name));
  const said = labels.map(({ name, meta }) => `${meta.label}“${String(row[name])}”`).join('、');
  const sentence = `已有${said}的${entity.label}，请改那一条，或换一个编号`;
  return [{ code: 'HELD_TWICE', field: fields.at(-1) as string, severity: 'error', sentence }];
}

/** What the rows of its own kind say against a row; `id` is null for a new one. */
export async function ownProblems(
  read: Reader,
  entity: EntityDefinition,
  id: string | null,
  row: Row,
  today: string,
): Promise<FieldProblem[]> {
  const problems = (await OWN.get(entity.name)?.(read, id, row, today)) ?? [];
  for (const fields of entity.once) problems.push(...(await heldTwice(read, entity, id, row, fields)));
  return problems;
}
