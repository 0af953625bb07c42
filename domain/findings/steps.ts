// Folds the append-only steps of a finding into its state, dates and counts, as of any day (domain reference 3.3, hand-off design 6.4).
import { daysBetween } from '../values/day.ts';
import { AWAITING_STATES, FINDING_STATES, type FindingState } from './machine.ts';
import type { FindingEventId } from './workflow.ts';

/** A step as stored; `prev` lists the heads its author saw. */
export interface Step {
  id: string;
  event: FindingEventId;
  from: FindingState | null;
  to: FindingState;
  date: string;
  at: string;
  by: string;
  deadline: string | null;
  reason: string | null;
  evidence: string | null;
  prev: readonly string[];
}

/** What the steps say. */
export interface FoldedFinding {
  status: FindingState;
  deadline: string | null;
  originalDeadline: string | null;
  extensionCount: number;
  issuedDate: string | null;
  reportDate: string | null;
  closedDate: string | null;
  rectifiedDate: string | null;
  closeReason: 'fixed_on_site' | 'verified' | 'source_removed' | 'after_transfer' | null;
  returnCount: number;
  currentHolder: 'enterprise' | 'client' | 'consultant' | null;
  heads: number;
  headIds: string[];
  lastDate: string | null;
  stateBeforeVoid: FindingState | null;
}

const RANK = new Map(FINDING_STATES.map((s, i) => [s.id as FindingState, i]));
/** Why a finding is closed, by the event that closed it. */
export const CLOSE_REASONS: Partial<Record<FindingEventId, FoldedFinding['closeReason']>> = {
  fix_on_site: 'fixed_on_site',
  verify_pass: 'verified',
  source_removed: 'source_removed',
  close_transferred: 'after_transfer',
};
/** Events whose deadline is the finding's from then on. */
export const SETS_DEADLINE: readonly FindingEventId[] = [
  'issue',
  'verify_fail',
  'extend',
  'resume',
  'send_back',
  'reopen',
];
/** States in which what was reported before counts no more: the enterprise has to report anew. */
export const CLEARS_REPORT: readonly FindingState[] = ['in_progress', 'open', 'suspended'];

const inOrder = (a: Step, b: Step): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

/** The chain that leads to a head, oldest first; missing predecessors are passed over. */
function chainTo(head: Step, byId: ReadonlyMap<string, Step>): Step[] {
  const seen = new Map<string, Step>();
  const queue = [head];
  for (let step = queue.pop(); step; step = queue.pop()) {
    if (seen.has(step.id)) continue;
    seen.set(step.id, step);
    const before = step.prev.map((p) => byId.get(p)).filter((p): p is Step => p !== undefined);
    const adopted = step.event === 'reconcile' ? before.filter((p) => p.to === step.to) : before;
    queue.push(...(adopted.length > 0 ? adopted : before));
  }
  // Depth decides first: a step never comes before one that it builds on, whatever the dates say.
  const depth = new Map<string, number>();
  const depthOf = (s: Step, path: ReadonlySet<string>): number => {
    const known = depth.get(s.id);
    if (known !== undefined || path.has(s.id)) return known ?? 0;
    const inner = new Set(path).add(s.id);
    const value =
      1 +
      Math.max(
        0,
        ...s.prev
          .map((p) => byId.get(p))
          .filter((p): p is Step => p !== undefined)
          .map((p) => depthOf(p, inner)),
      );
    depth.set(s.id, value);
    return value;
  };
  return [...seen.values()].sort((a, b) => depthOf(a, new Set()) - depthOf(b, new Set()) || inOrder(a, b));
}

/** Folds steps in any order. With `asOf`, only steps dated by then count, whenever they were recorded; null when there is none. */
export function foldSteps(steps: readonly Step[], asOf?: string): FoldedFinding | null {
  const counted = asOf === undefined ? [...steps] : steps.filter((s) => s.date <= asOf);
  if (counted.length === 0) return null;
  const byId = new Map(counted.map((s) => [s.id, s]));
  const followed = new Set(counted.flatMap((s) => [...s.prev]));
  const heads = counted
    .filter((s) => !followed.has(s.id))
    .sort((a, b) => (RANK.get(a.to) ?? 0) - (RANK.get(b.to) ?? 0) || -inOrder(a, b));
  const shown = heads[0] ?? ([...counted].sort(inOrder).at(-1) as Step);
  const folded: FoldedFinding = {
    status: shown.to,
    deadline: null,
    originalDeadline: null,
    extensionCount: 0,
    issuedDate: null,
    reportDate: null,
    closedDate: null,
    rectifiedDate: null,
    closeReason: null,
    returnCount: 0,
    currentHolder: null,
    heads: Math.max(1, heads.length),
    headIds: heads.map((h) => h.id),
    lastDate: null,
    stateBeforeVoid: null,
  };
  for (const step of chainTo(shown, byId)) {
    folded.lastDate = folded.lastDate === null || step.date > folded.lastDate ? step.date : folded.lastDate;
    if (step.event === 'reconcile') continue;
    if (SETS_DEADLINE.includes(step.event) && step.deadline) {
      folded.deadline = step.deadline;
      folded.originalDeadline ??= step.deadline;
    }
    if (step.event === 'issue') folded.issuedDate ??= step.date;
    if (step.event === 'extend') folded.extensionCount += 1;
    if (step.event === 'verify_fail') folded.returnCount += 1;
    if (step.event === 'void') folded.stateBeforeVoid = step.from;
    if (step.to === 'submitted' && step.event !== 'unvoid') folded.reportDate = step.date;
    else if (CLEARS_REPORT.includes(step.to) && step.event !== 'extend') folded.reportDate = null;
    if (step.to === 'closed' && step.event !== 'unvoid') {
      folded.closedDate = step.date;
      folded.closeReason = CLOSE_REASONS[step.event] ?? folded.closeReason;
      folded.rectifiedDate = folded.reportDate ?? step.date;
    } else if (step.to !== 'voided' && step.to !== 'closed') {
      folded.closedDate = null;
      folded.closeReason = null;
      folded.rectifiedDate = null;
    }
  }
  folded.currentHolder =
    shown.to === 'submitted' || shown.to === 'draft'
      ? 'consultant'
      : shown.to === 'transferred'
        ? 'client'
        : shown.to === 'closed' || shown.to === 'voided'
          ? null
          : 'enterprise';
  return folded;
}

/** Does the enterprise still have to report? */
export const isAwaiting = (status: string): boolean => (AWAITING_STATES as readonly string[]).includes(status);

/** Overdue on a day: unreported past the deadline, or reported after it and not verified. */
export function isOverdue(
  f: { status: string; deadline: string | null; reportDate: string | null },
  asOf: string,
): boolean {
  if (!f.deadline) return false;
  if (isAwaiting(f.status)) return f.deadline < asOf;
  return f.status === 'submitted' && f.reportDate !== null && f.reportDate > f.deadline;
}

/** Days that an overdue finding is late on a day: up to its report when there is one; 0 for one that is not overdue. */
export function overdueDays(
  f: { status: string; deadline: string | null; reportDate: string | null },
  asOf: string,
): number {
  return f.deadline && isOverdue(f, asOf)
    ? daysBetween(f.deadline, f.status === 'submitted' ? (f.reportDate ?? asOf) : asOf)
    : 0;
}
