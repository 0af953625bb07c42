// Plain records: list, read, write by the dictionary alone.
import { entityNamed } from '../../domain/entities.ts';
import {
  BASE_FIELDS,
  fieldsOf,
  runChecks,
  snake,
  writableFields,
  type EntityDefinition,
} from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { onePhone } from '../../domain/values/phone.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { trimEdges } from '../../domain/values/text.ts';
import type { RecordName, RecordRow, WritableRecord } from '../../contract/records.ts';
import type { Done, FieldProblem, Page, Saved, Values } from '../../contract/shared.ts';
import { columnsOf, containsWord, inList, listParameter, SHADOW, tableOf, type SqlValue } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { requireParentOpen } from '../settled.ts';
import { ownProblems, referenceProblems, usesOf, type Use } from './guards.ts';
import { referenceNames } from './names.ts';
import { requireSeen, type Seen } from './seen.ts';

export { referenceProblems, usesOf, type Use } from './guards.ts';
export { namesOf, referenceNames } from './names.ts';
export { referenceOptions } from './options.ts';
export { requireSeen, touched, type Seen } from './seen.ts';
export { pathText, pathValues, wordsOf, type Words } from './words.ts';

type Row = Record<string, unknown>;

/** Default order of a list: newest day first where there is one; those of one day, or without one, as entered. */
function defaultOrder(entity: EntityDefinition): string {
  if ('seq' in entity.fields) return 't.seq, t.id';
  const day = fieldsOf(entity).find((f) => f.meta.kind === 'day' && f.meta.list);
  return day ? `t."${snake(day.name)}" DESC, t.created_at, t.id` : 't.created_at, t.id';
}

function toRow(entity: EntityDefinition, record: Record<string, unknown>, names: Record<string, string>): RecordRow {
  const values: RecordRow['values'] = {};
  for (const c of columnsOf(entity)) {
    if (!(BASE_FIELDS as readonly string[]).includes(c.field))
      values[c.field] = c.flag
        ? record[c.field] === 1 || record[c.field] === true
        : (record[c.field] as string | number | null);
  }
  return {
    id: record.id as string,
    values,
    names,
    deletedAt: record.deletedAt as string | null,
    updatedAt: record.updatedAt as string,
  };
}

/** A page of the rows of an entity, of one parent if given, that refer to one row if given, whose texts contain `text`. */
export async function listRecords(
  ctx: Context,
  input: {
    entity: RecordName;
    parentId: string | null;
    of?: { field: string; id: string } | undefined;
    text: string;
    withDeleted: boolean;
    sort: { field: string; descending: boolean } | null;
    page: { offset: number; limit: number };
  },
): Promise<Page<RecordRow>> {
  const entity = entityNamed(input.entity);
  // What is only there to be referred to lies in no bin.
  const conditions = [input.withDeleted ? `t.deleted_at IS NOT '${SHADOW}'` : 't.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  if (input.parentId && entity.parent) {
    conditions.push(`t."${snake(entity.parent)}" = ?`);
    parameters.push(input.parentId);
  }
  const by = input.of && fieldsOf(entity).find((f) => f.meta.kind === 'reference' && f.name === input.of?.field);
  if (input.of && by) {
    conditions.push(`t."${snake(by.name)}" = ?`);
    parameters.push(input.of.id);
  }
  const texts = fieldsOf(entity).filter((f) => f.meta.kind === 'text' || f.meta.kind === 'longText');
  for (const forms of searchTerms(input.text)) {
    const tests = texts.map((f) => containsWord(`t."${snake(f.name)}"`, forms));
    conditions.push(`(${tests.map((test) => `(${test.sql})`).join(' OR ')})`);
    parameters.push(...tests.flatMap((test) => test.parameters));
  }
  const known = input.sort && columnsOf(entity).find((c) => c.field === input.sort?.field);
  const order = known ? `t."${known.column}" ${input.sort?.descending ? 'DESC' : 'ASC'}, t.id` : defaultOrder(entity);
  const where = conditions.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM "${tableOf(entity)}" t WHERE ${where}`,
    parameters,
  );
  const records = await ctx.store.read.sql<Record<string, unknown>>(
    `SELECT ${columnsOf(entity)
      .map((c) => `t."${c.column}" AS "${c.field}"`)
      .join(', ')} FROM "${tableOf(entity)}" t WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    [...parameters, input.page.limit, input.page.offset],
  );
  const names = await referenceNames(ctx.store.read, entity, records);
  const files = await filesOf(ctx, entity, records);
  const rows = records.map((r, i) => ({ ...toRow(entity, r, names[i] ?? {}), files: files.get(String(r.id)) ?? 0 }));
  return { rows, total: total?.n ?? 0 };
}

/** How many papers and photos rows carry, of a kind that may carry any. */
async function filesOf(ctx: Context, entity: EntityDefinition, rows: readonly Row[]): Promise<Map<string, number>> {
  if (!entity.facets.attach || rows.length === 0) return new Map();
  const found = await ctx.store.read.sql<{ id: string; n: number }>(
    `SELECT a.owner_id AS id, count(*) AS n FROM attachment a WHERE a.deleted_at IS NULL AND ${inList('a.owner_id')} GROUP BY a.owner_id`,
    [listParameter(rows.map((row) => String(row.id)))],
  );
  return new Map(found.map(({ id, n }) => [id, n]));
}

/** One row. @throws NOT_FOUND */
export async function getRecord(ctx: Context, name: RecordName, id: string): Promise<RecordRow> {
  const entity = entityNamed(name);
  const row = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!row) throw notFound(entity.label);
  const [names] = await referenceNames(ctx.store.read, entity, [row]);
  return toRow(entity, row, names ?? {});
}

/** What was typed or pasted, without edges and what nobody sees; in a field of one line no tabs and ends of lines. */
const typedText = (value: string, isLong: boolean): string => {
  const text = trimEdges(value);
  return isLong ? text : text.replace(/(?<!\s)\s*[\t\r\n]\s*/g, ' ');
};

/** Keeps only fields of the entity that people may write, trimmed; empty text is null. */
export function cleanValues(entity: EntityDefinition, values: Values): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const { name, meta } of writableFields(entity)) {
    if (!(name in values)) continue;
    const value = values[name];
    const text = typeof value === 'string' ? typedText(value, meta.kind === 'longText') || null : value;
    // A phone has one form, whether it was typed or came in with a register.
    clean[name] = meta.cell === 'phone' && typeof text === 'string' ? onePhone(text) : text;
  }
  return clean;
}

/**
 * A state changes by an event of its table alone: the state as it is may stand among the values, another one is refused.
 * @throws REFUSED with the events that there are
 */
export function requireStateKept(
  entity: EntityDefinition,
  before: Record<string, unknown> | null,
  values: Readonly<Record<string, unknown>>,
): void {
  const { workflow } = entity;
  if (!workflow) return;
  const asked = values[workflow.state];
  const schema = entity.fields[workflow.state];
  const now = before ? before[workflow.state] : schema && metaOf(schema).initial;
  if (asked === undefined || asked === now) return;
  const events = Object.values(workflow.events).flatMap((e) => (e.from.includes(String(now)) ? [`“${e.label}”`] : []));
  const sentence = `${entity.label}的状态不能直接填写，请用事项办理${events.length > 0 ? `：${events.join('、')}` : ''}`;
  throw refused(sentence, [{ code: 'STATE_BY_EVENT', sentence }]);
}

/** Problems of a day that has not come yet, and of one that has. */
const DAY_FUTURE = 'DAY_FUTURE';
const DAY_OVER = 'DAY_OVER';
const BY_THE_CLOCK: readonly string[] = [DAY_FUTURE, DAY_OVER];

/**
 * Checks values as a form does: what may be stored first, days of what has happened or is to come against `today` (where given), then
 * the entity's own checks.
 */
export function checkValues(
  entity: EntityDefinition,
  row: Record<string, unknown>,
  today: string | null = null,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const { name, meta } of fieldsOf(entity)) {
    if (meta.derived) continue;
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (!entity.fields[name]!.safeParse(value).success)
      problems.push({
        code: 'FORMAT',
        field: name,
        severity: 'error',
        sentence: formatSentence(meta.kind, meta.label, meta.max),
      });
    else if (today && meta.happened && (value as string) > today)
      problems.push({ code: DAY_FUTURE, field: name, severity: 'error', sentence: `${meta.label}不能晚于今天` });
    else if (today && meta.ahead && (value as string) <= today)
      problems.push({ code: DAY_OVER, field: name, severity: 'error', sentence: `${meta.label}要晚于今天` });
  }
  // Checks read values of the kind that the field holds; what is no such value is said already.
  const unreadable = problems.flatMap(({ code, field }) => (code === 'FORMAT' ? [[field, null]] : []));
  const checked = runChecks(entity, { ...row, ...Object.fromEntries(unreadable) }, 'form');
  return [...problems, ...checked.filter((p) => !problems.some((q) => q.field === p.field))];
}

function formatSentence(kind: string, label: string, max: number | undefined): string {
  switch (kind) {
    case 'day':
      return `${label}要写成 2026-11-18 这样的日期`;
    case 'decimal':
      return `${label}只能填数字，如 12.5`;
    case 'integer':
      return `${label}只能填整数，且在合理范围内`;
    case 'choice':
      return `${label}请从列出的选项里选`;
    case 'reference':
      return `${label}请从列表里选`;
    default:
      return max ? `${label}格式不对，或超过 ${max} 个字` : `${label}格式不对`;
  }
}

/** Throws INVALID when a problem is an error; gives the problems back otherwise. */
export function requireValid(problems: FieldProblem[]): FieldProblem[] {
  const error = problems.find((p) => p.severity === 'error');
  if (error) throw new ServiceError('INVALID', error.sentence, { problems });
  return problems;
}

/** Values of a new row: what is given, and the dictionary's initial values for the rest. */
export const withInitials = (entity: EntityDefinition, values: Record<string, unknown>): Record<string, unknown> => ({
  ...Object.fromEntries(columnsOf(entity).map((c) => [c.field, c.initial])),
  ...values,
});

/** All that is wrong with a row that is to be: `clean` are its new values, `before` is null for a new one. */
async function problemsOf(
  ctx: Context,
  entity: EntityDefinition,
  before: Record<string, unknown> | null,
  clean: Record<string, unknown>,
): Promise<FieldProblem[]> {
  const row = before ? { ...before, ...clean } : withInitials(entity, clean);
  const { read } = ctx.store;
  // A day that was on file before does not stop the change of another field.
  const own = checkValues(entity, row, ctx.today()).filter((p) => !BY_THE_CLOCK.includes(p.code) || p.field in clean);
  return [
    ...own,
    ...(await referenceProblems(read, entity, before, clean)),
    ...(await ownProblems(read, entity, (before?.id as string | undefined) ?? null, row, ctx.today())),
  ];
}

/** What a form would say of these values. */
export async function checkRecord(ctx: Context, name: WritableRecord, values: Values): Promise<FieldProblem[]> {
  const entity = entityNamed(name);
  return await problemsOf(ctx, entity, null, cleanValues(entity, values));
}

/** Fields of a new row that take the next number of their series, because nothing was given. */
const numberedFields = (entity: EntityDefinition, clean: Record<string, unknown>): string[] =>
  fieldsOf(entity)
    .filter((f) => f.meta.numbered && !clean[f.name])
    .map((f) => f.name);

/** Stands for a number that the action will give. */
const NUMBER_TO_COME = '-';

/** What a new row takes from others, where it says nothing of it itself. */
async function borrowed(ctx: Context, entity: EntityDefinition, clean: Row): Promise<Row> {
  const taken: Row = {};
  for (const { from, by, fields } of entity.borrows) {
    const given = Object.entries(by).map(([there, own]) => [there, clean[own]] as const);
    const silent = Object.keys(fields).every((own) => clean[own] === undefined || clean[own] === null);
    if (!silent || given.some(([, value]) => typeof value !== 'string')) continue;
    const where = Object.fromEntries(given);
    const [lender] = (await ctx.store.read.find(entityNamed(from), where as never)) as unknown as Row[];
    for (const [own, there] of Object.entries(fields)) if (lender) taken[own] = lender[there];
  }
  return taken;
}

/** Where values come from that people enter: a form, or what was seen at a visit. */
export const sourceOf = (visitId: string | undefined): string => (visitId ? `visit:${visitId}` : 'form');

/** Values as a form would store them, for actions that write a row beside other things. @throws INVALID; REFUSED for another state */
export async function checkedValues(
  ctx: Context,
  entity: EntityDefinition,
  before: Record<string, unknown> | null,
  values: Values,
): Promise<{ clean: Record<string, unknown>; problems: FieldProblem[] }> {
  const { clean, problems } = await plannedRecord(ctx, entity, before, values);
  return { clean, problems: requireValid(problems) };
}

/** Makes a row; an extension row that is there is changed instead. @throws INVALID; REFUSED for a state but the first */
export async function createRecord(
  ctx: Context,
  name: WritableRecord,
  values: Values,
  visitId?: string,
): Promise<Saved> {
  const entity = entityNamed(name);
  requireStateKept(entity, null, values);
  const given = cleanValues(entity, values);
  const clean = { ...given, ...(await borrowed(ctx, entity, given)) };
  const numbered = numberedFields(entity, clean);
  for (const field of numbered) clean[field] = NUMBER_TO_COME;
  const problems = requireValid(await problemsOf(ctx, entity, null, clean));
  const { value, actionId } = await act(ctx, `新增${entity.label}`, sourceOf(visitId), async (tx) => {
    await requireParentOpen(tx.read, entity, clean);
    for (const field of numbered) clean[field] = await tx.nextNumber(entity.name, ctx.today());
    return entity.shape === 'extension'
      ? await tx.put(entity, clean as never)
      : await tx.insert(entity, clean as never);
  });
  return { id: (value as { id: string }).id, actionId, problems };
}

/** Changes a row that is as it was `seen`. @throws NOT_FOUND, INVALID; REFUSED for another state than it has */
export async function updateRecord(
  ctx: Context,
  name: WritableRecord,
  id: string,
  values: Values,
  seen?: Seen,
  visitId?: string,
): Promise<Saved> {
  const entity = entityNamed(name);
  const before = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!before) throw notFound(entity.label);
  const { clean, problems } = await checkedValues(ctx, entity, before, values);
  const { actionId } = await act(ctx, `修改${entity.label}`, sourceOf(visitId), async (tx) => {
    await requireParentOpen(tx.read, entity, before);
    await requireSeen(tx.read, entity, id, clean, seen);
    return await tx.update(entity, id, clean as never);
  });
  return { id, actionId, problems };
}

/** What a change of a row stores, and what stands in its way. @throws REFUSED for another state, or under a record that is settled */
export async function plannedRecord(
  ctx: Context,
  entity: EntityDefinition,
  before: Record<string, unknown> | null,
  values: Values,
): Promise<{ clean: Record<string, unknown>; problems: FieldProblem[] }> {
  requireStateKept(entity, before, values);
  if (before) await requireParentOpen(ctx.store.read, entity, before);
  const clean = cleanValues(entity, values);
  return { clean, problems: await problemsOf(ctx, entity, before, clean) };
}

/**
 * Says anew which members a record has in a set; `seen` are those that were shown before: what others added or took out
 * meanwhile stays so.
 * @throws NOT_FOUND; INVALID for one that is none
 */
export async function setMembers(
  ctx: Context,
  name: RecordName,
  parentId: string,
  members: readonly string[],
  seen?: readonly string[],
): Promise<Done> {
  const set = entityNamed(name);
  const [parentField, memberField] = Object.keys(set.fields) as [string, string];
  const owner = entityNamed(metaOf(set.fields[parentField]!).target ?? '');
  const row = (await ctx.store.read.get(owner, parentId)) as Record<string, unknown> | null;
  if (!row || row.deletedAt) throw notFound(owner.label);
  for (const member of members) {
    const values = { [parentField]: parentId, [memberField]: member };
    requireValid([...checkValues(set, values), ...(await referenceProblems(ctx.store.read, set, null, values))]);
  }
  const { actionId } = await act(
    ctx,
    `修改${owner.label}的${set.label}`,
    'form',
    async (tx) => await tx.setMembers(set, parentId, members, seen),
  );
  return { actionId };
}

/** What hangs on a row, in words. */
export const usesInWords = (uses: readonly Use[]): string => uses.map((use) => `${use.label} ${use.rows}`).join('、');

async function requireUnused(ctx: Context, entity: EntityDefinition, row: Record<string, unknown>): Promise<void> {
  const name = `“${entity.title ? String(row[entity.title]) : entity.label}”`;
  if (row.id === ctx.operator().id) throw refused(`${name}是现在的使用人，不能移除。请先换一位使用人`);
  const uses = await usesOf(ctx.store.read, entity, row.id as string);
  if (uses.length > 0)
    throw refused(
      `${name}还有内容在用（${usesInWords(uses)}），不能移除。${entity.name === 'staff' ? '离岗的人请取消“在岗”' : '请先把它们改到别处'}`,
    );
}

/** Puts rows into the bin, or takes them out, in one action. @throws NOT_FOUND; REFUSED while other rows refer to one */
export async function binRecords(
  ctx: Context,
  name: WritableRecord,
  ids: readonly string[],
  remove: boolean,
): Promise<Done> {
  const entity = entityNamed(name);
  for (const id of ids) {
    const row = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
    if (!row) throw notFound(entity.label);
    await requireParentOpen(ctx.store.read, entity, row);
    if (remove) await requireUnused(ctx, entity, row);
  }
  const what = `${remove ? '移除' : '恢复'}${entity.label}${ids.length > 1 ? ` ${ids.length} 条` : ''}`;
  const { actionId } = await act(ctx, what, 'form', async (tx) => {
    for (const id of ids) await (remove ? tx.remove(entity, id) : tx.restore(entity, id));
  });
  return { actionId };
}
