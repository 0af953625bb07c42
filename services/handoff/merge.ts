// Rows entered twice: an edge says that they are one; nothing is rewritten, so it can be taken back (hand-off design 6).
import { alias } from '../../domain/handoff/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { naturalId, type Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';

/** Puts an edge between two rows of a kind, or takes it away. */
export async function setMerged(tx: Writer, entity: string, one: string, other: string, merged: boolean): Promise<void> {
  const [low, high] = one < other ? [one, other] : [other, one];
  const id = naturalId(alias, low, high);
  const present = await tx.read.get(alias, id);
  if (!merged) { if (present && !present.deletedAt) await tx.remove(alias, id); return; }
  if (!present) await tx.insert(alias, { id, entity, lowId: low, highId: high });
  else if (present.deletedAt) await tx.restore(alias, id);
}

/** Says that two enterprises are one, or that they are not after all. @throws ServiceError NOT_FOUND, REFUSED */
export async function mergeEnterprises(ctx: Context, given: { id: string; otherId: string; undo: boolean }): Promise<{ actionId: string; shownId: string }> {
  if (given.id === given.otherId) throw refused('请选择两家不同的企业');
  for (const id of [given.id, given.otherId]) if (!(await ctx.store.read.get(enterprise, id))) throw notFound('企业');
  const { actionId } = await act(ctx, given.undo ? '取消合并企业' : '合并企业', 'form', async (tx) => { await setMerged(tx, enterprise.name, given.id, given.otherId, !given.undo); });
  const shown = await ctx.store.read.sqlOne<{ root: string }>('SELECT root FROM sync_alias_root WHERE id = ?', [given.id]);
  return { actionId, shownId: shown?.root ?? given.id };
}
