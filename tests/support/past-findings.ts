// Findings whose story lies in the past, written as steps: what the window makes one by one over months.
import { finding, findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../../services/context.ts';

/** A step: what happened, the state after it, the day, and the deadline it sets. */
export type PastStep = readonly [event: string, to: string, date: string, deadline?: string];

/** Writes one finding with its steps in order inside an action, found on the day of the first; returns its id. */
export async function insertPast(
  tx: Writer,
  enterpriseId: string,
  steps: readonly PastStep[],
  values: Record<string, unknown> = {},
): Promise<string> {
  const foundDate = steps[0]?.[2] ?? '';
  const { id } = await tx.insert(finding, {
    no: await tx.nextNumber('finding', foundDate),
    enterpriseId,
    foundDate,
    description: '废漆桶露天堆放',
    ...values,
  } as never);
  let before: { id: string; to: string } | null = null;
  for (const [event, to, date, deadline] of steps) {
    const step = (await tx.insert(findingStep, {
      findingId: id,
      event,
      from: before?.to ?? 'draft',
      to,
      date,
      at: `${date}T08:00:00.000Z`,
      by: '甲',
      deadline: deadline ?? null,
    } as never)) as { id: string };
    if (before) await tx.insert(findingStepPrev, { stepId: step.id, prevId: before.id } as never);
    before = { id: step.id, to };
  }
  return id;
}

/** Writes one finding with its steps in order; returns its id. */
export async function pastFinding(
  ctx: Context,
  enterpriseId: string,
  steps: readonly PastStep[],
  values: Record<string, unknown> = {},
): Promise<string> {
  return (await act(ctx, '补录', 'form', async (tx) => await insertPast(tx, enterpriseId, steps, values))).value;
}
