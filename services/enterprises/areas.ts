// Where an enterprise lies: areas within each other, and where it lay before it moved (domain reference 2.1, 2.2, 8.2).
import { AREA_LEVELS, UNASSIGNED_AREA } from '../../domain/areas/entities.ts';
import { assignment, enterprise } from '../../domain/enterprises/entities.ts';
import type { Done, FieldProblem } from '../../contract/shared.ts';
import { partsOfTab } from '../../domain/enterprises/file-tabs.ts';
import type { EntityDefinition, RowOf } from '../../domain/dictionary/entity.ts';
import { localDay } from '../../domain/values/clock.ts';
import { addDays } from '../../domain/values/day.ts';
import { dayText } from '../../domain/values/day-text.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { usesOf } from '../records/index.ts';

type Enterprise = RowOf<typeof enterprise>;
type Assignment = RowOf<typeof assignment>;

/** Work on an enterprise: it would go out of all figures with it, and stays where it was done. */
export const WORK: readonly EntityDefinition[] = partsOfTab('inspection').map((part) => part.entity);

/** Fields of an enterprise that name areas which lie within each other, the widest first. */
export const NESTED = ['townId', 'villageId', 'parkId', 'parcelId', 'buildingId'] as const;

/** An area and all that it lies in, the nearest first: other levels (片区) may stand between. */
async function pathOf(read: Reader, id: string): Promise<{ id: string; name: string; level: string }[]> {
  return await read.sql(
    `WITH RECURSIVE up(id, name, level, parent_id, n) AS (
       SELECT id, name, level, parent_id, 0 FROM area WHERE id = ?
       UNION SELECT a.id, a.name, a.level, a.parent_id, up.n + 1 FROM area a JOIN up ON a.id = up.parent_id WHERE up.n < 12)
     SELECT id, name, level FROM up ORDER BY n`,
    [id],
  );
}

/** An area must lie in the one of a wider level that was chosen, where it lies in any of that level. */
export async function areaProblems(read: Reader, row: Record<string, unknown>): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const [at, field] of NESTED.entries()) {
    const id = row[field] as string | null | undefined;
    if (!id || at === 0) continue;
    const path = await pathOf(read, id);
    for (const wider of NESTED.slice(0, at)) {
      const level = wider.slice(0, -2);
      const chosen = row[wider] as string | null | undefined;
      const above = path.slice(1).find((one) => one.level === level);
      if (!chosen || !above || above.id === chosen) continue;
      const word = AREA_LEVELS.labels[level as 'town'];
      problems.push({
        code: 'AREA_HIERARCHY',
        field,
        severity: 'error',
        sentence: `${path[0]?.name ?? ''}不属于所选${word}（它在${above.name}），请核对`,
      });
      break;
    }
  }
  return problems;
}

/** A village brings its town to an enterprise whose town is not known; by id of the town that stands for that. */
export async function townOfVillage(
  read: Reader,
  villageId: unknown,
): Promise<(before: Enterprise) => { townId?: string }> {
  if (typeof villageId !== 'string') return () => ({});
  const town = (await pathOf(read, villageId)).find((one) => one.level === 'town')?.id;
  const unknown = await read.sqlOne<{ id: string }>('SELECT id FROM area WHERE name = ? AND deleted_at IS NULL', [
    UNASSIGNED_AREA,
  ]);
  return (before) => (town && before.townId === unknown?.id ? { townId: town } : {});
}

/** The area by which an enterprise is counted: its village, else its park. */
const placeOf = (e: Enterprise): string | null => e.villageId ?? e.parkId;

/** Where it was and is, the earliest first; none where it never moved. */
const areasOf = async (read: Reader, enterpriseId: string): Promise<Assignment[]> =>
  await read.find(assignment, { enterpriseId, kind: 'area' }, { order: { validFrom: 'ASC', id: 'ASC' } });

/** Whether anything of an enterprise is past on a day: its file was begun before, or it was worked on. */
async function hasPast(read: Reader, e: Enterprise, day: string): Promise<boolean> {
  return localDay(e.createdAt) < day || (await usesOf(read, enterprise, e.id, WORK)).length > 0;
}

/**
 * Keeps where an enterprise lay up to the day before it lies elsewhere. A first place is no move, nor another one before anything is
 * past, or on the day of the last move.
 */
export async function keepFormerArea(tx: Writer, before: Enterprise, after: Enterprise, day: string): Promise<void> {
  const [from, to] = [placeOf(before), placeOf(after)];
  if (from === to || from === null) return;
  const areaId = to ?? after.townId;
  const last = (await areasOf(tx.read, before.id)).at(-1);
  if (last && last.validFrom >= day) await tx.update(assignment, last.id, { areaId });
  else if (last || (await hasPast(tx.read, before, day))) {
    const ended = { areaId: from, validTo: addDays(day, -1) };
    const begun = localDay(before.createdAt);
    const validFrom = begun < day ? begun : ended.validTo;
    if (last) await tx.update(assignment, last.id, ended);
    else await tx.insert(assignment, { enterpriseId: before.id, kind: 'area', validFrom, ...ended });
    await tx.insert(assignment, { enterpriseId: before.id, kind: 'area', areaId, validFrom: day });
  }
}

/** The last move of an enterprise in words, or null where it never moved. */
export async function movedOf(
  read: Reader,
  enterpriseId: string,
): Promise<{ from: string; to: string; since: string } | null> {
  return await read.sqlOne(
    `SELECT (SELECT a.name FROM area a WHERE a.id = f.area_id) AS "from", (SELECT a.name FROM area a WHERE a.id = n.area_id) AS "to", n.valid_from AS since
     FROM assignment f JOIN assignment n ON n.enterprise_id = f.enterprise_id AND n.kind = f.kind AND n.deleted_at IS NULL AND n.valid_to IS NULL
     WHERE f.enterprise_id = ? AND f.kind = 'area' AND f.deleted_at IS NULL AND f.valid_to IS NOT NULL ORDER BY f.valid_to DESC LIMIT 1`,
    [enterpriseId],
  );
}

/** What a move lies between: the place before it and the place since. */
async function lastMove(read: Reader, enterpriseId: string): Promise<[Assignment, Assignment]> {
  const [former, since] = (await areasOf(read, enterpriseId)).slice(-2);
  if (!former || !since) throw refused('这家企业没有搬迁记录；改了村居或园区才有');
  return [former, since];
}

/**
 * Says of the last move when it was, or (`since` null) that it was none: the place before was wrong and what was counted there goes along.
 * @throws NOT_FOUND; REFUSED for a day that does not fit
 */
export async function amendMove(ctx: Context, enterpriseId: string, since: string | null): Promise<Done> {
  const owner = await ctx.store.read.get(enterprise, enterpriseId);
  if (!owner) throw notFound('企业');
  const [former, now] = await lastMove(ctx.store.read, enterpriseId);
  const first = (await areasOf(ctx.store.read, enterpriseId))[0]?.id === former.id;
  if (since !== null && since > ctx.today()) throw refused('搬迁日期不能晚于今天');
  if (since !== null && since <= former.validFrom && !first)
    throw refused(`搬迁日期应晚于上一次搬迁（${dayText(former.validFrom)}）`);
  const name = since === null ? '更正所在区域' : '更正搬迁日期';
  const { actionId } = await act(ctx, name, 'form', async (tx) => {
    if (since === null) {
      await tx.update(assignment, former.id, { areaId: now.areaId, validTo: null });
      await tx.remove(assignment, now.id);
      return;
    }
    const validTo = addDays(since, -1);
    await tx.update(assignment, former.id, {
      validTo,
      validFrom: former.validFrom < validTo ? former.validFrom : validTo,
    });
    await tx.update(assignment, now.id, { validFrom: since });
  });
  return { actionId };
}
