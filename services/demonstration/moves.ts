// A few enterprises of the demonstration town that lay in another village before: what was found there stays there.
import { assignment } from '../../domain/enterprises/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import type { DemoEnterprise } from './enterprises.ts';
import type { Town } from './territory.ts';

/** One of so many has moved. */
const EVERY = 160;
const MOVED_DAYS_AGO = 230;
const ON_FILE_DAYS = 900;

/** Writes where they lay before. */
export async function writeMoves(
  tx: Writer,
  enterprises: readonly DemoEnterprise[],
  town: Town,
  today: string,
): Promise<void> {
  const chosen = enterprises.filter((e, n) => n % EVERY === 0 && e.villageId && e.status === 'operating');
  for (const [n, { id, villageId }] of chosen.entries()) {
    const at = town.villages.findIndex((v) => v.id === villageId);
    const former = town.villages[(at + 1 + n) % town.villages.length];
    if (!former || former.id === villageId) continue;
    const moved = addDays(today, -MOVED_DAYS_AGO - n * 7);
    const row = { enterpriseId: id, kind: 'area' as const };
    const before = { areaId: former.id, validFrom: addDays(today, -ON_FILE_DAYS), validTo: addDays(moved, -1) };
    await tx.insert(assignment, { ...row, ...before });
    await tx.insert(assignment, { ...row, areaId: villageId, validFrom: moved });
  }
}
