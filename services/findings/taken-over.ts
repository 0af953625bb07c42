// Findings that another system kept: they come with their story so far, as steps that say where it was written down.
import { findingStep, type finding } from '../../domain/findings/entities.ts';
import { FINDING_STATE_VOCABULARY, type FindingState } from '../../domain/findings/machine.ts';
import type { FindingEventId } from '../../domain/findings/workflow.ts';
import type { Step } from '../../domain/findings/steps.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import type { Writer } from '../../db/index.ts';
import { addDays } from '../../domain/values/day.ts';
import { appendStep, insertFinding } from './write.ts';

/** What the other system said of a finding's story: its state in our words, and the day on which it was done with. */
export interface StorySoFar {
  readonly status: string | null;
  readonly closedDate: string | null;
}

/** A finding of which nothing is said of its deadline gets that of its class. */
const DAYS = 15;

const later = (a: string, b: string): string => (a > b ? a : b);

/** The steps by which a finding came to the state that the other system shows. */
function stepsTo(story: StorySoFar, foundDate: string): { event: FindingEventId; to: FindingState; date: string }[] {
  const issued = { event: 'issue', to: 'open', date: foundDate } as const;
  const done = story.closedDate === null ? null : later(story.closedDate, foundDate);
  const isDone =
    story.status === 'closed' ||
    (story.status === 'submitted' && done !== null) ||
    (story.status === null && done !== null);
  if (isDone) {
    const date = done ?? foundDate;
    return [issued, { event: 'report', to: 'submitted', date }, { event: 'verify_pass', to: 'closed', date }];
  }
  if (story.status === 'submitted') return [issued, { event: 'report', to: 'submitted', date: foundDate }];
  if (story.status === 'in_progress') return [issued, { event: 'start', to: 'in_progress', date: foundDate }];
  return [issued];
}

/**
 * Takes over a finding with its story. Every step names the file that it was read of: what is said there was seen by others.
 * @param source file, sheet and row, as evidence of the steps
 */
export async function takeOverFinding(
  tx: Writer,
  values: Record<string, unknown>,
  story: StorySoFar,
  source: string,
  by: string,
): Promise<RowOf<typeof finding>> {
  const foundDate = String(values.foundDate);
  const proposed = typeof values.proposedDeadline === 'string' ? values.proposedDeadline : addDays(foundDate, DAYS);
  const row = await insertFinding(tx, values, [], by);
  const recorded = await tx.read.find(findingStep, { findingId: row.id });
  let from: FindingState = 'draft';
  let seen = recorded.map((step) => ({ ...step, prev: [] }) as unknown as Step);
  for (const { event, to, date } of stepsTo(story, foundDate)) {
    const said = story.status === null ? '' : `，原系统登记为“${labelOf(FINDING_STATE_VOCABULARY, story.status)}”`;
    const step = await appendStep(tx, row.id, seen, {
      event,
      from,
      to,
      date,
      by,
      reason: `由其他系统的台账转入：${source}${said}`,
      ...(event === 'issue' && { deadline: proposed }),
    });
    seen = [step];
    from = to;
  }
  return row;
}
