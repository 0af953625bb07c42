// Making and running rounds (domain reference 3.1).
import { MAX_RETRIES, round, roundTarget } from '../../domain/rounds/entities.ts';
import type { Done, Saved } from '../../contract/shared.ts';
import type { Patch } from '../../domain/dictionary/entity.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { roundBoard } from './read.ts';
import { scopeIds, type ScopeRequest } from './scope.ts';

/** Inserts targets for enterprises that are not yet in the round; the responsible person visits unless somebody else is named. */
export async function insertTargets(tx: Writer, roundId: string, enterpriseIds: readonly string[]): Promise<number> {
  const present = new Set((await tx.read.sql<{ id: string }>('SELECT enterprise_id AS id FROM round_target WHERE round_id = ? AND deleted_at IS NULL', [roundId])).map((r) => r.id));
  const people = new Map((await tx.read.sql<{ id: string; staffId: string | null }>(
    'SELECT id, responsible_staff_id AS staffId FROM enterprise WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(enterpriseIds)])).map((r) => [r.id, r.staffId]));
  let added = 0;
  for (const enterpriseId of enterpriseIds) {
    if (present.has(enterpriseId) || !people.has(enterpriseId)) continue;
    present.add(enterpriseId);
    await tx.insert(roundTarget, { roundId, enterpriseId, staffId: people.get(enterpriseId) ?? null });
    added += 1;
    await tx.breathe();
  }
  return added;
}

/** Makes a round over a scope. @throws REFUSED for an empty scope or a number already used */
export async function createRound(ctx: Context, given: ScopeRequest & { no: number | null; name: string; endDate: string }): Promise<Saved & { targets: number }> {
  if (given.endDate < given.startDate) throw refused('结束日期早于开始日期，请核对');
  const ids = await scopeIds(ctx, given);
  if (ids.length === 0) throw refused('这个范围里没有企业，请换一种范围或先选企业');
  const projectId = ctx.projectId();
  const last = await ctx.store.read.sqlOne<{ no: number | null }>('SELECT max(no) AS no FROM round WHERE project_id IS ? AND deleted_at IS NULL', [projectId]);
  const no = given.no ?? (last?.no ?? 0) + 1;
  const twin = await ctx.store.read.first(round, { projectId, no });
  if (twin) throw refused(`序号 ${no} 已用于“${twin.name}”，请换一个序号`);
  const { value, actionId } = await act(ctx, `新建轮次：${given.name}`, 'form', async (tx) => {
    const row = await tx.insert(round, {
      projectId, no, name: given.name, startDate: given.startDate, endDate: given.endDate, scopeRule: given.scopeRule as 'all', baseRoundId: given.baseRoundId,
      state: given.startDate <= ctx.today() ? 'running' : 'planned',
    });
    return { id: row.id, targets: await insertTargets(tx, row.id, ids) };
  });
  return { ...value, actionId, problems: [] };
}

/** Adds enterprises to a round; those already in it are passed over. */
export async function addTargets(ctx: Context, roundId: string, enterpriseIds: readonly string[]): Promise<Done & { added: number }> {
  const row = await ctx.store.read.get(round, roundId);
  if (!row) throw notFound('轮次');
  if (row.state === 'finished') throw refused('轮次已完成，不能再加企业');
  const { value, actionId } = await act(ctx, `排入“${row.name}”`, 'form', async (tx) => await insertTargets(tx, roundId, enterpriseIds));
  return { actionId, added: value };
}

async function changeTargets(ctx: Context, name: string, ids: readonly string[], patch: (t: { status: string; attempts: number }) => Patch<typeof roundTarget>): Promise<Done> {
  const { actionId } = await act(ctx, name, 'form', async (tx) => {
    for (const id of ids) {
      const target = await tx.read.get(roundTarget, id);
      if (!target || target.deletedAt) throw notFound('轮次对象');
      await tx.update(roundTarget, id, patch(target));
      await tx.breathe();
    }
  });
  return { actionId };
}

/** Sets who visits when. */
export async function assignTargets(ctx: Context, ids: readonly string[], given: { staffId?: string | null | undefined; plannedDate?: string | null | undefined }): Promise<Done> {
  return await changeTargets(ctx, `安排 ${ids.length} 家`, ids, () => ({
    ...(given.staffId !== undefined && { staffId: given.staffId }), ...(given.plannedDate !== undefined && { plannedDate: given.plannedDate }),
  }));
}

/** Takes targets out with a reason. @throws REFUSED for one that was visited */
export async function skipTargets(ctx: Context, ids: readonly string[], reason: string, note: string): Promise<Done> {
  return await changeTargets(ctx, `${ids.length} 家不查`, ids, (t) => {
    if (t.status === 'visited') throw refused('已检查过的企业不能再标“不查”');
    return { status: 'skipped', skipReason: reason as 'other', skipNote: note || null };
  });
}

/** Back to pending for another try. @throws REFUSED after three tries */
export async function retryTargets(ctx: Context, ids: readonly string[]): Promise<Done> {
  return await changeTargets(ctx, `${ids.length} 家再去一次`, ids, (t) => {
    if (t.status === 'visited') throw refused('已检查过的企业不用再排');
    if (t.attempts >= MAX_RETRIES) throw refused(`已去过 ${t.attempts} 次，请改为“不查”并选原因`);
    return { status: 'pending', skipReason: null, skipNote: null };
  });
}

/** Moves a round on. Finishing requires every target visited or skipped with a reason. */
export async function setRoundState(ctx: Context, id: string, state: 'planned' | 'running' | 'reviewing' | 'finished'): Promise<Done> {
  const board = await roundBoard(ctx, id);
  if (state === 'finished' && board.finishProblems.length > 0) throw refused(board.finishProblems.join('；'));
  return { actionId: (await act(ctx, '更改轮次状态', 'form', async (tx) => await tx.update(round, id, { state }))).actionId };
}

/** Puts a round into the bin. @throws REFUSED when something was inspected in it */
export async function removeRound(ctx: Context, id: string): Promise<Done> {
  const visits = await ctx.store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM visit WHERE round_id = ? AND deleted_at IS NULL', [id]);
  if ((visits?.n ?? 0) > 0) throw refused(`这一轮已有 ${visits?.n ?? 0} 次检查，不能删除`);
  return { actionId: (await act(ctx, '删除轮次', 'form', async (tx) => {
    for (const t of await tx.read.find(roundTarget, { roundId: id })) { await tx.remove(roundTarget, t.id); await tx.breathe(); }
    await tx.remove(round, id);
  })).actionId };
}
