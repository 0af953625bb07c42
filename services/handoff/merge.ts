// Rows entered twice: an edge says that they are one; nothing is rewritten, so it can be taken back (hand-off design 6).
import { alias } from '../../domain/handoff/entities.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { chosenUnder } from '../../domain/enterprises/merging.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import { fieldsOf, type Patch, type RowOf } from '../../domain/dictionary/entity.ts';
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

type Row = Record<string, unknown>;

/** Values of one row that another is to say too. */
const valuesOf = (row: Row, names: readonly string[]): Patch<typeof enterprise> =>
  ({
    ...Object.fromEntries(names.map((name) => [name, row[name]])),
    suspectedDuplicate: false,
  }) as Patch<typeof enterprise>;

/** The name that goes on being known: whoever looks for it finds the enterprise. */
async function keepName(tx: Writer, enterpriseId: string, name: string, shown: string, until: string): Promise<void> {
  if (nameKey(name) === nameKey(shown)) return;
  const known = await tx.read.find(formerName, { enterpriseId });
  if (!known.some((one) => nameKey(one.name) === nameKey(name)))
    await tx.insert(formerName, { enterpriseId, name, until });
}

/**
 * Lets both enterprises say one thing, so that nothing of the two rows is left to decide: what the one that stays says, of the choices
 * in `take` what the other one says. What only one of them says stays; so do their parts.
 */
async function sayTheSame(
  tx: Writer,
  given: { keepId: string; otherId: string; take: readonly string[]; day: string },
): Promise<void> {
  const { keepId, otherId, take, day } = given;
  const kept = (await tx.read.get(enterprise, keepId)) as Row;
  const other = (await tx.read.get(enterprise, otherId)) as Row;
  const differing = fieldsOf(enterprise)
    .filter(({ name, meta }) => !meta.derived && kept[name] !== other[name])
    .map(({ name }) => name);
  const taken = differing.filter((name) => take.includes(chosenUnder(name)));
  const said = differing.filter((name) => !taken.includes(name) && kept[name] !== null);
  await tx.update(enterprise, otherId, valuesOf(kept, said));
  await tx.update(enterprise, keepId, valuesOf(other, taken));
  const [name, left] = [String(kept.name), String(other.name)];
  await (take.includes('name') ? keepName(tx, keepId, name, left, day) : keepName(tx, keepId, left, name, day));
}

/** Sites of one legal person share its code, and are enterprises of their own. @throws REFUSED */
function requireNoSites(one: RowOf<typeof enterprise>, other: RowOf<typeof enterprise>): void {
  if (!one.creditCode || one.creditCode !== other.creditCode || one.siteNo === other.siteNo) return;
  throw refused(
    `“${one.name}”和“${other.name}”是同一法人的两个厂区（厂区序号 ${one.siteNo} 和 ${other.siteNo}），不合并。` +
      '厂区序号写错的，先在档案里改成一样再合并',
  );
}

/**
 * Says that two enterprises are one, or that they are not after all. The values of `keepId` stand where both say something, but for the
 * choices of `take`, in which the other's do; without it values that differ are left to decide.
 * @throws ServiceError NOT_FOUND; REFUSED, also for two sites of one legal person
 */
export async function mergeEnterprises(
  ctx: Context,
  given: { id: string; otherId: string; keepId?: string | null; take?: readonly string[]; undo: boolean },
): Promise<{ actionId: string; shownId: string }> {
  const { id, otherId, keepId = null, take = [], undo } = given;
  if (id === otherId) throw refused('请选择两家不同的企业');
  if (keepId !== null && ![id, otherId].includes(keepId)) throw refused('留下的只能是这两家中的一家');
  const rows = [await ctx.store.read.get(enterprise, id), await ctx.store.read.get(enterprise, otherId)];
  const [one, other] = rows;
  if (!one || !other) throw notFound('企业');
  if (keepId !== null && rows.some((row) => row?.deletedAt))
    throw refused('其中一家已在回收站或已经合并。请刷新后再看');
  if (keepId !== null && !undo) requireNoSites(one, other);
  const day = ctx.today();
  const { actionId } = await act(ctx, undo ? '取消合并企业' : '合并企业', 'form', async (tx) => {
    if (keepId !== null && !undo) await sayTheSame(tx, { keepId, otherId: keepId === id ? otherId : id, take, day });
    await setMerged(tx, enterprise.name, id, otherId, !undo);
  });
  return { actionId, shownId: await shownAs(ctx.store.read, given.id) };
}
