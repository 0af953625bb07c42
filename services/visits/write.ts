// Carrying out a visit (domain reference 2.7, 3.1).
import { enterprise } from '../../domain/enterprises/entities.ts';
import { checklistItem } from '../../domain/knowledge/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import { roundTarget } from '../../domain/rounds/entities.ts';
import { checklistAnswer, visit, visitChecklist, visitPurpose, visitStaff, VISITED_OUTCOMES } from '../../domain/visits/entities.ts';
import type { Done, Saved, Values } from '../../contract/shared.ts';
import type { NewRow, RowOf } from '../../domain/dictionary/entity.ts';
import { localTime } from '../../domain/values/clock.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { changeEnterprise } from '../enterprises/index.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { defaultDeadline, factsOf, insertFinding } from '../findings/index.ts';
import { checkValues, cleanValues } from '../records/index.ts';
import { findingsOfVisit, finishProblemsOf, oldFindingsOf } from './read.ts';

const FAILED: readonly string[] = ['nonconforming', 'partial'];

/** A visit whose content may still change. @throws NOT_FOUND; REFUSED once it is signed */
async function openVisit(ctx: Context, id: string): Promise<RowOf<typeof visit>> {
  const row = await ctx.store.read.get(visit, id);
  if (!row || row.deletedAt) throw notFound('现场检查');
  if (row.state === 'signed') throw refused('企业已在检查记录上签字，内容不能再改；确需更正时请先撤销签字');
  if (row.state === 'locked') throw refused('这次检查已锁定，不能再改');
  return row;
}

/** Default checklists of an object kind. */
async function defaultChecklists(ctx: Context, objectKind: string): Promise<string[]> {
  return (await ctx.store.read.sql<{ id: string }>('SELECT checklist_id AS id FROM checklist_for_kind WHERE object_kind = ? AND deleted_at IS NULL ORDER BY seq LIMIT 2', [objectKind])).map((r) => r.id);
}

/** Starts a visit, or gives back the draft that is open for the same target (or enterprise and day). */
export async function startVisit(ctx: Context, given: { enterpriseId: string; roundTargetId: string | null; date?: string | undefined; purposes: readonly string[]; checklistIds?: readonly string[] | undefined }): Promise<Saved> {
  const { read } = ctx.store;
  const date = given.date ?? ctx.today();
  if (date > ctx.today()) throw refused('检查日期不能晚于今天');
  const owner = await read.get(enterprise, given.enterpriseId);
  if (!owner || owner.deletedAt) throw notFound('企业');
  const target = given.roundTargetId ? await read.get(roundTarget, given.roundTargetId) : await read.first(roundTarget, { enterpriseId: given.enterpriseId, status: 'pending' }, { order: { createdAt: 'DESC' } });
  const running = target ? await read.first(visit, { roundTargetId: target.id, state: 'draft' }) : await read.first(visit, { enterpriseId: given.enterpriseId, date, state: 'draft' });
  if (running) return { id: running.id, actionId: '', problems: [] };
  const checklistIds = given.checklistIds ?? (await defaultChecklists(ctx, owner.objectKind));
  const { value, actionId } = await act(ctx, '开始检查', 'visit', async (tx) => {
    const time = localTime(tx.now);
    const row = await tx.insert(visit, {
      no: await tx.nextNumber('visit', date), enterpriseId: owner.id, roundId: target?.roundId ?? null, roundTargetId: target?.id ?? null, projectId: ctx.projectId(), date,
      timeFrom: time, isNight: time >= '22:00' || time < '06:00',
    });
    await tx.setMembers(visitPurpose, row.id, given.purposes);
    await tx.setMembers(visitChecklist, row.id, checklistIds);
    if (ctx.operator().id) await tx.setMembers(visitStaff, row.id, [ctx.operator().id]);
    return row.id;
  });
  return { id: value, actionId, problems: [] };
}

/** Changes the head of a visit. */
export async function updateVisit(ctx: Context, id: string, values: Values): Promise<Saved> {
  const before = await openVisit(ctx, id);
  const clean = cleanValues(visit, values);
  for (const key of ['no', 'state', 'outcome', 'enterpriseId', 'roundId', 'roundTargetId', 'signerName', 'signerPost', 'signedDate', 'refusedSign', 'refusedSignReason', 'signedContentHash']) delete clean[key];
  if (typeof clean.date === 'string' && clean.date > ctx.today()) throw refused('检查日期不能晚于今天');
  const problems = checkValues(visit, { ...before, ...clean });
  const stop = problems.find((p) => p.severity === 'error');
  if (stop) throw new ServiceError('INVALID', stop.sentence, { problems });
  return { id, actionId: (await act(ctx, '修改检查', 'visit', async (tx) => await tx.update(visit, id, clean as never))).actionId, problems };
}

/** Replaces purposes, people or checklists of a visit. */
export async function setVisitMembers(ctx: Context, id: string, set: 'purposes' | 'staff' | 'checklists', members: readonly string[]): Promise<Done> {
  await openVisit(ctx, id);
  const entity = { purposes: visitPurpose, staff: visitStaff, checklists: visitChecklist }[set];
  return { actionId: (await act(ctx, '修改检查', 'visit', async (tx) => { await tx.setMembers(entity, id, members); })).actionId };
}

/** The draft that a failed item proposes: wording, measure, deadline and laws of the item (domain reference 2.7). */
async function proposeFinding(ctx: Context, tx: Writer, v: RowOf<typeof visit>, item: RowOf<typeof checklistItem>): Promise<string> {
  const owner = await tx.read.sqlOne<{ name: string; manager: string | null; legalRep: string | null }>(
    `SELECT e.name, e.legal_rep AS legalRep, (SELECT c.name FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL ORDER BY c.post = 'env_manager' DESC, c.is_primary DESC, c.seq LIMIT 1) AS manager
     FROM enterprise e WHERE e.id = ?`, [v.enterpriseId]);
  const laws = await tx.read.sql<{ id: string }>(
    `SELECT b.legal_basis_id AS id FROM checklist_item_basis b JOIN legal_basis l ON l.id = b.legal_basis_id WHERE b.item_id = ? AND b.deleted_at IS NULL AND l.kind IS NOT 'penalty' ORDER BY b.seq LIMIT 4`, [item.id]);
  const row = await insertFinding(tx, {
    enterpriseId: v.enterpriseId, visitId: v.id, roundId: v.roundId, checklistItemId: item.id, foundDate: v.date, category: item.category, handlingClass: item.handlingClass,
    description: item.findingWording ?? item.text, measure: item.suggestion, responsibleUnit: owner?.name ?? null, responsiblePerson: v.accompanyingName ?? owner?.manager ?? owner?.legalRep ?? null,
    proposedDeadline: await defaultDeadline(ctx, item.handlingClass, item.deadlineDays, v.date), toldToName: v.accompanyingName,
  }, laws.map((l) => l.id), ctx.operator().name);
  return row.id;
}

async function answerInside(ctx: Context, tx: Writer, v: RowOf<typeof visit>, itemId: string, result: string, remark: string | null | undefined): Promise<string | null> {
  const item = await tx.read.get(checklistItem, itemId);
  if (!item) throw notFound('检查项');
  const version = await tx.read.sqlOne<{ version: string }>('SELECT version FROM checklist WHERE id = ?', [item.checklistId]);
  await tx.put(checklistAnswer, { visitId: v.id, itemId, result: result as 'conforming', itemVersion: version?.version ?? null, ...(remark !== undefined && { remark }) } as NewRow<typeof checklistAnswer>);
  const own = await tx.read.find(finding, { visitId: v.id, checklistItemId: itemId });
  if (FAILED.includes(result)) return own[0]?.id ?? (await proposeFinding(ctx, tx, v, item));
  // The answer was taken back: a draft that nobody has issued goes with it.
  for (const f of own) if (f.status === 'draft') await tx.remove(finding, f.id);
  return null;
}

/** Answers one item. */
export async function answerItem(ctx: Context, visitId: string, itemId: string, result: string, remark: string | null | undefined): Promise<Done & { findingId: string | null }> {
  const v = await openVisit(ctx, visitId);
  const { value, actionId } = await act(ctx, '检查作答', 'visit', async (tx) => await answerInside(ctx, tx, v, itemId, result, remark));
  return { actionId, findingId: value };
}

/** Answers all unanswered items of an aspect, or of all. */
export async function answerRest(ctx: Context, visitId: string, aspectId: string | null, result: string): Promise<Done & { answered: number }> {
  const v = await openVisit(ctx, visitId);
  if (FAILED.includes(result)) throw refused('“不符合”和“部分符合”请逐项作答');
  const rows = await ctx.store.read.sql<{ id: string }>(
    `SELECT i.id FROM visit_checklist vc JOIN checklist_item i ON i.checklist_id = vc.checklist_id JOIN enterprise e ON e.id = ?2
       JOIN checklist_item_kind k ON k.item_id = i.id AND k.object_kind = e.object_kind
     WHERE vc.visit_id = ?1 AND vc.deleted_at IS NULL AND (?3 IS NULL OR i.aspect_id = ?3)
       AND NOT EXISTS (SELECT 1 FROM checklist_answer w WHERE w.visit_id = ?1 AND w.item_id = i.id AND w.deleted_at IS NULL AND w.result <> 'unchecked')`, [visitId, v.enterpriseId, aspectId]);
  const { actionId } = await act(ctx, '批量作答', 'visit', async (tx) => { for (const r of rows) await answerInside(ctx, tx, v, r.id, result, undefined); });
  return { actionId, answered: rows.length };
}

const OUTCOME_STATUS: Readonly<Record<string, string>> = { not_found: 'not_found', moved: 'relocated' };

/** Ends a visit: its outcome decides the round target and, for not found or moved, the enterprise's status. @throws REFUSED */
export async function finishVisit(ctx: Context, id: string, outcome: string): Promise<Done> {
  const v = await openVisit(ctx, id);
  const visited = (VISITED_OUTCOMES as readonly string[]).includes(outcome);
  if (visited) {
    const findings = await findingsOfVisit(ctx, id, v.date);
    const answered = await ctx.store.read.sqlOne<{ n: number }>("SELECT count(*) AS n FROM checklist_answer WHERE visit_id = ? AND deleted_at IS NULL AND result <> 'unchecked'", [id]);
    const problems = finishProblemsOf(findings, await oldFindingsOf(ctx.store.read, v), answered?.n ?? 0);
    if (problems.length > 0) throw refused(problems.map((p) => p.sentence).join('；'), problems);
  }
  const { actionId } = await act(ctx, '结束检查', 'visit', async (tx) => {
    await tx.update(visit, id, { state: 'recorded', outcome: outcome as 'completed', timeTo: v.timeTo ?? localTime(tx.now) });
    if (v.roundTargetId) await settleTarget(tx, v.roundTargetId, outcome, visited);
    const status = OUTCOME_STATUS[outcome];
    const owner = status ? await tx.read.get(enterprise, v.enterpriseId) : null;
    if (status && owner) await changeEnterprise(tx, owner, { operatingStatus: status }, v.date, 'visit');
  });
  return { actionId };
}

/** Effect of an outcome on the round target (domain reference 2.7 RoundTarget). */
async function settleTarget(tx: Writer, targetId: string, outcome: string, visited: boolean): Promise<void> {
  const target = await tx.read.get(roundTarget, targetId);
  if (!target) return;
  if (visited) await tx.update(roundTarget, targetId, { status: 'visited', skipReason: null });
  else if (outcome === 'refused' || outcome === 'closed_door') await tx.update(roundTarget, targetId, { status: outcome, attempts: target.attempts + 1 });
  else await tx.update(roundTarget, targetId, { status: 'skipped', skipReason: outcome === 'moved' ? 'relocated' : 'not_found' });
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
