// Flags what a merge of two offices' steps made impossible; nothing is ever dropped (hand-off design 6.4).
import { FINDING_STATES } from './machine.ts';
import type { Step } from './steps.ts';
import { FINDING_EVENTS, TRANSITIONS } from './workflow.ts';

/** A step that does not follow from what it says it follows. */
export interface StepFlag {
  readonly stepId: string;
  readonly code: 'UNKNOWN_EVENT' | 'NOT_POSSIBLE' | 'DOES_NOT_FOLLOW' | 'BEFORE_PREDECESSOR' | 'WAITING';
  /** Chinese, for the review list. */
  readonly sentence: string;
}

const label = (id: string | null): string => FINDING_STATES.find((s) => s.id === id)?.label ?? id ?? '无';

/** Every step that is not a legal continuation of its predecessors, in order of id; independent of the order of the rows. */
export function flagSteps(steps: readonly Step[]): StepFlag[] {
  const byId = new Map(steps.map((s) => [s.id, s]));
  const flags: StepFlag[] = [];
  for (const step of [...steps].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const add = (code: StepFlag['code'], sentence: string): void => {
      flags.push({ stepId: step.id, code, sentence });
    };
    const name = FINDING_EVENTS.find((e) => e.id === step.event)?.label;
    if (name === undefined) {
      add('UNKNOWN_EVENT', `不认识的流转事项“${step.event}”，可能来自更新的版本`);
      continue;
    }
    const { from, to } = TRANSITIONS[step.event];
    const fromFits = step.event === 'record' ? step.from === null : step.from !== null && from.includes(step.from);
    const toFits = to === 'same' ? step.to === step.from : to === 'before_void' ? step.to !== 'voided' : step.to === to;
    if (!fromFits || !toFits) add('NOT_POSSIBLE', `“${name}”不能从${label(step.from)}到${label(step.to)}`);
    const before = step.prev.map((id) => byId.get(id)).filter((s): s is Step => s !== undefined);
    if (before.length < step.prev.length) add('WAITING', '前面的流转记录还没有收到');
    else if (step.event !== 'record' && !before.some((s) => s.to === step.from))
      add('DOES_NOT_FOLLOW', `前一步不是${label(step.from)}，“${name}”接不上`);
    const late = before.find((s) => s.date > step.date);
    if (late) add('BEFORE_PREDECESSOR', `日期 ${step.date} 早于前一步的 ${late.date}`);
  }
  return flags;
}
