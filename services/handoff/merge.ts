// Rows entered twice: an edge says that they are one; nothing is rewritten, so it can be taken back (hand-off design 6).
import { alias } from '../../domain/handoff/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { fieldsOf, type Patch } from '../../domain/dictionary/entity.ts';
import { shownAs, naturalId, type Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';

/** Puts an edge between two rows of a kind, or takes it away. */
export async function setMerged(
  tx: Writer,
  entity: string,
  one: string,
  other: string,
  merged: boolean,
): Promise<void> {
  const [low, high] = one < other ? [one, other] : [other, one];
  const id = naturalId(alias, low, high);
  const present = await tx.read.get(alias, id);
  if (!merged) {
    if (present && !present.deletedAt) await tx.remove(alias, id);
    return;
  }
  if (!present) await tx.insert(alias, { id, entity, lowId: low, highId: high });
  else if (present.deletedAt) await tx.restore(alias, id);
}

/**
 * Gives one enterprise what another says, so that nothing of the two rows is left to decide. What the other does not
 * say stays; so do their parts.
 */
async function sayTheSame(tx: Writer, keepId: string, otherId: string): Promise<void> {
  const [kept, other] = [await tx.read.get(enterprise, keepId), await tx.read.get(enterprise, otherId)] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const said = fieldsOf(enterprise).filter(
    ({ name, meta }) => !meta.derived && kept[name] !== null && kept[name] !== other[name],
  );
  await tx.update(enterprise, otherId, {
    ...Object.fromEntries(said.map(({ name }) => [name, kept[name]])),
    suspectedDuplicate: false,
  } as Patch<typeof enterprise>);
  await tx.update(enterprise, keepId, { suspectedDuplicate: false });
}

/**
 * Says that two enterprises are one, or that they are not after all. The values of `keepId` stand where both say
 * something; without it values
 * that differ are left to decide. @throws ServiceError NOT_FOUND, REFUSED
 */
export async function mergeEnterprises(
  ctx: Context,
  given: { id: string; otherId: string; keepId?: string | null; undo: boolean },
): Promise<{ actionId: string; shownId: string }> {
  const { id, otherId, keepId = null, undo } = given;
  if (id === otherId) throw refused('请选择两家不同的企业');
  if (keepId !== null && ![id, otherId].includes(keepId)) throw refused('留下的只能是这两家中的一家');
  for (const one of [id, otherId]) {
    const row = await ctx.store.read.get(enterprise, one);
    if (!row) throw notFound('企业');
    if (keepId !== null && row.deletedAt) throw refused('其中一家已在回收站或已经合并。请刷新后再看');
  }
  const { actionId } = await act(ctx, undo ? '取消合并企业' : '合并企业', 'form', async (tx) => {
    if (keepId !== null && !undo) await sayTheSame(tx, keepId, keepId === id ? otherId : id);
    await setMerged(tx, enterprise.name, id, otherId, !undo);
  });
  return { actionId, shownId: await shownAs(ctx.store.read, given.id) };
}
