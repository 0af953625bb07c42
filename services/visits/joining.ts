// Which round a visit counts in: one that is running and whose days hold the visit's date (domain reference 8.2, 3).
import { finding } from '../../domain/findings/entities.ts';
import { ROUND_STATES, round, roundTarget } from '../../domain/rounds/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import type { RoundChoice } from '../../contract/visits.ts';
import type { Done } from '../../contract/shared.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { settleTarget, unsettleTarget } from '../rounds/index.ts';

type Visit = RowOf<typeof visit>;
/** What a visit says of its round. */
export type Joined = Pick<Visit, 'roundId' | 'roundTargetId' | 'roundChoice'>;

const NONE: Joined = { roundId: null, roundTargetId: null, roundChoice: null };
/** Still to be visited, or to be tried again. */
const WAITING: readonly string[] = ['pending', 'refused', 'closed_door'];

/** Rounds that a visit of an enterprise on a day may count in. */
export async function roundsFor(read: Reader, enterpriseId: string, date: string): Promise<RoundChoice[]> {
  return await read.sql(
    `SELECT t.id AS "targetId", r.id AS "roundId", r.name, r.start_date AS "startDate", r.end_date AS "endDate", t.status
     FROM round_target t JOIN round r ON r.id = t.round_id
     WHERE t.enterprise_id = ? AND t.deleted_at IS NULL AND r.deleted_at IS NULL AND r.state = 'running' AND ? BETWEEN r.start_date AND r.end_date
     ORDER BY r.start_date, r.no, r.id`,
    [enterpriseId, date],
  );
}

/** The one round that waits for a visit of the day; where several do it is asked for. */
export async function joinedBy(read: Reader, enterpriseId: string, date: string): Promise<Joined> {
  const waiting = (await roundsFor(read, enterpriseId, date)).filter((one) => WAITING.includes(one.status));
  const [only, ...others] = waiting;
  if (!only) return NONE;
  return others.length > 0
    ? { ...NONE, roundChoice: 'asked' }
    : { roundId: only.roundId, roundTargetId: only.targetId, roundChoice: null };
}

/** The round of a target that was chosen. @throws NOT_FOUND; REFUSED for a round that can't take a visit of the day */
export async function joinedTo(read: Reader, targetId: string, enterpriseId: string, date: string): Promise<Joined> {
  const target = await read.get(roundTarget, targetId);
  const of = target && !target.deletedAt ? await read.get(round, target.roundId) : null;
  if (!target || !of || target.enterpriseId !== enterpriseId) throw notFound('轮次对象');
  if (of.state === 'planned') throw refused(`“${of.name}”还没有开始，请先在轮次看板“开始这一轮”`);
  if (of.state !== 'running')
    throw refused(`“${of.name}”${labelOf(ROUND_STATES, of.state)}，不能再计入检查；要补查请先退回进行中`);
  if (date < of.startDate || date > of.endDate)
    throw refused(
      `“${of.name}”是 ${of.startDate} 至 ${of.endDate}，不含检查日期 ${date}。请改检查日期，或在轮次看板改这一轮的日期`,
    );
  return { roundId: of.id, roundTargetId: target.id, roundChoice: null };
}

/** Whether the round of a visit still takes it on another day. */
export async function stillJoined(read: Reader, v: Visit, date: string): Promise<boolean> {
  return (await roundsFor(read, v.enterpriseId, date)).some((one) => one.targetId === v.roundTargetId);
}

/** Writes the round of a visit and of its findings; what its end decided goes from one target to the other. */
export async function rejoin(tx: Writer, v: Visit, to: Joined): Promise<void> {
  if (v.roundTargetId !== to.roundTargetId && v.state !== 'draft' && v.outcome) {
    if (v.roundTargetId) await unsettleTarget(tx, v.roundTargetId, v);
    if (to.roundTargetId) await settleTarget(tx, to.roundTargetId, v.outcome);
  }
  await tx.update(visit, v.id, to);
  if (v.roundId !== to.roundId)
    for (const f of await tx.read.find(finding, { visitId: v.id }))
      await tx.update(finding, f.id, { roundId: to.roundId });
}

/**
 * Chooses the round that a visit counts in, or (`targetId` null) that it counts in none.
 * @throws NOT_FOUND; REFUSED once the visit is signed, or for a round that can't take it
 */
export async function setRound(ctx: Context, id: string, targetId: string | null): Promise<Done> {
  const v = await ctx.store.read.get(visit, id);
  if (!v || v.deletedAt) throw notFound('现场检查');
  if (v.state !== 'draft' && v.state !== 'recorded') throw refused('企业已签字，轮次不能再改；确需更正请先撤销签字');
  const to: Joined =
    targetId === null
      ? { ...NONE, roundChoice: 'none' }
      : await joinedTo(ctx.store.read, targetId, v.enterpriseId, v.date);
  const { actionId } = await act(ctx, '选择轮次', 'visit', async (tx) => {
    await rejoin(tx, v, to);
  });
  return { actionId };
}
