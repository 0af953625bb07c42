// Carrying out a visit (domain reference 2.7, 3.1).
import { enterprise } from '../../domain/enterprises/entities.ts';
import { checklistItem } from '../../domain/knowledge/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import {
  checklistAnswer,
  visit,
  visitChecklist,
  visitOpeningPoint,
  visitPurpose,
  visitStaff,
} from '../../domain/visits/entities.ts';
import type { Done, FieldProblem, Saved, Values } from '../../contract/shared.ts';
import type { NewRow, RowOf } from '../../domain/dictionary/entity.ts';
import { settledIn } from '../../domain/dictionary/workflow.ts';
import { localTime } from '../../domain/values/clock.ts';
import { isNight } from '../../domain/visits/times.ts';
import { visitWorkflow } from '../../domain/visits/workflow.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { environmentContact } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { defaultDeadline, factsOf, insertFinding } from '../findings/index.ts';
import { basisOn } from '../knowledge/index.ts';
import { checkValues, cleanValues, requireSeen, requireValid, type Seen } from '../records/index.ts';
import { contractProblems } from '../contract-days.ts';
import { joinedBy, joinedTo, rejoin, stillJoined } from './joining.ts';
import { itemsOf } from './read.ts';

const FAILED: readonly string[] = ['nonconforming', 'partial'];

/** A visit whose content may still change. @throws NOT_FOUND; REFUSED once it has ended */
async function openVisit(ctx: Context, id: string): Promise<RowOf<typeof visit>> {
  const row = await ctx.store.read.get(visit, id);
  if (!row || row.deletedAt) throw notFound('现场检查');
  const ended = settledIn(visitWorkflow, row.state);
  if (ended) throw refused(ended);
  return row;
}

/** All checklists that a visit to an object of a kind begins with. */
async function defaultChecklists(ctx: Context, objectKind: string): Promise<string[]> {
  return (
    await ctx.store.read.sql<{ id: string }>(
      'SELECT checklist_id AS id FROM checklist_for_kind WHERE object_kind = ? AND deleted_at IS NULL ORDER BY seq',
      [objectKind],
    )
  ).map((r) => r.id);
}

/** Starts a visit, or gives back the draft that is open for the same target (or enterprise and day). */
export async function startVisit(
  ctx: Context,
  given: {
    enterpriseId: string;
    roundTargetId: string | null;
    date?: string | undefined;
    purposes: readonly string[];
    checklistIds?: readonly string[] | undefined;
    nature?: 'service' | 'assist' | undefined;
  },
): Promise<Saved> {
  const { read } = ctx.store;
  const date = given.date ?? ctx.today();
  if (date > ctx.today()) throw refused('检查日期不能晚于今天');
  const owner = await read.get(enterprise, given.enterpriseId);
  if (!owner || owner.deletedAt) throw notFound('企业');
  const joined = given.roundTargetId
    ? await joinedTo(read, given.roundTargetId, owner.id, date)
    : await joinedBy(read, owner.id, date);
  const running = joined.roundTargetId
    ? await read.first(visit, { roundTargetId: joined.roundTargetId, state: 'draft' })
    : await read.first(visit, { enterpriseId: given.enterpriseId, date, state: 'draft' });
  if (running) return { id: running.id, actionId: '', problems: [] };
  const checklistIds = given.checklistIds ?? (await defaultChecklists(ctx, owner.objectKind));
  const { value, actionId } = await act(ctx, '开始检查', 'visit', async (tx) => {
    // The clock tells the beginning of a visit of today; what is written down later has the times that a person enters.
    const timeFrom = date === ctx.today() ? localTime(tx.now) : null;
    const row = await tx.insert(visit, {
      no: await tx.nextNumber('visit', date),
      enterpriseId: owner.id,
      ...joined,
      projectId: ctx.projectId(),
      date,
      timeFrom,
      nature: given.nature ?? 'service',
      isNight: isNight(timeFrom, null),
    });
    await tx.setMembers(visitPurpose, row.id, given.purposes);
    await tx.setMembers(visitChecklist, row.id, checklistIds);
    if (ctx.operator().id) await tx.setMembers(visitStaff, row.id, [ctx.operator().id]);
    return row.id;
  });
  return { id: value, actionId, problems: await contractProblems(read, ctx.projectId(), date) };
}

/** Fields of a visit that its start, its signature and its end write. */
export const NOT_IN_HEAD: readonly string[] = [
  'no',
  'outcome',
  'enterpriseId',
  'roundId',
  'roundTargetId',
  'roundChoice',
  'consent',
  'consentBy',
  'consentPost',
  'consentAt',
  'consentAttachmentId',
  'cardLeft',
  'signerName',
  'signerPost',
  'signedDate',
  'refusedSign',
  'refusedSignReason',
  'signedContentHash',
];

/** New values of the head of a visit, with what is to be said of them. @throws REFUSED, INVALID */
export function preparedHead(
  ctx: Context,
  before: Readonly<Record<string, unknown>>,
  values: Values,
): { clean: Record<string, unknown>; problems: FieldProblem[] } {
  const clean = cleanValues(visit, values);
  for (const key of NOT_IN_HEAD) delete clean[key];
  if (typeof clean.date === 'string' && clean.date > ctx.today()) throw refused('检查日期不能晚于今天');
  return { clean, problems: requireValid(checkValues(visit, { ...before, ...clean })) };
}

/** What follows from times and day: the night by the visit's own times, and no clock of the day on which another one was written down. */
function withTimes(before: RowOf<typeof visit>, clean: Record<string, unknown>): Record<string, unknown> {
  const date = (clean.date as string | undefined) ?? before.date;
  const byClock = before.timeFrom === localTime(before.createdAt);
  const dropped = byClock && date !== before.date && !('timeFrom' in clean) ? { timeFrom: null } : {};
  const times = { ...before, ...clean, ...dropped };
  const told = 'isNight' in clean || !['timeFrom', 'timeTo'].some((field) => field in { ...clean, ...dropped });
  return { ...clean, ...dropped, ...(!told && { isNight: isNight(times.timeFrom, times.timeTo) }) };
}

/** Changes the head of a visit; on another day it may count in another round. */
export async function updateVisit(ctx: Context, id: string, values: Values, seen?: Seen): Promise<Saved> {
  const before = await openVisit(ctx, id);
  const { clean: given, problems } = preparedHead(ctx, before, values);
  const clean = withTimes(before, given);
  const date = (clean.date as string | undefined) ?? before.date;
  const { actionId } = await act(ctx, '修改检查', 'visit', async (tx) => {
    await requireSeen(tx.read, visit, id, given, seen);
    if (clean.nature && clean.nature !== before.nature) await changeNature(tx, id, String(clean.nature));
    await tx.update(visit, id, clean as never);
    if (date !== before.date && !(await stillJoined(tx.read, before, date)))
      await rejoin(tx, before, await joinedBy(tx.read, before.enterpriseId, date));
  });
  return { id, actionId, problems: [...problems, ...(await contractProblems(ctx.store.read, before.projectId, date))] };
}

/** Findings belong to whose visit it is. @throws REFUSED once one was issued */
async function changeNature(tx: Writer, id: string, nature: string): Promise<void> {
  const own = await tx.read.find(finding, { visitId: id });
  if (own.some((one) => !['draft', 'voided'].includes(one.status)))
    throw refused('这次检查的问题已经开单，不能再改性质；请先作废已开单的问题');
  for (const one of own) await tx.update(finding, one.id, { owner: ownerOf(nature) });
}

/** Whose the findings of a visit are. */
export const ownerOf = (nature: string): 'service' | 'authority' => (nature === 'assist' ? 'authority' : 'service');

/** Sets of a visit. */
const SETS = {
  purposes: { entity: visitPurpose, mayBeEmpty: false },
  openingPoints: { entity: visitOpeningPoint, mayBeEmpty: true },
  staff: { entity: visitStaff, mayBeEmpty: false },
  checklists: { entity: visitChecklist, mayBeEmpty: false },
} as const;

/**
 * Replaces the members of a set of a visit; with those that were `seen`, what others changed meanwhile stays.
 * @throws REFUSED where none would be left
 */
export async function setVisitMembers(
  ctx: Context,
  id: string,
  set: keyof typeof SETS,
  members: readonly string[],
  seen?: readonly string[],
): Promise<Done> {
  await openVisit(ctx, id);
  const { entity, mayBeEmpty } = SETS[set];
  return {
    actionId: (
      await act(ctx, '修改检查', 'visit', async (tx) => {
        await tx.setMembers(entity, id, members, seen);
        if (!mayBeEmpty && !(await tx.read.first(entity, { visitId: id } as never)))
          throw refused(`${entity.label}至少要留一项；另一个窗口也去掉了一项`);
      })
    ).actionId,
  };
}

/** The draft that a failed item proposes: wording, measure, deadline and laws of the item (domain reference 2.7). */
async function proposeFinding(
  ctx: Context,
  tx: Writer,
  v: RowOf<typeof visit>,
  item: RowOf<typeof checklistItem>,
): Promise<string> {
  const owner = await tx.read.sqlOne<{ name: string; manager: string | null; legalRep: string | null }>(
    `SELECT e.name, e.legal_rep AS "legalRep", ${environmentContact('c.name')} AS manager
     FROM enterprise e WHERE e.id = ?`,
    [v.enterpriseId],
  );
  const laws = (await basisOn(tx.read, [item.id], v.date)).get(item.id) ?? [];
  const row = await insertFinding(
    tx,
    {
      enterpriseId: v.enterpriseId,
      visitId: v.id,
      owner: ownerOf(v.nature),
      roundId: v.roundId,
      checklistItemId: item.id,
      foundDate: v.date,
      category: item.category,
      handlingClass: item.handlingClass,
      description: item.findingWording ?? item.text,
      measure: item.suggestion,
      responsibleUnit: owner?.name ?? null,
      responsiblePerson: v.accompanyingName ?? owner?.manager ?? owner?.legalRep ?? null,
      proposedDeadline: await defaultDeadline(ctx, item.handlingClass, item.deadlineDays, v.date),
      toldToName: v.accompanyingName,
    },
    laws.slice(0, 4),
    ctx.operator().name,
  );
  return row.id;
}

async function answerInside(
  ctx: Context,
  tx: Writer,
  v: RowOf<typeof visit>,
  itemId: string,
  result: string,
  remark: string | null | undefined,
): Promise<string | null> {
  const item = await tx.read.get(checklistItem, itemId);
  if (!item) throw notFound('检查项');
  const version = await tx.read.sqlOne<{ version: string }>('SELECT version FROM checklist WHERE id = ?', [
    item.checklistId,
  ]);
  const own = (await tx.read.find(finding, { visitId: v.id, checklistItemId: itemId })).filter(
    (f) => f.status !== 'voided',
  );
  const issued = own.find((f) => f.status !== 'draft');
  if (issued && !FAILED.includes(result))
    throw refused(`这一项的问题 ${issued.no} 已开单，作答要和它一致；登记有误请先在问题页“作废”，再改作答`);
  await tx.put(checklistAnswer, {
    visitId: v.id,
    itemId,
    result: result as 'conforming',
    itemVersion: version?.version ?? null,
    ...(remark !== undefined && { remark }),
  } as NewRow<typeof checklistAnswer>);
  if (FAILED.includes(result)) return own[0]?.id ?? (await proposeFinding(ctx, tx, v, item));
  // The answer was taken back: drafts that nobody has issued go with it.
  for (const f of own) await tx.remove(finding, f.id);
  return null;
}

async function requireAnswerSeen(
  read: Reader,
  visitId: string,
  itemId: string,
  result: string,
  seen: string | undefined,
): Promise<void> {
  const row = seen && (await read.first(checklistAnswer, { visitId, itemId }));
  if (row) await requireSeen(read, checklistAnswer, row.id, { result }, { result: seen });
}

/** Answers one item. @throws INVALID (CHANGED_MEANWHILE) where it has another answer by now than was `seen` */
export async function answerItem(
  ctx: Context,
  visitId: string,
  itemId: string,
  result: string,
  remark: string | null | undefined,
  seen?: string,
): Promise<Done & { findingId: string | null }> {
  const v = await openVisit(ctx, visitId);
  const { value, actionId } = await act(ctx, '检查作答', 'visit', async (tx) => {
    await requireAnswerSeen(tx.read, visitId, itemId, result, seen);
    return await answerInside(ctx, tx, v, itemId, result, remark);
  });
  return { actionId, findingId: value };
}

/** Answers all unanswered items of an aspect, or of all. */
export async function answerRest(
  ctx: Context,
  visitId: string,
  aspectId: string | null,
  result: string,
): Promise<Done & { answered: number }> {
  const v = await openVisit(ctx, visitId);
  if (FAILED.includes(result)) throw refused('“不符合”和“部分符合”请逐项作答');
  const owner = await ctx.store.read.get(enterprise, v.enterpriseId);
  const { items } = await itemsOf(ctx, { ...v, objectKind: owner?.objectKind ?? '' });
  const rows = items.filter((i) => i.result === 'unchecked' && (aspectId === null || i.aspectId === aspectId));
  const { actionId } = await act(ctx, '批量作答', 'visit', async (tx) => {
    for (const r of rows) await answerInside(ctx, tx, v, r.id, result, undefined);
  });
  return { actionId, answered: rows.length };
}

/** Puts an unfinished visit and its drafts into the bin. @throws REFUSED when it was finished or something was issued */
export async function removeVisit(ctx: Context, id: string): Promise<Done> {
  const v = await openVisit(ctx, id);
  if (v.state !== 'draft') throw refused('已结束的检查不能删除');
  const { actionId } = await act(ctx, '删除检查', 'visit', async (tx) => {
    for (const f of await tx.read.find(finding, { visitId: id })) {
      if ((await factsOf(tx.read, f.id)).facts.state !== 'draft') throw refused('这次检查已有开单的问题，不能删除');
      await tx.remove(finding, f.id);
    }
    await tx.remove(visit, id);
  });
  return { actionId };
}
