// One event of a finding as a step: what the guards see, the check, the row.
import { finding } from '../../domain/findings/entities.ts';
import type { FindingState } from '../../domain/findings/machine.ts';
import { findingWorkflow, targetState, type FindingEventId } from '../../domain/findings/workflow.ts';
import { checkEvent, type EventValues } from '../../domain/dictionary/workflow.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { STAFF_ROLES } from '../../domain/identity/entities.ts';
import type { Reader, Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import type { Happening } from '../effects.ts';
import { refused } from '../errors.ts';
import { factsOf } from './read.ts';
import { appendStep } from './write.ts';

/** A finding as the guards see it: its facts, and who is at the desk. */
export async function seeFinding(ctx: Context, read: Reader, id: string) {
  const { facts, row } = await factsOf(read, id);
  return { row, state: facts.state, facts: { ...facts, actorRole: ctx.operator().role } };
}

/** Appends the step of an event that may happen; a notice without a deadline of its own takes the proposed one. */
export async function recordStep(ctx: Context, tx: Writer, happening: Happening): Promise<void> {
  const { facts, steps } = await factsOf(tx.read, happening.id);
  const role = ctx.operator().role;
  const { values } = happening;
  const input = findingWorkflow.input({ today: ctx.today(), by: ctx.operator().name, role, values });
  await appendStep(tx, happening.id, steps, {
    event: happening.event as FindingEventId,
    from: happening.state as FindingState,
    to: happening.to as FindingState,
    date: input.date,
    by: input.by,
    approver: input.approver,
    reason: input.reason,
    evidence: input.evidence,
    deadline: happening.event === 'issue' ? (input.deadline ?? facts.proposedDeadline) : input.deadline,
  });
}

/** Checks an event and appends its step, inside an action of its own making. @throws REFUSED with what is missing */
export async function applyEvent(
  ctx: Context,
  tx: Writer,
  id: string,
  event: FindingEventId,
  values: EventValues,
): Promise<void> {
  const at = await seeFinding(ctx, tx.read, id);
  const role = ctx.operator().role;
  const given = { today: ctx.today(), by: ctx.operator().name, role, values };
  const missing = checkEvent(findingWorkflow, event, { ...at, role }, given, (r) => labelOf(STAFF_ROLES, r));
  if (missing.length > 0)
    throw refused(`${String(at.row.no ?? finding.label)}：${missing.map((m) => m.sentence).join('；')}`, missing);
  await recordStep(ctx, tx, { ...at, id, event, to: targetState(event, at.facts), values });
}
