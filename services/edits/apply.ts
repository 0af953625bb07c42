// Makes a change of many rows: all in one action, or none.
import type { EditDone } from '../../contract/edits.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { changeEnterprise } from '../enterprises/index.ts';
import { refused } from '../errors.ts';
import { planChanges, type Changes, type EditControl, type Plan, type PlannedRow } from './plan.ts';

const OUTDATED = '预览之后数据有了变动，一条也没有改。请重新预览';

/** The row as it was looked at. @throws REFUSED for one that was changed meanwhile */
async function unchanged(tx: Writer, { entity }: Plan, row: PlannedRow): Promise<Readonly<Record<string, unknown>>> {
  const now = (await tx.read.get(entity, row.id)) as Readonly<Record<string, unknown>> | null;
  const same = Object.entries(row.before).every(([field, value]) => (now?.[field] ?? null) === value);
  if (!now || now.deletedAt || !same) throw refused(OUTDATED);
  return now;
}

async function write(ctx: Context, tx: Writer, plan: Plan): Promise<void> {
  for (const row of plan.rows) {
    const now = await unchanged(tx, plan, row);
    if (plan.entity.name === enterprise.name)
      await changeEnterprise(tx, now as unknown as RowOf<typeof enterprise>, row.after, ctx.today(), null);
    else await tx.update(plan.entity, row.id, row.after as never);
    await tx.breathe();
  }
}

/**
 * Makes a change as it was `seen` in its preview: judged anew, then written in one action under a name; rows that are refused stay as
 * they are. @throws REFUSED where it would do something else by now, or nothing
 */
export async function applyChanges(
  ctx: Context,
  given: Changes & { name: (count: number) => string; seen: string },
  control: EditControl,
): Promise<EditDone> {
  const plan = await planChanges(ctx, given, control);
  if (plan.seen !== given.seen) throw refused(OUTDATED);
  if (plan.rows.length === 0) throw refused('没有要改的，可能已经改过');
  control.check();
  const { actionId } = await act(ctx, given.name(plan.rows.length), 'form', (tx) => write(ctx, tx, plan));
  return { actionId, changed: plan.rows.length, refused: plan.refused.length };
}
