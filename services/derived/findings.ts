// State, dates and counts of findings, from their steps.
import { finding, findingStep } from '../../domain/findings/entities.ts';
import { foldSteps, type Step } from '../../domain/findings/steps.ts';
import { inList, listParameter, type Reader, type Touched, type Writer } from '../../db/index.ts';
import { addOwners, portionsOf } from './portions.ts';

interface StepRecord extends Omit<Step, 'prev'> {
  findingId: string;
}

/** Steps of findings with their predecessors, by finding id. */
export async function stepsOf(read: Reader, findingIds: readonly string[]): Promise<Map<string, Step[]>> {
  const list = listParameter(findingIds);
  const records = await read.sql<StepRecord>(
    `SELECT s.id, s.finding_id AS "findingId", s.event, s."from" AS "from", s."to" AS "to", s.date, s.at, s."by" AS "by", s.deadline, s.reason, s.evidence
     FROM finding_step s WHERE s.deleted_at IS NULL AND ${inList('s.finding_id')}`,
    [list],
  );
  const links = await read.sql<{ stepId: string; prevId: string }>(
    `SELECT p.step_id AS "stepId", p.prev_id AS "prevId" FROM finding_step_prev p JOIN finding_step s ON s.id = p.step_id
     WHERE p.deleted_at IS NULL AND ${inList('s.finding_id')}`,
    [list],
  );
  const before = new Map<string, string[]>();
  for (const l of links) before.set(l.stepId, [...(before.get(l.stepId) ?? []), l.prevId]);
  const byFinding = new Map<string, Step[]>();
  for (const { findingId, ...step } of records) {
    const steps = byFinding.get(findingId) ?? [];
    byFinding.set(findingId, steps);
    steps.push({ ...step, prev: before.get(step.id) ?? [] });
  }
  return byFinding;
}

/** Recomputes the findings whose steps, or themselves, an action wrote. */
export async function settleFindings(tx: Writer, touched: Touched): Promise<void> {
  const ids = new Set(touched.get('finding') ?? []);
  await addOwners(tx, ids, findingStep, 'findingId', touched.get('findingStep') ?? []);
  for await (const part of portionsOf(tx, ids)) {
    const byFinding = await stepsOf(tx.read, part);
    for (const id of part) {
      const folded = foldSteps(byFinding.get(id) ?? []);
      await tx.derive(finding, id, {
        status: folded?.status ?? 'draft',
        deadline: folded?.deadline ?? null,
        originalDeadline: folded?.originalDeadline ?? null,
        extensionCount: folded?.extensionCount ?? 0,
        issuedDate: folded?.issuedDate ?? null,
        reportDate: folded?.reportDate ?? null,
        closedDate: folded?.closedDate ?? null,
        rectifiedDate: folded?.rectifiedDate ?? null,
        closeReason: folded?.closeReason ?? null,
        returnCount: folded?.returnCount ?? 0,
        currentHolder: folded?.currentHolder ?? 'consultant',
      });
    }
  }
}
