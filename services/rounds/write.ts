// Making and running rounds (domain reference 3.1).
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { targetWorkflow } from '../../domain/rounds/target-workflow.ts';
import { roundWorkflow } from '../../domain/rounds/workflow.ts';
import { bornIn } from '../../domain/dictionary/workflow.ts';
import type { Done, Saved } from '../../contract/shared.ts';
import { inList, listParameter, same, type Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { checkValues, requireValid, withInitials } from '../records/index.ts';
import { scopeIds, type ScopeRequest } from './scope.ts';

/** Inserts targets for enterprises that are not yet in the round; the responsible person visits unless somebody else is named. */
export async function insertTargets(tx: Writer, roundId: string, enterpriseIds: readonly string[]): Promise<number> {
  const present = new Set(
    (
      await tx.read.sql<{ id: string }>(
        'SELECT enterprise_id AS id FROM round_target WHERE round_id = ? AND deleted_at IS NULL',
        [roundId],
      )
    ).map((r) => r.id),
  );
  const people = new Map(
    (
      await tx.read.sql<{ id: string; staffId: string | null }>(
        `SELECT id, responsible_staff_id AS "staffId" FROM enterprise WHERE ${inList('id')}`,
        [listParameter(enterpriseIds)],
      )
    ).map((r) => [r.id, r.staffId]),
  );
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
export async function createRound(
  ctx: Context,
  given: ScopeRequest & { no: number | null; name: string; endDate: string },
): Promise<Saved & { targets: number }> {
  if (given.endDate < given.startDate) throw refused('结束日期早于开始日期，请核对');
  const { name, startDate, endDate, scopeRule } = given;
  requireValid(checkValues(round, withInitials(round, { no: 1, name, startDate, endDate, scopeRule })));
  const ids = await scopeIds(ctx, given);
  if (ids.length === 0) throw refused('这个范围里没有企业，请换一种范围或先选企业');
  const projectId = ctx.projectId();
  const last = await ctx.store.read.sqlOne<{ no: number | null }>(
    `SELECT max(no) AS no FROM round WHERE ${same('project_id', '?')} AND deleted_at IS NULL`,
    [projectId],
  );
  const no = given.no ?? (last?.no ?? 0) + 1;
  const twin = await ctx.store.read.first(round, { projectId, no });
  if (twin) throw refused(`序号 ${no} 已用于“${twin.name}”，请换一个序号`);
  const { value, actionId } = await act(ctx, `新建轮次：${given.name}`, 'form', async (tx) => {
    const row = await tx.insert(round, {
      projectId,
      no,
      name: given.name,
      startDate: given.startDate,
      endDate: given.endDate,
      scopeRule: given.scopeRule as 'all',
      baseRoundId: given.baseRoundId,
      state: bornIn(roundWorkflow, given.startDate <= ctx.today() ? 'begin' : 'plan'),
    });
    return { id: row.id, targets: await insertTargets(tx, row.id, ids) };
  });
  return { ...value, actionId, problems: [] };
}

/** Changes name and days of a round. @throws NOT_FOUND, INVALID */
export async function updateRound(
  ctx: Context,
  id: string,
  given: { name?: string | undefined; startDate?: string | undefined; endDate?: string | undefined },
): Promise<Done> {
  const row = await ctx.store.read.get(round, id);
  if (!row || row.deletedAt) throw notFound('轮次');
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  requireValid(checkValues(round, { ...row, ...values }));
  const { actionId } = await act(
    ctx,
    `修改轮次：${row.name}`,
    'form',
    async (tx) => await tx.update(round, id, values),
  );
  return { actionId };
}

/** Adds enterprises to a round; those already in it are passed over. */
export async function addTargets(
  ctx: Context,
  roundId: string,
  enterpriseIds: readonly string[],
): Promise<Done & { added: number }> {
  const row = await ctx.store.read.get(round, roundId);
  if (!row) throw notFound('轮次');
  if (row.state === 'finished') throw refused('轮次已完成，不能再加企业');
  const { value, actionId } = await act(
    ctx,
    `排入“${row.name}”`,
    'form',
    async (tx) => await insertTargets(tx, roundId, enterpriseIds),
  );
  return { actionId, added: value };
}

/** Sets who visits when. @throws NOT_FOUND */
export async function assignTargets(
  ctx: Context,
  ids: readonly string[],
  given: { staffId?: string | null | undefined; plannedDate?: string | null | undefined },
): Promise<Done> {
  const { actionId } = await act(ctx, `安排 ${ids.length} 家`, 'form', async (tx) => {
    for (const id of ids) {
      const target = await tx.read.get(roundTarget, id);
      if (!target || target.deletedAt) throw notFound('轮次对象');
      await tx.update(roundTarget, id, {
        ...(given.staffId !== undefined && { staffId: given.staffId }),
        ...(given.plannedDate !== undefined && { plannedDate: given.plannedDate }),
      });
      await tx.breathe();
    }
  });
  return { actionId };
}

/** What the outcome of a visit records of the target (domain reference 2.7 RoundTarget). */
const RECORDS: Readonly<
  Record<string, { event: keyof typeof targetWorkflow.events; skipReason?: 'relocated' | 'not_found' }>
> = {
  completed: { event: 'visit' },
  partial: { event: 'visit' },
  refused: { event: 'refuse' },
  closed_door: { event: 'find_closed' },
  not_found: { event: 'miss', skipReason: 'not_found' },
  moved: { event: 'miss', skipReason: 'relocated' },
};

/** Nobody was let in: it may be tried again. */
const isMissed = (event: string): boolean => event === 'refuse' || event === 'find_closed';

/** Records the outcome of a visit with its target, inside the action that ends the visit. */
export async function settleTarget(tx: Writer, targetId: string, outcome: string): Promise<void> {
  const target = await tx.read.get(roundTarget, targetId);
  const records = RECORDS[outcome];
  if (!target || !records) return;
  const { event, skipReason = null } = records;
  await tx.update(roundTarget, targetId, {
    status: bornIn(targetWorkflow, event),
    ...(isMissed(event) ? { attempts: target.attempts + 1 } : { skipReason }),
  });
}

/** Takes back what the end of a visit recorded with its target: another visit of it decides again, or it is still to be visited. */
export async function unsettleTarget(
  tx: Writer,
  targetId: string,
  v: { readonly id: string; readonly outcome: string | null },
): Promise<void> {
  const target = await tx.read.get(roundTarget, targetId);
  const records = RECORDS[v.outcome ?? ''];
  // Somebody has decided otherwise since.
  if (!target || !records || target.status !== bornIn(targetWorkflow, records.event)) return;
  const other = await tx.read.sqlOne<{ outcome: string }>(
    `SELECT outcome FROM visit WHERE round_target_id = ? AND id <> ? AND deleted_at IS NULL AND state <> 'draft' AND outcome IS NOT NULL ORDER BY date DESC, id DESC LIMIT 1`,
    [targetId, v.id],
  );
  const before = other ? RECORDS[other.outcome] : undefined;
  await tx.update(roundTarget, targetId, {
    status: bornIn(targetWorkflow, before?.event ?? 'plan'),
    skipReason: before?.skipReason ?? null,
    attempts: Math.max(0, target.attempts - (isMissed(records.event) ? 1 : 0)),
  });
}

/** Puts a round into the bin. @throws REFUSED when something was inspected in it */
export async function removeRound(ctx: Context, id: string): Promise<Done> {
  const visits = await ctx.store.read.sqlOne<{ n: number }>(
    'SELECT count(*) AS n FROM visit WHERE round_id = ? AND deleted_at IS NULL',
    [id],
  );
  if ((visits?.n ?? 0) > 0) throw refused(`这一轮已有 ${visits?.n ?? 0} 次检查，不能删除`);
  return {
    actionId: (
      await act(ctx, '删除轮次', 'form', async (tx) => {
        for (const t of await tx.read.find(roundTarget, { roundId: id })) {
          await tx.remove(roundTarget, t.id);
          await tx.breathe();
        }
        await tx.remove(round, id);
      })
    ).actionId,
  };
}
