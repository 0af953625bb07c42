// Plain records: list, read, write by the dictionary alone.
import { entityNamed } from '../../domain/entities.ts';
import { AREA_LEVELS } from '../../domain/areas/entities.ts';
import { BASE_FIELDS, fieldsOf, runChecks, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { labelOf, type Vocabulary } from '../../domain/dictionary/vocabulary.ts';
import { ORGANISATION_KINDS, STAFF_ROLES } from '../../domain/identity/entities.ts';
import type { RecordName, RecordRow, ReferenceOption, WritableRecord } from '../../contract/records.ts';
import type { Done, FieldProblem, Page, Saved, Values } from '../../contract/shared.ts';
import { columnsOf, tableOf, type SqlValue } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { ownProblems, referenceProblems, usesOf, type Use } from './guards.ts';
import { referenceNames } from './names.ts';

export { referenceProblems, usesOf, type Use } from './guards.ts';
export { namesOf, referenceNames } from './names.ts';

/** Default order of a list: newest day first where there is one, else as entered. */
function defaultOrder(entity: EntityDefinition): string {
  if ('seq' in entity.fields) return 't.seq, t.id';
  const day = fieldsOf(entity).find((f) => f.meta.kind === 'day' && f.meta.list);
  return day ? `t."${snake(day.name)}" DESC, t.id DESC` : 't.created_at, t.id';
}

function toRow(entity: EntityDefinition, record: Record<string, unknown>, names: Record<string, string>): RecordRow {
  const values: RecordRow['values'] = {};
  for (const c of columnsOf(entity)) {
    if (!(BASE_FIELDS as readonly string[]).includes(c.field)) values[c.field] = c.flag ? record[c.field] === 1 || record[c.field] === true : (record[c.field] as string | number | null);
  }
  return { id: record.id as string, values, names, deletedAt: record.deletedAt as string | null, updatedAt: record.updatedAt as string };
}

/** A page of the rows of an entity, of one parent if given, whose texts contain `text`. */
export async function listRecords(ctx: Context, input: {
  entity: RecordName; parentId: string | null; text: string; withDeleted: boolean; sort: { field: string; descending: boolean } | null; page: { offset: number; limit: number };
}): Promise<Page<RecordRow>> {
  const entity = entityNamed(input.entity);
  const conditions = [input.withDeleted ? '1' : 't.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  if (input.parentId && entity.parent) { conditions.push(`t."${snake(entity.parent)}" = ?`); parameters.push(input.parentId); }
  if (input.text.trim()) {
    const texts = fieldsOf(entity).filter((f) => f.meta.kind === 'text' || f.meta.kind === 'longText');
    conditions.push(`(${texts.map((f) => `t."${snake(f.name)}" LIKE ?`).join(' OR ')})`);
    parameters.push(...texts.map(() => `%${input.text.trim()}%`));
  }
  const known = input.sort && columnsOf(entity).find((c) => c.field === input.sort?.field);
  const order = known ? `t."${known.column}" ${input.sort?.descending ? 'DESC' : 'ASC'}, t.id` : defaultOrder(entity);
  const where = conditions.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM "${tableOf(entity)}" t WHERE ${where}`, parameters);
  const records = await ctx.store.read.sql<Record<string, unknown>>(
    `SELECT ${columnsOf(entity).map((c) => `t."${c.column}" AS "${c.field}"`).join(', ')} FROM "${tableOf(entity)}" t WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    [...parameters, input.page.limit, input.page.offset]);
  const names = await referenceNames(ctx.store.read, entity, records);
  return { rows: records.map((r, i) => toRow(entity, r, names[i] ?? {})), total: total?.n ?? 0 };
}

/** One row. @throws NOT_FOUND */
export async function getRecord(ctx: Context, name: RecordName, id: string): Promise<RecordRow> {
  const entity = entityNamed(name);
  const row = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!row) throw notFound(entity.label);
  const [names] = await referenceNames(ctx.store.read, entity, [row]);
  return toRow(entity, row, names ?? {});
}

/** Keeps only fields of the entity that people may write, trimmed; empty text is null. */
export function cleanValues(entity: EntityDefinition, values: Values): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const { name, meta } of fieldsOf(entity)) {
    if (meta.derived || !(name in values)) continue;
    const value = values[name];
    clean[name] = typeof value === 'string' ? value.trim() || null : value;
  }
  return clean;
}

/** Problem of a day that has not come yet. */
const DAY_FUTURE = 'DAY_FUTURE';

/** Checks values as a form does: what may be stored first, days of what has happened against `today` (where given), then the entity's own checks. */
export function checkValues(entity: EntityDefinition, row: Record<string, unknown>, today: string | null = null): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const { name, meta } of fieldsOf(entity)) {
    if (meta.derived) continue;
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (!entity.fields[name]!.safeParse(value).success) problems.push({ code: 'FORMAT', field: name, severity: 'error', sentence: formatSentence(meta.kind, meta.label, meta.max) });
    else if (today && meta.happened && (value as string) > today) problems.push({ code: DAY_FUTURE, field: name, severity: 'error', sentence: `${meta.label}不能晚于今天` });
  }
  return [...problems, ...runChecks(entity, row, 'form').filter((p) => !problems.some((q) => q.field === p.field))];
}

function formatSentence(kind: string, label: string, max: number | undefined): string {
  switch (kind) {
    case 'day': return `${label}要写成 2026-11-18 这样的日期`;
    case 'decimal': return `${label}只能填数字，如 12.5`;
    case 'integer': return `${label}只能填整数，且在合理范围内`;
    case 'choice': return `${label}请从列出的选项里选`;
    case 'reference': return `${label}请从列表里选`;
    default: return max ? `${label}格式不对，或超过 ${max} 个字` : `${label}格式不对`;
  }
}

/** Throws INVALID when a problem is an error; gives the problems back otherwise. */
export function requireValid(problems: FieldProblem[]): FieldProblem[] {
  const error = problems.find((p) => p.severity === 'error');
  if (error) throw new ServiceError('INVALID', error.sentence, { problems });
  return problems;
}

/** Values of a new row: what is given, and the dictionary's initial values for the rest. */
export const withInitials = (entity: EntityDefinition, values: Record<string, unknown>): Record<string, unknown> =>
  ({ ...Object.fromEntries(columnsOf(entity).map((c) => [c.field, c.initial])), ...values });

/** All that is wrong with a row that is to be: `clean` are its new values, `before` is null for a new one. */
async function problemsOf(ctx: Context, entity: EntityDefinition, before: Record<string, unknown> | null, clean: Record<string, unknown>): Promise<FieldProblem[]> {
  const row = before ? { ...before, ...clean } : withInitials(entity, clean);
  const { read } = ctx.store;
  // A day that was on file before does not stop the change of another field.
  const own = checkValues(entity, row, ctx.today()).filter((p) => p.code !== DAY_FUTURE || p.field in clean);
  return [...own, ...(await referenceProblems(read, entity, before, clean)), ...(await ownProblems(read, entity, (before?.id as string | undefined) ?? null, row))];
}

/** What a form would say of these values. */
export async function checkRecord(ctx: Context, name: WritableRecord, values: Values): Promise<FieldProblem[]> {
  const entity = entityNamed(name);
  return await problemsOf(ctx, entity, null, cleanValues(entity, values));
}

/** Makes a row; an extension row that is there is changed instead. @throws INVALID */
export async function createRecord(ctx: Context, name: WritableRecord, values: Values): Promise<Saved> {
  const entity = entityNamed(name);
  const clean = cleanValues(entity, values);
  const problems = requireValid(await problemsOf(ctx, entity, null, clean));
  const { value, actionId } = await act(ctx, `新增${entity.label}`, 'form', async (tx) =>
    (entity.shape === 'extension' ? await tx.put(entity, clean as never) : await tx.insert(entity, clean as never)));
  return { id: (value as { id: string }).id, actionId, problems };
}

/** Changes a row. @throws NOT_FOUND, INVALID */
export async function updateRecord(ctx: Context, name: WritableRecord, id: string, values: Values): Promise<Saved> {
  const entity = entityNamed(name);
  const before = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!before) throw notFound(entity.label);
  const clean = cleanValues(entity, values);
  const problems = requireValid(await problemsOf(ctx, entity, before, clean));
  const { actionId } = await act(ctx, `修改${entity.label}`, 'form', async (tx) => await tx.update(entity, id, clean as never));
  return { id, actionId, problems };
}

/** What hangs on a row, in words. */
export const usesInWords = (uses: readonly Use[]): string => uses.map((use) => `${use.label} ${use.rows}`).join('、');

async function requireUnused(ctx: Context, entity: EntityDefinition, row: Record<string, unknown>): Promise<void> {
  const name = `“${entity.title ? String(row[entity.title]) : entity.label}”`;
  if (row.id === ctx.operator().id) throw refused(`${name}是现在的使用人，不能移除。请先换一位使用人`);
  const uses = await usesOf(ctx.store.read, entity, row.id as string);
  if (uses.length > 0) throw refused(`${name}还有内容在用（${usesInWords(uses)}），不能移除。${entity.name === 'staff' ? '离岗的人请取消“在岗”' : '请先把它们改到别处'}`);
}

/** Puts a row into the bin, or takes it out. @throws NOT_FOUND; REFUSED while other rows refer to it */
export async function binRecord(ctx: Context, name: WritableRecord, id: string, remove: boolean): Promise<Done> {
  const entity = entityNamed(name);
  const row = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!row) throw notFound(entity.label);
  if (remove) await requireUnused(ctx, entity, row);
  const { actionId } = await act(ctx, `${remove ? '移除' : '恢复'}${entity.label}`, 'form', async (tx) => {
    await (remove ? tx.remove(entity, id) : tx.restore(entity, id));
  });
  return { actionId };
}

/** `words` says the detail in words where the column holds an id; `order` goes before the name. */
interface OptionSource { table: string; title: string; detail: string; extra?: string; words?: Vocabulary; order?: string }

const AREA_PATH = `coalesce((SELECT p.name FROM area p WHERE p.id = t.parent_id), '')`;
/** The place of an id in its vocabulary, as SQL. */
const rank = (column: string, words: Vocabulary): string => `CASE ${column} ${words.ids.map((id, place) => `WHEN '${id}' THEN ${place}`).join(' ')} END`;

const OPTION_SOURCES: Readonly<Record<string, OptionSource>> = {
  area: { table: 'area', title: 't.name', detail: AREA_PATH, order: rank('t.level', AREA_LEVELS) },
  staff: { table: 'staff', title: 't.name', detail: 't.role', extra: 't.is_active = 1', words: STAFF_ROLES, order: rank('t.role', STAFF_ROLES) },
  grid: { table: 'grid', title: 't.name', detail: "''" },
  organisation: { table: 'organisation', title: 't.name', detail: 't.kind', words: ORGANISATION_KINDS },
  serviceProject: { table: 'service_project', title: 't.name', detail: "t.start_date || ' 至 ' || t.end_date" },
  round: { table: 'round', title: 't.name', detail: "t.start_date || ' 至 ' || t.end_date" },
  checklist: { table: 'checklist', title: 't.name', detail: 't.version' },
  enterprise: { table: 'enterprise', title: 't.name', detail: "coalesce(t.credit_code, '')" },
};

/** Choices of a reference picker: names that contain `text`, areas also by level and parent. */
export async function referenceOptions(ctx: Context, input: { target: string; text: string; level: string | null; parentId: string | null; limit: number }): Promise<ReferenceOption[]> {
  const source = OPTION_SOURCES[input.target];
  if (!source) return [];
  const conditions = ['t.deleted_at IS NULL', ...(source.extra ? [source.extra] : [])];
  const parameters: SqlValue[] = [];
  const text = input.text.trim().toLowerCase();
  if (text) {
    if (input.target === 'enterprise') conditions.push("t.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)");
    else conditions.push(`instr(lower(${source.title}), ?) > 0`);
    parameters.push(text);
  }
  if (input.target === 'area' && input.level) { conditions.push('t.level = ?'); parameters.push(input.level); }
  if (input.target === 'area' && input.parentId) { conditions.push('(t.parent_id = ? OR t.parent_id IS NULL)'); parameters.push(input.parentId); }
  const found = await ctx.store.read.sql<ReferenceOption>(
    `SELECT t.id, ${source.title} AS name, ${source.detail} AS detail FROM ${source.table} t WHERE ${conditions.join(' AND ')}
     ORDER BY ${source.order ? `${source.order}, ` : ''}length(${source.title}), ${source.title} LIMIT ?`, [...parameters, input.limit]);
  const { words } = source;
  return words ? found.map((option) => ({ ...option, detail: labelOf(words, option.detail) })) : found;
}
